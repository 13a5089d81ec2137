// `npm run bench [sizes] [shapes]`: how long checking takes beside only parsing the same YAML, which is the floor.
// One table: milliseconds of each stage, and checks and the whole as multiples of the floor. `npm run bench 20,100 mixed,loops`.
// `npm run bench rules 1000 mixed` shows what each rule takes on one of them, `npm run bench keystrokes 100,1000` what passes
// between a keystroke and its findings, beside yaml-language-server on the same texts with our schema. Run as the language server is: in a warm
// process with the young generation that the extension gives it.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
process.chdir(root);
const outfile = join(root, 'out/bench/measure.mjs');
mkdirSync(dirname(outfile), { recursive: true });
await build({
  entryPoints: ['test/bench/measure.ts', 'test/bench/keystrokes.ts'],
  outdir: dirname(outfile),
  outExtension: { '.js': '.mjs' },
  splitting: true,
  // As installed: it loads parts of itself when it needs them.
  external: ['yaml-language-server'],
  loader: { '.md': 'text' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'],
  banner: {
    js: "import { createRequire as ourRequire } from 'node:module'; const require = ourRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
const { measure, measureRules, stages, workflowShapes } = await import(pathToFileURL(outfile).href);

if (process.argv[2] === 'rules') {
  const [, , , size = '1000', shape = 'mixed'] = process.argv;
  for (const [rule, milliseconds] of measureRules(shape, Number(size)))
    console.log(`${milliseconds.toFixed(2).padStart(9)} ms  ${rule}`);
  process.exit();
}
if (process.argv[2] === 'keystrokes') {
  await keystrokes((process.argv[3] ?? '20,100,1000').split(',').map(Number));
  process.exit();
}
const [sizes = '20,100,1000', shapes = workflowShapes.join()] = process.argv.slice(2);
for (const shape of workflowShapes) measure(shape, 50, 500);

const ratio = (part, floor) => `${(part / floor).toFixed(2)} x`;
const columns = [
  'shape',
  'steps',
  'edges',
  'findings',
  ...stages.map((stage) => `${stage} ms`),
  'checks / yaml',
  'lint / yaml',
];
const rows = [columns];
for (const size of sizes.split(',').map(Number)) {
  for (const shape of shapes.split(',')) {
    const { edges, findings, times } = measure(shape, size, 6000);
    rows.push([
      shape,
      size,
      edges,
      findings,
      ...stages.map((stage) => times[stage].toFixed(1)),
      ratio(times.checks, times.yaml),
      ratio(times.lint, times.yaml),
    ]);
  }
}
const widths = columns.map((_, i) => Math.max(...rows.map((row) => String(row[i]).length)));
for (const row of rows) {
  console.log(
    row.map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i]))).join('  '),
  );
}
console.log(
  'Middle of the rounds; read is tree, values and imports, checks are conditions, graph, analyses and rules.',
);

/** One row for each size; the same texts for both, taking turns, after as many to warm up. */
async function keystrokes(sizes) {
  const { typeInto, percentile } = await import(pathToFileURL(join(dirname(outfile), 'keystrokes.mjs')).href);
  console.log('   steps      p50      p95   yaml-language-server p50      p95   times faster at p50');
  for (const size of sizes) {
    const keys = size > 2000 ? 22 : size > 500 ? 110 : 440;
    await typeInto('mixed', size, Math.ceil(keys / 4), true);
    const { ours, theirs } = await typeInto('mixed', size, keys, true);
    const [p50, p95, theirs50, theirs95] = [
      percentile(ours, 0.5),
      percentile(ours, 0.95),
      percentile(theirs, 0.5),
      percentile(theirs, 0.95),
    ];
    const cell = (value, width) => `${value.toFixed(1)}`.padStart(width);
    console.log(
      `${cell(size, 0).split('.')[0].padStart(8)}${cell(p50, 9)}${cell(p95, 9)}${cell(theirs50, 27)}${cell(theirs95, 9)}${cell(theirs50 / p50, 22)}`,
    );
  }
  console.log('Milliseconds from a text with one more character to all its findings, every rule asked.');
}
