// Who is responsible, accountable, consulted and informed: where each role comes from, and who has none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analysesOfSteps } from '../analysis/graph-reading.ts';
import { checkGolden } from '../support/golden.ts';
import { analysesOfFile, responsibilityLines, viewsOf } from '../support/view-lines.ts';

function check(name: string, steps: string, expected: readonly string[]): void {
  test(name, () => assert.deepEqual(responsibilityLines(viewsOf(analysesOfSteps(steps)).responsibilities), expected));
}

check('the workflow answers for what names nobody', 'first: { task: Work, by: robot }', [
  'first: anna accountable*, robot responsible',
]);
check('its own accountable', 'first: { task: Work, by: [robot, bot], accountable: client }', [
  'first: bot responsible, client accountable, robot responsible',
]);
check('consulted and informed', 'first: { task: Work, by: anna, consulted: [client], informed: [robot, client] }', [
  'first: anna accountable*, anna responsible, client consulted, client informed, robot informed',
]);
check(
  'how AI takes part, who helps and who decides',
  `
first: { task: Work, by: anna, assisted-by: bot, mode: ai-augmented, next: second }
second: { task: Work, by: [anna, bot], mode: collaborative, decides: anna }`,
  [
    'first (ai-augmented): anna accountable*, anna responsible, bot supports',
    'second (collaborative, anna decides): anna accountable*, anna responsible, bot responsible',
  ],
);
check(
  'people verify what an AI made, and nothing else',
  `
first: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: second }
second: { review: Look, by: anna, reviews: [claim], next: third }
third: { approval: Check, by: anna, covers: [offer], next: over }
over: { end: Done }`,
  [
    'first (ai-executed): anna accountable*, bot responsible',
    'second: anna accountable*, anna responsible',
    'third: anna accountable*, anna responsible, anna verifies',
  ],
);
check(
  'nobody answers for a point or an end that names no one; a wait has someone',
  `
first: { route: On, next: second }
second: { wait: Wait, for: 1d, next: third }
third: { end: Done, informed: client }`,
  ['second: anna accountable*', 'third: client informed'],
);
check(
  'names that nothing declares have no column',
  'first: { task: Work, by: ghost, accountable: ghost, informed: anna }',
  ['first: anna informed'],
);

test('steps stand in the order of the flow, whatever the order of the file', () => {
  const { responsibilities } = viewsOf(
    analysesOfSteps(`
last: { task: Three, by: anna }
second: { task: Two, by: anna, next: last }
first: { task: One, by: anna, next: second }`),
  );
  assert.deepEqual(
    responsibilities.rows.map(({ step }) => step),
    ['first', 'second', 'last'],
  );
});

test('responsibilities of an example', () => {
  const { responsibilities } = viewsOf(analysesOfFile('examples/clinical-trial-recruitment.aiwf.yaml'));
  checkGolden('test/golden/views/responsibilities.txt', `${responsibilityLines(responsibilities).join('\n')}\n`);
});
