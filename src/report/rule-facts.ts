// What a report says of a rule or of a problem of the text, whoever defined it.
import type { ProblemCode, Severity } from '../language/problem.ts';
import type { Clause, OwnRule } from '../rules/finding.ts';
import { ruleById } from '../rules/registry.ts';
import { docsUrl } from '../rules/rule.ts';

/** A rule as far as it is known. */
export interface RuleFacts {
  readonly id: string;
  /** The part of the id before the slash. */
  readonly category: string;
  /** What holds in a good design, or what is wrong with the text; one sentence. Undefined for a rule that is not known. */
  readonly summary: string | undefined;
  readonly severity: Severity;
  readonly clauses: readonly Clause[];
  /** Its page on the web. */
  readonly url: string | undefined;
}

/** Facts of the rule or problem code with this id; `own` where a project brings it. Of another id only what it says itself. */
export function factsOf(id: string, own?: OwnRule): RuleFacts {
  const category = id.slice(0, Math.max(0, id.indexOf('/')));
  if (own) return { id, category, ...pick(own), url: own.docs };
  const rule = ruleById(id);
  if (rule) return { id, category, ...pick(rule), url: docsUrl(id) };
  if (!isProblemCode(id)) return { id, category, summary: undefined, severity: 'warning', clauses: [], url: undefined };
  return { id, category, summary: problemSummaries[id], severity: 'error', clauses: [], url: docsUrl(id) };
}

function pick({ summary, severity, clauses }: Pick<RuleFacts, 'summary' | 'severity' | 'clauses'>) {
  return { summary, severity, clauses };
}

function isProblemCode(id: string): id is ProblemCode {
  return Object.hasOwn(problemSummaries, id);
}

/** The first sentence of each page in `docs/rules/language/`. */
export const problemSummaries: Readonly<Record<ProblemCode, string>> = {
  'language/syntax': 'The text is not well-formed YAML, so a part of it cannot be read.',
  'language/limit':
    'The text is larger or more deeply nested than any workflow written by people, and the rest is not read.',
  'language/duplicate-key': 'A key stands twice where it may stand once, or two steps have one name.',
  'language/unknown-key': 'A key is not part of the language, or does not belong here.',
  'language/missing-key': 'Something that has to be said is missing.',
  'language/invalid-value': 'A value is not of the kind its key asks for.',
  'language/condition': 'A condition cannot be read, or compares what cannot be compared.',
  'language/import':
    'Another file cannot be used: it cannot be read, it uses this one in a circle, or both declare the same name.',
};
