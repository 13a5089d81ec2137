/**
 * An id that names nothing: a typo, or a declaration that is gone.
 * Correct it, or declare what it should name.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { fieldAt, variablesOf } from '../../language/conditions.ts';
import { addBlock, addEntry, replace } from '../../language/edit.ts';
import type { Step, Workflow } from '../../language/model.ts';
import { candidates, resolve } from '../../language/names.ts';
import { outcomesOf } from '../../language/outcomes.ts';
import { placeAt } from '../../language/places.ts';
import type { Fix } from '../../language/problem.ts';
import type { DeclarationKind, Reference } from '../../language/shape.ts';
import type { Range, TextEdit } from '../../language/source.ts';
import { didYouMean, suggest } from '../../language/suggest.ts';
import { builtInOutcomes, endOutcomes } from '../../language/vocabulary.ts';
import { here } from '../evidence.ts';
import { presets } from '../presets.ts';
import type { Report, Rule } from '../rule.ts';
import { iso42001, nistAiRmf } from '../standards.ts';
import { joined } from '../wording.ts';

export const unresolvedReference: Rule = {
  id: 'structure/unresolved-reference',
  severity: 'error',
  summary: 'Every id that is used names exactly one declaration in scope.',
  seed: ['S23b'],
  clauses: [iso42001('A.4.2'), nistAiRmf('GOVERN 1.6')],
  check(analyses, report) {
    const { workflow } = analyses;
    for (const reference of workflow.file.references) {
      if (reference.to[0] === 'tool' || isRepeated(reference, workflow.file)) continue;
      if (resolve(reference, workflow)) checkField(reference, workflow, report);
      else if (!mayBeImported(reference, analyses) && !mayBeUnread(reference, workflow.file))
        reportUnknown(reference, workflow, report);
    }
    for (const step of workflow.steps.values()) {
      checkTools(step, workflow, report);
      checkHandlers(step, workflow, report);
    }
    checkCaseHandlers(workflow, report);
    checkProfile(workflow, report);
  },
};

/** Read a second time through an alias: said once, where the name itself stands. */
function isRepeated(reference: Reference, { references, text }: Workflow['file']): boolean {
  const isNamed = ({ range, name }: Reference) => text.slice(range.start, range.end).includes(name);
  const { name, field } = reference;
  return (
    !isNamed(reference) && references.some((other) => other.name === name && other.field === field && isNamed(other))
  );
}

/** A file that should declare it cannot be read: that is reported, and this cannot be known. */
function mayBeImported({ to }: Reference, { isIncomplete }: Analyses): boolean {
  return isIncomplete && to.some((kind) => importable.has(kind));
}

/** Its declaration is there to be seen, in a part of the text that is no YAML at the moment: that is reported. */
function mayBeUnread({ name }: Reference, { broken, text }: Workflow['file']): boolean {
  return broken && new RegExp(`(^|[\\s{,])${name}\\s*:`, 'm').test(text);
}

const importable: ReadonlySet<DeclarationKind> = new Set([
  'actor',
  'data',
  'store',
  'event',
  'calendar',
  'handoff',
  'policy',
]);

function reportUnknown(reference: Reference, workflow: Workflow, report: Report): void {
  const { to, name, range } = reference;
  const known = candidates(to, workflow);
  const nearest = suggest(name, known);
  const kinds = joined(to.map(nameOf), 'or');
  const hint = nearest === undefined ? ` Declare it, or name one that exists.` : didYouMean(nearest);
  report({
    range,
    place: placeAt(workflow, range),
    message: `No ${kinds} '${name}' is declared.${hint}`,
    witness: here(placeAt(workflow, range), range, `names '${name}', which nothing declares`),
    fixes: [
      ...(nearest === undefined ? [] : renamed(reference, nearest, workflow.file.text)),
      ...stub(to[0], name, workflow),
    ],
  });
}

function nameOf(kind: DeclarationKind): string {
  return kind === 'handoff' ? 'handoff contract' : kind;
}

