// The model that custom rules see: its types are those of its values, in every workflow, and no expression can break a run.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { analyze } from '../../src/analysis/analyses.ts';
import { parseExpression } from '../../src/governance/custom-expressions.ts';
import { parseMessage } from '../../src/governance/custom-message.ts';
import type { Field, TypeName } from '../../src/governance/custom-rule-field.ts';
import { modelTypes, type RuleKind, ruleKinds, typeNamed } from '../../src/governance/custom-rule-model.ts';
import { completeExpression, describeExpression, describeField } from '../../src/governance/custom-rule-typing.ts';
import { viewOf } from '../../src/governance/custom-rule-view.ts';
import { checkConditions } from '../../src/language/conditions.ts';
import { parseFile } from '../../src/language/parse.ts';
import { resolveWorkflow } from '../../src/language/project.ts';

const alone = { text: () => undefined, file: () => undefined };

const examples = readdirSync('examples').filter((name) => name.endsWith('.aiwf.yaml'));

function analysesOf(text: string) {
  const { workflow } = resolveWorkflow(parseFile('file:///work/a.aiwf.yaml', text), alone);
  return analyze(workflow, checkConditions(workflow));
}

/** What is wrong with the value of a field by its declared type. */
function mismatch(value: unknown, type: string): string | undefined {
  const element = /^list<(.+)>$/.exec(type)?.[1];
  if (element !== undefined) {
    if (!Array.isArray(value)) return `no list: ${String(value)}`;
    return value.map((each) => mismatch(each, element)).find((each) => each !== undefined);
  }
  if (typeNamed(type)) return typeof value === 'object' && value !== null ? undefined : `no ${type}: ${String(value)}`;
  const expected = { string: 'string', double: 'number', bool: 'boolean' }[type];
  return typeof value === expected ? undefined : `no ${type}: ${String(value)}`;
}

test('every field of every element of the examples has its type, or is absent where it may be', () => {
  const seen = new Set<string>();
  for (const name of examples) {
    const analyses = analysesOf(readFileSync(`examples/${name}`, 'utf8'));
    const view = viewOf(analyses);
    view.budget.left = Number.POSITIVE_INFINITY;
    for (const { type, subjects } of Object.values(ruleKinds) as RuleKind[])
      for (const subject of subjects(analyses)) check(type, view.wrap(type, subject), name, 2);
  }
  // Nearly every field has a value somewhere, so that the types are really looked at.
  const all = Object.entries(modelTypes).flatMap(([type, { fields }]) =>
    Object.keys(fields).map((field) => `${type}.${field}`),
  );
  assert.ok(seen.size > all.length * 0.8, all.filter((field) => !seen.has(field)).join(', '));

  function check(type: TypeName, value: object, name: string, depth: number): void {
    for (const [field, { type: declared, absent }] of Object.entries(modelTypes[type].fields) as [
      string,
      Field<never>,
    ][]) {
      const found = (value as Readonly<Record<string, unknown>>)[field];
      const place = `${name}: ${type}.${field}`;
      if (found === undefined) {
        assert.ok(absent !== undefined, `${place} is absent and always has a value`);
        continue;
      }
      seen.add(`${type}.${field}`);
      assert.equal(mismatch(found, declared), undefined, place);
      const inner = typeNamed(declared);
      if (!inner || depth === 0) continue;
      for (const each of Array.isArray(found) ? found.slice(0, 3) : [found]) check(inner, each, name, depth - 1);
    }
  }
});

test('every field is described: a sentence that says what it is', () => {
  for (const [type, { doc, fields }] of Object.entries(modelTypes)) {
    assert.match(doc, /\.$/, type);
    for (const [name, field] of Object.entries(fields) as [string, Field<never>][]) {
      assert.match(name, /^[a-z][a-zA-Z]*$/);
      assert.match(field.doc, /\.$/, `${type}.${name}`);
      assert.match(field.absent ?? 'where', /^(where|at|outside)/, `${type}.${name}`);
    }
  }
});

