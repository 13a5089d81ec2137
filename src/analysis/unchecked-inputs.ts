// Input from outside that an AI works with: was it checked by a rule, or approved by a person, on every path before?
import { type Actor, isAi, type Step, type Workflow } from '../language/model.ts';
import type { Reference } from '../language/parts.ts';
import type { Analyses } from './analyses.ts';
import { approvedBy } from './approvals.ts';
import { completes } from './completion.ts';
import { type DataPath, includes, overlap, pathOf, rootOf, writesOf } from './data-paths.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { startSender } from './handoffs.ts';
import { maxFacts } from './must-facts.ts';
import { outcomeFacts } from './outcome-facts.ts';
import { isUnknown } from './performers.ts';
import { shortestPath } from './reachability.ts';

export interface UncheckedInput {
  readonly step: Step;
  readonly agent: Actor;
  /** As the step reads it. */
  readonly reads: readonly Reference[];
  /** A shortest path on which nobody checks it. */
  readonly path: readonly FlowEdge[];
  /** A step before it, on every path, that could check it: it reads it, and checks nothing yet. */
  readonly checker: Step | undefined;
}

/** One entry a step of an AI, with all its inputs from outside that some path brings unchecked. */
export function uncheckedInputs(analyses: Analyses): readonly UncheckedInput[] {
  const { graph, reachability } = analyses;
  const { workflow } = graph;
  const outside = dataFromOutside(workflow);
  const reading = graph.nodes.flatMap((node) => {
    const found = node.takenOver ? undefined : externalReads(node, outside);
    return found && Number.isFinite(reachability.distanceTo(node)) ? [{ node, ...found }] : [];
  });
  const paths = [...new Set(reading.flatMap(({ reads }) => reads.map(pathOf)))];
  const checked = new Map<DataPath, (node: FlowNode) => boolean>();
  for (let i = 0; i < paths.length; i += maxFacts) {
    const chunk = paths.slice(i, i + maxFacts);
    const bits = (holds: (path: DataPath) => boolean) =>
      chunk.reduce((all, path, bit) => (holds(path) ? all | (2 ** bit) : all), 0);
    const made = graph.edges.map((edge) => bits((path) => checks(edge, path)));
    const lost = graph.edges.map((edge) => bits((path) => bringsAnew(edge, path, workflow)));
    const facts = outcomeFacts(analyses, made, lost);
    for (const [bit, path] of chunk.entries()) checked.set(path, (node) => (facts.at(node) & (2 ** bit)) !== 0);
  }
  return reading.flatMap(({ node, step, agent, reads }): readonly UncheckedInput[] => {
    const open = reads.filter((reference) => !checked.get(pathOf(reference))?.(node));
    const [first] = open;
    if (!first) return [];
    const isGoal = (other: FlowNode) => other === node;
    const path =
      shortestPath([graph.root], isGoal, (edge) => !checks(edge, pathOf(first))) ?? reachability.pathTo(node) ?? [];
    return [{ step, agent, reads: open, path, checker: checkerBefore(node, open, analyses) }];
  });
}

/** Data that someone outside sends: by a start, an event, or work of their own. Data declared as trusted can be relied on. */
function dataFromOutside(workflow: Workflow): ReadonlySet<string> {
  const { starts, events, actors, steps, data } = workflow;
  const isOutside = (id: string | undefined) => ['external', 'vendor'].includes(actors.get(id ?? '')?.kind ?? '');
  const given = [
    ...starts.flatMap((start) =>
      isOutside(startSender(start, workflow))
        ? (start.fields.gives ?? events.get(start.fields.on?.name ?? '')?.fields.gives ?? [])
        : [],
    ),
    ...[...events.values()].flatMap(({ fields }) => (isOutside(fields.from?.name) ? (fields.gives ?? []) : [])),
  ].map(pathOf);
  const written = [...steps.values()].flatMap((step) => {
    const byOutside = step.performers.length > 0 && step.performers.every(({ id }) => isOutside(id));
    const arrives = step.kind === 'wait' && isOutside(step.fields.from?.name);
    return byOutside || arrives ? writesOf(step, workflow).map(({ out }) => out) : [];
  });
  const roots = [...given, ...written].map(rootOf);
  return new Set(
    roots.filter((root) => {
      const { fields } = data.get(root) ?? {};
      return fields !== undefined && fields.trust?.value !== 'trusted' && !fields.trustedRecord?.value;
    }),
  );
}

function externalReads({ kind, step, performers }: FlowNode, outside: ReadonlySet<string>) {
  const agent = step && [...performers, ...step.assistants].find(isAi);
  if (kind !== 'step' || !step || !agent) return undefined;
  const reads = (step.fields.reads ?? []).filter(({ name }) => outside.has(name));
  return reads.length > 0 ? { step, agent, reads } : undefined;
}

/** Leaving by `edge`, someone who is no AI has checked all of `path`, or a person has approved it. */
function checks(edge: FlowEdge, path: DataPath): boolean {
  const { step, performers } = edge.from;
  if (!step || !completes(edge)) return false;
  if (approvedBy(edge, path)) return true;
  if ((performers.length === 0 && !isUnknown(edge.from)) || performers.some(isAi)) return false;
  return (step.fields.validates ?? []).some((entry) => {
    const named = 'name' in entry ? entry : entry.data;
    return named !== undefined && includes(pathOf(named), path);
  });
}

/** The data comes in once more, so what was checked is not what is there. */
function bringsAnew({ from, outcome }: FlowEdge, path: DataPath, workflow: Workflow): boolean {
  const event = workflow.events.get(outcome ?? '');
  const gives = (event?.fields.gives ?? []).map(pathOf);
  const isOutside = from.performers.some(({ kind }) => kind === 'external' || kind === 'vendor');
  const written =
    from.step && (isOutside || from.step.kind === 'wait') ? writesOf(from.step, workflow).map(({ out }) => out) : [];
  return [...gives, ...written].some((out) => overlap(out, path));
}

/** The nearest step on every path that reads the data, is done by no AI, and by whose finished work alone one comes here. */
function checkerBefore(node: FlowNode, reads: readonly Reference[], { graph, dominators }: Analyses): Step | undefined {
  const paths = reads.map(pathOf);
  for (let at = dominators.immediate(node); at; at = dominators.immediate(at)) {
    const { step, performers } = at;
    if (!step || at.kind !== 'step' || step.fields.validates || performers.length === 0) continue;
    if (performers.some(({ kind }) => kind !== 'system' && kind !== 'human' && kind !== 'team')) continue;
    const known = (step.fields.reads ?? []).map(pathOf);
    if (!paths.every((path) => known.some((read) => includes(read, path)))) continue;
    const before = at;
    const around = shortestPath(
      [graph.root],
      (other) => other === node,
      (edge) => edge.from !== before || !completes(edge),
    );
    return around ? undefined : step;
  }
  return undefined;
}
