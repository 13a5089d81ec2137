// Putting steps together: what stands for what, which ways stay, and that opening a group gives back its steps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { collapse, type Grouping, groupings } from '../../src/picture/collapse.ts';
import type { Picture, PictureEdge, PictureNode } from '../../src/picture/picture.ts';

const node = (id: string, lane: string, more: Partial<PictureNode> = {}): PictureNode => ({
  id,
  lane,
  title: id,
  kind: 'task',
  performer: 'human',
  ...more,
});
const edge = (id: string, from: string, to: string, more: Partial<PictureEdge> = {}): PictureEdge => ({
  id,
  from,
  to,
  kind: 'normal',
  handoff: 'none',
  ...more,
});

const claim: Picture = {
  title: 'Claim',
  lanes: [
    { id: 'clerk', title: 'Clerk', kind: 'human' },
    { id: 'writer', title: 'Writer', kind: 'agent' },
  ],
  nodes: [
    node('start:0', 'clerk', { kind: 'start' }),
    node('look', 'clerk', { phase: 'Intake' }),
    node('sort', 'clerk', { phase: 'Intake' }),
    node('answer', 'writer', { kind: 'scope' }),
    node('draft', 'writer', { scope: 'answer', phase: 'Reply' }),
    node('polish', 'writer', { scope: 'answer', phase: 'Reply' }),
    node('done', 'clerk', { kind: 'end' }),
  ],
  edges: [
    edge('a', 'start:0', 'look'),
    edge('b', 'look', 'sort'),
    edge('c', 'sort', 'answer', { handoff: 'human-ai', label: 'ready' }),
    edge('d', 'answer', 'draft'),
    edge('e', 'draft', 'polish'),
    edge('f', 'polish', 'done', { handoff: 'other' }),
    edge('g', 'draft', 'done', { handoff: 'human-ai', label: 'short' }),
    edge('h', 'look', 'look'),
  ],
};

const drawn = (grouping: Grouping, ...expanded: string[]) => {
  const { picture, counts } = collapse(claim, grouping, new Set(expanded));
  return {
    nodes: picture.nodes.map(({ id }) => id),
    edges: picture.edges.map(({ from, to, label }) => `${from} > ${to}${label ? ` (${label})` : ''}`),
    counts: Object.fromEntries(counts),
  };
};

test('without a grouping the picture is as it was', () => {
  assert.deepEqual(collapse(claim, 'none', new Set()).picture, claim);
});

test('a scope stands for the steps inside it', () => {
  assert.deepEqual(drawn('scope'), {
    nodes: ['start:0', 'look', 'sort', 'answer', 'done'],
    edges: ['start:0 > look', 'look > sort', 'sort > answer (ready)', 'answer > done (short)', 'look > look'],
    counts: { answer: 2 },
  });
});

test('the stronger handoff of joined ways counts', () => {
  const { picture } = collapse(claim, 'scope', new Set());
  assert.equal(picture.edges.find(({ to }) => to === 'done')?.handoff, 'human-ai');
});

test('phases are put together in each lane, and starts and ends stay', () => {
  const { nodes, counts } = drawn('phase');
  assert.deepEqual(nodes, ['start:0', 'phase:Intake@clerk', 'answer', 'phase:Reply@writer', 'done']);
  assert.deepEqual(counts, { 'phase:Intake@clerk': 2, 'phase:Reply@writer': 2 });
});

test('a lane can be one node', () => {
  assert.deepEqual(drawn('actor').counts, { 'actor:@clerk': 2, 'actor:@writer': 3 });
});

test('a group that is opened shows its steps again, and the others stay closed', () => {
  assert.deepEqual(drawn('scope', 'answer').counts, {});
  assert.deepEqual(drawn('phase', 'phase:Intake@clerk').counts, { 'phase:Reply@writer': 2 });
});

test('a call is closed until it is opened, whatever else is put together', () => {
  const nodes = [node('pay', 'clerk', { kind: 'call' }), node('pay/send', 'clerk', { scope: 'pay', phase: 'Intake' })];
  const picture = { ...claim, nodes, edges: [edge('a', 'pay', 'pay/send')] };
  for (const grouping of ['none', 'scope', 'phase', 'actor'] as const)
    assert.deepEqual(collapse(picture, grouping, new Set()).picture.nodes.length, 1, grouping);
  assert.equal(collapse(picture, 'none', new Set(['pay'])).nodeOf.get('pay/send'), 'pay/send');
});

test('any picture: every node and edge is stood for, nothing points into nowhere', () => {
  const any = fc.record({
    scopes: fc.array(fc.option(fc.nat(8), { nil: undefined }), { minLength: 1, maxLength: 9 }),
    phases: fc.array(fc.constantFrom(undefined, 'A', 'B'), { minLength: 9, maxLength: 9 }),
    edges: fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { maxLength: 20 }),
    grouping: fc.constantFrom(...groupings),
  });
  fc.assert(
    fc.property(any, ({ scopes, phases, edges, grouping }) => {
      const { length } = scopes;
      const nodes = scopes.map((scope, at) =>
        node(`s${at}`, at % 2 ? 'clerk' : 'writer', {
          ...(scope === undefined ? {} : { scope: `s${scope}` }),
          ...(phases[at] === undefined ? {} : { phase: phases[at] }),
        }),
      );
      const all = edges.map(([from, to], at) => edge(`e${at}`, `s${from % length}`, `s${to % length}`));
      const result = collapse({ ...claim, nodes, edges: all }, grouping, new Set());
      const ids = new Set(result.picture.nodes.map(({ id }) => id));
      assert.equal(ids.size, result.picture.nodes.length);
      for (const { id } of nodes) assert.ok(ids.has(result.nodeOf.get(id) ?? ''), id);
      for (const { from, to } of result.picture.edges) assert.ok(ids.has(from) && ids.has(to));
      const kept = new Set(result.picture.edges.map(({ id }) => id));
      for (const { id, from, to } of all) {
        const inside = from !== to && result.nodeOf.get(from) === result.nodeOf.get(to);
        const standsFor = result.edgeOf.get(id);
        assert.ok(standsFor === undefined ? inside || from === to : kept.has(standsFor), id);
      }
    }),
  );
});
