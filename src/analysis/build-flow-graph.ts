// Model -> flow graph: starts, outcomes, scopes, timers, interrupts and messages.
import type { Handler, Step, Workflow } from '../language/model.ts';
import { type Outcome, outcomesOf } from '../language/outcomes.ts';
import type { Target } from '../language/parts.ts';
import { isList } from '../language/source.ts';
import type { Departure, FlowGraph, FlowNode } from './flow-graph.ts';
import { followTarget } from './follow-target.ts';
import { GraphDraft } from './graph-draft.ts';
import { addArrivals, addExits, caughtBy, exitOf } from './scope-exits.ts';
import { addTakeOvers, connectTakeOvers } from './take-overs.ts';

/** The graph of all steps of a workflow, those of its scopes included. A mention that names nothing adds no edge. */
export function buildFlowGraph(workflow: Workflow): FlowGraph {
  const draft = new GraphDraft(workflow);
  addNodes(draft);
  addStarts(draft);
  for (const node of [...draft.nodes]) if (node.step) addStepEdges(draft, node, node.step);
  addArrivals(draft);
  addMessages(draft);
  return {
    workflow,
    nodes: draft.nodes,
    edges: draft.edges,
    choices: draft.choices,
    root: draft.root,
    nodeOf: (step) => draft.nodeOf(step),
    nodesOf: (step) => draft.nodesByStep.get(step) ?? [],
    alsoReachable: alsoReachable(workflow),
  };
}

function addNodes(draft: GraphDraft): void {
  for (const step of draft.workflow.steps.values()) {
    const nodes = [draft.add('step', step, undefined, step.performers)];
    draft.nodesByStep.set(step, nodes);
    if (step.kind === 'scope') addExits(draft, step);
    addTakeOvers(draft, step, nodes);
  }
}

/** A case begins at any start; a start woken by an event of this file begins where the event is emitted. */
function addStarts(draft: GraphDraft): void {
  for (const start of draft.workflow.starts) {
    const { on, next, label, $: origin } = start.fields;
    const node = draft.add('start', undefined, start, []);
    const range = on?.range ?? origin.range;
    if (draft.emitters(on?.name).length === 0)
      draft.connect(draft.root, node, { kind: 'normal', outcome: undefined, range });
    followTarget(draft, node, next, { kind: 'normal', outcome: undefined, range: origin.range, label: label?.value });
  }
}

function addStepEdges(draft: GraphDraft, node: FlowNode, step: Step): void {
  if (node.kind === 'exit') {
    addOutcomes(draft, node, step, step.fields.next);
    return;
  }
  if (step.kind === 'scope') enterScope(draft, node, step);
  else if (step.kind !== 'end') addOutcomes(draft, node, step, step.fields.next);
  addTimers(draft, node, step);
  addInterrupts(draft, node, step);
  connectTakeOvers(draft, node, step);
  const { gate, sample } = step.fields;
  if (gate?.below && !step.handlers.has('low-confidence')) {
    const range = gate.$.keyRange('below') ?? gate.$.range;
    const outcome = 'low-confidence';
    followTarget(draft, node, gate.below, { kind: 'exceptional', outcome, range, label: outcome });
  }
  if (sample?.to) {
    followTarget(draft, node, sample.to, {
      kind: 'guarded',
      outcome: 'sample',
      share: sample.share?.value,
      keep: sample.keep?.value,
      range: sample.$.range,
      label: 'sample',
    });
  }
}

/** One edge or more for each outcome: its handler, else `next`, else whoever catches it further out. */
function addOutcomes(draft: GraphDraft, node: FlowNode, step: Step, next: Target | undefined): void {
  const performers = node.kind === 'exit' ? [] : node.performers;
  const taken = new Set<string>();
  for (const outcome of outcomesOf(step, performers, draft.workflow)) {
    taken.add(outcome.name);
    if (node.kind === 'exit' && exitOf(draft, step, outcome.name) !== node) continue;
    // The time of a scope runs out while an inner step is at work: see `addInterrupts`.
    if (step.kind === 'scope' && outcome.name === 'timeout') continue;
    const handler = step.handlers.get(outcome.name);
    if (handler) followHandler(draft, node, handler, outcome.byNext);
    else if (!hasOtherWay(outcome, node, step)) addUnhandled(draft, node, step, outcome, next);
  }
  if (node.kind === 'exit' && exitOf(draft, step, 'completed') !== node) return;
  for (const handler of step.handlers.values()) {
    if (!taken.has(handler.outcome) && !handler.inherited) followHandler(draft, node, handler, false);
  }
}

/** Fallbacks, backups and gates bring edges of their own. */
function hasOtherWay({ name }: Outcome, node: FlowNode, step: Step): boolean {
  if (name === 'unavailable') return node.performers.some(({ fields }) => fields.fallback);
  if (name === 'absent') return node.performers.some(({ fields }) => fields.backup);
  return name === 'low-confidence' && step.fields.gate?.below !== undefined;
}

function addUnhandled(
  draft: GraphDraft,
  node: FlowNode,
  step: Step,
  { name, byNext }: Outcome,
  next: Target | undefined,
): void {
  if (byNext && next) {
    const range = step.fields.$.keyRange('next') ?? step.range;
    followTarget(draft, node, next, { kind: 'normal', outcome: name, range });
  } else if (!byNext || name === 'rejected' || name === 'cancelled') {
    const caught = caughtBy(draft.workflow, step.scope, name);
    if (caught) followHandler(draft, node, caught.handler, false, caught.by);
  } else if (step.scope) finishInside(draft, node, step.scope, name);
}

