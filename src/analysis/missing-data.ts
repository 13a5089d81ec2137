// Data that a step needs and that some path brings it to without, one entry for each gap and step.

import { once } from '../language/asked-keys.ts';
import { addTo, groupBy } from '../language/groups.ts';
import type { Step } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { dataNeeds, type Need } from './data-needs.ts';
import { type DataPath, includes, overlap, rootOf } from './data-paths.ts';
import { type Definitions, definitionsOf } from './definitions.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { implies } from './implication.ts';
import { type Provisions, provisionsOf } from './provisions.ts';

export interface MissingData {
  readonly step: Step;
  /** What is missing on the same path, each data once. */
  readonly needs: readonly Need[];
  /** A shortest path to where it is needed, on which nothing provides it. */
  readonly path: readonly FlowEdge[];
  /** The last edge on that path behind a step that would have written it, had its work been finished. */
  readonly unfinished: FlowEdge | undefined;
  /** The last step on that path that deletes it. */
  readonly deletedBy: Step | undefined;
  /** Nothing in the workflow provides it at all: the other steps that miss it as well. */
  readonly nowhere: readonly Step[] | undefined;
  /** It may be missing under a condition, and whether that holds on the path is not known. */
  readonly undecided: boolean;
}

/** Every gap once: data that nothing provides at the first step that needs it, other data at each step it does not reach. */
export function missingData(analyses: Analyses): readonly MissingData[] {
  const needs = dataNeeds(analyses);
  const { made, work } = analyses.derived(provisionsOf);
  const [provided, known] = [pathsByRoot(work), pathsByRoot(made)];
  // A name that resolves to nothing may stand for any data.
  const isCertain = !work.includes('anything');
  const uses = new Map<FlowNode, DataPath[]>();
  const [without, reachable, facts]: [Need[], Need[], DataPath[]] = [[], [], []];
  for (const need of needs) {
    const fact = asFact(need.path, known);
    addTo(uses, need.node, fact);
    const isProvided = provided.get(rootOf(need.path))?.some((out) => overlap(out, need.path));
    if (isProvided) facts.push(fact);
    (isProvided ? reachable : without).push(need);
  }
  const definitions = definitionsOf(facts, uses, analyses);
  const causes = once(() => causesIn(analyses));
  const gaps = reachable.flatMap((need, i) => gapOf(need, facts[i] ?? need.path, definitions, causes, analyses));
  return [...(isCertain ? nowhere(without, analyses) : []), ...grouped(gaps)];
}

/** Each path that some edge brings, by the id of its data. */
function pathsByRoot(edges: Provisions['work']): ReadonlyMap<string, readonly DataPath[]> {
  const found = new Set<DataPath>();
  for (const paths of new Set(edges)) if (paths !== 'anything') for (const path of paths) found.add(path);
  return groupBy(found, rootOf);
}

/** Where nobody provides a field alone, the fields of data are there when the data is. */
function asFact(path: DataPath, provided: ReadonlyMap<string, readonly DataPath[]>): DataPath {
  const root = rootOf(path);
  return provided.get(root)?.some((out) => out !== root) ? path : root;
}

type Gap = Pick<MissingData, 'path' | 'unfinished' | 'deletedBy' | 'undecided'> & { readonly need: Need };

function gapOf(
  need: Need,
  fact: DataPath,
  definitions: Definitions,
  causes: () => Causes,
  analyses: Analyses,
): readonly Gap[] {
  const { node, on } = need;
  if (definitions.holdsAt(fact, node)) return [];
  // What ends a wait from inside this file brings what its sender had.
  if (on && node.step?.kind === 'wait' && node.in.some(({ kind }) => kind === 'message')) return [];
  const edge = on?.find((way) =>
    way.from === node ? !definitions.holdsBefore(fact, way) : !definitions.holdsAlong(fact, way),
  );
  if (on && !edge) return [];
  const goal = edge?.from ?? node;
  const before =
    definitions.pathWithout(fact, goal, edge?.from === goal ? edge : undefined) ??
    analyses.reachability.pathTo(goal) ??
    [];
  const path = edge ? [...before, edge] : before;
  const decided = decide(need, path, analyses);
  if (decided === 'missing by right' || path.length === 0) return [];
  return [{ need, path, ...causeOn(path, need, causes()), undecided: decided === 'unknown' }];
}

/** Data that is optional under a condition may be missing where the guards of the path say that the condition holds. */
function decide(
  { path: data }: Need,
  path: readonly FlowEdge[],
  { graph: { workflow }, conditions }: Analyses,
): 'missing' | 'missing by right' | 'unknown' {
  const optional = workflow.data.get(rootOf(data))?.fields.optional;
  if (!optional || optional.text.trim() === 'false') return 'missing';
  const wanted = conditions.checked.get(optional)?.ast;
  const guards = path.flatMap(({ when }) => (when && conditions.checked.get(when)?.ast) ?? []);
  return wanted && guards.some((guard) => implies(guard, wanted)) ? 'missing by right' : 'unknown';
}

