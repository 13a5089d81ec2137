// Times of checking generated workflows, stage by stage, beside the time the YAML library takes for the same text.
import { parseDocument } from 'yaml';
import { type Analyses, analyze } from '../../src/analysis/analyses.ts';
import { checkConditions } from '../../src/language/conditions.ts';
import type { Workflow } from '../../src/language/model.ts';
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
  /** Milliseconds of each stage for one text, collection of its garbage included. */
  readonly times: Readonly<Record<Stage, number>>;
}

/**
 * `yaml` is the floor: the library alone. `read` is tree, values and imports, `checks` all that follows: conditions,
 * graph, every analysis and rule. `lint` is the whole, from text to findings.
 */
export const stages = ['yaml', 'read', 'checks', 'lint'] as const;
export type Stage = (typeof stages)[number];

const uri = 'file:///bench/main.aiwf.yaml';
/** Every rule there is. */
const project = { profile: ['strict'], today: Date.parse('2026-11-23') };
const host: ProjectHost = { file: () => undefined, text: () => undefined };

/**
 * The middle of many rounds, three at least; those of the first half of the time only warm up. In a round each stage runs in a row of its own, so
 * that no stage pays for the garbage of another, and the stages take turns, so that a machine that slows down slows all.
 */
export function measure(shape: WorkflowShape, size: number, milliseconds: number): Measured {
  const text = workflowText(shape, size);
  const [first] = timed(() => lintOnce(text));
  const row = Math.max(1, Math.min(10, Math.round(rowMilliseconds / first)));
  const rounds: Record<Stage, number>[] = [];
  const until = performance.now() + milliseconds;
  while (rounds.length < 6 || performance.now() < until) rounds.push(round(text, row));
  const times = Object.fromEntries(
    stages.map((stage) => [stage, middle(rounds.slice(Math.floor(rounds.length / 2)).map((one) => one[stage]))]),
  ) as Measured['times'];
  const edges = analysesOf(text).graph.edges.length;
  return { shape, size, characters: text.length, edges, findings: lintOnce(text), times };
}

const rowMilliseconds = 200;

function round(text: string, row: number): Record<Stage, number> {
  const repeated = (work: (i: number) => unknown) => {
    const [milliseconds] = timed(() => {
      for (let i = 0; i < row; i++) work(i);
    });
    return milliseconds / row;
  };
  const yaml = repeated(() => parseDocument(text, { prettyErrors: false, uniqueKeys: false, merge: false }));
  const read: Workflow[] = [];
  const reading = repeated(() => read.push(resolveWorkflow(parseFile(uri, text), host).workflow));
  const checks = repeated((i) => {
    const workflow = read[i];
    if (workflow) checkAll(workflow);
  });
  return { yaml, read: reading, checks, lint: repeated(() => lintOnce(text)) };
}

function checkAll(workflow: Workflow): void {
  const analyses = analyze(workflow, checkConditions(workflow));
  const settings = settingsOf(workflow, project);
  for (const rule of rules) rule.check(analyses, () => {}, settings);
}

function lintOnce(text: string): number {
  return lint(parseFile(uri, text), host, { settings: project }).findings.length;
}

function analysesOf(text: string): Analyses {
  const { workflow } = resolveWorkflow(parseFile(uri, text), host);
  return analyze(workflow, checkConditions(workflow));
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Milliseconds of each rule on one workflow, the dearest first; what rules share counts for the first that asks. */
export function measureRules(shape: WorkflowShape, size: number): readonly (readonly [rule: string, ms: number])[] {
  const text = workflowText(shape, size);
  const totals = new Map<string, number>();
  const rounds = Math.max(3, Math.round(10_000 / size));
  for (let round = 0; round <= rounds; round++) {
    const analyses = analysesOf(text);
    const settings = settingsOf(analyses.workflow, project);
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
