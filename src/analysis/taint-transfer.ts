// What leaving a node does to the labels of data: its writes, what its outcome ends, and what it ensures.
import type { Arrival } from './arrivals.ts';
import type { equalities } from './equalities.ts';
import { addFact, type FactSet, noFacts } from './fact-sets.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import type { Cells } from './taint-cells.ts';
import { everyLabel, type Labels, type Removal, type TaintRules } from './taint-rules.ts';
import type { State, States } from './taint-state.ts';

/** One arrival, with the cells it concerns. */
export interface Written {
  readonly arrival: Arrival;
  readonly brings: Labels;
  readonly from: readonly { readonly cell: number; readonly kept: Labels }[];
  readonly out: readonly number[];
}

export interface Transfer {
  /** Behind `edge` some label may be other than on entry to its node. */
  changes(edge: FlowEdge): boolean;
  /** Behind `edge`, given the labels on entry to its node and those behind the messages the node waits for. */
  behind(edge: FlowEdge, entry: State, sent: readonly State[]): State;
  /** The same of a single cell. */
  cellBehind(edge: FlowEdge, cell: number, entry: State, sent: readonly State[]): Labels;
  /** What a node has written, whatever its outcome. */
  worked(node: FlowNode, entry: State, sent: readonly State[]): State;
  /** Labels of the content of an arrival where work leaves its node by `edge`. */
  labelsOf(written: Written, edge: FlowEdge | undefined, entry: State, sent: readonly State[]): Labels;
  /** What gets into data at `node`, whole data before its fields. */
  writtenAt(node: FlowNode): readonly Written[];
  /** Cells that something on `edges` writes or judges. */
  touchedOn(edges: readonly FlowEdge[]): FactSet;
  /** Labels that leaving by `edge` ends in `cell`. */
  removed(edge: FlowEdge, cell: number): Labels;
}

/** At which edges the work of a node is done, by their index; the same for all analyses. */
export interface Progress {
  /** Its writes have happened. */
  readonly arrived: readonly boolean[];
  /** It ended by itself, so that what it ensures holds. */
  readonly completed: readonly boolean[];
}

interface Cleared {
  readonly cell: number;
  readonly labels: Labels;
}

