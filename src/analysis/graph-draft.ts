// The flow graph while it grows: its nodes by step, and the edges added one by one.
import { addTo } from '../language/groups.ts';
import type { Actor, Start, Step, Workflow } from '../language/model.ts';
import type { ConditionText, Contract, Target } from '../language/parts.ts';
import type { Range } from '../language/source.ts';
import type { Choice, Departure, FlowEdge, FlowEdgeKind, FlowNode, Guard, TakeOver } from './flow-graph.ts';

/** An edge on its way from an outcome to the step its target names. */
export interface Pending {
  readonly kind: FlowEdgeKind;
  readonly outcome: string | undefined;
  readonly range: Range;
  readonly label?: string | undefined;
  readonly when?: ConditionText | undefined;
  readonly guard?: Guard | undefined;
  readonly contract?: Contract | undefined;
  readonly max?: number | undefined;
  readonly share?: number | undefined;
  readonly keep?: boolean | undefined;
  readonly split?: FlowEdge['split'];
  readonly exhausted?: boolean;
  readonly interrupt?: boolean;
  readonly departure?: Partial<Departure> | undefined;
}

/** Of an edge that stands in no split. */
export const noBranches: Departure['branches'] = [];

export class GraphDraft {
  readonly nodes: FlowNode[] = [];
  readonly edges: FlowEdge[] = [];
  readonly choices: Choice[] = [];
  readonly workflow: Workflow;
  readonly root: FlowNode;
  /** Nodes of a step: as `by` performs it first, then those who take it over. */
  readonly nodesByStep = new Map<Step, FlowNode[]>();
  /** The ends of each scope, by the outcome it has there. */
  readonly exits = new Map<Step, Map<string, FlowNode>>();
  #splits = 0;
  #departures = 0;

  constructor(workflow: Workflow) {
    this.workflow = workflow;
    this.root = this.add('root', undefined, undefined, []);
  }

  add(
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

  /** `target`: the mention in the text that names `to`, if one does. */
  connect(from: FlowNode, to: FlowNode, pending: Pending, target?: Extract<Target, { kind: 'step' }>): void {
    const { kind, outcome, label, when, guard, contract, max, share, split, departure } = pending;
    // Written out in one piece and always with the same keys, which makes the many edges cheap to build and to read.
    const edge: FlowEdge = {
      index: this.edges.length,
      from,
      to,
      kind,
      outcome,
      label,
      when,
      guard,
      contract,
      max,
      share,
      keep: pending.keep ?? false,
      split,
      exhausted: pending.exhausted ?? false,
      interrupt: pending.interrupt ?? false,
      departure: {
        id: departure?.id ?? this.newDeparture(),
        branches: departure?.branches ?? noBranches,
        mention: target ?? departure?.mention,
        of: departure?.of,
      },
      range: target ? target.step.range : pending.range,
    };
    this.edges.push(edge);
    from.out.push(edge);
    to.in.push(edge);
  }

  nodeOf(step: Step | undefined): FlowNode | undefined {
    return step && this.nodesByStep.get(step)?.[0];
  }

  /** The node of a step by its id. */
  nodeNamed(id: string): FlowNode | undefined {
    return this.nodeOf(this.workflow.steps.get(id));
  }

  newSplit(mode: 'exclusive' | 'parallel' | 'inclusive'): NonNullable<FlowEdge['split']> {
    return { id: this.#splits++, mode };
  }

  newDeparture(): number {
    return this.#departures++;
  }

  /** Steps that emit an event. */
  emitters(event: string | undefined): readonly Step[] {
    return (event === undefined ? undefined : this.workflow.derived(emittersByEvent).get(event)) ?? [];
  }
}

function emittersByEvent({ steps }: Workflow): ReadonlyMap<string, readonly Step[]> {
  const emitters = new Map<string, Step[]>();
  for (const step of steps.values()) {
    for (const name of new Set((step.fields.emits ?? []).map((emitted) => emitted.name))) addTo(emitters, name, step);
  }
  return emitters;
}
