// The vocabulary's own language: what may stand where, as plain data that carries its TypeScript type.
// The reader (`read.ts`), completion, hover, the JSON Schema and the reference page interpret it.
import type { ConditionText, DataField, DeclarationKind, Entry, Origin, Reference, Target } from './parts.ts';
import type { Located } from './source.ts';
import type { SyntaxNode } from './syntax.ts';

/** One key of the language. */
export interface Key<S extends Shape = Shape> {
  readonly shape: S;
  readonly doc: string;
  readonly required?: boolean;
  /** For records of several kinds (steps, actors): the kinds that have this key. Absent: all. */
  readonly on?: readonly string[];
  /** What holds where the key is missing. */
  readonly default?: string;
  readonly example?: string;
  readonly since: 1;
}

/** The keys of a record by name. */
export type KeyTable = Readonly<Record<string, Key>>;

/** What may stand at a key. */
export type Shape =
  | ScalarShape<unknown>
  | WordShape<string>
  | NameShape
  | ReferenceShape
  | ConditionShape
  | ListShape<Shape>
  | RecordShape<KeyTable>
  | MapShape<Shape>
  | ChoiceShape<Shape | undefined, Shape | undefined, Shape | undefined>
  | TargetShape
  | FieldsShape
  | LazyShape<unknown>
  | AnyShape;

type JsonType = 'string' | 'number' | 'integer' | 'boolean' | readonly ('string' | 'number' | 'boolean')[];

/** A value of one scalar, in a small language of its own. */
export interface ScalarShape<T> {
  readonly kind: 'scalar';
  /** What to call it in a message: `a duration such as 4h`. */
  readonly expected: string;
  /** Answers undefined when the text is not such a value. */
  readonly parse: (text: string, value: string | number | boolean | null) => T | undefined;
  readonly jsonType: JsonType;
  /** Values that completion offers. */
  readonly samples: readonly string[];
  /** `DATA.field` may stand in its place and is read at run time. */
  readonly fromData: boolean;
}

/** One of the language's own words, each with its meaning. */
export interface WordShape<W extends string> {
  readonly kind: 'word';
  readonly words: Readonly<Record<W, string>>;
}

/** A free id that nothing declares: a label, a capability, a grant. */
export interface NameShape {
  readonly kind: 'name';
  readonly family: string;
}

/** A mention of something that is declared. */
export interface ReferenceShape {
  readonly kind: 'reference';
  readonly to: readonly DeclarationKind[];
  /** `DATA.field` may stand here. */
  readonly field: boolean;
  readonly words: Readonly<Record<string, string>>;
  /** Ids that do not resolve are free names, not faults. */
  readonly open: boolean;
}

interface ConditionShape {
  readonly kind: 'condition';
}

/** A list, each element of one shape. */
export interface ListShape<S> {
  readonly kind: 'list';
  readonly of: S;
  /** A single value stands for a list of one. */
  readonly single: boolean;
}

/** A map with keys of the language. */
export interface RecordShape<K extends KeyTable> {
  readonly kind: 'record';
  readonly name: string;
  readonly keys: K;
  /** Key that a bare scalar or list stands for. */
  readonly short?: string;
  /** How the kind of the record is told: by its first key, or by the value of a key. */
  readonly kindBy?: 'first-key' | { readonly key: string };
  /** Of a record told by its first key: the keys that tell a kind. */
  readonly kinds?: readonly string[];
  /** The condition under one key may only name the data that another key lists. */
  readonly limits?: { readonly condition: string; readonly to: string };
}

/** A map with keys of the author. */
export interface MapShape<S> {
  readonly kind: 'map';
  readonly of: S;
  /** What the keys are: declarations, mentions, or free words such as outcomes. */
  readonly keys:
    | { readonly kind: 'declares'; readonly declares: DeclarationKind; readonly identifier: 'kebab' | 'cel' }
    | { readonly kind: 'mentions'; readonly reference: ReferenceShape }
    | { readonly kind: 'free'; readonly called: string };
}

/** Told apart by the form of the YAML node. */
export interface ChoiceShape<S, L, M> {
  readonly kind: 'choice';
  readonly scalar: S;
  readonly list: L;
  readonly map: M;
}

/** `TARGET` of the language: a step, a list of branches, a split, or a link with conditions of its own. */
export interface TargetShape {
  readonly kind: 'target';
  /** Words that stand for something other than a step. */
  readonly words: Readonly<Record<string, string>>;
}

/** JSON Schema properties in their short and long form. */
interface FieldsShape {
  readonly kind: 'fields';
}

/** A shape that holds itself. */
interface LazyShape<T> {
  readonly kind: 'lazy';
  readonly of: () => Shape;
  readonly type?: T;
}

interface AnyShape {
  readonly kind: 'any';
}

/** `a-b` -> `aB`: keys of the language are kebab-case, fields of the model camelCase. */
type Camel<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S;

/** The fields a key table is read into; everything is optional, since a user may forget anything. */
export type Fields<K extends KeyTable> = { readonly [P in keyof K & string as Camel<P>]?: ValueOf<K[P]['shape']> } & {
  readonly $: Origin;
};