/** Keeps the field behind the id and the quotes around both; nothing where the name stands behind an alias. */
function renamed({ range, name, field }: Reference, to: string, text: string): readonly Fix[] {
  const written = field === undefined ? name : `${name}.${field}`;
  const start = range.start + text.slice(range.start, range.end).indexOf(written);
  return start < range.start ? [] : [rename({ start, end: start + name.length }, to)];
}

function rename(range: Range, to: string): Fix {
  return { title: `Change to '${to}'`, edits: replace(range, to), safety: 'meaning-changing' };
}

/** Least declarations that can stand on their own; a step needs decisions no edit can make. */
const stubs: Partial<Record<DeclarationKind, { readonly section: string; readonly value: string }>> = {
  actor: { section: 'actors', value: '{ kind: human, holders: 1 }' },
  data: { section: 'data', value: '{ class: internal }' },
  store: { section: 'stores', value: '{ kind: record }' },
  event: { section: 'events', value: '{ kind: message }' },
  calendar: { section: 'calendars', value: '{ days: mon-fri, hours: 08:00-18:00 }' },
  handoff: { section: 'handoffs', value: '{ ack: 1d }' },
};

function stub(kind: DeclarationKind | undefined, id: string, { file }: Workflow): readonly Fix[] {
  const entry = kind && stubs[kind];
  const { root, text } = file;
  if (!entry || root?.kind !== 'map' || (kind === 'data' && !/^[a-z_]\w*$/.test(id))) return [];
  const section = root.entries.find(({ key }) => key.text === entry.section);
  let edits: readonly TextEdit[] | undefined;
  if (section?.value?.kind === 'map') edits = addEntry(text, section.value, id, entry.value);
  else if (!section) edits = addBlock(text, root, [`${entry.section}:`, `  ${id}: ${entry.value}`]);
  return edits ? [{ title: `Declare the ${nameOf(kind)} '${id}'`, edits, safety: 'meaning-changing' }] : [];
}

/** `DATA.field` of data with known fields, and `STEP.OUTCOME`. */
function checkField(reference: Reference, workflow: Workflow, report: Report): void {
  const { name, field, range } = reference;
  if (field === undefined) return;
  const resolved = resolve(reference, workflow);
  // Behind an alias the field is not written here.
  const at = workflow.file.text.slice(range.start, range.end).lastIndexOf(`.${field}`);
  const exact = at < 0 ? range : { start: range.start + at + 1, end: range.start + at + 1 + field.length };
  if (resolved?.kind === 'data') {
    const owner = variablesOf(workflow).get(name);
    if (!owner?.fields || fieldAt(owner, field) || reachesUnknown(owner, field)) return;
    reportPart(exact, `'${name}' has no field '${field}'.`, field, owner.fields.keys(), workflow, report);
  }
  const step = resolved?.kind === 'step' ? workflow.steps.get(name) : undefined;
  if (step) {
    const outcomes = knownOutcomes(step, workflow);
    if (!outcomes.includes(field))
      reportPart(exact, `'${name}' has no outcome '${field}'.`, field, outcomes, workflow, report);
  }
}

/** A path that leaves what the declaration knows cannot be judged. */
function reachesUnknown(owner: ReturnType<typeof fieldAt>, path: string): boolean {
  const [first = '', ...rest] = path.split('.');
  const field = owner?.fields?.get(first);
  if (!field) return false;
  return rest.length === 0 || !field.fields || reachesUnknown(field, rest.join('.'));
}

function reportPart(
  range: Range,
  fault: string,
  word: string,
  known: Iterable<string>,
  workflow: Workflow,
  report: Report,
): void {
  const all = [...known];
  const nearest = suggest(word, all);
  const place = placeAt(workflow, range);
  report({
    range,
    place,
    message: `${fault}${didYouMean(nearest) || ` It has ${joined(all.slice(0, 8))}.`}`,
    witness: here(place, range, `names '${word}', which does not exist`),
    fixes: nearest === undefined || !workflow.file.text.startsWith(word, range.start) ? [] : [rename(range, nearest)],
  });
}

