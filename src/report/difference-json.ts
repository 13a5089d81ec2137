// A difference as JSON, for programs. A contract: what is here stays; what is new comes with a new `version` or a new key.
import { positionAt, type Range } from '../language/source.ts';
import type { ControlLoss } from '../rules/improvement/control-loss.ts';
import { type ComparedFile, type Comparison, countDifferences } from './compared-file.ts';

/** One object; lines and columns from 1, columns in UTF-16 units. Ends with a line break. */
export function renderDifferenceJson(comparison: Comparison): string {
  const { base, head, files } = comparison;
  const { lost, gained, changes } = countDifferences(comparison);
  const all = { version: 1, base, head, lost, gained, changes, files: files.map(fileAsData) };
  return `${JSON.stringify(all, undefined, 2)}\n`;
}

function fileAsData({ path, pathBefore, difference, before, after }: ComparedFile) {
  return {
    path,
    pathBefore: pathBefore ?? null,
    lost: difference.lost.map((loss) => controlAsData(loss, after)),
    gained: difference.gained.map((gain) => controlAsData(gain, before)),
    changes: difference.changes.map(({ kind, change, id, idBefore, title, keys, range }) => ({
      kind,
      change,
      id,
      idBefore: idBefore ?? null,
      title: title ?? null,
      range: rangeAsData(range, change === 'removed' ? before : after),
      keys: keys.map((key) => ({ key: key.key, before: key.before ?? null, after: key.after ?? null })),
    })),
  };
}

/** `range` lies in the text that has the place: the later one for what was lost, the earlier one for what was gained. */
function controlAsData({ place, what, range, witness }: ControlLoss, side: ComparedFile['after']) {
  return {
    place,
    what,
    range: rangeAsData(range, side),
    witness: witness.map(({ step, edge, note, range: at }) => ({
      step,
      edge: edge ? { kind: edge.kind, label: edge.label } : null,
      note,
      range: rangeAsData(at, side),
    })),
  };
}

function rangeAsData({ start, end }: Range, side: ComparedFile['after']) {
  if (!side) return null;
  const at = (offset: number) => {
    const { line, column } = positionAt(side.lineStarts, Math.min(offset, side.text.length));
    return { line: line + 1, column: column + 1 };
  };
  return { start: at(start), end: at(Math.max(start, end)) };
}
