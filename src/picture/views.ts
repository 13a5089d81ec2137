// What the views beside the flow show of the same model, as plain data. Times are milliseconds.
import type { LaneKind, NodeKind, Picture, PictureLane } from './picture.ts';

export const viewNames = ['flow', 'handoffs', 'responsibilities', 'data', 'time', 'change'] as const;
export type ViewName = (typeof viewNames)[number];

/** One thing said in words: the term is filled in with what the author wrote, or with a span of time. */
export interface Fact<Term extends string> {
  readonly term: Term;
  readonly text?: string;
  readonly span?: readonly SpanPart[];
}

export interface SpanPart {
  readonly amount: number;
  readonly unit: SpanUnit;
}

export type SpanUnit = 's' | 'm' | 'h' | 'd' | 'w' | 'mo' | 'y';

/** Who gives what to whom, in the order of the flow. */
export interface HandoffsView {
  readonly view: 'handoffs';
  readonly lanes: readonly PictureLane[];
  readonly rows: readonly HandoffRow[];
}

export interface HandoffRow {
  /** Of the edge in the flow, over which the work arrives; left out where the flow draws none. */
  readonly edge?: string;
  /** Lane ids. */
  readonly from: string;
  readonly to: string;
  readonly fromNode: StepName;
  readonly toNode: StepName;
  /** Titles of all who may hand over or receive, where it is any one of several. */
  readonly senders?: readonly string[];
  readonly receivers?: readonly string[];
  /** Titles of the data that is passed. */
  readonly gives: readonly string[];
  /** Outcome or condition under which it is passed. */
  readonly label?: string;
  /** What is agreed, and until when the receiver has to be done. */
  readonly contract: readonly Fact<ContractTerm>[];
  readonly kind: 'human-ai' | 'other';
  readonly exceptional: boolean;
}

/** A step, or a start, as the reader should see it. */
export interface StepName {
  /** Node id. */
  readonly id: string;
  readonly title: string;
}

export type ContractTerm =
  | 'ack'
  | 'auto'
  | 'noAck'
  | 'acceptIf'
  | 'owner'
  | 'senderOwns'
  | 'receiverOwns'
  | 'onReject'
  | 'returned'
  | 'context'
  | 'channel'
  | 'instructions'
  | 'deadline'
  | 'noContract'
  | 'unknownContract';

export const roles = ['responsible', 'accountable', 'supports', 'verifies', 'consulted', 'informed'] as const;
/** `supports`: helps and does not decide. `verifies`: judges what an AI made. */
export type Role = (typeof roles)[number];

/** Who is responsible, accountable, consulted and informed for each step. */
export interface ResponsibilitiesView {
  readonly view: 'responsibilities';
  readonly actors: readonly PictureLane[];
  readonly rows: readonly ResponsibilityRow[];
}

export interface ResponsibilityRow {
  readonly step: string;
  readonly title: string;
  readonly kind: NodeKind;
  readonly performer: LaneKind;
  /** How AI takes part, and who has the last word where that is said. */
  readonly participation?: { readonly mode: ParticipationMode; readonly decides?: string };
  /** By actor id. */
  readonly roles: Readonly<Record<string, readonly Role[]>>;
  /** Accountable is whoever is for the whole workflow. */
  readonly inherited: boolean;
}

export type ParticipationMode = 'ai-executed' | 'ai-augmented' | 'collaborative';

/** Who reads and writes what, and where the output of AI goes. */
export interface DataFlowView {
  readonly view: 'data';
  /** Actors and lanes that the rows name. */
  readonly actors: readonly PictureLane[];
  readonly rows: readonly DataRow[];
}

export interface DataRow {
  readonly id: string;
  readonly title: string;
  readonly class?: DataClassName;
  readonly facts: readonly Fact<DataTerm>[];
  readonly writes: readonly DataUse[];
  readonly reads: readonly DataUse[];
  /** Left out where AI has no part in it. */
  readonly ai?: AiPart;
}

