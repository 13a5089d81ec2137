// Changes made in the picture: each gesture, by mouse and by keyboard, posts the change that was meant, and only that.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { PictureChange } from '../../src/picture/picture-change.ts';
import { supportReply } from './diagrams.ts';
import { openPanels, type Panel, type Panels } from './panel.ts';

let panels: Panels;

before(async () => {
  panels = await openPanels();
});

after(() => panels?.close());

const withPicture = (use: (panel: Panel, changes: () => Promise<readonly PictureChange[]>) => Promise<void>) =>
  panels.use(
    async (panel) => {
      await panel.show(supportReply, 1);
      await use(panel, async () =>
        (await panel.posted()).flatMap((message) => (message.type === 'change' ? [message.change] : [])),
      );
    },
    { width: 1100, height: 850 },
  );

const node = (page: Page, id: string) => page.locator(`#aiwf-canvas .aiwf-node[data-step="${id}"]`);
const item = (page: Page, name: string) => page.getByRole('menuitem', { name, exact: true });
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('data-step') ?? document.activeElement?.textContent);
const edgeId = (from: string, to: string): string =>
  supportReply.edges.find((edge) => edge.from === from && edge.to === to)?.id ?? '';

async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(selector).boundingBox();
  assert.ok(box, selector);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A point on the line of an edge that nothing covers. */
function onLine(page: Page, id: string): Promise<{ x: number; y: number }> {
  return page.locator(`path[data-edge="${id}"]`).evaluate((path) => {
    const line = path as SVGPathElement;
    for (const share of [0.5, 0.4, 0.6, 0.3, 0.7, 0.2]) {
      const { x, y } = line
        .getPointAtLength(line.getTotalLength() * share)
        .matrixTransform(line.getScreenCTM() ?? undefined);
      if (document.elementFromPoint(x, y)?.closest('.aiwf-edge-group') === line.parentElement) return { x, y };
    }
    throw new Error('covered');
  });
}

async function drag(
  page: Page,
  from: { x: number; y: number },
  to: { x: number; y: number },
  drop = true,
): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 6 });
  if (drop) await page.mouse.up();
}

test('F2 renames in place; Escape and the old title change nothing', () =>
  withPicture(async ({ page }, changes) => {
    await node(page, 'draft').focus();
    await page.keyboard.press('F2');
    const field = page.getByRole('textbox', { name: 'New title of Draft a reply' });
    assert.equal(await field.inputValue(), 'Draft a reply');
    await page.keyboard.press('Escape');
    assert.equal(await focused(page), 'draft');
    await page.keyboard.press('F2');
    await page.keyboard.press('Enter');
    await page.keyboard.press('F2');
    await page.keyboard.type('  Write an answer ');
    await page.keyboard.press('Enter');
    assert.equal(await field.count(), 0);
    assert.equal(await focused(page), 'draft');
    assert.deepEqual(await changes(), [{ kind: 'rename', node: 'draft', title: 'Write an answer' }]);
  }));

test('the menu of a step is walked by keyboard, and gives the focus back', () =>
  withPicture(async ({ page }, changes) => {
    await node(page, 'escalate').focus();
    await page.keyboard.press('Shift+F10');
    const menu = page.getByRole('menu').first();
    assert.match((await menu.getAttribute('aria-label')) ?? '', /Answer by hand/);
    assert.match((await focused(page)) ?? '', /^Rename…/);
    await page.keyboard.press('ArrowUp');
    assert.match((await focused(page)) ?? '', /^Delete/);
    await page.keyboard.press('m');
    assert.match((await focused(page)) ?? '', /^Move to lane/);
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(page), 'Customer');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await page.getByRole('menu').count(), 1);
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('menu').count(), 0);
    assert.equal(await focused(page), 'escalate');
    await page.keyboard.press('ContextMenu');
    await page.keyboard.press('m');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'escalate');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Insert');
    await page.keyboard.type('Tell the customer');
    await page.keyboard.press('Enter');
    assert.deepEqual(await changes(), [
      { kind: 'move', node: 'escalate', lane: 'reply-agent' },
      { kind: 'delete', node: 'escalate' },
      { kind: 'append', node: 'escalate', title: 'Tell the customer' },
    ]);
  }));

test('the menus do the same by mouse', () =>
  withPicture(async ({ page }, changes) => {
    await node(page, 'send').click({ button: 'right' });
    const [menu, step] = [await page.getByRole('menu').boundingBox(), await node(page, 'send').boundingBox()];
    assert.ok(menu && step && Math.abs(menu.x - step.x) < step.width, 'where the pointer is');
    await item(page, 'Move to lane').hover();
    await item(page, 'Reply agent').click();
    await node(page, 'send').click({ button: 'right' });
    await item(page, 'Delete').click();
    await node(page, 'send').click({ button: 'right' });
    await item(page, 'Rename…').click();
    await page.keyboard.type('Post it');
    await page.keyboard.press('Enter');
    const line = await onLine(page, edgeId('start:0', 'draft'));
    await page.mouse.click(line.x, line.y, { button: 'right' });
    await item(page, 'Remove').click();
    await node(page, 'answered').click({ button: 'right' });
    assert.deepEqual(await page.locator('.aiwf-menu > button > span:first-child').allTextContents(), [
      'Rename…',
      'Move to lane',
      'Delete',
    ]);
    await page.mouse.click(5, 845);
    assert.equal(await page.getByRole('menu').count(), 0);
    assert.deepEqual(await changes(), [
      { kind: 'move', node: 'send', lane: 'reply-agent' },
      { kind: 'delete', node: 'send' },
      { kind: 'rename', node: 'send', title: 'Post it' },
      { kind: 'disconnect', edge: edgeId('start:0', 'draft') },
    ]);
  }));

