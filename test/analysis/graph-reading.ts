// What the tests of the analyses share: the graph of a text, and its edges as lines that can be compared.
import assert from 'node:assert/strict';
import { type Analyses, analyze } from '../../src/analysis/analyses.ts';
import type { FlowEdge, FlowNode } from '../../src/analysis/flow-graph.ts';
import { checkConditions } from '../../src/language/conditions.ts';
import { resolveWorkflow } from '../../src/language/project.ts';
import { flow, hostOf, parse } from '../language/parsing.ts';

export function analysesOf(text: string, files: Readonly<Record<string, string>> = {}): Analyses {
  const { workflow } = resolveWorkflow(parse(text), hostOf(files));
  return analyze(workflow, checkConditions(workflow));
}

/** Of a workflow around `steps`, see `flow`. */
export function analysesOfSteps(steps: string, rest = ''): Analyses {
  return analysesOf(flow(steps, rest));
}

/** `draft`, `draft/fallback`, `scope)` for the end of a scope, `root`, `start`. */
export function nodeShown({ kind, step, takenOver }: FlowNode): string {
  if (kind === 'exit') return `${step?.id})`;
  return step ? `${step.id}${takenOver ? `/${takenOver}` : ''}` : kind;
}

const arrows = { normal: '->', guarded: '-?->', exceptional: '-!->', message: '~~>' } as const;

export function edgeShown({ from, to, kind, outcome, when, max, split, exhausted, interrupt }: FlowEdge): string {
  const words = [
    outcome,
    when && `[${when.text}]`,
    max && `max ${max}`,
    split?.mode === 'parallel' && 'all',
    split?.mode === 'inclusive' && 'any',
    exhausted && 'exhausted',
    interrupt && 'interrupt',
  ].filter(Boolean);
  return `${nodeShown(from)} ${arrows[kind]} ${nodeShown(to)}${words.length > 0 ? `: ${words.join(' ')}` : ''}`;
}

/** The edges that leave `id`, or all, are exactly these. */
export function checkEdges({ graph }: Analyses, expected: readonly string[], id?: string): void {
  const edges = graph.edges.filter(({ from }) => id === undefined || nodeShown(from).replace(/[/)].*/, '') === id);
  assert.deepEqual(edges.map(edgeShown).sort(), [...expected].sort());
}

export function nodeNamed({ graph }: Analyses, name: string): FlowNode {
  const node = graph.nodes.find((candidate) => nodeShown(candidate) === name);
  assert.ok(node, `no node '${name}'`);
  return node;
}
