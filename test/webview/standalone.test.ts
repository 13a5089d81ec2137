// A picture as a file of its own looks as in the panel: a browser that knows the style sheet computes for every shape and
// text what stands there as plain attributes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildDiagram } from '../../src/diagram/build-diagram.ts';
import { handoffsView } from '../../src/diagram/handoffs-view.ts';
import { timeView } from '../../src/diagram/time-view.ts';
import { parseFile } from '../../src/language/parse.ts';
import { drawPicture } from '../../src/picture/draw.ts';
import { drawView } from '../../src/picture/draw-view.ts';
import { sansMeasures } from '../../src/picture/font.ts';
import { layOut } from '../../src/picture/layout.ts';
import { type PictureTheme, pictureThemes } from '../../src/picture/palette.ts';
import { standaloneSvg } from '../../src/picture/standalone.ts';
import type { ChangeView, DrawnView } from '../../src/picture/views.ts';
import { pictureWords } from '../../src/picture/words.ts';
import { lint } from '../../src/rules/lint.ts';
import { launchChromium } from '../support/chromium.ts';
import { dark, highContrast, highContrastLight, light, type Theme } from './themes.ts';

const themes: Readonly<Record<PictureTheme, Theme>> = {
  light,
  dark,
  'high-contrast': highContrast,
  'high-contrast-light': highContrastLight,
};

/** Colors of changes, as VS Code's own themes have them. */
const decorations: Readonly<Record<PictureTheme, readonly [added: string, deleted: string, modified: string]>> = {
  light: ['#587c0c', '#ad0707', '#895503'],
  dark: ['#81b88b', '#c74e39', '#e2c08d'],
  'high-contrast': ['#a1e3ad', '#c74e39', '#e2c08d'],
  'high-contrast-light': ['#374e06', '#ad0707', '#895503'],
};

let browser: Browser;
let page: Page;

before(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
});

after(() => browser?.close());

const words = pictureWords((text) => text);
const text = readFileSync('examples/warranty-return.aiwf.yaml', 'utf8');
const uri = 'file:///warranty-return.aiwf.yaml';
const { analyses } = lint(parseFile(uri, text), { file: () => undefined, text: () => undefined });
const model = buildDiagram(analyses);
const layout = layOut(model, sansMeasures);
const change: ChangeView = {
  view: 'change',
  base: 'HEAD',
  picture: model,
  nodes: Object.fromEntries(
    model.nodes.map(({ id }, at) => [id, (['added', 'removed', 'changed'] as const)[at % 3] ?? 'added']),
  ),
  edges: Object.fromEntries(
    model.edges.map(({ id }, at) => [id, (['added', 'removed', 'changed'] as const)[at % 3] ?? 'added']),
  ),
  notes: [],
};

const drawn: Readonly<Record<string, DrawnView>> = {
  flow: { as: 'svg', markup: drawPicture(model, layout, words), size: layout },
  handoffs: drawView(handoffsView(analyses, model), sansMeasures, words),
  time: drawView(timeView(analyses, model), sansMeasures, words),
  change: drawView(change, sansMeasures, words),
};

for (const [name, view] of Object.entries(drawn)) {
  for (const theme of pictureThemes) {
    test(`${name}, ${theme}`, async () => {
      assert.ok(view.as === 'svg');
      const file = standaloneSvg(view.markup, view.size, theme, { background: 'transparent' });
      const inPanel = await looksOf(pageOf(view.markup, theme));
      const alone = await looksOf(file.replace(/^<\?xml[^>]*>\s*/, ''));
      assert.ok(inPanel.length > 40);
      assert.equal(alone.length, inPanel.length);
      for (const [at, look] of inPanel.entries()) assert.deepEqual(rounded(alone[at] ?? {}, look), look);
    });
  }
}

type Look = Readonly<Record<string, string>>;

/** A color that lies between two is rounded to either: where it differs by one part of 255, it is the other's. */
function rounded(look: Look, other: Look): Look {
  const channels = (text: string) => (text.startsWith('rgb(') ? (text.match(/\d+/g) ?? []).map(Number) : []);
  const isNear = (a: readonly number[], b: readonly number[]) =>
    a.length === 3 && b.length === 3 && a.every((channel, at) => Math.abs(channel - (b[at] ?? 0)) <= 1);
  return Object.fromEntries(
    Object.entries(look).map(([key, value]) => {
      const wanted = other[key] ?? '';
      return [key, isNear(channels(value), channels(wanted)) ? wanted : value];
    }),
  );
}

function pageOf(markup: string, theme: PictureTheme): string {
  const { body, variables } = themes[theme];
  const [added, deleted, modified] = decorations[theme];
  const all = {
    ...variables,
    '--vscode-gitDecoration-addedResourceForeground': added,
    '--vscode-gitDecoration-deletedResourceForeground': deleted,
    '--vscode-gitDecoration-modifiedResourceForeground': modified,
  };
  const root = Object.entries(all).map(([key, value]) => `${key}: ${value};`);
  const sheet = readFileSync('media/diagram.css', 'utf8');
  return `<style>:root { ${root.join(' ')} } ${sheet}</style><body class="${body}">${markup}</body>`;
}

/** What the browser makes of every shape and text, in order; colors as whole parts of 255. */
function looksOf(html: string): Promise<readonly Look[]> {
  return page.setContent(html).then(() =>
    page.evaluate(() => {
      const plain = (value: string) =>
        value.replace(/color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)\)/, (_, ...parts: string[]) => {
          const channels = parts.slice(0, 3).map((part) => Math.round(Number(part) * 255));
          return `rgb(${channels.join(', ')})`;
        });
      const opaque = (value: string) => (value === 'rgba(0, 0, 0, 0)' ? 'none' : plain(value));
      return [...document.querySelectorAll('svg :is(rect, path, circle, text, tspan)')]
        .filter((element) => !element.classList.contains('aiwf-hit'))
        .map((element) => {
          const style = getComputedStyle(element);
          const isText = element.matches('text, tspan');
          const hasLine = opaque(style.stroke) !== 'none';
          return {
            element: element.tagName,
            fill: opaque(style.fill),
            fillOpacity: style.fillOpacity,
            opacity: style.opacity,
            stroke: opaque(style.stroke),
            width: hasLine ? style.strokeWidth : '',
            dashes: hasLine ? style.strokeDasharray : '',
            ends: hasLine ? `${style.strokeLinecap} ${style.strokeLinejoin}` : '',
            text: isText ? `${style.fontSize} ${style.fontWeight} ${style.fontStyle} ${style.textAnchor}` : '',
          };
        });
    }),
  );
}
