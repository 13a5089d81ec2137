// The picture of one workflow as plain data: lanes, nodes and edges in file order, with the text range of each.
import type { FlowEdgeKind } from '../analysis/flow-graph.ts';
import type { Range } from '../language/source.ts';
import type { ActorKind, StepKind } from '../language/vocabulary.ts';

/** Who performs. */
export type DiagramLaneKind = ActorKind | 'unassigned';

/** One swimlane: everything one performer does. */
export interface DiagramLane {
  readonly id: string;
  readonly title: string;
  readonly kind: DiagramLaneKind;
}

/** What a node stands for. */
export type DiagramNodeKind = StepKind | 'start';

/** A start or a step. */
export interface DiagramNode {
  /** Step id, or `start:N` for the N-th start. */
  readonly id: string;
  /** Id of the lane that holds it. */
  readonly lane: string;
  readonly title: string;
  readonly kind: DiagramNodeKind;
  /** Kind of the one who performs it; differs from the lane's kind where a step is drawn in another lane. */
  readonly performer: DiagramLaneKind;
  /** Id of the scope step around it. */
  readonly scope?: string;
  /** Of its id. */
  readonly range: Range;
  /** Of its whole text, inner steps included. */
  readonly block: Range;
}

/** A way work can go. */
export interface DiagramEdge {
  readonly id: string;
  /** Node ids. */
  readonly from: string;
  readonly to: string;
  readonly kind: FlowEdgeKind;
  /** Outcome or condition, as the reader should see it. */
  readonly label?: string;
  /** `human-ai` where work passes between a human and an AI performer, `other` for any other handoff. */
  readonly handoff: 'none' | 'human-ai' | 'other';
  readonly range: Range;
}

/** What a renderer needs: `DiagramNode.lane` and the ends of an edge name a lane and nodes of the same model. */
export interface DiagramModel {
  readonly title: string;
  readonly lanes: readonly DiagramLane[];
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}
