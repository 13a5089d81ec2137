// `npm start`: opens a real VS Code with the extension on examples/, on the desktop or, where there is none, as a page
// that VS Code's own server offers until Ctrl+C. `--check` loads that page in a headless browser, says ok and ends.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openPage, untilWorkbench } from './browser.mjs';
import { root } from './cache.mjs';
import { findVscode, installServer } from './install.mjs';
import { runScript, startGroup } from './processes.mjs';
import { addressOf, startServer } from './server.mjs';

const check = process.argv.includes('--check');
const examples = join(root, 'examples');

await runScript(main, check ? { minutes: 4 } : {});

async function main() {
  const vscode = check ? await installServer() : await findVscode();
  return vscode.kind === 'desktop' ? await openDesktop(vscode) : await offerPage(vscode);
}

async function openDesktop({ executable, command }) {
  const args = [`--extensionDevelopmentPath=${root}`, examples, ...firstExample()];
  // The `code` command returns at once and leaves the window open; a downloaded VS Code stays ours.
  const shell = process.platform === 'win32';
  const editor = startGroup(command ?? executable, args, { stdio: 'inherit', shell });
  return await editor.ended;
}

async function offerPage(vscode) {
  const server = await startServer(vscode);
  const address = addressOf(server.url, examples, { develop: root, open: firstExample()[0] });
  if (check) {
    const page = await openPage();
    await page.goto(address);
    await untilWorkbench(page);
    // Only the extension knows the name of the language.
    if (firstExample().length > 0)
      await page.locator('[id="status.editor.mode"]', { hasText: 'AI Workflow' }).waitFor();
    console.log('ok');
    return 0;
  }
  console.log(`VS Code with the extension runs here until you press Ctrl+C:\n\n  ${address}\n`);
  return await server.ended;
}

function firstExample() {
  const names = existsSync(examples) ? readdirSync(examples) : [];
  const workflows = names.filter((name) => name.endsWith('.aiwf.yaml')).sort();
  return workflows.slice(0, 1).map((name) => join(examples, name));
}
