// Delegation: what agents may do, and what they are passed on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amplifications, delegationsOf, isCovered, permissionsOf } from '../../src/analysis/delegation.ts';
import { flow } from '../language/parsing.ts';
import { analysesOf } from './graph-reading.ts';

function text(actors: string, step = 'first: { task: T, by: a, next: last }'): string {
  return flow(`${step}\nlast: { end: E }`).replace('  anna:', `${actors}\n  anna:`);
}

/** `a>b: x y` for each delegation that gives more than it may. */
function excess(actors: string): readonly string[] {
  return analysesOf(text(actors))
    .derived(amplifications)
    .map(
      ({ chain, excess: names }) =>
        `${[chain[0]?.from.id, ...chain.map(({ to }) => to.id)].join('>')}: ${names.join(' ')}`,
    );
}

test('permissions are tools, grants and rights on stores, by name; unknown where nothing is declared', () => {
  const { workflow } = analysesOf(
    `${text('  a: { kind: agent, tools: { mail: { effect: none } }, grants: [x, crm.read] }\n  b: { kind: agent }\n  c: { kind: agent }')}stores: { crm: { kind: record, writers: [b], admins: [a] } }\n`,
  );
  const of = (id: string) => {
    const actor = workflow.actors.get(id);
    const permissions = actor && permissionsOf(actor, workflow);
    return permissions && [...permissions].sort();
  };
  assert.deepEqual(of('a'), ['crm.admin', 'crm.read', 'mail', 'x']);
  assert.deepEqual(of('b'), ['crm.write']);
  assert.equal(of('c'), undefined);
});

test('who administers a store may do everything on it', () => {
  assert.ok(isCovered('crm.delete', new Set(['crm.admin'])));
  assert.ok(!isCovered('crm.delete', new Set(['crm.write', 'other.admin'])));
});

test('delegations come from declarations and from steps, where those of a declaration bring its terms', () => {
  const step = 'first: { task: T, by: a, mode: ai-executed, delegates-to: [b, c], detached: true, next: last }';
  const actors =
    '  a: { kind: agent, delegates: [{ to: b, grants: [x], max-depth: 1, max-parallel: 2 }] }\n  b: { kind: agent }\n  c: { kind: agent }';
  const all = delegationsOf(analysesOf(text(actors, step)).workflow);
  assert.deepEqual(
    all.map(({ from, to, step: at, grants, maxDepth, maxParallel, detached }) =>
      [from.id, to.id, at ?? '', [...(grants ?? [])].join(), maxDepth, maxParallel, detached].join(' '),
    ),
    ['a b  x 1 2 false', 'a b first x 1 2 true', 'a c first    true'],
  );
});

test('a bound meets over all who pass work on, and over undeclared agents in between', () => {
  assert.deepEqual(
    excess(`  a: { kind: agent, grants: [x, y], delegates: [{ to: m }] }
  b: { kind: agent, grants: [y, z], delegates: [{ to: m }] }
  m: { kind: agent, delegates: [{ to: d }] }
  d: { kind: agent, grants: [x, y] }`),
    ['b>m>d: x'],
  );
  assert.deepEqual(
    excess(`  a: { kind: agent, grants: [x], delegates: [{ to: b }] }
  b: { kind: agent, delegates: [{ to: c }] }
  c: { kind: agent, delegates: [{ to: b }, { to: d }] }
  d: { kind: agent, grants: [x, y] }`),
    ['a>b>c>d: y'],
  );
});

test('circles of agents that declare nothing end, and prove nothing', () => {
  assert.deepEqual(
    excess(`  a: { kind: agent, delegates: [{ to: b }, { to: a }] }\n  b: { kind: agent, delegates: [{ to: a }] }`),
    [],
  );
});
