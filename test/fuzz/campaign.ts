// One row of seeds for one target after the other, in a thread of its own so that a hang can be ended from outside.
import { parentPort, workerData } from 'node:worker_threads';
import { Failed } from './drawn.ts';
import { targets } from './targets.ts';

/** Where the thread stands: number of the target, seed, and how many inputs it has tried. */
const at = new Int32Array(workerData.shared);
const { names, first, until } = workerData as { names: readonly string[]; first: number; until: number };

for (let seed = first; Date.now() < until; seed++) {
  for (const [i, name] of names.entries()) {
    Atomics.store(at, 0, i);
    Atomics.store(at, 1, seed);
    Atomics.add(at, 2, 1);
    try {
      await targets[name]?.(seed);
    } catch (error) {
      const { message, stack, input } = error instanceof Failed ? error : { ...(error as Error), input: '' };
      parentPort?.postMessage({ name, seed, message, stack, input });
    }
  }
}
