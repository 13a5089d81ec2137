// Files that name others: imports by `use`, sub-workflows by `call`, JSON Schemas; and every way that can go wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldAt, variablesOf } from '../../src/language/conditions.ts';
import { parseFile } from '../../src/language/parse.ts';
import { baseName, isPath, resolveUri, resolveWorkflow } from '../../src/language/project.ts';
import { checkNoProblem, checkProblem, checkText, flow, hostOf, mainUri, said, slice } from './parsing.ts';

const library = (id: string, rest: string) => `aiwf: 1\nlibrary: ${id}\n${rest}\n`;
const using = (...files: readonly string[]) => flow('first: { end: E }', `use: [${files.join(', ')}]\n`);

test('what a file uses is declared in it, also what that uses in turn', () => {
  const { workflow, dependencies } = checkNoProblem(using('./a.aiwf.yaml'), {
    'a.aiwf.yaml': library('a', 'use: [./lib/b.aiwf.yaml]\nactors: { ada: { kind: human } }'),
    'lib/b.aiwf.yaml': library('b', 'use: [../c.aiwf.yaml]\nstores: { files: { kind: record } }'),
    'c.aiwf.yaml': library('c', 'data: { note: { class: public } }'),
  });
  assert.deepEqual(
    [workflow.actors.has('ada'), workflow.stores.has('files'), workflow.data.has('note')],
    [true, true, true],
  );
  assert.equal(workflow.data.get('note')?.uri, 'file:///work/c.aiwf.yaml');
  assert.deepEqual([...dependencies].map(baseName), ['a.aiwf.yaml', 'b.aiwf.yaml', 'c.aiwf.yaml']);
});

test('a workflow can be used as well; its steps are not taken over', () => {
  const { workflow } = checkNoProblem(using('./other.aiwf.yaml'), {
    'other.aiwf.yaml': 'aiwf: 1\nworkflow: other\nevents: { paid: { kind: signal } }\nsteps: { far: { end: F } }\n',
  });
  assert.deepEqual([workflow.events.has('paid'), workflow.steps.has('far')], [true, false]);
});

test('a file that is missing is a problem at its path, and the others are read', () => {
  const files = { 'a.aiwf.yaml': library('a', 'actors: { ada: { kind: human } }') };
  const text = using('./gone.aiwf.yaml', './a.aiwf.yaml');
  const { all, workflow, dependencies } = checkText(text, files);
  assert.deepEqual(said(text, all), [
    "language/import «./gone.aiwf.yaml» The file './gone.aiwf.yaml' cannot be read. Check the path, relative to this file.",
  ]);
  assert.ok(workflow.actors.has('ada'));
  assert.ok(dependencies.has('file:///work/gone.aiwf.yaml'), 'so that it is read once it is there');
});

test('what a called workflow is made from, its own calls included, counts for the caller', () => {
  const calling = (id: string, path: string) =>
    `aiwf: 1\nworkflow: ${id}\nstart: { next: go }\nsteps: { go: { call: ${path}, next: e }, e: { end: E } }\n`;
  const { workflow, dependencies } = checkText(calling('outer', './middle.aiwf.yaml'), {
    'middle.aiwf.yaml': `${calling('middle', './inner.aiwf.yaml')}use: [./people.aiwf.yaml]\n`,
    'inner.aiwf.yaml': calling('inner', './none.aiwf.yaml'),
    'people.aiwf.yaml': library('people', 'actors: { ada: { kind: human } }'),
  });
  assert.ok(workflow.subWorkflow('./middle.aiwf.yaml')?.subWorkflow('./inner.aiwf.yaml'));
  assert.deepEqual([...dependencies].map(baseName).sort(), [
    'inner.aiwf.yaml',
    'middle.aiwf.yaml',
    'none.aiwf.yaml',
    'people.aiwf.yaml',
  ]);
});

