// Completion at every kind of place, also in half-typed text.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parseFile } from '../../src/language/parse.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { completed, completionsIn, labelsIn, openMarked } from '../support/service.ts';

const head = `aiwf: 1
workflow: w
actors:
  clerk: { kind: human, holders: 2 }
  bot:
    kind: agent
    sponsor: clerk
    tools:
      search: { effect: none }
    grants: [mail-out]
  crm: { kind: system }
data:
  claim:
    class: personal
    fields:
      state: { enum: [open, closed] }
      amount: number
      done: boolean
      lines: [{ price: number, label: string }]
      owner: { name: string }
  note: { class: internal }
stores:
  audit: { kind: log }
events:
  paid: { kind: message, from: clerk }
handoffs:
  standard: { ack: 1h }
policies:
  small: { admits: [payment] }
calendars:
  office: { days: mon-fri }
start: { on: manual, next: draft }
`;

const steps = `${head}steps:
  draft:
    task: Draft
    by: bot
    next: check
  check:
    approval: Check
    by: clerk
    covers: [claim]
    within: 4h
    on: { approve: done }
  done: { end: Done }
`;

/** `head` and the steps with one more step in it. */
const step = (lines: string) => `${steps}  last:\n${lines}`;

/** Every expected label is offered, and none of the unexpected. */
function offers(marked: string, expected: readonly string[], not: readonly string[] = []): void {
  const labels = labelsIn(marked);
  for (const label of expected) assert.ok(labels.includes(label), `'${label}' is missing in ${labels.join(', ')}`);
  for (const label of not) assert.ok(!labels.includes(label), `'${label}' is offered`);
}

