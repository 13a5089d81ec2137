// `npm run test:editor [part of a test file's name, or !part to leave out …]`: runs the suite inside a real VS Code, on the desktop or, where
// there is none, in a browser through VS Code's own server. The last line is `editor: N passed, N failed`.
import { cpSync, createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { openBridge } from './bridge.mjs';
import { openPage } from './browser.mjs';
import { browserActions } from './browser-actions.mjs';
import { bundleSuite } from './bundle.mjs';
import { root } from './cache.mjs';
import { findVscode } from './install.mjs';
import { onEnd, runScript, temporaryFolder } from './processes.mjs';
import { addressOf, startServer } from './server.mjs';

const minutes = 8;
const results = { passed: 0, failed: 0, skipped: 0, ended: false, summarized: false };

await runScript(main, { minutes, onTimeout: () => summarize(false) });

async function main() {
  try {
    return summarize((await run()) === 0);
  } catch (error) {
    console.error(error);
    return summarize(false);
  }
}

/** Answers VS Code's exit code. */
async function run() {
  const vscode = await findVscode();
  console.log(
    `editor: VS Code ${vscode.kind === 'desktop' ? `desktop, ${vscode.executable}` : 'server and a browser'}`,
  );
  const suite = await bundleSuite();
  const workspace = copyExamples();
  return await (vscode.kind === 'desktop' ? runOnDesktop : runInBrowser)(vscode, suite, workspace);
}

async function runOnDesktop(vscode, suite, workspace) {
  const profile = temporaryFolder('desktop');
  // `runTests` ends its VS Code when we are interrupted, and offers no other way.
  const forget = onEnd(() => process.emit('SIGINT'));
  const tests = runTests({
    vscodeExecutablePath: vscode.executable,
    extensionDevelopmentPath: root,
    extensionTestsPath: suite,
    extensionTestsEnv: { AIWF_BRIDGE: await openBridge(reporting()), AIWF_BROWSER: 'no' },
    launchArgs: [workspace, '--disable-extensions', '--user-data-dir', profile],
  });
  return await tests.catch((error) => error.code ?? 1).finally(forget);
}

async function runInBrowser(vscode, suite, workspace) {
  const page = await openPage();
  const bridge = await openBridge({ ...reporting(), ...browserActions(page) });
  const server = await startServer(vscode, { env: { AIWF_BRIDGE: bridge, AIWF_BROWSER: 'yes' } });
  const exit = new Promise((resolve, reject) => {
    page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    page.on('crash', () => reject(new Error('The browser page crashed.')));
    page.on('close', () => reject(new Error('The browser page was closed.')));
    const ended = () => reject(new Error(`VS Code's server ended: see ${server.logFile}.`));
    server.ended.then(ended, ended);
  });
  exit.catch(() => undefined);
  const log = createWriteStream(join(root, 'out/editor/browser.log'));
  await page.exposeFunction('codeAutomationLog', (type, args) => {
    log.write(`[${type}] ${args.map(String).join(' ')}\n`);
  });
  await page.goto(addressOf(server.url, workspace, { develop: root, tests: suite }));
  const code = await exit;
  await page.close();
  await server.stop();
  return code;
}

/** What the suite tells us; the same on the desktop and in the browser. */
function reporting() {
  return {
    result({ outcome, title, duration, reason }) {
      results[outcome] += 1;
      const time = outcome === 'skipped' ? '' : ` (${Math.round(duration)} ms)`;
      console.log(`  ${outcome}: ${title}${time}`);
      if (reason) console.log(reason.replaceAll(/^/gm, '      '));
    },
    end() {
      results.ended = true;
    },
  };
}

/** A suite that could not even start, or ended early, counts as one failure. */
function summarize(succeeded) {
  if (results.summarized) return 1;
  results.summarized = true;
  if (results.failed === 0 && !(succeeded && results.ended && results.passed > 0)) {
    console.log('  failed: the suite did not run to its end');
    results.failed = 1;
  }
  if (results.skipped > 0) console.log(`editor: ${results.skipped} skipped`);
  console.log(`editor: ${results.passed} passed, ${results.failed} failed`);
  return results.failed === 0 ? 0 : 1;
}

/** Tests may change their files. */
function copyExamples() {
  const workspace = join(temporaryFolder('workspace'), 'examples');
  mkdirSync(workspace);
  const examples = join(root, 'examples');
  if (existsSync(examples)) cpSync(examples, workspace, { recursive: true });
  return workspace;
}