test('files that import each other are told so, and each is still read', () => {
  const files = {
    'a.aiwf.yaml': library('a', 'use: [./b.aiwf.yaml]\nactors: { ada: { kind: human } }'),
    'b.aiwf.yaml': library('b', 'use: [./a.aiwf.yaml]\nstores: { files: { kind: record } }'),
  };
  const text = using('./a.aiwf.yaml');
  checkProblem(
    text,
    './a.aiwf.yaml',
    /These files import each other: a\.aiwf\.yaml -> b\.aiwf\.yaml -> a\.aiwf\.yaml\. Move what they share/,
    files,
  );
  const { workflow } = checkText(text, files);
  assert.ok(workflow.actors.has('ada') && workflow.stores.has('files'));
});

test('a file that imports itself is told so', () => {
  checkProblem(using('./main.aiwf.yaml'), './main.aiwf.yaml', /main\.aiwf\.yaml -> main\.aiwf\.yaml/);
});

test('a circle behind a file that two others share is told at both', () => {
  const files = {
    'a.aiwf.yaml': library('a', 'use: [./c.aiwf.yaml]'),
    'b.aiwf.yaml': library('b', 'use: [./c.aiwf.yaml]'),
    'c.aiwf.yaml': library('c', 'use: [./c.aiwf.yaml]'),
  };
  const { all } = checkText(using('./a.aiwf.yaml', './b.aiwf.yaml'), files);
  assert.equal(all.length, 2);
});

test('an id that is declared here and in a file it uses is a problem at the id', () => {
  checkProblem(using('./a.aiwf.yaml'), 'anna', /'anna' is already declared in a\.aiwf\.yaml, which this file uses/, {
    'a.aiwf.yaml': library('a', 'actors: { anna: { kind: human } }'),
  });
});

test('an id that two used files declare is a problem at the second; the same file twice is none', () => {
  const files = {
    'a.aiwf.yaml': library('a', 'use: [./c.aiwf.yaml]\nactors: { ada: { kind: human } }'),
    'b.aiwf.yaml': library('b', 'use: [./c.aiwf.yaml]\nactors: { ada: { kind: human } }'),
    'c.aiwf.yaml': library('c', 'data: { note: {} }'),
  };
  checkProblem(
    using('./a.aiwf.yaml', './b.aiwf.yaml'),
    './b.aiwf.yaml',
    /declares 'ada' under 'actors', and so does a\.aiwf\.yaml/,
    files,
  );
});

test('a step id stands once in a file, scopes included', () => {
  const text = flow('first: { scope: S, start: last, steps: { last: { end: X } } }\nlast: { end: E }');
  checkProblem(text, 'last', /The step 'last' is declared twice/);
  assert.equal(checkText(text).all[0]?.range.start, text.lastIndexOf('last: { end: E }'));
});

test('imports that share files in many layers are read once each', () => {
  const layers = 30;
  const files = Object.fromEntries(
    Array.from({ length: layers }, (_, i) =>
      ['l', 'r'].map((side) => [
        `${side}${i}.aiwf.yaml`,
        library(
          `${side}${i}`,
          i + 1 < layers
            ? `use: [./l${i + 1}.aiwf.yaml, ./r${i + 1}.aiwf.yaml]`
            : `actors: { end-${side}: { kind: human } }`,
        ),
      ]),
    ).flat(),
  );
  const host = hostOf(files);
  const { workflow, problems } = resolveWorkflow(parseFile(mainUri, using('./l0.aiwf.yaml', './r0.aiwf.yaml')), host);
  assert.deepEqual(problems, []);
  assert.ok(workflow.actors.has('end-l') && workflow.actors.has('end-r'));
  assert.ok(host.asked.length < 4 * layers * 2, `${host.asked.length} files asked for`);
});

test('files that all import each other are read once each', () => {
  const names = Array.from({ length: 12 }, (_, i) => `f${i}.aiwf.yaml`);
  const files = Object.fromEntries(
    names.map((name) => [name, library('x', `use: [${names.map((other) => `./${other}`).join(', ')}]`)]),
  );
  const host = hostOf(files);
  resolveWorkflow(parseFile(mainUri, using('./f0.aiwf.yaml')), host);
  assert.ok(host.asked.length < 200, `${host.asked.length} files asked for`);
});

