// The vocabulary's own language: what may stand where, as plain data that carries its TypeScript type.
// One reader (`read.ts`), completion, hover, the JSON Schema and the reference page interpret it.
import type { Located, Range } from './source.ts';
import type { MapNode, ScalarNode, SyntaxNode } from './syntax.ts';

/** What an id can name. */
export type DeclarationKind =
  | 'actor'
  | 'data'
  | 'store'
  | 'event'
  | 'calendar'
  | 'handoff'
  | 'policy'
  | 'step'
  | 'tool'
  | 'workflow'
  | 'metric';

/** A mention of a declared id. */
export interface Reference {
  /** Kinds of declaration the name may resolve to, the first one that exists wins. */
  readonly to: readonly DeclarationKind[];
  /** The id; for `DATA.field` without the field. */
  readonly name: string;
  /** Path behind the first dot of `DATA.field`. */
  readonly field?: string;
  /** Of the whole mention, field included. */
  readonly range: Range;
  /** One of the shape's own words (`self`, `none`, `workflow`) and not an id. */
  readonly word: boolean;
}

/** A CEL expression in the text, before it is parsed. */
export interface ConditionText {
  readonly text: string;
  readonly range: Range;
  /** The scalar it stands in, to find the place of each character; undefined behind an alias, whose whole range counts. */
  readonly node: ScalarNode | undefined;
  /** The only data it may name, where the record around it says so (`accept-if` names only the payload). */
  readonly only?: readonly string[];
}

/** Where a record stands and which of its keys stand where. */
export interface Origin {
  readonly range: Range;
  /** The map it was read from; undefined for a short form. */
  readonly node: MapNode | undefined;
  /** Range of a key as written in the file, or undefined where it is missing. */
  keyRange(key: string): Range | undefined;
  /** Range of the value of a key. */
  valueRange(key: string): Range | undefined;
}

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

export type KeyTable = Readonly<Record<string, Key>>;

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

export interface ScalarShape<T> {
  readonly kind: 'scalar';
  /** What to call it in a message: `a duration such as 4h`. */
  readonly expected: string;
  /** Answers undefined when the text is not such a value. */
  readonly parse: (text: string, value: string | number | boolean | null) => T | undefined;
  readonly jsonType: 'string' | 'number' | 'integer' | 'boolean' | readonly ('string' | 'number' | 'boolean')[];
}
export interface WordShape<W extends string> {
  readonly kind: 'word';
  readonly words: Readonly<Record<W, string>>;
}
/** A free id that nothing declares: a label, a capability, a grant. */
export interface NameShape {
  readonly kind: 'name';
  readonly family: string;
}
export interface ReferenceShape {
  readonly kind: 'reference';
  readonly to: readonly DeclarationKind[];
  /** `DATA.field` may stand here. */
  readonly field: boolean;
  readonly words: Readonly<Record<string, string>>;
  /** Ids that do not resolve are free names, not faults. */
  readonly open: boolean;
}
export interface ConditionShape {
  readonly kind: 'condition';
}
export interface ListShape<S> {
  readonly kind: 'list';
  readonly of: S;
  /** A single value stands for a list of one. */
  readonly single: boolean;
}
export interface RecordShape<K extends KeyTable> {
  readonly kind: 'record';
  readonly name: string;
  readonly keys: K;
  /** Key that a bare scalar or list stands for. */
  readonly short?: string;
  /** How the kind of the record is told: by its first key, or by the value of a key. */
  readonly kindBy?: 'first-key' | { readonly key: string };
  /** The condition under one key may only name the data that another key lists. */
  readonly limits?: { readonly condition: string; readonly to: string };
}
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
export interface FieldsShape {
  readonly kind: 'fields';
}
export interface LazyShape<T> {
  readonly kind: 'lazy';
  readonly of: () => Shape;
  readonly type?: T;
}
export interface AnyShape {
  readonly kind: 'any';
}

/** One entry of a map that is read by `MapShape`. */
export interface Entry<T> {
  readonly key: Located<string>;
  readonly value: T | undefined;
  readonly range: Range;
}

/** `a-b` -> `aB`: keys of the language are kebab-case, fields of the model camelCase. */
export type Camel<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S;

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

export interface StepTarget {
  readonly kind: 'step';
  readonly step: Reference;
}
export interface SplitTarget {
  readonly kind: 'split';
  /** `exclusive`: the first branch that holds; `parallel`: all; `inclusive`: each that holds. */
  readonly mode: 'exclusive' | 'parallel' | 'inclusive';
  readonly links: readonly Link[];
  readonly range: Range;
}
export interface LinkTarget {
  readonly kind: 'link';
  readonly link: Link;
}
export type Target = StepTarget | SplitTarget | LinkTarget;

