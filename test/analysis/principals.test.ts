// Who is behind a step: holders of roles, named people, and the closure of an agent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Principal, principalsOf, reasonsOf } from '../../src/analysis/principals.ts';
import { flow } from '../language/parsing.ts';
import { analysesOf, nodeNamed } from './graph-reading.ts';

/** Two steps after each other, `first` and `second`, performed as `one` and `two` say. */
function pair(actors: string, one: string, two: string): string {
  const steps = `first: { task: T, ${one}, next: second }\nsecond: { approval: S, ${two}, next: last }\nlast: { end: E }`;
  return flow(steps).replace('  anna:', `${actors}\n  anna:`);
}

/** `key certainly` or `key possibly`, with the chains; undefined where the two are different people. */
function shared(actors: string, one: string, two: string, names = ['first', 'second']): string | undefined {
  const analyses = analysesOf(pair(actors, one, two));
  const [first, second] = names.map((name) => nodeNamed(analyses, name));
  assert.ok(first && second);
  const found = analyses.derived(principalsOf).shared(first, second);
  if (!found) return undefined;
  const why = [...reasonsOf(found.first), ...reasonsOf(found.second)].join(', ');
  return `${found.key} ${found.certain ? 'certainly' : 'possibly'}${why ? `: ${why}` : ''}`;
}

test('one role is one principal: certainly with one holder, possibly with several or where nobody says how many', () => {
  assert.equal(shared('  clerk: { kind: human, holders: 1 }', 'by: clerk', 'by: clerk'), 'role:clerk certainly');
  assert.equal(shared('  clerk: { kind: human, holders: 3 }', 'by: clerk', 'by: clerk'), 'role:clerk possibly');
  assert.equal(shared('  clerk: { kind: human }', 'by: clerk', 'by: clerk'), 'role:clerk possibly');
  assert.equal(shared('  clerk: { kind: human, holders: 0 }', 'by: clerk', 'by: clerk'), undefined);
});

test('holders given as a number are other people than those of another role; one listed in both is the same', () => {
  const roles = (clerk: string, lead: string) =>
    `  clerk: { kind: human, holders: ${clerk} }\n  lead: { kind: human, holders: ${lead} }`;
  const ask = (clerk: string, lead: string) => shared(roles(clerk, lead), 'by: clerk', 'by: lead');
  assert.equal(ask('3', '1'), undefined);
  assert.equal(ask('[ada, ben]', '[cleo]'), undefined);
  assert.equal(ask('[ada, ben]', '2'), undefined);
  assert.equal(ask('[ada, ben]', '[ben]'), 'person:ben possibly');
  assert.equal(ask('[ben]', '[ben]'), 'person:ben certainly');
});

test('a team is also its lead, and not everyone who belongs to it', () => {
  const team =
    '  office: { kind: team, lead: lead, holders: 4 }\n  lead: { kind: human, team: office, holders: 1 }\n  clerk: { kind: human, team: office, holders: 3 }';
  assert.equal(shared(team, 'by: office', 'by: lead'), "role:lead possibly: 'lead' leads 'office'");
  assert.equal(shared(team, 'by: office', 'by: clerk'), undefined);
  assert.equal(shared(team, 'by: office', 'by: office'), 'role:office possibly');
});

test('behind an agent stand its sponsor, whom it acts for, who shares its identity and who delegates to it', () => {
  const people = '  lead: { kind: human, holders: 1 }\n  clerk: { kind: human, holders: 2 }';
  const agent = (keys: string) => `${people}\n  a: { kind: agent, ${keys} }`;
  assert.equal(shared(agent('sponsor: lead'), 'by: a', 'by: lead'), "role:lead certainly: 'lead' sponsors 'a'");
  assert.equal(shared(agent('sponsor: lead'), 'by: a', 'by: clerk'), undefined);
  assert.equal(
    shared(agent('on-behalf-of: clerk'), 'by: a', 'by: clerk'),
    "role:clerk possibly: 'a' acts on behalf of 'clerk'",
  );
  assert.equal(shared(agent('sponsor: lead, on-behalf-of: self'), 'by: a', 'by: clerk'), undefined);
  const same = `${agent('identity: svc')}\n  robot2: { kind: system, identity: svc }`;
  assert.equal(shared(same, 'by: a', 'by: robot2'), 'identity:svc certainly');
  const twins = `${agent('identity: svc')}\n  b: { kind: agent, identity: svc, sponsor: lead }`;
  assert.equal(
    shared(twins, 'by: a', 'by: lead'),
    "role:lead certainly: 'a' and 'b' share an identity, 'lead' sponsors 'b'",
  );
});

