// Spreads the files of a run over worker threads. What comes back is in the order of the jobs, whoever did them. A thread
// that dies takes nothing with it but the one file that killed it.
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type Answer, createJudge, type Job, type Setup } from './check-judge.ts';

/** How a run is spread. */
export interface Spread {
  /** One: everything happens in this thread. */
  readonly threads: number;
  /** The program of a worker, which calls `serveJobs`. */
  readonly program: string;
  /** Called after each file with how many are done. */
  readonly onDone: (done: number) => void;
}

/** Answers in the order of the jobs. */
export function judgeAll(jobs: readonly Job[], setup: Setup, spread: Spread): Promise<readonly Answer[]> {
  const threads = Math.min(spread.threads, jobs.length);
  return threads > 1 ? judgeInWorkers(jobs, setup, { ...spread, threads }) : judgeHere(jobs, setup, spread);
}

/** What `isWorker` knows a worker by. */
const role = 'aiwf check';

/** True in a thread that `judgeAll` started. */
export function isWorker(): boolean {
  return parentPort !== null && isObject(workerData) && workerData.role === role;
}

/** Answers what the main thread asks, until it has nothing more to ask. */
export function serveJobs(): void {
  const port = parentPort;
  if (!port) return;
  const judge = createJudge((workerData as { readonly setup: Setup }).setup);
  port.on('message', (jobs: readonly Job[]) => {
    // One by one, so that the main thread knows which file a thread died of.
    for (const job of jobs) port.postMessage(judge(job));
  });
}

/** Milliseconds of work after which signals and the terminal get their turn. */
const turn = 50;

async function judgeHere(jobs: readonly Job[], setup: Setup, { onDone }: Spread): Promise<readonly Answer[]> {
  const judge = createJudge(setup);
  const answers: Answer[] = [];
  let begin = performance.now();
  for (const job of jobs) {
    answers.push(judge(job));
    onDone(answers.length);
    if (performance.now() - begin < turn) continue;
    await new Promise((resolve) => setImmediate(resolve));
    begin = performance.now();
  }
  return answers;
}

/** Files that a thread gets at once, so that it need not wait for the next. */
const mostAtOnce = 8;

function judgeInWorkers(
  jobs: readonly Job[],
  setup: Setup,
  { threads, program, onDone }: Spread,
): Promise<readonly Answer[]> {
  const answers = new Array<Answer | undefined>(jobs.length).fill(undefined);
  const waiting = jobs.map((_, index) => index).reverse();
  let done = 0;
  return new Promise((resolve) => {
    let running = 0;
    for (let thread = 0; thread < threads; thread++) start();

    function start(): void {
      running++;
      const worker = new Worker(program, { workerData: { role, setup } });
      let given: number[] = [];
      let reason = 'the thread ended';
      let isUp = false;
      worker.on('online', () => {
        isUp = true;
      });
      const give = () => {
        const count = Math.max(1, Math.min(mostAtOnce, Math.ceil(waiting.length / (threads * 2))));
        given = waiting.splice(-count).reverse();
        if (given.length === 0) void worker.terminate();
        else worker.postMessage(given.map((index) => jobs[index]));
      };
      worker.on('message', (answer: Answer) => {
        const index = given.shift();
        if (index !== undefined) settle(index, answer);
        if (given.length === 0) give();
      });
      worker.on('error', (error) => {
        reason = error.message;
      });
      worker.on('exit', () => {
        running--;
        // It was at the first of these files; those behind it were not looked at.
        const culprit = isUp ? given.shift() : undefined;
        if (culprit !== undefined) settle(culprit, { kind: 'fault', reason: `could not be checked (${reason})` });
        waiting.push(...given.reverse());
        if (waiting.length > 0 && isUp) start();
        else if (running === 0) void finish();
      });
      give();
    }

    /** Where no thread can be had, this one does the rest. */
    async function finish(): Promise<void> {
      const left = [...waiting].reverse();
      const undone = left.flatMap((index) => jobs[index] ?? []);
      const here = { threads: 1, program, onDone: (count: number) => onDone(done + count) };
      const rest = undone.length > 0 ? await judgeHere(undone, setup, here) : [];
      for (const [at, index] of left.entries()) answers[index] = rest[at];
      resolve(answers.map((answer) => answer ?? { kind: 'fault', reason: 'could not be checked' }));
    }

    function settle(index: number, answer: Answer): void {
      answers[index] = answer;
      onDone(++done);
    }
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
