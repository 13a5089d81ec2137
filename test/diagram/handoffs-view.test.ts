// Who gives what to whom: each fact of a contract, ways over points without a performer, and the edges they arrive by.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildDiagram } from '../../src/diagram/build-diagram.ts';
import { handoffsView } from '../../src/diagram/handoffs-view.ts';
import { analysesOf, analysesOfSteps } from '../analysis/graph-reading.ts';
import { checkGolden } from '../support/golden.ts';
import { analysesOfFile, handoffLines, projectWorkflows, viewsOf } from '../support/view-lines.ts';

function check(name: string, steps: string, expected: readonly string[], rest = ''): void {
  test(name, () => assert.deepEqual(handoffLines(viewsOf(analysesOfSteps(steps, rest)).handoffs), expected));
}

/** From the agent to a person who takes it on these terms. */
function checkTerms(terms: string, expected: string, rest = ''): void {
  const steps = `
first: { task: Draft, by: bot, mode: ai-executed, next: second }
second: { task: Check, by: anna, reads: [claim], accepts: ${terms}, next: over }
third: { task: Other, by: anna, next: over }
over: { end: Done }`;
  check(`terms ${terms}`, steps, [`bot in first -> anna in second: ${expected}; human-ai`], rest);
}

checkTerms('{ ack: 1h }', 'claim; confirmed within 1 hour');
checkTerms('{ ack: 1d12h, auto: true }', 'claim; confirmed within 1 day 12 hours; confirmed automatically');
checkTerms('{ ack: claim.amount }', 'claim; confirmed within claim.amount');
checkTerms('{ payload: [offer, claim.amount] }', 'offer, claim.amount; no time to confirm in');
checkTerms(
  '{ ack: 2m, accept-if: claim.ok, owner-until-ack: receiver, on-reject: sender }',
  'claim; confirmed within 2 minutes; owned by the receiver at once; accepted if claim.ok; refused: back to the sender',
);
checkTerms(
  '{ ack: 1w, owner-until-ack: robot, on-reject: third, context: [proposal, limits], channel: mail, instructions: Read it }',
  'claim; confirmed within 1 week; until then owned by robot; refused: to Other; shown with it: proposal, limits; sent by mail; told: Read it',
);
checkTerms(
  'house',
  'claim; confirmed within 3 months; until then owned by the sender',
  'handoffs:\n  house: { ack: 3mo, owner-until-ack: sender }\n',
);
checkTerms('nowhere', '-; the contract is not declared');

check(
  'without a contract, with a deadline, at a condition',
  `
first:
  task: Look
  by: anna
  next:
    - { when: claim.ok, to: second }
    - else: over
second: { task: Book, by: robot, reads: [claim, offer], within: 20m, next: over }
over: { end: Done }`,
  ['anna in first -> robot in second: claim, offer; at claim.ok; no contract; to be done within 20 minutes; other'],
);

check(
  'exceptional ways stand apart from those on which all goes well',
  `
first: { task: Draft, by: bot, mode: ai-executed, next: second, on: { error: second, unavailable: second } }
second: { task: Check, by: anna, next: over }
over: { end: Done }`,
  [
    'bot in first -> anna in second: -; no contract; human-ai',
    'bot in first -> anna in second: -; at error, unavailable; no contract; human-ai; exceptional',
  ],
);

check(
  'every step that hands over has a row, over points without a performer as well',
  `
first: { task: One, by: anna, next: fork }
fork:
  route: Which?
  next:
    - { label: again, to: more }
    - { label: on, to: third }
more: { task: Two, by: anna, next: fork }
third: { task: Book, by: robot, next: over }
over: { end: Done }`,
  [
    'anna in first -> robot in third: -; at on; no contract; other',
    'anna in more -> robot in third: -; at on; no contract; other',
  ],
);

check(
  'any one of several hands over, and within one role nobody does',
  `
first: { task: One, by: [anna, client], next: second }
second: { task: Two, by: [bot, robot], next: third }
third: { task: Three, by: bot, mode: ai-executed, next: over }
over: { end: Done }`,
  ['anna|client in first -> bot|robot in second: -; no contract; human-ai'],
);

test('a fallback hands over in its own name', () => {
  const { handoffs } = viewsOf(
    analysesOf(`aiwf: 1
workflow: test
actors:
  anna: { kind: human }
  robot: { kind: system }
  bot: { kind: agent, sponsor: anna, fallback: robot }
start: { next: first }
steps:
  first: { task: Draft, by: bot, mode: ai-executed, next: second }
  second: { task: Book, by: anna, next: over }
  over: { end: Done }`),
  );
  assert.deepEqual(handoffLines(handoffs), [
    'bot in first -> anna in second: -; no contract; human-ai',
    'robot in first -> anna in second: -; no contract; other',
  ]);
  assert.deepEqual(
    handoffs.lanes.map(({ id, kind }) => `${id} ${kind}`),
    ['bot agent', 'anna human', 'robot system'],
  );
});

test('each row names the edge of the picture by which the work arrives, and lanes of its own', () => {
  for (const path of projectWorkflows) {
    const analyses = analysesOfFile(path);
    const diagram = buildDiagram(analyses);
    const { rows, lanes } = handoffsView(analyses, diagram);
    const edges = new Map(diagram.edges.map((edge) => [edge.id, edge]));
    const known = new Set(lanes.map(({ id }) => id));
    for (const { edge, from, to, fromNode, toNode } of rows) {
      const where = `${path}: ${fromNode.id} -> ${toNode.id}`;
      assert.ok(edge !== undefined, where);
      assert.equal(edges.get(edge)?.to, toNode.id, where);
      assert.ok(known.has(from) && known.has(to) && from !== to, where);
    }
    // Every handoff that the analysis knows is in the view.
    for (const { senders, receiver } of analyses.handoffs)
      assert.ok(
        rows.some((row) => row.from === senders[0]?.id && row.toNode.id === receiver.step?.id),
        `${path}: ${senders[0]?.id} -> ${receiver.step?.id}`,
      );
  }
});

test('handoffs of an example', () => {
  const { handoffs } = viewsOf(analysesOfFile('examples/warranty-return.aiwf.yaml'));
  checkGolden('test/golden/views/handoffs.txt', `${handoffLines(handoffs).join('\n')}\n`);
});
