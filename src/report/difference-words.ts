// A difference in words, the same in every form: sentences without marks, to be escaped by whoever shows them.

import type { KeyChange } from '../governance/changed-keys.ts';
import type { ElementChange } from '../governance/difference.ts';
import { type Comparison, countDifferences } from './compared-file.ts';
import { counted } from './text.ts';

/** Longest value that is shown whole. */
const longest = 80;

/** Name of an element: its kind, id and title. */
export function elementInWords({ kind, id, idBefore, title }: ElementChange): string {
  const called = title === undefined || title === id ? '' : ` “${title}”`;
  return `${kind} ${idBefore === undefined ? '' : `${idBefore} → `}${id}${called}`;
}

/** `next was check, is pay`. */
export function keyInWords({ key, before, after }: KeyChange): string {
  if (before === undefined) return `${key} is new: ${short(after ?? '')}`;
  return after === undefined
    ? `${key} is gone, it was ${short(before)}`
    : `${key} was ${short(before)}, is ${short(after)}`;
}

/** All of it in one sentence. */
export function differenceInShort(comparison: Comparison): string {
  const { files, lost, gained, changes } = countDifferences(comparison);
  const between = `between ${comparison.base} and ${comparison.head}`;
  if (files === 0) return `no difference in meaning ${between}`;
  const differ = `${counted(files, 'file')} ${files === 1 ? 'differs' : 'differ'}`;
  return `${differ} ${between}: ${counted(lost, 'control')} lost, ${gained} gained, ${counted(changes, 'change')}`;
}

function short(value: string): string {
  const line = value.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return 'empty';
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : line;
}
