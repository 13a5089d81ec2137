// How the diagram panel answers a user and VS Code: newest wins, select, pan, keyboard, highlight, notices, reload.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { damageClaim, generated, loanDecision, longTitles, supportReply } from './diagrams.ts';
import { attributes } from './inspect.ts';
import { openPanels, type Panels } from './panel.ts';

const german: Readonly<Record<string, string>> = JSON.parse(readFileSync('l10n/bundle.l10n.de.json', 'utf8'));

let panels: Panels;

before(async () => {
  panels = await openPanels();
});

after(() => panels?.close());

const withPanel: Panels['use'] = (use, options) => panels.use(use, options);

test('of several diagrams the newest stays', () =>
  withPanel(async ({ page }) => {
    await page.evaluate(
      (diagrams) => {
        diagrams.forEach((diagram, at) => {
          window.dispatchEvent(
            new MessageEvent('message', { data: { type: 'show', version: at + 1, diagram, findings: [] } }),
          );
        });
      },
      [loanDecision, damageClaim, generated(40, 6), longTitles, supportReply],
    );
    await page.waitForSelector('#aiwf-diagram[data-version="5"]');
    assert.equal(await page.locator('.aiwf-node').count(), supportReply.nodes.length);
  }));

test('a click on a node, an edge or its label selects it', () =>
  withPanel(async ({ page, show, posted }) => {
    await show(supportReply, 1);
    await page.locator('.aiwf-node[data-step="check"]').click();
    const label = supportReply.edges.find((edge) => edge.label === 'timeout');
    await page.locator('.aiwf-label', { hasText: 'timeout' }).click();
    const plain = supportReply.edges.find(({ to }) => to === 'answered');
    const middle = await page.locator(`path[data-edge="${plain?.id}"]`).evaluate((path) => {
      const line = path as SVGPathElement;
      const { x, y } = line.getPointAtLength(line.getTotalLength() / 2);
      const at = new DOMPoint(x, y).matrixTransform(line.getScreenCTM() ?? undefined);
      return { x: at.x, y: at.y };
    });
    await page.mouse.click(middle.x + 3, middle.y);
    assert.deepEqual(
      (await posted()).filter(({ type }) => type === 'select'),
      [
        { type: 'select', element: 'node', id: 'check' },
        { type: 'select', element: 'edge', id: label?.id },
        { type: 'select', element: 'edge', id: plain?.id },
      ],
    );
  }));

test('dragging pans and selects nothing; ctrl and wheel zoom at the pointer', () =>
  withPanel(async ({ page, show, posted }) => {
    await show(supportReply, 1);
    const node = page.locator('.aiwf-node[data-step="draft"]');
    const start = await node.boundingBox();
    assert.ok(start);
    const empty = await page.locator('#aiwf-canvas').evaluate((canvas) => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      for (let y = top + height / 2; y < top + height - 80; y += 8)
        for (let x = left + 20; x < left + width - 40; x += 8) {
          const there = document.elementFromPoint(x, y);
          if (there?.closest('.aiwf-lane') && canvas.contains(there)) return { x, y };
        }
      return undefined;
    });
    assert.ok(empty, 'some ground is empty');
    await page.mouse.move(empty.x, empty.y);
    await page.mouse.down();
    await page.mouse.move(empty.x + 20, empty.y + 40, { steps: 4 });
    await page.mouse.up();
    const moved = await node.boundingBox();
    assert.ok(Math.abs((moved?.y ?? 0) - start.y - 40) < 12, 'moved by the drag');
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
    assert.ok(((await node.boundingBox())?.width ?? 0) > start.width * 1.2, 'larger');
    await page.click('#aiwf-fit');
    assert.ok(Math.abs(((await node.boundingBox())?.width ?? 0) - start.width) < 2, 'fits again');
    assert.deepEqual(
      (await posted()).filter(({ type }) => type === 'select'),
      [],
    );
  }));

