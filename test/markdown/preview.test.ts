// The script of the Markdown preview in a browser, under a policy at least as strict as that of the preview, on documents
// made by the real Markdown engine.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { build } from 'esbuild';
import MarkdownIt from 'markdown-it';
import type { Browser, Page } from 'playwright-core';
import { extendMarkdownIt } from '../../src/extension/markdown-preview.ts';
import { launchChromium } from '../support/chromium.ts';
import { dark, highContrast, highContrastLight, light, type Theme } from '../webview/themes.ts';

const origin = 'https://preview.test';
const nonce = 'c2VjcmV0';
const policy = `default-src 'none'; img-src 'self' data:; script-src 'nonce-${nonce}'; style-src 'self'; font-src 'none'`;
/** What the preview says for every document, here also of elements that a picture has. */
const documentSheet = `
  body { margin: 24px; color: rgb(1, 2, 3); background: var(--vscode-editor-background); font: 14px system-ui; }
  pre { padding: 16px; background: rgb(240, 240, 240); }
  svg, text, ul { opacity: 0.1; fill: red; }
`;

let browser: Browser | undefined;
let script = '';
before(async () => {
  const [launched, bundled] = await Promise.all([
    launchChromium(),
    build({
      entryPoints: ['src/markdown/preview.ts'],
      bundle: true,
      platform: 'browser',
      format: 'iife',
      target: 'es2022',
      mainFields: ['browser', 'module', 'main'],
      minify: true,
      write: false,
      loader: { '.css': 'text' },
    }),
  ]);
  browser = launched;
  script = bundled.outputFiles[0]?.text ?? '';
});
after(() => browser?.close());

const reply = `aiwf: 1
workflow: reply
title: Reply to a customer
actors:
  writer: { kind: agent, sponsor: boss }
  boss: { kind: human }
start: { next: draft }
steps:
  draft: { task: Draft a reply, by: writer, mode: ai-executed, next: check }
  check: { approval: Check the reply, by: boss, on: { approve: done, reject: draft } }
  done: { end: Sent }
`;
const block = (text: string): string => `\`\`\`aiwf\n${text}\`\`\`\n`;
const engine = new MarkdownIt({ html: true }).use(extendMarkdownIt);

interface Preview {
  readonly page: Page;
  /** The text changes, and the preview makes the document anew as VS Code does: what is equal stays, text and all. */
  update(markdown: string): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
  /** How often a text has been measured, which each drawing does. */
  measured(): Promise<number>;
}

async function withPreview(markdown: string, use: (preview: Preview) => Promise<void>, theme = light): Promise<void> {
  assert.ok(browser);
  const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
  const faults: string[] = [];
  const files: Record<string, [string, string]> = {
    '/': [
      'text/html',
      `<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><title>Preview</title>
       <meta http-equiv="Content-Security-Policy" content="${policy}"><link rel="stylesheet" href="/document.css"></head>
       <body class="vscode-body ${theme.body}"><main class="markdown-body">${engine.render(markdown)}</main>
       <script async src="/preview.js" nonce="${nonce}" charset="UTF-8"></script></body></html>`,
    ],
    '/document.css': ['text/css', documentSheet],
    '/preview.js': ['text/javascript', script],
  };
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url());
    const file = url.origin === origin ? files[url.pathname] : undefined;
    if (file) return route.fulfill({ contentType: file[0], body: file[1] });
    faults.push(`asked for ${url.href}`);
    return route.abort();
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('dialog', (dialog) => {
    faults.push(dialog.message());
    return dialog.dismiss();
  });
  await page.addInitScript(() => {
    const counted = window as unknown as { measured: number };
    counted.measured = 0;
    const { measureText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.measureText = function (text) {
      counted.measured++;
      return measureText.call(this, text);
    };
  });
  const setTheme = (next: Theme): Promise<void> =>
    page.evaluate(({ body, variables }) => {
      for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
      document.body.className = `vscode-body ${body}`;
    }, next);
  await page.goto(`${origin}/`);
  await setTheme(theme);
  await use({
    page,
    setTheme,
    measured: () => page.evaluate(() => (window as unknown as { measured: number }).measured),
    update: (next) =>
      page.evaluate((html) => {
        const root = document.querySelector('main');
        const wanted = new DOMParser().parseFromString(html, 'text/html').body;
        const old = [...(root?.children ?? [])];
        [...wanted.children].forEach((element, at) => {
          const there = old[at];
          if (!there) root?.append(element);
          else if (there.tagName !== element.tagName) there.replaceWith(element);
          else if (!there.isEqualNode(element)) {
            there.className = element.className;
            there.innerHTML = element.innerHTML;
          }
        });
        for (const each of old.slice(wanted.children.length)) each.remove();
        window.dispatchEvent(new CustomEvent('vscode.markdown.updateContent'));
      }, engine.render(next)),
  });
  await page.close();
  assert.deepEqual(faults, [], 'no error, no request, and nothing the policy forbids');
}

