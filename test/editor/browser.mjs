// Opens a headless Chromium, driven by playwright-core, that can reach this machine and nothing else.
import { chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';
import { onEnd } from './processes.mjs';

export const screen = { width: 1400, height: 900 };

const quietArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** The first browser that starts, with one empty page. */
export async function openPage() {
  const browser = await launchFirst(await findChromium());
  onEnd(() => browser.close());
  const context = await browser.newContext({ viewport: screen, reducedMotion: 'reduce', locale: 'en-US' });
  return await context.newPage();
}

/** Resolves when VS Code shows its window and its first editor or an empty editor area. */
export async function untilWorkbench(page) {
  await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor({ timeout: 120_000 });
}

async function launchFirst(candidates) {
  const reasons = [];
  for (const { executable, env } of candidates) {
    try {
      return await chromium.launch({
        executablePath: executable,
        args: quietArguments,
        env: { ...process.env, ...env },
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
      });
    } catch (error) {
      reasons.push(`${executable}: ${error.message}`);
    }
  }
  throw new Error(`No Chromium starts.\n${reasons.join('\n')}`);
}
