// A Chromium for the tests that need a browser: the one `test/editor/chromium.mjs` finds, with what a bare machine lacks.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium as playwright } from 'playwright-core';

interface Candidate {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the first browser that runs. */
export async function launchChromium(): Promise<Browser> {
  // By its path in the repository: the finder keeps the unpacked browser beside itself, so it must not be bundled.
  const finder = pathToFileURL(join(process.cwd(), 'test/editor/chromium.mjs')).href;
  const { findChromium } = (await import(finder)) as { findChromium: () => Promise<readonly Candidate[]> };
  let failure: unknown;
  for (const { executable, env } of await findChromium()) {
    try {
      return await playwright.launch({ executablePath: executable, args, env: { ...stringsOf(process.env), ...env } });
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function stringsOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
