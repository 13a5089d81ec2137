// `node test/packaged.mjs FILE.vsix`: what the package tells of itself. It is small, names every package that went into
// its bundles with its license, and holds a bill of materials. Last line: `packaged: N passed, N failed`.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPromise } from 'yauzl';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const file = process.argv[2];
if (file === undefined) throw new Error('Which package? node test/packaged.mjs dist/aiwf.vsix');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entries = await contentsOf(file);
const textOf = (name) => {
  const content = entries.get(`extension/${name}`);
  assert.ok(content, `${name} is missing`);
  return content.toString('utf8');
};
/** Strong copyleft would ask more of whoever ships the extension than a list. */
const permissive = /^\(?(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0)\b/;

const checks = {
  'it is smaller than 4 MB': () => assert.ok(statSync(file).size < 4_000_000, `${statSync(file).size} bytes`),
  'every bundled package is listed with its license': () => {
    const listed = [...textOf('dist/third-party-licenses.txt').matchAll(/^(\S+) (\d+\.\d+\.\d+\S*) \((.+)\)$/gm)];
    assert.ok(listed.length > 10);
    for (const [, name, , license] of listed) assert.match(license, permissive, name);
    const names = listed.map(([, name]) => name);
    for (const name of ['yaml', 'vscode-languageserver', 'vscode-languageclient', '@marcbachmann/cel-js'])
      assert.ok(names.includes(name), name);
  },
  'the bill of materials names every dependency with a version': () => {
    const { bomFormat, components } = JSON.parse(textOf('dist/sbom.cdx.json'));
    assert.equal(bomFormat, 'CycloneDX');
    for (const name of Object.keys(dependencies)) {
      const found = components.find((component) => component.purl?.startsWith(`pkg:npm/${name.replace('@', '%40')}@`));
      assert.ok(found?.version, name);
    }
  },
  'it says how a weakness is reported': () => assert.match(textOf('SECURITY.md'), /report/i),
  'no source, test or machine is in it': () => {
    for (const name of entries.keys()) assert.doesNotMatch(name, /\/(src|test|node_modules)\/|\.map$|\.ts$/);
    for (const [name, content] of entries)
      if (/\.(js|json|txt)$/.test(name)) assert.ok(!content.includes(root), `${name} names a folder of this machine`);
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    check();
  } catch (error) {
    failed++;
    console.error(`failed: ${name}\n${error.message}`);
  }
}
console.log(`packaged: ${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function contentsOf(path) {
  const contents = new Map();
  const zip = await openPromise(path);
  for await (const entry of zip.eachEntry()) {
    const chunks = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
    contents.set(entry.fileName, Buffer.concat(chunks));
  }
  return contents;
}
