// Times of checking generated workflows, stage by stage, beside the time the YAML library takes for the same text.
import { parseDocument } from 'yaml';
import { analyze } from '../../src/analysis/analyses.ts';
import { checkConditions } from '../../src/language/conditions.ts';
import { parseFile } from '../../src/language/parse.ts';
import { type ProjectHost, resolveWorkflow } from '../../src/language/project.ts';
import { lint } from '../../src/rules/lint.ts';
import { rules } from '../../src/rules/registry.ts';
import { settingsOf } from '../../src/rules/settings.ts';
import { type WorkflowShape, workflowText } from '../support/random-workflow.ts';

export { workflowShapes } from '../support/random-workflow.ts';

export interface Measured {
  readonly shape: WorkflowShape;
  readonly size: number;
  readonly characters: number;
  readonly edges: number;
  readonly findings: number;
  /** Least and middle time of each stage in milliseconds; `yaml` is the floor, `lint` the whole, parsing included. */
  readonly times: Readonly<Record<Stage, { readonly least: number; readonly middle: number }>>;
}

export const stages = ['yaml', 'read', 'conditions', 'graph', 'rules', 'lint'] as const;
export type Stage = (typeof stages)[number];

const uri = 'file:///bench/main.aiwf.yaml';
/** Every rule there is. */
const project = { profile: ['strict'], today: Date.parse('2026-11-23') };
const host: ProjectHost = { file: () => undefined, text: () => undefined };

/** Longer than this, and one run has to be enough. */
const slow = 3000;

/** Runs until `milliseconds` are over, three times at least, behind a first run that counts only where it is slow. */
export function measure(shape: WorkflowShape, size: number, milliseconds: number): Measured {
  const text = workflowText(shape, size);
  const runs: Record<Stage, number>[] = [];
  let last = once(text);
  if (last.times.lint > slow) runs.push(last.times);
  const until = performance.now() + milliseconds;
  while (last.times.lint <= slow && (runs.length < 3 || performance.now() < until)) {
    last = once(text);
    runs.push(last.times);
  }
  const times = Object.fromEntries(
    stages.map((stage) => {
      const sorted = runs.map((run) => run[stage]).sort((a, b) => a - b);
      return [stage, { least: sorted[0] ?? 0, middle: sorted[Math.floor(sorted.length / 2)] ?? 0 }];
    }),
  ) as Measured['times'];
  return { shape, size, characters: text.length, edges: last.edges, findings: last.findings, times };
}

function once(text: string): { times: Record<Stage, number>; edges: number; findings: number } {
  const [yaml] = timed(() => parseDocument(text, { prettyErrors: false, uniqueKeys: false, merge: false }));
  const [read, workflow] = timed(() => resolveWorkflow(parseFile(uri, text), host).workflow);
  const [conditions, checked] = timed(() => checkConditions(workflow));
  const analyses = analyze(workflow, checked);
  const [graph] = timed(() => [analyses.graph, analyses.reachability, analyses.dominators, analyses.handoffs]);
  const [all] = timed(() => {
    const settings = settingsOf(workflow, project);
    for (const rule of rules) rule.check(analyses, () => {}, settings);
  });
  const [whole, { findings }] = timed(() => lint(parseFile(uri, text), host, { settings: project }));
  const times = { yaml, read, conditions, graph, rules: all, lint: whole };
  return { times, edges: analyses.graph.edges.length, findings: findings.length };
}

/** Milliseconds of each rule on one workflow, the dearest first; what rules share counts for the first that asks. */
export function measureRules(shape: WorkflowShape, size: number): readonly (readonly [rule: string, ms: number])[] {
  const text = workflowText(shape, size);
  const totals = new Map<string, number>();
  const rounds = 3;
  for (let round = 0; round <= rounds; round++) {
    const workflow = resolveWorkflow(parseFile(uri, text), host).workflow;
    const analyses = analyze(workflow, checkConditions(workflow));
    const settings = settingsOf(workflow, project);
    for (const rule of rules) {
      const [milliseconds] = timed(() => rule.check(analyses, () => {}, settings));
      // The first round warms up.
      if (round > 0) totals.set(rule.id, (totals.get(rule.id) ?? 0) + milliseconds / rounds);
    }
  }
  return [...totals].sort(([, a], [, b]) => b - a);
}

function timed<T>(work: () => T): readonly [milliseconds: number, result: T] {
  const begin = performance.now();
  const result = work();
  return [performance.now() - begin, result];
}
