// Mermaid itself, in a browser and with its own defaults, reads every mermaid text of ours and shows the titles as typed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { renderMermaid } from '../../src/diagram/mermaid.ts';
import type { Diagram } from '../../src/protocol.ts';
import { launchChromium } from '../support/chromium.ts';
import { damageClaim, hostile, hostileTitles, longTitles, supportReply } from './diagrams.ts';
import { picture } from './picture.ts';

interface Drawn {
  readonly title: string;
  readonly lanes: readonly string[];
  readonly nodes: readonly string[];
  readonly labels: readonly string[];
}

let browser: Browser;
let page: Page;

before(async () => {
  const bundled = await build({
    stdin: { contents: "import mermaid from 'mermaid'; globalThis.mermaid = mermaid;", resolveDir: '.' },
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  });
  browser = await launchChromium();
  page = await browser.newPage();
  await page.addScriptTag({ content: bundled.outputFiles[0]?.text ?? '' });
});

after(() => browser?.close());

async function drawByMermaid(picture: Diagram): Promise<Drawn> {
  return page.evaluate(
    async (source) => {
      const { mermaid } = globalThis as unknown as { mermaid: typeof import('mermaid').default };
      mermaid.initialize({ startOnLoad: false, suppressErrorRendering: true });
      const { svg } = await mermaid.render('drawn', source);
      document.body.innerHTML = svg;
      const text = (element: Element): string =>
        (element.textContent ?? '')
          .replace(/([ﬂ¶])\u200c/g, '$1')
          .replace(/\s+/g, ' ')
          .trim();
      const all = (selector: string): Element[] => [...document.querySelectorAll(selector)];
      const number = (element: Element): number => Number(/flowchart-n(\d+)-/.exec(element.id)?.[1]);
      return {
        title: text(document.querySelector('.flowchartTitleText') ?? document.createElement('i')),
        lanes: all('.cluster').map(text),
        nodes: all('.node[id*="flowchart-n"]')
          .sort((a, b) => number(a) - number(b))
          .map(text),
        labels: all('.edgeLabels .edgeLabel, .edgeLabel').map(text),
      };
    },
    renderMermaid(model(picture)),
  );
}

function model(picture: Diagram) {
  const range = { start: 0, end: 0 };
  return {
    ...picture,
    nodes: picture.nodes.map((node) => ({ ...node, block: range, range })),
    edges: picture.edges.map((edge) => ({ ...edge, range })),
  };
}

const shown = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .replace(/\p{Noncharacter_Code_Point}/gu, '�')
    .trim();

const narrow = (title: string): string =>
  title.replace(/[＜＞＆]/g, (character) => ({ '＜': '<', '＞': '>', '＆': '&' })[character] ?? character);

function assertShown(picture: Diagram, drawn: Drawn): void {
  assert.equal(drawn.nodes.length, picture.nodes.length);
  picture.nodes.forEach((node, at) => {
    const text = drawn.nodes[at] ?? '';
    assert.ok(text.endsWith(shown(node.title)), `${JSON.stringify(node.title)} is shown as ${JSON.stringify(text)}`);
  });
}

for (const [name, picture] of Object.entries({ supportReply, damageClaim, longTitles, hostile })) {
  test(`mermaid draws ${name} with its titles as typed`, async () => {
    const drawn = await drawByMermaid(picture);
    assertShown(picture, drawn);
    assert.equal(narrow(drawn.title), shown(picture.title));
    picture.lanes.forEach((lane) => {
      assert.ok(
        drawn.lanes.some((text) => text.endsWith(shown(lane.title))),
        `lane ${lane.title}`,
      );
    });
    for (const { label } of picture.edges) {
      if (label?.trim())
        assert.ok(
          drawn.labels.some((text) => text === shown(label)),
          `label ${label}`,
        );
    }
  });
}

test('mermaid shows any title as typed', async () => {
  const hard = fc.constantFrom(
    ...hostileTitles,
    '"',
    '#',
    ';',
    '`',
    '%%',
    'end',
    '<',
    '&',
    '\\',
    '*',
    '_',
    '@',
    '{',
    '|',
  );
  const title = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.array(hard, { maxLength: 4 }).map((parts) => parts.join(' ')),
    fc.array(hard, { maxLength: 4 }).map((parts) => parts.join('')),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(title, { minLength: 20, maxLength: 20 }), async (titles) => {
      const drawing = picture(
        titles[0] ?? '',
        [['lane', 'Lane', 'unassigned']],
        titles.map((each, at) => [`${at}`, 'lane', each] as const),
        [],
      );
      const drawn = await drawByMermaid(drawing);
      assert.equal(narrow(drawn.title), shown(drawing.title));
      assert.deepEqual(drawn.nodes, titles.map(shown));
    }),
    { numRuns: 20 },
  );
});
