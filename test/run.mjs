// `npm test`: every check there is, one stage after the other; a failing stage does not keep the next from running.
// The last line is `N passed, N failed`: the tests of all stages, and at least one failure for each stage that failed.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tool = (name) => join(root, 'node_modules', name);
const node = process.execPath;

const stages = [
  { name: 'format and lint', command: [node, tool('@biomejs/biome/bin/biome'), 'check', '.'] },
  { name: 'types', command: [node, tool('typescript/bin/tsc'), '-p', 'tsconfig.json'] },
  { name: 'build', command: [node, 'esbuild.mjs'] },
  { name: 'unit tests', command: [node, 'test/unit.mjs'] },
  {
    name: 'damaged and oversized input',
    command: [
      node,
      'test/unit.mjs',
      'oversized-input',
      'bad-input',
      'any-text',
      'rename-every-id',
      'analysis/scale',
      'fuzz/',
    ],
  },
  {
    name: 'injected faults and changes that mean nothing',
    command: [node, 'test/unit.mjs', 'mutation/', 'metamorphic'],
  },
  { name: 'package', command: [node, 'test/unit.mjs', 'package.test.ts'] },
  { name: 'command line', command: [node, 'test/unit.mjs', 'cli/', 'governance/agreement'] },
  { name: 'language server over stdio', command: [node, 'test/unit.mjs', 'server/stdio'] },
  { name: 'diagram in a browser', command: [node, 'test/unit.mjs', 'webview/', 'markdown/'] },
  // Suites that count what is found in all files of the folder have a VS Code of their own, in which nobody wrote before.
  { name: 'inside VS Code', command: [node, 'test/editor/launch.mjs', '!governance', '!configuration'] },
  { name: 'governance inside VS Code', command: [node, 'test/editor/launch.mjs', 'governance.test'] },
  { name: 'pictures of governance', command: [node, 'test/editor/launch.mjs', 'governance-screenshots'] },
  { name: 'configuration inside VS Code', command: [node, 'test/editor/launch.mjs', 'configuration'] },
  { name: 'inside VS Code for the web', command: [node, 'test/editor/web.mjs'] },
  { name: 'inside a German VS Code', command: [node, 'test/editor/german.mjs'] },
  { name: 'inside Neovim', command: [node, 'test/editor/neovim.mjs'] },
  { name: 'npm start', command: [node, 'test/editor/start.mjs', '--check'] },
  { name: 'make the .vsix', command: ['npm', 'run', '--silent', 'package'] },
  { name: 'what is in the .vsix', command: [node, 'test/packaged.mjs', 'dist/aiwf.vsix'] },
  { name: 'installed .vsix', command: [node, 'test/editor/installed.mjs', 'dist/aiwf.vsix'] },
];

const results = [];
for (const stage of stages) results.push(await runStage(stage));

console.log('');
for (const { name, passed, failed, seconds } of results) {
  const counts = passed + failed > 0 ? ` (${passed} passed, ${failed} failed)` : '';
  console.log(`${failed === 0 ? 'ok    ' : 'FAILED'} ${name}${counts}, ${seconds} s`);
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;

/** Shows what the stage prints and reads its counts from the last line that has them. */
async function runStage({ name, command: [program, ...args] }) {
  console.log(`\n== ${name}`);
  const begin = Date.now();
  let tail = '';
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    tail = (tail + chunk).slice(-10_000);
  });
  const code = await new Promise((resolve) => {
    child.on('close', resolve);
    child.on('error', (error) => {
      console.log(error.message);
      resolve(1);
    });
  });
  const last = [...tail.matchAll(/^\w*:? ?(\d+) passed, (\d+) failed$/gm)].at(-1);
  const passed = Number(last?.[1] ?? 0);
  const failed = Math.max(Number(last?.[2] ?? 0), code === 0 ? 0 : 1);
  return { name, passed, failed, seconds: Math.round((Date.now() - begin) / 1000) };
}