const textsOf = (page: Page) => page.locator('.aiwf-block .aiwf-title').allTextContents();

test('a block is seen as its picture, in its size, and its text is not', () =>
  withPreview(`# Reply\n\nBefore.\n\n${block(reply)}\nAfter.\n`, async ({ page }) => {
    assert.deepEqual(await textsOf(page), ['Start', 'Draft a reply', 'Check the reply', 'Sent']);
    assert.equal(await page.getAttribute('.aiwf-svg', 'aria-label'), 'Workflow: Reply to a customer');
    assert.equal(await page.locator('pre').isVisible(), false);
    const size = await page.locator('.aiwf-svg').evaluate((picture) => {
      const { width, height } = picture.getBoundingClientRect();
      return { width, height, wanted: [picture.getAttribute('width'), picture.getAttribute('height')].map(Number) };
    });
    assert.deepEqual([size.width, size.height].map(Math.round), size.wanted.map(Math.round));
    const picture = await page.locator('.aiwf-svg').boundingBox();
    const next = await page.locator('p', { hasText: 'After.' }).boundingBox();
    assert.ok(picture && next && next.y >= picture.y + picture.height, 'the text goes on below');
    assert.equal(await page.locator('.aiwf-problems').count(), 0);
  }));

test('a picture has the looks of the panel and takes none of the document, and gives it none', () =>
  withPreview(`${block(reply)}\n<svg width="10" height="10"><text class="own">x</text></svg>\n`, async ({ page }) => {
    const looks = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => {
          const { opacity, fill, textAnchor } = getComputedStyle(element);
          return { opacity, fill, textAnchor };
        });
    assert.deepEqual(await looks('.aiwf-title'), { opacity: '1', fill: 'rgb(59, 59, 59)', textAnchor: 'middle' });
    assert.deepEqual(await looks('.own'), { opacity: '0.1', fill: 'rgb(255, 0, 0)', textAnchor: 'start' });
    const body = await page.evaluate(() => {
      const { color, margin, overflow, height } = getComputedStyle(document.body);
      return { color, margin, overflow, isWhole: height === '100vh' };
    });
    assert.deepEqual(body, { color: 'rgb(1, 2, 3)', margin: '24px', overflow: 'visible', isWhole: false });
  }));

test('a block that cannot be read keeps its text, with the first problems below it', () =>
  withPreview(block('aiwf: 1\nworkflow: [oops\ntitle: <b onclick="x">bold</b>\n'), async ({ page }) => {
    assert.equal(await page.locator('.aiwf-svg').count(), 0);
    assert.ok(await page.locator('.aiwf-block pre').isVisible());
    const problems = await page.locator('.aiwf-problems li').allTextContents();
    assert.ok(problems.length > 0 && problems.length <= 6);
    assert.match(problems[0] ?? '', /^Line \d+: .+/);
    assert.equal(await page.locator('.aiwf-problems b').count(), 0);
  }));

