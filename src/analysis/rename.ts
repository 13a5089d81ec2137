// A copy of what a sub-workflow says, with the names it has inside its caller and the place of the call as its text.
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Handler } from '../language/model.ts';
import type { ConditionText, Entry, Origin, Reference } from '../language/parts.ts';
import type { Range } from '../language/source.ts';

/** New names by kind and old name; what is not in it keeps its name. */
export type Names = Readonly<
  Record<'step' | 'actor' | 'data' | 'store' | 'event' | 'calendar' | 'handoff' | 'policy', ReadonlyMap<string, string>>
>;

/** What copying needs, and what it gathers. */
export interface Renaming {
  readonly names: Names;
  /** Everything copied stands here: the place of the call. */
  readonly at: Range;
  /** Copies of conditions, with the original of each. */
  readonly conditions: Map<ConditionText, ConditionText>;
}

/** Maps whose keys are mentions, by the field they stand under. */
const keyKinds: Readonly<Record<string, 'data' | 'event'>> = { writes: 'data', returns: 'data', on: 'event' };

/** A deep copy of `value`, a part of the model that stands under `field`. */
export function renamed<T>(value: T, renaming: Renaming, field = ''): T {
  return copy(value, renaming, field) as T;
}

/** Handlers of a step, a scope or a case under their new names. */
export function renamedHandlers(
  handlers: ReadonlyMap<string, Handler>,
  renaming: Renaming,
): ReadonlyMap<string, Handler> {
  return new Map(
    [...handlers].map(([outcome, handler]) => {
      const name = renaming.names.event.get(outcome) ?? outcome;
      return [name, { ...renamed(handler, renaming), outcome: name }];
    }),
  );
}

function copy(value: unknown, renaming: Renaming, field: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => copy(item, renaming, field));
  if (value instanceof Map) return copyMap(value, renaming, field);
  if (isReference(value)) return copyReference(value, renaming);
  if (isCondition(value)) return copyCondition(value, renaming);
  if (isSyntax(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'range') result[key] = renaming.at;
    else if (key === '$') result[key] = originAt(inner as Origin, renaming.at);
    else if (key !== 'steps') result[key] = copy(inner, renaming, key);
  }
  const { item } = result as { item?: { value: string } };
  // The element of a `for-each` is data by the name it is given there.
  if (item && 'in' in result) result.item = { ...item, value: renaming.names.data.get(item.value) ?? item.value };
  return result;
}

function copyMap(map: ReadonlyMap<string, Entry<unknown>>, renaming: Renaming, field: string) {
  const kind = Object.hasOwn(keyKinds, field) ? keyKinds[field] : undefined;
  const rename = (name: string) => (kind ? renamePath(name, renaming.names[kind]) : name);
  return new Map(
    [...map].map(([name, entry]) => {
      const copied = copy(entry, renaming, '') as { key?: { value: string; range: Range } };
      const { key } = copied;
      return [rename(name), key ? { ...copied, key: { ...key, value: rename(key.value) } } : copied];
    }),
  );
}

/** `claim.amount` with the new name of `claim`. */
function renamePath(path: string, names: ReadonlyMap<string, string>): string {
  const dot = path.indexOf('.');
  const root = dot === -1 ? path : path.slice(0, dot);
  return `${names.get(root) ?? root}${path.slice(root.length)}`;
}

function copyReference(reference: Reference, { names, at }: Renaming): Reference {
  if (reference.word) return { ...reference, range: at };
  for (const kind of reference.to) {
    const name = kind in names ? names[kind as keyof Names].get(reference.name) : undefined;
    if (name !== undefined) return { ...reference, name, range: at };
  }
  return { ...reference, range: at };
}

function copyCondition(original: ConditionText, { names, at, conditions }: Renaming): ConditionText {
  const only = original.only?.map((name) => names.data.get(name) ?? name);
  const copied: ConditionText = { text: original.text, range: at, node: undefined, ...(only ? { only } : {}) };
  conditions.set(copied, original);
  return copied;
}

/** The same expression over the new names; variables of macros keep theirs. */
export function renamedAst(ast: ASTNode, names: ReadonlyMap<string, string>, bound: readonly string[] = []): ASTNode {
  const copyOf = (args: unknown): ASTNode => Object.assign(Object.create(Object.getPrototypeOf(ast)), ast, { args });
  if (ast.op === 'id') return bound.includes(ast.args) ? ast : copyOf(names.get(ast.args) ?? ast.args);
  if (ast.op === 'rcall') {
    const [macro, receiver, args] = ast.args;
    const binds = ['all', 'exists', 'exists_one', 'filter', 'map'].includes(macro) && args[0]?.op === 'id';
    const inside = binds && args[0]?.op === 'id' ? [...bound, args[0].args] : bound;
    const inner = args.map((argument) => renamedAst(argument, names, inside));
    return copyOf([macro, renamedAst(receiver, names, bound), inner]);
  }
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    return typeof value === 'object' && value !== null && 'op' in value
      ? renamedAst(value as ASTNode, names, bound)
      : value;
  };
  return copyOf(visit(ast.args));
}

function originAt(origin: Origin, at: Range): Origin {
  return {
    range: at,
    node: undefined,
    keyRange: (key) => (origin.keyRange(key) ? at : undefined),
    valueRange: (key) => (origin.valueRange(key) ? at : undefined),
  };
}

function isReference(value: object): value is Reference {
  return 'to' in value && Array.isArray(value.to) && 'name' in value && 'word' in value;
}

function isCondition(value: object): value is ConditionText {
  return 'text' in value && 'range' in value && 'node' in value && !('kind' in value);
}

/** Text that the model keeps as it stands, such as a channel. */
function isSyntax(value: object): boolean {
  return 'kind' in value && 'range' in value && ('entries' in value || 'items' in value || 'style' in value);
}