function followHandler(
  draft: GraphDraft,
  node: FlowNode,
  { outcome, range, target }: Handler,
  byNext: boolean,
  of?: Departure['of'],
): void {
  const kind = byNext ? 'normal' : 'exceptional';
  followTarget(draft, node, target, { kind, outcome, range, label: outcome, departure: { of } });
}

function enterScope(draft: GraphDraft, node: FlowNode, scope: Step): void {
  const { fields } = scope;
  const enter = { kind: 'normal', outcome: undefined, range: fields.$.keyRange('start') ?? scope.range } as const;
  if (fields.order?.value !== 'free') {
    followTarget(draft, node, fields.start, enter);
    return;
  }
  // In free order every inner step can come next, any number of times, or none.
  for (const inner of draft.workflow.steps.values()) {
    const to = inner.scope === scope ? draft.nodeOf(inner) : undefined;
    if (to) draft.connect(node, to, { ...enter, kind: 'guarded', range: inner.range });
  }
  const exit = exitOf(draft, scope, 'completed');
  if (exit) draft.connect(node, exit, { ...enter, kind: 'guarded', when: fields.doneWhen, label: 'done' });
}

/** An inner path that runs out: back to the pick in free order, else the scope is done. */
function finishInside(draft: GraphDraft, node: FlowNode, scope: Step, outcome: string): void {
  const back = scope.fields.order?.value === 'free' ? draft.nodeOf(scope) : exitOf(draft, scope, 'completed');
  if (back) draft.connect(node, back, { kind: 'normal', outcome, range: node.step?.range ?? scope.range });
}

function addTimers(draft: GraphDraft, node: FlowNode, step: Step): void {
  for (const { to, at, keep, $: origin } of step.fields.timers ?? []) {
    const label = at ? `at ${at.value}` : 'timer';
    const fires = { kind: 'exceptional', outcome: 'timer', label, keep: keep?.value } as const;
    followTarget(draft, node, to, { ...fires, range: origin.range });
  }
}

/** Events, timers and time limits of the scopes and the case around a step can strike while it is at work. */
function addInterrupts(draft: GraphDraft, node: FlowNode, step: Step): void {
  if (step.kind === 'end') return;
  const { workflow } = draft;
  const strike = ({ outcome, range, target }: Handler, interrupt: boolean, of: Departure['of']) => {
    const departure = { of };
    followTarget(draft, node, target, { kind: 'exceptional', outcome, range, label: outcome, interrupt, departure });
  };
  const isEvent = ({ outcome }: Handler) => workflow.events.has(outcome);
  const timer = { kind: 'exceptional', outcome: 'timer', label: 'timer' } as const;
  for (let outer = step.scope; outer; outer = outer.scope) {
    for (const handler of outer.handlers.values()) {
      if (isEvent(handler)) strike(handler, true, outer);
      else if (handler.outcome === 'timeout' && outer.within) strike(handler, false, outer);
    }
    for (const { to, keep, $: origin } of outer.fields.timers ?? []) {
      const departure = { of: outer };
      followTarget(draft, node, to, { ...timer, keep: keep?.value, range: origin.range, departure });
    }
  }
  for (const handler of workflow.handlers.values()) if (isEvent(handler)) strike(handler, true, 'case');
  for (const { to, keep, $: origin } of workflow.fields?.timers ?? []) {
    const departure = { of: 'case' } as const;
    followTarget(draft, node, to, { ...timer, keep: keep?.value, range: origin.range, interrupt: true, departure });
  }
}

/** What is emitted at one place and awaited at another. */
function addMessages(draft: GraphDraft): void {
  for (const node of draft.nodes) {
    for (const name of awaitedAt(node)) {
      for (const emitter of draft.emitters(name)) {
        const range = emitter.fields.emits?.find((emitted) => emitted.name === name)?.range ?? emitter.range;
        for (const from of draft.nodesByStep.get(emitter) ?? []) {
          draft.connect(from, node, { kind: 'message', outcome: name, range, label: name });
        }
      }
    }
  }
}

function awaitedAt({ kind, start, step }: FlowNode): readonly string[] {
  if (kind === 'start') return start?.fields.on ? [start.fields.on.name] : [];
  if (step?.kind !== 'wait') return [];
  return [...(step.fields.until ? [step.fields.until.name] : []), ...(step.fields.on?.keys() ?? [])];
}

/** Steps that no edge need lead to, since something else brings work there: stop, metrics, monitors, incidents, exits, undo. */
function alsoReachable({ fields, steps, actors, file }: Workflow): FlowGraph['alsoReachable'] {
  const { stop, metrics = [], monitors = [], incident } = fields ?? {};
  const exits = [...actors.values()].flatMap(({ uri, fields: { exit } }) => {
    // Of an imported vendor the step itself is the nearest text of this file.
    const range = uri === file.uri ? exit?.range : exit && steps.get(exit.name)?.range;
    return exit && range ? [{ ...exit, range }] : [];
  });
  const mentions = [
    stop?.safeState,
    ...metrics.map(({ onBreach }) => onBreach),
    ...monitors.map(({ action }) => action),
    incident?.suspend,
    ...exits,
  ];
  const named = mentions.flatMap((mention) => {
    const step = mention && steps.get(mention.name);
    return step ? [{ step, range: mention.range }] : [];
  });
  return [...named, ...compensations(steps)];
}

/** Steps that compensate another one, where some step undoes it. */
function compensations(steps: Workflow['steps']): FlowGraph['alsoReachable'] {
  const undo = [...steps.values()].flatMap(({ fields }) => {
    const undone = fields.undo ?? [];
    return isList(undone) ? undone : [undone];
  });
  return [...steps.values()].flatMap((step) => {
    const { compensates } = step.fields;
    const by = compensates && undo.find(({ word, name }) => word || name === compensates.name || name === step.id);
    return by ? [{ step, range: by.range }] : [];
  });
}