/** Labels that completion offers at `¦`. */
function offered(text: string): readonly string[] {
  const offset = text.indexOf('¦');
  const { words } = completeExpression('steps', text.replace('¦', ''), offset);
  return words.map(({ label }) => label);
}

test('completion knows the type before the dot, also in what does not parse yet', () => {
  assert.deepEqual(offered('¦').slice(0, 3), ['step', 'workflow', 'has']);
  assert.ok(offered('step.¦').includes('alwaysBefore'));
  assert.ok(offered('step.by.¦').includes('all'));
  assert.ok(!offered('step.by.¦').includes('kind'));
  assert.ok(offered('step.by.all(a, ¦').includes('a'));
  assert.ok(offered('step.by.all(a, a.kind != "agent" || a.mo¦').includes('model'));
  assert.deepEqual(offered('step.by.exists(a, a.model.¦'), Object.keys(modelTypes.Model.fields));
  assert.ok(offered('step.by.filter(a, a.id != ")").exists(b, b.¦').includes('sponsor'));
  assert.ok(offered('step.reads.map(d, d.store).exists(s, s.¦').includes('appendOnly'));
  assert.ok(offered('workflow.steps.all(s, s.by.all(a, a.id == s.¦').includes('handles'));
  assert.ok(offered('step.by[0].¦').includes('sponsor'));
  assert.ok(offered('step.title.¦').includes('startsWith'));
  assert.deepEqual(offered('step.kind == "¦"'), []);
  assert.deepEqual(offered('step.nothing.¦'), []);
});

test('fields and variables are described where they stand, and by their path', () => {
  const text = 'step.by.all(a, a.model.provider == "x")';
  const at = (part: string) => describeExpression('steps', text, text.indexOf(part) + 1);
  assert.equal(at('provider')?.doc, 'Who runs it. Absent where it is not written.');
  assert.equal(at('all')?.kind, 'function');
  assert.deepEqual(at('provider')?.range, { start: 23, end: 31 });
  assert.equal(at('"x"'), undefined);
  assert.equal(describeField('steps', 'step.by.model.provider')?.type, 'string');
  assert.equal(describeField('steps', 'step.by.nothing'), undefined);
  assert.equal(describeField('handoffs', 'handoff.ackMinutes')?.type, 'double');
});

const words = [
  'step',
  'workflow',
  'a',
  '.',
  'by',
  'kind',
  'id',
  'model',
  'steps',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  '==',
  '!=',
  '<',
  '&&',
  '||',
  '!',
  '-',
  '+',
  '?',
  ':',
  '"x"',
  '"',
  "'",
  '1',
  '1.5',
  'true',
  'null',
  'in',
  'has',
  'all',
  'exists',
  'map',
  'filter',
  'size',
  'matches',
  '\\',
  '\n',
  ' ',
];
const anyExpression = fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((parts) => parts.join(''));

test('no text breaks reading, completing or evaluating; what is said of it stands in it', () => {
  const analyses = analysesOf(readFileSync(`examples/${examples[0]}`, 'utf8'));
  const view = viewOf(analyses);
  const [step] = analyses.workflow.steps.values();
  assert.ok(step);
  const values = { step: view.wrap('Step', step), workflow: view.wrap('Workflow', analyses) };
  fc.assert(
    fc.property(anyExpression, fc.nat(), (text, at) => {
      view.budget.left = 1_000;
      const parsed = parseExpression('steps', text);
      if ('problem' in parsed) {
        const { range, message } = parsed.problem;
        assert.ok(range.start >= 0 && range.start <= range.end && range.end <= text.length);
        assert.match(message, /\S/);
      } else parsed.expression.evaluate(values);
      parseMessage('steps', text).template.render(values);
      const offset = at % (text.length + 1);
      const { range } = completeExpression('steps', text, offset);
      assert.ok(range.start <= offset && offset <= range.end);
      describeExpression('steps', text, offset);
    }),
    { numRuns: 2_000, seed: 1 },
  );
});
