// TARGET in all its forms: a step, branches, splits, links, nested; and what does not go together.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Link, Target } from '../../src/language/parts.ts';
import { checkNoProblem, checkProblem, flow, workflowOf } from './parsing.ts';

const step = (target: string) =>
  flow(`first: { task: T, by: anna, next: ${target} }\na: { end: A }\nb: { end: B }\nc: { end: C }`);
const nextOf = (target: string) => checkNoProblem(step(target)).workflow.steps.get('first')?.fields.next;

/** A target in one line: `a`, `exclusive(a, b)`, `a max 3`. */
function shown(target: Target | undefined): string {
  if (!target) return 'nothing';
  if (target.kind === 'step') return target.step.word ? `word ${target.step.name}` : target.step.name;
  if (target.kind === 'link') return linkShown(target.link);
  return `${target.mode}(${target.links.map(linkShown).join(', ')})`;
}

function linkShown({ to, when, otherwise, label, max, exhausted, share, keep }: Link): string {
  return [
    when && `[${when.text}]`,
    otherwise && 'else',
    shown(to),
    label && `"${label.value}"`,
    max && `max ${max.value}`,
    exhausted && `then ${shown(exhausted)}`,
    share && `${share.value * 100}%`,
    keep?.value && 'keep',
  ]
    .filter(Boolean)
    .join(' ');
}

test('a step, a link, branches and splits are read as written', () => {
  assert.equal(shown(nextOf('a')), 'a');
  assert.equal(
    shown(nextOf('{ to: a, max: 3, exhausted: b, share: 10%, keep: true, label: again }')),
    'a "again" max 3 then b 10% keep',
  );
  assert.equal(
    shown(nextOf('[{ when: claim.ok, to: a }, { when: claim.amount > 3, to: b, share: 25% }, { else: c }]')),
    'exclusive([claim.ok] a, [claim.amount > 3] b 25%, else c)',
  );
  assert.equal(shown(nextOf('[{ label: left, to: a }, { label: right, to: b }]')), 'exclusive(a "left", b "right")');
  assert.equal(shown(nextOf('{ all: [a, b] }')), 'parallel(a, b)');
  assert.equal(shown(nextOf('{ any: [{ when: claim.ok, to: a }, { else: b }] }')), 'inclusive([claim.ok] a, else b)');
});

test('targets nest: a branch may split and a split may branch', () => {
  assert.equal(
    shown(nextOf('[{ when: claim.ok, to: { all: [a, b] } }, { else: c }]')),
    'exclusive([claim.ok] parallel(a, b), else c)',
  );
  assert.equal(
    shown(nextOf('{ all: [a, [{ when: claim.ok, to: b }, { else: c }]] }')),
    'parallel(a, exclusive([claim.ok] b, else c))',
  );
  assert.equal(shown(nextOf('{ all: [a, b], max: 2, exhausted: c }')), 'parallel(a, b) max 2 then c');
});

test('a branch may stand behind an alias', () => {
  const text = step('&n { to: a, max: 2, exhausted: b }').replace(
    'b: { end: B }',
    'b: { task: B, by: anna, next: *n }',
  );
  assert.equal(shown(checkNoProblem(text).workflow.steps.get('b')?.fields.next), 'a max 2 then b');
});

test('a list of bare steps is no choice', () => {
  checkProblem(
    step('[a, b]'),
    '[a, b]',
    /give each branch 'when', 'else' or 'label'\. For parallel work write \{ all: \[…\] \}/,
  );
});

test('open and guarded branches do not mix, and only the last one is else', () => {
  checkProblem(
    step('[{ when: claim.ok, to: a }, { label: x, to: b }]'),
    '{ label: x, to: b }',
    /has no condition, the others have/,
  );
  checkProblem(step('[{ else: a }, { when: claim.ok, to: b }]'), '{ else: a }', /Move 'else' to the end/);
  checkProblem(step('[{ label: x, to: a }, { to: b }]'), '{ to: b }', /needs 'when', 'else' or 'label'/);
  assert.equal(shown(nextOf('[{ label: x, to: a }, { else: b }]')), 'exclusive(a "x", else b)');
});

test('a branch leads somewhere, one way only', () => {
  checkProblem(step('{ max: 3 }'), '{ max: 3 }', /leads nowhere: add 'to'/);
  checkProblem(step('{ to: a, all: [b, c] }'), 'all', /'to' and 'all' exclude each other/);
  checkProblem(step('{ to: a, max: 0 }'), '0', /a whole number, 1 or more/);
});

test('words such as none and sender stand for no step where they may stand', () => {
  const workflow = workflowOf(
    flow(
      'first: { task: T, by: anna, accepts: { ack: 1h, on-reject: sender }, next: a, on: { error: none } }\na: { end: A }',
    ),
  );
  const { fields, accepts, handlers } = workflow.steps.get('first') ?? {};
  const [terms] = accepts?.terms ?? [];
  assert.equal(shown(terms?.onReject), 'word sender');
  assert.equal(shown(fields?.on?.get('error')?.value), 'word none');
  assert.equal(handlers?.size, 0);
});
