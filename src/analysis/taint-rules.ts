// What a family of labels of data is: where labels come from, what takes them over, and what ends them.
import type { Arrival } from './arrivals.ts';
import type { DataPath } from './data-paths.ts';
import type { FlowEdge } from './flow-graph.ts';

/** Labels are numbers 0 to 30, kept as the bits of one integer. */
export type Labels = number;

/** Labels that something takes from data. */
export interface Removal {
  readonly path: DataPath;
  readonly labels: Labels;
}

export interface TaintRules {
  /** Labels that data or a field has by its declaration, wherever it comes from. */
  initial(path: DataPath): Labels;
  /** Labels that content brings by itself, whatever it is made of. */
  brings(arrival: Arrival): Labels;
  /** Which labels of `source` what is made of it can take over; default: all. */
  keeps?(arrival: Arrival, source: DataPath): Labels;
  /** Labels that end where work leaves a node by `edge`: of what was there before, and of what the node writes. */
  removes?(edge: FlowEdge): readonly Removal[];
  /** Labels that `ensures: a == b` takes from `a` where `b` has not got them. */
  readonly equated?: Labels;
}

export const everyLabel: Labels = 2 ** 31 - 1;
