// Steps with one way in and one way out over all edges, exceptional ones included: what can stand in a sub-workflow.
import type { FlowEdge, FlowGraph, FlowNode } from '../../analysis/flow-graph.ts';
import { isInside, type Step } from '../../language/model.ts';

export interface Region {
  /** Steps of it, those of its scopes included. */
  readonly steps: ReadonlySet<Step>;
  /** Where work comes in. */
  readonly entry: Step;
  /** Where work goes when it leaves, outside. */
  readonly exit: Step;
}

/** The region that `selected` steps of one map make, or why they make none. */
export function regionOf(selected: readonly Step[], graph: FlowGraph): Region | { readonly refused: string } {
  const steps = new Set(
    [...graph.workflow.steps.values()].filter((s) => selected.some((own) => s === own || isInside(s, own))),
  );
  const has = ({ step }: FlowNode) => step !== undefined && steps.has(step);
  const scope = selected[0]?.scope;
  if (scope?.fields.order?.value === 'free') return { refused: `'${scope.id}' lets its performer pick the next step.` };
  const end = [...steps].find((step) => step.kind === 'end' && step.scope === scope);
  if (end) return { refused: `'${end.id}' ends the case.` };
  const named = graph.alsoReachable.find(({ step }) => steps.has(step));
  if (named) return { refused: `Something outside of the flow leads to '${named.step.id}'.` };
  const into = graph.edges.filter((edge) => has(edge.to) && !has(edge.from));
  const out = graph.edges.filter((edge) => has(edge.from) && !has(edge.to) && !isFromAround(edge, steps));
  const message = [...into, ...out].find(({ kind }) => kind === 'message');
  if (message) return { refused: `The event '${message.outcome}' is emitted on one side and awaited on the other.` };
  const entries = [...new Set(into.map(({ to }) => to.step))];
  const [entry] = entries;
  if (!entry) return { refused: 'Nothing leads to these steps.' };
  if (entries.length > 1) return { refused: `Work comes in at ${listed(entries)}; a sub-workflow has one way in.` };
  const closed = out.find(({ to }) => to.kind !== 'step');
  if (closed) return { refused: `'${closed.from.step?.id}' ends the scope around it.` };
  const exits = [...new Set(out.map(({ to }) => to.step))];
  const [exit] = exits;
  if (!exit) return { refused: 'No way leads out of these steps.' };
  if (exits.length > 1) return { refused: `Work goes on at ${listed(exits)}; a sub-workflow has one way out.` };
  const refused = atBorder(into, out, entry, exit) ?? besides(steps, graph, out);
  return refused === undefined ? { steps, entry, exit } : { refused };
}

/** Events and timers of the case and of scopes around strike a call as they strike its steps. */
function isFromAround({ departure: { of }, interrupt, outcome }: FlowEdge, steps: ReadonlySet<Step>): boolean {
  return of !== undefined && (of === 'case' || !steps.has(of)) && (interrupt || outcome === 'timer');
}

/** What is written on an edge into or out of the steps and would mean something else there. */
function atBorder(into: readonly FlowEdge[], out: readonly FlowEdge[], entry: Step, exit: Step): string | undefined {
  const isJoin = ({ fields }: Step) => fields.join !== undefined && fields.join.value !== 'any';
  if (isJoin(entry)) return `'${entry.id}' joins paths, which a start cannot.`;
  if (isJoin(exit) && out.length > 1) return `'${exit.id}' joins paths, and several come from these steps.`;
  const bound = out.find(({ max, exhausted, contract, keep }) => max !== undefined || exhausted || contract || keep);
  if (bound) return `The way from '${bound.from.step?.id}' to '${exit.id}' has a bound or a contract of its own.`;
  const kept = into.find(({ keep }) => keep);
  return kept ? `The way to '${entry.id}' starts a second path.` : undefined;
}

/** Paths side by side have to meet before they leave: a call goes on once. */
function besides(steps: ReadonlySet<Step>, graph: FlowGraph, out: readonly FlowEdge[]): string | undefined {
  const inner = graph.edges.filter(({ from }) => from.step && steps.has(from.step));
  const parts = inner.some(({ keep, split }) => keep || (split !== undefined && split.mode !== 'exclusive'));
  const last = [...new Set(out.map(({ from }) => from.step))];
  const meets = last.length === 1 && last[0]?.fields.join !== undefined && last[0].fields.join.value !== 'any';
  return parts && !meets ? 'Paths that run side by side leave without a join.' : undefined;
}

function listed(steps: readonly (Step | undefined)[]): string {
  const ids = steps.map((step) => `'${step?.id}'`);
  return ids.length < 4 ? `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}` : `${ids.length} steps`;
}
