// Starts VS Code's own server on a free port of this machine, with a profile of its own, and ends it.
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from './cache.mjs';
import { startGroup, temporaryFolder } from './processes.mjs';

const secondsToStart = 60;

/** Nothing on the screen but the files, and nothing that asks the network. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * @param {import('./install.mjs').Server} vscode
 * @param {{ env?: Record<string, string>, vsix?: string, language?: string }} [options] `vsix` is installed first;
 *   extensions are asked for their texts in `language`, VS Code itself stays English
 */
export async function startServer(vscode, options = {}) {
  const home = temporaryFolder('server');
  const profile = join(home, 'profile');
  mkdirSync(join(profile, 'User'), { recursive: true });
  writeFileSync(join(profile, 'User/settings.json'), JSON.stringify(quietSettings, undefined, 2));
  writeFileSync(join(home, 'config.yaml'), 'auth: none\n');
  if (options.language) addLanguage(options.language, profile);
  const places = [
    ...['--config', join(home, 'config.yaml')],
    ...['--user-data-dir', profile],
    ...['--extensions-dir', join(home, 'extensions')],
  ];
  const logFile = join(root, 'out/editor/server.log');
  mkdirSync(join(root, 'out/editor'), { recursive: true });
  const log = openSync(logFile, 'w');
  const start = (args) =>
    startGroup(vscode.node, [vscode.entry, ...places, ...args], {
      cwd: home,
      env: serverEnvironment({ XDG_DATA_HOME: home, ...options.env }),
      stdio: ['ignore', log, log],
    });

  if (options.vsix) {
    const code = await start(['--install-extension', options.vsix]).ended;
    if (code !== 0) throw new Error(`${options.vsix} cannot be installed: see ${logFile}.`);
  }
  const port = await freePort();
  const server = start([
    ...['--bind-addr', `127.0.0.1:${port}`],
    ...['--session-socket', join(home, 'session.sock')],
    ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-proxy'],
    ...['--disable-getting-started-override', '--ignore-last-opened'],
    ...['--vscode-option', 'enable-smoke-test-driver'],
    ...(options.language ? ['--locale', options.language] : []),
  ]);
  closeSync(log);
  const url = `http://127.0.0.1:${port}`;
  await untilHealthy(url, server.ended, logFile);
  return { url, logFile, ended: server.ended, stop: server.stop };
}

/** A language pack without a text of VS Code's own: enough to make it a language that VS Code runs in. */
function addLanguage(language, profile) {
  const texts = join(profile, `texts.${language}.json`);
  writeFileSync(texts, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extensions = [{ extensionIdentifier: { id: `aiwf.language-${language}` }, version: '1.0.0' }];
  const pack = { hash: language, label: language, extensions, translations: { vscode: texts } };
  writeFileSync(join(profile, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}

/**
 * The address that opens a folder; `payload` holds what the desktop VS Code takes as arguments.
 * A path in it is one of the server's machine.
 * @param {string} url
 * @param {string} folder
 * @param {{ develop?: string, tests?: string, open?: string }} options
 */
export function addressOf(url, folder, options) {
  const remote = (path) => `vscode-remote://${new URL(url).host}${encodeURI(path)}`;
  const payload = [['skipWelcome', 'true']];
  if (options.develop) payload.push(['extensionDevelopmentPath', remote(options.develop)]);
  if (options.tests) payload.push(['extensionTestsPath', remote(options.tests)]);
  if (options.open) payload.push(['openFile', remote(options.open)]);
  return `${url}/?${new URLSearchParams({ folder, payload: JSON.stringify(payload) })}`;
}

/** Ours, without what would make the server somebody else's: settings of a VS Code terminal or a hosting service. */
function serverEnvironment(more) {
  const env = { ...process.env, EXTENSIONS_GALLERY: '{}', ...more };
  for (const name of Object.keys(env)) {
    if (/^(VSCODE_|CODE_SERVER_|ELECTRON_|NODE_OPTIONS$|PORT$|PASSWORD$|HASHED_PASSWORD$)/.test(name)) delete env[name];
  }
  return env;
}

/** Asks until the server answers or has ended. */
async function untilHealthy(url, ended, logFile) {
  const deadline = AbortSignal.timeout(secondsToStart * 1000);
  let hasEnded = false;
  const note = () => {
    hasEnded = true;
  };
  ended.then(note, note);
  while (!hasEnded && !deadline.aborted) {
    const response = await fetch(`${url}/healthz`, { signal: deadline }).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`VS Code's server ${hasEnded ? 'ended' : 'did not start'}: see ${logFile}.`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
