// Values on the way: conditions narrow them, writes set them free, ways that meet unite, parallel branches add up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analyses } from '../../src/analysis/analyses.ts';
import { entriesOf } from '../../src/analysis/boxes.ts';
import { wordsFor } from '../../src/analysis/cells.ts';
import { pathValues, valuesOnPaths } from '../../src/analysis/path-values.ts';
import { wayWith } from '../../src/analysis/value-ways.ts';
import { flow } from '../language/parsing.ts';
import { analysesOf, nodeNamed, nodeShown } from './graph-reading.ts';

/** What is known on entry to `last`, each box in words. */
function valuesAt(steps: string, edit: (text: string) => string = (text) => text, name = 'last'): readonly string[] {
  return shownAt(analysesOf(edit(flow(steps))), name);
}

function shownAt(analyses: Analyses, name: string): readonly string[] {
  const values = valuesOnPaths(analyses, () => true);
  const { terms } = values.guards;
  return values.at(nodeNamed(analyses, name)).map((box) =>
    entriesOf(box)
      .map(([index, cells]) => {
        const variable = terms[index]?.variable;
        return variable ? `${variable.path} ${wordsFor(variable, cells)}` : cells === 2n ? 'holds' : 'fails';
      })
      .sort()
      .join(', '),
  );
}

const out = 'out: { end: O }\nlast: { end: L }';
const split = (...links: readonly string[]) => `next: [${links.map((link) => `{ ${link} }`).join(', ')}]`;
const low = 'when: claim.amount <= 5, to: mid';

test('a condition narrows, and a later branch knows that those before it did not hold', () => {
  const steps = (to: string) =>
    `first: { route: R, ${split('when: claim.amount <= 5, to: A', 'when: claim.amount <= 9, to: B', 'else: C')
      .replace(to, 'last')
      .replaceAll(/\b[ABC]\b/g, 'out')} }\n${out}`;
  assert.deepEqual(valuesAt(steps('A')), ['claim.amount is 5 or less']);
  assert.deepEqual(valuesAt(steps('B')), ['claim.amount is above 5 and 9 or less']);
  assert.deepEqual(valuesAt(steps('C')), ['claim.amount is above 9']);
});

test('a branch inside a branch is under both conditions', () => {
  const inner = 'to: [{ when: claim.ok, to: last }, { else: out }]';
  assert.deepEqual(
    valuesAt(`first: { route: R, ${split(`when: claim.amount <= 5, ${inner}`, 'else: out')} }\n${out}`),
    ['claim.amount is 5 or less, claim.ok is true'],
  );
});

test('an open choice, an inclusive split and the edge of a used up bound say what they say', () => {
  assert.deepEqual(valuesAt(`first: { route: R, ${split('label: a, to: last', 'label: b, to: out')} }\n${out}`), ['']);
  const any = 'next: { any: [{ when: claim.amount <= 5, to: out }, { when: claim.ok, to: last }] }';
  assert.deepEqual(valuesAt(`first: { route: R, ${any} }\n${out}`), ['claim.ok is true']);
  const bound = split('when: claim.amount <= 5, to: first, max: 3, exhausted: last', 'else: out');
  assert.deepEqual(valuesAt(`first: { task: T, by: anna, ${bound} }\n${out}`), ['claim.amount is 5 or less']);
});

const mid = (step: string) => `first: { route: R, ${split(low, 'else: out')} }\nmid: { ${step}, next: last }\n${out}`;

test('a write sets free what it writes, and only that', () => {
  assert.deepEqual(valuesAt(mid('task: T, by: anna, writes: [offer]')), ['claim.amount is 5 or less']);
  assert.deepEqual(valuesAt(mid('task: T, by: anna, writes: [claim]')), ['']);
  assert.deepEqual(valuesAt(mid('task: T, by: anna, writes: [claim.amount]')), ['']);
  assert.deepEqual(valuesAt(mid('task: T, by: anna, writes: [claim.ok]')), ['claim.amount is 5 or less']);
});

test('a write that may not have happened sets free as well, and who modifies has written', () => {
  const steps = (on: string) =>
    mid(`approval: A, by: anna, covers: [claim], on: { ${on} }`).replace(', next: last', '');
  assert.deepEqual(valuesAt(steps('approve: last, modify: out, reject: out')), ['claim.amount is 5 or less']);
  assert.deepEqual(valuesAt(steps('approve: out, modify: last, reject: out')), ['']);
  const failing = mid('task: T, by: robot, writes: [claim], on: { error: last }').replace(
    ', next: last',
    ', next: out',
  );
  assert.deepEqual(valuesAt(failing), ['']);
});

test('an event that brings data sets it free', () => {
  const event = 'events: { news: { kind: message, from: client, gives: [claim] } }\nstart:';
  const wait = (step: string) => valuesAt(mid(step), (text) => text.replace('start:', event));
  assert.deepEqual(wait('wait: W, until: news, within: 1d, on: { timeout: out }'), ['']);
  assert.deepEqual(wait('wait: W, for: 1d'), ['claim.amount is 5 or less']);
});

test('a scope of free order is left where its condition holds', () => {
  const inner = 'a: { task: A, by: anna }';
  assert.deepEqual(
    valuesAt(`first: { scope: S, order: free, done-when: claim.ok, next: last, steps: { ${inner} } }\n${out}`),
    ['claim.ok is true'],
  );
});

test('ways that meet unite, and what completes each other is anything again', () => {
  const both = `first: { route: R, ${split(low, 'when: claim.amount <= 9, to: last', 'else: out')} }\nmid: { task: T, by: anna, next: last }\n${out}`;
  assert.deepEqual(valuesAt(both), ['claim.amount is 9 or less']);
  assert.deepEqual(valuesAt(both.replace('else: out', 'else: last')), ['']);
});

