// A difference as text for people: for each file what was lost and the path that proves it, what was gained, what changed.

import { positionAt } from '../language/source.ts';
import type { ControlLoss } from '../rules/improvement/control-loss.ts';
import type { ComparedFile, Comparison } from './compared-file.ts';
import { differenceInShort, elementInWords, keyInWords } from './difference-words.ts';
import { printable } from './excerpt.ts';
import { edgeInWords, pathsOf } from './witness-paths.ts';

/** A block for each file, then a line that counts; ends with a line break. */
export function renderDifferenceText(comparison: Comparison, { color }: { readonly color: boolean }): string {
  const paint = (code: number) => (text: string) => (color ? `\u001B[${code}m${text}\u001B[0m` : text);
  const [bold, red, green, yellow] = [paint(1), paint(31), paint(32), paint(33)];
  const marks = {
    added: green('+ added  '),
    removed: red('- removed'),
    changed: yellow('~ changed'),
    renamed: yellow('~ renamed'),
  };
  const blocks = comparison.files.map((file) => {
    const { lost, gained, changes } = file.difference;
    const moved = file.pathBefore === undefined ? '' : `${printable(file.pathBefore)} → `;
    return [
      bold(`${moved}${printable(file.path)}`),
      ...lost.flatMap((loss) => [
        `  ${red('! lost   ')} ${where(file, loss)}${printable(loss.what)}`,
        ...witness(loss),
      ]),
      ...gained.flatMap(({ place, what }) => [
        `  ${green('* gained ')} ${printable(place)}: seen from the later revision, in the earlier one ${printable(what)}`,
      ]),
      ...changes.flatMap((change) => [
        `  ${marks[change.change]} ${printable(elementInWords(change))}`,
        ...change.keys.map((key) => `              ${printable(keyInWords(key))}`),
      ]),
    ].join('\n');
  });
  return `${[...blocks, printable(differenceInShort(comparison))].join('\n\n')}\n`;
}

function where({ after }: ComparedFile, { place, range }: ControlLoss): string {
  const line = after
    ? ` (line ${positionAt(after.lineStarts, Math.min(range.start, after.text.length)).line + 1})`
    : '';
  return `${printable(place)}${line}: `;
}

function witness({ witness: steps }: ControlLoss): readonly string[] {
  const paths = steps.length < 2 ? [] : pathsOf(steps);
  return paths.map((path) => {
    const words = path.map(({ step, edge }, i) => {
      const label = edge && i > 0 ? printable(edgeInWords(edge)) : '';
      return `${i === 0 ? '' : label === '' ? '—→ ' : `—[${label}]→ `}${printable(step)}`;
    });
    return `              path: ${words.join(' ')}`;
  });
}
