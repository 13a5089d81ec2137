// The audit pack as a page in a browser: asks for nothing, breaks no policy, is accessible in light, dark and print, works
// without scripts and on a small screen, and prints.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { auditedSample } from '../support/audited.ts';
import { launchChromium } from '../support/chromium.ts';
import { exampleTexts } from '../support/reported.ts';

const axe = readFileSync(createRequire(join(process.cwd(), 'package.json')).resolve('axe-core/axe.min.js'), 'utf8');
const { page: html } = auditedSample(exampleTexts, {
  pictures: true,
  commit: 'a'.repeat(40),
  unread: [{ path: 'lost.aiwf.yaml', reason: 'no such file or folder' }],
});

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser?.close());

interface Opened {
  readonly page: Page;
  readonly faults: readonly string[];
}

/** Opens the page as a file would be, with no network; everything else it asks for is a fault. */
async function open(options: { scheme?: 'light' | 'dark'; scripts?: boolean; width?: number } = {}): Promise<Opened> {
  const { scheme = 'light', scripts = true, width = 1280 } = options;
  const viewport = { width, height: 1000 };
  const context = await browser.newContext({ colorScheme: scheme, javaScriptEnabled: scripts, viewport });
  const page = await context.newPage();
  const faults: string[] = [];
  const address = 'https://audit.test/';
  await page.route('**/*', (route) => {
    if (route.request().url() === address) return route.fulfill({ contentType: 'text/html', body: html });
    faults.push(`asked for ${route.request().url()}`);
    return route.abort();
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => faults.push(message.text()));
  await page.goto(address);
  return { page, faults };
}

async function close({ page, faults }: Opened): Promise<void> {
  await page.context().close();
  assert.deepEqual(faults, [], 'no request, and nothing that the policy forbids');
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
  readonly passes: readonly object[];
}

for (const look of ['light', 'dark', 'print'] as const) {
  test(`${look}: axe finds no violation, and one picture of each is shown`, async () => {
    const opened = await open({ scheme: look === 'dark' ? 'dark' : 'light' });
    const { page } = opened;
    if (look === 'print') await page.emulateMedia({ media: 'print' });
    const shown = await page.locator('.picture svg:visible').count();
    assert.equal(shown, await page.locator('.picture').count());
    assert.ok(shown > 9);
    assert.equal(await page.locator(`.in-${look} svg:visible`).count(), shown);
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(async () => {
      const { axe: engine } = window as unknown as { axe: { run(): Promise<AxeResults> } };
      return engine.run();
    });
    assert.ok(passes.length > 10);
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`),
      [],
    );
    await close(opened);
  });
}

test('it is printed on pages that lie, and no picture is larger than one', async () => {
  const opened = await open({ scripts: true });
  const { page } = opened;
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const text = pdf.toString('latin1');
  assert.ok((text.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0) > 9);
  const [, width = 0, height = 0] = (/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(text) ?? []).map(Number);
  assert.ok(width > height, `${width} x ${height}`);
  await page.emulateMedia({ media: 'print' });
  const tallest = await page
    .locator('.in-print svg')
    .evaluateAll((pictures) => Math.max(...pictures.map((picture) => picture.getBoundingClientRect().height)));
  assert.ok(tallest < 660, `${tallest} px`);
  await close(opened);
});

test('the skip link comes first, and headings go down one level at a time', async () => {
  const opened = await open();
  const { page } = opened;
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'To the content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'content');
  const levels = await page
    .locator('h1, h2, h3, h4')
    .evaluateAll((headings) => headings.map(({ tagName }) => Number(tagName.slice(1))));
  assert.equal(levels.filter((level) => level === 1).length, 1);
  for (const [index, level] of levels.entries()) assert.ok(level <= (levels[index - 1] ?? 0) + 1, `heading ${index}`);
  const bare = await page.locator('table:not(:has(caption)), thead th:not([scope]), tbody th:not([scope])').count();
  assert.equal(bare, 0);
  await close(opened);
});

test('on a small screen only tables and pictures scroll, and nothing leaves the page', async () => {
  const opened = await open({ width: 360, scripts: true });
  const [inner = 0, outer = 0] = await opened.page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(inner <= outer, `${inner} wide in ${outer}`);
  await close(opened);
});

test('without scripts all of it is there', async () => {
  const opened = await open({ scripts: false });
  assert.ok((await opened.page.locator('.finding:visible').count()) > 10);
  assert.equal(await opened.page.locator('script').count(), 0);
  await close(opened);
});
