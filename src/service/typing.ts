// What is being typed at a cursor. Half-typed text has no node where the cursor stands, so a placeholder is put there
// first; the rest of the text decides by its indentation what the placeholder is.
import type { ParsedFile } from '../language/parse.ts';
import type { Shape } from '../language/shape.ts';
import type { Range } from '../language/source.ts';
import type { MapNode, ScalarNode, SyntaxNode } from '../language/syntax.ts';
import { topLevelShape } from '../language/vocabulary.ts';
import { type Crumb, type Slot, slotAt } from './slot.ts';

/** Stands for what is yet to be typed; nobody calls anything so. */
export const placeholder = 'zzcursorzz';

/** A text of any table, read. */
export interface Tree {
  readonly root: SyntaxNode | undefined;
}

export interface Typing<F extends Tree = ParsedFile> {
  /** The text with the placeholder in it, read. */
  readonly file: F;
  readonly slot: Slot;
  /** What stands before the cursor in the key or value, and behind it. */
  readonly before: string;
  readonly after: string;
  /** In the document: what a completion replaces. On one line, around the cursor. */
  readonly range: Range;
  /** Goes before the inserted text: a blank directly behind a colon. */
  readonly lead: string;
  /** Where a whole value could be typed in place of the key: on a line or in a list item of its own. */
  readonly alone: boolean;
  /** The key is followed by its colon already. */
  readonly hasColon: boolean;
  /** Inside braces or brackets. */
  readonly flow: boolean;
  /** Column of the key or value, to indent what comes below it. */
  readonly column: number;
  readonly offset: number;
}

/** Undefined where nothing of the language is typed: in comments, in long texts with line breaks, behind garbage. */
export function typingAt<F extends Tree>(
  text: string,
  offset: number,
  read: (text: string) => F,
  shape: Shape = topLevelShape,
): Typing<F> | undefined {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const before = text.slice(lineStart, offset);
  const behind = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
  const lead = /^\s*(- +)*[\w-]+:$|[{,]\s*[\w-]+:$/.test(before) && /^(\s|[}\],]|$)/.test(behind) ? ' ' : '';
  const rest = /^[\w.-]*/.exec(behind)?.[0] ?? '';
  // A line of one word becomes a key; where a value is expected instead, `alone` says that one may stand there.
  const ownLine =
    /^\s*(-\s+)*([\w.-]*|[a-z]+\/[a-z0-9-]*)$/.test(before) &&
    !/^\s*-+$/.test(before) &&
    /^\s*(#.*)?$/.test(behind.slice(rest.length));
  const colon = ownLine ? ':' : '';
  const at = offset + lead.length;
  const patched = `${text.slice(0, offset)}${lead}${placeholder}${rest}${colon}${text.slice(offset + rest.length)}`;
  const file = read(patched);
  const slot = slotAt(file.root, at + 1, shape);
  if (!slot?.scalar.text.includes(placeholder)) return undefined;
  const [typed = '', ...more] = slot.scalar.text.split(placeholder);
  const { start, end } = contentOf(slot.scalar, patched);
  const back = (patchedOffset: number) =>
    Math.max(
      offset,
      patchedOffset -
        lead.length -
        placeholder.length -
        (patchedOffset > at + placeholder.length + rest.length ? colon.length : 0),
    );
  const map = slot.trail.at(-1);
  return {
    file,
    slot,
    before: typed,
    after: more.join(placeholder),
    range: { start: Math.min(Math.max(start, lineStart), offset), end: Math.min(back(end), offset + behind.length) },
    lead,
    alone: slot.form === 'key' && ownLine && isAlone(map, slot.scalar),
    hasColon: slot.form === 'key' && !ownLine && patched.slice(slot.scalar.range.end).trimStart().startsWith(':'),
    flow: slot.trail.some(({ node }) => node.flow),
    column: Math.max(0, Math.min(start, offset) - lineStart),
    offset,
  };
}

/** Without the quotes of a quoted scalar. */
function contentOf({ range, style }: ScalarNode, text: string): Range {
  if (style !== 'single' && style !== 'double') return range;
  const closed = range.end > range.start + 1 && text[range.end - 1] === text[range.start];
  return { start: range.start + 1, end: closed ? range.end - 1 : range.end };
}

/** The map holds nothing but the word that is being typed. */
function isAlone(map: Crumb | undefined, scalar: ScalarNode): boolean {
  const entries = (map?.node as MapNode | undefined)?.entries ?? [];
  return entries.length === 1 && entries[0]?.key === scalar && entries[0].value === undefined;
}