describe('keys', () => {
  test('of the file, those present left out', () => {
    offers(`${head}<|>`, ['steps', 'title', 'stop'], ['aiwf', 'workflow', 'actors', 'library']);
  });
  test('half typed', () => offers(`${head}ste<|>\n`, ['steps']));
  test('of a step without a kind: the kinds', () =>
    offers(step('    <|>\n'), ['task', 'approval', 'end'], ['by', 'next']));
  test('of a step by its kind', () => {
    offers(step('    task: Last\n    <|>\n'), ['by', 'next', 'effects'], ['task', 'approval', 'covers', 'outcome']);
    offers(step('    end: Last\n    <|>\n'), ['outcome', 'terminate'], ['by', 'next']);
  });
  test('half typed between other keys', () =>
    offers(step('    task: Last\n    ne<|>\n    by: bot\n'), ['next'], ['by']));
  test('before the kind', () => offers(step('    <|>\n    task: Last\n'), ['by'], ['review']));
  test('in braces', () => offers(step('    { task: Last, <|>}\n'), ['by', 'next'], ['task']));
  test('in braces that are still open', () => offers(step('    { task: Last, <|>\n'), ['by', 'next']));
  test('of an actor by its kind', () => {
    offers(
      `${head.replace('  crm: { kind: system }', '  crm:\n    kind: system\n    <|>')}`,
      ['identity', 'tools'],
      ['sponsor', 'holders', 'kind'],
    );
  });
  test('an empty line belongs to the record of its column', () => {
    offers(`${head}steps:\n  a:\n    task: A\n  <|>\n  b: { end: B }\n`, ['task', 'wait'], ['by']);
    offers(`${head}steps:\n  a:\n    task: A\n<|>\n`, ['stop', 'metrics'], ['by']);
  });
  test('of a branch, in a list item of its own, with the steps', () => {
    offers(step('    task: Last\n    next:\n      - <|>\n'), ['when', 'to', 'else', 'draft', 'done']);
  });
  test('of a branch behind its condition', () => {
    offers(
      step('    task: Last\n    next:\n      - when: claim.amount > 1\n        <|>\n'),
      ['to', 'share'],
      ['when', 'draft'],
    );
  });
  test('of nested records', () => {
    offers(step('    task: Last\n    gate:\n      on: claim.amount\n      <|>\n'), ['at-least', 'below'], ['on', 'by']);
    offers(
      step('    task: Last\n    effects:\n      - kind: payment\n        <|>\n'),
      ['to', 'irreversible'],
      ['kind'],
    );
  });
  test('of a list of records that has no dash yet', () => {
    assert.match(completed(step('    task: Last\n    effects:\n      <|>\n'), 'kind'), /effects:\n {6}(- )?kind: /);
  });
  test('of a field of data', () => {
    offers(`${head.replace('amount: number', 'amount: { type: number, <|> }')}`, ['minimum', 'enum'], ['type']);
  });
  test('required ones come first', () => {
    const labels = labelsIn(step('    task: Last\n    gate:\n      <|>\n'));
    assert.equal(labels[0], 'on');
  });
  test('those that most records have come before the others', () => {
    const inOrder = (marked: string, first: string, later: string) => {
      const labels = labelsIn(marked);
      assert.ok(labels.indexOf(first) < labels.indexOf(later), `${later} before ${first} in ${labels.join(', ')}`);
    };
    inOrder(step('    task: Last\n    <|>\n'), 'next', 'description');
    inOrder(`${head.replace('    sponsor: clerk\n', '    <|>\n')}`, 'sponsor', 'title');
    inOrder(`${head}<|>`, 'steps', 'purpose');
  });
  test('of the data: a whole declaration to fill in', () => {
    assert.match(
      completed(head.replace('stores:', '  <|>\nstores:'), 'data'),
      /\n {2}\$\{1:data_id\}:\n {4}class: \$\{2\|public,/,
    );
  });
  test('insert what their value begins with', () => {
    assert.match(completed(step('    task: Last\n    <|>\n'), 'by'), /\n {4}by: \n/);
    assert.match(completed(step('    task: Last\n    <|>\n'), 'reads'), /\n {4}reads: \[\$1\]\n/);
    assert.match(completed(step('    task: Last\n    <|>\n'), 'gate'), /\n {4}gate:\n {6}on: \$1\n/);
    assert.match(completed(step('    task: Last\n    <|>\n'), 'effects'), /\n {4}effects:\n {6}- kind: \$1\n/);
    assert.match(completed(step('    { task: Last, <|> }\n'), 'gate'), /gate: \{ on: \$1 \}/);
    assert.match(completed(step('    { task: Last, <|> }\n'), 'effects'), /effects: \[\{ kind: \$1 \}\]/);
  });
  test('replace a key that has its colon', () => {
    assert.match(completed(step('    task: Last\n    ne<|>x: done\n'), 'next'), /\n {4}next: done\n/);
  });
});

describe('ids', () => {
  test('actors with their kind', () => {
    const item = completionsIn(step('    task: Last\n    by: <|>\n')).find(({ label }) => label === 'bot');
    assert.equal(item?.detail, 'agent');
    assert.match(JSON.stringify(item?.documentation), /Sponsor: `clerk`/);
  });
  test('people first where people judge', () =>
    assert.equal(labelsIn(step('    approval: Last\n    by: <|>\n'))[0], 'clerk'));
  test('half typed', () =>
    assert.match(completed(step('    task: Last\n    by: cl<|>\n    next: done\n'), 'clerk'), /by: clerk\n/));
  test('directly behind the colon', () =>
    assert.match(completed(step('    task: Last\n    by:<|>\n'), 'clerk'), /by: clerk\n/));
  test('in a list, those present left out', () => {
    offers(step('    task: Last\n    by: [bot, <|>]\n'), ['clerk', 'crm'], ['bot']);
    offers(step('    task: Last\n    by:\n      - bot\n      - <|>\n'), ['clerk', 'crm'], ['bot', 'kind']);
  });
  test('in a list that is still open', () =>
    offers(step('    task: Last\n    reads: [claim, <|>\n    by: bot\n'), ['note'], ['claim']));
  test('on a line below the key, with a dash', () => {
    assert.match(completed(step('    task: Last\n    reads:\n      <|>\n'), 'note'), /reads:\n {6}- note\n/);
  });
  test('in quotes', () => assert.match(completed(step('    task: Last\n    by: "c<|>"\n'), 'clerk'), /by: "clerk"\n/));
  test('data and its fields', () => {
    offers(step('    task: Last\n    reads: <|>\n'), ['claim', 'note'], ['bot']);
    offers(step('    task: Last\n    reads: claim.<|>\n'), ['claim.amount', 'claim.owner'], ['note']);
    assert.match(
      completed(step('    task: Last\n    reads: [claim.am<|>]\n'), 'claim.amount'),
      /reads: \[claim.amount\]/,
    );
    offers(step('    task: Last\n    reads: claim.owner.<|>\n'), ['claim.owner.name']);
  });
  test('steps as targets, itself last', () => {
    offers(step('    task: Last\n    next: <|>\n'), ['draft', 'check', 'done', '{ all: […] }']);
    offers(step('    task: Last\n    next: { all: [draft, <|>] }\n'), ['check'], ['draft']);
    offers(step('    task: Last\n    next: { to: draft, max: 3, exhausted: <|> }\n'), ['done']);
  });
  test('events, stores, handoffs, policies, calendars', () => {
    offers(step('    wait: Last\n    until: <|>\n'), ['paid', 'message']);
    offers(step('    task: Last\n    log: { to: <|> }\n'), ['audit']);
    offers(step('    task: Last\n    accepts: <|>\n'), ['standard', 'none']);
    offers(step('    task: Last\n    effects: [{ kind: payment, admitted-by: <|> }]\n'), ['small']);
    offers(`${head.replace('holders: 2', 'holders: 2, calendar: <|>')}`, ['office']);
  });
  test('tools and grants of the performer', () => {
    offers(step('    task: Last\n    by: bot\n    uses: [<|>]\n'), ['search', 'mail-out']);
    offers(step('    task: Last\n    by: bot\n    uses:\n      - <|>\n'), ['search', 'mail-out']);
  });
  test('points of the flow', () => {
    offers(`${steps}obligations: [{ from: check.<|>, to: done, within: 30d }]\n`, ['check.approve', 'check.timeout']);
  });
  test('those mentioned and not declared yet', () => {
    assert.equal(labelsIn(`${head}steps:\n  a: { task: A, by: bot, next: review-it }\n  <|>\n`)[0], 'draft');
    offers(`${head}steps:\n  a: { task: A, by: bot, next: review-it }\n  <|>\n`, ['review-it', 'task']);
  });
  test('permissions on a store', () => {
    offers(`${head.replace('grants: [mail-out]', 'grants: [audit.<|>]')}`, ['audit.read', 'audit.write']);
  });
});

describe('outcomes', () => {
  test('the step has and does not handle yet', () => {
    const labels = labelsIn(steps.replace('{ approve: done }', '{ approve: done, <|> }'));
    assert.deepEqual(labels.slice(0, 3), ['modify', 'reject', 'timeout']);
    assert.ok(labels.includes('paid'));
    assert.ok(!labels.includes('approve'));
  });
  test('of an agent', () =>
    offers(steps.replace('    next: check\n', '    next: check\n    on:\n      <|>\n'), ['error', 'unavailable']));
  test('insert the colon', () => {
    assert.match(
      completed(steps.replace('{ approve: done }', '{ approve: done, re<|> }'), 'reject'),
      /approve: done, reject: {2}\}/,
    );
  });
  test('their targets', () => offers(steps.replace('{ approve: done }', '{ approve: <|> }'), ['draft', 'none']));
});

