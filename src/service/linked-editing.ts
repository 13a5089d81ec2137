// Linked editing: an anchor and the aliases that stand for it are typed over together. Ids are not linked: they are
// mentioned in other files and inside conditions too, which rename changes all at once and typing could only half.
import type { Range as LspRange } from 'vscode-languageserver-types';
import type { ParsedText } from '../language/parse.ts';
import { contains, type Range } from '../language/source.ts';
import { tokensOf } from '../language/tokens.ts';
import { toRange } from './positions.ts';

interface Sign {
  readonly name: string;
  readonly range: Range;
  readonly isAnchor: boolean;
}

/** As the protocol has it. */
export interface LinkedRanges {
  ranges: LspRange[];
  wordPattern: string;
}

/** Names to edit together with the one at `offset`, where there are several. */
export function linkedRangesAt(file: ParsedText, offset: number): LinkedRanges | null {
  const { text, root } = file;
  const signs = tokensOf(text, root).flatMap(({ kind, range: { start, end } }): Sign[] => {
    const isAnchor = kind === 'property' && text[start] === '&';
    if (!isAnchor && kind !== 'alias') return [];
    return [{ name: text.slice(start + 1, end), range: { start: start + 1, end }, isAnchor }];
  });
  const at = signs.find(({ range }) => contains(range, offset));
  if (!at) return null;
  // A name can be given again: an alias stands for the last anchor before it.
  const same = signs.filter(({ name }) => name === at.name);
  const index = same.indexOf(at);
  const first = same.findLastIndex(({ isAnchor }, i) => isAnchor && i <= index);
  const next = same.findIndex(({ isAnchor }, i) => isAnchor && i > index);
  if (first === -1) return null;
  const linked = same.slice(first, next === -1 ? undefined : next);
  if (linked.length < 2) return null;
  return { ranges: linked.map(({ range }) => toRange(file, range)), wordPattern: '[^\\s,\\[\\]{}]+' };
}
