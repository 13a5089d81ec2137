// The places of a picture before they have coordinates: rows along the flow, columns across it, and the routes between.

/**
 * Channel `k` lies before row `k` at height `2k`, row `r` at `2r + 1`; gap `g` lies before column `g` at place `2g`,
 * column `c` at `2c + 1`.
 */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Row and column of each node. */
  readonly cells: readonly { readonly row: number; readonly column: number }[];
}

/** A part along the flow, at a place of the grid. */
export interface Leg {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** Legs with the same name at the same place are drawn as one line. */
  readonly shared?: string;
}

/** Of a node: where the flow comes from and goes to, and its sides toward lower and higher places. */
export type Side = 'before' | 'after' | 'low' | 'high';

export interface Route {
  readonly from: number;
  readonly to: number;
  readonly exit: Side;
  readonly entry: Side;
  /** In travel order; `channels[i]` connects `legs[i]` with `legs[i + 1]`. */
  readonly legs: readonly Leg[];
  readonly channels: readonly { readonly at: number; readonly shared?: string }[];
  /** Channel in which the label stands: on the first part across, else beside the first leg. */
  readonly labelChannel: number;
}
