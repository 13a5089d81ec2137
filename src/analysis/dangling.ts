// Mentions that name nothing: ids, fields, outcomes, tools. Quiet where a declaration may only be unreadable.
import { fieldAt, variablesOf } from '../language/conditions.ts';
import type { Step, Workflow } from '../language/model.ts';
import { candidates, type Resolution, resolve } from '../language/names.ts';
import { outcomesOf } from '../language/outcomes.ts';
import type { DeclarationKind, Reference } from '../language/parts.ts';
import type { Range } from '../language/source.ts';
import { builtInOutcomes, endOutcomes, sectionOf } from '../language/vocabulary.ts';
import type { Analyses } from './analyses.ts';
import { type DataPath, pathOf } from './data-paths.ts';

/** A mention that names nothing. */
export interface Dangling {
  readonly range: Range;
  /** The word that names nothing; the text may hold more around it, or none of it behind an alias. */
  readonly word: string;
  /** What could be meant: an id of these kinds, or a part of something that exists. */
  readonly kind: readonly DeclarationKind[] | 'field' | 'outcome' | 'tool';
  /** Whose field, outcome or tool it would be; empty for an id. */
  readonly owners: readonly string[];
  /** What could be named instead. */
  readonly known: readonly string[];
}

/** All of a workflow, those of its text first. */
export function danglingMentions(analyses: Analyses): readonly Dangling[] {
  const { workflow } = analyses;
  const mentions = workflow.references.flatMap((reference) => {
    const { to, name, range } = reference;
    if (to[0] === 'tool') return [];
    const resolved = resolve(reference, workflow);
    if ((resolved && reference.field === undefined) || isRepeated(reference, workflow)) return [];
    if (resolved) return danglingPart(reference, resolved, workflow);
    if (mayBeImported(reference, analyses) || mayBeUnread(reference, workflow.file)) return [];
    return [{ range, word: name, kind: to, owners: [], known: candidates(to, workflow) }];
  });
  const steps = [...workflow.steps.values()];
  return [
    ...mentions,
    ...steps.flatMap((step) => [...danglingTools(step, workflow), ...danglingHandlers(step, workflow)]),
    ...danglingCaseHandlers(workflow),
  ];
}

/** Read a second time through an alias: said once, where the name itself stands. */
function isRepeated(reference: Reference, workflow: Workflow): boolean {
  return !isNamed(reference, workflow) && workflow.derived(namedInText).has(pathOf(reference));
}

function namedInText(workflow: Workflow): ReadonlySet<DataPath> {
  return new Set(workflow.references.filter((reference) => isNamed(reference, workflow)).map(pathOf));
}

function isNamed({ range, name }: Reference, { file }: Workflow): boolean {
  return file.text.slice(range.start, range.end).includes(name);
}

/**
 * A file that should declare it cannot be read: that is reported, and this cannot be known. A library has no steps: the
 * step where work goes on without a vendor stands in the workflow that imports it.
 */
function mayBeImported({ to }: Reference, { isIncomplete, workflow }: Analyses): boolean {
  if (workflow.library && to.includes('step')) return true;
  return isIncomplete && to.some((kind) => Object.hasOwn(sectionOf, kind));
}

