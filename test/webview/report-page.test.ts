// The report as a page in a browser: asks for nothing, breaks no policy, is accessible in light, dark and print, filters
// without a script, and prints.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { renderHtml } from '../../src/report/html.ts';
import { launchChromium } from '../support/chromium.ts';
import { exampleTexts, reportedFiles, reportedSample, reportOptions } from '../support/reported.ts';

const axe = readFileSync(createRequire(join(process.cwd(), 'package.json')).resolve('axe-core/axe.min.js'), 'utf8');
const unread = [{ path: 'b.aiwf.yaml', reason: 'no such file or folder' }];
const pages: Readonly<Record<string, string>> = {
  'the sample': renderHtml(reportedSample(), { ...reportOptions, unread }),
  'the examples': renderHtml(reportedFiles(exampleTexts), reportOptions),
  nothing: renderHtml([], reportOptions),
};

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
async function open(html: string, options: { scheme?: 'light' | 'dark'; scripts?: boolean } = {}): Promise<Opened> {
  const context = await browser.newContext({
    colorScheme: options.scheme ?? 'light',
    javaScriptEnabled: options.scripts ?? true,
    viewport: { width: 900, height: 1000 },
  });
  const page = await context.newPage();
  const faults: string[] = [];
  const address = 'https://report.test/';
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

for (const [name, html] of Object.entries(pages)) {
  for (const look of ['light', 'dark', 'print'] as const) {
    test(`${name}, ${look}: axe finds no violation`, async () => {
      const opened = await open(html, { scheme: look === 'dark' ? 'dark' : 'light' });
      const { page } = opened;
      if (look === 'print') await page.emulateMedia({ media: 'print' });
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

  test(`${name} is printed`, async () => {
    const opened = await open(html);
    const pdf = await opened.page.pdf({ format: 'A4' });
    const count = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
    assert.ok(count > 0, `${count} pages`);
    await opened.page.emulateMedia({ media: 'print' });
    assert.equal(await opened.page.locator('.filter').isVisible(), false);
    await close(opened);
  });
}

test('without scripts all findings are seen, and filters work', async () => {
  const opened = await open(pages['the sample'] ?? '', { scripts: false });
  const { page } = opened;
  const visible = (selector: string) => page.locator(`${selector}:visible`).count();
  const all = await visible('.finding');
  assert.ok(all > 6);
  assert.equal(await visible('.shown'), 0);
  const [errors, accepted] = [await visible('.finding.error'), await visible('.finding.accepted')];
  assert.ok(errors > 1 && accepted === 2);

  await page.getByLabel('errors').uncheck();
  assert.equal(await visible('.finding.error'), 0);
  assert.equal(await visible('.finding'), all - errors);
  await page.getByLabel('accepted').uncheck();
  assert.equal(await visible('.finding'), all - errors - accepted);
  assert.equal(await visible('.shown'), 1);

  await page.getByRole('button', { name: 'Show all' }).click();
  assert.equal(await visible('.finding'), all);

  await page.getByLabel('Rule').selectOption({ label: 'flow/timeout-fails-open' });
  assert.equal(await visible('.finding'), 1);
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByLabel('Clause').selectOption({ label: 'ISO/IEC 42001, all' });
  const some = await visible('.finding');
  await page.getByLabel('Clause').selectOption({ label: 'ISO/IEC 42001, A.9.2' });
  const fewer = await visible('.finding');
  assert.ok(fewer > 0 && fewer <= some && some < all, `${fewer}, ${some}, ${all}`);
  await close(opened);
});

test('by keyboard the filter comes first, and each finding can be linked to', async () => {
  const opened = await open(pages['the sample'] ?? '');
  const { page } = opened;
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'show-error');
  await page.keyboard.press('Space');
  assert.equal(await page.locator('.finding.error:visible').count(), 0);
  for (const href of await page
    .locator('a[href^="#"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '')))
    assert.equal(await page.locator(href).count(), 1, href);
  await close(opened);
});

test('on a small screen nothing leaves the page', async () => {
  const opened = await open(pages['the sample'] ?? '');
  await opened.page.setViewportSize({ width: 360, height: 700 });
  const [inner, outer] = await opened.page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok((inner ?? 0) <= (outer ?? 0), `${inner} wide in ${outer}`);
  await close(opened);
});