test('a delegator counts where it works in this flow, by its declaration or by the step', () => {
  const agents =
    '  lead: { kind: human, holders: 1 }\n  a: { kind: agent, sponsor: lead, delegates: [{ to: b }] }\n  b: { kind: agent }';
  assert.equal(shared(agents, 'by: a', 'by: b'), "agent:a certainly: 'a' delegates to 'b'");
  assert.equal(shared(agents, 'by: b', 'by: lead'), undefined);
  const plain = '  lead: { kind: human, holders: 1 }\n  a: { kind: agent }\n  b: { kind: agent, sponsor: lead }';
  assert.equal(
    shared(plain, 'by: a, delegates-to: [b]', 'by: lead'),
    "role:lead possibly: 'a' delegates to 'b', 'lead' sponsors 'b'",
  );
});

test('an endless circle of delegation and an actor of no kind are no trouble', () => {
  const circle = '  a: { kind: agent, delegates: [{ to: b }] }\n  b: { kind: agent, delegates: [{ to: a }] }';
  assert.equal(shared(circle, 'by: a', 'by: b'), "agent:a certainly: 'a' delegates to 'b'");
  assert.equal(shared('  a: { holders: 1 }', 'by: a', 'by: a'), undefined);
  assert.equal(shared('', 'by: nobody', 'by: nobody'), undefined);
});

test('a backup, a fallback and an escalation are behind their own node of the step', () => {
  const roles = '  lead: { kind: human, holders: 1 }\n  clerk: { kind: human, holders: 2, backup: lead }';
  assert.equal(shared(roles, 'by: clerk', 'by: lead'), undefined);
  assert.equal(shared(roles, 'by: clerk', 'by: lead', ['first/backup', 'second']), 'role:lead certainly');
});

test('one of several performers is only possibly the one', () => {
  const roles = '  lead: { kind: human, holders: 1 }\n  clerk: { kind: human, holders: 1 }';
  assert.equal(shared(roles, 'by: [clerk, lead]', 'by: lead'), 'role:lead possibly');
});

test('distinct-from keeps roles apart, on either side, and a judge from who performed the step it names', () => {
  const roles = (keys: string) =>
    `  clerk: { kind: human, holders: [ada, ben]${keys} }\n  lead: { kind: human, holders: [ben, cleo] }`;
  assert.equal(shared(roles(''), 'by: clerk', 'by: lead'), 'person:ben possibly');
  assert.equal(shared(roles(', distinct-from: [lead]'), 'by: clerk', 'by: lead'), undefined);
  assert.equal(shared(roles(', distinct-from: [lead]'), 'by: lead', 'by: clerk'), undefined);
  assert.equal(shared(roles(''), 'by: clerk', 'by: clerk, distinct-from: [first]'), undefined);
  const sponsored = '  lead: { kind: human, holders: 1 }\n  a: { kind: agent, sponsor: lead }';
  assert.ok(shared(sponsored, 'by: a', 'by: lead, distinct-from: [first]'), 'the sponsor did not perform the step');
});

test('a supplier or someone outside is one party', () => {
  assert.equal(shared('  shop: { kind: vendor }', 'by: shop', 'by: shop'), 'vendor:shop certainly');
});

test('every chain begins with a performer of the step', () => {
  const text = pair('  lead: { kind: human, holders: 1 }\n  a: { kind: agent, sponsor: lead }', 'by: a', 'by: lead');
  const analyses = analysesOf(text);
  const principals: readonly Principal[] = analyses.derived(principalsOf).of(nodeNamed(analyses, 'first'));
  assert.deepEqual(
    principals.map(({ key, chain }) => `${key}: ${chain.map(({ relation }) => relation).join(' > ')}`),
    ['agent:a: performer', 'role:lead: performer > sponsor'],
  );
});
