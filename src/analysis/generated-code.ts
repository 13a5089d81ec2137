// Code that an AI writes and that is run: by an effect, by a tool that runs what it is told, or by the AI itself.
import { isAi, isPerson, type Workflow } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import type { Analyses } from './analyses.ts';
import { judgedPaths } from './approvals.ts';
import { type CallableTool, callableTools } from './callable-tools.ts';
import { type DataPath, pathOf, rootOf } from './data-paths.ts';
import { type Effect, effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { kindsOf } from './origin.ts';
import { type Taint, taintOf } from './taint.ts';
import type { TaintPath } from './taint-witness.ts';
import { validatedPaths } from './trust.ts';

export interface RunCode {
  readonly node: FlowNode;
  readonly by: { readonly effect: Effect } | { readonly tool: CallableTool };
  readonly range: Range;
  /** The code; undefined for commands that the AI makes up there and then. */
  readonly data: DataPath | undefined;
  readonly path: TaintPath | undefined;
  /** What it lacks: a look of a human, a check by rule, or both. */
  readonly isUnreviewed: boolean;
  readonly isUnvalidated: boolean;
  /** Edges over which it comes unreviewed. */
  entries(): readonly FlowEdge[];
}

const unreviewed = 1;
const unvalidated = 2;

/** One entry for each step outside a sandbox that runs what an AI wrote, at the first of its nodes where it does. */
export function runCodes(analyses: Analyses): readonly RunCode[] {
  const { graph, reachability } = analyses;
  const { workflow } = graph;
  return [...workflow.steps.values()].flatMap((step) => {
    if (step.fields.sandbox?.value === true) return [];
    for (const node of graph.nodesOf(step)) {
      if (!Number.isFinite(reachability.distanceTo(node))) continue;
      const found = runByEffect(node, analyses) ?? runByTool(node, analyses);
      if (found) return [found];
    }
    return [];
  });
}

/** Kinds of effect that put code to work. */
const running: ReadonlySet<string> = new Set(['deploy', 'execute', 'run']);

function runByEffect(node: FlowNode, analyses: Analyses): RunCode | undefined {
  const { step } = node;
  if (!step) return undefined;
  for (const effect of effectsOf(step, analyses.graph.workflow).filter(({ kind }) => running.has(kind))) {
    const found = codeIn(node, effect.consumes, analyses);
    if (found) return { node, by: { effect }, range: effect.range, ...found };
  }
  return undefined;
}

/** A tool that runs what it is told gets what the step reads or writes; an AI tells it what it has made up itself. */
function runByTool(node: FlowNode, analyses: Analyses): RunCode | undefined {
  const { step } = node;
  const { workflow } = analyses.graph;
  const tool = callableTools(node, workflow.actors).find((one) => isExecutor(one));
  if (!step || !tool) return undefined;
  const range = tool.use?.range ?? step.fields.$.valueRange('by') ?? step.range;
  const found = codeIn(node, (step.fields.reads ?? []).map(pathOf), analyses);
  if (found) return { node, by: { tool }, range, ...found };
  // What an agent may call and no step names need not be called.
  if (!tool.use || !isAi(tool.owner) || !node.performers.includes(tool.owner)) return undefined;
  const made = { data: undefined, path: undefined, isUnreviewed: true, isUnvalidated: true, entries: () => [] };
  return { node, by: { tool }, range, ...made };
}

const executors = /^(shell|bash|terminal|powershell|command[-_]line|sql|code[-_]interpreter)$/;

/** Runs anything; one that is said to have no effect does so where it can do no harm. */
function isExecutor({ name, owner, because }: CallableTool): boolean {
  return (
    executors.test(name) && because === 'free-form' && owner.fields.tools?.get(name)?.value?.effect?.value !== 'none'
  );
}

/** Code among `paths` that nobody reviewed; or that nobody validated, where no person is at work. */
function codeIn(node: FlowNode, paths: readonly DataPath[], analyses: Analyses) {
  const taint = analyses.derived(codeTaint);
  const byPeople = node.performers.length > 0 && node.performers.every(isPerson);
  for (const label of byPeople ? [unreviewed] : [unreviewed, unvalidated]) {
    const data = paths.find((path) => (taint.within(node, path) & label) !== 0);
    const path = data === undefined ? undefined : taint.pathTo(node, data, label, 'within');
    if (data === undefined || !path) continue;
    const isUnvalidated = (taint.within(node, data) & unvalidated) !== 0;
    const entries = () => node.in.filter((edge) => (taint.along(edge, data) & unreviewed) !== 0);
    return { data, path, isUnreviewed: label === unreviewed, isUnvalidated, entries };
  }
  return undefined;
}

/** Code of an AI and what is built from it, until a human looks at it, and until a check that is no AI lets it pass. */
function codeTaint(analyses: Analyses): Taint {
  const { workflow } = analyses.graph;
  return taintOf(analyses, {
    initial: () => 0,
    brings: (arrival) =>
      isCode(arrival.out, workflow) && kindsOf(arrival, workflow).includes('ai') ? unreviewed | unvalidated : 0,
    keeps: ({ out }) => (isCode(out, workflow) || mediaOf(out, workflow).length === 0 ? unreviewed | unvalidated : 0),
    removes: (edge) => [
      ...judgedPaths(edge).map((path) => ({ path, labels: unreviewed })),
      ...validatedPaths(edge).map((path) => ({ path, labels: unvalidated })),
    ],
    equated: unreviewed | unvalidated,
  });
}

function isCode(path: DataPath, workflow: Workflow): boolean {
  return mediaOf(path, workflow).includes('code');
}

function mediaOf(path: DataPath, { data }: Workflow): readonly string[] {
  return (data.get(rootOf(path))?.fields.media ?? []).map(({ value }) => value);
}
