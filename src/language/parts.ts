// What the text of a workflow is read into: mentions, conditions, targets, contracts and fields of data, each with the
// place it stands at. The shapes of the vocabulary say which of them a key holds.
import type { Located, Range } from './source.ts';
import type { MapNode, ScalarNode, SyntaxNode } from './syntax.ts';
import type { Duration } from './values.ts';

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

/** One entry of a map whose keys are ids, outcomes or other free words. */
export interface Entry<T> {
  readonly key: Located<string>;
  readonly value: T | undefined;
  readonly range: Range;
}

/** Work goes to one step. */
interface StepTarget {
  readonly kind: 'step';
  readonly step: Reference;
}

/** Work goes to one of several branches, to some or to all. */
interface SplitTarget {
  readonly kind: 'split';
  /** `exclusive`: the first branch that holds; `parallel`: all; `inclusive`: each that holds. */
  readonly mode: 'exclusive' | 'parallel' | 'inclusive';
  readonly links: readonly Link[];
  readonly range: Range;
}

/** Work goes on by a link with keys of its own. */
interface LinkTarget {
  readonly kind: 'link';
  readonly link: Link;
}

/** Where work goes. */
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

/** The terms of a handoff as one map states them. */
export interface ContractTerms {
  readonly payload?: readonly Reference[];
  readonly acceptIf?: ConditionText;
  readonly ack?: Located<Duration | FromData>;
  readonly ownerUntilAck?: Reference;
  readonly onReject?: Target;
  readonly context?: readonly Located<string>[];
  readonly label?: Located<string>;
  readonly auto?: Located<boolean>;
  readonly instructions?: Located<string>;
  readonly channel?: SyntaxNode;
  readonly $: Origin;
}

/** A quantity that is read from data at run time. */
export interface FromData {
  readonly field: Reference;
}

/** The types of JSON Schema, by which fields are declared. */
export const fieldTypes = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const;

/** A field of data, as JSON Schema says it. */
export interface DataField {
  readonly name: Located<string>;
  /** `any` where no type is stated. */
  readonly type: (typeof fieldTypes)[number] | 'any';
  readonly values?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  /** Its schema says more than is read here, and admits fewer values. */
  readonly narrowed?: true;
  readonly format?: string;
  readonly fields?: ReadonlyMap<string, DataField>;
  /** Of the elements of an array. */
  readonly items?: DataField;
}
