// `npm run fuzz [-- --seconds 60 --seed 1 --target check]`: tries inputs until the time is over and says how many there
// were, and what did not hold: crashes, hangs, and results of edits that differ from those of a fresh start. The seed of
// each failure repeats it: `npm run fuzz -- --target edits --seed 4711 --seconds 1`. Inputs of failures are written to
// out/fuzz/; one that was mended belongs in test/fuzz/regressions/. Exit code 1 if anything failed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
process.chdir(root);
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string', multiple: true },
  },
});
/** An input that takes longer hangs. */
const patience = 30_000;
const out = join(root, 'out/fuzz');
mkdirSync(out, { recursive: true });
await build({
  entryPoints: ['test/fuzz/campaign.ts', 'test/fuzz/targets.ts'],
  outdir: out,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'],
  loader: { '.md': 'text', '.css': 'text' },
  banner: {
    js: "import { createRequire as ourRequire } from 'node:module'; const require = ourRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
const { targets } = await import(pathToFileURL(join(out, 'targets.mjs')).href);
const names = values.target ?? Object.keys(targets);
const unknown = names.find((name) => !targets[name]);
if (unknown !== undefined) throw new Error(`No target '${unknown}': ${Object.keys(targets).join(', ')}`);

const until = Date.now() + Number(values.seconds) * 1000;
const failures = [];
let tried = 0;
let next = Number(values.seed);
while (Date.now() < until) next = await row(next);

const count = (kind) => failures.filter((failure) => failure.kind === kind).length;
for (const [i, { kind, name, seed, message, stack, input }] of failures.entries()) {
  const file = join('out/fuzz', `${name}-${seed}.txt`);
  if (input) writeFileSync(file, input);
  if (i < 20)
    console.log(`${kind}: ${name} with seed ${seed}${input ? `, ${file}` : ''}\n  ${stack ?? message}`.slice(0, 1500));
}
console.log(
  `${tried} inputs tried (${names.join(', ')}), crashes ${count('crash')}, hangs ${count('hang')}, wrong incremental results ${count('wrong')}`,
);
process.exitCode = failures.length > 0 ? 1 : 0;

/** Tries seeds from `first` on until the time is over or one hangs; answers the seed to go on with. */
function row(first) {
  const shared = new SharedArrayBuffer(12);
  const at = new Int32Array(shared);
  const worker = new Worker(join(out, 'campaign.mjs'), { workerData: { shared, names, first, until } });
  let [seen, since] = [0, Date.now()];
  worker.on('message', (failure) => failures.push({ ...failure, kind: failure.name === 'edits' ? 'wrong' : 'crash' }));
  return new Promise((resolve) => {
    const end = (seed) => {
      clearInterval(watch);
      tried += Atomics.load(at, 2);
      resolve(seed);
    };
    const watch = setInterval(() => {
      const now = Atomics.load(at, 2);
      if (now !== seen) [seen, since] = [now, Date.now()];
      if (Date.now() - since < patience) return;
      failures.push({ kind: 'hang', name: names[Atomics.load(at, 0)], seed: Atomics.load(at, 1), message: 'no end' });
      void worker.terminate();
    }, 500);
    worker.on('error', ({ message, stack }) =>
      failures.push({ kind: 'crash', name: names[Atomics.load(at, 0)], seed: Atomics.load(at, 1), message, stack }),
    );
    worker.on('exit', () => end(Atomics.load(at, 1) + 1));
  });
}
