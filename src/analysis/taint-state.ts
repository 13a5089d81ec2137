// The labels of all cells at one place, kept as one row of bits for each label, so that states are joined a word at a time.
import type { FactSet } from './fact-sets.ts';
import type { Labels } from './taint-rules.ts';

/** Rows of bits, one label behind the other. */
export type State = Uint32Array;

export interface States {
  empty(): State;
  read(state: State, cell: number): Labels;
  write(state: State, cell: number, labels: Labels): void;
  /** Puts the labels of `from` into `into`, of the cells in `counts`; true where that changes it. */
  join(into: State, from: State, counts?: FactSet): boolean;
}

/** States of `cells` cells for labels among `used`; other labels are dropped. */
export function statesOf(cells: number, used: Labels): States {
  const words = Math.ceil(cells / 32);
  const rows = Array.from({ length: 31 }, (_, label) => 2 ** label).filter((label) => (used & label) !== 0);
  return {
    empty: () => new Uint32Array(words * rows.length),
    read(state, cell) {
      const bit = 1 << (cell & 31);
      let labels = 0;
      for (let row = 0, word = cell >>> 5; row < rows.length; row++, word += words)
        if (((state[word] ?? 0) & bit) !== 0) labels |= rows[row] ?? 0;
      return labels;
    },
    write(state, cell, labels) {
      const bit = 1 << (cell & 31);
      for (let row = 0, word = cell >>> 5; row < rows.length; row++, word += words) {
        const known = state[word] ?? 0;
        state[word] = (labels & (rows[row] ?? 0)) === 0 ? known & ~bit : known | bit;
      }
    },
    join(into, from, counts) {
      let changed = false;
      for (let word = 0; word < into.length; word++) {
        let added = (from[word] ?? 0) & ~(into[word] ?? 0);
        if (counts) added &= counts[word % words] ?? 0;
        if (added === 0) continue;
        into[word] = (into[word] ?? 0) | added;
        changed = true;
      }
      return changed;
    },
  };
}
