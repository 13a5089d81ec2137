// docs/custom-rules.md: its tables are made from the tables of the keys and of the model, and its rules are run.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseConfiguration } from '../../src/governance/configuration.ts';
import { expressionLimits } from '../../src/governance/custom-expressions.ts';
import { testRule } from '../../src/governance/custom-rule-examples.ts';
import type { Field } from '../../src/governance/custom-rule-field.ts';
import { customRuleKeys, packKeys } from '../../src/governance/custom-rule-keys.ts';
import { modelTypes, ruleKinds } from '../../src/governance/custom-rule-model.ts';
import { functions, methods } from '../../src/governance/custom-rule-typing.ts';
import { elementLimit } from '../../src/governance/custom-rule-view.ts';
import { parsePack } from '../../src/governance/rule-packs.ts';
import type { Key } from '../../src/language/shape.ts';

const path = 'docs/custom-rules.md';

/** The page with the rows of the table that has this head. */
function withTable(page: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const first = `${line(head)}\n${`|${'---|'.repeat(head.length)}`}\n`;
  const start = page.indexOf(first);
  assert.ok(start >= 0, `no table ${head.join()}`);
  const end = page.indexOf('\n\n', start);
  return `${page.slice(0, start)}${first}${rows.map(line).join('\n')}${end < 0 ? '\n' : page.slice(end)}`;
}

function typePages(): string {
  return Object.entries(modelTypes)
    .map(([name, { doc, fields }]) => {
      const rows = Object.entries(fields).map(
        ([field, { type, doc: meaning, absent = '' }]: [string, Field<never>]) =>
          `| \`${field}\` | ${type.replace('<', ' of ').replace('>', '').replace('double', 'number').replace('bool', 'true or false')} | ${meaning} | ${absent} |`,
      );
      return `### ${name}\n\n${doc}\n\n| field | type | meaning | absent |\n|---|---|---|---|\n${rows.join('\n')}\n`;
    })
    .join('\n');
}

test('the tables on the page are those of the code', () => {
  const page = readFileSync(path, 'utf8');
  const keyRows = Object.entries(customRuleKeys).map(([name, { doc, required, default: standard }]: [string, Key]) => [
    `\`${name}\``,
    doc,
    required ? 'required' : (standard ?? ''),
  ]);
  const packRows = Object.entries(packKeys).map(([name, { doc }]) => [`\`${name}\``, doc]);
  const kindRows = Object.entries(ruleKinds).map(([word, { variable, type, doc }]) => [
    `\`${word}\``,
    `\`${variable}\``,
    type,
    doc,
  ]);
  const withRows = withTable(
    withTable(withTable(page, ['key', 'meaning', 'default'], keyRows), ['key', 'meaning'], packRows),
    ['`for`', 'name', 'type', 'looks at'],
    kindRows,
  );
  const types = withRows.indexOf('### Workflow\n');
  const made = `${(types < 0 ? withRows : withRows.slice(0, types)).trimEnd()}\n\n${typePages()}`;
  if (process.env.UPDATE_GOLDEN) writeFileSync(path, made);
  else assert.equal(page, made, 'UPDATE_GOLDEN=1 writes the page');
});

test('the page names the limits and the functions as they are', () => {
  const page = readFileSync(path, 'utf8');
  const { characters, nodes, depth, elements, loops } = expressionLimits;
  assert.ok(
    page
      .replace(/\s+/g, ' ')
      .includes(
        `at most ${characters} characters, ${nodes} parts, ${depth} levels and ${elements} elements in a list it writes; lists are gone through at most ${loops} deep`,
      ),
  );
  assert.ok(page.includes(`at most ${elementLimit} elements`));
  for (const name of [...Object.keys(methods.list), ...Object.keys(methods.string), 'has'])
    assert.ok(page.includes(`\`${name}`), name);
  assert.ok(Object.keys(functions).includes('has'));
});

test('the rules on the page and of the example pack do what their examples say', () => {
  const [, text = ''] = /^```yaml\n(custom-rules:.*?)^```$/ms.exec(readFileSync(path, 'utf8')) ?? [];
  const configuration = parseConfiguration('file:///work/aiwf.config.yaml', text);
  assert.deepEqual(configuration.problems, []);
  const source = readFileSync('examples/rules/house.aiwf.rules.yaml', 'utf8');
  const pack = parsePack('file:///work/house.aiwf.rules.yaml', source);
  assert.deepEqual(pack.problems, []);
  const all = [...configuration.customRules, ...pack.rules];
  assert.equal(all.length, 3);
  assert.deepEqual(
    all.flatMap((rule) => testRule(rule).results.flatMap(({ faults }) => faults.map(({ message }) => message))),
    [],
  );
});
