// `node test/editor/web.mjs`: VS Code in a browser with the web build alone. A copy of the extension that names no program
// for Node.js runs in the browser's own extension host; what VS Code then shows is looked at.
// Last line: `web: N passed, N failed`.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { openPage, untilWorkbench } from './browser.mjs';
import { browserActions } from './browser-actions.mjs';
import { root } from './cache.mjs';
import { installServer } from './install.mjs';
import { runScript, temporaryFolder } from './processes.mjs';
import { addressOf, startServer } from './server.mjs';

const minutes = 6;
const counts = { passed: 0, failed: 0 };
const summarize = () => console.log(`web: ${counts.passed} passed, ${counts.failed} failed`);

const order = `aiwf: 1
workflow: order
title: An order
use: [./people.aiwf.yaml]
accountable: boss
start: { on: manual, next: pay }
steps:
  pay: { call: payout, next: done }
  done: { end: Done, records: [result] }
stepz: {}
`;
const people = `aiwf: 1
library: people
actors:
  boss: { kind: human, holders: 1 }
`;
const payout = `aiwf: 1
workflow: payout
title: A payout
use: [../people.aiwf.yaml]
accountable: boss
start: { on: manual, next: pay }
steps:
  pay: { task: Pay, by: boss, next: done }
  done: { end: Done, records: [result] }
`;
/** Leaves only what is wrong with the language, and one rule that the workflow breaks. */
const configuration = `profile: []
rules:
  structure/unresolved-reference: warning
`;

await runScript(main, {
  minutes,
  onTimeout: () => {
    counts.failed++;
    summarize();
  },
});

async function main() {
  try {
    await run();
  } catch (error) {
    counts.failed++;
    console.error(error);
  }
  summarize();
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

async function run() {
  const workspace = makeWorkspace();
  const server = await startServer(await installServer());
  const page = await openPage();
  const file = join(workspace, 'order.aiwf.yaml');
  await page.goto(addressOf(server.url, workspace, { develop: webExtension(), open: file }));
  await untilWorkbench(page);
  const { screenshot } = browserActions(page);
  const problems = async (expected) => page.locator(`[id="status.problems"] a[aria-label="${expected}"]`).waitFor();
  const command = (name, result) => runCommand(page, name, result);
  const tab = (name) => page.locator('.tab', { hasText: name }).first();

  await step(page, 'findings are marked, and imports, sub-workflows and the configuration are read', async () => {
    await page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 60_000 });
    // The unknown key, and nothing else: what the file names in other files was found.
    await problems('Errors: 1');
  });

  await step(page, 'a file changed elsewhere changes the findings', async () => {
    writeFileSync(join(workspace, 'people.aiwf.yaml'), people.replaceAll('boss', 'chief'));
    await problems('Errors: 1, Warnings: 1');
    writeFileSync(join(workspace, 'people.aiwf.yaml'), people);
    await problems('Errors: 1');
  });

  await step(page, 'the diagram opens and follows', async () => {
    await command('AI Workflow: Open Diagram to the Side');
    const diagram = page
      .frameLocator('iframe.webview.ready[src*="extensionId=aiwf.aiwf"]')
      .frameLocator('#active-frame');
    await diagram.locator('.aiwf-node[data-step="pay"]').waitFor();
    await screenshot({ name: 'web-diagram' });
    await tab('order.aiwf.yaml').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('  # a word more');
    await diagram.locator('#aiwf-diagram:not([data-version="1"]) .aiwf-svg').waitFor();
    await command('File: Revert File');
  });

  await step(page, 'completion answers', async () => {
    await tab('order.aiwf.yaml').click();
    await page.locator('.monaco-editor .view-line', { hasText: 'stepz' }).first().click();
    await page.locator('.monaco-editor.focused').first().waitFor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('dat');
    await page.locator('.monaco-editor .view-line', { hasText: /^dat$/ }).first().waitFor();
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget .monaco-list-row', { hasText: 'data' }).first().waitFor();
    await page.keyboard.press('Escape');
    await command('File: Revert File');
  });

  await step(page, 'the whole workspace is checked', async () => {
    await command('AI Workflow: Check the Workspace');
    // VS Code shows no toasts in a test; the notification center has the message.
    await command('Notifications: Show Notifications');
    await page.locator('.notifications-center .notification-list-item', { hasText: 'Checked 3 files' }).waitFor();
    await command('Notifications: Clear All Notifications');
  });

  await step(page, 'a template becomes a new workflow', async () => {
    await command('AI Workflow: New Workflow');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Blank' }).click();
    await page.locator('.tab.active', { hasText: /\.aiwf\.yaml/ }).waitFor();
    await page.locator('.monaco-editor .view-line', { hasText: 'workflow:' }).first().waitFor();
    await tab('Diagram: my-workflow').waitFor();
    await page.locator('.monaco-editor.focused').first().waitFor();
  });

  await step(page, 'a rule is explained by its page', async () => {
    await command('AI Workflow: Explain Rule', page.locator('.quick-input-title:visible', { hasText: 'Explain Rule' }));
    await page.locator('.quick-input-widget input').fill('flow/unbounded-loop');
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'flow/unbounded-loop' }).waitFor();
    await page.keyboard.press('Enter');
    const preview = page
      .frameLocator('iframe.webview.ready[src*="extensionId=vscode.markdown-language-features"]')
      .frameLocator('#active-frame');
    await preview.locator('h1', { hasText: 'unbounded-loop' }).waitFor({ timeout: 40_000 });
    // Only the page has examples; the short answer of the server has none.
    assert.ok((await preview.locator('pre').count()) >= 2);
    await screenshot({ name: 'web-rule' });
  });
}