export type DataClassName = 'public' | 'internal' | 'confidential' | 'personal' | 'special-category';

export type DataTerm =
  | 'labels'
  | 'media'
  | 'trusted'
  | 'untrusted'
  | 'origin'
  | 'purpose'
  | 'keptAtLeast'
  | 'keptAtMost'
  | 'store'
  | 'copied'
  | 'optional'
  | 'optionalIf'
  | 'record'
  | 'basis';

/** What one actor does with data in one step. */
export interface DataUse extends StepName {
  /** Actor id; empty where nothing says who it is. */
  readonly actor: string;
  readonly how: 'writes' | 'gives' | 'reads' | 'handed' | 'sent' | 'shown';
}

export interface AiPart {
  /** Steps in which AI writes it. */
  readonly madeIn: readonly StepName[];
  /** Steps in which others write it from what AI made. */
  readonly derivedIn: readonly StepName[];
  /** Steps that use it with what AI made in it. */
  readonly reaches: readonly AiReach[];
}

export interface AiReach extends StepName {
  /** Lane id. */
  readonly lane: string;
  /** People have looked at it on every way there, they do so there, or some way has none who did. */
  readonly review: 'before' | 'here' | 'none';
}

/** The longest way through the workflow on a clock, and the limits along it. */
export interface TimeView {
  readonly view: 'time';
  readonly lanes: readonly PictureLane[];
  /** In the order of the way; a step that is done again has several. */
  readonly bars: readonly TimeBar[];
  readonly limits: readonly TimeLimit[];
  /** Steps whose time is not known, and why. */
  readonly unknown: readonly { readonly step: string; readonly because: string }[];
}

export interface TimeBar {
  /** Node id. */
  readonly step: string;
  readonly title: string;
  readonly lane: string;
  readonly performer: LaneKind;
  readonly start: number;
  /** At the latest; as `start` where nothing takes time, or it is not known how much. */
  readonly end: number;
  /** How much time is not stated. */
  readonly isUnknown: boolean;
}

export interface TimeLimit {
  readonly title: string;
  /** The time that is allowed, as the author wrote it. */
  readonly allowed: string;
  /** Where it begins, and where it must be over; left out for a limit of another way than this one. */
  readonly from?: number;
  readonly to?: number;
  readonly verdict: 'kept' | 'missed' | 'unknown';
  /** Why it is missed or not known. */
  readonly because?: string;
  /** Node id or other place of the text. */
  readonly place: string;
  /** Of one step: its limit stands at its bar. */
  readonly step?: string;
}

/** What differs from an earlier revision: both in one picture. */
export interface ChangeView {
  readonly view: 'change';
  /** The earlier revision in words, such as `HEAD`. */
  readonly base: string;
  readonly picture: Picture;
  /** By their ids in this picture; those that are as they were are left out. */
  readonly nodes: Readonly<Record<string, Change>>;
  readonly edges: Readonly<Record<string, Change>>;
  /** What weighs most comes first. */
  readonly notes: readonly ChangeNote[];
}

export type Change = 'added' | 'removed' | 'changed';

export interface ChangeNote {
  /** `control-lost` weighs most: an approval, a log, a limit that is no longer there. */
  readonly kind: 'control-lost' | 'control-added' | Change;
  readonly text: string;
  /** Node id, if it is in the picture. */
  readonly node?: string;
}

export type ViewData = HandoffsView | ResponsibilitiesView | DataFlowView | TimeView | ChangeView;

/** A drawn view: a picture to zoom and pan in, or a document that scrolls. */
export type DrawnView =
  | { readonly as: 'svg'; readonly markup: string; readonly size: PictureSize }
  | { readonly as: 'html'; readonly markup: string };

export interface PictureSize {
  readonly width: number;
  readonly height: number;
  /** Of the titles that stay in sight: along the top, or along the left where lanes lie on their side. */
  readonly headerHeight: number;
  readonly headersAt?: 'top' | 'left';
}
