// Finds a real VS Code: the desktop one of this machine, or VS Code's own server installed by npm, once.
// Run alone, it installs what is missing. AIWF_VSCODE=desktop or AIWF_VSCODE=server chooses.
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { once, root } from './cache.mjs';
import { findChromium } from './chromium.mjs';
import { onPath, runScript, startGroup } from './processes.mjs';

const codeServer = '4.139.1';
const nodeMajor = 24;

/**
 * @typedef {{ kind: 'desktop', executable: string, command?: string }} Desktop
 * @typedef {{ kind: 'server', node: string, entry: string }} Server
 * @returns {Promise<Desktop | Server>}
 */
export async function findVscode() {
  const wanted = process.env.AIWF_VSCODE;
  if (wanted !== undefined && wanted !== 'desktop' && wanted !== 'server') {
    throw new Error(`AIWF_VSCODE is "desktop" or "server", not "${wanted}".`);
  }
  if (wanted === 'server') return await installServer();
  const desktop = findDesktop();
  if (desktop && (wanted === 'desktop' || hasDisplay())) return desktop;
  if (wanted !== 'desktop' && process.platform === 'linux') return await installServer();
  return { kind: 'desktop', executable: await downloadAndUnzipVSCode({ cachePath: join(root, '.vscode-test') }) };
}

/** VS Code's own server, from npm. Its native modules are not compiled: nothing here needs them. */
export async function installServer() {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    throw new Error("VS Code's server is only prepared for Linux on x64 and arm64. Install the desktop VS Code.");
  }
  const nodePackage = `node-linux-${process.arch}`;
  const folder = await once(`server-${codeServer}`, async (partial) => {
    console.log(`Installing VS Code's server (code-server ${codeServer}) with npm, once.`);
    await npmInstall(['--prefix', partial, `code-server@${codeServer}`, `${nodePackage}@${nodeMajor}`], partial);
    await npmInstall(['--omit=dev'], join(partial, 'node_modules/code-server/lib/vscode'));
  });
  const modules = join(folder, 'node_modules');
  return {
    kind: 'server',
    node: join(modules, nodePackage, 'bin/node'),
    entry: join(modules, 'code-server/out/node/entry.js'),
  };
}

/** The program behind the `code` command; the command of a remote terminal has none. */
function findDesktop() {
  const command = onPath('code', 'code-insiders');
  if (command === undefined) return undefined;
  const bin = resolve(realpathSync(command), '..');
  const places = {
    darwin: ['../../../MacOS/Electron', '../../../MacOS/Code'],
    win32: ['../Code.exe', '../Code - Insiders.exe'],
    linux: ['../code', '../code-insiders'],
  };
  const executable = places[process.platform]?.map((place) => resolve(bin, place)).find((path) => existsSync(path));
  return executable && { kind: 'desktop', executable, command };
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

async function npmInstall(args, cwd) {
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith('npm-cli.js') ? [process.execPath, [script]] : ['npm', []];
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const install = startGroup(
    command,
    [...first, 'install', '--ignore-scripts', '--engine-strict=false', ...quiet, ...args],
    { cwd, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const code = await install.ended;
  if (code !== 0) throw new Error(`npm install ${args.join(' ')} failed with code ${code}.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    const vscode = await findVscode();
    console.log(`VS Code: ${vscode.kind} ${vscode.kind === 'desktop' ? vscode.executable : vscode.entry}`);
    if (vscode.kind === 'server') console.log(`Browser: ${(await findChromium())[0].executable}`);
    return 0;
  });
}
