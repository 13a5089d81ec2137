// The picture of one workflow as plain data: lanes, nodes and edges in file order, with the text range of each.

export type DiagramLaneKind = 'human' | 'team' | 'agent' | 'system' | 'external' | 'vendor' | 'unassigned';

/** One swimlane: everything one performer does. */
export interface DiagramLane {
  readonly id: string;
  readonly title: string;
  readonly kind: DiagramLaneKind;
}

export type DiagramNodeKind =
  | 'start'
  | 'task'
  | 'review'
  | 'approval'
  | 'decision'
  | 'contest'
  | 'wait'
  | 'disclose'
  | 'route'
  | 'scope'
  | 'call'
  | 'end';

export interface DiagramRange {
  readonly start: number;
  readonly end: number;
}

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
  readonly range: DiagramRange;
  /** Of its whole text, inner steps included. */
  readonly block: DiagramRange;
}

export type DiagramEdgeKind = 'normal' | 'guarded' | 'exceptional' | 'message';

export interface DiagramEdge {
  readonly id: string;
  /** Node ids. */
  readonly from: string;
  readonly to: string;
  readonly kind: DiagramEdgeKind;
  /** Outcome or condition, as the reader should see it. */
  readonly label?: string;
  /** `human-ai` where work passes between a human and an AI performer, `other` for any other handoff. */
  readonly handoff: 'none' | 'human-ai' | 'other';
  readonly range: DiagramRange;
}

/** What a renderer needs: `DiagramNode.lane` and the ends of an edge name a lane and nodes of the same model. */
export interface DiagramModel {
  readonly title: string;
  readonly lanes: readonly DiagramLane[];
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}
