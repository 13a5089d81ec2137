// Soundness against a search of all states, on thousands of small workflows; and that it stays fast where states explode.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { soundnessOf } from '../../src/analysis/soundness.ts';
import { workedSoFar } from '../support/random-workflow.ts';
import { analysesOf } from './graph-reading.ts';
import { naiveRuns } from './naive-runs.ts';

const head = `aiwf: 1
workflow: w
accountable: a
actors: { a: { kind: human, holders: 1 } }
`;

/** A target: a step, a choice, or branches that are taken together. */
function targetOf(ids: readonly string[], modes: readonly string[]): fc.Arbitrary<string> {
  const id = fc.constantFrom(...ids);
  const several = fc.array(id, { minLength: 2, maxLength: 3 });
  return fc.tuple(fc.constantFrom(...modes), id, several).map(([mode, one, more]) => {
    if (mode === 'one') return one;
    if (mode === 'choice') return `[${more.map((to, i) => `{ label: l${i}, to: ${to} }`).join(', ')}]`;
    return `{ ${mode}: [${more.map((to) => `{ to: ${to} }`).join(', ')}] }`;
  });
}

const joins = fc.constantFrom('', '', '', ', join: all', ', join: live');
const allModes = ['one', 'one', 'one', 'choice', 'all', 'all', 'any'];

function stepsOf(ids: readonly string[], targets: readonly string[], out: readonly string[], modes: readonly string[]) {
  const late = fc.option(fc.constantFrom(...targets, ...out), { freq: 4, nil: undefined });
  return fc.tuple(...ids.map(() => fc.tuple(joins, targetOf(targets, modes), late))).map((rows) =>
    ids.map((id, i) => {
      const [join = '', next = '', timeout] = rows[i] ?? [];
      const exceptional = timeout ? `, within: 1d, on: { timeout: ${timeout} }` : '';
      return `${id}: { task: Do ${id}, by: a${join}, next: ${next}${exceptional} }`;
    }),
  );
}

const flat = fc.integer({ min: 1, max: 6 }).chain((size) => {
  const ids = Array.from({ length: size }, (_, i) => `s${i}`);
  const targets = [...ids, 'done', 'failed', 'closed'];
  const ends = fc
    .tuple(joins, joins)
    .map(([a, b]) => [
      `done: { end: Done${a} }`,
      `failed: { end: Failed, outcome: failed }`,
      `closed: { end: Closed, terminate: true${b} }`,
    ]);
  return fc
    .tuple(targetOf(targets, allModes), stepsOf(ids, targets, [], allModes), ends)
    .map(([start, steps, last]) => `${head}start: { next: ${start} }\nsteps:\n  ${[...steps, ...last].join('\n  ')}\n`);
});

/** One scope in a flow without parallel work around it. */
const scoped = fc.integer({ min: 1, max: 4 }).chain((size) => {
  const ids = Array.from({ length: size }, (_, i) => `s${i}`);
  const targets = [...ids, 'over', 'shut'];
  return fc.tuple(targetOf(targets, allModes), stepsOf(ids, targets, ['after', 'box'], allModes), joins).map(
    ([start, steps, join]) => `${head}start: { next: box }
steps:
  box:
    scope: Box
    start: ${start}
    steps:
      ${steps.join('\n      ')}
      over: { end: Over${join} }
      shut: { end: Shut, terminate: true }
    next: after
  after: { task: After, by: a, next: done }
  done: { end: Done }
`,
  );
});

for (const [name, texts] of [
  ['flat', flat],
  ['scoped', scoped],
] as const) {
  test(`${name}: a workflow is unsound if a search of all its states says so`, () => {
    let decided = 0;
    let faulty = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const analyses = analysesOf(text);
        const { graph, reachability } = analyses;
        fc.pre(graph.nodes.every((node) => !reachability.isReachable(node) || reachability.reachesEnd(node)));
        const { faults, unknown } = soundnessOf(analyses);
        const naive = naiveRuns(graph, 3000);
        // Work that begins new work without end has no end to its states.
        if (!naive.complete) return;
        const kinds = faults.map(({ kind }) => kind);
        if (kinds.length === 0 && unknown.length === 0) {
          decided++;
          assert.ok(!naive.stuck && !naive.early && !naive.waiting, `sound?\n${text}`);
        }
        if (kinds.length > 0) {
          decided++;
          faulty++;
          assert.ok(naive.stuck || naive.early, `unsound?\n${text}${kinds}`);
        }
        if (kinds.includes('stuck')) assert.ok(naive.stuck, `stuck?\n${text}${kinds}`);
        if (name === 'flat' && kinds.some((kind) => kind !== 'stuck'))
          assert.ok(naive.early, `early?\n${text}${kinds}`);
      }),
      { seed: 17, numRuns: 2000 },
    );
    assert.ok(decided > 300 && faulty > 50, `only ${decided} decided, ${faulty} of them unsound`);
  });
}

