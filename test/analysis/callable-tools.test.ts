// Callable tools: those a step names, else all of the agents at work, each with the most it can do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callableTools } from '../../src/analysis/callable-tools.ts';
import { flow } from '../language/parsing.ts';
import { analysesOf, nodeNamed } from './graph-reading.ts';

const agents = `  one: { kind: agent, tools: { a: { effect: none }, b: { effect: reversible, external: true }, c: {}, half: { effect: } } }
  two: { kind: agent, tools: { shell: { effect: none }, sql: { effect: none, scope: read only } } }
  crm: { kind: system, tools: { d: { effect: irreversible } } }
  anna:`;

/** `b1+` for a reversible and external tool `b`. */
function tools(step: string): string {
  const analyses = analysesOf(
    flow(`first: { task: T, ${step}, next: last }\nlast: { end: E }`).replace('  anna:', agents),
  );
  const found = callableTools(nodeNamed(analyses, 'first'), analyses.workflow.actors);
  return found.map(({ name, effect }) => `${name}${effect.weight}${effect.external ? '+' : ''}`).join(' ');
}

test('without uses an agent may call all it has and all of those it passes work to; a system and a person may not', () => {
  assert.equal(tools('by: one'), 'a0 b1+ c2');
  assert.equal(tools('by: [one, crm], delegates-to: [two]'), 'a0 b1+ c2 shell2+ sql0');
  assert.equal(tools('by: crm'), '');
  assert.equal(tools('by: anna, assisted-by: [one]'), '');
});

test('with uses it is what they name, in their order, of whoever takes part, and what undoes an effect', () => {
  assert.equal(tools('by: one, uses: []'), '');
  assert.equal(tools('by: one, uses: [c, a, crm.read]'), 'c2 a0');
  assert.equal(tools('by: crm, uses: [d]'), 'd2');
  assert.equal(tools('by: anna, assisted-by: [one], uses: [b]'), 'b1+');
  assert.equal(tools('by: one, uses: [a], effects: [{ kind: k, rollback: { by: b } }]'), 'a0 b1+');
});
