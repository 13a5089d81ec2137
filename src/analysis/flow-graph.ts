// The flow graph: every way work can go, normal, guarded and exceptional, with the text each edge comes from.
import type { Actor, Start, Step, Workflow } from '../language/model.ts';
import type { ConditionText, Contract, Link } from '../language/parts.ts';
import type { Range } from '../language/source.ts';

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
  /** Every condition that decided for it, those of earlier branches among them, the last one first. */
  readonly guard: Guard | undefined;
  /** Contract written on the edge itself. */
  readonly contract: Contract | undefined;
  /** Bound on how often a case passes here, from the edge or a split around it. */
  readonly max: number | undefined;
  /** Stated share of what arrives that goes this way, 0 to 1. */
  readonly share: number | undefined;
  /** The step goes on, and a second path starts here. */
  readonly keep: boolean;
  /** Set on edges that leave together: one id for each split, and its mode. */
  readonly split: { readonly id: number; readonly mode: 'exclusive' | 'parallel' | 'inclusive' } | undefined;
  /** True for the edge taken when a bound is used up. */
  readonly exhausted: boolean;
  /** True where an event or timer of the case or a scope around the step strikes, and not the step itself. */
  readonly interrupt: boolean;
  readonly departure: Departure;
  /** The text it comes from. */
  readonly range: Range;
}

/** How an edge leaves its node: which others leave with it or in its place, and what ends when it is taken. */
export interface Departure {
  /** The same for all edges of one target at one outcome. */
  readonly id: number;
  /** The branches it stands in, of the outermost split first. */
  readonly branches: readonly {
    readonly split: number;
    readonly mode: 'exclusive' | 'parallel' | 'inclusive';
    readonly branch: number;
  }[];
  /** The same for edges that one mention in the text stands for, whatever outcome and performer they leave at. */
  readonly mention: object | undefined;
  /** Whose handler or timer it is: a scope, or the whole case; undefined for the step's own. */
  readonly of: Step | 'case' | undefined;
}

/** A condition that decided the way: it held, or it did not and a later branch was taken. */
export interface Guard {
  readonly when: ConditionText;
  readonly holds: boolean;
  /** What was decided before. */
  readonly before: Guard | undefined;
}

/** Branches with conditions, as they stand behind one outcome of a node. */
export interface Choice {
  readonly from: FlowNode;
  readonly outcome: string | undefined;
  readonly interrupt: boolean;
  readonly mode: 'exclusive' | 'inclusive';
  readonly links: readonly Link[];
  /** What was decided before, in the branches around it. */
  readonly before: Guard | undefined;
  /** Of the branches as written. */
  readonly range: Range;
}

export interface FlowGraph {
  /** The model whose steps these nodes are; the steps of a sub-workflow that is drawn in are among them. */
  readonly workflow: Workflow;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  readonly root: FlowNode;
  readonly choices: readonly Choice[];
  /** The node of a step as `by` performs it. */
  nodeOf(step: Step): FlowNode | undefined;
  /** Every node of a step, taken over or not. */
  nodesOf(step: Step): readonly FlowNode[];
  /** Steps that stop, metrics, monitors, incidents, exits or undo lead to, with the place that says so. They count as reachable. */
  readonly alsoReachable: readonly { readonly step: Step; readonly range: Range }[];
}
