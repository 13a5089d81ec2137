// Races: two steps at work at the same time on the same data, of which at least one writes it.
import { addTo } from '../language/groups.ts';
import type { Step } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import type { Analyses } from './analyses.ts';
import { concurrencyOf } from './concurrency.ts';
import { type DataPath, overlap, pathOf, rootOf, writesOf } from './data-paths.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';

export interface Race {
  /** The one that is at fault: of two writers the one that a case reaches later. */
  readonly writer: FlowNode;
  readonly path: DataPath;
  /** Of the mention in the writer. */
  readonly range: Range;
  /** Who writes or judges it at the same time; the writer itself where elements of a list are done all at once. */
  readonly other: FlowNode;
  readonly judges: boolean;
}

interface Use {
  readonly node: FlowNode;
  readonly path: DataPath;
  readonly range: Range;
  readonly writes: boolean;
}

/** One for each writer and data, with the first other that it meets. */
export function racesOf(analyses: Analyses): readonly Race[] {
  const { graph, reachability } = analyses;
  const { workflow } = graph;
  const rank = (node: FlowNode) => reachability.distanceTo(node) * graph.nodes.length + node.index;
  const races = new Map<string, Race>();
  for (const [data, uses] of usesByData(analyses)) {
    const declared = workflow.data.get(data);
    if (!declared || declared.fields.merge || !uses.some(({ writes }) => writes)) continue;
    const kept = declared.fields.store !== undefined || declared.fields.trustedRecord?.value === true;
    for (const use of uses.filter(({ writes }) => writes)) {
      const meets = (other: Use) =>
        other.node.step !== use.node.step &&
        overlap(other.path, use.path) &&
        (!other.writes || rank(other.node) < rank(use.node)) &&
        analyses.derived(concurrencyOf).inParallel(use.node, other.node);
      const alone = kept && isForEachParallel(use.node.step) ? use : undefined;
      const other = alone ?? uses.find(meets);
      const key = `${use.node.step?.id} ${data}`;
      if (!other || races.has(key)) continue;
      const { node, path, range } = use;
      races.set(key, { writer: node, path, range, other: other.node, judges: !other.writes });
    }
  }
  return [...races.values()];
}

/** Who writes and who judges what, by the id of the data. */
function usesByData({ graph }: Analyses): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  const add = (use: Use) => {
    const root = rootOf(use.path);
    addTo(uses, root, use);
  };
  for (const node of graph.nodes) {
    const { step } = node;
    if (!step || node.kind !== 'step' || node.takenOver || step.kind === 'end') continue;
    const written = step.fields.$.keyRange('writes') ?? step.range;
    for (const { out } of writesOf(step, graph.workflow)) add({ node, path: out, range: written, writes: true });
    const modifies = step.kind === 'approval' && node.out.some((edge) => edge.outcome === 'modify' && !endsAll(edge));
    for (const reference of step.fields.covers ?? [])
      add({ node, path: pathOf(reference), range: reference.range, writes: modifies });
    for (const reference of step.fields.reviews ?? [])
      add({ node, path: pathOf(reference), range: reference.range, writes: false });
  }
  return uses;
}

/** It ends what else goes on beside it, so that nobody goes on with what was judged meanwhile. */
function endsAll({ from, to }: FlowEdge): boolean {
  return to.step?.kind === 'end' && to.step.fields.terminate?.value === true && to.step.scope === from.step?.scope;
}

/** It stands in a scope, or is a step, that is done for all elements of a list at once. */
function isForEachParallel(step: Step | undefined): boolean {
  for (let at = step; at; at = at.scope) if (at.fields.forEach?.mode?.value === 'parallel') return true;
  return false;
}
