// Who writes and reads which data, and where the output of AI goes: reviewed before, reviewed there, or not on some way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analysesOf } from '../analysis/graph-reading.ts';
import { checkGolden } from '../support/golden.ts';
import { analysesOfFile, dataLines, viewsOf } from '../support/view-lines.ts';

const head = `aiwf: 1
workflow: test
accountable: anna
actors:
  anna: { kind: human, holders: 2 }
  ben: { kind: human, holders: 1 }
  bot: { kind: agent, sponsor: anna, tools: { look: { effect: none, returns: [found] } } }
  robot: { kind: system }
  client: { kind: external }
stores:
  archive: { kind: record, title: The archive }
events:
  answered: { kind: message, from: client, gives: [claim] }
`;

function check(name: string, body: string, expected: readonly string[]): void {
  test(name, () => {
    const { data } = viewsOf(analysesOf(head + body.replace(/^\n/, '')));
    assert.deepEqual(dataLines(data), expected);
  });
}

function checkFacts(declared: string, expected: string): void {
  check(
    `declared as ${declared}`,
    `data:\n  claim: ${declared}\nstart: { next: first }\nsteps:\n  first: { end: Done }`,
    [`claim: ${expected}`],
  );
}

checkFacts('{}', 'no class');
checkFacts(
  '{ class: special-category, labels: [deep-fake, other], media: [image], trust: untrusted, origin: [ai, human] }',
  'special-category; labels: deep-fake, other; medium: image; cannot be relied on; declared origin: ai, human',
);
checkFacts(
  '{ class: public, trust: trusted, purpose: [billing], retain: { min: 1y, max: 7y }, store: archive, trusted-record: true }',
  'public; can be relied on; purpose: billing; kept at least 1 year; kept at most 7 years; lives in The archive; master record',
);
checkFacts(
  '{ retain: 30d, optional: true, basis: { ref: Art. 9 } }',
  'no class; kept at most 30 days; may be missing; legal basis: Art. 9',
);
checkFacts('{ optional: false }', 'no class');

check(
  'given at the start, read, sent, copied, written',
  `
data: { claim: { class: personal }, letter: { class: internal } }
start: { on: message, from: client, gives: [claim], next: first }
steps:
  first: { task: Write, by: robot, reads: [claim], writes: [letter], log: { to: archive, fields: [claim] }, next: second }
  second:
    task: Send
    by: anna
    effects: [{ kind: message, to: client, uses: [letter] }]
    next: over
  over: { end: Done }`,
  [
    'claim: personal; copied to The archive',
    '  in: client gives in start:0',
    '  out: robot reads in first',
    'letter: internal',
    '  in: robot writes in first',
    '  out: client sent in second',
  ],
);

check(
  'brought by an event that a wait goes on with, shown by a tool, handed over by a contract',
  `
data: { claim: {}, found: {}, note: {} }
start: { next: first }
steps:
  first: { wait: Wait, on: { answered: second, timeout: over }, within: 1d }
  second: { task: Draft, by: bot, mode: ai-executed, uses: [look], next: third }
  third: { task: Check, by: anna, accepts: { payload: [note], ack: 1h }, next: over }
  over: { end: Done }`,
  [
    'claim: no class',
    '  in: client gives in first',
    'found: no class',
    '  out: bot shown in second',
    'note: no class',
    '  out: anna handed in third',
  ],
);

const publish = 'effects: [{ kind: publish, external: true, uses: [text] }]';

check(
  'output of AI that is approved before it goes out',
  `
data: { text: {} }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [text], next: check }
  check: { approval: Check, by: ben, covers: [text], on: { approve: out, modify: over, reject: over } }
  out: { task: Publish, by: robot, ${publish}, next: over }
  over: { end: Done }`,
  [
    'text: no class',
    '  in: bot writes in draft',
    '  out: ben reads in check',
    '  ai: made in draft; check of ben reviewed here; out of robot reviewed before',
  ],
);

check(
  'a timeout past the approval is enough for it not to be reviewed always',
  `
data: { text: {} }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [text], next: check }
  check: { approval: Check, by: ben, covers: [text], within: 1d, on: { approve: out, modify: over, reject: over, timeout: out } }
  out: { task: Publish, by: robot, ${publish}, next: over }
  over: { end: Done }`,
  [
    'text: no class',
    '  in: bot writes in draft',
    '  out: ben reads in check',
    '  ai: made in draft; check of ben reviewed here; out of robot reviewed none',
  ],
);

check(
  'what AI made goes on in what others make of it, and ends where people write anew',
  `
data: { text: {}, digest: {}, own: {} }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [text], next: sum }
  sum: { task: Sum up, by: robot, reads: [text], writes: [digest], next: write }
  write: { task: Write, by: anna, reads: [digest], writes: { own: [] }, next: use }
  use: { task: Use, by: robot, reads: [own], next: over }
  over: { end: Done }`,
  [
    'text: no class',
    '  in: bot writes in draft',
    '  out: robot reads in sum',
    '  ai: made in draft; sum of robot reviewed none',
    'digest: no class',
    '  in: robot writes in sum',
    '  out: anna reads in write',
    '  ai: derived in sum; write of anna reviewed none',
    'own: no class',
    '  in: anna writes in write',
    '  out: robot reads in use',
  ],
);

check(
  'an AI that publishes what it wrote there and then',
  `
data: { text: {} }
start: { next: draft }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, writes: [text], ${publish}, next: over }
  over: { end: Done }`,
  ['text: no class', '  in: bot writes in draft', '  ai: made in draft; draft of bot reviewed none'],
);

check(
  'steps that no case reaches do nothing',
  `
data: { text: {} }
start: { next: over }
steps:
  draft: { task: Draft, by: bot, mode: ai-executed, reads: [text], writes: [text], next: over }
  over: { end: Done }`,
  ['text: no class'],
);

check(
  'what a sub-workflow or someone unknown writes has no actor',
  `
data: { text: {}, note: {} }
start: { next: first }
steps:
  first: { call: other, returns: { text: result }, next: second }
  second: { wait: Wait, until: message, within: 1d, writes: [note], on: { timeout: over }, next: over }
  over: { end: Done }`,
  ['text: no class', '  in: ? writes in first', 'note: no class', '  in: ? writes in second'],
);

test('data of an example', () => {
  const { data } = viewsOf(analysesOfFile('examples/agentic-bug-fix.aiwf.yaml'));
  checkGolden('test/golden/views/data.txt', `${dataLines(data).join('\n')}\n`);
});
