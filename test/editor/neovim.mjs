// `node test/editor/neovim.mjs`: the language server inside a real Neovim, headless, with the configuration that
// docs/editors.md gives. Where there is no Neovim it is installed, when that can be done without asking.
// Last line: `neovim: N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './cache.mjs';
import { onPath, runScript, startGroup, temporaryFolder } from './processes.mjs';

const minutes = 4;
const summarize = (passed, failed) => console.log(`neovim: ${passed} passed, ${failed} failed`);

await runScript(main, { minutes, onTimeout: () => summarize(0, 1) });

async function main() {
  const { nvim, reason, isSkipped } = findNeovim();
  if (nvim === undefined) {
    console.log(`  ${isSkipped ? 'skipped' : 'failed'}: the tests inside Neovim: ${reason}`);
    summarize(0, isSkipped ? 0 : 1);
    return isSkipped ? 0 : 1;
  }
  const workspace = temporaryFolder('neovim');
  mkdirSync(join(workspace, '.git'));
  cpSync(join(root, 'test/editor/neovim'), workspace, { recursive: true });
  writeFileSync(join(workspace, 'init.lua'), configuration());
  // The configuration starts `aiwf`, as a user does.
  const bin = join(workspace, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'aiwf'), `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/cli.js')}" "$@"\n`, {
    mode: 0o755,
  });
  const home = {
    HOME: workspace,
    XDG_CONFIG_HOME: workspace,
    XDG_STATE_HOME: workspace,
    XDG_DATA_HOME: workspace,
    XDG_CACHE_HOME: workspace,
  };
  const { child, ended } = startGroup(
    nvim,
    ['--headless', '--clean', '-u', join(workspace, 'init.lua'), '-c', `luafile ${join(workspace, 'suite.lua')}`],
    {
      cwd: workspace,
      env: { ...process.env, ...home, PATH: `${bin}${delimiter}${process.env.PATH}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
  }
  const code = await ended;
  const passed = output.match(/^ {2}passed: /gm)?.length ?? 0;
  const failed = output.match(/^ {2}failed: /gm)?.length ?? 0;
  const hasEnded = output.includes('suite ended') && code === 0;
  summarize(passed, failed === 0 && !(hasEnded && passed > 0) ? 1 : failed);
  return failed === 0 && hasEnded && passed > 0 ? 0 : 1;
}

/** The part of the documentation that is for this version, so that what is documented is what is tested. */
function configuration() {
  const page = readFileSync(join(root, 'docs/editors.md'), 'utf8');
  const section = page.split(/^### /m).find((text) => text.startsWith('Neovim 0.7 ')) ?? '';
  const code = /```lua\n(.*?)```/s.exec(section)?.[1];
  if (code === undefined) throw new Error('docs/editors.md has no configuration for Neovim 0.7.');
  return code;
}

function findNeovim() {
  const nvim = onPath('nvim');
  if (nvim) return { nvim };
  const apt = onPath('apt-get');
  if (apt === undefined || process.getuid?.() !== 0) {
    const reason = `no nvim is on the PATH, and only root can install one with apt-get.`;
    return { reason, isSkipped: true };
  }
  console.log('Installing Neovim with apt-get.');
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'neovim']]) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status, stderr } = spawnSync(apt, args, { env, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    if (status !== 0) return { reason: `apt-get ${args.join(' ')} failed.\n${stderr}` };
  }
  const installed = onPath('nvim');
  return installed ? { nvim: installed } : { reason: 'apt-get installed no nvim.' };
}
