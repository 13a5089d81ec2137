// What is logged of a step: its own log, the defaults' log, or nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentsIn, logGaps, logOf, notLogged } from '../../src/analysis/logging.ts';
import { flow, workflowOf } from '../language/parsing.ts';

const steps = (own = '') => `first: { task: F, by: bot${own}, reads: [claim], writes: [offer], next: mid }
mid: { route: M, next: in }
in: { scope: S, start: work, next: last, steps: { work: { task: W, by: anna } } }
last: { end: L }`;
const rest = 'stores: { book: { kind: log } }\ndefaults: { log: { to: book, fields: [case, time] } }\n';

function logAt(id: string, own = '', before = rest) {
  const workflow = workflowOf(flow(steps(own), before));
  const step = workflow.steps.get(id);
  assert.ok(step);
  const { from, store, fields } = logOf(step, workflow);
  return `${from} ${store?.id} ${[...fields].join()}`;
}

test('the defaults hold for every step that works, and for no route, scope or end', () => {
  assert.equal(logAt('first'), 'defaults book case,time');
  assert.equal(logAt('work'), 'defaults book case,time');
  for (const id of ['mid', 'in', 'last']) assert.equal(logAt(id), 'missing undefined ');
});

test("a step's own log replaces the default whole, and none drops it", () => {
  assert.equal(logAt('first', ', log: { to: book, fields: actor }'), 'own book actor');
  assert.equal(logAt('first', ', log: { fields: [actor] }'), 'own undefined actor');
  assert.equal(logAt('first', ', log: none'), 'dropped undefined ');
  assert.equal(logAt('first', '', ''), 'missing undefined ');
});

test('copies of all that is read or written stand for references to it', () => {
  const missing = (fields: string) => {
    const workflow = workflowOf(flow(steps(`, log: { to: book, fields: [${fields}] }`), rest));
    const step = workflow.steps.get('first');
    assert.ok(step);
    return notLogged(['case', 'inputs', 'output'], step, logOf(step, workflow), workflow);
  };
  assert.deepEqual(missing('case, claim'), ['output']);
  assert.deepEqual(missing('offer, inputs'), ['case']);
});

test('an agent takes part that performs, assists, is passed the work, or stands in', () => {
  const workflow = workflowOf(
    flow(
      `first: { task: F, by: anna, assisted-by: [bot], next: last }
last: { task: L, by: robot, escalate: [{ to: carl, after: 1h }] }`,
    ).replace('  robot:', '  carl: { kind: human, backup: spare }\n  spare: { kind: agent, fallback: bot }\n  robot:'),
  );
  const agents = (id: string) => {
    const step = workflow.steps.get(id);
    return step && agentsIn(step, workflow).map((agent) => agent.id);
  };
  assert.deepEqual(agents('first'), ['bot']);
  assert.deepEqual(agents('last'), ['spare', 'bot']);
});

test('steps that share a log share its gap', () => {
  const workflow = workflowOf(
    flow(
      `first: { task: F, by: anna, next: a }
a: { task: A, by: anna, log: { to: book, fields: [case] }, next: b }
b: { task: B, by: anna, log: none, next: c }
c: { task: C, by: anna }`,
      rest,
    ),
  );
  const gaps = logGaps(workflow.steps.values(), (_, { fields }) => (fields.has('actor') ? [] : ['actor']), workflow);
  assert.deepEqual(
    gaps.map(({ steps: of, log }) => `${log.from}: ${of.map(({ id }) => id).join()}`),
    ['defaults: first,c', 'own: a', 'dropped: b'],
  );
});
