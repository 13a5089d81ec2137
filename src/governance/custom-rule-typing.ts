// What type stands at a place of an expression that is still being written, and what can be written there: completion
// and hover work on text that does not parse yet.
import type { FieldType, TypeName } from './custom-rule-field.ts';
import {
  fieldOf,
  isListType,
  modelTypes,
  type RuleKindName,
  ruleKinds,
  typeNamed,
  variablesOfKind,
} from './custom-rule-model.ts';

/** Something that an expression can go on with, or that it names. */
export interface ExpressionWord {
  readonly label: string;
  readonly kind: 'field' | 'function' | 'variable';
  /** Its type, for a function its form. */
  readonly type: string;
  /** One or two sentences; says when a field is absent. */
  readonly doc: string;
}

/** What can stand at the cursor, and the range of the expression that it takes the place of. */
export interface ExpressionCompletion {
  readonly range: { readonly start: number; readonly end: number };
  readonly words: readonly ExpressionWord[];
}

/** Functions that an expression may call on a value, by what the value is. */
export const methods = {
  list: {
    all: ['all(x, condition)', 'The condition holds for every element; true for an empty list.'],
    exists: ['exists(x, condition)', 'The condition holds for some element; false for an empty list.'],
    exists_one: ['exists_one(x, condition)', 'The condition holds for exactly one element.'],
    filter: ['filter(x, condition)', 'The elements for which the condition holds.'],
    map: ['map(x, value)', 'A value for each element.'],
    size: ['size()', 'How many elements there are.'],
    join: ['join(", ")', 'The texts of the list as one, with what is given between them.'],
  },
  string: {
    startsWith: ['startsWith("…")', 'The text begins like this.'],
    endsWith: ['endsWith("…")', 'The text ends like this.'],
    contains: ['contains("…")', 'The text has this in it.'],
    size: ['size()', 'How many characters there are.'],
    lowerAscii: ['lowerAscii()', 'The text in small letters.'],
    upperAscii: ['upperAscii()', 'The text in capital letters.'],
    trim: ['trim()', 'The text without space around it.'],
    indexOf: ['indexOf("…")', 'Where this is in the text, from 0; -1 where it is not.'],
    lastIndexOf: ['lastIndexOf("…")', 'Where this is last in the text, from 0; -1 where it is not.'],
    substring: ['substring(0, 3)', 'A part of the text.'],
  },
} as const satisfies Record<string, Readonly<Record<string, readonly [string, string]>>>;

