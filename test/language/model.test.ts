// The model of one workflow: kinds, defaults, outcomes, names and places.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidates, resolve } from '../../src/language/names.ts';
import { outcomesOf } from '../../src/language/outcomes.ts';
import { placeAt } from '../../src/language/places.ts';
import { flow, workflowOf } from './parsing.ts';

const stepOf = (steps: string, id = 'first', rest = '') => {
  const step = workflowOf(flow(steps, rest)).steps.get(id);
  assert.ok(step);
  return step;
};

test('the kind of a step is its first key that is one, also where other keys carry names of JavaScript', () => {
  assert.equal(stepOf('first: { review: R, by: anna }').kind, 'review');
  for (const key of ['toString', '__proto__', 'constructor', 'hasOwnProperty']) {
    assert.equal(stepOf(`first: { ${key}: x, by: anna }`).kind, undefined);
    assert.equal(stepOf(`first: { ${key}: x, task: T }`).kind, 'task');
  }
});

test('the title is the value of the kind, of a call its title or what it calls, else the id', () => {
  assert.deepEqual(
    ['{ task: "Do it " }', '{ task: "" }', '{ call: pay, title: Pay out }', '{ call: pay }', '{ by: anna }', ''].map(
      (step) => stepOf(`first: ${step}`).title,
    ),
    ['Do it', 'first', 'Pay out', 'pay', 'first', 'first'],
  );
});

const defaults = 'defaults: { within: 4h, on: { timeout: help, error: help, late: help }, accepts: { ack: 1h } }\n';
const help = '\nhelp: { task: H, by: anna, on: { done: help } }';

test('defaults hold for steps that set no such key, never for scope, route and end', () => {
  const applied = (step: string, id?: string) => {
    const { within, accepts, handlers } = stepOf(step + help, id, defaults);
    return [within !== undefined, accepts !== undefined, [...handlers.keys()].sort().join()];
  };
  assert.deepEqual(applied('first: { task: T, by: anna }'), [true, true, 'error,late,timeout']);
  assert.deepEqual(applied('first: { wait: W, from: client }'), [true, false, 'error,late,timeout']);
  assert.deepEqual(applied('first: { wait: W, for: 3d }'), [false, false, 'error,late,timeout']);
  for (const kind of ['route: R', 'end: E', 'scope: S'])
    assert.deepEqual(applied(`first: { ${kind} }`), [false, false, '']);
});

test("a step's own keys win over defaults, per outcome, and none drops them", () => {
  const step = stepOf(
    `first: { task: T, by: anna, within: 1h, accepts: none, on: { timeout: second, error: none } }\nsecond: { end: E }${help}`,
    'first',
    defaults,
  );
  assert.ok(step.within && 'minutes' in step.within.value && step.within.value.minutes === 60);
  assert.equal(step.accepts, undefined);
  assert.deepEqual(
    [...step.handlers.values()].map(({ outcome, inherited }) => `${outcome} ${inherited}`),
    ['timeout false', 'late true'],
  );
});

test('a default never makes a step its own target, in any form of target', () => {
  for (const target of [
    'help',
    '{ to: help, max: 3, exhausted: first }',
    '[{ when: claim.ok, to: first }, { else: help }]',
    '{ to: first, max: 2, exhausted: help }',
  ])
    assert.deepEqual(
      [...stepOf(`first: { end: E }${help}`, 'help', `defaults: { on: { timeout: ${target} } }\n`).handlers.keys()],
      ['done'],
      target,
    );
});

test('a default that is none is none', () => {
  assert.equal(stepOf('first: { task: T, by: anna }', 'first', 'defaults: { on: { error: none } }\n').handlers.size, 0);
});

function outcomes(steps: string, id = 'first', rest = ''): readonly string[] {
  const workflow = workflowOf(flow(steps, rest));
  const step = workflow.steps.get(id);
  assert.ok(step);
  return outcomesOf(step, step.performers, workflow).map(({ name, byNext }) => (byNext ? `${name}>` : name));
}

