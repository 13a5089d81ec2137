// `npm run bench:picture [sizes]`: how long a picture takes from its data to the page, how often its lines cross, and what
// lies on what, beside three ways of mermaid: our layout drawn by mermaid, `swimlane-beta`, and a flowchart with ELK.
// One Chromium, the same generated workflows, faults counted by one function from what is drawn. Fails where we are
// slower than promised: a third of swimlane-beta's time at 40 steps, a twentieth at 200, three seconds at 500.
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
process.chdir(root);
const folder = join(root, 'out/bench');
mkdirSync(folder, { recursive: true });
const shared = { bundle: true, logLevel: 'warning' };
await build({
  ...shared,
  entryPoints: ['test/support/chromium.ts'],
  outfile: join(folder, 'chromium.mjs'),
  platform: 'node',
  format: 'esm',
  packages: 'external',
});
const page = await build({
  ...shared,
  entryPoints: ['test/bench/picture-page.ts'],
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  minify: true,
  loader: { '.css': 'text' },
  write: false,
});
const script = page.outputFiles[0].text;
const { launchChromium } = await import(pathToFileURL(join(folder, 'chromium.mjs')).href);

const capSeconds = 90;
const ways = [
  { way: 'ours', title: 'ours', rounds: () => 9 },
  { way: 'lanes', title: 'ours by mermaid', rounds: () => 3 },
  { way: 'swimlane', title: 'swimlane-beta', rounds: (steps) => (steps < 100 ? 3 : 1), most: 200 },
  { way: 'elk', title: 'flowchart, ELK', rounds: (steps) => (steps < 200 ? 3 : 1) },
];
const lanesOf = (steps) => (steps <= 10 ? 3 : steps <= 40 ? 4 : steps <= 100 ? 5 : steps <= 200 ? 6 : 8);
const sizes = (process.argv[2] ?? '10,40,100,200,500').split(',').map(Number);

const styles = readFileSync('media/diagram.css', 'utf8');
const html = `<!doctype html><meta charset="utf-8"><style>${styles}</style><body><div id="aiwf-canvas"></div>`;
const browser = await launchChromium();

/** Every drawing starts on a page of its own, so that none works on what another left behind. */
async function drawn({ way, rounds, most = Infinity }, steps) {
  if (steps > most) return 'not tried';
  const tab = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  const session = await tab.context().newCDPSession(tab);
  await tab.setContent(html);
  await tab.addScriptTag({ content: script });
  let timer;
  const count = rounds(steps);
  const cap = new Promise((resolve) => {
    timer = setTimeout(() => resolve('over'), capSeconds * 1000 * count);
  });
  const drawing = tab.evaluate(([...all]) => globalThis.draw(...all), [way, steps, lanesOf(steps), count]);
  // It ends with an error when it is broken off.
  drawing.catch(() => {});
  const result = await Promise.race([drawing, cap]).finally(() => clearTimeout(timer));
  const isOver = result === 'over' || result.milliseconds > capSeconds * 1000;
  // A page that still computes does not answer, so its process ends; the call never returns then.
  if (result === 'over') session.send('Page.crash').catch(() => {});
  const faults = isOver
    ? {}
    : await tab.evaluate(([...all]) => globalThis.countFaults(...all), [way, steps, lanesOf(steps)]);
  await tab.close();
  return isOver ? 'over' : { ...result, ...faults };
}

const columns = ['steps', 'lanes', 'edges', 'drawn by', 'ms', 'crossings', 'overlaps', 'time beside ours'];
const widths = [5, 5, 5, 15, 10, 9, 12, 16];
/** At once, since the next line may take minutes. */
function print(row) {
  const cells = row.map((cell, i) => (i === 3 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i])));
  console.log(cells.join('  ').trimEnd());
}
print(columns);
const broken = [];
try {
  for (const steps of sizes) {
    const results = {};
    for (const each of ways) {
      const result = await drawn(each, steps);
      results[each.way] = result;
      const { edges, milliseconds: ours } = results.ours;
      const head = each.way === 'ours' ? [steps, lanesOf(steps), edges] : ['', '', ''];
      if (result === 'not tried') print([...head, each.title, 'not tried', '', '', '']);
      else if (result === 'over') {
        const least = ((capSeconds * 1000) / ours).toFixed(0);
        print([...head, each.title, `> ${capSeconds} s`, '', '', `> ${least} x`]);
      } else {
        const { milliseconds, crossings, nodesOnNodes, labelsOnOthers, edgesThroughNodes } = result;
        const overlaps = `${nodesOnNodes} / ${labelsOnOthers} / ${edgesThroughNodes}`;
        print([
          ...head,
          each.title,
          milliseconds.toFixed(1),
          crossings,
          overlaps,
          `${(milliseconds / ours).toFixed(1)} x`,
        ]);
      }
    }
    broken.push(...promisesBroken(steps, results));
  }
} finally {
  await browser.close();
}

function promisesBroken(steps, { ours: { milliseconds: ours }, swimlane }) {
  const theirs = swimlane === 'over' ? Infinity : swimlane.milliseconds;
  if (steps === 40 && !(ours < theirs / 3)) return ["40 steps take a third of swimlane-beta's time or more"];
  if (steps === 200 && !(ours <= theirs / 20)) return ["200 steps take more than a twentieth of swimlane-beta's time"];
  if (steps === 500 && !(ours < 3000)) return ['500 steps take three seconds or more'];
  return [];
}

console.log('Overlaps: nodes on nodes / labels on labels or nodes / edges through nodes they do not join.');
console.log(`Middle of the rounds, one round where a drawing takes long; a drawing has ${capSeconds} s.`);
console.log('swimlane-beta is not tried above 200 steps: it takes minutes.');
for (const promise of broken) console.error(`Promise not kept: ${promise}.`);
process.exitCode = broken.length === 0 ? 0 : 1;