test('a block that holds no workflow, or nothing, keeps its text', async () => {
  await withPreview(`${block('just words\n')}\n${block('')}`, async ({ page }) => {
    assert.equal(await page.locator('.aiwf-svg').count(), 0);
    assert.ok(await page.locator('.aiwf-block pre').first().isVisible());
    assert.equal(await page.locator('.aiwf-problems').count(), 2);
  });
  await withPreview(block('aiwf: 1\nlibrary: people\nactors:\n  boss: { kind: human }\n'), async ({ page }) => {
    assert.ok(await page.locator('.aiwf-block pre').isVisible());
    assert.equal(await page.locator('.aiwf-problems').count(), 0, 'nothing is wrong with it');
  });
});

test('of many problems the first are shown, those of a picture as well; imports are not held against a block', async () => {
  const unknown = Array.from({ length: 9 }, (_, at) => `odd${at}: <i>${at}</i>\n`).join('');
  await withPreview(block(reply.replace('start:', `use: [./people.aiwf.yaml]\n${unknown}start:`)), async ({ page }) => {
    assert.equal(await page.locator('.aiwf-svg').count(), 1);
    const problems = await page.locator('.aiwf-problems li').allTextContents();
    assert.equal(problems.length, 6);
    assert.match(problems[0] ?? '', /^Line 8: .*odd0/);
    assert.equal(problems[5], '… and 4 more');
  });
});

test('no text of a block becomes an element, in a title or in a problem', () => {
  const evil = '</title></svg></code></pre><img src=x onerror=alert(1)><script>alert(2)</script>';
  const text = reply
    .replace('Draft a reply', JSON.stringify(evil))
    .replace('Reply to a customer', JSON.stringify(evil))
    .replace('sponsor: boss', `sponsor: boss, title: ${JSON.stringify(`${evil}" onload="alert(3)`)}`)
    .replace('start:', `${JSON.stringify(`<script>alert(4)</script>`)}: 1\nstart:`);
  return withPreview(block(text), async ({ page }) => {
    assert.equal(await page.locator('.aiwf-svg').count(), 1);
    assert.equal(await page.locator('.aiwf-block img, .aiwf-block script, .aiwf-block [onload]').count(), 0);
    assert.match((await page.locator('.aiwf-node[data-step="draft"]').getAttribute('aria-label')) ?? '', /<img src=x/);
    assert.match((await page.locator('.aiwf-problems li').first().textContent()) ?? '', /<script>alert\(4\)/);
  });
});

test('a changed block is drawn again, an unchanged one not', () => {
  const other = reply.replaceAll('reply', 'offer');
  return withPreview(`${block(reply)}\n\n${block(other)}`, async ({ page, update, measured }) => {
    assert.equal(await page.locator('.aiwf-svg').count(), 2);
    const [first, second] = await page.locator('.aiwf-svg').elementHandles();
    const begin = await measured();
    assert.ok(begin > 0 && first && second);
    await update(`${block(reply)}\n\n${block(other)}\n\nMore.\n`);
    assert.equal(await measured(), begin, 'nothing is drawn again');
    await update(`${block(reply)}\n\n${block(other.replace('Sent', 'Sent off'))}\n\nMore.\n`);
    assert.ok((await measured()) > begin);
    assert.ok(await first.evaluate((picture) => picture.isConnected), 'the first is the same');
    assert.equal(await second.evaluate((picture) => picture.isConnected), false);
    assert.equal((await textsOf(page)).at(-1), 'Sent off');
  });
});

