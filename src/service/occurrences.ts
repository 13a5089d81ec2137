// Every name of a file that stands for something: what it is, where it stands, and whether it is declared there.
// References, highlights, rename, code lenses and semantic tokens are read from it.
import type { Workflow } from '../language/model.ts';
import type { ParsedFile } from '../language/parse.ts';
import type { DeclarationKind } from '../language/parts.ts';
import type { Place, Range } from '../language/source.ts';
import { builtInOutcomes, contestOutcomes, endOutcomes } from '../language/vocabulary.ts';
import { fileKey } from './file-key.ts';
import { type Meaning, meaningsOf } from './meaning.ts';
import { type Slot, slotsIn } from './slot.ts';

/** What a name stands for. Two names with the same `key` stand for the same. */
export interface Entity {
  readonly key: string;
  readonly kind: DeclarationKind | 'field' | 'outcome' | 'name';
  /** The id; of a field the last part of its path. */
  readonly name: string;
  /** Where it is declared; undefined for what nothing declares: outcomes, free names, workflows of other files. */
  readonly at: Place | undefined;
  /** Of free names: label, duty, capability … */
  readonly family?: string;
}

export interface Occurrence {
  readonly entity: Entity;
  /** Of the name alone, in the text of the file. */
  readonly range: Range;
  /** It is declared here. */
  readonly isDeclaration: boolean;
}

/** In the order of the text; names that resolve to nothing are left out. */
export function occurrencesIn(file: ParsedFile, workflow: Workflow): readonly Occurrence[] {
  return slotsIn(file.root).flatMap((slot) =>
    meaningsOf(slot, file.text, workflow).flatMap(({ meaning, range }) => {
      const entity = entityOf(meaning);
      return entity ? [{ entity, range, isDeclaration: isDeclared(entity, slot, file.uri, range) }] : [];
    }),
  );
}

/** What a meaning stands for; undefined for keys, words of the language, values, and ids that nothing declares. */
export function entityOf(meaning: Meaning): Entity | undefined {
  switch (meaning.kind) {
    case 'declaration': {
      const { declares: kind, id: name, at } = meaning;
      return at && { key: keyAt(kind, at), kind, name, at };
    }
    case 'field': {
      const { at, path } = meaning;
      return at && path.length > 1
        ? { key: keyAt('field', at), kind: 'field', name: path.at(-1) ?? '', at }
        : undefined;
    }
    case 'outcome': {
      const name = meaning.outcome;
      if (isBuiltIn(name)) return undefined;
      return { key: `outcome ${name}`, kind: 'outcome', name, at: undefined };
    }
    case 'name': {
      const { family, name } = meaning;
      return { key: `${family} ${name}`, kind: 'name', name, at: undefined, family };
    }
    case 'workflow':
      return { key: `workflow ${meaning.id}`, kind: 'workflow', name: meaning.id, at: undefined };
    default:
      return undefined;
  }
}

/** Outcomes whose meaning the language gives. */
export function isBuiltIn(outcome: string): boolean {
  return [builtInOutcomes, contestOutcomes, endOutcomes].some((words) => Object.hasOwn(words, outcome));
}

function keyAt(kind: string, { uri, range }: Place): string {
  return `${kind} ${fileKey(uri)} ${range.start}`;
}

function isDeclared({ kind, at }: Entity, { trail, form }: Slot, uri: string, range: Range): boolean {
  if (at) return at.range.start <= range.start && range.end <= at.range.end && fileKey(at.uri) === fileKey(uri);
  const [top] = trail;
  if (kind === 'workflow') return trail.length === 1 && top?.entry?.key.text === 'workflow';
  // Outcomes are declared by the step that can end with them.
  return kind === 'outcome' && trail.some(({ entry }) => entry?.key.text === 'outcomes') && !isValueOfMap(trail, form);
}

/** `favourable` in `{ grant: favourable }` is no outcome. */
function isValueOfMap(trail: Slot['trail'], form: Slot['form']): boolean {
  return form === 'value' && trail.at(-1)?.node.kind === 'map' && trail.at(-1)?.entry?.key.text !== 'outcomes';
}
