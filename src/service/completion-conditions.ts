// Completion inside conditions (CEL): data and fields, values of enums behind a comparison, functions, operators.
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { DataField } from '../language/parts.ts';
import type { Range } from '../language/source.ts';
import { celFunctions, comparedPath, namesOf, openString, typeOf } from './condition-text.ts';
import { declarationDocumentation } from './describe-declaration.ts';
import { fieldInWords } from './describe-language.ts';
import { unmarked } from './markdown.ts';
import { formOf } from './slot.ts';
import { type Cursor, isTyped, type Suggestion, stops } from './suggestion.ts';

/** Undefined where no condition is expected. */
export function suggestConditions(cursor: Cursor): readonly Suggestion[] | undefined {
  const { typing, workflow } = cursor;
  const { expected, scalar } = typing.slot;
  const shape = expected && formOf(expected, 'scalar');
  if (shape?.kind !== 'condition') return undefined;
  const prefix = typing.before;
  const names = namesOf(prefix + typing.after, workflow);
  const string = openString(prefix);
  if (string !== undefined) {
    const compared = typeOf(comparedPath(prefix.slice(0, string)) ?? '', names);
    const typed = prefix.length - string - 1;
    return (compared?.values ?? []).map((value) => ({
      ...valueSuggestion(value),
      range: replaced(cursor, typed, /^[\w .-]*/),
    }));
  }
  const partial = /[A-Za-z_]?\w*$/.exec(prefix)?.[0] ?? '';
  const before = prefix.slice(0, prefix.length - partial.length);
  const range = replaced(cursor, partial.length, /^\w*/);
  const owner = /([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\.$/.exec(before)?.[1];
  const found =
    owner !== undefined
      ? members(typeOf(owner, names))
      : /\.$/.test(before)
        ? []
        : /[\w"')\]]\s+$/.test(before) && !/(&&|\|\||\bin)\s+$/.test(before)
          ? operators()
          : [...comparedValues(typeOf(comparedPath(before) ?? '', names), scalar.style), ...freeNames(cursor, names)];
  const dash = typing.alone && expected?.kind === 'list' && prefix === partial ? '- ' : '';
  return found.map((suggestion) => ({ ...suggestion, insert: dash + suggestion.insert, range }));
}

/** The word around the cursor. */
function replaced({ typing }: Cursor, typed: number, rest: RegExp): Range {
  const after = rest.exec(typing.after)?.[0].length ?? 0;
  return {
    start: typing.offset - typed,
    end: Math.min(typing.offset + after, Math.max(typing.range.end, typing.offset)),
  };
}

function valueSuggestion(value: string): Suggestion {
  return { label: value, insert: value, kind: CompletionItemKind.EnumMember, group: 1 };
}

/** Values of an enum in quotes that do not end the YAML scalar around them. */
function comparedValues(field: DataField | undefined, style: string): readonly Suggestion[] {
  const quote = style === 'double' ? "'" : '"';
  if (field?.type === 'boolean') return ['true', 'false'].map(valueSuggestion);
  return (field?.values ?? []).map((value) => valueSuggestion(`${quote}${value}${quote}`));
}

function members(field: DataField | undefined): readonly Suggestion[] {
  const fields = [...(field?.fields?.values() ?? [])].filter(({ name }) => !isTyped(name.value));
  const on = field?.type === 'array' ? 'list' : field?.type === 'string' ? 'string' : undefined;
  return [
    ...fields.map(
      (inner): Suggestion => ({
        label: inner.name.value,
        insert: inner.name.value,
        kind: CompletionItemKind.Field,
        detail: unmarked(fieldInWords(inner)),
        group: 2,
        commit: leadsOn(inner),
      }),
    ),
    ...functions(
      (where) =>
        field === undefined || field.type === 'any'
          ? where !== 'free'
          : where === on || (where === 'any' && on !== undefined),
      true,
    ),
  ];
}

function freeNames({ typing, workflow }: Cursor, names: ReadonlyMap<string, DataField>): readonly Suggestion[] {
  const only = allowedNames(typing.slot.trail);
  const data = [...names].filter(([name]) => !isTyped(name) && (only === undefined || only.includes(name)));
  return [
    ...data.map(
      ([name, field]): Suggestion => ({
        label: name,
        insert: name,
        kind: CompletionItemKind.Variable,
        detail: unmarked(fieldInWords(field)),
        documentation: declarationDocumentation('data', name, workflow),
        group: 2,
        commit: leadsOn(field),
      }),
    ),
    ...functions((where) => where === 'free' || where === 'any', false),
    ...['true', 'false'].map(
      (label): Suggestion => ({ label, insert: label, kind: CompletionItemKind.Keyword, group: 4 }),
    ),
  ];
}

/** What the record around allows its condition to name (`accept-if` only the payload); undefined: everything. */
function allowedNames(trail: Cursor['typing']['slot']['trail']): readonly string[] | undefined {
  const crumb = trail.at(-1);
  if (crumb?.shape?.kind !== 'record' || crumb.node.kind !== 'map') return undefined;
  const { limits } = crumb.shape;
  if (limits === undefined || limits.condition !== crumb.entry?.key.text) return undefined;
  const value = crumb.node.entries.find(({ key }) => key.text === limits.to)?.value;
  const items = value?.kind === 'list' ? value.items : value ? [value] : undefined;
  return items?.flatMap((item) => (item.kind === 'scalar' ? [item.text.split('.')[0] ?? ''] : []));
}

/** A dot behind it leads to a field or a macro. */
function leadsOn({ fields, type }: DataField): readonly string[] {
  return (fields?.size ?? 0) > 0 || type === 'array' || type === 'string' ? ['.'] : [];
}

function functions(fits: (on: 'free' | 'string' | 'list' | 'any') => boolean, method: boolean): readonly Suggestion[] {
  return Object.entries(celFunctions)
    .filter(([, { on }]) => fits(on))
    .map(([name, { doc, call }]) => ({
      label: name,
      insert: method && name === 'size' ? 'size()' : stops(call),
      kind: CompletionItemKind.Function,
      detail: 'function of CEL',
      documentation: doc,
      group: 4,
    }));
}

const operatorWords: Readonly<Record<string, string>> = {
  '==': 'Is equal to.',
  '!=': 'Differs from.',
  '<=': 'Is at most.',
  '>=': 'Is at least.',
  '<': 'Is less than.',
  '>': 'Is more than.',
  '&&': 'And.',
  '||': 'Or.',
  in: 'Is one of: `in ["a", "b"]`.',
};

function operators(): readonly Suggestion[] {
  return Object.entries(operatorWords).map(([label, documentation]) => ({
    label,
    insert: `${label} `,
    kind: CompletionItemKind.Operator,
    documentation,
    group: 3,
  }));
}
