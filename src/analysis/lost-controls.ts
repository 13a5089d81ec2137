// What stands before an effect as long as nothing goes wrong, and is missing on a way that begins where something does.
import { isAi, isHuman, type Step, type Workflow } from '../language/model.ts';
import { admissionOf } from './admission.ts';
import type { Analyses } from './analyses.ts';
import { anyData, judgedPaths, type Requirement } from './approvals.ts';
import { completes } from './completion.ts';
import { byRoot, type DataPath, includes, overlap, pathOf, rootOf, writesOf } from './data-paths.ts';
import { addFact, carries, type FactSet, hasFact, noFacts, type SetTransfer } from './fact-sets.ts';
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts';
import { logOf } from './logging.ts';
import { mayFacts } from './may-facts.ts';
import { mustFactSets } from './must-facts.ts';
import { nodesReaching } from './reachability.ts';
import { type EffectApprovals, effectApprovals, type GraveEffect } from './unapproved-effects.ts';

/** Something that has to be passed before an effect: `what` is data, whom it is told, or a store. */
export interface Control {
  readonly kind: 'approval' | 'validation' | 'disclosure' | 'log';
  readonly what: string;
  readonly requirement: Requirement | undefined;
}

export interface LostControl {
  readonly control: Control;
  readonly occurrence: GraveEffect;
  /** The edge by which the work leaves its usual way. */
  readonly edge: FlowEdge;
  /** From there to the effect. */
  readonly way: readonly FlowEdge[];
  /** Nodes that are the control on the usual way. */
  readonly nodes: readonly FlowNode[];
  /** Edges by which the work comes back to its usual way: were the control passed there, nothing would be lost. */
  readonly closing: readonly FlowEdge[];
}

const degraded: ReadonlySet<string> = new Set([
  'error',
  'unavailable',
  'low-confidence',
  'absent',
  'timeout',
  'timer',
  'refused',
]);

/** Work leaves its usual way: something failed, or somebody is not there. */
function isDegraded({ outcome = '', exhausted, interrupt }: FlowEdge): boolean {
  return !interrupt && (exhausted || degraded.has(outcome));
}

/**
 * Controls that hold on all paths to an effect over usual edges only, and not over all edges: compared by two analyses of
 * what holds on all paths, with a shortest way that begins where the work leaves its usual way.
 */
export function lostControls(analyses: Analyses): readonly LostControl[] {
  const { graph, dominators } = analyses;
  const known = analyses.derived(effectApprovals);
  const occurrences = known.occurrences.filter(({ effect, node }) => admissionOf(effect, node, analyses) === 'none');
  const usual = usuallyReached(graph);
  const wanted = occurrences
    .filter(({ node }) => usual.has(node))
    .map((one) => [one, controlsOf(one, graph.workflow)] as const);
  const numbers = new Map(wanted.flatMap(([, controls]) => controls).map((control) => [keyOf(control), control]));
  const controls = [...numbers.values()];
  const numberOf = new Map([...numbers.keys()].map((key, number) => [key, number]));
  if (controls.length === 0) return [];
  const { made, lost } = eventsOf(controls, known, graph);
  const transfer: SetTransfer = (edge, entry, left) => {
    for (let word = 0; word < left.length; word++)
      left[word] = ((entry[word] ?? 0) & ~(lost(edge)?.[word] ?? 0)) | (made(edge)?.[word] ?? 0);
  };
  const always = mustFactSets(graph, dominators, controls.length, transfer);
  const usually = mustFactSets(graph, dominators, controls.length, (edge, entry, left) =>
    isDegraded(edge) || !usual.has(edge.from) ? void left.fill(0xffffffff) : transfer(edge, entry, left),
  );
  const gone = wanted.flatMap(([occurrence, own]) =>
    own.flatMap((control) => {
      const number = numberOf.get(keyOf(control)) ?? -1;
      const { node } = occurrence;
      return hasFact(usually.at(node), number) && !hasFact(always.at(node), number)
        ? [{ occurrence, control, number }]
        : [];
    }),
  );
  if (gone.length === 0) return [];
  // Missing where it never was made, or was lost since.
  const missing = mayFacts(graph, controls.length, (edge, entry, left) => {
    for (let word = 0; word < left.length; word++) {
      const before = edge.from === graph.root ? 0xffffffff : (entry[word] ?? 0);
      left[word] = (before | (lost(edge)?.[word] ?? 0)) & ~(made(edge)?.[word] ?? 0);
    }
  });
  return gone.flatMap(({ occurrence, control, number }) => {
    const begins = (edge: FlowEdge) => isDegraded(edge) && usual.has(edge.from) && hasFact(missing.along(edge), number);
    const passes = (edge: FlowEdge) => hasFact(missing.along(edge), number);
    // Where all went well until then, the control was passed before: it is an earlier edge that loses it.
    const loses = (edge: FlowEdge) =>
      begins(edge) && (!hasFact(usually.at(edge.from), number) || hasFact(lost(edge), number));
    const way = wayBack(occurrence.node, loses, passes) ?? wayBack(occurrence.node, begins, passes);
    const edge = way?.[0];
    if (!way || !edge || isOfJudge(edge.from, control) || !isNeeded(control, occurrence, way, graph)) return [];
    const before = nodesReaching([occurrence.node], (one) => carries(one) && !isDegraded(one));
    const makers = graph.nodes.filter(
      (node) => usual.has(node) && before.has(node) && node.out.some((to) => hasFact(made(to), number)),
    );
    // Approval is a check as well; that it is missing is said as that.
    const nodes = makers.filter(({ step }) => control.kind !== 'validation' || step?.fields.validates);
    return nodes.length > 0 ? [{ control, occurrence, edge, way, nodes, closing: returns(edge, usual, graph) }] : [];
  });
}

