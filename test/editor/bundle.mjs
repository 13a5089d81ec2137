// Bundles the Mocha suite into out/editor/suite.js, the module with run() that VS Code calls.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './cache.mjs';

/** @returns {Promise<string>} the path of the bundle */
export async function bundleSuite() {
  const folder = join(root, 'test/editor');
  const given = process.argv.slice(2);
  const [only, left] = [given.filter((part) => !part.startsWith('!')), given.filter((part) => part.startsWith('!'))];
  const files = readdirSync(join(folder, 'suite'))
    .filter((name) => name.endsWith('.test.ts') && (only.length === 0 || only.some((part) => name.includes(part))))
    .filter((name) => !left.some((part) => name.includes(part.slice(1))))
    .sort();
  if (files.length === 0) throw new Error(`No test file matches ${given.join(' ')}.`);
  const requires = files.map((name) => `  require('./suite/${name}');`).join('\n');
  const outfile = join(root, 'out/editor/suite.js');
  await build({
    stdin: {
      contents: `import { runSuite } from './runner.ts';\nexport const run = () => runSuite(() => {\n${requires}\n});\n`,
      resolveDir: folder,
      sourcefile: 'suite.ts',
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    alias: { mocha: 'mocha/lib/mocha.cjs' },
    external: ['vscode', 'mocha/lib/mocha.cjs'],
    sourcemap: 'inline',
    loader: { '.md': 'text', '.css': 'text' },
    logLevel: 'warning',
  });
  return outfile;
}