/** One branch of a split, or a target with keys of its own. */
export interface Link {
  readonly range: Range;
  readonly to: Target | undefined;
  readonly when?: ConditionText | undefined;
  /** The branch taken when no other holds. */
  readonly otherwise: boolean;
  readonly label?: Located<string> | undefined;
  readonly handoff?: Contract | undefined;
  /** Bound on how often the case passes here, >= 1. */
  readonly max?: Located<number> | undefined;
  readonly exhausted?: Target | undefined;
  /** Share of what arrives, 0 to 1. */
  readonly share?: Located<number> | undefined;
  readonly keep?: Located<boolean> | undefined;
}

/** A contract as written: a name, terms, or a name with terms laid over it. */
export interface Contract {
  readonly range: Range;
  readonly names: readonly Reference[];
  readonly terms: readonly ContractTerms[];
}

export interface ContractTerms {
  readonly payload?: readonly Reference[];
  readonly acceptIf?: ConditionText;
  readonly ack?: Located<unknown>;
  readonly ownerUntilAck?: Reference;
  readonly onReject?: Target;
  readonly context?: readonly Located<string>[];
  readonly label?: Located<string>;
  readonly auto?: Located<boolean>;
  readonly instructions?: Located<string>;
  readonly channel?: SyntaxNode;
  readonly $: Origin;
}

/** A field of data, as JSON Schema says it. */
export interface DataField {
  readonly name: Located<string>;
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null' | 'any';
  readonly values?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
  readonly fields?: ReadonlyMap<string, DataField>;
  /** Of the elements of an array. */
  readonly items?: DataField;
}

// The words of the table, so that it reads like a table.

export function scalar<T>(
  expected: string,
  parse: ScalarShape<T>['parse'],
  jsonType: ScalarShape<T>['jsonType'] = 'string',
): ScalarShape<T> {
  return { kind: 'scalar', expected, parse, jsonType };
}
export function word<W extends string>(words: Readonly<Record<W, string>>): WordShape<W> {
  return { kind: 'word', words };
}
export function name(family: string): NameShape {
  return { kind: 'name', family };
}
export function reference(
  to: DeclarationKind | readonly DeclarationKind[],
  options: { field?: boolean; words?: Readonly<Record<string, string>>; open?: boolean } = {},
): ReferenceShape {
  const kinds = typeof to === 'string' ? [to] : to;
  return {
    kind: 'reference',
    to: kinds,
    field: options.field ?? false,
    words: options.words ?? {},
    open: options.open ?? false,
  };
}
export function condition(): ConditionShape {
  return { kind: 'condition' };
}
export function list<S extends Shape>(of: S): ListShape<S> {
  return { kind: 'list', of, single: false };
}
/** A list, or one value that stands for a list of one. */
export function oneOrMore<S extends Shape>(of: S): ListShape<S> {
  return { kind: 'list', of, single: true };
}
export function record<K extends KeyTable>(
  recordName: string,
  keys: K,
  options: {
    short?: keyof K & string;
    kindBy?: 'first-key' | { key: string };
    limits?: { condition: keyof K & string; to: keyof K & string };
  } = {},
): RecordShape<K> {
  return { kind: 'record', name: recordName, keys, ...options };
}
export function declarations<S extends Shape>(
  declares: DeclarationKind,
  of: S,
  identifier: 'kebab' | 'cel' = 'kebab',
): MapShape<S> {
  return { kind: 'map', of, keys: { kind: 'declares', declares, identifier } };
}
export function mapOf<S extends Shape>(called: string, of: S): MapShape<S> {
  return { kind: 'map', of, keys: { kind: 'free', called } };
}
export function mapFrom<S extends Shape>(mention: ReferenceShape, of: S): MapShape<S> {
  return { kind: 'map', of, keys: { kind: 'mentions', reference: mention } };
}
export function choice<
  S extends Shape | undefined = undefined,
  L extends Shape | undefined = undefined,
  M extends Shape | undefined = undefined,
>(forms: { scalar?: S; list?: L; map?: M }): ChoiceShape<S, L, M> {
  return { kind: 'choice', scalar: forms.scalar as S, list: forms.list as L, map: forms.map as M };
}
export function lazy<T>(of: () => Shape): LazyShape<T> {
  return { kind: 'lazy', of };
}
export function key<S extends Shape>(
  shape: S,
  doc: string,
  options: { required?: boolean; on?: readonly string[]; default?: string; example?: string } = {},
): Key<S> {
  return { shape, doc, since: 1, ...options };
}