/** Works out once, for each node and edge, which cells are concerned. */
export function transferOf(
  cells: Cells,
  states: States,
  written: readonly (readonly Written[])[],
  removals: readonly (readonly Removal[])[],
  equal: ReturnType<typeof equalities>,
  rules: TaintRules,
  progress: Progress,
): Transfer {
  const cleared = clearedByEdge(cells, removals);
  const equated = equal.map(({ step, to, from }) => ({ step, to: cells.written(to), from: cells.read(from) }));
  const writtenAt = ({ index }: FlowNode) => written[index] ?? nothing;
  const clearedOn = (edge: FlowEdge | undefined) => (edge && cleared[edge.index]) ?? nothing;
  const equatedOn = ({ index, from }: FlowEdge) =>
    equated.length > 0 && progress.completed[index] ? equated.filter(({ step }) => step === from.step) : nothing;
  const writtenOn = ({ index, from }: FlowEdge) => (progress.arrived[index] ? writtenAt(from) : nothing);
  const removed = (edge: FlowEdge, cell: number) =>
    clearedOn(edge).reduce((labels, one) => (one.cell === cell ? labels | one.labels : labels), 0);
  const transfer: Transfer = {
    writtenAt,
    removed,
    changes: (edge) =>
      writtenOn(edge).length > 0 || clearedOn(edge).length > 0 || (equated.length > 0 && equatedOn(edge).length > 0),
    cellBehind(edge, cell, entry, sent) {
      const writes = writtenOn(edge).filter(({ out }) => out.includes(cell));
      const isPlain = writes.every(({ arrival }) => !arrival.added) && equatedOn(edge).length === 0;
      if (!isPlain) return states.read(transfer.behind(edge, entry, sent), cell);
      const last = writes.at(-1);
      const labels = last ? contentOf(last, without(entry, clearedOn(edge)), sent) : states.read(entry, cell);
      return labels & ~removed(edge, cell);
    },
    behind(edge, entry, sent) {
      const clears = clearedOn(edge);
      const writes = writtenOn(edge);
      const equals = equatedOn(edge);
      const view = without(entry, clears);
      if (writes.length === 0 && equals.length === 0) return view;
      const state = afterWrites(writes, view, sent);
      for (const { to, from } of equals) {
        const taken = (rules.equated ?? 0) & ~united(state, from);
        for (const cell of to) states.write(state, cell, states.read(state, cell) & ~taken);
      }
      return without(state, clears);
    },
    worked: (node, entry, sent) => afterWrites(writtenAt(node), entry, sent),
    labelsOf: (one, edge, entry, sent) => contentOf(one, without(entry, clearedOn(edge)), sent),
    touchedOn(edges) {
      const touched = noFacts(cells.count);
      for (const edge of edges) {
        for (const { cell } of clearedOn(edge)) addFact(touched, cell);
        for (const { to } of equatedOn(edge)) for (const cell of to) addFact(touched, cell);
        for (const { out } of writtenOn(edge)) for (const cell of out) addFact(touched, cell);
      }
      return touched;
    },
  };
  return transfer;

  function afterWrites(all: readonly Written[], view: State, sent: readonly State[]): State {
    const state = view.slice();
    for (const one of all) {
      const { added } = one.arrival;
      const labels = contentOf(one, added ? state : view, sent);
      for (const cell of one.out) states.write(state, cell, added ? states.read(state, cell) | labels : labels);
    }
    return state;
  }

  /** What a message brings is what it was where it was sent; a start that is woken by one finds it there. */
  function contentOf({ arrival, brings, from, out }: Written, view: State, sent: readonly State[]): Labels {
    let labels = brings;
    for (const { cell, kept } of from) labels |= states.read(view, cell) & kept;
    if (arrival.brought) {
      for (const state of sent) labels |= united(state, out);
      if (arrival.node.in.some(({ kind }) => kind === 'message') && arrival.node.kind === 'start')
        labels |= united(view, out);
    }
    return labels;
  }

  function united(state: State, all: readonly number[]): Labels {
    return all.reduce((labels, cell) => labels | states.read(state, cell), 0);
  }

  function without(state: State, clears: readonly Cleared[]): State {
    if (clears.length === 0) return state;
    const rest = state.slice();
    for (const { cell, labels } of clears) states.write(rest, cell, states.read(rest, cell) & ~labels);
    return rest;
  }
}

/** What gets into cells at each node, by its index. */
export function writesByNode(
  cells: Cells,
  arrivals: ReadonlyMap<FlowNode, readonly Arrival[]>,
  rules: TaintRules,
): readonly (readonly Written[])[] {
  const written: (readonly Written[])[] = [];
  for (const [{ index }, all] of arrivals) {
    const concerned: Written[] = [];
    for (const arrival of all) {
      const out = cells.written(arrival.out);
      if (out.length === 0) continue;
      const from: { cell: number; kept: Labels }[] = [];
      for (const source of arrival.from) {
        const kept = rules.keeps?.(arrival, source) ?? everyLabel;
        for (const cell of cells.read(source)) from.push({ cell, kept });
      }
      concerned.push({ arrival, brings: rules.brings(arrival), from, out });
    }
    written[index] = concerned.length > 1 ? concerned.sort(inOrder) : concerned;
  }
  return written;
}

/** Whole data before its fields, which say more; what joins a store is what the step has made by then. */
function inOrder({ arrival: a }: Written, { arrival: b }: Written): number {
  return Number(a.added) - Number(b.added) || a.out.length - b.out.length;
}

function clearedByEdge(cells: Cells, removals: readonly (readonly Removal[])[]): readonly (readonly Cleared[])[] {
  return removals.map((all) =>
    all.length === 0
      ? nothing
      : all.flatMap(({ path, labels }) => cells.written(path).map((cell) => ({ cell, labels }))),
  );
}

const nothing: readonly never[] = [];