test('paths never leave the protocol and the host of the file', () => {
  assert.equal(resolveUri(mainUri, '../x.yaml'), 'file:///x.yaml');
  assert.equal(resolveUri(mainUri, '//server/share/x.yaml'), undefined);
  assert.equal(resolveUri(mainUri, 'http:x'), undefined);
  assert.equal(resolveUri('untitled:Untitled-1', './x.yaml'), undefined);
  const { all, dependencies } = checkText(using('"//server/share/x.yaml"'));
  assert.equal(all.length, 1);
  assert.match(all[0]?.message ?? '', /cannot be read/);
  assert.deepEqual([...dependencies], []);
});

test('a file that is not saved yet is not blamed for paths that lead nowhere', () => {
  assert.deepEqual(checkText(using('./a.aiwf.yaml'), {}, 'untitled:Untitled-1').all, []);
  assert.deepEqual(checkText(flow('first: { call: ./a.aiwf.yaml, next: first }'), {}, 'untitled:Untitled-1').all, []);
});

test('names that are no proper uri parts break nothing', () => {
  assert.equal(baseName('file:///work/%zz.yaml'), '%zz.yaml');
  assert.equal(baseName('file:///work/a%20b.yaml'), 'a b.yaml');
  const uri = 'file:///work/%zz.aiwf.yaml';
  const file = parseFile(uri, using('./%zz.aiwf.yaml'));
  assert.match(resolveWorkflow(file, hostOf()).problems[0]?.message ?? '', /%zz\.aiwf\.yaml -> %zz\.aiwf\.yaml/);
});

test('a call names a file by its path and a workflow by its id', () => {
  assert.deepEqual(['./a.yaml', 'lib/a', 'a.yml', '../a'].map(isPath), [true, true, true, true]);
  assert.equal(isPath('pay-out'), false);
  checkProblem(flow('first: { call: ./gone.aiwf.yaml, next: first }'), './gone.aiwf.yaml', /cannot be read/);
  checkNoProblem(flow('first: { call: elsewhere, next: first }'));
  const host = {
    ...hostOf({ 'pay.aiwf.yaml': 'aiwf: 1\nworkflow: pay\n' }),
    workflowUri: (id: string) => (id === 'pay' ? 'file:///work/pay.aiwf.yaml' : undefined),
  };
  const { workflow } = resolveWorkflow(parseFile(mainUri, flow('first: { call: pay, next: first }')), host);
  assert.equal(workflow.subWorkflow('pay')?.id, 'pay');
  assert.equal(workflow.subWorkflow('pay'), workflow.subWorkflow('pay'), 'read once');
});

test('workflows that call each other are read', () => {
  const caller = flow('first: { call: ./b.aiwf.yaml, next: first }');
  const { workflow } = checkNoProblem(caller, { 'b.aiwf.yaml': caller.replace('./b.aiwf', './main.aiwf') });
  assert.equal(workflow.subWorkflow('./b.aiwf.yaml')?.steps.size, 1);
});

test('data takes its fields from a JSON Schema, also where an imported file names it', () => {
  const schema =
    '{ "type": "object", "properties": { "total": { "type": "number" }, "__proto__": { "type": "string" } } }';
  const text = flow(
    'first: { task: T, by: anna, next: [{ when: bill.total > 3, to: first }, { when: bill.totl > 3, to: first }, { else: first }] }',
    'use: [./lib/a.aiwf.yaml]\n',
  );
  const files = {
    'lib/a.aiwf.yaml': library('a', 'data: { bill: { schema: ./bill.schema.json } }'),
    'lib/bill.schema.json': schema,
  };
  const { all, workflow } = checkText(text, files);
  assert.deepEqual(said(text, all), ["language/condition «totl» 'bill' has no field 'totl'. Did you mean 'total'?"]);
  assert.equal(fieldAt(variablesOf(workflow).get('bill'), 'total')?.type, 'number');
});

test('a schema that cannot be read is a problem at its path in the file that names it', () => {
  const text = flow('first: { end: E }').replace('  offer:', '  bill: { schema: ./gone.json }\n  offer:');
  checkProblem(text, './gone.json', /cannot be read/);
  for (const broken of ['', '[1]', '{ "properties": 3 }', '{', '\u0000'])
    assert.deepEqual(
      checkText(text, { 'gone.json': broken }).all.filter(({ range }) => slice(text, range) !== './gone.json'),
      [],
      broken,
    );
});