test('a loop keeps what holds in every round', () => {
  const steps = `first: { route: R, ${split(low, 'else: out')} }\nmid: { task: M, by: anna, writes: [claim.ok], ${split('when: claim.ok, to: last', 'else: mid')} }\n${out}`;
  assert.deepEqual(valuesAt(steps), ['claim.amount is 5 or less, claim.ok is true']);
});

test('where parallel branches meet, each adds what it knows, unless another one may have written it', () => {
  const parallel = (step: string) =>
    `first: { route: R, next: { all: [a, b] } }\na: { route: A, ${split('when: claim.amount <= 5, to: last')} }\nb: { ${step}, next: last }\n${out.replace('{ end: L }', '{ route: L, join: all, next: out }')}`;
  assert.deepEqual(valuesAt(parallel('task: B, by: anna')), ['claim.amount is 5 or less']);
  assert.deepEqual(valuesAt(parallel('task: B, by: anna, writes: [claim.amount]')), ['']);
});

test('a start, a gate, a contract and what a person ensures narrow as well', () => {
  assert.deepEqual(
    valuesAt('first: { route: R, next: last }\nlast: { end: L }', (text) =>
      text.replace('start: {', 'start: { when: claim.amount > 3,'),
    ),
    ['claim.amount is above 3'],
  );
  const gate = 'gate: { on: claim.amount, at-least: 0.8, below: out }';
  assert.deepEqual(valuesAt(`first: { task: T, by: anna, writes: [claim], ${gate}, next: last }\n${out}`), [
    'claim.amount is 0.8 or more',
  ]);
  assert.deepEqual(
    valuesAt(
      `first: { task: T, by: anna, writes: [claim], ${gate.replace('below: out', 'below: last')}, next: out }\n${out}`,
    ),
    ['claim.amount is below 0.8'],
  );
  assert.deepEqual(
    valuesAt(`first: { task: T, by: anna, writes: [claim], ensures: [claim.amount <= 2], next: last }\n${out}`),
    ['claim.amount is 2 or less'],
  );
  assert.deepEqual(
    valuesAt(`first: { task: T, by: bot, writes: [claim], ensures: [claim.amount <= 2], next: last }\n${out}`),
    [''],
  );
  const accepts =
    'mid: { task: M, by: anna, accepts: { payload: [claim], ack: 1h, accept-if: claim.ok, on-reject: out }, next: last }';
  assert.deepEqual(valuesAt(`first: { route: R, next: mid }\n${accepts}\n${out}`), ['claim.ok is true']);
});

test('an ensured equality carries values over', () => {
  const steps = `first: { task: T, by: robot, reads: [claim], writes: [offer], ensures: [offer.amount == claim.amount], on: { error: out }, ${split('when: claim.amount <= 5, to: last', 'else: out')} }\n${out}`;
  assert.deepEqual(valuesAt(steps), ['claim.amount is 5 or less, holds, offer.amount is 5 or less']);
});

test('the element of a for-each is another one each time', () => {
  const steps = `first: { scope: S, for-each: { item: line, in: claim.lines }, start: inner, next: last, steps: { inner: { route: I, next: [{ when: line.price > 3, to: done }, { else: done }] }, done: { end: D } } }\nlast: { end: L }`;
  assert.deepEqual(valuesAt(steps), ['']);
});

test('a way with the wanted values is a shortest one, and where there is none nothing is claimed', () => {
  const analyses = analysesOf(
    flow(
      `first: { route: R, ${split(low, 'when: claim.amount <= 9, to: last', 'else: out')} }\nmid: { task: T, by: anna, next: last }\n${out}`,
    ),
  );
  const { guards } = analyses.derived(pathValues);
  const exit = { from: nodeNamed(analyses, 'last'), outcome: undefined, interrupt: false };
  const pick = (side: 'holds' | 'fails', which: number) => {
    const when = analyses.graph.choices[0]?.links[which]?.when;
    assert.ok(when);
    return wayWith(exit, (region) => guards.space.intersect(region, guards.formula(when)[side]) ?? [], analyses);
  };
  const shown = (way: ReturnType<typeof wayWith>) => way?.edges.map(({ to }) => nodeShown(to));
  assert.deepEqual(shown(pick('holds', 0)), ['start', 'first', 'mid', 'last']);
  assert.deepEqual(shown(pick('fails', 0)), ['start', 'first', 'last']);
  assert.equal(pick('fails', 1), undefined);
});

test('a condition that cannot be read leaves a doubt, and no more', () => {
  assert.deepEqual(valuesAt(`first: { route: R, ${split('when: claim.amount <, to: last', 'else: out')} }\n${out}`), [
    'holds',
  ]);
});

test('a long chain of choices over many data stays quick', () => {
  const count = 400;
  const steps = Array.from({ length: count }, (_, i) => {
    const next = i + 1 < count ? `s${i + 1}` : 'last';
    return `${i === 0 ? 'first' : `s${i}`}: { task: T, by: anna, writes: [${i % 3 === 0 ? 'offer' : 'claim.ok'}], ${split(
      `when: claim.amount > ${i} && offer.amount > ${i % 7}, to: ${next}`,
      `when: claim.ok || offer.amount < ${i}, to: ${next}`,
      `when: claim.amount < ${i}, to: ${i % 5 === 0 ? 'first' : next}`,
      'else: out',
    )} }`;
  });
  const begin = performance.now();
  valuesAt([...steps, out].join('\n'));
  const time = performance.now() - begin;
  assert.ok(time < 5000, `${time} ms`);
});
