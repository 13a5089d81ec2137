// Labels of data: against every path of random workflows, and each path that is shown really brings the label.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FlowEdge } from '../../src/analysis/flow-graph.ts';
import { aiTaint, unreviewedAi } from '../../src/analysis/origin.ts';
import { statesOf } from '../../src/analysis/taint-state.ts';
import { analysesOf, nodeNamed } from './graph-reading.ts';

const names = ['a', 'b', 'c', 'd'] as const;

interface RandomStep {
  readonly kind: 'ai' | 'person' | 'review';
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly next: readonly number[];
}

const some = fc.subarray([...names], { maxLength: 2 });
const randomSteps: fc.Arbitrary<readonly RandomStep[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('ai' as const, 'person' as const, 'review' as const),
    reads: some,
    writes: some,
    next: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }),
  }),
  { minLength: 2, maxLength: 7 },
);

function textOf(steps: readonly RandomStep[]): string {
  const list = (all: readonly string[]) => `[${all.join(', ')}]`;
  const rows = steps.map(({ kind, reads, writes, next }, i) => {
    const targets = targetsOf(next, i, steps.length).map((to) => `{ label: to ${to}, to: ${to} }`);
    const go = `next: [${targets.join(', ')}]`;
    if (kind === 'review') return `s${i}: { review: R, by: clerk, reviews: ${list(reads)}, outcomes: [seen], ${go} }`;
    const data = `reads: ${list(reads)}, writes: ${list(writes)}`;
    return `s${i}: { task: T, by: ${kind === 'ai' ? 'bot' : 'clerk'}, ${data}, ${go} }`;
  });
  return `aiwf: 1
workflow: w
actors: { clerk: { kind: human, holders: 1 }, bot: { kind: agent, sponsor: clerk } }
data: { a: {}, b: {}, c: {}, d: {} }
start: { next: s0 }
steps:
  ${rows.join('\n  ')}
  last: { end: Last }
`;
}

function targetsOf(next: readonly number[], from: number, count: number): readonly string[] {
  return [...new Set(next.map((ahead) => (from + ahead < count ? `s${from + ahead}` : 'last')))];
}

/** What is tainted after the work of a step. */
function worked({ kind, reads, writes }: RandomStep, before: ReadonlySet<string>): ReadonlySet<string> {
  if (kind === 'review') return new Set([...before].filter((name) => !reads.includes(name)));
  const tainted = kind === 'ai' || reads.some((name) => before.has(name));
  const rest = [...before].filter((name) => !writes.includes(name));
  return new Set([...rest, ...(tainted ? writes : [])]);
}

test('data carries a label at a step if some path there brings it, and then only', () => {
  fc.assert(
    fc.property(randomSteps, (steps) => {
      const expected = new Map<string, Set<string>>();
      const walk = (name: string, before: ReadonlySet<string>) => {
        const known = expected.get(name) ?? new Set();
        expected.set(name, new Set([...known, ...before]));
        const index = Number(name.slice(1));
        const step = name === 'last' ? undefined : steps[index];
        if (step) for (const to of targetsOf(step.next, index, steps.length)) walk(to, worked(step, before));
      };
      walk('s0', new Set());
      const analyses = analysesOf(textOf(steps));
      const taint = analyses.derived(aiTaint);
      for (const [name, tainted] of expected) {
        const found = names.filter((data) => taint.at(nodeNamed(analyses, name), data) !== 0);
        assert.deepEqual(
          found,
          names.filter((data) => tainted.has(data)),
          `${name}\n${textOf(steps)}`,
        );
      }
    }),
    { seed: 31, numRuns: 300 },
  );
});

test('the path that is shown begins at an AI, hangs together and brings the label', () => {
  fc.assert(
    fc.property(randomSteps, fc.constantFrom(...names), (steps, data) => {
      const analyses = analysesOf(textOf(steps));
      const taint = analyses.derived(aiTaint);
      const last = nodeNamed(analyses, 'last');
      const path = taint.pathTo(last, data, unreviewedAi, 'at');
      assert.equal(path !== undefined, taint.at(last, data) !== 0);
      if (!path) return;
      assert.equal(path.source?.node, path.edges[0]?.from);
      const author = stepAt(path.edges[0], steps);
      assert.ok(author?.kind === 'ai' && author.writes.includes(path.written));
      let tainted: ReadonlySet<string> = new Set();
      for (const [i, edge] of path.edges.entries()) {
        assert.equal(edge.to, path.edges[i + 1]?.from ?? last);
        const step = stepAt(edge, steps);
        if (step) tainted = i === 0 ? new Set(step.writes) : worked(step, tainted);
      }
      assert.ok(tainted.has(data), textOf(steps));
    }),
    { seed: 32, numRuns: 300 },
  );
});

function stepAt(edge: FlowEdge | undefined, steps: readonly RandomStep[]): RandomStep | undefined {
  return steps[Number(edge?.from.step?.id.slice(1))];
}

test('states keep each label of each cell apart', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(70), fc.nat(15)), { maxLength: 30 }), (writes) => {
      const states = statesOf(71, 0b1101);
      const [one, other] = [states.empty(), states.empty()];
      const model = new Map<number, number>();
      for (const [i, [cell, labels]] of writes.entries()) {
        states.write(i % 2 === 0 ? one : other, cell, labels);
        if (i % 2 === 0) model.set(cell, labels & 0b1101);
      }
      const joined = new Map(model);
      for (const [cell, labels] of model) assert.equal(states.read(one, cell), labels);
      for (let cell = 0; cell < 71; cell += 2) joined.set(cell, (model.get(cell) ?? 0) | states.read(other, cell));
      states.join(one, other, new Uint32Array(3).fill(0x55555555));
      for (let cell = 0; cell < 71; cell++) assert.equal(states.read(one, cell), joined.get(cell) ?? 0);
    }),
    { seed: 33, numRuns: 200 },
  );
});
