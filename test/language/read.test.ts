// The form of a file: short forms are read, what is wrong is said once, where it stands, and the rest is kept.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkNoProblem, checkProblem, checkText, flow, parse, said } from './parsing.ts';

const small = flow('first: { end: Done }');

test('short forms stand for their long ones', () => {
  const { workflow } = checkNoProblem(
    flow(
      'first: { task: T, by: anna, next: last }\nlast: { end: Done }',
      'risk: high\nstores: { log: { kind: log, retain: 7y } }\n',
    ),
  );
  assert.equal(workflow.fields?.risk?.tier?.value, 'high');
  assert.deepEqual(
    workflow.steps.get('first')?.fields.by?.map(({ name }) => name),
    ['anna'],
  );
  assert.equal(workflow.fields?.accountable?.[0]?.name, 'anna');
  assert.equal(workflow.starts.length, 1);
});

test('an unknown key is an error at the key, with the nearest one that can stand there', () => {
  checkProblem(
    small.replace('workflow: test', 'workflow: test\ntitel: x'),
    'titel',
    /not a key of a file\. Did you mean 'title'\?/,
  );
  const text = flow('first: { task: T, by: anna, withn: 4h, next: first }');
  checkProblem(text, 'withn', /'withn' is not a key of a task\. Did you mean 'within'\?/);
  const fix = checkText(text).all[0]?.fixes?.[0];
  assert.deepEqual([fix?.title, fix?.edits[0]?.text], ["Change to 'within'", 'within']);
});

test('a key that is present already is not suggested', () => {
  checkProblem(flow('first: { task: T, by: anna, within: 4h, withi: 4h, next: first }'), 'withi', /a key of a task\.$/);
});

test('a key of another kind of step says whose it is', () => {
  checkProblem(
    flow('first: { task: T, by: anna, covers: [claim], next: first }'),
    'covers',
    /not a key of a task; it belongs to review, approval, decision and contest/,
  );
});

test('keys that begin with x- are free, whatever they hold', () => {
  checkNoProblem(
    small
      .replace('workflow: test', 'workflow: test\nx-any: [1, { y: 2 }]')
      .replace('end: Done', 'end: Done, x-note: *a')
      .replace('aiwf: 1', 'aiwf: 1\nx-a: &a 1'),
  );
});

test('a step without a kind, and one whose kind is not its first key, is told so', () => {
  checkProblem(flow('first: { by: anna, next: first }'), 'first', /A step begins with its kind: task, review/);
  checkProblem(flow('first: { by: anna, task: T, next: first }'), 'task', /Move 'task' to the top/);
});

test('a missing key is said at the key its record belongs to', () => {
  checkProblem(
    flow('first: { wait: W, timers: [{ after: 1d }], for: 2d, next: first }'),
    'after',
    /needs the key 'to'/,
  );
  checkProblem(small.replace('start: { next: first }', 'start: { on: manual }'), 'on', /A start needs the key 'next'/);
  checkProblem(small.replace('actors:\n', 'actors:\n  ben:\n'), 'ben', /An actor needs the key 'kind'/);
});

test('a key without a value is said at the key, a section without entries is not', () => {
  checkProblem(flow('first: { task: T, by: , next: first }'), 'by', /'by' has no value/);
  checkNoProblem(small.replace('start:', 'stores:\nstart:'));
});

test('a value of the wrong kind says what is expected and what was found', () => {
  checkProblem(
    flow('first: { task: T, by: anna, within: soon, next: first }'),
    'soon',
    /Expected a duration such as 30m.*, found 'soon'/,
  );
  checkProblem(flow('first: { task: T, by: anna, within: [4h], next: first }'), '[4h]', /found a list/);
  checkProblem(
    flow('first: { task: T, by: anna, mode: ai-exceuted, next: first }'),
    'ai-exceuted',
    /Did you mean 'ai-executed'\?/,
  );
  checkProblem(
    flow('first: { task: T, by: { a: 1 }, next: first }'),
    '{ a: 1 }',
    /Expected the id of an actor, found a map/,
  );
  checkProblem(small.replace('holders: 2', 'holders: many'), 'many', /a number of people/);
});

