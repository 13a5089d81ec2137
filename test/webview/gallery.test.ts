// Every example in every view and theme, as the panel shows it: nothing overlaps, axe finds no fault, and the pictures in
// test/golden/views are of these very pages (`UPDATE_GOLDEN=1` takes them anew; fonts differ, so they are looked at, not compared).
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { type ViewName, viewNames } from '../../src/picture/views.ts';
import type { ShowMessage } from '../../src/protocol.ts';
import { createLanguageService, type LanguageService } from '../../src/service/language-service.ts';
import { overlaps } from './inspect.ts';
import { openPanels, type Panels } from './panel.ts';
import { dark, highContrast, light, type Theme } from './themes.ts';

let panels: Panels | undefined;
before(async () => {
  panels = await openPanels();
});
after(() => panels?.close());

const examples = readdirSync('examples').filter((name) => name.endsWith('.aiwf.yaml'));
const themes: Readonly<Record<string, Theme>> = { light, dark, 'high-contrast': highContrast };
const folder = 'test/golden/views';
const isUpdate = process.env.UPDATE_GOLDEN !== undefined;

function open(path: string): { readonly service: LanguageService; readonly uri: string; readonly text: string } {
  const read = (uri: string) => (existsSync(new URL(uri)) ? readFileSync(new URL(uri), 'utf8') : undefined);
  const service = createLanguageService({
    read,
    workflowFiles: () => [],
    entries: () => [],
    workflowUri: () => undefined,
  });
  const uri = pathToFileURL(join(process.cwd(), path)).href;
  const text = readFileSync(path, 'utf8');
  service.open(uri, 1, text);
  return { service, uri, text };
}

/** What the panel would be sent; the view of changes compares with the text before its last review was taken out. */
function message(path: string, view: ViewName, version: number): ShowMessage {
  const { service, uri, text } = open(path);
  if (view === 'change') service.open(uri, 2, withoutReview(service, uri, text));
  const answer = service.diagram(uri, { view, base: { name: 'HEAD', text } });
  assert.ok(answer, path);
  const { diagram, findings, view: data } = answer;
  return { type: 'show', version, diagram, findings, ...(data ? { view: data } : {}) };
}

/** The text without the first review or approval that can be deleted. */
function withoutReview(service: LanguageService, uri: string, text: string): string {
  const nodes = service.diagram(uri)?.diagram.nodes ?? [];
  for (const { id, kind } of nodes) {
    if (kind !== 'review' && kind !== 'approval') continue;
    const answer = service.editDiagram({ uri, version: 1, change: { kind: 'delete', node: id } });
    if ('edits' in answer) return applied(text, answer.edits);
  }
  return text.replace(/^( +)(within|ack): .*\n/m, '');
}

type Edits = Extract<ReturnType<LanguageService['editDiagram']>, { edits: unknown }>['edits'];

function applied(text: string, edits: Edits): string {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = ({ line, character }: { line: number; character: number }) =>
    (starts[line] ?? text.length) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (all, { range, newText }) => all.slice(0, offset(range.start)) + newText + all.slice(offset(range.end)),
      text,
    );
}

async function choose(page: Page, view: ViewName): Promise<void> {
  await page.click(`#aiwf-view-${view}`);
}

for (const name of examples) {
  for (const [theme, colors] of Object.entries(themes)) {
    test(`${name} in every view, ${theme}`, { timeout: 120_000 }, () => {
      assert.ok(panels);
      return panels.use(
        async ({ page, send }) => {
          let version = 0;
          const sheet: Buffer[] = [];
          for (const view of viewNames) {
            await choose(page, view);
            await send(message(join('examples', name), view, ++version));
            await page.waitForSelector(`#aiwf-diagram[data-version="${version}"][data-view="${view}"]`);
            const pane = page.locator(
              ['responsibilities', 'data'].includes(view) ? '#aiwf-page' : '#aiwf-canvas > svg',
            );
            assert.ok(((await pane.textContent()) ?? '').trim().length > 40, `${view} shows something`);
            if (view === 'flow' || view === 'change') {
              await page.click('#aiwf-zoom-in');
              assert.deepEqual(await overlaps(page), [], view);
            }
            if (view !== 'responsibilities' && view !== 'data') await page.click('#aiwf-fit');
            assert.deepEqual(await faultsByAxe(page), [], view);
            if (isUpdate) sheet.push(await page.screenshot());
          }
          if (isUpdate) await saveSheet(page, sheet, `${name.replace('.aiwf.yaml', '')}-${theme}.jpg`);
        },
        { width: 1000, height: 760, theme: colors },
      );
    });
  }
}

/** One picture of all views, two beside each other. */
async function saveSheet(page: Page, pictures: readonly Buffer[], name: string): Promise<void> {
  const sheet = await page.context().browser()?.newPage();
  assert.ok(sheet);
  await sheet.setViewportSize({ width: 1300, height: 1490 });
  const images = pictures.map(
    (picture) => `<img width="640" src="data:image/png;base64,${picture.toString('base64')}">`,
  );
  await sheet.setContent(
    `<body style="margin:4px;display:grid;grid-template-columns:1fr 1fr;gap:4px;background:#888">${images.join('')}</body>`,
  );
  await sheet.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), await sheet.screenshot({ fullPage: true, type: 'jpeg', quality: 72 }));
  await sheet.close();
}

async function faultsByAxe(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const { violations } = await checker.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.length} (${nodes[0]?.target.join(' ')})`);
  });
}
