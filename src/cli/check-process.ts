// What `aiwf check` takes from the process: its terminal, standard input, signals, cores, and the program itself.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { CheckCommand } from './arguments/check.ts';
import { check } from './check.ts';
import { defaultCacheFolder } from './check-cache.ts';
import { type Progress, progressOn, silent } from './check-progress.ts';
import { signatureOf } from './check-reader.ts';
import { maxBytes } from './files.ts';
import { failed, type Outcome } from './outcome.ts';

/** `program` is the file of this tool, which worker threads run as well. */
export async function checkInProcess(command: CheckCommand, version: string, program: string): Promise<Outcome> {
  const { env } = process;
  const isCi = isSet(env.CI);
  const isWatched = process.stderr.isTTY && !isCi && env.TERM !== 'dumb' && command.progress;
  const progress = isWatched ? progressOn((text) => process.stderr.write(text)) : silent;
  const input = command.stdinFilename === undefined ? undefined : await readInput();
  if (input && 'reason' in input) return failed(`check: standard input: ${input.reason}`);
  endCleanly(progress);
  const outcome = await check(
    { ...command, color: command.color && !env.NO_COLOR },
    {
      version,
      program,
      tool: () => signatureOf(version, process.version, readFileSync(program, 'latin1')),
      cacheFolder: defaultCacheFolder(env, process.platform),
      isCi,
      cores: availableParallelism(),
      progress,
      input: input?.text,
    },
  );
  return input?.isMarked && command.fix ? { ...outcome, output: `\uFEFF${outcome.output}` } : outcome;
}

/** Files are written between two turns of the event loop and never across them, so that an end finds none half-written. */
function endCleanly(progress: Progress): void {
  const ends = [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const;
  for (const [signal, exitCode] of ends)
    process.once(signal, () => {
      progress.end();
      process.exit(exitCode);
    });
}

type Input = { readonly text: string; readonly isMarked: boolean } | { readonly reason: string };

async function readInput(): Promise<Input> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) return { reason: `too large: at most ${maxBytes} bytes are read` };
      chunks.push(chunk);
    }
  } catch {
    return { reason: 'cannot be read' };
  }
  const bytes = Buffer.concat(chunks);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text, isMarked: bytes.subarray(0, 3).equals(Buffer.from('\uFEFF')) };
  } catch {
    return { reason: 'not UTF-8 text' };
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
