// What the views beside the flow show of the same model, as plain data. Times are milliseconds.
import type { LaneKind, NodeKind, Picture, PictureLane } from './picture.ts';

export const viewNames = ['flow', 'handoffs', 'responsibilities', 'data', 'time', 'change'] as const;
export type ViewName = (typeof viewNames)[number];

/** Who gives what to whom, in the order of the flow. */
export interface HandoffsView {
  readonly view: 'handoffs';
  readonly lanes: readonly PictureLane[];
  readonly rows: readonly HandoffRow[];
}

export interface HandoffRow {
  /** Of the edge in the flow, over which the work arrives. */
  readonly edge: string;
  /** Lane ids. */
  readonly from: string;
  readonly to: string;
  /** Node ids. */
  readonly fromNode: string;
  readonly toNode: string;
  /** Titles of the data that is passed. */
  readonly gives: readonly string[];
  /** Outcome or condition under which it is passed. */
  readonly label?: string;
  /** What is agreed, in words: acknowledged within, accepted if, and so on. */
  readonly contract: readonly string[];
  readonly kind: 'human-ai' | 'other';
  readonly exceptional: boolean;
}

export type Role = 'responsible' | 'accountable' | 'consulted' | 'informed';

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
  /** How AI takes part, in words. */
  readonly participation?: string;
  /** By actor id. */
  readonly roles: Readonly<Record<string, readonly Role[]>>;
}

/** Who reads and writes what, and where the output of AI goes. */
export interface DataView {
  readonly view: 'data';
  readonly actors: readonly PictureLane[];
  readonly rows: readonly DataRow[];
}

export interface DataRow {
  readonly id: string;
  readonly title: string;
  readonly class?: string;
  /** Labels, purpose, retention and the like, in words. */
  readonly facts: readonly string[];
  /** By actor id: the steps in which the actor reads and writes it. */
  readonly uses: Readonly<Record<string, { readonly reads: readonly string[]; readonly writes: readonly string[] }>>;
  /** Steps in which AI writes it, and where it goes from there; left out where AI has no part in it. */
  readonly ai?: {
    readonly madeIn: readonly string[];
    readonly reaches: readonly { readonly step: string; readonly lane: string; readonly reviewed: boolean }[];
  };
}

/** The longest way through the workflow on a clock, and the limits along it. */
export interface TimeView {
  readonly view: 'time';
  readonly lanes: readonly PictureLane[];
  readonly bars: readonly TimeBar[];
  readonly limits: readonly TimeLimit[];
  /** Steps whose time is not known, and why. */
  readonly unknown: readonly { readonly step: string; readonly because: string }[];
}

export interface TimeBar {
  readonly step: string;
  readonly title: string;
  readonly lane: string;
  readonly performer: LaneKind;
  readonly start: number;
  readonly end: number;
}

export interface TimeLimit {
  readonly title: string;
  /** Where it begins, and where it must be over. */
  readonly from: number;
  readonly to: number;
  readonly verdict: 'kept' | 'missed' | 'unknown';
  /** Node id or other place of the text. */
  readonly place: string;
}

/** What differs from an earlier revision: both in one picture. */
export interface ChangeView {
  readonly view: 'change';
  /** The earlier revision in words, such as `HEAD`. */
  readonly base: string;
  readonly picture: Picture;
  readonly nodes: Readonly<Record<string, Change>>;
  readonly edges: Readonly<Record<string, Change>>;
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

export type ViewData = HandoffsView | ResponsibilitiesView | DataView | TimeView | ChangeView;

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
