// `npm run mutations [part of a rule id]`: injects every known fault into every clean design and prints, for each rule,
// how many it found (recall) and how many of the findings on these designs were expected (precision).
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
process.chdir(root);
const outfile = join(root, 'out/mutation', `${process.pid}.mjs`);
mkdirSync(dirname(outfile), { recursive: true });
await build({
  stdin: {
    contents:
      "export { measure, cleanDesigns, findingsOf } from './measure.ts'; export { rules } from '../../src/rules/registry.ts';",
    resolveDir: 'test/mutation',
    loader: 'ts',
  },
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
const { measure, cleanDesigns, findingsOf, rules } = await import(pathToFileURL(outfile).href);

const [only = ''] = process.argv.slice(2);
for (const { name, uri, text } of cleanDesigns()) {
  for (const { rule, place, message } of findingsOf(uri, text))
    console.log(`not clean: ${name}: ${rule} at ${place}: ${message}`);
}
const ids = rules.map(({ id }) => id);
const width = Math.max(...ids.map((id) => id.length));
const share = (part, whole) => (whole === 0 ? '   -' : (part / whole).toFixed(2).padStart(4));
console.log(`${'rule'.padEnd(width)}  mutants  found  recall  precision`);
const scores = measure(ids, only);
for (const { rule, mutants, found, unexpected } of scores) {
  const precision = share(found, found + unexpected.length);
  console.log(
    `${rule.padEnd(width)}  ${String(mutants).padStart(7)}  ${String(found).padStart(5)}    ${share(found, mutants)}       ${precision}`,
  );
}
const sum = (of) => scores.reduce((total, score) => total + of(score), 0);
console.log(
  `${'all'.padEnd(width)}  ${String(sum((s) => s.mutants)).padStart(7)}  ${String(sum((s) => s.found)).padStart(5)}    ${share(
    sum((s) => s.found),
    sum((s) => s.mutants),
  )}`,
);
for (const { rule, missed, unexpected } of scores) {
  for (const what of missed) console.log(`missed by ${rule}: ${what}`);
  for (const what of unexpected) console.log(`unexpected beside ${rule}: ${what}`);
}