/** `uses` names tools and grants of the performer, of an assistant, or of an actor it delegates to. */
function checkTools(step: Step, workflow: Workflow, report: Report): void {
  const delegates = (step.fields.delegatesTo ?? []).flatMap(({ name }) => workflow.actors.get(name) ?? []);
  const named = [...(step.fields.by ?? []), ...(step.fields.assistedBy ?? []), ...(step.fields.delegatesTo ?? [])];
  const actors = [...step.performers, ...step.assistants, ...delegates];
  // Where an actor itself is unresolved, its tools cannot be known.
  if (actors.length === 0 || actors.length < named.length) return;
  const fallbacks = actors.flatMap(({ fields }) => workflow.actors.get(fields.fallback?.name ?? '') ?? []);
  const known = [...actors, ...fallbacks].flatMap(({ fields }) => [
    ...(fields.tools?.keys() ?? []),
    ...(fields.grants ?? []).map(({ name, field }) => (field === undefined ? name : `${name}.${field}`)),
  ]);
  const rollbacks = (step.fields.effects ?? []).flatMap(({ rollback }) => rollback?.by ?? []);
  for (const reference of [...(step.fields.uses ?? []), ...rollbacks]) {
    const used = reference.field === undefined ? reference.name : `${reference.name}.${reference.field}`;
    if (known.includes(used) || known.includes(reference.name)) continue;
    const nearest = suggest(used, known);
    const owners = joined(actors.map(({ id }) => `'${id}'`));
    report({
      range: reference.range,
      place: step.id,
      message: `'${used}' is neither a tool nor a grant of ${owners}.${didYouMean(nearest) || ' Declare it there.'}`,
      witness: here(step.id, reference.range, `uses '${used}'`),
      fixes: nearest === undefined ? [] : renamedTool(reference, used, nearest, workflow.file.text),
    });
  }
}

function renamedTool({ range }: Reference, used: string, to: string, text: string): readonly Fix[] {
  const start = range.start + text.slice(range.start, range.end).indexOf(used);
  return start < range.start ? [] : [rename({ start, end: start + used.length }, to)];
}

function knownOutcomes(step: Step, workflow: Workflow): readonly string[] {
  const built = step.kind === 'scope' || step.kind === 'call' ? Object.keys(endOutcomes) : [];
  const events = step.kind === 'end' ? [] : [...workflow.events.keys()];
  const own = outcomesOf(step, step.performers, workflow).map(({ name }) => name);
  const end = step.kind === 'end' ? [step.fields.outcome?.value ?? 'completed'] : [];
  return [...new Set([...own, ...built, ...end, ...Object.keys(builtInOutcomes), ...events])];
}

function checkHandlers(step: Step, workflow: Workflow, report: Report): void {
  const known = knownOutcomes(step, workflow);
  for (const [outcome, { key }] of step.fields.on ?? []) {
    if (known.includes(outcome)) continue;
    const own = outcomesOf(step, step.performers, workflow).map(({ name }) => name);
    reportPart(
      key.range,
      `'${outcome}' is neither an outcome of '${step.id}' nor an event.`,
      outcome,
      [...own, ...known],
      workflow,
      report,
    );
  }
}

function checkCaseHandlers(workflow: Workflow, report: Report): void {
  const declared = [...workflow.steps.values()].flatMap((step) =>
    outcomesOf(step, step.performers, workflow).map(({ name }) => name),
  );
  const known = [
    ...new Set([...declared, ...Object.keys(builtInOutcomes), ...Object.keys(endOutcomes), ...workflow.events.keys()]),
  ];
  for (const on of [workflow.fields?.on, workflow.fields?.defaults?.on]) {
    for (const [outcome, { key }] of on ?? []) {
      if (!known.includes(outcome))
        reportPart(
          key.range,
          `'${outcome}' is neither an outcome of a step nor an event.`,
          outcome,
          known,
          workflow,
          report,
        );
    }
  }
}

function checkProfile(workflow: Workflow, report: Report): void {
  const known = [...presets.keys()];
  for (const { value, range } of workflow.fields?.profile ?? []) {
    if (!known.includes(value)) reportPart(range, `There is no preset '${value}'.`, value, known, workflow, report);
  }
}
