// The short form of a value and its long one: `by: a` and `by: [a]`, `next: a` and `next: { to: a }`, `risk: high` and
// `risk: { tier: high }`, one line and several lines.
import type { Shape } from '../../language/shape.ts';
import { contains, type Range } from '../../language/source.ts';
import type { MapEntry, SyntaxNode } from '../../language/syntax.ts';
import { linkShape } from '../../language/vocabulary.ts';
import { type Crumb, entryShape, formOf } from '../slot.ts';
import { commentsIn, hasMarks } from './bare-text.ts';
import { columnOf, newlineOf } from './blocks.ts';
import { entryText, flowText } from './flow-text.ts';
import { type DeclarationEntry, hasAnchor, losesComment, type Proposal, type Spot } from './refactoring.ts';

/** A line longer than this is not made. */
const longest = 160;

export function convertForm(spot: Spot): readonly Proposal[] {
  const { text } = spot.checked.file;
  return entriesAround(spot)
    .flatMap(({ entry, shape, isBranch }) => {
      const { value } = entry;
      if (!value || value.kind === 'alias') return [];
      // `to` of a branch leads to a target as well, and is no place to write one more map.
      const forms = [...shorter(value, shape, text), ...(isBranch ? [] : longer(value, shape, text))];
      return forms.map(({ name, written }) => proposal(spot, `Write '${entry.key.text}' ${name}`, entry, written));
    })
    .concat(spot.selected.length === 1 ? spot.selected.flatMap((declared) => lineForm(spot, declared)) : []);
}

interface AroundEntry {
  readonly entry: MapEntry;
  readonly shape: Shape;
  readonly isBranch: boolean;
}

/** The entries the cursor stands in, the two innermost ones. */
function entriesAround({ slots, range: { start } }: Spot): readonly AroundEntry[] {
  const crumbs = new Set<Crumb>();
  const entries = new Map<MapEntry, AroundEntry>();
  for (const { trail } of slots) {
    for (const crumb of trail) {
      if (crumbs.has(crumb)) continue;
      crumbs.add(crumb);
      const { entry } = crumb;
      const shape = entry && entryShape(crumb.shape, entry.key.text);
      if (entry && shape && contains(entry.range, start))
        entries.set(entry, { entry, shape: unfolded(shape), isBranch: crumb.shape === linkShape });
    }
  }
  return [...entries.values()].sort((a, b) => b.entry.range.start - a.entry.range.start).slice(0, 2);
}

function unfolded(shape: Shape): Shape {
  return shape.kind === 'lazy' ? unfolded(shape.of()) : shape;
}

interface Form {
  readonly name: string;
  /** Undefined where it cannot be written so. */
  readonly written: string | undefined;
}

function longer(value: SyntaxNode, shape: Shape, text: string): readonly Form[] {
  const written = flowText(value, text);
  const wrapped = (open: string, close: string) => (written === undefined ? undefined : open + written + close);
  if (shape.kind === 'list') {
    const isOne = shape.single && value.kind !== 'list' && !(value.kind === 'map' && !value.flow);
    return isOne ? [{ name: 'as a list', written: wrapped('[', ']') }] : [];
  }
  const chosen = shape.kind === 'choice' ? shape[value.kind === 'alias' ? 'scalar' : value.kind] : shape;
  if (chosen?.kind === 'target' && value.kind === 'scalar')
    return Object.hasOwn(chosen.words, value.text) ? [] : [{ name: 'as a map', written: wrapped('{ to: ', ' }') }];
  if (
    chosen?.kind === 'record' &&
    value.kind !== 'map' &&
    chosen.short !== undefined &&
    formOf(chosen, value.kind as 'scalar' | 'list')
  )
    return [{ name: 'as a map', written: wrapped(`{ ${chosen.short}: `, ' }') }];
  return [];
}

function shorter(value: SyntaxNode, shape: Shape, text: string): readonly Form[] {
  if (shape.kind === 'list' && shape.single && value.kind === 'list') {
    const [only, ...more] = value.items;
    if (!only || more.length > 0 || only.kind === 'list' || only.kind === 'alias') return [];
    return [{ name: 'without a list', written: flowText(only, text) }];
  }
  if (value.kind !== 'map') return [];
  const [only, ...more] = value.entries;
  if (!only?.value || more.length > 0) return [];
  const record = shape.kind === 'choice' ? shape.map && unfolded(shape.map) : shape;
  const isTarget = shape.kind === 'target' && only.key.text === 'to' && only.value.kind === 'scalar';
  const isShort = record?.kind === 'record' && record.short === only.key.text && only.value.kind !== 'map';
  return isTarget || isShort ? [{ name: 'in its short form', written: flowText(only.value, text) }] : [];
}

function proposal({ checked, bare }: Spot, title: string, entry: MapEntry, written: string | undefined): Proposal {
  const kind = 'refactor.rewrite';
  const value = entry.value?.range ?? entry.range;
  const range = { start: entry.key.range.end, end: value.end };
  if (commentsIn(bare, range).length > 0) return { title, kind, refused: losesComment };
  if (written === undefined || hasMarks(bare, range)) return { title, kind, refused: hasAnchor };
  return { title, kind, changes: [{ uri: checked.uri, edits: [{ range, text: `: ${written}` }] }] };
}

/** A declaration on one line, or on several. */
function lineForm({ checked, bare }: Spot, { entry, map, id }: DeclarationEntry): readonly Proposal[] {
  const { text } = checked.file;
  const { value, key } = entry;
  if (value?.kind !== 'map' || map.flow || value.entries.length === 0) return [];
  const kind = 'refactor.rewrite';
  const title = value.flow ? `Write '${id}' on several lines` : `Write '${id}' on one line`;
  const range: Range = { start: key.range.end, end: value.range.end };
  if (commentsIn(bare, range).length > 0) return [{ title, kind, refused: losesComment }];
  if (hasMarks(bare, range)) return [{ title, kind, refused: hasAnchor }];
  const edit = (written: string) => ({ uri: checked.uri, edits: [{ range, text: `:${written}` }] });
  if (value.flow) {
    const lines = value.entries.map((each) => entryText(each, text));
    if (lines.includes(undefined)) return [];
    const indent = newlineOf(text) + ' '.repeat(columnOf(text, entry) + 2);
    return [{ title, kind, changes: [edit(lines.map((line) => indent + line).join(''))] }];
  }
  const written = flowText(value, text);
  if (written === undefined) return [];
  const length = columnOf(text, entry) + key.text.length + 2 + written.length;
  if (length > longest) return [{ title, kind, refused: `The line would have ${length} characters.` }];
  return [{ title, kind, changes: [edit(` ${written}`)] }];
}