describe('values', () => {
  test('words with what they mean', () => {
    const item = completionsIn(step('    task: Last\n    mode: <|>\n')).find(({ label }) => label === 'ai-augmented');
    assert.match(JSON.stringify(item?.documentation), /assisted by an AI/);
  });
  test('words half typed in braces', () =>
    offers(`${head.replace('kind: system', 'kind: sys<|>')}`, ['system', 'agent']));
  test('durations, booleans, presets', () => {
    offers(step('    task: Last\n    within: <|>\n'), ['4h', '1d']);
    offers(step('    approval: Last\n    dual: <|>\n'), ['true', 'false']);
    offers(`${head}profile: [<|>]\n`, ['recommended', 'eu-ai-act-high-risk']);
  });
  test('places of waivers', () =>
    offers(`${steps}waivers:\n  - rule: x\n    at: <|>\n`, ['check', 'actor:bot', 'stop', 'workflow']));
  test('names that are in use', () => {
    offers(step('    task: Last\n    duty: <|>\n').replace('by: bot\n', 'by: bot\n    duty: paying\n'), ['paying']);
  });
  test('brackets where nothing else fits', () => offers(step('    task: Last\n    gate: <|>\n'), ['{ … }']));
});

describe('conditions', () => {
  const condition = (text: string) => step(`    task: Last\n    next:\n      - when: ${text}\n        to: done\n`);
  test('data and functions', () => offers(condition('<|>'), ['claim', 'note', 'has', 'true'], ['startsWith', 'bot']));
  test('fields behind the dot', () => offers(condition('claim.<|>'), ['amount', 'state', 'owner'], ['claim']));
  test('fields half typed', () =>
    assert.match(completed(condition('claim.am<|> > 3'), 'amount'), /when: claim\.amount > 3/));
  test('fields are described in plain text', () => {
    const items = [...completionsIn(condition('<|>')), ...completionsIn(condition('claim.<|>'))];
    const detail = (label: string) => items.find((item) => item.label === label)?.detail;
    assert.equal(detail('claim'), 'object with state, amount, done, lines, owner');
    assert.equal(detail('state'), 'one of "open", "closed"');
  });
  test('nested fields', () => offers(condition('claim.amount > 3 && claim.owner.<|>'), ['name']));
  test('values of an enum, in quotes', () => {
    offers(condition('claim.state == <|>'), ['"open"', '"closed"']);
    assert.match(completed(condition('claim.state == <|>'), '"open"'), /when: claim\.state == "open"/);
    offers(condition('"claim.state == <|>"'), ["'open'"]);
    offers(condition("claim.state == 'o<|>'"), ['open', 'closed'], ['claim']);
  });
  test('operators behind a value', () => offers(condition('claim.amount <|>'), ['==', '>=', '&&'], ['claim']));
  test('functions of texts and lists', () => {
    offers(condition('claim.state.<|>'), ['startsWith', 'matches'], ['exists']);
    offers(condition('claim.lines.<|>'), ['exists', 'all'], ['startsWith']);
  });
  test('what a macro names', () => offers(condition('claim.lines.exists(l, l.<|>)'), ['price', 'label']));
  test('in a list of conditions', () => {
    offers(step('    task: Last\n    ensures:\n      - claim.<|>\n'), ['amount']);
    offers(step('    task: Last\n    ensures: [claim.amount == <|>]\n'), ['claim']);
  });
  test('only what the contract hands over', () => {
    offers(step('    task: Last\n    accepts: { payload: [note], accept-if: <|> }\n'), ['note'], ['claim']);
  });
  test('over several lines', () =>
    offers(condition('>\n          claim.amount > 3 &&\n          claim.<|>'), ['amount']));
});

