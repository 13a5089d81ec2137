// Model -> flow graph: every way work can go, normal, guarded and exceptional, with the text each edge comes from.
import type { Actor, Handler, Start, Step, Workflow } from '../language/model.ts';
import { outcomesOf } from '../language/outcomes.ts';
import type { ConditionText, Contract, Link, Target } from '../language/shape.ts';
import type { Range } from '../language/source.ts';
import { contractTermsOf } from './contract-terms.ts';

/**
 * `root`: before any case begins. `start`: one way a case begins. `step`: a step, done by `performers`. `exit`: the end
 * of a scope. A step that a backup, a fallback or an escalation takes over is a node of its own, so that "who did it"
 * is known on every path.
 */
export interface FlowNode {
  readonly index: number;
  readonly kind: 'root' | 'start' | 'step' | 'exit';
  readonly step: Step | undefined;
  readonly start: Start | undefined;
  readonly performers: readonly Actor[];
  /** Why others than `by` perform: `fallback`, `backup` or `escalation`. */
  readonly takenOver: TakeOver | undefined;
  readonly out: FlowEdge[];
  readonly in: FlowEdge[];
}

export type TakeOver = 'fallback' | 'backup' | 'escalation';

/** `message`: something emitted at one place and awaited at another. */
export type FlowEdgeKind = 'normal' | 'guarded' | 'exceptional' | 'message';

export interface FlowEdge {
  readonly index: number;
  readonly from: FlowNode;
  readonly to: FlowNode;
  readonly kind: FlowEdgeKind;
  /** Outcome or event at which the edge is taken; undefined on the edges of root and starts. */
  readonly outcome: string | undefined;
  /** What a reader should see on it: a label, an outcome or a condition. */
  readonly label: string | undefined;
  readonly when: ConditionText | undefined;
  /** Contract written on the edge itself. */
  readonly contract: Contract | undefined;
  /** Bound on how often a case passes here, from the edge or a split around it. */
  readonly max: number | undefined;
  /** Set on edges that leave together: one id for each split, and its mode. */
  readonly split: { readonly id: number; readonly mode: 'exclusive' | 'parallel' | 'inclusive' } | undefined;
  /** True for the edge taken when a bound is used up. */
  readonly exhausted: boolean;
  /** True where an event or timer of the case or a scope around the step strikes, and not the step itself. */
  readonly interrupt: boolean;
  /** The text it comes from. */
  readonly range: Range;
}

export interface FlowGraph {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  readonly root: FlowNode;
  /** The node of a step as `by` performs it. */
  nodeOf(step: Step): FlowNode | undefined;
  /** Every node of a step, taken over or not. */
  nodesOf(step: Step): readonly FlowNode[];
  /** Steps that stop control, metrics or monitors lead to, with the place that says so. They count as reachable. */
  readonly alsoReachable: readonly { readonly step: Step; readonly range: Range }[];
}

export function buildFlowGraph(workflow: Workflow): FlowGraph {
  const builder = new GraphBuilder(workflow);
  builder.addNodes();
  builder.addStarts();
  for (const node of [...builder.nodes]) if (node.step) builder.addStepEdges(node, node.step);
  builder.addMessages();
  return builder.finish();
}

interface Pending {
  readonly kind: FlowEdgeKind;
  readonly outcome: string | undefined;
  readonly range: Range;
  readonly label?: string | undefined;
  readonly when?: ConditionText | undefined;
  readonly contract?: Contract | undefined;
  readonly max?: number | undefined;
  readonly split?: FlowEdge['split'];
  readonly exhausted?: boolean;
  readonly interrupt?: boolean;
}

/** Holds the graph while it grows. */
class GraphBuilder {
  readonly nodes: FlowNode[] = [];
  readonly edges: FlowEdge[] = [];
  readonly #workflow: Workflow;
  readonly #root: FlowNode;
  readonly #nodes = new Map<Step, FlowNode[]>();
  readonly #exits = new Map<Step, FlowNode>();
  #splits = 0;

  constructor(workflow: Workflow) {
    this.#workflow = workflow;
    this.#root = this.#add('root', undefined, undefined, []);
  }

