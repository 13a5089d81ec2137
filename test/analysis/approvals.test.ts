// Approvals and reviews as facts about data: made at a judge's outcome, lost by a later write, carried by equalities.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admissionOf } from '../../src/analysis/admission.ts';
import { unreviewedAiOutput } from '../../src/analysis/ai-output.ts';
import type { Analyses } from '../../src/analysis/analyses.ts';
import { approvalsOf } from '../../src/analysis/approval-facts.ts';
import { anyData, type Requirement } from '../../src/analysis/approvals.ts';
import { effectsOf } from '../../src/analysis/effects.ts';
import { flow } from '../language/parsing.ts';
import { analysesOf, analysesOfSteps, nodeNamed, nodeShown } from './graph-reading.ts';

function approvals(analyses: Analyses, ...requirements: readonly Requirement[]) {
  const { workflow, conditions, graph, dominators } = analyses;
  return approvalsOf(requirements, workflow, conditions, graph, dominators);
}

/** Whether `path` is approved (or reviewed) on all paths where `last` begins. */
function isApproved(
  steps: string,
  path: string,
  by: Requirement['by'] = 'approval',
  analyses = analysesOfSteps(steps),
): boolean {
  return approvals(analyses, { path, by }).holds({ path, by }, nodeNamed(analyses, 'last'));
}

const approve = (covers: string, on = 'approve: last, modify: out, reject: out', more = '') =>
  `first: { approval: A, by: anna, covers: [${covers}]${more}, on: { ${on} } }\nout: { end: O }\nlast: { task: L, by: robot, next: out, on: { error: out } }`;

test('an approval holds for exactly what it covers, and all of it', () => {
  assert.equal(isApproved(approve('claim'), 'claim'), true);
  assert.equal(isApproved(approve('claim'), 'claim.amount'), true);
  assert.equal(isApproved(approve('claim.amount'), 'claim'), false);
  assert.equal(isApproved(approve('claim.amount'), 'claim.amount'), true);
  assert.equal(isApproved(approve('claim.ok'), 'claim.amount'), false);
  assert.equal(isApproved(approve('offer'), 'claim'), false);
  assert.equal(isApproved(approve('offer'), anyData), true);
});

test('only approve approves: modify, a timeout and a choice past it do not', () => {
  assert.equal(isApproved(approve('claim', 'approve: last, modify: last, reject: out'), 'claim'), false);
  assert.equal(
    isApproved(approve('claim', 'approve: last, modify: out, reject: out, timeout: last', ', within: 1d'), 'claim'),
    false,
  );
});

test('an AI, and someone without authority, approves nothing', () => {
  assert.equal(isApproved(approve('claim').replace('by: anna', 'by: bot'), 'claim'), false);
  const withAuthority = (authority: string) =>
    analysesOf(flow(approve('claim')).replace('holders: 2', `holders: 2, authority: ${authority}`));
  assert.equal(isApproved('', 'claim', 'approval', withAuthority('{ approve: true }')), true);
  assert.equal(isApproved('', 'claim', 'approval', withAuthority('{ approve: false }')), false);
  assert.equal(isApproved('', 'claim', 'approval', withAuthority('{ reject: true }')), false);
});

const between = (step: string) => `${approve('claim', 'approve: mid, modify: out, reject: out')}\nmid: ${step}`;

test('a later write ends an approval: to the data, a part of it, or what it derives from', () => {
  assert.equal(isApproved(between('{ task: M, by: anna, next: last }'), 'claim'), true);
  assert.equal(isApproved(between('{ task: M, by: anna, writes: [offer], next: last }'), 'claim'), true);
  assert.equal(isApproved(between('{ task: M, by: anna, writes: [claim], next: last }'), 'claim'), false);
  assert.equal(isApproved(between('{ task: M, by: anna, writes: [claim.amount], next: last }'), 'claim'), false);
  assert.equal(isApproved(between('{ task: M, by: anna, writes: [claim.ok], next: last }'), 'claim.amount'), true);
  const derives = '\nearlier: { task: E, by: anna, reads: [offer], writes: [claim], next: first }';
  assert.equal(
    isApproved(`${between('{ task: M, by: anna, writes: [offer], next: last }')}${derives}`, 'claim'),
    false,
  );
});

test('a write that may or may not have happened ends an approval as well', () => {
  assert.equal(
    isApproved(between('{ task: M, by: robot, writes: [claim], next: out, on: { error: last } }'), 'claim'),
    false,
  );
});

test('a judge who modifies ends an approval made before', () => {
  const steps = `${approve('claim', 'approve: mid, modify: out, reject: out')}\nmid: { approval: M, by: anna, covers: [claim], on: { approve: out, modify: last, reject: out } }`;
  assert.equal(isApproved(steps, 'claim'), false);
  assert.equal(
    isApproved(steps.replace('modify: last, reject: out', 'modify: out, reject: last'), 'claim'),
    true,
    'whoever refuses changes nothing',
  );
});

