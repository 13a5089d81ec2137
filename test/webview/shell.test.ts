// The panel around the picture: views, findings and their lit path, filters, search, groups, outline, map and what
// survives a reload.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import type { Diagram, ShowMessage } from '../../src/protocol.ts';
import { damageClaim, generated, supportReply } from './diagrams.ts';
import { supportFindings } from './findings.ts';
import { openPanels, type Panel, type Panels } from './panel.ts';
import { dark, highContrast, light } from './themes.ts';

let panels: Panels | undefined;
before(async () => {
  panels = await openPanels();
});
after(() => panels?.close());
const withPanel = (use: (panel: Panel) => Promise<void>, options: Parameters<Panels['use']>[1] = {}) => {
  assert.ok(panels);
  return panels.use(use, { width: 1100, ...options });
};

const shown = (diagram: Diagram = supportReply, version = 1): ShowMessage => ({
  type: 'show',
  version,
  diagram,
  findings: diagram === supportReply ? supportFindings : [],
});

async function draw(panel: Panel, message: ShowMessage = shown()): Promise<void> {
  await panel.send(message);
  await panel.page.waitForSelector(`#aiwf-diagram[data-version="${message.version}"]`);
}

const litSteps = (page: Page) =>
  page.$$eval('.aiwf-node.aiwf-lit', (all) => all.map((node) => node.getAttribute('data-step')));

test('findings have badges on steps, edges and lanes, said in words as well', () =>
  withPanel(async (panel) => {
    const { page } = panel;
    await draw(panel);
    assert.equal(await page.locator('[data-of="send"] .aiwf-mark-error').count(), 1);
    assert.match((await page.getAttribute('.aiwf-node[data-step="send"]', 'aria-label')) ?? '', /errors: 1$/);
    assert.equal(await page.locator('.aiwf-edge-group .aiwf-mark-warning').count(), 1);
    assert.equal(await page.locator('.aiwf-lane-header[data-lane="reply-agent"] .aiwf-mark-info').count(), 1);
    assert.equal(await page.textContent('#aiwf-count'), '3');
  }));

test('choosing a finding lights its path, lists it and shows it in the text; choosing it again puts it out', () =>
  withPanel(async (panel) => {
    const { page, posted } = panel;
    await draw(panel);
    await page.click('#aiwf-show-findings');
    await page.locator('.aiwf-finding > button').first().click();
    assert.deepEqual((await litSteps(page)).sort(), ['check', 'draft', 'escalate', 'send', 'start:0']);
    const edges = await page.$$eval('.aiwf-edge-group.aiwf-lit', (all) =>
      all.map((edge) => `${edge.getAttribute('data-from')}>${edge.getAttribute('data-to')}`),
    );
    assert.deepEqual(edges, ['start:0>draft', 'draft>check', 'check>escalate', 'escalate>send']);
    assert.deepEqual(await page.locator('.aiwf-path-number').allTextContents(), ['1', '2', '3', '4', '5']);
    const proof = await page.locator('.aiwf-proof li').allTextContents();
    assert.deepEqual(
      proof,
      supportFindings[0]?.witness.map(({ text }) => text),
    );
    await page.locator('.aiwf-proof li button').nth(3).click();
    await page.click('.aiwf-fix');
    const finding = supportFindings[0]?.id;
    assert.deepEqual(
      (await posted()).filter(({ type }) => type === 'selectFinding' || type === 'fix'),
      [
        { type: 'selectFinding', finding },
        { type: 'selectFinding', finding, step: 3 },
        { type: 'fix', finding },
      ],
    );
    await page.locator('.aiwf-finding > button').first().click();
    assert.deepEqual(await litSteps(page), []);
  }));

test('the lit path stays lit when the picture is drawn anew', () =>
  withPanel(async (panel) => {
    const { page } = panel;
    await draw(panel);
    await panel.send({ type: 'light', finding: supportFindings[1]?.id ?? '' });
    await draw(panel, shown(supportReply, 2));
    assert.deepEqual(await litSteps(page), ['draft', 'check']);
  }));

