// Keeps what the editor tests need and cannot ship (VS Code, a browser) in the git-ignored .vscode-test/.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onEnd } from './processes.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
const cache = join(root, '.vscode-test');

/**
 * Makes `.vscode-test/NAME` once and returns its path. It is made beside its place and renamed when complete,
 * so an interrupted run leaves nothing half done and two runs at once do not meet.
 * @param {string} name with the version in it, so that a new version is made anew
 * @param {(folder: string) => Promise<void>} make fills the empty folder
 */
export async function once(name, make) {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  removeLeftovers(name);
  const partial = `${folder}.partial-${process.pid}`;
  mkdirSync(partial);
  const forget = onEnd(() => rmSync(partial, { recursive: true, force: true }));
  try {
    await make(partial);
    if (!existsSync(folder)) renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
    forget();
  }
  return folder;
}

function removeLeftovers(name) {
  for (const entry of readdirSync(cache)) {
    const pid = entry.startsWith(`${name}.partial-`) ? Number(entry.split('-').at(-1)) : undefined;
    if (pid !== undefined && !isRunning(pid)) rmSync(join(cache, entry), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