test('an approval within the step that wrote the data counts', () => {
  assert.equal(isApproved(approve('claim', undefined, ', writes: [claim]'), 'claim'), true);
});

test('what a person ensures to be equal takes over the approval, unless the step rewrites its source', () => {
  const ensuring = (more: string, by = 'anna') =>
    between(`{ task: M, by: ${by}, ensures: [offer.amount == claim.amount], ${more}next: last, on: { error: out } }`);
  assert.equal(isApproved(ensuring('writes: [offer], '), 'offer.amount'), true);
  assert.equal(isApproved(ensuring('writes: [offer], ', 'bot'), 'offer.amount'), false);
  assert.equal(isApproved(ensuring('writes: [offer, claim], '), 'offer.amount'), false);
  assert.equal(isApproved(ensuring('writes: [offer], '), 'offer'), false);
});

test('equalities carry approvals however many other requirements there are', () => {
  const analyses = analysesOfSteps(
    between('{ task: M, by: anna, ensures: [offer.amount == claim.amount], writes: [offer], next: last }'),
  );
  const many: Requirement[] = Array.from({ length: 29 }, (_, i) => ({ path: `claim.f${i}`, by: 'approval' }));
  const wanted: Requirement = { path: 'offer.amount', by: 'approval' };
  assert.equal(approvals(analyses, ...many, wanted).holds(wanted, nodeNamed(analyses, 'last')), true);
});

test('a review counts where a look is enough, at every outcome at which there was one', () => {
  const review = (on: string, more = '') =>
    `first: { review: R, by: anna, reviews: [claim]${more}, on: { ${on} } }\nout: { end: O }\nlast: { task: L, by: robot, next: out, on: { error: out } }`;
  assert.equal(isApproved(review('approve: last, modify: last, reject: last'), 'claim'), false);
  assert.equal(isApproved(review('approve: last, modify: last, reject: last'), 'claim', 'approval-or-review'), true);
  assert.equal(
    isApproved(
      review('approve: last, modify: out, reject: out, timeout: last', ', within: 1d'),
      'claim',
      'approval-or-review',
    ),
    false,
  );
  assert.equal(
    isApproved(
      review('approve: last, modify: out, reject: out').replace('by: anna', 'by: bot'),
      'claim',
      'approval-or-review',
    ),
    false,
  );
});

test('an event that strikes during a review is no review', () => {
  const steps =
    'first: { review: R, by: anna, reviews: [claim], on: { approve: out, modify: out, reject: out } }\nout: { end: O }\nlast: { task: L, by: robot, next: out, on: { error: out } }';
  const events = 'events: { recall: { kind: signal } }\n';
  assert.equal(
    isApproved('', 'claim', 'approval-or-review', analysesOfSteps(steps, `${events}on: { recall: last }\n`)),
    false,
  );
  assert.equal(
    isApproved(
      '',
      'claim',
      'approval-or-review',
      analysesOfSteps(steps.replace('reject: out }', 'reject: out, recall: last }'), events),
    ),
    false,
  );
});

test('the open path to a place is one on which the approval was never made, or was lost', () => {
  const analyses = analysesOfSteps(between('{ task: M, by: anna, writes: [claim], next: last }'));
  const wanted: Requirement = { path: 'claim', by: 'approval' };
  const path = approvals(analyses, wanted).openPath(wanted, nodeNamed(analyses, 'last'));
  assert.deepEqual(
    path?.edges.map(({ to }) => nodeShown(to)),
    ['start', 'first', 'mid', 'last'],
  );
  assert.equal(path?.lost?.from.step?.id, 'mid');
});

function output(steps: string, path: string, rest = ''): string | undefined {
  const analyses = analysesOfSteps(steps, rest);
  const last = nodeNamed(analyses, 'last');
  const unreviewed = unreviewedAiOutput([path], analyses, { isJudged: () => false });
  const found = unreviewed.pathTo(last, [path]);
  assert.equal(unreviewed.reaches(last, [path]), found !== undefined);
  return (
    found &&
    `${found.written} by ${nodeShown(found.author)} over ${found.path.map(({ to }) => nodeShown(to)).join(' ')}`
  );
}

const ai = (writes: string, next: string) =>
  `first: { task: D, by: bot, writes: ${writes}, next: ${next}, on: { error: out, unavailable: out } }\nout: { end: O }\nlast: { task: L, by: anna, next: out }`;

test('what an AI wrote comes to whoever uses it, with the shortest way', () => {
  assert.equal(output(ai('[claim]', 'last'), 'claim'), 'claim by first over last');
  assert.equal(output(ai('[claim]', 'last'), 'claim.amount'), 'claim by first over last');
  assert.equal(output(ai('[claim.amount]', 'last'), 'claim'), 'claim.amount by first over last');
  assert.equal(output(ai('[offer]', 'last'), 'claim'), undefined);
  assert.equal(
    output(
      ai('[claim]', '[{ label: a, to: mid }, { label: b, to: last }]').concat(
        '\nmid: { task: M, by: anna, next: last }',
      ),
      'claim',
    ),
    'claim by first over last',
  );
});

