// What a picture of a workflow is made of, as plain data: lanes of those who perform, steps, and the ways between them.

/** Who performs. */
export type LaneKind = 'human' | 'team' | 'agent' | 'system' | 'external' | 'vendor' | 'unassigned';

/** One swimlane: everything one performer does. */
export interface PictureLane {
  readonly id: string;
  readonly title: string;
  readonly kind: LaneKind;
}

/** What a node stands for. */
export type NodeKind =
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

/** A start or a step. */
export interface PictureNode {
  /** Step id, or `start:N` for the N-th start. */
  readonly id: string;
  /** Id of the lane that holds it. */
  readonly lane: string;
  readonly title: string;
  readonly kind: NodeKind;
  /** Kind of the one who performs it; differs from the lane's kind where a step is drawn in another lane. */
  readonly performer: LaneKind;
  /** Id of the scope step around it. */
  readonly scope?: string;
  /** The part of the work it belongs to, as the author names it. */
  readonly phase?: string;
}

export type EdgeKind = 'normal' | 'guarded' | 'exceptional' | 'message';

/** A way work can go. */
export interface PictureEdge {
  readonly id: string;
  /** Node ids. */
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** Outcome or condition, as the reader should see it. */
  readonly label?: string;
  /** `human-ai` where work passes between a human and an AI performer, `other` for any other handoff. */
  readonly handoff: 'none' | 'human-ai' | 'other';
}

/** `PictureNode.lane` and the ends of an edge name a lane and nodes of the same picture; all stand in file order. */
export interface Picture {
  readonly title: string;
  readonly lanes: readonly PictureLane[];
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}
