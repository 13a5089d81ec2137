// Starts processes that cannot outlive us: each has its own group, ended by its id when we end, however we end.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const secondsToEnd = 10;
const hasGroups = process.platform !== 'win32';
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** @type {Set<() => unknown>} */
const ends = new Set();
/** @type {Set<number>} */
const groups = new Set();

process.on('exit', () => {
  for (const pid of groups) signalGroup(pid, 'SIGKILL');
});

/**
 * Runs a whole script: its answer is the exit code, and everything it started is ended before the exit,
 * also on Ctrl+C, on a failure and when the time is over.
 * @param {() => Promise<number>} script
 * @param {{ minutes?: number, onTimeout?: () => void }} [limit]
 */
export async function runScript(script, limit = {}) {
  let finishing = false;
  const finish = async (code) => {
    if (finishing) return;
    finishing = true;
    for (const end of [...ends].reverse()) await within(secondsToEnd, end).catch((error) => console.error(error));
    process.exit(code);
  };
  for (const [signal, code] of Object.entries(exitCodes)) process.on(signal, () => finish(code));
  if (limit.minutes !== undefined) {
    const expire = () => {
      console.error(`Not finished after ${limit.minutes} minutes: ending everything.`);
      limit.onTimeout?.();
      finish(1);
    };
    setTimeout(expire, limit.minutes * 60_000).unref();
  }
  try {
    await finish(await script());
  } catch (error) {
    if (!finishing) console.error(error);
    await finish(1);
  }
}

/** Calls `end` before the script exits; the answer takes that back. */
export function onEnd(end) {
  ends.add(end);
  return () => ends.delete(end);
}

/** A folder for this run only. */
export function temporaryFolder(purpose) {
  const folder = mkdtempSync(join(tmpdir(), `aiwf-${purpose}-`));
  onEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/**
 * Starts a process in a group of its own.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function startGroup(command, args, options) {
  const child = spawn(command, args, { ...options, detached: hasGroups });
  const { pid } = child;
  /** @type {Promise<number>} Resolves with the exit code; a process that could not start rejects. */
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
  if (pid !== undefined) groups.add(pid);
  const stop = async () => {
    forget();
    if (pid === undefined || !groups.has(pid)) return;
    signalGroup(pid, 'SIGTERM');
    await within(secondsToEnd / 2, () => ended).catch(() => undefined);
    signalGroup(pid, 'SIGKILL');
    groups.delete(pid);
  };
  const forget = onEnd(stop);
  return { child, ended, stop };
}

/** Where a program stands on the PATH. */
export function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const extensions = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  for (const name of names) {
    for (const folder of folders) {
      const found = extensions.map((extension) => join(folder, name + extension)).find((path) => existsSync(path));
      if (found) return found;
    }
  }
  return undefined;
}

/** Rejects when `work` takes longer. */
export async function within(seconds, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Not done after ${seconds} seconds.`)), seconds * 1000);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function signalGroup(pid, signal) {
  try {
    process.kill(hasGroups ? -pid : pid, signal);
  } catch {
    // The group has ended already.
  }
}
