// `node test/editor/installed.mjs FILE.vsix`: installs the packaged extension into a clean VS Code and waits until it
// marks the fault of a file. It proves that the package holds all it needs. Last line: `installed: N passed, N failed`.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { openPage, untilWorkbench } from './browser.mjs';
import { root } from './cache.mjs';
import { installServer } from './install.mjs';
import { runScript, temporaryFolder } from './processes.mjs';
import { addressOf, startServer } from './server.mjs';

const minutes = 4;
const faulty = `aiwf: 1
workflow: faulty
title: A workflow with an unknown key and nothing to do
stepz: {}
`;

await runScript(main, { minutes, onTimeout: () => console.log('installed: 0 passed, 1 failed') });

async function main() {
  const vsix = process.argv[2];
  if (vsix === undefined) throw new Error('Which package? node test/editor/installed.mjs dist/aiwf.vsix');
  const failure = await tryPackage(resolve(vsix)).catch((error) => error);
  if (failure) console.error(failure.message ?? failure);
  console.log(`installed: ${failure ? 0 : 1} passed, ${failure ? 1 : 0} failed`);
  return failure ? 1 : 0;
}

async function tryPackage(vsix) {
  const workspace = temporaryFolder('installed');
  const file = join(workspace, 'faulty.aiwf.yaml');
  writeFileSync(file, faulty);
  const server = await startServer(await installServer(), { vsix });
  const page = await openPage();
  await page.goto(addressOf(server.url, workspace, { open: file }));
  await untilWorkbench(page);
  try {
    await page.locator('.tab.active[data-resource-name="faulty.aiwf.yaml"]').waitFor();
    await page.locator('.monaco-editor .squiggly-error, .monaco-editor .squiggly-warning').first().waitFor();
    await page.locator('[id="status.problems"] a:not([aria-label="No Problems"])').waitFor();
  } catch (error) {
    const picture = join(root, 'out/editor/screenshots/installed-failed.png');
    await page.screenshot({ path: picture });
    throw new Error(`No problem is marked in the file: see ${picture}.\n${stripVTControlCharacters(error.message)}`);
  }
}
