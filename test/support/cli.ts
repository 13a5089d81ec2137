// Runs the command line tool as a user does: bundled, in a process of its own, in a folder made for the test.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after } from 'node:test';
import { build } from 'esbuild';

export interface Result {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** A bundle like that of `npm run build`, but of this process alone and gone after it. Answers its path. */
export async function bundleCli(): Promise<string> {
  const outfile = resolve('out/unit-cli', `${process.pid}.js`);
  process.on('exit', () => rmSync(outfile, { force: true }));
  await build({
    entryPoints: ['src/cli/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    loader: { '.md': 'text', '.css': 'text' },
    logLevel: 'warning',
  });
  return outfile;
}

export function runCli(
  cli: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
  program = process.execPath,
): Result {
  const { status, stdout, stderr } = spawnSync(program, [cli, ...args], {
    cwd,
    // The runner of the tests speaks through these with its own processes.
    env: { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: '', NO_COLOR: '', ...env },
    encoding: 'utf8',
    timeout: 20_000,
    maxBuffer: 1e8,
  });
  return { code: status, output: stdout, errors: stderr };
}

/** A folder with these files, gone after the test file. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'aiwf-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
