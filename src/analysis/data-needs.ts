// What data each step needs to be there: to read, to judge, to act with, to choose a way, and to be handed.
import { variablesOf } from '../language/conditions.ts';
import { groupBy } from '../language/groups.ts';
import type { Step, Workflow } from '../language/model.ts';
import type { Reference } from '../language/parts.ts';
import { isList, type Range } from '../language/source.ts';
import type { Analyses } from './analyses.ts';
import { handsOver } from './call-borders.ts';
import { pathsIn } from './condition-paths.ts';
import { contractTermsOf, termsInForce } from './contract-terms.ts';
import { type DataPath, overlap, pathOf, rootOf, writesOf } from './data-paths.ts';
import { effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { handoffKind, sendersAt } from './handoffs.ts';
import { provisionsOf, shownBy, workAlong } from './provisions.ts';

/** Data that has to be there at a node. */
export interface Need {
  readonly node: FlowNode;
  readonly path: DataPath;
  /** In the checked file, where the step names it. */
  readonly range: Range;
  readonly for: 'reads' | 'effect' | 'guard' | 'handoff';
  /** The edges on which it is needed; undefined: on entry to the node. */
  readonly on: readonly FlowEdge[] | undefined;
}

/** Every need of the steps that a case can reach, as `by` performs them: who takes over finds what is there then. */
export function dataNeeds(analyses: Analyses): readonly Need[] {
  const { graph, reachability } = analyses;
  const { workflow } = graph;
  const isNeeded = needing(workflow);
  const needs: Need[] = [];
  for (const node of graph.nodes) {
    const { step, takenOver } = node;
    if (!step || takenOver || !Number.isFinite(reachability.distanceTo(node))) continue;
    for (const need of needsAt(node, step, analyses))
      if (isNeeded(need.path) && !isPicked(step, need.path, workflow)) needs.push(need);
  }
  return needs;
}

/** Declared for this case alone: no master record, nothing that a store keeps, and not missing by right. */
function needing({ data }: Workflow): (path: DataPath) => boolean {
  return (path) => {
    const { fields } = data.get(rootOf(path)) ?? {};
    if (!fields || fields.trustedRecord?.value || fields.store) return false;
    return fields.optional?.text.trim() !== 'true';
  };
}

/** In a scope of free order the performer begins with what is there; a scope needs nothing that its own steps make. */
function isPicked(step: Step, path: DataPath, workflow: Workflow): boolean {
  if (step.kind !== 'scope' && !step.scope) return false;
  const written = workflow.derived(writtenInScopes);
  const isWritten = (scope: Step) =>
    written.get(scope)?.some(({ out, by }) => by !== step && overlap(out, path)) === true;
  if (step.kind === 'scope' && isWritten(step)) return true;
  for (let scope = step.scope; scope; scope = scope.scope)
    if (scope.fields.order?.value === 'free' && isWritten(scope)) return true;
  return false;
}

function writtenInScopes(workflow: Workflow): ReadonlyMap<Step, readonly { out: DataPath; by: Step }[]> {
  const written = new Map<Step, { out: DataPath; by: Step }[]>();
  for (const step of workflow.steps.values()) {
    const own = writesOf(step, workflow).map(({ out }) => ({ out, by: step }));
    for (let scope = step.scope; scope; scope = scope.scope) {
      const known = written.get(scope);
      if (known) known.push(...own);
      else written.set(scope, [...own]);
    }
  }
  return written;
}

function needsAt(node: FlowNode, step: Step, analyses: Analyses): readonly Need[] {
  const guards = guardNeeds(node, analyses);
  if (node.kind === 'exit') return guards;
  return [
    ...inputs(node, step, analyses),
    ...actions(node, step, analyses),
    ...guards,
    ...handed(node, step, analyses),
  ];
}

/** What the step begins with. */
function inputs(node: FlowNode, step: Step, { graph: { workflow } }: Analyses): readonly Need[] {
  const { reads = [], covers = [], reviews = [], forEach, with: given, writes } = step.fields;
  // The borders of a call that is opened hand over what they write.
  const isMap = writes !== undefined && !isList(writes) && !('name' in writes);
  const handedOver = isMap && handsOver(step.id) ? [...writes.values()] : [];
  const shown = shownBy(step, workflow);
  const needs: Need[] = [];
  const add = (reference: Reference) => {
    const path = pathOf(reference);
    if (shown.some((other) => overlap(other, path))) return;
    needs.push({ node, path, range: reference.range, for: 'reads', on: undefined });
  };
  for (const references of [reads, covers, reviews]) references.forEach(add);
  if (forEach?.in) add(forEach.in);
  for (const { value } of given?.values() ?? nothing) if (value) add(value);
  for (const { value } of handedOver) value?.forEach(add);
  return needs;
}

/** What its effects, messages and gate take: its own work is done by then. */
function actions(node: FlowNode, step: Step, { graph: { workflow } }: Analyses): readonly Need[] {
  const { effects = [], emits, gate } = step.fields;
  if (effects.length === 0 && !emits && !gate) return nothing;
  const own = [...writesOf(step, workflow).map(({ out }) => out), ...shownBy(step, workflow)];
  const named = effects.flatMap(({ uses = [], amount, idempotencyKey }) => [
    ...uses,
    ...(amount ? [amount] : []),
    ...(idempotencyKey ? [idempotencyKey] : []),
  ]);
  const sent = effectsOf(step, workflow)
    .slice(effects.length)
    .flatMap(({ consumes, range }) =>
      consumes.map((path): Need => ({ node, path, range, for: 'effect', on: undefined })),
    );
  return [...named.map((reference) => need(node, reference, 'effect')), ...sent, ...gates(node, gate?.on)].filter(
    ({ path }) => !own.some((out) => overlap(out, path)),
  );
}

const nothing: readonly never[] = [];

function gates(node: FlowNode, on: Reference | undefined): readonly Need[] {
  return on ? [need(node, on, 'guard')] : [];
}

function need(node: FlowNode, reference: Reference, purpose: Need['for']): Need {
  return { node, path: pathOf(reference), range: reference.range, for: purpose, on: undefined };
}

/** What the conditions on the ways out name. When a scope of free order is done shows as soon as its data is there. */
function guardNeeds(node: FlowNode, analyses: Analyses): readonly Need[] {
  const guarded = node.out.filter(({ when }) => when && when !== node.step?.fields.doneWhen);
  if (guarded.length === 0) return nothing;
  const variables = variablesOf(analyses.workflow);
  const needs: Need[] = [];
  for (const [when, edges] of groupBy(guarded, (edge) => edge.when)) {
    const ast = when && analyses.conditions.checked.get(when)?.ast;
    if (!ast) continue;
    for (const path of pathsIn(ast)) {
      if (!variables.has(rootOf(path))) continue;
      const on = edges.filter((edge) => !isMade(path, edge, analyses));
      if (on.length > 0) needs.push({ node, path, range: when.range, for: 'guard', on });
    }
  }
  return needs;
}

function isMade(path: DataPath, edge: FlowEdge, analyses: Analyses): boolean {
  const { work } = analyses.derived(provisionsOf);
  // Of a refusal, what is provided is what the sender has finished, and not what its own way out brings.
  const made = edge.outcome === 'refused' ? workAlong(edge, analyses.workflow) : (work[edge.index] ?? nothing);
  return made === 'anything' || made.some((out) => overlap(out, path));
}

/** What the contract of an incoming handoff promises. */
function handed(node: FlowNode, step: Step, analyses: Analyses): readonly Need[] {
  const { workflow } = analyses.graph;
  const accepted = contractTermsOf(step.accepts, workflow);
  if (accepted.payload === undefined && node.in.every(({ contract }) => contract === undefined)) return [];
  const passedOn = analyses.derived(lastEdges).get(node);
  return node.in.flatMap((edge): readonly Need[] => {
    if (edge.kind === 'message' || edge.outcome === 'refused' || edge.from.step === step) return [];
    const senders = sendersAt(edge.from, edge, workflow) ?? [];
    if (!passedOn?.has(edge) && handoffKind(senders, node.performers) === 'none') return [];
    const { payload } = termsInForce(step.accepts, edge.contract, workflow);
    return (payload ?? []).map((reference) => ({
      node,
      path: pathOf(reference),
      range: standing(reference, step, edge, workflow),
      for: 'handoff',
      on: [edge],
    }));
  });
}

/** The edges by which handoffs come to each receiver. */
function lastEdges({ handoffs }: Analyses): ReadonlyMap<FlowNode, ReadonlySet<FlowEdge>> {
  const found = new Map<FlowNode, Set<FlowEdge>>();
  for (const { receiver, path } of handoffs) {
    const known = found.get(receiver) ?? new Set();
    const last = path.at(-1);
    if (last) found.set(receiver, known.add(last));
  }
  return found;
}

/** A contract that another file declares, or one that many steps name, is at fault where this step takes it on. */
function standing({ range }: Reference, step: Step, edge: FlowEdge, { file }: Workflow): Range {
  const own = [step.accepts, edge.contract].find(
    (contract) => contract && contract.range.start <= range.start && range.end <= contract.range.end,
  );
  const isHere = own && file.references.some((mention) => mention.range === range);
  if (isHere) return range;
  return edge.contract?.range ?? step.fields.$.valueRange('accepts') ?? step.range;
}