describe('whole declarations', () => {
  test('a file in an empty document', () => {
    assert.deepEqual(labelsIn('<|>').slice(0, 2), ['aiwf workflow', 'aiwf library']);
    assert.deepEqual(labelsIn('# about\n\nai<|>').slice(0, 1), ['aiwf workflow']);
  });
  test('a step over several lines, at its column', () => {
    const text = completed(`${head}steps:\n  <|>\n`, 'task');
    assert.match(text, /steps:\n {2}\$\{1:step-id\}:\n {4}task: /);
  });
  test('an actor in braces', () =>
    assert.match(
      completed(`${head.replace('  crm:', '  <|>\n  crm:')}`, 'vendor'),
      /\n {2}\$\{1:actor-id\}:\n {4}kind: vendor/,
    ));
});

describe('nothing', () => {
  for (const [where, text] of [
    ['in a comment', `${head}# foo <|>\n`],
    ['in a title', `${head}title: Some <|>\n`],
    ['in a block text', step('    task: Last\n    instructions: |\n      some\n      <|>\n')],
    ['below an unknown key', `${head}nonsense: { <|> }\n`],
  ] as const) {
    test(where, () => assert.deepEqual(labelsIn(text), []));
  }
});

describe('actors of the kind a key wants', () => {
  const actors = `aiwf: 1
workflow: w
actors:
  crew: { kind: team, lead: clerk }
  clerk: { kind: human, team: crew }
  bot: { kind: agent }
  crm: { kind: system }
  odd: {}
  new:
    kind: KIND
    KEY: <|>
`;
  const of = (kind: string, key: string) => labelsIn(actors.replace('KIND', kind).replace('KEY', key));
  test('a sponsor is human', () => assert.deepEqual(of('agent', 'sponsor'), ['clerk', 'odd']));
  test('so is who leads a team', () => assert.deepEqual(of('team', 'lead'), ['clerk', 'odd']));
  test('a team is one', () => assert.deepEqual(of('human', 'team'), ['crew', 'odd']));
  test('people stand in for people, those first', () =>
    assert.deepEqual(of('human', 'backup'), ['clerk', 'crew', 'odd']));
  test('anyone may be a fallback, but not the actor itself', () =>
    assert.deepEqual([...of('agent', 'fallback')].sort(), ['bot', 'clerk', 'crew', 'crm', 'odd']));
  test('work is delegated to agents', () => {
    assert.deepEqual(labelsIn(step('    task: Last\n    delegates-to: [<|>]\n')), ['bot']);
    assert.deepEqual(
      labelsIn(head.replace('    sponsor: clerk\n', '    sponsor: clerk\n    delegates: [{ to: <|> }]\n')),
      [],
    );
  });
  test('people are accountable', () => offers(`${head}accountable: <|>\n`, ['clerk'], ['bot', 'crm']));
});

