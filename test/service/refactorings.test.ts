// Refactorings: what each makes of a text, and why it is refused where it cannot be made.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineStartsOf } from '../../src/language/source.ts';
import { toRange } from '../../src/service/positions.ts';
import { refactoredIn, titlesIn } from '../support/refactored.ts';
import { openMarked } from '../support/service.ts';

const office = `aiwf: 1
workflow: claims
title: Claims
accountable: lead
actors:
  lead: { kind: human, holders: 1 }
  # Works the morning shift.
  clerk: { kind: human, holders: 3 }   # two of them part-time
  customer: { kind: external, clearance: personal }

data:
  claim: { class: personal, trust: trusted, fields: { amount: number } }
  note: { class: internal }
  offer: { class: personal }

start: { on: message, from: customer, gives: [claim], next: register }

steps:
  register: { task: Register, by: clerk, reads: [claim], within: 1d, on: { timeout: late }, next: look }
  # First look at it.
  look:
    task: Look at the claim
    by: clerk
    reads: [claim]
    writes: [note]
    next: write     # and then
  write:
    task: Write the offer
    by: clerk
    reads: [claim, note]
    writes: [offer]
    next: send
  send:
    task: Send the offer
    by: lead
    reads: [offer]
    effects: [{ kind: message, to: customer, external: true, uses: [offer] }]   # by post
    next: done
  late: { end: Too late, outcome: failed, informed: [lead] }
  done: { end: Sent }
`;

/** The office with a cursor in the middle of `before|after`, or a selection between two bars. */
function at(around: string, text = office): string {
  const plain = around.replaceAll('|', '');
  const index = text.indexOf(plain);
  assert.ok(index >= 0 && text.indexOf(plain, index + 1) === -1, `${around} stands there once`);
  return text.replace(plain, () => around.replaceAll('|', '<|>'));
}

/** The office with the text from `from` to `to` selected. */
function selected(from: string, to: string, text = office): string {
  return at(`|${office.slice(office.indexOf(from), office.indexOf(to))}|`, text);
}

function main(files: ReadonlyMap<string, string>): string {
  return files.get('main.aiwf.yaml') ?? '';
}

test('steps with one way in and one way out move to a sub-workflow with the data they need', () => {
  const marked = selected('look:\n', '\n  send:');
  const files = refactoredIn(marked, 'Extract 2 steps');
  const added = `  look-part:
    call: ./main-look.aiwf.yaml
    title: "Look at the claim"
    with: { claim: claim }
    returns: { offer: offer }
    next: send
  send:`;
  assert.ok(main(files).includes(added), main(files));
  assert.match(main(files), /next: look-part \}/);
  assert.match(main(files), /^use: \[\.\/main-shared\.aiwf\.yaml\]$/m);
  assert.equal(
    files.get('main-look.aiwf.yaml'),
    `aiwf: 1
workflow: main-look
title: "Look at the claim"
accountable: lead
use: [./main-shared.aiwf.yaml]

start: { gives: [claim], next: look }

steps:
  # First look at it.
  look:
    task: Look at the claim
    by: clerk
    reads: [claim]
    writes: [note]
    next: write     # and then
  write:
    task: Write the offer
    by: clerk
    reads: [claim, note]
    writes: [offer]
    next: done
  done: { end: Done }
`,
  );
  assert.match(files.get('main-shared.aiwf.yaml') ?? '', /^ {2}# Works the morning shift\.\n {2}clerk: /m);
});

test('steps with two ways out stay, and it is said where they lead', () => {
  const marked = selected('register: {', '\n  write:');
  const [title] = titlesIn(marked, 'refactor.extract');
  assert.match(title ?? '', /Work goes on at .*'late'.*; a sub-workflow has one way out/);
  const last = selected('send:\n', '\n  late:');
  assert.match(titlesIn(last, 'refactor.extract').join(), /Extract 'send' to a sub-workflow/);
  assert.match(titlesIn(at('|done: { end: Sent }|'), 'refactor.extract').join(), /'done' ends the case/);
});

test('an editor that makes no files is told so', () => {
  const marked = selected('look:\n', '\n  send:');
  assert.match(titlesIn(marked, 'refactor.extract', { creates: false }).join(), /does not let a change make a file/);
});