test('filters by severity, standard and actor take badges and list away', () =>
  withPanel(async (panel) => {
    const { page } = panel;
    await draw(panel);
    await page.click('#aiwf-show-findings');
    const rules = () => page.locator('.aiwf-finding code').allTextContents();
    await page.locator('[data-severity="error"]').uncheck();
    assert.deepEqual(await rules(), ['handoff/ack-required', 'agent/version-pinned']);
    assert.equal(await page.locator('.aiwf-mark-error').count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-severity')), 'error');
    await page.locator('[data-severity="error"]').check();
    await page.selectOption('[data-filter="standard"]', 'EU AI Act');
    assert.deepEqual(await rules(), ['oversight/irreversible-unapproved']);
    await page.selectOption('[data-filter="standard"]', '');
    await page.selectOption('[data-filter="actor"]', 'reply-agent');
    assert.deepEqual(await rules(), ['handoff/ack-required', 'agent/version-pinned']);
    assert.match((await page.textContent('.aiwf-tally')) ?? '', /^2 of 3/);
  }));

test('search marks what matches, and Enter goes from one to the next', () =>
  withPanel(async (panel) => {
    const { page } = panel;
    await draw(panel);
    await page.fill('#aiwf-search', 'RÉPLY');
    assert.equal(await page.textContent('#aiwf-hits'), '1 of 3');
    const here = () => page.getAttribute('.aiwf-found-here', 'data-step');
    assert.equal(await here(), 'draft');
    await page.press('#aiwf-search', 'Enter');
    assert.equal(await here(), 'check');
    await page.press('#aiwf-search', 'Shift+Enter');
    assert.equal(await here(), 'draft');
    await page.press('#aiwf-search', 'Escape');
    assert.equal(await page.locator('.aiwf-found').count(), 0);
  }));

test('steps are put together by actor, opened by a double click or a key, and closed again', () =>
  withPanel(async (panel) => {
    const { page } = panel;
    await draw(panel);
    await page.selectOption('#aiwf-grouping', 'actor');
    const group = '.aiwf-node[data-step="actor:@support-lead"]';
    assert.equal(await page.getAttribute(group, 'aria-expanded'), 'false');
    assert.equal(await page.textContent('[data-of="actor:@support-lead"] .aiwf-count'), '+3');
    assert.equal(
      await page.locator('[data-of="actor:@support-lead"] .aiwf-mark-error').count(),
      1,
      'the badge of a step inside',
    );
    await page.dblclick(group);
    assert.equal(await page.locator('.aiwf-node[data-step="send"]').count(), 1);
    await page.focus('.aiwf-node[data-step="send"]');
    await page.keyboard.press('-');
    assert.equal(await page.locator('.aiwf-node[data-step="send"]').count(), 0);
    await page.focus(group);
    await page.keyboard.press('+');
    assert.equal(await page.locator('.aiwf-node[data-step="send"]').count(), 1);
  }));

test('the outline says all that the picture shows, and each entry selects', () =>
  withPanel(async (panel) => {
    const { page, posted } = panel;
    await draw(panel);
    await page.click('#aiwf-show-outline');
    const entries = await page.locator('#aiwf-side button').allTextContents();
    assert.equal(entries.length, supportReply.nodes.length + supportReply.edges.length);
    assert.ok(entries.includes('Send the reply (task), findings: 1'), entries.join('\n'));
    assert.ok(entries.includes('leads to Answer by hand: timeout, exceptional'), entries.join('\n'));
    await page.click('#aiwf-side button[data-step="send"]');
    assert.deepEqual((await posted()).at(-1), { type: 'select', element: 'node', id: 'send' });
  }));

test('the map shows what is out of sight and goes there', () =>
  withPanel(async (panel) => {
    const { page } = panel;
    await draw(panel);
    await page.click('#aiwf-fit');
    assert.equal(await page.locator('#aiwf-minimap').isHidden(), true, 'everything is in sight');
    await draw(panel, shown(generated(200, 6), 2));
    const map = page.locator('#aiwf-minimap');
    assert.equal(await map.isVisible(), true);
    const transform = () => page.getAttribute('.aiwf-drawing', 'transform');
    const first = await transform();
    const box = await map.boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) - 10);
    assert.notEqual(await transform(), first);
  }));

test('the panel asks for the view that is chosen, by mouse and by arrow keys', () =>
  withPanel(async (panel) => {
    const { page, posted } = panel;
    await draw(panel);
    await page.click('#aiwf-view-data');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Home');
    const views = (await posted()).flatMap((message) => (message.type === 'view' ? [message.view] : []));
    assert.deepEqual(views, ['data', 'time', 'flow']);
    assert.equal(await page.getAttribute('#aiwf-view-flow', 'aria-selected'), 'true');
  }));

test('view, direction, groups, filter and the lit path survive a reload', () =>
  withPanel(async (panel) => {
    const { page } = panel;
    await draw(panel);
    await page.click('#aiwf-direction');
    await page.selectOption('#aiwf-grouping', 'actor');
    await page.click('#aiwf-show-findings');
    await page.locator('[data-severity="info"]').uncheck();
    await page.locator('.aiwf-finding > button').first().click();
    const state = await page.evaluate(() => (window as unknown as { keptState(): unknown }).keptState());
    await withPanel(
      async ({ page: reloaded }) => {
        assert.equal(await reloaded.getAttribute('#aiwf-direction', 'aria-pressed'), 'true');
        assert.equal(await reloaded.inputValue('#aiwf-grouping'), 'actor');
        assert.equal(await reloaded.locator('.aiwf-finding').count(), 2);
        assert.equal(await reloaded.locator('.aiwf-proof').count(), 1);
        assert.ok((await reloaded.locator('.aiwf-node.aiwf-lit').count()) > 0);
        assert.equal(
          await reloaded.getAttribute('.aiwf-drawing', 'transform'),
          await page.getAttribute('.aiwf-drawing', 'transform'),
        );
      },
      { state },
    );
  }));

test('a state that nobody wrote is put aside', () =>
  withPanel(
    async ({ page }) => {
      assert.equal(await page.getAttribute('#aiwf-view-flow', 'aria-selected'), 'true');
    },
    { state: { shown: { type: 'show' }, name: 7, expanded: [1], filter: 'x', view: { scale: 'big' } } },
  ));

for (const [name, theme] of Object.entries({ light, dark, highContrast })) {
  test(`axe finds no fault in the panel, ${name}`, () =>
    withPanel(
      async (panel) => {
        await draw(panel);
        await panel.page.click('#aiwf-show-findings');
        await panel.page.locator('.aiwf-finding > button').first().click();
        assert.deepEqual(await faultsByAxe(panel.page), []);
        await panel.page.click('#aiwf-show-outline');
        await draw(panel, shown(damageClaim, 2));
        assert.deepEqual(await faultsByAxe(panel.page), []);
      },
      { theme },
    ));
}

/** Rules of WCAG 2.2 A and AA and of good practice that are broken, with the first place of each. */
async function faultsByAxe(page: Page): Promise<string[]> {
  // The policy of the page forbids scripts that are added to it; what the debugger runs is outside of it.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const { violations } = await checker.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.target.join(' ')})`);
  });
}