describe('paths', () => {
  const others = `
#- people.aiwf.yaml
aiwf: 1
library: people
title: Who we are
#- sub/payout.aiwf.yaml
aiwf: 1
workflow: payout
#- claim.schema.json
{}
#- prompt.md
Be kind.
#- sub/more.schema.json
{}
`;
  const paths = (text: string) => labelsIn(`${head}${text}${others}`);
  test('libraries to use', () => {
    assert.deepEqual(
      paths('use: [<|>]\n').filter((label) => label.startsWith('.')),
      ['./people.aiwf.yaml'],
    );
    assert.deepEqual(paths('use:\n  - ./pe<|>\n'), ['./people.aiwf.yaml']);
    assert.deepEqual(
      paths('use: [./people.aiwf.yaml, <|>]\n').filter((label) => label.startsWith('.')),
      [],
    );
    assert.match(completed(`${head}use: [./p<|>\n${others}`, './people.aiwf.yaml'), /use: \[\.\/people\.aiwf\.yaml\n/);
  });
  test('workflows to call, by path and by id', () =>
    assert.deepEqual(paths('steps:\n  a:\n    call: <|>\n'), ['./sub/payout.aiwf.yaml', 'payout']));
  test('other files, of the kind the key names, folder by folder', () => {
    assert.deepEqual(paths('steps: {}\n').includes('x'), false);
    const schema = (typed: string) =>
      labelsIn(`aiwf: 1\ndata:\n  a: { schema: ${typed}<|> }\n${others}`).filter((label) => label.startsWith('.'));
    assert.deepEqual(schema(''), ['./claim.schema.json', './sub/']);
    assert.deepEqual(schema('./cl'), ['./claim.schema.json', './sub/']);
    assert.deepEqual(schema('./sub/'), ['./sub/more.schema.json']);
    assert.deepEqual(schema('/etc/'), []);
  });
  test('texts only where they begin like a path', () => {
    assert.deepEqual(
      paths('steps:\n  a:\n    task: A\n    instructions: <|>\n').filter((label) => label.startsWith('.')),
      [],
    );
    assert.deepEqual(paths('steps:\n  a:\n    task: A\n    instructions: ./<|>\n'), ['./prompt.md', './sub/']);
  });
});

describe('what is taken by typing on', () => {
  const item = (marked: string, label: string, commits = true) => {
    const { service, uri, position } = openMarked(marked);
    return service.completions(uri, position, { snippets: true, commits }).find((each) => each.label === label);
  };
  const condition = (text: string) => step(`    task: Last\n    next: [{ when: ${text}, to: done }]\n`);
  test('a dot, where fields follow', () => {
    assert.deepEqual(item(condition('cl<|>'), 'claim')?.commitCharacters, ['.']);
    assert.deepEqual(item(condition('claim.<|>'), 'owner')?.commitCharacters, ['.']);
    assert.equal(item(condition('claim.<|>'), 'amount')?.commitCharacters, undefined);
    assert.equal(item(condition('<|>'), 'note')?.commitCharacters, undefined);
    assert.deepEqual(item(step('    task: Last\n    reads: [<|>]\n'), 'claim')?.commitCharacters, ['.']);
  });
  test('a comma between words of the language, but not between ids, which may be new', () => {
    const contract = step('    task: Last\n    accepts: { context: [<|>] }\n');
    assert.deepEqual(item(contract, 'evidence')?.commitCharacters, [',']);
    assert.equal(item(step('    task: Last\n    by: [<|>]\n'), 'clerk')?.commitCharacters, undefined);
  });
  test('nothing for a client that does not know it', () =>
    assert.equal(item(condition('cl<|>'), 'claim', false)?.commitCharacters, undefined));
});

describe('previews', () => {
  const preview = (marked: string, label: string) => {
    const documentation = completionsIn(marked).find((each) => each.label === label)?.documentation;
    return typeof documentation === 'object' ? documentation.value : (documentation ?? '');
  };
  test('of a whole step, as it will stand there', () =>
    assert.match(
      preview(`${steps}  <|>\n`, 'task'),
      /Someone works\.\n\n```yaml\nstep-id:\n {2}task: Do the work\n {2}by: actor\n {2}next: step\n```$/,
    ));
  test('of a key with what it needs', () =>
    assert.match(
      preview(step('    task: Last\n    <|>\n'), 'for-each'),
      /```yaml\nfor-each:\n {2}item:\n {2}in:\n```$/,
    ));
  test('none of a single word', () => assert.doesNotMatch(preview(step('    task: Last\n    <|>\n'), 'within'), /```/));
});

test('every place of every example is answered in little more time than its text is read in', () => {
  const times: { answer: number; read: number }[] = [];
  for (const name of readdirSync('examples').filter((file) => file.endsWith('.aiwf.yaml'))) {
    const text = readFileSync(`examples/${name}`, 'utf8');
    const service = createLanguageService({ read: (uri) => readText(uri.replace('file:///', '')) });
    const uri = `file:///examples/${name}`;
    service.open(uri, 1, text);
    const lines = text.split('\n');
    for (let line = 0; line < lines.length; line += 9) {
      const begin = performance.now();
      service.completions(uri, { line, character: lines[line]?.length ?? 0 }, { snippets: true });
      const middle = performance.now();
      parseFile(uri, `${text}\n#${line}`);
      times.push({ answer: middle - begin, read: performance.now() - middle });
    }
  }
  const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0;
  const answer = median(times.map((time) => time.answer));
  // 20 ms, or what a slow or busy machine needs for the same.
  const bound = Math.max(20, 2 * median(times.map(({ read }) => read)));
  assert.ok(answer < bound, `the median is ${answer} ms, more than ${bound}`);
});

function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