test('it comes through data derived from it, and not through data that a person wrote anew', () => {
  const mid = (step: string) => `${ai('[claim]', 'mid')}\nmid: ${step}`;
  assert.equal(
    output(mid('{ task: M, by: anna, reads: [claim], writes: [offer], next: last }'), 'offer'),
    'claim by first over mid last',
  );
  assert.equal(
    output(mid('{ task: M, by: anna, writes: { offer: [claim.ok] }, next: last }'), 'offer'),
    'claim by first over mid last',
  );
  assert.equal(output(mid('{ task: M, by: anna, writes: [claim], next: last }'), 'claim'), undefined);
  assert.equal(output(mid('{ task: M, by: anna, writes: [claim.amount], next: last }'), 'claim.amount'), undefined);
  assert.equal(
    output(mid('{ task: M, by: anna, writes: [claim.amount], next: last }'), 'claim'),
    'claim by first over mid last',
  );
  assert.equal(
    output(mid('{ task: M, by: robot, writes: [claim], next: out, on: { error: last } }'), 'claim'),
    'claim by first over mid last',
    'an error writes nothing for certain',
  );
});

test('an approval or a review of it closes the way, an unlooked timeout does not', () => {
  const judged = (step: string) => `${ai('[claim]', 'mid')}\nmid: ${step}`;
  assert.equal(
    output(
      judged('{ approval: M, by: anna, covers: [claim], on: { approve: last, modify: out, reject: out } }'),
      'claim',
    ),
    undefined,
  );
  assert.equal(
    output(
      judged('{ review: M, by: anna, reviews: [claim], on: { approve: last, modify: out, reject: last } }'),
      'claim',
    ),
    undefined,
  );
  assert.match(
    output(
      judged(
        '{ review: M, by: anna, reviews: [claim], within: 1d, on: { approve: out, modify: out, reject: out, timeout: last } }',
      ),
      'claim',
    ) ?? '',
    /by first/,
  );
  assert.match(
    output(
      judged('{ approval: M, by: anna, covers: [claim.ok], on: { approve: last, modify: out, reject: out } }'),
      'claim',
    ) ?? '',
    /by first/,
  );
});

test('what an AI could not finish is nowhere; what a receiver refused is there', () => {
  assert.equal(output(ai('[claim]', 'out').replace('error: out', 'error: last'), 'claim'), undefined);
  const refused = ai('[claim]', 'other').concat(
    '\nother: { task: X, by: anna, accepts: { ack: 1h, on-reject: last }, next: out }',
  );
  assert.equal(output(refused, 'claim'), 'claim by first over last');
});

test('a policy admits an effect only where the guards on every path imply its condition', () => {
  const admission = (next: string, more = '') => {
    const analyses = analysesOfSteps(
      `first: { route: F, next: ${next} }\nmid: { task: M, by: anna${more}, next: pay }\npay: { task: P, by: robot, effects: [{ kind: payment, irreversible: true, admitted-by: small }], next: out, on: { error: out } }\nout: { end: O }`,
      'policies: { small: { admits: [payment], when: claim.amount <= 100 && claim.ok } }\n',
    );
    const { workflow } = analyses;
    const node = nodeNamed(analyses, 'pay');
    const effect = node.step && effectsOf(node.step, workflow)[0];
    assert.ok(effect);
    return admissionOf(effect, node, analyses);
  };
  assert.equal(admission('pay'), 'unproved');
  assert.equal(admission('[{ when: claim.amount < 50 && claim.ok, to: pay }, { else: out }]'), 'admitted');
  assert.equal(admission('[{ when: claim.amount < 50, to: pay }, { else: out }]'), 'unproved');
  assert.equal(admission('[{ when: claim.amount < 50 && claim.ok, to: mid }, { else: out }]'), 'admitted');
  assert.equal(
    admission('[{ when: claim.amount < 50 && claim.ok, to: mid }, { else: out }]', ', writes: [claim.amount]'),
    'unproved',
  );
  assert.equal(
    admission('[{ when: claim.amount < 50 && claim.ok, to: mid }, { else: out }]', ', writes: [offer]'),
    'admitted',
  );
  assert.equal(
    admission('[{ when: claim.amount > 100, to: out }, { when: claim.ok, to: pay }, { else: out }]'),
    'admitted',
    'what was not taken before',
  );
  assert.equal(
    admission(
      '[{ when: claim.amount > 100, to: out, max: 2, exhausted: pay }, { when: claim.ok, to: out }, { else: out }]',
    ),
    'unproved',
    'a bound used up says nothing against its condition',
  );
});