/** The value a shape is read into. */
export type ValueOf<S> =
  S extends ScalarShape<infer T>
    ? Located<T>
    : S extends WordShape<infer W>
      ? Located<W>
      : S extends NameShape
        ? Located<string>
        : S extends ReferenceShape
          ? Reference
          : S extends ConditionShape
            ? ConditionText
            : S extends ListShape<infer E>
              ? readonly ValueOf<E>[]
              : S extends RecordShape<infer K>
                ? Fields<K>
                : S extends MapShape<infer E>
                  ? ReadonlyMap<string, Entry<ValueOf<E>>>
                  : S extends ChoiceShape<infer A, infer B, infer C>
                    ? ValueOf<NonNullable<A>> | ValueOf<NonNullable<B>> | ValueOf<NonNullable<C>>
                    : S extends TargetShape
                      ? Target
                      : S extends FieldsShape
                        ? ReadonlyMap<string, DataField>
                        : S extends LazyShape<infer T>
                          ? T
                          : S extends AnyShape
                            ? SyntaxNode
                            : never;

// The words of the table, so that it reads like a table.

/** A value that `parse` understands; a string in JSON unless told. */
export function scalar<T>(
  expected: string,
  parse: ScalarShape<T>['parse'],
  {
    jsonType = 'string',
    samples = [],
    fromData = false,
  }: Partial<Pick<ScalarShape<T>, 'jsonType' | 'samples' | 'fromData'>> = {},
): ScalarShape<T> {
  return { kind: 'scalar', expected, parse, jsonType, samples, fromData };
}

/** One of `words`, each with its meaning. */
export function word<W extends string>(words: Readonly<Record<W, string>>): WordShape<W> {
  return { kind: 'word', words };
}

/** A free name; names of one family are offered to each other. */
export function name(family: string): NameShape {
  return { kind: 'name', family };
}

/** The id of a declaration of one of the kinds `to`. */
export function reference(
  to: DeclarationKind | readonly DeclarationKind[],
  { field = false, words = {}, open = false }: Partial<Pick<ReferenceShape, 'field' | 'words' | 'open'>> = {},
): ReferenceShape {
  return { kind: 'reference', to: typeof to === 'string' ? [to] : to, field, words, open };
}

/** An expression in CEL. */
export function condition(): ConditionShape {
  return { kind: 'condition' };
}

/** Where work goes; `words` stand for something other than a step. */
export function targetOr(words: Readonly<Record<string, string>>): TargetShape {
  return { kind: 'target', words };
}

/** A list, and nothing else. */
export function list<S extends Shape>(of: S): ListShape<S> {
  return { kind: 'list', of, single: false };
}

/** A list, or one value that stands for a list of one. */
export function oneOrMore<S extends Shape>(of: S): ListShape<S> {
  return { kind: 'list', of, single: true };
}

/** A map with these keys; `recordName` is what messages and the reference call it. */
export function record<K extends KeyTable>(
  recordName: string,
  keys: K,
  options: {
    short?: keyof K & string;
    kindBy?: 'first-key' | { key: string };
    limits?: { condition: keyof K & string; to: keyof K & string };
  } = {},
): RecordShape<K> {
  const kinds = options.kindBy === 'first-key' ? { kinds: firstKeyKinds(keys) } : {};
  return { kind: 'record', name: recordName, keys, ...options, ...kinds };
}

/** A map whose keys declare ids. */
export function declarations<S extends Shape>(
  declares: DeclarationKind,
  of: S,
  identifier: 'kebab' | 'cel' = 'kebab',
): MapShape<S> {
  return { kind: 'map', of, keys: { kind: 'declares', declares, identifier } };
}

/** A map whose keys are free words. */
export function mapOf<S extends Shape>(called: string, of: S): MapShape<S> {
  return { kind: 'map', of, keys: { kind: 'free', called } };
}

/** A map whose keys mention ids. */
export function mapFrom<S extends Shape>(mention: ReferenceShape, of: S): MapShape<S> {
  return { kind: 'map', of, keys: { kind: 'mentions', reference: mention } };
}

/** A shape for each form of YAML that may stand here. */
export function choice<
  S extends Shape | undefined = undefined,
  L extends Shape | undefined = undefined,
  M extends Shape | undefined = undefined,
>(forms: { scalar?: S; list?: L; map?: M }): ChoiceShape<S, L, M> {
  return { kind: 'choice', scalar: forms.scalar as S, list: forms.list as L, map: forms.map as M };
}

/** A shape that is not made yet; its type has to be told. */
export function lazy<T>(of: () => Shape): LazyShape<T> {
  return { kind: 'lazy', of };
}

/** One line of the table. */
export function key<S extends Shape>(
  shape: S,
  doc: string,
  options: { required?: boolean; on?: readonly string[]; default?: string; example?: string } = {},
): Key<S> {
  return { shape, doc, since: 1, ...options };
}

/** Whether a key is the kind it belongs to: the first key of a step says its kind and bears its title. */
export function namesItsKind(keyName: string, { on }: Key): boolean {
  return on?.length === 1 && on[0] === keyName;
}

/** Kinds that the first key of a record can name. */
export function firstKeyKinds(keys: KeyTable): readonly string[] {
  return Object.entries(keys).flatMap(([keyName, value]) => (namesItsKind(keyName, value) ? [keyName] : []));
}