test('the outcomes a step has, and which of them go on by next', () => {
  const table: Readonly<Record<string, readonly string[]>> = {
    '{ task: T, by: anna }': ['done>'],
    '{ task: T, by: anna, within: 4h }': ['done>', 'timeout'],
    '{ task: T, by: bot, mode: ai-executed }': ['done>', 'error', 'unavailable'],
    '{ task: T, by: robot }': ['done>', 'error'],
    '{ task: T, by: anna, assisted-by: bot }': ['done>'],
    '{ task: T, by: anna, delegates-to: [bot] }': ['done>'],
    '{ task: T, by: [anna, robot] }': ['done>', 'error'],
    '{ task: T, by: bot, gate: { on: claim.amount, at-least: 0.8 } }': [
      'done>',
      'error',
      'unavailable',
      'low-confidence',
    ],
    '{ task: T, by: bot, gate: { on: claim.amount } }': ['done>', 'error', 'unavailable'],
    '{ review: R, by: anna }': ['approve>', 'modify', 'reject'],
    '{ review: R, by: bot }': ['done>', 'error', 'unavailable'],
    '{ approval: A, by: anna }': ['approve>', 'modify', 'reject'],
    '{ approval: A, by: anna, outcomes: [approve, reject, later] }': ['approve>', 'reject', 'later>'],
    '{ decision: D, by: anna, outcomes: { grant: favourable, deny: adverse } }': ['grant>', 'deny>'],
    '{ decision: D, rule: ./x.dmn }': ['done>'],
    '{ contest: C, from: client, by: anna }': ['uphold>', 'reverse>', 'not-filed>'],
    '{ wait: W, for: 3d }': ['done>'],
    '{ wait: W, until: message }': ['done>', 'timeout'],
    '{ wait: W, from: client }': ['done>', 'timeout'],
    '{ wait: W, on: { paid: a, recalled: b, timeout: c } }': ['paid>', 'recalled>', 'timeout'],
    '{ wait: W, for: 3d, on: { recalled: b } }': ['recalled>', 'done>'],
    '{ route: R }': ['done>'],
    '{ end: E }': [],
    '{ by: anna }': [],
  };
  for (const [step, expected] of Object.entries(table)) assert.deepEqual(outcomes(`first: ${step}`), expected, step);
});

test('someone with a backup may be absent', () => {
  const steps = 'first: { task: T, by: ben }';
  const text = flow(steps).replace('  anna:', '  ben: { kind: human, backup: anna }\n  anna:');
  const workflow = workflowOf(text);
  const step = workflow.steps.get('first');
  assert.ok(step);
  assert.deepEqual(
    outcomesOf(step, step.performers, workflow).map(({ name }) => name),
    ['done', 'absent'],
  );
});

test('a scope has the outcomes of the ends inside it, and only completed goes on by next', () => {
  const scope = (ends: string, more = '') => outcomes(`first:\n  scope: S\n  start: a\n${more}  steps:\n${ends}\n`);
  assert.deepEqual(scope('    a: { task: A, by: anna }'), ['completed>']);
  assert.deepEqual(
    scope(
      '    a: { end: A, outcome: rejected }\n    b: { end: B, outcome: cancelled }\n    c: { end: C, outcome: failed }',
    ),
    ['completed>', 'rejected', 'cancelled', 'error'],
  );
  assert.deepEqual(scope('    a: { end: A, outcome: failed }', '  on: { failed: x }\n'), ['completed>', 'failed']);
  assert.deepEqual(
    scope('    a:\n      scope: I\n      start: x\n      steps: { x: { end: X, outcome: rejected } }'),
    ['completed>'],
    'ends of an inner scope are its own',
  );
});

