// Inputs of an AI step that nothing it makes, does or decides comes from.
import { freeNames } from '../language/conditions.ts';
import { isAi, type Step, type Workflow } from '../language/model.ts';
import type { Link, Reference, Target } from '../language/parts.ts';
import { isList, type Range } from '../language/source.ts';
import type { Analyses } from './analyses.ts';
import { contractTermsOf } from './contract-terms.ts';
import { type DataPath, overlap, pathOf } from './data-paths.ts';

export interface UnusedInput {
  readonly step: Step;
  /** Entries of `reads`. */
  readonly unused: readonly Reference[];
}

/** Kinds whose outcome is made of all they read. */
const judging: ReadonlySet<string> = new Set(['review', 'approval', 'decision', 'contest', 'call', 'scope']);

/**
 * An input is used if an output derives from it, or a guard, effect, contract or another key of the step names it. Only
 * steps that say what each output derives from, or what their effects use, can be judged. O(mentions log mentions).
 */
export function unusedInputs(analyses: Analyses): readonly UnusedInput[] {
  const { workflow } = analyses;
  let found: ReturnType<typeof mentionsIn> | undefined;
  const mentions = (range: Range) => {
    found ??= mentionsIn(analyses);
    return found(range);
  };
  return [...workflow.steps.values()].flatMap((step) => {
    const { reads, $: origin } = step.fields;
    const own = origin.valueRange('reads');
    const isAiStep = step.performers.length > 0 && step.performers.every(isAi);
    if (!reads || !own || !origin.node || !isAiStep || judging.has(step.kind ?? '') || !saysUse(step)) return [];
    // Behind an alias everything stands at one place.
    if (own.start <= step.range.start) return [];
    const named = mentions(origin.range)
      .filter(({ range }) => range.start < own.start || range.end > own.end)
      .map(({ path }) => path);
    const used = [...named, ...usedElsewhere(step, workflow)];
    const unused = reads.filter(
      (read) => isDeclared(read, workflow) && !used.some((path) => overlap(path, pathOf(read))),
    );
    return unused.length > 0 ? [{ step, unused }] : [];
  });
}

/** It says what every output and effect is made of; an open choice may rest on anything. */
function saysUse({ fields }: Step): boolean {
  const { writes, effects = [], next } = fields;
  if (writes === undefined ? effects.length === 0 : isList(writes) || 'name' in writes) return false;
  return effects.every(({ uses }) => uses !== undefined) && !isOpenChoice(next);
}

function isOpenChoice(target: Target | undefined): boolean {
  const links: readonly Link[] = target?.kind === 'split' ? target.links : target?.kind === 'link' ? [target.link] : [];
  return links.some((link) => (link.label && !link.when && !link.otherwise) || isOpenChoice(link.to));
}

function isDeclared({ name }: Reference, { data }: Workflow): boolean {
  return data.has(name);
}

/** What a named contract, an emitted event, a log or a redaction of the step names. */
function usedElsewhere(step: Step, workflow: Workflow): readonly DataPath[] {
  const { emits = [], log, redacts = [] } = step.fields;
  const payload = contractTermsOf(step.accepts, workflow).payload ?? [];
  const given = emits.flatMap(({ name }) => workflow.events.get(name)?.fields.gives ?? []);
  const logged = log && 'fields' in log ? (log.fields ?? []).map(({ value }) => value) : [];
  return [...[...payload, ...given, ...redacts].map(pathOf), ...logged];
}

interface Mention {
  readonly path: DataPath;
  readonly range: Range;
}

/** Mentions of data inside a range: references, and names in conditions. */
function mentionsIn({ workflow, conditions }: Analyses): (range: Range) => readonly Mention[] {
  const { references, conditions: texts } = workflow.file;
  const inConditions = texts.flatMap((source) => {
    const ast = conditions.checked.get(source)?.ast;
    // What cannot be read may name anything.
    const names = ast ? freeNames(ast).map(({ name }) => name) : [...workflow.data.keys()];
    return names.map((path) => ({ path, range: source.range }));
  });
  const named = references
    .filter(({ to }) => to.includes('data'))
    .map((one) => ({ path: pathOf(one), range: one.range }));
  const all = [...named, ...inConditions].sort((a, b) => a.range.start - b.range.start);
  return ({ start, end }) => {
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle]?.range.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    const found: Mention[] = [];
    for (let i = low; i < all.length; i++) {
      const mention = all[i];
      if (!mention || mention.range.start >= end) break;
      found.push(mention);
    }
    return found;
  };
}
