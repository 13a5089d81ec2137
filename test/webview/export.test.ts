// Files of what the panel shows: a picture as SVG and PNG in size and on a background of choice, a table as Markdown,
// both to print, and a reason where a form does not fit.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DataFlowView } from '../../src/picture/views.ts';
import type { ExportMessage, ShowMessage } from '../../src/protocol.ts';
import { generated, supportReply } from './diagrams.ts';
import { openPanels, type Panel, type Panels } from './panel.ts';
import { dark } from './themes.ts';

let panels: Panels | undefined;
before(async () => {
  panels = await openPanels();
});
after(() => panels?.close());
const withPanel = (use: (panel: Panel) => Promise<void>, options: Parameters<Panels['use']>[1] = {}) => {
  assert.ok(panels);
  return panels.use(use, options);
};

const flow: ShowMessage = { type: 'show', version: 1, diagram: supportReply, findings: [] };
const data: DataFlowView = {
  view: 'data',
  actors: supportReply.lanes,
  rows: [{ id: 'reply', title: 'Reply | draft', facts: [], writes: [], reads: [] }],
};

async function draw({ send, page }: Panel, message: ShowMessage): Promise<void> {
  await send(message);
  await page.waitForSelector(`#aiwf-diagram[data-version="${message.version}"]`);
}

/** What the page answers to a wish. */
async function made({ page, send, posted }: Panel, wish: Omit<ExportMessage, 'type'>): Promise<string> {
  const known = (await posted()).length;
  await send({ type: 'export', ...wish });
  const isAnswered = (count: number) =>
    (window as unknown as { posted: { type: string }[] }).posted.slice(count).some(({ type }) => /^export/.test(type));
  await page.waitForFunction(isAnswered, known);
  const [answer] = (await posted()).slice(known).filter(({ type }) => /^export/.test(type));
  if (answer?.type === 'export') return answer.content;
  return answer?.type === 'exportFailed' ? `failed: ${answer.reason}` : '';
}

/** Width and height of a PNG, and the color of the ground near its lower left corner. */
function lookAt({ page }: Panel, base64: string) {
  return page.evaluate(async (content) => {
    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    return {
      width: image.width,
      height: image.height,
      corner: [...(context?.getImageData(8, image.height - 8, 1, 1).data ?? [])],
    };
  }, base64);
}

test('the picture as an SVG file, in the theme of the panel', () =>
  withPanel(
    async (panel) => {
      await draw(panel, flow);
      const svg = await made(panel, { format: 'svg' });
      assert.match(svg, /^<\?xml[^>]*>\s*<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
      assert.ok(svg.includes('#1f1f1f'), 'the background of the dark theme');
      assert.ok(!/<script|<style|tabindex|class=/.test(svg));
    },
    { theme: dark },
  ));

test('the picture as a PNG, in a size and on a background of choice', () =>
  withPanel(
    async (panel) => {
      await draw(panel, flow);
      const small = await lookAt(panel, await made(panel, { format: 'png', scale: 1, background: 'white' }));
      assert.ok(
        small.corner.every((part) => part > 235),
        small.corner.join(),
      );
      const large = await lookAt(panel, await made(panel, { format: 'png', scale: 3, background: 'transparent' }));
      assert.equal(large.corner[3], 0);
      assert.ok(Math.abs(large.width - 3 * small.width) <= 3 && Math.abs(large.height - 3 * small.height) <= 3);
    },
    { theme: dark },
  ));

test('a picture that no canvas can hold is refused with a reason', () =>
  withPanel(async (panel) => {
    await draw(panel, { ...flow, diagram: generated(200, 6) });
    assert.match(await made(panel, { format: 'png', scale: 4 }), /^failed: The picture is too large/);
  }));

test('a table is Markdown, and no picture', () =>
  withPanel(async (panel) => {
    await draw(panel, flow);
    assert.match(await made(panel, { format: 'markdown' }), /^failed: A picture is no table/);
    await panel.page.click('#aiwf-view-data');
    await draw(panel, { ...flow, version: 2, view: data });
    const table = await made(panel, { format: 'markdown' });
    assert.ok(table.includes('Reply \\| draft'), table);
    assert.match(await made(panel, { format: 'svg' }), /^failed: A table is no picture/);
  }));

test('a page to print is light, whole and on its own', () =>
  withPanel(
    async (panel) => {
      await draw(panel, flow);
      const html = await made(panel, { format: 'print' });
      assert.match(html, /^<!DOCTYPE html>/);
      assert.ok(html.includes('<h1>') && html.includes('<svg') && !html.includes('<script'));
      const page = await panel.page.context().browser()?.newPage();
      assert.ok(page);
      await page.setContent(html);
      assert.equal(await page.textContent('h1'), supportReply.title);
      assert.ok(((await page.locator('svg').boundingBox())?.height ?? 0) > 200);
      await page.close();
    },
    { theme: dark },
  ));

test('the button asks for the choice of forms', () =>
  withPanel(async (panel) => {
    await draw(panel, flow);
    await panel.page.click('#aiwf-export');
    assert.deepEqual((await panel.posted()).at(-1), { type: 'askExport' });
  }));