test('a call has the outcomes of the ends of what it calls', () => {
  const callee =
    'aiwf: 1\nworkflow: pay\nsteps: { a: { end: A, outcome: rejected }, s: { scope: S, steps: { b: { end: B, outcome: failed } } } }\n';
  const workflow = workflowOf(flow('first: { call: ./pay.aiwf.yaml }'), { 'pay.aiwf.yaml': callee });
  const step = workflow.steps.get('first');
  assert.ok(step);
  assert.deepEqual(
    outcomesOf(step, [], workflow).map(({ name }) => name),
    ['completed', 'rejected'],
  );
});

test('an id names the first kind of declaration that has it, and words name nothing', () => {
  const workflow = workflowOf(
    flow(
      'first: { task: T, by: bot, uses: [mail], for-each: { item: line, in: claim.lines }, reads: [line], effects: [{ kind: message, to: client }], next: first }',
    ).replace('sponsor: anna', 'sponsor: anna, tools: { mail: {} }, on-behalf-of: self'),
  );
  const kinds = workflow.file.references.map((reference) => `${reference.name} ${resolve(reference, workflow)?.kind}`);
  for (const expected of [
    'anna actor',
    'first step',
    'mail tool',
    'claim data',
    'line data',
    'client actor',
    'bot actor',
  ])
    assert.ok(kinds.includes(expected), expected);
  assert.equal(resolve({ to: ['actor'], name: 'anna', range: { start: 0, end: 0 }, word: true }, workflow), undefined);
  assert.deepEqual(candidates(['actor'], workflow), ['anna', 'bot', 'robot', 'client']);
  assert.ok(candidates(['data', 'step'], workflow).includes('line'));
});

test('no id resolves to a member that every JavaScript object has', () => {
  const workflow = workflowOf(flow('first: { task: T, by: toString, reads: [constructor], next: __proto__ }'));
  for (const reference of workflow.file.references)
    if (['toString', 'constructor', '__proto__'].includes(reference.name))
      assert.equal(resolve(reference, workflow), undefined);
  assert.deepEqual(workflow.steps.get('first')?.performers, []);
});

test('the place of a range is the innermost step or declaration around it', () => {
  const text = flow(
    'first:\n  scope: S\n  start: inner\n  steps:\n    inner: { task: T, by: anna }',
    'stop: { by: anna, safe-state: first, within: 60s }\n',
  );
  const workflow = workflowOf(text);
  const place = (words: string) => {
    const start = text.indexOf(words);
    return placeAt(workflow, { start, end: start + words.length });
  };
  assert.deepEqual(
    [
      'task: T',
      'inner',
      'scope: S',
      'first:',
      'kind: agent',
      'enum: [new',
      'workflow: test',
      '60s',
      'steps:\n  first',
    ].map(place),
    ['inner', 'first', 'first', 'first', 'actor:bot', 'data:claim', 'workflow', 'stop', 'workflow'],
  );
});

test('the place of any range is the smallest declaration that holds it', () => {
  const text = flow(
    'a:\n  scope: S\n  steps:\n    b: { task: T }\n    c:\n      scope: S\n      steps: { d: { task: U } }\ne: { end: E }',
  );
  const workflow = workflowOf(text);
  const named = workflow.file.declarations.filter(({ kind }) => ['step', 'actor', 'data'].includes(kind));
  for (let start = 0; start < text.length; start += 3) {
    for (const length of [0, 1, 9, 40]) {
      const range = { start, end: Math.min(text.length, start + length) };
      const holding = named.filter(({ full }) => full.start <= range.start && range.end <= full.end);
      const smallest = holding.sort((x, y) => x.full.end - x.full.start - (y.full.end - y.full.start))[0];
      const expected = smallest
        ? smallest.kind === 'step'
          ? smallest.name
          : `${smallest.kind}:${smallest.name}`
        : 'workflow';
      assert.equal(placeAt(workflow, range), expected, `${start} ${length}`);
    }
  }
});