test('the keyboard reaches every step, walks along edges and selects', () =>
  withPanel(async ({ page, show, posted }) => {
    await show(supportReply, 1);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await page.focus('#aiwf-show-outline');
    for (const node of supportReply.nodes) {
      await page.keyboard.press('Tab');
      assert.match((await focused()) ?? '', new RegExp(`^${node.title}: `));
    }
    await page.locator('.aiwf-node[data-step="draft"]').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    assert.match((await focused()) ?? '', /^From Draft a reply to Check the reply, handoff between people and AI$/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    assert.match((await focused()) ?? '', /^Check the reply: approval in lane Support lead, person/);
    assert.deepEqual(
      (await posted()).filter(({ type }) => type === 'select'),
      [
        { type: 'select', element: 'node', id: 'draft' },
        { type: 'select', element: 'edge', id: supportReply.edges[1]?.id },
      ],
    );
    assert.match((await page.getAttribute('.aiwf-svg', 'aria-label')) ?? '', /Answer a support question/);
  }));

test('the step at the cursor is marked, brought into view and stays marked after a new drawing', () =>
  withPanel(async ({ page, show, send }) => {
    await show(loanDecision, 1);
    await send({ type: 'highlight', node: 'archive' });
    assert.deepEqual(await attributes(page, '.aiwf-selected', 'data-step'), ['archive']);
    const box = await page.locator('.aiwf-selected').boundingBox();
    assert.ok(box && box.y > 0 && box.y + box.height < 850, 'in view');
    await show(loanDecision, 2);
    assert.deepEqual(await attributes(page, '.aiwf-selected', 'data-step'), ['archive']);
    await send({ type: 'highlight' });
    assert.deepEqual(await attributes(page, '.aiwf-selected', 'data-step'), []);
  }));

test('a broken text leaves the last good picture, with a notice', () =>
  withPanel(async ({ page, show, send }) => {
    await send({ type: 'broken', reason: 'Line 1: bad indentation' });
    assert.match((await page.textContent('#aiwf-notice')) ?? '', /cannot be drawn yet.*bad indentation/);
    await show(supportReply, 1);
    assert.equal(await page.isVisible('#aiwf-notice'), false);
    await send({ type: 'broken', reason: 'Line 3: <b>bad</b> indentation' });
    assert.match((await page.textContent('#aiwf-notice')) ?? '', /last good picture.*<b>bad<\/b> indentation/);
    assert.equal(await page.locator('.aiwf-node').count(), supportReply.nodes.length);
    await show(supportReply, 2, 'Line 9: unknown key');
    assert.match((await page.textContent('#aiwf-notice')) ?? '', /may be incomplete.*unknown key/);
    await show(supportReply, 3);
    assert.equal(await page.isVisible('#aiwf-notice'), false);
  }));

test('all its words are those of the language it is opened in', () =>
  withPanel(
    async ({ page, show, send }) => {
      await send({ type: 'broken', reason: 'Zeile 1' });
      assert.equal(await page.textContent('#aiwf-notice'), 'Der Text lässt sich noch nicht zeichnen. Zeile 1');
      await show(supportReply, 1);
      assert.match((await page.textContent('#aiwf-legend')) ?? '', /Übergabe Mensch ↔ KI/);
      assert.equal(await page.textContent('#aiwf-fit'), 'Einpassen');
      // Names of steps and lanes are the author's own.
      const check = page.locator('[data-step="check"]');
      assert.equal(
        await check.getAttribute('aria-label'),
        'Check the reply: Freigabe in der Bahn Support lead, Person',
      );
      const labels = await page.$$eval('[aria-label]', (all) =>
        all.map((each) => each.getAttribute('aria-label') ?? ''),
      );
      assert.deepEqual(
        labels.filter((label) => /\b(lane|From|handoff|inside|exceptional|Zoom (in|out)|Legend)\b|\{\d\}/.test(label)),
        [],
      );
    },
    { t: (text) => german[text] ?? '' },
  ));

test('after a reload the picture is there again, where it was', () =>
  withPanel(async ({ page, show }) => {
    await show(loanDecision, 7);
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, 300);
    const place = await page.getAttribute('.aiwf-drawing', 'transform');
    const state = await page.evaluate(() => (window as unknown as { keptState(): unknown }).keptState());
    await withPanel(
      async (reloaded) => {
        await reloaded.page.waitForSelector('#aiwf-diagram[data-version="7"]');
        assert.equal(await reloaded.page.getAttribute('.aiwf-drawing', 'transform'), place);
        assert.ok((await reloaded.posted()).some(({ type }) => type === 'ready'));
      },
      { state },
    );
  }));

test('what is no message of ours is dropped, and edges without ends are left out', () =>
  withPanel(async ({ page, show, send }) => {
    for (const data of [
      null,
      7,
      {},
      { type: 'show' },
      { type: 'show', version: 1, diagram: { nodes: [{}] } },
      { type: 'no' },
    ])
      await send(data as never);
    const [first, ...others] = supportReply.edges;
    assert.ok(first);
    await show({ ...supportReply, edges: [{ ...first, to: 'gone' }, ...others] }, 1);
    assert.equal(await page.locator('path[data-edge]').count(), others.length);
    await show({ title: 'Empty', lanes: [], nodes: [], edges: [] }, 2);
    assert.equal(await page.locator('.aiwf-node').count(), 0);
  }));