test('defaults that the steps take over are copied, with the way out in them; a time limit is none for a call', () => {
  const optional = office.replaceAll(/(?<=note: \{ class: internal|offer: \{ class: personal)/g, ', optional: true');
  const text = optional
    .replace('start: {', 'defaults: { on: { error: late, timeout: send } }   # for all\nstart: {')
    .replace('writes: [note]', 'writes: [note]\n    within: 2d');
  const part = `${text.slice(text.indexOf('look:\n'), text.indexOf('\n  send:'))}`;
  const files = refactoredIn(
    text.replace(part, () => `<|>${part}<|>`),
    'Extract 2 steps',
  );
  assert.match(files.get('main-look.aiwf.yaml') ?? '', /^defaults:\n {2}on: \{ timeout: done \}\n/m);
  const limited = text.replace('defaults: {', 'defaults: { within: 3d,').replace(part, () => `<|>${part}<|>`);
  assert.match(titlesIn(limited, 'refactor.extract').join(), /time limit that 'defaults' gives/);
});

test('a step that is named by more than the way of work stays', () => {
  const text = `${office}metrics: [{ id: speed, kind: volume, of: write }]\n`;
  const marked = selected('look:\n', '\n  send:', text);
  assert.match(titlesIn(marked, 'refactor.extract').join(), /'write' is named outside of these steps/);
});

test('declarations move to a new library with what they name and their comments', () => {
  const text = office.replace('  clerk: { kind: human,', '  clerk: { kind: human, backup: lead,');
  const files = refactoredIn(at('cl|erk: { kind', text), "Move 'clerk' with 'lead' to the new library");
  assert.equal(
    files.get('main-shared.aiwf.yaml'),
    `aiwf: 1
library: main-shared

actors:
  lead: { kind: human, holders: 1 }
  # Works the morning shift.
  clerk: { kind: human, backup: lead, holders: 3 }   # two of them part-time
`,
  );
  assert.match(main(files), /^workflow: claims\nuse: \[\.\/main-shared\.aiwf\.yaml\]\ntitle/m);
  assert.match(main(files), /^actors:\n {2}customer: /m);
});

test('declarations move to a library that is there; a section goes with its last entry', () => {
  const text = `${office.replace('title: Claims', 'title: Claims\nuse: [./people.aiwf.yaml]').replace('\ndata:', '\n# What passes.\ndata: # all of it')}
#- people.aiwf.yaml
aiwf: 1
library: people
data:
  other: { class: public }

# The end.
`;
  const from = text.indexOf('  claim: {');
  const part = text.slice(from, text.indexOf('\n\nstart'));
  const files = refactoredIn(
    text.replace(part, () => `  <|>${part.slice(2)}<|>`),
    'Move 3 declarations to people.aiwf.yaml',
  );
  assert.equal(
    files.get('people.aiwf.yaml'),
    `aiwf: 1
library: people
data:
  other: { class: public }
  # What passes.
  # all of it
  claim: { class: personal, trust: trusted, fields: { amount: number } }
  note: { class: internal }
  offer: { class: personal }

# The end.
`,
  );
  assert.doesNotMatch(main(files), /data:|What passes/);
});

test('a declaration that another file that uses the library declares as well stays', () => {
  const text = `${office.replace('title: Claims', 'title: Claims\nuse: [./people.aiwf.yaml]')}
#- people.aiwf.yaml
aiwf: 1
library: people
actors: { boss: { kind: human } }
#- other.aiwf.yaml
aiwf: 1
workflow: other
use: [./people.aiwf.yaml]
data: { note: { class: public } }
`;
  assert.match(
    titlesIn(at('no|te: { class: internal', text), 'refactor.move').join('\n'),
    /to people\.aiwf\.yaml: .*other\.aiwf\.yaml/,
  );
});

const handed = office
  .replace(
    '\nstart:',
    '\nhandoffs:\n  quick: { ack: 1h, on-reject: sender }\n  slow: { ack: 2d, on-reject: sender }\n\nstart:',
  )
  .replace('    by: lead\n', '    by: lead\n    accepts: quick\n');

test('a contract that one step names is written out there', () => {
  const files = refactoredIn(at('accepts: qui|ck', handed), "Write the contract 'quick' out");
  assert.match(main(files), /^ {4}accepts: \{ ack: 1h, on-reject: sender \}$/m);
  assert.doesNotMatch(main(files), /quick/);
  const twice = handed.replace('    writes: [offer]', '    writes: [offer]\n    accepts: [quick, { ack: 3h }]');
  assert.match(main(refactoredIn(at('accepts: qui|ck\n', twice), 'Write the contract')), /^ {2}quick: \{/m);
});

test('a contract that is written out gets a name', () => {
  const text = handed.replace('accepts: quick', 'accepts: { ack: 4h, on-reject: sender }');
  const files = refactoredIn(at('ac|cepts: { ack', text), 'Give the contract a name');
  assert.match(main(files), /^ {4}accepts: to-send$/m);
  assert.match(main(files), /^ {2}slow: .*\n {2}to-send: \{ ack: 4h, on-reject: sender \}$/m);
  const block = office.replace(
    '    by: lead\n',
    '    by: lead\n    accepts:\n      ack: 4h\n      on-reject: sender\n',
  );
  const made = main(refactoredIn(at('ack: |4h', block), 'Give the contract a name'));
  assert.match(made, /^ {4}accepts: to-send\n/m);
  assert.match(made, /^handoffs:\n {2}to-send: \{ ack: 4h, on-reject: sender \}$/m);
  const commented = block.replace('ack: 4h', 'ack: 4h # long');
  assert.deepEqual(titlesIn(at('ack: |4h', commented), 'refactor.extract'), [
    'Give the contract a name: A comment would be lost.',
  ]);
});

test('a task is split: the second step has the effects and goes on', () => {
  const files = refactoredIn(at('se|nd:\n'), "Split 'send' in two");
  assert.ok(
    main(files).includes(`  send:
    task: Send the offer
    by: lead
    reads: [offer]
    next: send-2

  send-2:
    task: "Send the offer, second part"
    by: lead
    effects: [{ kind: message, to: customer, external: true, uses: [offer] }]   # by post
    next: done
`),
    main(files),
  );
  assert.match(titlesIn(at('do|ne: { end')).join(), /^(?!.*Split)/);
});

test('a step is put on an edge, done by somebody who is there', () => {
  const files = refactoredIn(at('next: wri|te '), "Insert a step before 'write'");
  assert.match(main(files), /next: new-step {5}# and then/);
  assert.match(main(files), /^ {2}new-step:\n {4}task: New step\n {4}by: clerk\n {4}next: write$/m);
  assert.deepEqual(
    titlesIn(at('by: le|ad\n')).filter((title) => title.startsWith('Insert')),
    [],
  );
});

test('short forms become long ones, and back', () => {
  const lines: readonly (readonly [string, string, string])[] = [
    ['by: le|ad\n', "Write 'by' as a list", 'by: [lead]\n'],
    ['reads: [off|er]\n', "Write 'reads' without a list", 'reads: offer\n'],
    ['next: se|nd\n', "Write 'next' as a map", 'next: { to: send }\n'],
    ['clearance: pers|onal', "Write 'clearance' as a map", 'clearance: { max: personal }'],
  ];
  for (const [place, title, expected] of lines) {
    const files = refactoredIn(at(place), title);
    assert.ok(main(files).includes(expected), title);
    const [key = ''] = expected.split(':');
    const back = main(files).replace(expected, () =>
      expected.replace(`${key}:`, `${key.slice(0, 1)}<|>${key.slice(1)}:`),
    );
    const titles = titlesIn(back).filter((each) => each.startsWith(`Write '${key}'`));
    const again = refactoredIn(back, titles[0] ?? 'none');
    assert.equal(main(again), office, titles[0]);
  }
  const commented = office.replace('reads: [offer]\n', 'reads:\n      - offer # the last one\n');
  assert.ok(titlesIn(at('re|ads:\n', commented)).includes("Write 'reads' without a list: A comment would be lost."));
});

test('a declaration stands on one line or on several', () => {
  const files = refactoredIn(at('custo|mer: {'), "Write 'customer' on several lines");
  const lines = '  customer:\n    kind: external\n    clearance: personal\n';
  assert.ok(main(files).includes(lines));
  const back = main(files).replace('  customer:\n', '  cust<|>omer:\n');
  assert.equal(main(refactoredIn(back, "Write 'customer' on one line")), office);
  assert.ok(titlesIn(at('lo|ok:\n')).includes("Write 'look' on one line: A comment would be lost."));
  const side = main(refactoredIn(at('cl|erk: {'), "Write 'clerk' on several lines"));
  assert.ok(side.includes('  clerk:\n    kind: human\n    holders: 3   # two of them part-time\n'), side);
});

test('a time limit becomes a timer, and back', () => {
  const files = refactoredIn(at('regis|ter: {'), "Write 'within' and 'on.timeout' as a timer");
  const timer = 'timers: [{ after: 1d, to: late }], next: look }';
  assert.ok(main(files).includes(timer), main(files));
  const back = refactoredIn(main(files).replace('timers:', 'tim<|>ers:'), 'Write the timer as');
  assert.match(main(back), /within: 1d, on: \{ timeout: late \}, next: look \}/);
});

test('steps are sorted by the way work takes, each with its comments', () => {
  const [head = '', steps = ''] = office.split('steps:\n');
  const look = steps.slice(steps.indexOf('  # First'), steps.indexOf('  write:'));
  const mixed = `${head}st<|>eps:\n${look}\n${steps.replace(look, '')}`;
  const sorted = main(refactoredIn(mixed, 'Sort steps by flow'));
  const ids = [...sorted.slice(sorted.indexOf('steps:')).matchAll(/^ {2}([\w-]+):/gm)].map(([, id]) => id);
  assert.deepEqual(ids, ['register', 'look', 'write', 'send', 'done', 'late']);
  assert.match(sorted, /^ {2}# First look at it\.\n {2}look:/m);
  assert.deepEqual(titlesIn(sorted.replace('steps:', 'st<|>eps:')), []);
});

test('what brings an error is refused with it, and what changes a finding says so', () => {
  const bounded = office.replace('next: done\n', 'next: { to: done, label: x }\n');
  assert.ok(titlesIn(at('{ to: do|ne', bounded)).every((title) => !title.includes('It would bring')));
  const agent = office
    .replace('  customer:', '  bot: { kind: agent, sponsor: lead, clearance: personal }\n  customer:')
    .replace('    by: lead\n', '    by: bot\n    mode: ai-executed\n');
  for (const title of titlesIn(at('se|nd:\n', agent)).filter((each) => each.startsWith('Split')))
    assert.match(title, /changes meaning|would bring an error/);
});

test('nothing is offered where YAML is broken, nor to an editor that only looks around', () => {
  assert.deepEqual(titlesIn(`${at('se|nd:\n')}\nx: [`), []);
  const isOffered = (invoked: boolean) =>
    titlesIn(at('se|nd:\n'), 'refactor', { only: undefined, invoked }).some((title) => title.startsWith('Split'));
  assert.equal(isOffered(false), false);
  assert.equal(isOffered(true), true);
});

test('a text that is half typed or damaged is no reason to fail', () => {
  const { service, uri } = openMarked(office);
  let version = 1;
  const ask = (text: string, start: number, end: number) => {
    service.open(uri, ++version, text);
    const range = toRange({ text, lineStarts: lineStartsOf(text) }, { start, end });
    const options = { versioned: true, creates: true, showsDisabled: true, only: ['refactor', 'source'] };
    service.codeActions(uri, range, [], options);
  };
  const signs = ['', ':', 'null', '[]', '{}', '- ', '\n', '*a', '&a ', '"x"', ', ', '{ to: }'];
  for (let offset = 0; offset < office.length; offset += 23) {
    ask(office.slice(0, offset), Math.max(0, offset - 50), offset);
    const damaged = office.slice(0, offset) + signs[offset % signs.length] + office.slice(offset + 1);
    ask(damaged, offset, offset);
    ask(damaged, Math.floor(offset / 2), offset);
  }
});
