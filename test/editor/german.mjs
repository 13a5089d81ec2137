// `node test/editor/german.mjs`: the extension in a VS Code whose language is German shows its commands, its pickers and
// the words around the diagram in German. Last line: `german: N passed, N failed`.
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { openPage, untilWorkbench } from './browser.mjs';
import { root } from './cache.mjs';
import { installServer } from './install.mjs';
import { runScript, temporaryFolder } from './processes.mjs';
import { addressOf, startServer } from './server.mjs';

const minutes = 4;
const counts = { passed: 0, failed: 0 };
const summarize = () => console.log(`german: ${counts.passed} passed, ${counts.failed} failed`);

await runScript(main, {
  minutes,
  onTimeout: () => {
    counts.failed++;
    summarize();
  },
});

async function main() {
  const workspace = temporaryFolder('german');
  const file = join(workspace, 'beispiel.aiwf.yaml');
  copyFileSync(join(root, 'media/templates/parallel-review.aiwf.yaml'), file);
  const server = await startServer(await installServer(), { language: 'de' });
  const page = await openPage();
  await page.goto(addressOf(server.url, workspace, { develop: root, open: file }));
  await untilWorkbench(page);
  await page.locator('.tab.active[data-resource-name="beispiel.aiwf.yaml"]').waitFor();
  // The extension is there when its icon is.
  await page.locator('.editor-actions .action-label[aria-label^="Diagramm an der Seite öffnen"]').waitFor();

  const row = (text) => page.locator('.quick-input-list-row', { hasText: text }).first();
  const choose = async (command) => {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').waitFor();
    await page.keyboard.type(command);
    await row(command).waitFor();
    await page.keyboard.press('Enter');
  };

  await check(page, 'commands have German titles', async () => {
    for (const title of ['Neuer Workflow', 'Diese Datei prüfen', 'Arbeitsbereich prüfen', 'Regel erklären']) {
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input').waitFor();
      await page.keyboard.type(`KI-Workflow: ${title}`);
      await row(`KI-Workflow: ${title}`).waitFor();
      await page.keyboard.press('Escape');
    }
  });

  await check(page, 'a picker asks in German', async () => {
    await choose('Neuer Workflow');
    await row('KI entwirft, ein Mensch gibt frei').waitFor();
    assert.equal(await page.locator('.quick-input-title').innerText(), 'Neuer Workflow');
    await page.keyboard.press('Escape');
  });

  await check(page, 'the diagram speaks German around the words of the author', async () => {
    await choose('Diagramm an der Seite öffnen');
    const panel = page
      .locator('iframe.webview.ready[src*="extensionId=aiwf.aiwf"]')
      .first()
      .contentFrame()
      .locator('#active-frame')
      .contentFrame();
    await panel.locator('.aiwf-node').first().waitFor();
    assert.equal(await panel.locator('#aiwf-fit').innerText(), 'Einpassen');
    assert.match(await panel.locator('#aiwf-legend').innerText(), /^Person\s+Ausnahme$/);
    assert.match(
      (await panel.locator('.aiwf-kind-approval').first().getAttribute('aria-label')) ?? '',
      /: Freigabe in der Bahn /,
    );
    await page.locator('.tab', { hasText: 'Diagramm: beispiel' }).waitFor();
  });

  summarize();
  return counts.failed === 0 ? 0 : 1;
}

async function check(page, name, work) {
  try {
    await work();
    counts.passed++;
    console.log(`  passed: ${name}`);
  } catch (error) {
    counts.failed++;
    const picture = join(root, 'out/editor/screenshots/german-failed.png');
    await page.screenshot({ path: picture });
    console.log(`  failed: ${name}, see ${picture}\n${stripVTControlCharacters(error.message)}`);
  }
}
