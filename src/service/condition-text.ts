// Names inside a condition by its characters alone, so that half-typed CEL is understood as well.
import { fieldAt, variablesOf } from '../language/conditions.ts';
import type { Workflow } from '../language/model.ts';
import type { DataField } from '../language/parts.ts';
import type { Range } from '../language/source.ts';

/** Functions and macros of CEL that conditions use; `on` says what they are called on. */
export const celFunctions: Readonly<
  Record<string, { readonly on: 'free' | 'string' | 'list' | 'any'; readonly doc: string; readonly call: string }>
> = {
  has: { on: 'free', doc: 'True where the field is there: `has(claim.note)`.', call: 'has($1)' },
  size: { on: 'any', doc: 'Number of characters, elements or entries: `size(claim.lines) > 0`.', call: 'size($1)' },
  startsWith: { on: 'string', doc: 'True where the text begins so.', call: "startsWith('$1')" },
  endsWith: { on: 'string', doc: 'True where the text ends so.', call: "endsWith('$1')" },
  contains: { on: 'string', doc: 'True where the text contains this.', call: "contains('$1')" },
  matches: { on: 'string', doc: 'True where the text matches this regular expression.', call: "matches('$1')" },
  exists: {
    on: 'list',
    doc: 'True where at least one element fits: `lines.exists(l, l.amount > 100)`.',
    call: 'exists({{1:x}}, $2)',
  },
  all: { on: 'list', doc: 'True where every element fits: `lines.all(l, l.checked)`.', call: 'all({{1:x}}, $2)' },
  exists_one: { on: 'list', doc: 'True where exactly one element fits.', call: 'exists_one({{1:x}}, $2)' },
  filter: { on: 'list', doc: 'The elements that fit.', call: 'filter({{1:x}}, $2)' },
  map: { on: 'list', doc: 'A list made from each element.', call: 'map({{1:x}}, $2)' },
  timestamp: { on: 'free', doc: 'A moment from a text in ISO 8601.', call: "timestamp('$1')" },
  duration: { on: 'free', doc: 'A span of time from a text such as `90s`.', call: "duration('$1')" },
  int: { on: 'free', doc: 'A whole number from another value.', call: 'int($1)' },
  double: { on: 'free', doc: 'A number from another value.', call: 'double($1)' },
  string: { on: 'free', doc: 'A text from another value.', call: 'string($1)' },
};

/** A name in a condition. */
interface NameInCondition {
  /** From the first name to this one. */
  readonly path: readonly string[];
  /** Of this name alone, in the condition. */
  readonly range: Range;
  /** A function: an opening parenthesis follows. */
  readonly called: boolean;
}

/** All names in their order, those behind a dot each for itself; none of those in strings. */
export function namesIn(condition: string): readonly NameInCondition[] {
  return [...condition.matchAll(tokens)].flatMap((match) => {
    if (!/^[A-Za-z_]/.test(match[0])) return [];
    let at = match.index;
    const path: string[] = [];
    return match[0].split('.').map((part) => {
      const name = part.trim();
      const start = at + part.indexOf(name);
      const end = start + name.length;
      path.push(name);
      at += part.length + 1;
      return { path: [...path], range: { start, end }, called: /^\s*\(/.test(condition.slice(end)) };
    });
  });
}

const tokens = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*|\d[\w.]*|\S/g;

/** Where the string that is open at the end of `prefix` begins, its quote included; undefined outside of strings. */
export function openString(prefix: string): number | undefined {
  for (const match of prefix.matchAll(tokens)) {
    const [token] = match;
    const quote = token[0];
    const closed = token.length > 1 && token.endsWith(quote ?? '') && !/\\$/.test(token.slice(0, -1));
    if ((quote === '"' || quote === "'") && !closed) return match.index;
  }
  return undefined;
}

/** The path that is compared with what comes next: `claim.state == `, `claim.state in ['a', `. */
export function comparedPath(prefix: string): string | undefined {
  return (
    /([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*[=!]=\s*$/.exec(prefix)?.[1] ??
    /([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s+in\s+\[[^\]]*$/.exec(prefix)?.[1]
  );
}

/** Large workflows are asked about thousands of conditions, one after the other. */
const variablesIn = new WeakMap<Workflow, ReadonlyMap<string, DataField>>();

/** Type of every name a condition can use: data, `for-each` items, and what its macros bind. */
export function namesOf(condition: string, workflow: Workflow): ReadonlyMap<string, DataField> {
  const variables = variablesIn.get(workflow) ?? variablesOf(workflow);
  variablesIn.set(workflow, variables);
  const macro = /([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\.(?:exists|all|exists_one|filter|map)\(\s*([A-Za-z_]\w*)\s*,/g;
  const macros = [...condition.matchAll(macro)];
  if (macros.length === 0) return variables;
  const names = new Map(variables);
  for (const [, list = '', name = ''] of macros) {
    const element = typeOf(list, names)?.items;
    names.set(name, element ?? { name: { value: name, range: { start: 0, end: 0 } }, type: 'any' });
  }
  return names;
}

/** Some macro in `text` gives the elements of a list this name. */
export function bindsName(text: string, name: string): boolean {
  return bindings(text, name).length > 0;
}

/** The first name of the path to the list whose elements some macro in `text` gives this name. */
export function listBoundAs(text: string, name: string): string | undefined {
  const [macro] = bindings(text, name);
  const before = macro && text.slice(Math.max(0, macro.index - longestPath), macro.index);
  return before === undefined ? undefined : /[A-Za-z_][\w.]*$/.exec(before)?.[0].split('.')[0];
}

const longestPath = 200;

function bindings(text: string, name: string) {
  const macros = text.matchAll(/\.(?:exists|all|exists_one|filter|map)\(\s*([A-Za-z_]\w*)\s*,/g);
  return [...macros].filter((macro) => macro[1] === name);
}

/** The field that `claim.lines` leads to. */
export function typeOf(path: string, names: ReadonlyMap<string, DataField>): DataField | undefined {
  const [name = '', ...rest] = path.split('.').map((part) => part.trim());
  return fieldAt(names.get(name), rest.join('.'));
}