/** Its declaration is there to be seen, in a part of the text that is no YAML at the moment: that is reported. */
function mayBeUnread({ name }: Reference, { broken, text }: Workflow['file']): boolean {
  // What is typed need not be an id, so it is no part of a pattern.
  return broken && [...text.matchAll(/(?<![^\s{,])([^\s{,:]+)\s*:/g)].some(([, key]) => key === name);
}

/** `DATA.field` of data with known fields, and `STEP.OUTCOME`. */
function danglingPart(reference: Reference, resolved: Resolution, workflow: Workflow): readonly Dangling[] {
  const { name, field, range } = reference;
  if (field === undefined) return [];
  // Behind an alias the field is not written here.
  const at = workflow.file.text.slice(range.start, range.end).lastIndexOf(`.${field}`);
  const exact = at < 0 ? range : { start: range.start + at + 1, end: range.start + at + 1 + field.length };
  const part = { range: exact, word: field, owners: [name] };
  if (resolved.kind === 'data') {
    const owner = variablesOf(workflow).get(name);
    if (!owner?.fields || fieldAt(owner, field) || reachesUnknown(owner, field)) return [];
    return [{ ...part, kind: 'field', known: [...owner.fields.keys()] }];
  }
  const step = resolved.kind === 'step' ? workflow.steps.get(name) : undefined;
  const known = step ? knownOutcomes(step, workflow) : [field];
  return known.includes(field) ? [] : [{ ...part, kind: 'outcome', known }];
}

/** A path that leaves what the declaration knows cannot be judged. */
function reachesUnknown(owner: ReturnType<typeof fieldAt>, path: string): boolean {
  const [first = '', ...rest] = path.split('.');
  const field = owner?.fields?.get(first);
  if (!field) return false;
  return rest.length === 0 || !field.fields || reachesUnknown(field, rest.join('.'));
}

/** `uses` names tools and grants of the performer, of an assistant, or of an actor it delegates to. */
function danglingTools(step: Step, workflow: Workflow): readonly Dangling[] {
  const rollbacks = (step.fields.effects ?? []).flatMap(({ rollback }) => rollback?.by ?? []);
  const mentions = [...(step.fields.uses ?? []), ...rollbacks];
  if (mentions.length === 0) return [];
  const delegates = (step.fields.delegatesTo ?? []).flatMap(({ name }) => workflow.actors.get(name) ?? []);
  const named = [...(step.fields.by ?? []), ...(step.fields.assistedBy ?? []), ...(step.fields.delegatesTo ?? [])];
  const actors = [...step.performers, ...step.assistants, ...delegates];
  // Where an actor itself is unresolved, its tools cannot be known.
  if (actors.length === 0 || actors.length < named.length) return [];
  const fallbacks = actors.flatMap(({ fields }) => workflow.actors.get(fields.fallback?.name ?? '') ?? []);
  const known = [...actors, ...fallbacks].flatMap(({ fields }) => [
    ...(fields.tools?.keys() ?? []),
    ...(fields.grants ?? []).map(pathOf),
  ]);
  return mentions.flatMap((mention) => {
    const { name, range } = mention;
    const word = pathOf(mention);
    if (known.includes(word) || known.includes(name)) return [];
    return [{ range, word, kind: 'tool', owners: actors.map(({ id }) => id), known } as const];
  });
}

function knownOutcomes(step: Step, workflow: Workflow): readonly string[] {
  const built = step.kind === 'scope' || step.kind === 'call' ? Object.keys(endOutcomes) : [];
  const events = step.kind === 'end' ? [] : [...workflow.events.keys()];
  const own = outcomesOf(step, step.performers, workflow).map(({ name }) => name);
  const end = step.kind === 'end' ? [step.fields.outcome?.value ?? 'completed'] : [];
  return [...new Set([...own, ...built, ...end, ...Object.keys(builtInOutcomes), ...events])];
}

function danglingHandlers(step: Step, workflow: Workflow): readonly Dangling[] {
  if (step.fields.on === undefined) return [];
  const known = knownOutcomes(step, workflow);
  return [...step.fields.on].flatMap(([word, { key }]) =>
    known.includes(word) ? [] : [{ range: key.range, word, kind: 'outcome', owners: [step.id], known } as const],
  );
}

/** Outcomes under the `on` of the case and of the defaults: those of any step. */
function danglingCaseHandlers(workflow: Workflow): readonly Dangling[] {
  const { on, defaults } = workflow.fields ?? {};
  if (on === undefined && defaults?.on === undefined) return [];
  const declared = [...workflow.steps.values()].flatMap((step) =>
    outcomesOf(step, step.performers, workflow).map(({ name }) => name),
  );
  const known = [
    ...new Set([...declared, ...Object.keys(builtInOutcomes), ...Object.keys(endOutcomes), ...workflow.events.keys()]),
  ];
  return [on, defaults?.on].flatMap((handlers) =>
    [...(handlers ?? [])].flatMap(([word, { key }]) =>
      known.includes(word) ? [] : [{ range: key.range, word, kind: 'outcome', owners: [], known } as const],
    ),
  );
}
