// A picture as a file of its own: whole XML without anything from outside, in plain colors, as the style sheet says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawPicture } from '../../src/picture/draw.ts';
import { sansMeasures } from '../../src/picture/font.ts';
import { layOut } from '../../src/picture/layout.ts';
import { type PictureTheme, pictureThemes } from '../../src/picture/palette.ts';
import { type StandaloneOptions, standaloneSvg } from '../../src/picture/standalone.ts';
import { pictureWords } from '../../src/picture/words.ts';
import { damageClaim, hostile, supportReply } from '../webview/diagrams.ts';

function fileOf(picture = damageClaim, theme: PictureTheme = 'light', options?: StandaloneOptions): string {
  const layout = layOut(picture, sansMeasures);
  return standaloneSvg(
    drawPicture(
      picture,
      layout,
      pictureWords((text) => text),
    ),
    layout,
    theme,
    options,
  );
}

/** Names of open elements match those that close them, and no bare sign of markup is left in a text. */
function assertWellFormed(xml: string): void {
  const open: string[] = [];
  const body = xml.replace(/^<\?xml[^>]*\?>\n/, '');
  for (const [whole, closing, name = '', isEmpty] of body.matchAll(
    /<(\/?)([a-z]+)(?: [\w:-]+="[^"<]*")*(\/?)>|[^<]+|</gi,
  )) {
    assert.notEqual(whole, '<', 'a bare <');
    assert.doesNotMatch(whole, /&(?!#\d+;)/, 'a bare &');
    if (name === '') continue;
    if (closing) assert.equal(open.pop(), name);
    else if (!isEmpty) open.push(name);
  }
  assert.deepEqual(open, []);
}

for (const theme of pictureThemes) {
  test(`whole and on its own: ${theme}`, () => {
    for (const picture of [supportReply, damageClaim, hostile]) {
      const svg = fileOf(picture, theme);
      assertWellFormed(svg);
      const tags = svg.match(/<[^>]*>/g) ?? [];
      const strange = /var\(|color-mix|undefined|NaN|^<(?:script|style|image|foreignObject|a)\b/;
      const ofThePage = / (?:href|src|class|style|tabindex|on\w+|aria-[\w-]+|data-[\w-]+)=|role="button"/;
      assert.deepEqual(
        tags.filter((each) => strange.test(each) || ofThePage.test(each)),
        [],
      );
      assert.match(
        svg,
        /^<\?xml[^\n]+\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+" viewBox="0 0 \d+ \d+"/,
      );
    }
  });
}

test('every outline, line and text has the color of its theme', () => {
  const svg = fileOf(damageClaim, 'dark');
  const paths = [...svg.matchAll(/<path[^>]*>/g)].map(([path]) => path);
  assert.ok(paths.length > 50);
  assert.deepEqual(
    paths.filter((path) => !/ fill="/.test(path)),
    [],
  );
  assert.match(svg, /stroke="#b09cff"/, 'AI');
  assert.match(svg, /<rect width="\d+" height="\d+" fill="#1f1f1f"\/>/);
  assert.match(svg, /<text[^>]* fill="#cccccc"[^>]* text-anchor="middle"/);
  // 20 of 100 parts of #b09cff in #1f1f1f.
  assert.match(svg, /fill="#3c384c"/);
});

test('nothing that is drawn is lost: as many shapes and texts as in the panel', () => {
  const drawn = drawPicture(
    hostile,
    layOut(hostile, sansMeasures),
    pictureWords((text) => text),
  );
  for (const name of ['rect', 'path', 'circle', 'text', 'tspan']) {
    const count = (markup: string) => markup.split(`<${name} `).length - 1;
    const unseen = name === 'path' ? drawn.split('class="aiwf-hit"').length - 1 : name === 'rect' ? -1 : 0;
    assert.equal(count(fileOf(hostile)), count(drawn) - unseen, name);
  }
});

test('a large picture takes no longer than drawing it', () => {
  const nodes = Array.from({ length: 500 }, (_, at) => ({
    ...(damageClaim.nodes[at % damageClaim.nodes.length] ?? assert.fail()),
    id: `n${at}`,
  }));
  const edges = nodes.slice(1).map(({ id }, at) => ({
    ...(damageClaim.edges[at % damageClaim.edges.length] ?? assert.fail()),
    id: `e${at}`,
    from: `n${at}`,
    to: id,
  }));
  const large = { ...damageClaim, nodes, edges };
  const layout = layOut(large, sansMeasures);
  const markup = drawPicture(
    large,
    layout,
    pictureWords((text) => text),
  );
  const begin = performance.now();
  const svg = standaloneSvg(markup, layout, 'dark');
  const took = performance.now() - begin;
  assert.ok(svg.length > 500_000);
  assert.ok(took < 1000, `${took} ms`);
});

test('the background is the one that is asked for', () => {
  assert.match(fileOf(supportReply, 'dark', { background: '#ffffff' }), /<\/desc>\n<rect [^>]*fill="#ffffff"/);
  assert.doesNotMatch(fileOf(supportReply, 'dark', { background: 'transparent' }), /<\/desc>\n<rect/);
  assertWellFormed(fileOf(supportReply, 'dark', { background: '"><script>' }));
});