  addNodes(): void {
    for (const step of this.#workflow.steps.values()) {
      const nodes = [this.#add('step', step, undefined, step.performers)];
      this.#nodes.set(step, nodes);
      if (step.kind === 'scope') this.#exits.set(step, this.#add('exit', step, undefined, []));
      this.#addTakeOvers(step, nodes);
    }
  }

  /** A case begins at any start; a start woken by an event of this file begins where the event is emitted. */
  addStarts(): void {
    for (const start of this.#workflow.starts) {
      const { on, $: origin, label } = start.fields;
      const node = this.#add('start', undefined, start, []);
      if (this.#emitters(on?.name).length === 0) {
        this.#connect(this.#root, node, { kind: 'normal', outcome: undefined, range: on?.range ?? origin.range });
      }
      this.#follow(node, start.fields.next, {
        kind: 'normal',
        outcome: undefined,
        range: origin.range,
        label: label?.value,
      });
    }
  }

  addStepEdges(node: FlowNode, step: Step): void {
    if (node.kind === 'exit') {
      this.#addOutcomes(node, step, step.fields.next);
      return;
    }
    if (step.kind === 'scope') this.#enterScope(node, step);
    else if (step.kind === 'end') this.#leaveScope(node, step);
    else this.#addOutcomes(node, step, step.fields.next);
    this.#addTimers(node, step);
    this.#addInterrupts(node, step);
    this.#takeOver(node, step);
    const { gate, sample } = step.fields;
    if (gate?.below && !step.handlers.has('low-confidence')) {
      const range = gate.$.keyRange('below') ?? gate.$.range;
      this.#follow(node, gate.below, {
        kind: 'exceptional',
        outcome: 'low-confidence',
        range,
        label: 'low-confidence',
      });
    }
    if (sample?.to)
      this.#follow(node, sample.to, { kind: 'guarded', outcome: 'sample', range: sample.$.range, label: 'sample' });
  }

  addMessages(): void {
    for (const node of this.nodes) {
      const event =
        node.kind === 'start' ? node.start?.fields.on : node.step?.kind === 'wait' ? node.step.fields.until : undefined;
      const names = event ? [event.name] : node.step?.kind === 'wait' ? [...(node.step.fields.on?.keys() ?? [])] : [];
      for (const name of names) {
        for (const emitter of this.#emitters(name)) {
          for (const from of this.#nodes.get(emitter) ?? []) {
            const range = emitter.fields.emits?.find((emitted) => emitted.name === name)?.range ?? emitter.range;
            this.#connect(from, node, { kind: 'message', outcome: name, range, label: name });
          }
        }
      }
    }
  }

  finish(): FlowGraph {
    const { stop, metrics, monitors } = this.#workflow.fields ?? {};
    const mentioned = [
      stop?.safeState,
      ...(metrics ?? []).map(({ onBreach }) => onBreach),
      ...(monitors ?? []).map(({ action }) => action),
    ];
    const alsoReachable = mentioned.flatMap((reference) => {
      const step = reference && this.#workflow.steps.get(reference.name);
      return step ? [{ step, range: reference.range }] : [];
    });
    return {
      nodes: this.nodes,
      edges: this.edges,
      root: this.#root,
      nodeOf: (step) => this.#nodes.get(step)?.[0],
      nodesOf: (step) => this.#nodes.get(step) ?? [],
      alsoReachable,
    };
  }

  #add(
    kind: FlowNode['kind'],
    step: Step | undefined,
    start: Start | undefined,
    performers: readonly Actor[],
    takenOver?: TakeOver,
  ): FlowNode {
    const node: FlowNode = { index: this.nodes.length, kind, step, start, performers, takenOver, out: [], in: [] };
    this.nodes.push(node);
    return node;
  }

  #connect(from: FlowNode, to: FlowNode, pending: Pending): void {
    const { kind, outcome, range, label, when, contract, max, split, exhausted = false, interrupt = false } = pending;
    const edge: FlowEdge = {
      index: this.edges.length,
      from,
      to,
      kind,
      outcome,
      label,
      when,
      contract,
      max,
      split,
      exhausted,
      range,
    };
    this.edges.push(edge);
    from.out.push(edge);
    to.in.push(edge);
  }

  /** Nodes for those who take over, in turn; a circle of backups ends where it closes. */
  #addTakeOvers(step: Step, nodes: FlowNode[]): void {
    const { actors } = this.#workflow;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as FlowNode;
      const takers: [Actor | undefined, TakeOver][] = node.performers.flatMap((actor) => [
        [actors.get(actor.fields.fallback?.name ?? ''), 'fallback'] as [Actor | undefined, TakeOver],
        [actors.get(actor.fields.backup?.name ?? ''), 'backup'] as [Actor | undefined, TakeOver],
      ]);
      if (i === 0)
        for (const { to } of step.fields.escalate ?? []) takers.push([actors.get(to?.name ?? ''), 'escalation']);
      for (const [actor, why] of takers) {
        const known = actor && nodes.some(({ performers }) => performers.includes(actor));
        if (actor && !known) nodes.push(this.#add('step', step, undefined, [actor], why));
      }
    }
  }

  #takeOver(node: FlowNode, step: Step): void {
    const explicit = (outcome: string) => step.fields.on?.has(outcome) === true;
    for (const actor of node.performers) {
      const { fallback, backup } = actor.fields;
      if (fallback && !explicit('unavailable'))
        this.#hand(node, step, fallback.name, 'unavailable', fallback.range, actor);
      if (backup && !explicit('absent')) this.#hand(node, step, backup.name, 'absent', backup.range, actor);
    }
    if (node.takenOver) return;
    for (const { to, $: origin } of step.fields.escalate ?? []) {
      if (to) this.#hand(node, step, to.name, 'escalation', origin.range, undefined);
    }
  }

  #hand(node: FlowNode, step: Step, taker: string, outcome: string, range: Range, actor: Actor | undefined): void {
    const to = this.#nodes
      .get(step)
      ?.find((other) => other !== node && other.performers.some(({ id }) => id === taker));
    // The declaration may stand in an imported file; then the step's `by` is the nearest text of this one.
    const own = actor === undefined || actor.uri === this.#workflow.file.uri;
    const place = own ? range : (step.fields.$.valueRange('by') ?? step.range);
    if (to) this.#connect(node, to, { kind: 'exceptional', outcome, range: place, label: `${outcome}: ${taker}` });
  }

  /** One edge or more for each outcome: its handler, else `next`, else whoever catches it further out. */
  #addOutcomes(node: FlowNode, step: Step, next: Target | undefined): void {
    const nextRange = step.fields.$.keyRange('next') ?? step.range;
    const performers = node.kind === 'exit' ? [] : node.performers;
    const taken = new Set<string>();
    for (const outcome of outcomesOf(step, performers, this.#workflow)) {
      taken.add(outcome.name);
      // The time of a scope runs out while an inner step is at work: see `#addInterrupts`.
      if (step.kind === 'scope' && outcome.name === 'timeout') continue;
      const handler = step.handlers.get(outcome.name);
      if (handler) this.#handle(node, handler, outcome.byNext);
      else if (outcome.name === 'unavailable' && performers.some(({ fields }) => fields.fallback)) continue;
      else if (outcome.name === 'absent' && performers.some(({ fields }) => fields.backup)) continue;
      else if (outcome.name === 'low-confidence' && step.fields.gate?.below) continue;
      else if (outcome.byNext && next) {
        this.#follow(node, next, { kind: 'normal', outcome: outcome.name, range: nextRange });
      } else if (!outcome.byNext || outcome.name === 'rejected' || outcome.name === 'cancelled') {
        const caught = this.#caughtBy(step.scope, outcome.name);
        if (caught) this.#handle(node, caught, false);
      } else if (step.scope && outcome.byNext) this.#finishInside(node, step.scope, outcome.name);
    }
    for (const handler of step.handlers.values()) {
      if (!taken.has(handler.outcome) && !handler.inherited) this.#handle(node, handler, false);
    }
  }

  #handle(node: FlowNode, handler: Handler, byNext: boolean): void {
    const kind = byNext ? 'normal' : 'exceptional';
    this.#follow(node, handler.target, {
      kind,
      outcome: handler.outcome,
      range: handler.range,
      label: handler.outcome,
    });
  }

  #caughtBy(scope: Step | undefined, outcome: string): Handler | undefined {
    for (let outer = scope; outer; outer = outer.scope) {
      const handler = outer.handlers.get(outcome);
      if (handler && !handler.inherited) return handler;
    }
    return this.#workflow.handlers.get(outcome);
  }

  #enterScope(node: FlowNode, scope: Step): void {
    const { fields } = scope;
    const enter = { kind: 'normal', outcome: undefined, range: fields.$.keyRange('start') ?? scope.range } as const;
    const exit = this.#exits.get(scope);
    if (fields.order?.value !== 'free') {
      this.#follow(node, fields.start, enter);
      return;
    }
    // In free order every inner step can come next, any number of times, or none.
    for (const inner of this.#workflow.steps.values()) {
      const to = this.#nodes.get(inner)?.[0];
      if (inner.scope === scope && to) this.#connect(node, to, { ...enter, kind: 'guarded', range: inner.range });
    }
    if (exit) this.#connect(node, exit, { ...enter, kind: 'guarded', when: fields.doneWhen, label: 'done' });
  }

  /** An inner path that runs out: back to the pick in free order, else the scope is done. */
  #finishInside(node: FlowNode, scope: Step, outcome: string): void {
    const back = scope.fields.order?.value === 'free' ? this.#nodes.get(scope)?.[0] : this.#exits.get(scope);
    if (back) this.#connect(node, back, { kind: 'normal', outcome, range: node.step?.range ?? scope.range });
  }

  #leaveScope(node: FlowNode, end: Step): void {
    const exit = end.scope && this.#exits.get(end.scope);
    if (exit)
      this.#connect(node, exit, {
        kind: 'normal',
        outcome: end.fields.outcome?.value ?? 'completed',
        range: end.range,
      });
  }

  #addTimers(node: FlowNode, step: Step): void {
    for (const { to, after, at, $: origin } of step.fields.timers ?? []) {
      const label = after ? 'timer' : at ? `at ${at.value}` : 'timer';
      this.#follow(node, to, { kind: 'exceptional', outcome: 'timer', range: origin.range, label });
    }
  }

  /** Events, timers and time limits of the scopes and the case around a step can strike while it is at work. */
  #addInterrupts(node: FlowNode, step: Step): void {
    if (step.kind === 'end') return;
    for (let outer: Step | undefined = step.scope; outer; outer = outer.scope) {
      for (const handler of outer.handlers.values()) {
        if (this.#isEvent(handler) || (handler.outcome === 'timeout' && outer.within)) this.#interrupt(node, handler);
      }
      for (const { to, $: origin } of outer.fields.timers ?? []) {
        this.#follow(node, to, { kind: 'exceptional', outcome: 'timer', range: origin.range, label: 'timer' });
      }
    }
    for (const handler of this.#workflow.handlers.values()) if (this.#isEvent(handler)) this.#interrupt(node, handler);
    for (const { to, $: origin } of this.#workflow.fields?.timers ?? []) {
      this.#follow(node, to, {
        kind: 'exceptional',
        outcome: 'timer',
        range: origin.range,
        label: 'timer',
        interrupt: true,
      });
    }
  }

  #isEvent({ outcome }: Handler): boolean {
    return this.#workflow.events.has(outcome);
  }

  #interrupt(node: FlowNode, handler: Handler): void {
    this.#follow(node, handler.target, {
      kind: 'exceptional',
      outcome: handler.outcome,
      range: handler.range,
      label: handler.outcome,
    });
  }

  #follow(from: FlowNode, target: Target | undefined, pending: Pending): void {
    if (!target) return;
    if (target.kind === 'step') {
      const step = this.#workflow.steps.get(target.step.name);
      const to = step && this.#nodes.get(step)?.[0];
      if (!to || target.step.word) return;
      this.#connect(from, to, { ...pending, range: target.step.range });
      this.#addRejection(from, to, pending.contract);
    } else if (target.kind === 'split') {
      const split = { id: this.#splits++, mode: target.mode } as const;
      for (const link of target.links) this.#followLink(from, link, { ...pending, split }, target.mode !== 'parallel');
    } else this.#followLink(from, target.link, pending, target.link.when !== undefined);
  }

  #followLink(from: FlowNode, link: Link, pending: Pending, choice: boolean): void {
    const guarded = choice && pending.kind === 'normal';
    const condition = link.when ? link.when.text.replace(/\s+/g, ' ').trim() : link.otherwise ? 'else' : undefined;
    const label =
      link.label?.value ??
      [pending.kind === 'exceptional' ? pending.label : undefined, condition].filter(Boolean).join(': ');
    this.#follow(from, link.to, {
      ...pending,
      kind: guarded ? 'guarded' : pending.kind,
      label: label || pending.label,
      when: link.when ?? pending.when,
      contract: link.handoff ?? pending.contract,
      max: link.max?.value ?? pending.max,
      range: link.range,
    });
    this.#follow(from, link.exhausted, {
      ...pending,
      kind: 'exceptional',
      label: 'exhausted',
      exhausted: true,
      range: link.range,
    });
  }

  /** A receiver may refuse what it is handed: that edge leaves before anything of the receiver has begun. */
  #addRejection(from: FlowNode, receiver: FlowNode, written: Contract | undefined): void {
    const contract = written ?? receiver.step?.accepts;
    const { onReject } = contractTermsOf(contract, this.#workflow);
    if (!onReject || (onReject.kind === 'step' && onReject.step.word)) return;
    const target = onReject.kind === 'step' ? this.#workflow.steps.get(onReject.step.name) : undefined;
    const to = target && this.#nodes.get(target)?.[0];
    if (to && target) {
      const range = onReject.kind === 'step' ? onReject.step.range : receiver.step?.range;
      if (range) this.#connect(from, to, { kind: 'exceptional', outcome: 'refused', range, label: 'refused' });
    }
  }

  #emitters(event: string | undefined): readonly Step[] {
    if (event === undefined) return [];
    return [...this.#workflow.steps.values()].filter(({ fields }) => fields.emits?.some(({ name }) => name === event));
  }
}