test('numbers, dates and booleans where ids are expected are ids that cannot be, or names', () => {
  for (const id of ['12', '2026-09-01', '-x', 'a b', 'ä', '""', '1.5'])
    checkProblem(flow(`first: { task: T, by: ${id}, next: first }`), id, /Expected the id of an actor/);
  checkProblem(small.replace('first: { end', '7: { end'), '7', /'7' cannot be a step id/);
  checkProblem(
    small.replace('  claim:', '  Claim-1:'),
    'Claim-1',
    /'Claim-1' cannot be a data id.*so that conditions can use it/,
  );
  // `true` is a word like any other where an id stands; that nothing declares it is for a rule to say.
  assert.deepEqual(checkText(flow('first: { task: T, by: true, next: first }')).all, []);
});

test('a duration may be read from data', () => {
  const { workflow } = checkNoProblem(flow('first: { task: T, by: anna, within: claim.amount, next: first }'));
  const within = workflow.steps.get('first')?.within?.value;
  assert.ok(within && 'field' in within && within.field.name === 'claim' && within.field.field === 'amount');
});

test('what is read behind an alias stands at the alias', () => {
  const text = flow(
    'first: { task: T, by: anna, accepts: &c { ack: soon }, next: second }\nsecond: { task: T, by: anna, accepts: *c, next: first }',
  );
  assert.deepEqual(
    said(text, checkText(text).all).map((line) => line.split('»')[0]),
    ['language/invalid-value «soon', 'language/invalid-value «*c'],
  );
});

test('a file begins with its version and names itself once', () => {
  checkProblem('workflow: test\naiwf: 1\nsteps: {}\n', 'aiwf', /first key of a file\. Move it to the top/);
  checkProblem('aiwf: 2\nworkflow: test\n', '2', /Expected the language version 1/);
  checkProblem('aiwf: 1\ntitle: x\n', 'aiwf', /Name the file with `workflow: ID`/);
  checkProblem('aiwf: 1\nworkflow: a\nlibrary: b\n', 'library', /a workflow or a library, not both/);
  checkProblem('aiwf: 1\nlibrary: b\nsteps: {}\n', 'steps', /A library has no flow/);
  checkProblem('- a\n', '- a', /is a map of keys that begins with `aiwf: 1`/);
  checkProblem('', '', /The file is empty/);
  checkProblem('# only a comment\n', '', /The file is empty/);
});

test('fields of data are read in their short and their long form', () => {
  const { workflow } = checkNoProblem(
    small
      .replace(
        '  offer:',
        '  long: { fields: { a: { type: integer, minimum: 0, maximum: 9 }, b: { properties: { c: { const: x } } }, d: { type: string, format: date }, e: [text] } }\n  offer:',
      )
      .replace('e: [text]', 'e: [string]'),
  );
  const fields = workflow.data.get('long')?.fields.fields;
  assert.deepEqual([fields?.get('a')?.type, fields?.get('a')?.minimum, fields?.get('a')?.maximum], ['integer', 0, 9]);
  assert.deepEqual(fields?.get('b')?.fields?.get('c')?.values, ['x']);
  assert.deepEqual([fields?.get('d')?.format, fields?.get('e')?.items?.type], ['date', 'string']);
  checkProblem(
    small.replace('amount: number, ok', 'amount: nmber, ok'),
    'nmber',
    /not a type of JSON Schema.*Did you mean 'number'/,
  );
  checkProblem(small.replace('amount: number, ok', 'a-b: number, ok'), 'a-b', /cannot be the name of a field/);
});

test('every fault is told, and none of them hides another part of the file', () => {
  const file = parse(
    flow('first: { tsk: T, by: 7 }\nsecond: { task: T, within: x, next: third }\nthird: { end: Done }'),
  );
  assert.deepEqual(file.problems.map(({ code }) => code).sort(), [
    'language/invalid-value',
    'language/invalid-value',
    'language/missing-key',
    'language/unknown-key',
  ]);
  assert.deepEqual([...(file.fields?.steps?.keys() ?? [])], ['first', 'second', 'third']);
});