/** Functions that an expression may call by name. */
export const functions = {
  has: ['has(step.description)', 'The field is stated. The only way to ask for what may be absent.'],
  size: ['size(list)', 'How many elements a list or characters a text has.'],
  string: ['string(value)', 'The value as text.'],
  int: ['int(value)', 'The value as a whole number.'],
  double: ['double(value)', 'The value as a number.'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

const macros = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

/** What can stand at `offset` of the expression `text`. Never throws. */
export function completeExpression(kind: RuleKindName, text: string, offset: number): ExpressionCompletion {
  const masked = withoutTexts(text);
  const start = offset - (/[A-Za-z_]\w*$/.exec(masked.slice(0, offset))?.[0].length ?? 0);
  const end = offset + (/^\w*/.exec(masked.slice(offset))?.[0].length ?? 0);
  const range = { start, end };
  const before = masked.slice(0, start).trimEnd();
  if (masked[offset - 1] === '"' || isInText(text, offset)) return { range: { start: offset, end: offset }, words: [] };
  if (before.endsWith('.')) {
    const type = typeBefore(kind, masked, before.length - 1);
    return { range, words: type === undefined ? [] : wordsOf(type) };
  }
  return { range, words: [...variablesAt(kind, masked, start), ...called(functions)] };
}

/** The field, variable or function that `offset` is in; undefined for anything else. Never throws. */
export function describeExpression(
  kind: RuleKindName,
  text: string,
  offset: number,
): (ExpressionWord & { readonly range: ExpressionCompletion['range'] }) | undefined {
  const { range, words } = completeExpression(kind, text, offset);
  const label = text.slice(range.start, range.end);
  const found = words.find((word) => word.label === label);
  return found && { ...found, range };
}

/** The field that a path such as `step.by.model` leads to, through lists as well. */
export function describeField(kind: RuleKindName, path: string): ExpressionWord | undefined {
  const [name = '', ...rest] = path.split('.');
  let word = variablesAt(kind, '', 0).find(({ label }) => label === name);
  for (const part of rest) word = word && wordsOf(word.type, true).find(({ label }) => label === part);
  return word;
}

/** The names of the fields and functions that a value of a type has. */
export function namesAfter(kind: RuleKindName, text: string, dot: number): readonly string[] {
  const type = typeBefore(kind, withoutTexts(text), dot);
  return type === undefined ? [] : wordsOf(type).map(({ label }) => label);
}

/** The chain of names that ends at `end`: `a.model` of `a.kind == "x" || a.model`. */
export function chainAt(text: string, end: number): string {
  return text.slice(startOfChain(withoutTexts(text), end), end).trim();
}

function wordsOf(type: string, throughLists = false): readonly ExpressionWord[] {
  const isList = isListType(type as FieldType);
  const named = isList && !throughLists ? undefined : typeNamed(type);
  const own: readonly ExpressionWord[] = named ? fieldsOf(named) : [];
  return [...own, ...(isList ? called(methods.list) : type === 'string' ? called(methods.string) : [])];
}

function fieldsOf(type: TypeName): readonly ExpressionWord[] {
  return Object.entries(modelTypes[type].fields).map(([label, { type: of, doc, absent }]) => ({
    label,
    kind: 'field',
    type: of,
    doc: absent === undefined ? doc : `${doc} Absent ${absent}.`,
  }));
}

function called(table: Readonly<Record<string, readonly [string, string]>>): readonly ExpressionWord[] {
  return Object.entries(table).map(([label, [type, doc]]) => ({ label, kind: 'function', type, doc }));
}

function variablesAt(kind: RuleKindName, masked: string, at: number): readonly ExpressionWord[] {
  const bound = boundAt(kind, masked, at).map(
    ([label, type]): ExpressionWord => ({
      label,
      kind: 'variable',
      type: type ?? 'dyn',
      doc: 'The element looked at.',
    }),
  );
  const own = [...variablesOfKind(kind)].map(
    ([label, type]): ExpressionWord => ({
      label,
      kind: 'variable',
      type,
      doc: label === ruleKinds[kind].variable ? modelTypes[type].doc : modelTypes.Workflow.doc,
    }),
  );
  return [...bound, ...own.filter(({ label }) => !bound.some((each) => each.label === label))];
}

/** Variables of the macros around `at`, the innermost first. */
function boundAt(kind: RuleKindName, masked: string, at: number): readonly (readonly [string, string | undefined])[] {
  const found: (readonly [string, string | undefined])[] = [];
  for (let i = at - 1, depth = 0; i >= 0; i--) {
    if (masked[i] === ')') depth++;
    if (masked[i] !== '(' || depth-- > 0) continue;
    depth = 0;
    const macro = /\.\s*(\w+)\s*$/.exec(masked.slice(0, i));
    const variable = /^\s*([A-Za-z_]\w*)\s*,/.exec(masked.slice(i + 1, at + 1))?.[1];
    if (!macro || !variable || !macros.has(macro[1] ?? '')) continue;
    found.push([variable, elementOf(typeBefore(kind, masked, macro.index))]);
  }
  return found;
}

/** Type of the value that ends at `end`. */
function typeBefore(kind: RuleKindName, masked: string, end: number): string | undefined {
  const text = masked.slice(0, end).trimEnd();
  const last = text.at(-1);
  if (last === ')') {
    const open = openingOf(text, text.length - 1);
    const call = open === undefined ? undefined : /(\.)?\s*(\w+)\s*$/.exec(text.slice(0, open));
    if (!call || open === undefined) return undefined;
    if (!call[1]) return call[2] === 'string' ? 'string' : undefined;
    const receiver = typeBefore(kind, masked, call.index);
    if (call[2] === 'filter') return receiver;
    if (call[2] === 'map') {
      const inner = typeBefore(kind, masked, text.length - 1);
      return inner === undefined ? undefined : `list<${inner}>`;
    }
    return ['join', 'lowerAscii', 'upperAscii', 'trim', 'substring'].includes(call[2] ?? '') ? 'string' : undefined;
  }
  if (last === ']') {
    const open = openingOf(text, text.length - 1);
    return open === undefined ? undefined : elementOf(typeBefore(kind, masked, open));
  }
  const name = /[A-Za-z_]\w*$/.exec(text)?.[0];
  if (name === undefined) return undefined;
  const before = text.slice(0, text.length - name.length).trimEnd();
  if (!before.endsWith('.')) {
    const start = text.length - name.length;
    return variablesAt(kind, masked, start).find(({ label }) => label === name)?.type;
  }
  const owner = typeBefore(kind, masked, before.length - 1);
  const type = owner === undefined || isListType(owner as FieldType) ? undefined : typeNamed(owner);
  return type && fieldOf(type, name)?.type;
}

function startOfChain(masked: string, end: number): number {
  let at = end;
  for (;;) {
    const text = masked.slice(0, at).trimEnd();
    const last = text.at(-1);
    if (last === ')' || last === ']') {
      const open = openingOf(text, text.length - 1);
      if (open === undefined) return at;
      at = open;
      if (last === ']') continue;
    }
    const name = /\w+$/.exec(masked.slice(0, at).trimEnd())?.[0];
    if (name === undefined) return at;
    at = masked.slice(0, at).trimEnd().length - name.length;
    if (!masked.slice(0, at).trimEnd().endsWith('.')) return at;
    at = masked.slice(0, at).trimEnd().length - 1;
  }
}

function elementOf(type: string | undefined): string | undefined {
  return type === undefined ? undefined : /^list<(.+)>$/.exec(type)?.[1];
}

function openingOf(text: string, close: number): number | undefined {
  for (let i = close, depth = 0; i >= 0; i--) {
    if (text[i] === ')' || text[i] === ']') depth++;
    if ((text[i] === '(' || text[i] === '[') && --depth === 0) return i;
  }
  return undefined;
}

const quoted = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g;

/** Texts in the expression as spaces between their quotes, so that brackets in them count for nothing. */
function withoutTexts(text: string): string {
  return text.replace(quoted, (whole) => `"${' '.repeat(whole.length - 2)}"`);
}

function isInText(text: string, offset: number): boolean {
  const rest = text.slice(0, offset).replace(quoted, '');
  return /["']/.test(rest);
}
