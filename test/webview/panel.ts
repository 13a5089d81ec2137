// Opens the real page, style sheet and script of the diagram panel in a browser, under their real policy, with VS Code's
// side of it played by the test.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { diagramHtml } from '../../src/extension/diagram-html.ts';
import type { Diagram, FromWebview, ToWebview } from '../../src/protocol.ts';
import { launchChromium } from '../support/chromium.ts';
import { light, type Theme } from './themes.ts';

export interface Panel {
  readonly page: Page;
  /** Addresses the page asked for beyond its own three files. */
  readonly requests: string[];
  /** Violations of the policy and errors in the script. */
  readonly faults: string[];
  send(message: ToWebview): Promise<void>;
  show(picture: Diagram, version: number, broken?: string): Promise<number>;
  posted(): Promise<FromWebview[]>;
  setTheme(theme: Theme): Promise<void>;
}

const origin = 'https://panel.test';

export async function buildWebview(): Promise<string> {
  const bundled = await build({
    entryPoints: ['src/webview/main.ts'],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    minify: true,
    loader: { '.css': 'text' },
    write: false,
  });
  return bundled.outputFiles[0]?.text ?? '';
}

export async function openPanel(
  browser: Browser,
  script: string,
  {
    width = 700,
    height = 850,
    theme = light,
    state,
    t = (text) => text,
  }: { width?: number; height?: number; theme?: Theme; state?: unknown; t?: (text: string) => string } = {},
): Promise<Panel> {
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  const requests: string[] = [];
  const faults: string[] = [];
  const html = diagramHtml({
    nonce: 'c2VjcmV0',
    cspSource: origin,
    scriptUri: `${origin}/webview.js`,
    styleUri: `${origin}/diagram.css`,
    title: 'Diagram',
    t,
  });
  const files: Record<string, [string, string]> = {
    '/': ['text/html', html],
    '/webview.js': ['text/javascript', script],
    '/diagram.css': ['text/css', readFileSync('media/diagram.css', 'utf8')],
  };
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url());
    const file = url.origin === origin ? files[url.pathname] : undefined;
    if (file) return route.fulfill({ contentType: file[0], body: file[1] });
    requests.push(url.href);
    return route.abort();
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.addInitScript(
    ({ saved }) => {
      const posted: unknown[] = [];
      let kept = saved;
      Object.assign(window, {
        posted,
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => posted.push(message),
          getState: () => kept,
          setState: (next: unknown) => {
            kept = next;
          },
        }),
        keptState: () => kept,
      });
    },
    { saved: state },
  );
  await page.goto(`${origin}/`);
  const setTheme = (next: Theme): Promise<void> =>
    page.evaluate(({ body, variables }) => {
      document.body.className = body;
      for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
    }, next);
  await setTheme(theme);
  const send = (message: ToWebview): Promise<void> =>
    page.evaluate((data) => window.dispatchEvent(new MessageEvent('message', { data })), message).then(() => undefined);
  const posted = (): Promise<FromWebview[]> =>
    page.evaluate(() => (window as unknown as { posted: FromWebview[] }).posted);
  return {
    page,
    requests,
    faults,
    send,
    posted,
    setTheme,
    async show(picture, version, broken) {
      const message = {
        type: 'show' as const,
        findings: [],
        diagram: picture,
        version,
      };
      await send(broken === undefined ? message : { ...message, broken });
      await page.waitForFunction(
        (wanted) =>
          (window as unknown as { posted: FromWebview[] }).posted.some(
            (each) => 'version' in each && each.version === wanted,
          ),
        version,
      );
      const answer = (await posted()).find((each) => 'version' in each && each.version === version);
      if (answer?.type !== 'drawn') throw new Error(JSON.stringify(answer));
      return answer.milliseconds;
    },
  };
}

/** Opens and closes panels in one browser; each must end without a request, an error or a breach of the policy. */
export interface Panels {
  use(test: (panel: Panel) => Promise<void>, options?: Parameters<typeof openPanel>[2]): Promise<void>;
  close(): Promise<void>;
}

export async function openPanels(): Promise<Panels> {
  const [browser, script] = await Promise.all([launchChromium(), buildWebview()]);
  return {
    async use(test, options) {
      const panel = await openPanel(browser, script, options);
      try {
        await test(panel);
        assert.deepEqual(panel.requests, [], 'nothing is asked from a network');
        assert.deepEqual(panel.faults, [], 'no error, and nothing the policy forbids');
      } finally {
        await panel.page.close();
      }
    },
    close: () => browser.close(),
  };
}
