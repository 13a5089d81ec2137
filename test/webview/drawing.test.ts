// What the diagram panel draws: the real page, style sheet and script in a browser under their real policy.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Diagram } from '../../src/protocol.ts';
import { damageClaim, generated, hostile, loanDecision, longTitles, supportReply } from './diagrams.ts';
import { attributes, contrasts, overlaps } from './inspect.ts';
import { openPanels, type Panels } from './panel.ts';
import { picture } from './picture.ts';
import { dark, highContrast, highContrastLight, light } from './themes.ts';

let panels: Panels;

before(async () => {
  panels = await openPanels();
});

after(() => panels?.close());

const withPanel: Panels['use'] = (use, options) => panels.use(use, options);

const pictures: Record<string, Diagram> = {
  supportReply,
  damageClaim,
  loanDecision,
  longTitles,
  hostile,
  'ten steps': generated(10, 3),
  'forty steps': generated(40, 6),
};

for (const [name, drawn] of Object.entries(pictures)) {
  test(`${name}: everything is drawn, and nothing on top of something else`, () =>
    withPanel(async ({ page, show }) => {
      await show(drawn, 1);
      assert.deepEqual(
        await attributes(page, '.aiwf-node', 'data-step'),
        drawn.nodes.map(({ id }) => id),
      );
      assert.deepEqual(
        await attributes(page, '.aiwf-lane', 'data-lane'),
        drawn.lanes.map(({ id }) => id),
      );
      assert.deepEqual(
        await attributes(page, 'path[data-edge]', 'data-edge'),
        drawn.edges.map(({ id }) => id),
      );
      const labeled = drawn.edges.filter(({ label }) => label?.trim());
      assert.deepEqual((await attributes(page, '.aiwf-label', 'data-edge')).sort(), labeled.map(({ id }) => id).sort());
      const titles = await page.$$eval('.aiwf-title', (all) => all.map(({ textContent }) => textContent));
      assert.deepEqual(
        titles.map(bare),
        drawn.nodes.map(({ title, id }) => bare(title) || bare(id)),
      );
      assert.deepEqual(await overlaps(page), []);
    }));
}

test('any graph is drawn without overlaps', () =>
  withPanel(async ({ page, show }) => {
    let version = 0;
    const graph = fc.record({
      lanes: fc.integer({ min: 1, max: 6 }),
      steps: fc.array(fc.nat(), { minLength: 1, maxLength: 18 }),
      edges: fc.array(
        fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(undefined, '~timeout', '~error', 'approve', '?x > 1')),
        {
          maxLength: 30,
        },
      ),
    });
    await fc.assert(
      fc.asyncProperty(graph, async ({ lanes, steps, edges }) => {
        const random = picture(
          'Random',
          Array.from({ length: lanes }, (_, at) => [`l${at}`, `Lane ${at}`, at % 2 === 0 ? 'human' : 'agent'] as const),
          steps.map((lane, at) => [`s${at}`, `l${lane % lanes}`, `Do part ${at} of the work`] as const),
          edges.map(([from, to, label]) => [`s${from % steps.length}`, `s${to % steps.length}`, label] as const),
        );
        await show(random, ++version);
        assert.deepEqual(await overlaps(page), []);
      }),
      { numRuns: 40 },
    );
  }));

test('exceptional edges are dashed, and handoffs between people and AI stronger than the rest', () =>
  withPanel(async ({ page, show }) => {
    await show(damageClaim, 1);
    const looks = await page.$$eval('path[data-edge]', (paths) =>
      paths.map((path) => {
        const { strokeDasharray, strokeWidth } = getComputedStyle(path);
        return { dashed: strokeDasharray !== 'none', width: Number.parseFloat(strokeWidth) };
      }),
    );
    damageClaim.edges.forEach((edge, at) => {
      assert.equal(looks[at]?.dashed, edge.kind === 'exceptional', edge.id);
      assert.ok(edge.handoff === 'human-ai' ? (looks[at]?.width ?? 0) >= 3 : (looks[at]?.width ?? 9) < 2, edge.id);
    });
  }));

test('kinds of performers differ by outline, icon and color', () =>
  withPanel(async ({ page, show }) => {
    const kinds = ['human', 'team', 'agent', 'system', 'external', 'vendor'] as const;
    const lanes = kinds.map((kind) => [kind, kind, kind] as const);
    await show(
      picture(
        'Kinds',
        lanes,
        kinds.map((kind) => [kind, kind, 'Same'] as const),
        [],
      ),
      1,
    );
    for (const part of ['.aiwf-body', '.aiwf-icon path'])
      assert.ok(
        new Set(await attributes(page, `.aiwf-node ${part}`, 'd')).size >= (part === '.aiwf-body' ? 5 : 6),
        part,
      );
    const colors = await page.$$eval('.aiwf-node .aiwf-body', (all) =>
      all.map((body) => getComputedStyle(body).stroke),
    );
    assert.equal(new Set(colors).size, kinds.length);
  }));

test('a change of theme recolors at once, and every text keeps its contrast', () =>
  withPanel(async ({ page, show, setTheme }) => {
    await show(damageClaim, 1);
    const seen = new Set<string>();
    for (const theme of [light, dark, highContrast, highContrastLight]) {
      await setTheme(theme);
      const { colors, lowest } = await page.evaluate(contrasts);
      seen.add(colors);
      assert.ok(lowest >= 4.5, `${theme.body}: contrast ${lowest}`);
    }
    assert.equal(seen.size, 4);
  }));

test('the lane titles stay in sight, and text is readable, in half a window of 1400 by 900', () =>
  withPanel(
    async ({ page, show }) => {
      await show(damageClaim, 1);
      const size = await page.$eval('.aiwf-title', (text) => {
        const { a } = (text as SVGTextElement).getScreenCTM() ?? { a: 0 };
        return Number.parseFloat(getComputedStyle(text).fontSize) * a;
      });
      assert.ok(size >= 9, `${size} px`);
      await page.mouse.move(300, 300);
      await page.mouse.wheel(0, 400);
      const header = await page.locator('.aiwf-lane-title').first().boundingBox();
      const top = (await page.locator('#aiwf-canvas').boundingBox())?.y ?? 0;
      assert.ok(header && Math.abs(header.y - top) <= 30, `${header?.y} below ${top}`);
    },
    { width: 700, height: 820 },
  ));

const bare = (text: string | null): string => (text ?? '').replace(/\s+/g, '');