/** Edges that make or delete data, by its id. */
interface Causes {
  readonly makers: ReadonlyMap<string, readonly (readonly [edge: FlowEdge, path: DataPath])[]>;
  readonly deleters: ReadonlyMap<string, readonly (readonly [edge: FlowEdge, path: DataPath])[]>;
}

function causesIn(analyses: Analyses): Causes {
  const { work, deleted } = analyses.derived(provisionsOf);
  const byRoot = (paths: Provisions['work']) => {
    const found = new Map<string, [FlowEdge, DataPath][]>();
    for (const edge of analyses.graph.edges) {
      const named = paths[edge.index] ?? [];
      for (const path of named === 'anything' ? [] : named) addTo(found, rootOf(path), [edge, path]);
    }
    return found;
  };
  return { makers: byRoot(work), deleters: byRoot(deleted) };
}

/** Why it is missing: a step that has deleted it, or one that writes it at other outcomes than the one on the path. */
function causeOn(
  path: readonly FlowEdge[],
  { path: data }: Need,
  { makers, deleters }: Causes,
): Pick<Gap, 'unfinished' | 'deletedBy'> {
  const root = rootOf(data);
  const deleting = (deleters.get(root) ?? []).flatMap(([edge, gone]) => (includes(gone, data) ? [edge] : []));
  const deletedBy = deleting.length > 0 ? path.findLast((edge) => deleting.includes(edge))?.from.step : undefined;
  if (deletedBy) return { deletedBy, unfinished: undefined };
  const making = new Set((makers.get(root) ?? []).flatMap(([edge, out]) => (overlap(out, data) ? [edge] : [])));
  const authors = new Set([...making].map(({ from }) => from));
  return { deletedBy, unfinished: path.findLast((edge) => authors.has(edge.from) && !making.has(edge)) };
}

/** Data without any source, at the step nearest to the start that needs it. */
function nowhere(needs: readonly Need[], { reachability }: Analyses): readonly MissingData[] {
  const nearest = [...needs].sort((a, b) => reachability.distanceTo(a.node) - reachability.distanceTo(b.node));
  const first = new Map<string, Need>();
  for (const need of nearest) if (!first.has(rootOf(need.path))) first.set(rootOf(need.path), need);
  const places = new Map<string, number[]>();
  for (const [place, { path }] of needs.entries()) addTo(places, rootOf(path), place);
  return grouped(
    [...first.values()].map((need) => ({
      need,
      path: reachability.pathTo(need.node) ?? [],
      unfinished: undefined,
      deletedBy: undefined,
      undecided: false,
    })),
  ).map((missing) => {
    const roots = new Set(missing.needs.map(({ path }) => rootOf(path)));
    const same = [...roots].flatMap((root) => places.get(root) ?? []).sort((a, b) => a - b);
    const others = same.flatMap((place) => needs[place]?.node.step ?? []);
    return { ...missing, nowhere: [...new Set(others)].filter((step) => step !== missing.step) };
  });
}

/** Gaps of one step on one path are one fault. */
function grouped(gaps: readonly Gap[]): readonly MissingData[] {
  const groups: Gap[][] = [];
  const byStep = new Map<Step | undefined, Gap[][]>();
  for (const gap of gaps) {
    const { step } = gap.need.node;
    const ofStep = byStep.get(step) ?? [];
    byStep.set(step, ofStep);
    const group = ofStep.find(([first]) => first?.undecided === gap.undecided && isSame(first.path, gap.path));
    if (group) group.push(gap);
    else {
      const begun = [gap];
      ofStep.push(begun);
      groups.push(begun);
    }
  }
  const said = new Map<Step | undefined, Set<string>>();
  return groups.flatMap((group): readonly MissingData[] => {
    const needs = group
      .map(({ need }) => need)
      .filter(({ node, path }) => {
        const ofStep = said.get(node.step) ?? new Set();
        said.set(node.step, ofStep);
        return !ofStep.has(rootOf(path)) && ofStep.add(rootOf(path));
      });
    const [first] = group;
    const step = first?.need.node.step;
    return first && step && needs.length > 0 ? [{ ...first, step, needs, nowhere: undefined }] : [];
  });
}

function isSame(one: readonly FlowEdge[], other: readonly FlowEdge[]): boolean {
  return one === other || (one.length === other.length && one.every((edge, i) => edge === other[i]));
}
