// An agent that changed since an earlier revision is evaluated anew; what is no change asks for nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules } from '../../support/check.ts';

const { check, findingsOf } = forRules('improvement/change-without-reeval');

const base = `aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml]
review: { every: 90d, last: 2026-01-01, by: owner }
actors:
  writer:
    kind: agent
    sponsor: ai-lead
    autonomy: L2
    instructions: Be kind.
    model: { provider: example, id: m, version: "1" }
    tools: { mail: { version: "1" } }
  idle: { kind: agent, sponsor: ai-lead, autonomy: L2 }
evidence:
  - { ref: eval-1, of: writer, model: "m@1", date: 2026-01-01 }
start: { next: write }
steps:
  write: { task: Write, by: writer, mode: ai-executed, reads: [claim], writes: [offer], next: finish, on: { error: finish, unavailable: finish } }
  finish: { end: Finished }
`;

function said(...changes: readonly (readonly [from: string, to: string])[]): readonly string[] {
  let text = base;
  for (const [from, to] of changes) {
    assert.ok(text.includes(from), from);
    text = text.replace(from, to);
  }
  return findingsOf(text, { base }).map(({ message }) => /has another (.*?)\. Evaluate/.exec(message)?.[1] ?? message);
}

const neither = 'and there is no new evaluation and no new review of the design';
const evaluated = [
  'date: 2026-01-01 }\nstart',
  'date: 2026-01-01 }\n  - { ref: eval-2, of: writer, model: "m@2", date: 2026-05-01 }\nstart',
] as const;
const reviewed = ['last: 2026-01-01', 'last: 2026-05-02'] as const;

test('another model, instructions, tools, data or autonomy without a new evaluation and review', () => {
  assert.deepEqual(said(['version: "1" }\n    tools', 'version: "2" }\n    tools']), [`model, ${neither}`]);
  assert.deepEqual(said(['Be kind.', 'Be brief.']), [`instructions, ${neither}`]);
  assert.deepEqual(said(['mail: { version: "1" }', 'mail: { version: "2" }']), [`tools, ${neither}`]);
  assert.deepEqual(said(['reads: [claim]', 'reads: [claim, letter]']), [`data, ${neither}`]);
  assert.deepEqual(said(['autonomy: L2\n', 'autonomy: L3\n'], ['Be kind.', 'Be brief.']), [
    `instructions and autonomy, ${neither}`,
  ]);
});

test('new evidence of the model as it is now, and a review of the design since, are enough; half of it is not', () => {
  const changed = ['id: m, version: "1"', 'id: m, version: "2"'] as const;
  assert.deepEqual(said(changed, evaluated, reviewed), []);
  assert.deepEqual(said(changed, evaluated), ['model, and there is no new review of the design']);
  assert.deepEqual(said(changed, reviewed), ['model, and there is no new evaluation']);
  const ofOld = [evaluated[0], evaluated[1].replace('m@2', 'm@1')] as const;
  assert.deepEqual(said(changed, reviewed, ofOld), ['model, and there is no new evaluation']);
});

test('it stands at the agent; of an imported one where this file names it', () => {
  const main = `aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml]
start: { next: write }
steps:
  write: { task: Write, by: bot, mode: ai-executed, reads: [claim], next: finish, on: { error: finish, unavailable: finish } }
  #                         ^^^ error improvement/change-without-reeval: 'bot' has another data, and there is no new evaluation. Evaluate it as it is now and add the result under 'evidence'.
  finish: { end: Finished }
`;
  check(main, { base: main.replace('reads: [claim], ', '') });
});

test('silent: no earlier revision, no change, the order of tools, an agent that does nothing here, a new agent', () => {
  assert.deepEqual(findingsOf(base), []);
  assert.deepEqual(said(), []);
  assert.deepEqual(
    said([
      'idle: { kind: agent, sponsor: ai-lead, autonomy: L2 }',
      'idle: { kind: agent, sponsor: ai-lead, autonomy: L3 }',
    ]),
    [],
  );
  assert.deepEqual(said(['by: writer, mode', 'by: bot, mode']), []);
  const two = base.replace(
    'tools: { mail: { version: "1" } }',
    'tools: { mail: { version: "1" }, fax: { version: "1" } }',
  );
  const swapped = base.replace(
    'tools: { mail: { version: "1" } }',
    'tools: { fax: { version: "1" }, mail: { version: "1" } }',
  );
  assert.deepEqual(findingsOf(swapped, { base: two }), []);
});

test('a text that YAML cannot read whole, now or before, is not compared', () => {
  assert.deepEqual(findingsOf(base.replace('Be kind.', 'Be brief.'), { base: `${base}stop: {` }), []);
});
