// What the suite can do to the browser that shows VS Code: look, click, type, take pictures.
// The types of these actions stand in suite/browser.ts.
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { screen } from './browser.mjs';
import { root } from './cache.mjs';

const patience = { timeout: 20_000 };
const webviewFrame = 'iframe.webview.ready[src*="extensionId=aiwf.aiwf"]:visible';

/**
 * @param {import('playwright-core').Page} page
 * @returns {Record<string, (args: any) => Promise<unknown>>}
 */
export function browserActions(page) {
  /** Our webview is a frame within a frame of the workbench. */
  const place = ({ within = 'webview', panel = 0 }) =>
    within === 'workbench' ? page : page.frameLocator(webviewFrame).nth(panel).frameLocator('#active-frame');
  const all = (args) => place(args).locator(args.selector);
  const first = (args) => all(args).nth(args.index ?? 0);

  return {
    waitFor: (args) => first(args).waitFor({ ...patience, state: args.state ?? 'visible' }),
    count: (args) => all(args).count(),
    texts: (args) => all(args).evaluateAll((elements) => elements.map((element) => element.textContent?.trim() ?? '')),
    attributes: (args) =>
      all(args).evaluateAll((elements, name) => elements.map((element) => element.getAttribute(name)), args.name),
    click: (args) =>
      first(args).click({
        ...patience,
        clickCount: args.clickCount ?? 1,
        modifiers: args.modifiers ?? [],
        ...(args.force && { force: true }),
      }),
    /** By the mouse, in steps, from the middle of one element to that of another. */
    drag: (args) => drag(page, first(args), all({ ...args, selector: args.to }).first()),
    hover: (args) => first(args).hover(patience),
    focus: (args) => first(args).focus(patience),
    /** Keys go to what has the focus, wherever it is. */
    press: async ({ keys }) => {
      for (const key of keys) await page.keyboard.press(key);
    },
    type: ({ text }) => page.keyboard.type(text),
    evaluate: (args) => evaluate(place(args).locator(':root'), args),
    resize: async ({ width, height }) => page.setViewportSize({ width, height }),
    screenshot: (args) => takeScreenshot(page, args),
  };
}

async function drag(page, from, to) {
  const [start, end] = [await from.boundingBox(patience), await to.boundingBox(patience)];
  if (!start || !end) throw new Error('One end of the drag is not drawn.');
  const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
  await page.mouse.move(...middle(start));
  await page.mouse.down();
  // Across, at the height where it began: a lane is as long as the picture.
  await page.mouse.move(middle(end)[0], middle(start)[1], { steps: 12 });
  await page.mouse.up();
}

/** A content security policy does not stop this: it goes through the browser's debugger. */
async function evaluate(root, { script, expression }) {
  const frame = await (await root.elementHandle(patience)).ownerFrame();
  if (script) await frame.evaluate(script);
  return await frame.evaluate(expression);
}

/** Every picture goes to out/; the kept one is made when it is missing, and anew with UPDATE_GOLDEN=1. */
async function takeScreenshot(page, { name }) {
  if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`"${name}" is no name for a picture: use a-z, 0-9 and -.`);
  const picture = join(root, 'out/editor/screenshots', `${name}.png`);
  const kept = join(root, 'test/golden/screenshots', `${name}.png`);
  await page.setViewportSize(screen);
  await page.screenshot({ path: picture, animations: 'disabled', caret: 'hide' });
  if (process.env.UPDATE_GOLDEN || !existsSync(kept)) {
    mkdirSync(dirname(kept), { recursive: true });
    copyFileSync(picture, kept);
  }
  return picture;
}