test('an edge takes a step: by its plus, and by keyboard', () =>
  withPicture(async ({ page }, changes) => {
    const edge = edgeId('draft', 'check');
    const line = await onLine(page, edge);
    await page.mouse.move(line.x, line.y);
    const plus = await middleOf(page, '.aiwf-handle-edge');
    await page.mouse.click(plus.x, plus.y);
    await page.getByRole('textbox', { name: 'Title of the new step' }).waitFor();
    await page.keyboard.type('Check the facts');
    await page.keyboard.press('Enter');
    await node(page, 'draft').focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.locator('.aiwf-handle-edge').count(), 1);
    await page.keyboard.press('Shift+F10');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Check the tone');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Delete');
    assert.deepEqual(await changes(), [
      { kind: 'insert', edge, title: 'Check the facts' },
      { kind: 'insert', edge, title: 'Check the tone' },
      { kind: 'disconnect', edge },
    ]);
  }));

test('a step is connected by keyboard, by click and by its handle', () =>
  withPicture(async ({ page, posted }, changes) => {
    await node(page, 'draft').focus();
    await page.keyboard.press('Shift+F10');
    await page.keyboard.press('c');
    await page.keyboard.press('Enter');
    assert.match((await page.textContent('#aiwf-live')) ?? '', /^Choose the step that follows Draft a reply/);
    await page.keyboard.press('ArrowDown');
    const target = await focused(page);
    assert.ok(target && target !== 'draft');
    await page.keyboard.press('Enter');
    await node(page, 'draft').click({ button: 'right' });
    await item(page, 'Connect to…').click();
    await node(page, 'send').click();
    await node(page, 'draft').click({ button: 'right' });
    await item(page, 'Connect to…').click();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.aiwf-picking').count(), 0);
    await node(page, 'draft').hover();
    await drag(
      page,
      await middleOf(page, '.aiwf-handle-node'),
      await middleOf(page, '.aiwf-node[data-step="answered"] .aiwf-body'),
      false,
    );
    assert.equal(await page.locator('.aiwf-node.aiwf-drop').getAttribute('data-step'), 'answered');
    assert.equal(await page.locator('.aiwf-drawn-line').count(), 1);
    await page.mouse.up();
    assert.equal(await page.locator('.aiwf-drawn-line').count(), 0);
    assert.deepEqual(await changes(), [
      { kind: 'connect', from: 'draft', to: target },
      { kind: 'connect', from: 'draft', to: 'send' },
      { kind: 'connect', from: 'draft', to: 'answered' },
    ]);
    assert.deepEqual(
      (await posted()).filter(({ type }) => type === 'select'),
      [],
    );
  }));

test('a step is dragged into another lane; Escape ends it, and a click still selects', () =>
  withPicture(async ({ page, posted }, changes) => {
    const from = await middleOf(page, '.aiwf-node[data-step="send"] .aiwf-body');
    const lane = await middleOf(page, '.aiwf-lane[data-lane="reply-agent"] rect');
    const to = { x: lane.x, y: from.y };
    await drag(page, from, to, false);
    assert.equal(await page.locator('.aiwf-ghost').count(), 1);
    assert.equal(await page.locator('.aiwf-lane.aiwf-drop').getAttribute('data-lane'), 'reply-agent');
    assert.match((await page.textContent('#aiwf-live')) ?? '', /Reply agent/);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.aiwf-ghost, .aiwf-drop').count(), 0);
    await page.mouse.up();
    assert.deepEqual(await changes(), []);
    await drag(page, from, to);
    assert.deepEqual(await changes(), [{ kind: 'move', node: 'send', lane: 'reply-agent' }]);
    await drag(page, from, { x: from.x + 12, y: from.y + 12 });
    await page.mouse.click(from.x, from.y);
    assert.deepEqual(await changes(), [{ kind: 'move', node: 'send', lane: 'reply-agent' }]);
    assert.deepEqual(
      (await posted()).filter(({ type }) => type === 'select'),
      [{ type: 'select', element: 'node', id: 'send' }],
    );
  }));

test('empty ground still moves the picture, and a click on a step after that selects it', () =>
  withPicture(async ({ page, posted }, changes) => {
    const was = await middleOf(page, '.aiwf-node[data-step="draft"] .aiwf-body');
    const lane = await middleOf(page, '.aiwf-lane[data-lane="customer"] rect');
    await drag(page, lane, { x: lane.x + 30, y: lane.y + 40 });
    const is = await middleOf(page, '.aiwf-node[data-step="draft"] .aiwf-body');
    assert.ok(Math.abs(is.y - was.y - 40) < 12, `${is.y - was.y}`);
    await page.mouse.click(is.x, is.y);
    assert.deepEqual(await changes(), []);
    assert.deepEqual(
      (await posted()).filter(({ type }) => type === 'select'),
      [{ type: 'select', element: 'node', id: 'draft' }],
    );
  }));
