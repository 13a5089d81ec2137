// `npm run test:unit [part of a path …]`: bundles the unit tests into out/unit/ and runs them with node:test.
// Without arguments: all but the editor suite and the tests that take long, which have stages of their own in `run.mjs`.
// The last line is `unit: N passed, N failed`.
import { readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Of this run alone, since several may go on at once. */
const out = join(root, 'out/unit', String(process.pid));

/** Tools that bring programs or files of their own and stay where they are. */
const external = [
  'esbuild',
  '@vscode/*',
  '@sparticuz/*',
  'playwright-core',
  'typescript',
  '@biomejs/*',
  'xmllint-wasm',
];

/**
 * Tests of what `npm run build` makes, those that start a process for each command, those that need a browser, and those
 * that read thousands of damaged or very large texts or change whole designs.
 */
const slow =
  /^((npm-)?package|server\/stdio[^/]*|cli\/.*|governance\/agreement|webview\/.*|markdown\/.*|language\/(oversized|bad)-input|fuzz\/.*|service\/any-text|analysis\/scale|mutation\/.*|metamorphic)\.test\.ts$/;

process.chdir(root);
const filters = process.argv.slice(2).map((filter) => filter.replaceAll(sep, '/').replace(/^(\.\/)?test\//, ''));
const tests = readdirSync('test', { recursive: true })
  .map((name) => String(name).replaceAll(sep, '/'))
  .filter((name) => name.endsWith('.test.ts') && !name.startsWith('editor/'))
  .filter((name) => (filters.length === 0 ? !slow.test(name) : filters.some((filter) => name.includes(filter))))
  .sort();

process.on('exit', () => rmSync(out, { recursive: true, force: true }));
const result = tests.length === 0 ? { passed: 0, failed: 0 } : await runBundles(await bundle(tests));
if (tests.length === 0) console.log(`No test file matches ${filters.join(' ')}.`);
console.log(`unit: ${result.passed} passed, ${result.failed} failed`);
process.exitCode = tests.length > 0 && result.failed === 0 ? 0 : 1;

/** One bundle a test file; what they share is read once. */
async function bundle(names) {
  await build({
    entryPoints: names.map((name) => join('test', name)),
    outdir: out,
    outbase: 'test',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire as ourRequire } from 'node:module'; const require = ourRequire(import.meta.url);",
    },
    external,
    sourcemap: 'inline',
    loader: { '.md': 'text', '.css': 'text' },
    logLevel: 'warning',
  });
  return names.map((name) => join(out, name.replace(/\.ts$/, '.mjs')));
}

async function runBundles(files) {
  const counts = { pass: 0, fail: 0, cancelled: 0 };
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --enable-source-maps`.trim();
  for await (const { type, data } of run({ files, concurrency: availableParallelism() })) {
    if (type === 'test:fail' && data.details.error?.failureType !== 'subtestsFailed') {
      console.log(`  failed: ${data.name} (${relative(root, data.file ?? '')})`);
      console.log(describe(data.details.error).replaceAll(/^/gm, '      '));
    }
    if (type === 'test:stdout' || type === 'test:stderr') process.stdout.write(data.message);
    // The totals come as text at the end, in every version of Node.
    const [, name, count] =
      type === 'test:diagnostic' ? (/^(pass|fail|cancelled) (\d+)$/.exec(data.message) ?? []) : [];
    if (name && data.nesting === 0) counts[name] = Number(count);
  }
  return { passed: counts.pass, failed: counts.fail + counts.cancelled };
}

function describe(error) {
  const cause = error?.cause ?? error;
  return cause?.stack ?? inspect(cause);
}
