// `npm run bench:batch [files] [rounds] [files for memory]`: how long `aiwf check` takes over many files, cold and with earlier results, beside
// only parsing the same files with the YAML library in as many threads, and what memory it takes. Whole processes, the
// start of Node included, measured in turns, so that a machine that slows down slows all; the middle of the rounds.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
process.chdir(root);
const out = join(root, 'out/bench');
mkdirSync(out, { recursive: true });
const node = { bundle: true, platform: 'node', target: 'node20', mainFields: ['module', 'main'], logLevel: 'error' };
const cli = join(out, 'cli.js');
await build({
  ...node,
  entryPoints: ['src/cli/main.ts'],
  outfile: cli,
  format: 'cjs',
  minify: true,
  loader: { '.md': 'text', '.css': 'text' },
});
const generator = join(out, 'random-workflow.mjs');
await build({ ...node, entryPoints: ['test/support/random-workflow.ts'], outfile: generator, format: 'esm' });
const { workflowShapes, workflowText } = await import(pathToFileURL(generator).href);

const examples = readdirSync('examples')
  .filter((name) => name.endsWith('.aiwf.yaml'))
  .map((name) => readFileSync(join('examples', name), 'utf8'));

/** Workflow `index`: every third is an example under another name, the others have 8 to 40 steps of some shape. */
function textOf(index) {
  if (index % 3 === 0)
    return examples[(index / 3) % examples.length].replace(/^workflow: (.*)$/m, `workflow: $1-${index}`);
  const shape = workflowShapes[index % workflowShapes.length];
  return workflowText(shape, 8 + ((index * 7) % 33)).replace(/^workflow: (.*)$/m, `workflow: $1-${index}`);
}

const scratch = mkdtempSync(join(tmpdir(), 'aiwf-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

function projectOf(count) {
  const folder = join(scratch, String(count));
  mkdirSync(join(folder, 'shared'), { recursive: true });
  writeFileSync(join(folder, 'shared/people.aiwf.yaml'), readFileSync('examples/shared/people.aiwf.yaml'));
  let characters = 0;
  for (let index = 0; index < count - 1; index++) {
    const text = textOf(index);
    characters += text.length;
    writeFileSync(join(folder, `workflow-${index}.aiwf.yaml`), text);
  }
  return { folder, characters };
}

const usageFile = join(scratch, 'usage');

/** Seconds on the clock, seconds that processors worked, and megabytes of one process. */
function timed(args) {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--require', join(here, 'usage.cjs'), ...args], {
    env: { ...process.env, NODE_OPTIONS: '', USAGE_FILE: usageFile, CI: 'true' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')}: ${stderr}`);
  const seconds = (performance.now() - begin) / 1000;
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usageFile, 'utf8'));
  return { seconds, work: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1000 };
}

const parseOnly = (folder, threads) => timed([join(here, 'parse-only.mjs'), folder, String(threads)]);
const check = (folder, threads, ...more) => timed([cli, 'check', folder, '--threads', String(threads), ...more]);
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const [files = '1000', rounds = '3', sizes = '100,1000,3000'] = process.argv.slice(2);
const { folder, characters } = projectOf(Number(files));
const threadCounts = availableParallelism() > 1 ? [1, 2] : [1];
const results = threadCounts.map((threads) => ({ threads, parse: [], cold: [], warm: [] }));
const cache = join(scratch, 'cache');
for (let round = 0; round < Number(rounds); round++)
  for (const { threads, parse, cold, warm } of results) {
    rmSync(cache, { recursive: true, force: true });
    parse.push(parseOnly(folder, threads));
    cold.push(check(folder, threads, '--cache-location', cache));
    warm.push(check(folder, threads, '--cache-location', cache));
  }

const cores = availableParallelism();
console.log(
  `${files} files, ${(characters / 1e6).toFixed(1)} million characters, ${cores} cores, Node ${process.version}`,
);
for (const [measure, title] of [
  ['seconds', 'Seconds on the clock'],
  ['work', 'Seconds that processors worked'],
]) {
  console.log(`\n${title}\nthreads  parsing   cold  warm  cold / parsing  cold / warm`);
  for (const { threads, parse, cold, warm } of results) {
    const ratio = (above, below) => middle(above.map((one, at) => one[measure] / below[at][measure])).toFixed(1);
    const times = [parse, cold, warm].map((each) => middle(each.map((one) => one[measure])).toFixed(2));
    const cells = [threads, ...times, `${ratio(cold, parse)} x`, `${ratio(cold, warm)} x`];
    console.log(cells.map((cell, at) => String(cell).padStart([7, 7, 5, 4, 14, 11][at])).join('  '));
  }
}

console.log('\nPeak memory in MB, one thread\n  files  cold  warm  parsing');
for (const count of sizes.split(',').filter(Boolean).map(Number)) {
  const { folder } = projectOf(count);
  rmSync(cache, { recursive: true, force: true });
  const runs = [
    check(folder, 1, '--cache-location', cache),
    check(folder, 1, '--cache-location', cache),
    parseOnly(folder, 1),
  ];
  const cells = [count, ...runs.map(({ megabytes }) => Math.round(megabytes))];
  console.log(cells.map((cell, at) => String(cell).padStart([7, 4, 4, 7][at])).join('  '));
}
