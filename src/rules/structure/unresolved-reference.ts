/**
 * An id that names nothing: a typo, or a declaration that is gone.
 * Correct it, or declare what it should name.
 */
import { type Dangling, danglingMentions } from '../../analysis/dangling.ts';
import { addBlock, addEntry } from '../../language/edit.ts';
import type { Workflow } from '../../language/model.ts';
import type { DeclarationKind } from '../../language/parts.ts';
import { placeAt } from '../../language/places.ts';
import type { Fix } from '../../language/problem.ts';
import type { Located, Range, TextEdit } from '../../language/source.ts';
import { didYouMean, suggest } from '../../language/suggest.ts';
import { sectionOf } from '../../language/vocabulary.ts';
import { joined } from '../../language/wording.ts';
import { here } from '../evidence.ts';
import { parameters } from '../parameters.ts';
import { presets } from '../presets.ts';
import type { Report, Rule } from '../rule.ts';
import { iso42001, nistAiRmf } from '../standards.ts';

export const unresolvedReference: Rule = {
  id: 'structure/unresolved-reference',
  severity: 'error',
  summary: 'Every id that is used names exactly one declaration in scope.',
  seed: ['S23b'],
  clauses: [iso42001('A.4.2'), nistAiRmf('GOVERN 1.6')],
  check(analyses, report) {
    const { workflow } = analyses;
    for (const mention of danglingMentions(analyses)) {
      const { range, word, kind, known } = mention;
      const nearest = suggest(word, known);
      const place = placeAt(workflow, range);
      report({
        range,
        place,
        message: `${faultOf(mention)}${didYouMean(nearest) || ` ${remedyOf(mention)}`}`,
        witness: here(
          place,
          range,
          `names '${word}', which ${typeof kind === 'string' ? 'does not exist' : 'nothing declares'}`,
        ),
        fixes: [
          ...rename(range, word, nearest, workflow),
          ...(typeof kind === 'string' ? [] : declare(kind[0], word, workflow)),
        ],
      });
    }
    reportNames('preset', workflow.fields?.profile ?? [], [...presets.keys()], workflow, report);
    const named = [...(workflow.fields?.parameters?.values() ?? [])].map(({ key }) => key);
    reportNames('parameter', named, [...parameters.keys()], workflow, report);
  },
};

/** Names of the rules' own that nothing bears. */
function reportNames(
  what: string,
  names: readonly Located<string>[],
  known: readonly string[],
  workflow: Workflow,
  report: Report,
): void {
  for (const { value, range } of names) {
    if (known.includes(value)) continue;
    const nearest = suggest(value, known);
    report({
      range,
      place: 'workflow',
      message: `There is no ${what} '${value}'.${didYouMean(nearest) || ` There is ${joined(known)}.`}`,
      witness: here('workflow', range, `names '${value}', which does not exist`),
      fixes: () => rename(range, value, nearest, workflow),
    });
  }
}

function faultOf({ kind, word, owners }: Dangling): string {
  const quoted = owners.map((owner) => `'${owner}'`);
  if (kind === 'field') return `${joined(quoted)} has no field '${word}'.`;
  if (kind === 'tool') return `'${word}' is neither a tool nor a grant of ${joined(quoted)}.`;
  if (kind === 'outcome') return `'${word}' is neither an outcome of ${joined(quoted) || 'a step'} nor an event.`;
  return `No ${joined(kind.map(nameOf), 'or')} '${word}' is declared.`;
}

function remedyOf({ kind, known }: Dangling): string {
  if (kind === 'field' || kind === 'outcome') return `There is ${joined(known.slice(0, 8))}.`;
  return kind === 'tool' ? 'Declare it there.' : 'Declare it, or name one that exists.';
}

function nameOf(kind: DeclarationKind): string {
  return kind === 'handoff' ? 'handoff contract' : kind;
}

/** Keeps what stands around the word, quotes or a field; nothing where it stands behind an alias. */
function rename(range: Range, word: string, to: string | undefined, { file }: Workflow): readonly Fix[] {
  const at = file.text.slice(range.start, range.end).indexOf(word);
  if (to === undefined || at < 0) return [];
  const start = range.start + at;
  const edits = [{ range: { start, end: start + word.length }, text: to }];
  return [{ title: `Change to '${to}'`, edits, safety: 'meaning-changing' }];
}

/** Least declarations that can stand on their own; a step needs decisions no edit can make. */
const leastDeclarations: Partial<Record<keyof typeof sectionOf, string>> = {
  actor: '{ kind: human, holders: 1 }',
  data: '{ class: internal }',
  store: '{ kind: record }',
  event: '{ kind: message }',
  calendar: '{ days: mon-fri, hours: 08:00-18:00 }',
  handoff: '{ ack: 1d }',
};

function declare(kind: DeclarationKind | undefined, id: string, { file }: Workflow): readonly Fix[] {
  const { root, text } = file;
  if (!isDeclaredInSection(kind) || root?.kind !== 'map' || (kind === 'data' && !/^[a-z_]\w*$/.test(id))) return [];
  const least = leastDeclarations[kind];
  if (least === undefined) return [];
  const section = root.entries.find(({ key }) => key.text === sectionOf[kind]);
  let edits: readonly TextEdit[] | undefined;
  if (section?.value?.kind === 'map') edits = addEntry(text, section.value, id, least);
  else if (!section) edits = addBlock(text, root, [`${sectionOf[kind]}:`, `  ${id}: ${least}`]);
  return edits ? [{ title: `Declare the ${nameOf(kind)} '${id}'`, edits, safety: 'meaning-changing' }] : [];
}

function isDeclaredInSection(kind: DeclarationKind | undefined): kind is keyof typeof sectionOf {
  return kind !== undefined && Object.hasOwn(sectionOf, kind);
}