function workFor(text: string): { kinds: readonly string[]; unknown: number; took: number } {
  const analyses = analysesOf(text);
  analyses.graph.edges.length;
  const begin = workedSoFar();
  const { faults, unknown } = soundnessOf(analyses);
  return { kinds: faults.map(({ kind }) => kind), unknown: unknown.length, took: workedSoFar() - begin };
}

const numbers = (size: number) => Array.from({ length: size }, (_, i) => i);

test('twenty branches have a million orders, of which one is looked at', () => {
  const branch = (i: number) =>
    `  s${i}: { task: Do ${i}, by: a, within: 1d, next: t${i}, on: { timeout: closed } }\n  t${i}: { task: Do ${i}, by: a, next: last }\n`;
  const flowOf = (join: string) => `${head}start: { next: { all: [${numbers(20).map((i) => `s${i}`)}] } }
steps:
${numbers(20).map(branch).join('')}  last: { task: Last, by: a, ${join}next: done }
  closed: { end: Closed, terminate: true }
  done: { end: Done }
`;
  for (const [join, expected] of [
    ['join: all, ', []],
    ['join: live, ', []],
    ['', ['twice']],
  ] as const) {
    const { kinds, unknown, took } = workFor(flowOf(join));
    assert.deepEqual({ kinds, unknown }, { kinds: expected, unknown: 0 }, join);
    assert.ok(took < 500, `${took.toFixed(0)} ms`);
  }
});

test('a parallel split in a loop of 500 steps, deep nesting and dense graphs are decided in time, or said to be unknown', () => {
  const loop = `${head}start: { next: s0 }
steps:
${numbers(500)
  .map(
    (i) =>
      `  s${i}: { task: Do ${i}, by: a, next: ${i === 499 ? '[{ label: on, to: s0 }, { label: off, to: split }]' : `s${i + 1}`} }\n`,
  )
  .join('')}  split: { route: Split, next: { all: [left, right] } }
  left: { task: Left, by: a, next: meet }
  right: { task: Right, by: a, next: meet }
  meet: { route: Meet, join: all, next: [{ label: again, to: s0 }, { label: done, to: done }] }
  done: { end: Done }
`;
  const nested = `${head}start: { next: f0 }
steps:
${numbers(60)
  .map(
    (i) => `  f${i}: { route: Fork ${i}, next: { all: [l${i}, ${i === 59 ? 'm' : 'f'}${i === 59 ? '' : i + 1}] } }
  l${i}: { task: Left ${i}, by: a, next: j${i} }
  j${i}: { route: Join ${i}, join: ${i % 2 ? 'all' : 'live'}, next: ${i === 0 ? 'done' : `j${i - 1}`} }\n`,
  )
  .join('')}  m: { task: Middle, by: a, next: j59 }
  done: { end: Done }
`;
  const dense = `${head}start: { next: { all: [s0, s1] } }
steps:
${numbers(45)
  .map(
    (i) =>
      `  s${i}: { task: Do ${i}, by: a, next: [${numbers(45).map((j) => `{ label: l${j}, to: ${j === i ? 'last' : `s${j}`} }`)}] }\n`,
  )
  .join('')}  last: { task: Last, by: a, join: live, next: done }
  done: { end: Done }
`;
  for (const [text, expected] of [
    [loop, []],
    [nested, []],
    [dense, undefined],
  ] as const) {
    const { kinds, took } = workFor(text);
    if (expected) assert.deepEqual(kinds, expected);
    assert.ok(took < 1000, `${took.toFixed(0)} ms`);
  }
});

test('of many runs to an early end the shortest one is shown, step by step', () => {
  const analyses = analysesOf(`${head}start: { next: { all: [${numbers(12).map((i) => `s${i}`)}] } }
steps:
${numbers(12)
  .map(
    (i) =>
      `  s${i}: { task: Do ${i}, by: a, within: 1d, next: last, on: { timeout: ${i === 7 ? 'failed' : 'help'} } }\n`,
  )
  .join('')}  last: { task: Last, by: a, join: live, next: done }
  help: { task: Help, by: a, next: more }
  more: { task: More, by: a, next: failed }
  failed: { end: Failed, outcome: failed }
  done: { end: Done }
`);
  const { faults } = soundnessOf(analyses);
  const fault = faults.find(({ kind }) => kind === 'early-end');
  const steps = fault?.run.filter(({ to }) => to.step?.id === 'failed').map(({ from }) => from.step?.id);
  assert.deepEqual(steps, ['s7']);
});
