// A difference as Markdown for a pull request: lost controls first, with the path that proves each, then what changed.

import { positionAt } from '../language/source.ts';
import type { ControlLoss } from '../rules/improvement/control-loss.ts';
import { type ComparedFile, type Comparison, countDifferences } from './compared-file.ts';
import { differenceInShort, elementInWords, keyInWords } from './difference-words.ts';
import { markup, prose } from './markdown.ts';
import { edgeInWords, pathsOf } from './witness-paths.ts';

/** GitHub takes no comment that is longer than 65,536 characters. */
const longest = 60_000;

/** Ends with a line break. Files that do not fit are counted; the lost controls of all come first. */
export function renderDifferenceMarkdown(comparison: Comparison): string {
  const { lost, gained } = countDifferences(comparison);
  const state = lost > 0 ? '❌' : comparison.files.length > 0 ? 'ℹ️' : '✅';
  const head = `## ${state} aiwf: ${lost} ${lost === 1 ? 'control' : 'controls'} lost, ${gained} gained\n\n${prose(differenceInShort(comparison))}`;
  const losses = comparison.files.flatMap((file) => file.difference.lost.map((loss) => lossBlock(file, loss)));
  const parts = [
    ...(losses.length > 0 ? ['### Lost controls', ...losses] : []),
    ...comparison.files.flatMap((file) => gainedBlock(file)),
    ...comparison.files.flatMap((file) => changesBlock(file)),
  ];
  const taken: string[] = [];
  let used = head.length;
  for (const part of parts) {
    used += part.length + 2;
    if (used > longest) break;
    taken.push(part);
  }
  const left = parts.length - taken.length;
  const rest = left > 0 ? [`**${left} more parts are not shown here**: run \`aiwf diff\`.`] : [];
  return `${[head, ...taken, ...rest].join('\n\n')}\n`;
}

function lossBlock({ path, after }: ComparedFile, { place, what, range, witness }: ControlLoss): string {
  const lineOf = (offset: number) =>
    after ? positionAt(after.lineStarts, Math.min(offset, after.text.length)).line + 1 : 0;
  const paths = witness.length < 2 ? [] : pathsOf(witness);
  const rows = paths.flatMap((steps) =>
    steps.map(({ step, edge, note, range: at }, i) => {
      const way = edge && i > 0 ? edgeInWords(edge) : '';
      const how = way === '' ? '' : `*${prose(way)}* → `;
      return `  ${i + 1}. ${how}**${prose(step)}** (line ${lineOf(at.start)})${note === '' ? '' : `: ${prose(note)}`}`;
    }),
  );
  return [`- **${prose(place)}** (${prose(path)}:${lineOf(range.start)}): ${prose(what)}`, ...rows].join('\n');
}

function gainedBlock({ path, difference }: ComparedFile): readonly string[] {
  if (difference.gained.length === 0) return [];
  const rows = difference.gained.map(
    ({ place, what }) => `- **${prose(place)}**: seen from the later revision, in the earlier one ${prose(what)}`,
  );
  return [`### Gained controls in ${prose(path)}\n\n${rows.join('\n')}`];
}

function changesBlock({ path, pathBefore, difference }: ComparedFile): readonly string[] {
  const { changes } = difference;
  if (changes.length === 0 && pathBefore === undefined) return [];
  const rows = changes.flatMap((change) => {
    const words = change.keys.map((key) => prose(keyInWords(key)));
    return [`| ${change.change} | ${prose(elementInWords(change))} | ${words.join('<br>')} |`];
  });
  const moved = pathBefore === undefined ? '' : `${markup(pathBefore)} → `;
  const table = rows.length === 0 ? [] : ['', '| | what | how |', '|---|---|---|', ...rows];
  return [['<details><summary>', `${moved}${markup(path)}`, '</summary>', ...table, '', '</details>'].join('\n')];
}
