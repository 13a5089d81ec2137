// What a refactoring is: it looks at a place and answers what could be done there, or why it cannot.

import type { DeclarationKind } from '../../language/parts.ts';
import type { Range, TextEdit } from '../../language/source.ts';
import { contains } from '../../language/source.ts';
import type { MapEntry, MapNode } from '../../language/syntax.ts';
import type { Checked, DocumentCache } from '../documents.ts';
import { type Crumb, type Slot, slotsIn } from '../slot.ts';
import { bareText } from './bare-text.ts';

/** The place a refactoring is asked for. */
export interface Spot {
  readonly checked: Checked;
  readonly documents: DocumentCache;
  /** What is selected, without blanks around it; empty for a cursor. */
  readonly range: Range;
  /** The text without its values. */
  readonly bare: string;
  readonly slots: readonly Slot[];
  /** Every step and declaration of the file. */
  readonly declarations: readonly DeclarationEntry[];
  /** Those that the selection touches; for a cursor the one whose id it stands on. */
  readonly selected: readonly DeclarationEntry[];
  /** The client can make new files. */
  readonly creates: boolean;
}

/** The entry of a map that declares something. */
export interface DeclarationEntry {
  readonly kind: DeclarationKind;
  readonly id: string;
  readonly entry: MapEntry;
  readonly map: MapNode;
  /** From the root to its map. */
  readonly trail: readonly Crumb[];
}

/** Edits of a file that is there, or a file to be made. */
export type Change =
  | { readonly uri: string; readonly edits: readonly TextEdit[] }
  | { readonly uri: string; readonly text: string };

export type RefactoringKind = 'refactor.extract' | 'refactor.inline' | 'refactor.rewrite' | 'refactor.move';

/** Something that could be done, or why it cannot be, as a sentence. */
export type Proposal = { readonly title: string; readonly kind: RefactoringKind } & (
  | {
      readonly changes: readonly Change[];
      /** New steps that take over from one that was there: what was found at it may be found at them. */
      readonly standIns?: ReadonlyMap<string, string>;
    }
  | { readonly refused: string }
);

export type Refactoring = (spot: Spot) => readonly Proposal[];

export const losesComment = 'A comment would be lost.';
export const hasAnchor = 'Anchors, aliases and tags stay where they are.';

export function spotAt(checked: Checked, documents: DocumentCache, range: Range, creates: boolean): Spot {
  const { file } = checked;
  const slots = slotsIn(file.root);
  const declarations = slots.flatMap(({ form, trail }): DeclarationEntry[] => {
    const { shape, node, entry } = trail.at(-1) ?? {};
    if (form !== 'key' || shape?.kind !== 'map' || shape.keys.kind !== 'declares') return [];
    if (!entry || node?.kind !== 'map') return [];
    return [{ kind: shape.keys.declares, id: entry.key.text, entry, map: node, trail }];
  });
  const trimmed = trim(file.text, range);
  return {
    ...{ checked, documents, range: trimmed, slots, declarations, creates },
    bare: bareText(file),
    selected: selectedIn(declarations, trimmed),
  };
}

/** Those of one map that the selection touches; for a cursor, the one whose id it stands on. */
function selectedIn(declarations: readonly DeclarationEntry[], { start, end }: Range): readonly DeclarationEntry[] {
  if (start === end) return declarations.filter(({ entry }) => contains(entry.key.range, start));
  const begun = declarations.filter(({ entry }) => entry.range.start < start && start < entry.range.end);
  const whole = declarations.filter(({ entry }) => start <= entry.range.start && entry.range.start < end);
  const map = whole[0]?.map ?? begun.at(-1)?.map;
  return [...begun, ...whole].filter((each) => each.map === map);
}

function trim(text: string, { start, end }: Range): Range {
  if (start >= end) return { start, end: start };
  const selected = text.slice(start, end);
  const from = start + (selected.length - selected.trimStart().length);
  return { start: from, end: Math.max(from, start + selected.trimEnd().length) };
}
