// Semantic tokens: names in the color of what they stand for, so that a reader sees who is a person, who an AI and who a
// machine, and tells a step from data, also inside conditions.
import type { Range } from 'vscode-languageserver-types';
import { rangeInCondition } from '../language/conditions.ts';
import type { Workflow } from '../language/model.ts';
import { namesIn } from './condition-text.ts';
import type { Checked } from './documents.ts';
import { type Entity, type Occurrence, occurrencesIn } from './occurrences.ts';
import { toOffset, toRange } from './positions.ts';

/** Types that themes know; the modifiers tell kinds of actors apart, which `package.json` gives colors of their own. */
const types = [
  'class',
  'function',
  'variable',
  'property',
  'struct',
  'event',
  'type',
  'interface',
  'macro',
  'method',
  'namespace',
  'enum',
  'enumMember',
] as const;
const modifiers = ['declaration', 'readonly', 'defaultLibrary', 'human', 'ai', 'system', 'external'] as const;
type Type = (typeof types)[number];
type Modifier = (typeof modifiers)[number];

export const semanticTokensLegend = { tokenTypes: [...types], tokenModifiers: [...modifiers] };

export interface SemanticToken {
  readonly line: number;
  readonly character: number;
  readonly length: number;
  /** Index in the legend. */
  readonly type: number;
  /** A bit for each modifier of the legend. */
  readonly modifiers: number;
}

/** Names in the order of the text, or those of `within`. They never overlap. */
export function semanticTokensOf({ file, workflow }: Checked, within?: Range): readonly SemanticToken[] {
  const asked = within && { start: toOffset(file, within.start), end: toOffset(file, within.end) };
  const names = occurrencesIn(file, workflow).flatMap((occurrence) => {
    const type = typeOf(occurrence.entity);
    return type ? [{ range: occurrence.range, type, modifiers: modifiersOf(occurrence, workflow) }] : [];
  });
  const found = [...names, ...calledIn(file)].sort((a, b) => a.range.start - b.range.start);
  let end = 0;
  return found.flatMap(({ range, type, modifiers: own }): SemanticToken[] => {
    if (range.start < end || (asked && (range.end <= asked.start || asked.end <= range.start))) return [];
    const { start, end: last } = toRange(file, range);
    // A path that is folded over two lines is no token of the protocol.
    if (start.line !== last.line || last.character === start.character) return [];
    end = range.end;
    const length = last.character - start.character;
    const bits = own.reduce((sum, modifier) => sum | (1 << modifiers.indexOf(modifier)), 0);
    return [{ ...start, length, type: types.indexOf(type), modifiers: bits }];
  });
}

const typesOf: Readonly<Record<Entity['kind'], Type | undefined>> = {
  actor: 'class',
  step: 'function',
  data: 'variable',
  field: 'property',
  store: 'struct',
  event: 'event',
  calendar: 'type',
  handoff: 'interface',
  policy: 'macro',
  tool: 'method',
  workflow: 'namespace',
  metric: 'enum',
  outcome: 'enumMember',
  // Labels and other free names are text.
  name: undefined,
};

function typeOf({ kind }: Entity): Type | undefined {
  return typesOf[kind];
}

function modifiersOf({ entity, isDeclaration }: Occurrence, workflow: Workflow): readonly Modifier[] {
  const { kind, name } = entity;
  const actor = kind === 'actor' ? workflow.actors.get(name)?.kind : undefined;
  const isRecord = kind === 'data' && workflow.data.get(name)?.fields.trustedRecord?.value === true;
  const nature = actor && actorModifiers[actor];
  return [
    ...(isDeclaration ? (['declaration'] as const) : []),
    ...(isRecord ? (['readonly'] as const) : []),
    ...(nature ? [nature] : []),
  ];
}

const actorModifiers: Readonly<Record<string, Modifier>> = {
  human: 'human',
  team: 'human',
  agent: 'ai',
  system: 'system',
  external: 'external',
  vendor: 'external',
};

/** Functions that conditions call. */
function calledIn({ conditions, text }: Checked['file']) {
  return conditions.flatMap((condition) => {
    if (!condition.node) return [];
    return namesIn(condition.text)
      .filter(({ called }) => called)
      .map(({ range }) => ({
        range: rangeInCondition(text, condition, range),
        type: 'function' as const,
        modifiers: ['defaultLibrary'] as const,
      }));
  });
}