function keyOf({ kind, what, requirement }: Control): string {
  return `${kind} ${requirement?.by ?? ''} ${what}`;
}

/** Where the work comes back to its usual way that left it by the text of `left`. */
function returns(left: FlowEdge, usual: ReadonlySet<FlowNode>, { edges }: FlowGraph): readonly FlowEdge[] {
  const same = edges.filter(({ range, outcome }) => range.start === left.range.start && outcome === left.outcome);
  const away = new Set(same.filter(({ to }) => !usual.has(to)).map(({ to }) => to));
  for (const { out } of away) for (const edge of out) if (carries(edge) && !usual.has(edge.to)) away.add(edge.to);
  return [...same, ...[...away].flatMap(({ out }) => out)].filter(({ to }) => usual.has(to));
}

/** Nodes that a case reaches while nothing goes wrong. */
function usuallyReached(graph: FlowGraph): ReadonlySet<FlowNode> {
  const reached = new Set([graph.root]);
  for (const node of reached) for (const edge of node.out) if (carries(edge) && !isDegraded(edge)) reached.add(edge.to);
  return reached;
}

function controlsOf({ effect, required }: GraveEffect, workflow: Workflow): readonly Control[] {
  const { step, consumes, fields } = effect;
  const receiver = workflow.actors.get(fields?.to?.name ?? '');
  const own = logOf(step, workflow).store;
  const stores = new Set([...workflow.steps.values()].flatMap((one) => logOf(one, workflow).store ?? []));
  return [
    ...required.map((requirement): Control => ({ kind: 'approval', what: requirement.path, requirement })),
    ...consumes.map((what): Control => ({ kind: 'validation', what, requirement: undefined })),
    ...(receiver ? [{ kind: 'disclosure', what: receiver.id, requirement: undefined } as const] : []),
    ...[...stores]
      .filter((store) => store !== own)
      .map(({ id }): Control => ({ kind: 'log', what: id, requirement: undefined })),
  ];
}

/** What leaving each edge does to the controls. */
interface Events {
  made(edge: FlowEdge): FactSet | undefined;
  lost(edge: FlowEdge): FactSet | undefined;
}