test('blocks come, break, are mended and go with the text', () =>
  withPreview('Nothing yet.\n', async ({ page, update }) => {
    await update(`Now.\n\n${block(reply)}`);
    assert.equal(await page.locator('.aiwf-svg').count(), 1);
    await update(`Now.\n\n${block(`${reply}  [`)}`);
    assert.equal(await page.locator('.aiwf-svg').count(), 0);
    assert.ok(await page.locator('pre').isVisible());
    await update(`Now.\n\n${block(reply)}`);
    assert.equal(await page.locator('.aiwf-svg').count(), 1);
    assert.equal(await page.locator('pre').isVisible(), false);
    // The preview makes the element that was the block into another one.
    await update('Now.\n\n<div class="note">A note</div>\n');
    assert.ok(await page.locator('.note', { hasText: 'A note' }).isVisible());
    assert.equal(await page.locator('.aiwf-svg').count(), 0);
    await update(`Now.\n\n${block(reply)}`);
    assert.deepEqual((await textsOf(page)).length, 4);
    assert.equal(await page.locator('pre').isVisible(), false);
  }));

test('a change of theme shows at once, and draws nothing again', () =>
  withPreview(block(reply), async ({ page, setTheme, measured }) => {
    const begin = await measured();
    const colors = async (theme: Theme) => {
      await setTheme(theme);
      return page.locator('.aiwf-node[data-step="draft"] .aiwf-body').evaluate((body) => getComputedStyle(body).stroke);
    };
    assert.deepEqual(
      [await colors(light), await colors(dark), await colors(highContrast), await colors(highContrastLight)],
      ['rgb(103, 65, 217)', 'rgb(176, 156, 255)', 'rgb(200, 184, 255)', 'rgb(67, 24, 184)'],
    );
    const laneOf = () =>
      page
        .locator('.aiwf-lane-body')
        .first()
        .evaluate((body) => getComputedStyle(body).fill);
    assert.equal(await laneOf(), 'rgb(255, 255, 255)', 'no tint in high contrast');
    assert.equal(await measured(), begin);
  }));

test('a picture wider than the page shrinks as long as it can be read, then it is scrolled, by keys as well', () => {
  const wide = Array.from({ length: 12 }, (_, at) => at);
  const text = `aiwf: 1
workflow: wide
actors:
${wide.map((at) => `  a${at}: { kind: human }`).join('\n')}
start: { next: s0 }
steps:
${wide.map((at) => `  s${at}: { task: Step ${at}, by: a${at}, next: ${at < 11 ? `s${at + 1}` : 'done'} }`).join('\n')}
  done: { end: Done }
`;
  return withPreview(block(text), async ({ page }) => {
    const frame = page.locator('.aiwf-page');
    const sizes = () => frame.evaluate(({ clientWidth, scrollWidth }) => ({ clientWidth, scrollWidth }));
    const { clientWidth, scrollWidth } = await sizes();
    const drawn = Number(await page.getAttribute('.aiwf-svg', 'width'));
    assert.ok(clientWidth < 800 && Math.abs(scrollWidth - drawn * 0.75) < 2, `${scrollWidth} of ${drawn}`);
    assert.equal(
      await page.evaluate(() => document.documentElement.scrollWidth),
      800,
      'the page itself does not scroll',
    );
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => {
      const root = document.querySelector('.aiwf-block')?.shadowRoot;
      return (root?.querySelector('.aiwf-page')?.scrollLeft ?? 0) > 0;
    });
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.className ?? ''), 'vscode-body vscode-light');
  });
});

for (const [name, theme] of Object.entries({ light, dark, highContrast, highContrastLight }))
  test(`pictures and problems pass the checks of axe: ${name}`, () =>
    withPreview(
      `# Title\n\n${block(reply)}\n\n${block(reply.replace('start:', 'odd: 1\nstart:'))}`,
      async ({ page }) => {
        // By the debugger, which the policy does not bind.
        await page.evaluate(axe.source);
        const found = await page.evaluate(() =>
          (window as unknown as { axe: typeof axe }).axe.run('.aiwf-block', {
            rules: { 'color-contrast': { enabled: true } },
          }),
        );
        assert.deepEqual(
          found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
          [],
        );
      },
      theme,
    ));
