// `npm run bench [sizes] [shapes]`: how long checking takes beside only parsing the same YAML, which is the floor.
// One table: milliseconds of each stage, and checks and the whole as multiples of the floor. `npm run bench 20,100 mixed,loops`.
// `npm run bench rules 1000 mixed` shows what each rule takes on one of them. Run as the language server is: in a warm
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
  entryPoints: ['test/bench/measure.ts'],
  outfile,
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