/** One test: its fault is told, with a picture, and the next one runs. */

/** By the palette; again where something else takes the focus as it opens, until `result` can be seen. */
async function runCommand(page, name, result) {
  for (let attempt = 1; ; attempt++) {
    try {
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input:visible').first().fill(`>${name}`, { timeout: 5000 });
      await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor({ timeout: 5000 });
      await page.keyboard.press('Enter');
      await result?.waitFor({ timeout: 5000 });
      return;
    } catch (error) {
      if (attempt === 4) throw error;
      await page.locator('.part.titlebar').first().click();
    }
  }
}

async function step(page, title, test) {
  const begin = Date.now();
  try {
    await test();
    counts.passed++;
    console.log(`  passed: ${title} (${Date.now() - begin} ms)`);
  } catch (error) {
    counts.failed++;
    const picture = join(root, 'out/editor/screenshots', `web-failed-${counts.failed}.png`);
    await page.screenshot({ path: picture });
    console.log(`  failed: ${title}, see ${picture}\n      ${stripVTControlCharacters(error.message)}`);
  }
}

/** The extension as a browser gets it: its manifest names no program for Node.js, and the folder holds none. */
function webExtension() {
  const folder = join(temporaryFolder('web-extension'), 'aiwf');
  mkdirSync(folder);
  const parts = ['dist', 'media', 'syntaxes', 'docs', 'l10n', 'package.nls.json'].filter((name) =>
    existsSync(join(root, name)),
  );
  for (const name of parts)
    cpSync(join(root, name), join(folder, name), { recursive: true, force: true, errorOnExist: false });
  for (const name of ['extension.js', 'server.js', 'cli.js']) rmSync(join(folder, 'dist', name));
  const { main: _, ...manifest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

function makeWorkspace() {
  const folder = temporaryFolder('web');
  mkdirSync(join(folder, 'inner'));
  const files = {
    'order.aiwf.yaml': order,
    'people.aiwf.yaml': people,
    'inner/payout.aiwf.yaml': payout,
    'aiwf.config.yaml': configuration,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