/** Who could approve does not need an approval of their own work: a step of theirs is as good. */
function eventsOf(controls: readonly Control[], { approvals }: EffectApprovals, graph: FlowGraph): Events {
  const { workflow } = graph;
  const { events } = approvals;
  const numbered = controls.map((control, number) => ({ ...control, out: control.what, number }));
  const required = numbered.flatMap(({ requirement, number }) => {
    const at = requirement && events.numberOf(requirement);
    return at === undefined ? [] : [{ at, number }];
  });
  const validations = byRoot(numbered.filter(({ kind }) => kind === 'validation'));
  const others = new Map(numbered.map(({ kind, what, number }) => [`${kind} ${what}`, number]));
  const made: (FactSet | undefined)[] = new Array(graph.edges.length).fill(undefined);
  const lost: (FactSet | undefined)[] = new Array(graph.edges.length).fill(undefined);
  const byApprover = new Map<string, FactSet>();
  const setOf = (sets: (FactSet | undefined)[], { index }: FlowEdge) => {
    const set = sets[index] ?? noFacts(controls.length);
    sets[index] = set;
    return set;
  };
  for (const edge of graph.edges) {
    const judged = events.made(edge);
    if (!judged) continue;
    for (const { at, number } of required) {
      if (!hasFact(judged, at)) continue;
      addFact(setOf(made, edge), number);
      for (const { id } of edge.from.performers) {
        const own = byApprover.get(id) ?? noFacts(controls.length);
        addFact(own, number);
        byApprover.set(id, own);
      }
    }
  }
  const writtenAt = new Map<Step, FactSet>();
  for (const edge of graph.edges) {
    const { step, performers } = edge.from;
    if (!step) continue;
    const ended = writtenAt.get(step) ?? endedBy(step);
    writtenAt.set(step, ended);
    lost[edge.index] = ended;
    if (!completes(edge)) continue;
    const checked = performers.some(isAi) ? [] : (step.fields.validates ?? []).flatMap(validatedPath);
    const confirmed = edge.outcome === 'approve' ? judgedPaths(edge) : [];
    for (const path of [...checked, ...confirmed])
      for (const { what, number } of validations.get(rootOf(path)) ?? [])
        if (includes(path, what)) addFact(setOf(made, edge), number);
    const told = step.kind === 'disclose' ? others.get(`disclosure ${step.fields.to?.name}`) : undefined;
    const logged = others.get(`log ${logOf(step, workflow).store?.id}`);
    for (const number of [told, logged]) if (number !== undefined) addFact(setOf(made, edge), number);
    const [first, ...rest] = performers.map(({ id }) => byApprover.get(id));
    if (first && performers.every(isHuman))
      for (const { number } of required)
        if (hasFact(first, number) && rest.every((other) => hasFact(other, number))) addFact(setOf(made, edge), number);
  }
  return { made: ({ index }) => made[index], lost: ({ index }) => lost[index] };

  function endedBy(step: Step): FactSet {
    const set = noFacts(controls.length);
    const out = graph.nodeOf(step)?.out[0];
    const ended = out && events.lost(out);
    for (const { at, number } of required) if (hasFact(ended, at)) addFact(set, number);
    for (const { out: path } of writesOf(step, workflow))
      for (const { what, number } of validations.get(rootOf(path)) ?? []) if (overlap(path, what)) addFact(set, number);
    return set;
  }
}

function validatedPath(validated: NonNullable<Step['fields']['validates']>[number]): readonly DataPath[] {
  const checked = 'name' in validated ? validated : validated.data;
  return checked ? [pathOf(checked)] : [];
}

/** Shortest way to `goal`, without the control, from an edge where the work leaves its usual way; O(edges). */
function wayBack(
  goal: FlowNode,
  begins: (edge: FlowEdge) => boolean,
  passes: (edge: FlowEdge) => boolean,
): readonly FlowEdge[] | undefined {
  const onward = new Map<FlowNode, FlowEdge | undefined>([[goal, undefined]]);
  for (const node of onward.keys()) {
    for (const edge of node.in) {
      if (!carries(edge)) continue;
      if (begins(edge)) {
        const way = [edge];
        for (let next = onward.get(node); next; next = onward.get(next.to)) way.push(next);
        return way;
      }
      if (!onward.has(edge.from) && passes(edge)) onward.set(edge.from, edge);
    }
  }
  return undefined;
}

/** Whoever is not there is the judge: that nobody answers is a fault of its own. */
function isOfJudge({ step, performers }: FlowNode, { kind, what, requirement }: Control): boolean {
  if (kind !== 'approval' || !step || (performers.length > 0 && performers.every(isAi))) return false;
  const named = [...(step.fields.covers ?? []), ...(step.fields.reviews ?? [])].map(pathOf);
  return named.some((path) => includes(path, what)) || (requirement?.path === anyData && step.kind === 'approval');
}

/**
 * Where no AI takes part on the way, nobody has to be told of one; where all that is done on it is recorded, though
 * elsewhere, no record is missing.
 */
function isNeeded(
  { kind }: Control,
  { node }: GraveEffect,
  way: readonly FlowEdge[],
  { workflow }: FlowGraph,
): boolean {
  const work = way.slice(1).map(({ from }) => from);
  if (kind === 'disclosure') return [node, ...work].some(({ performers }) => performers.some(isAi));
  if (kind !== 'log') return true;
  const steps = work.flatMap(({ step, performers }) => (step && performers.length > 0 ? [step] : []));
  return steps.length === 0 || steps.some((step) => logOf(step, workflow).record === undefined);
}
