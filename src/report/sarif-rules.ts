// The rules and the standards of a SARIF log: what every result refers to by number.
import { problemCodes } from '../language/problem.ts';
import type { Clause } from '../rules/finding.ts';
import { rules as builtIn } from '../rules/registry.ts';
import { docsUrl } from '../rules/rule.ts';
import { type CheckedFile, inOrder } from './checked-file.ts';
import { factsOf, type RuleFacts } from './rule-facts.ts';
import { sarifLevels } from './sarif-text.ts';

/** What the results of one run refer to. */
export interface SarifMetadata {
  /** Of `tool.driver`. */
  readonly rules: readonly object[];
  readonly taxonomies: readonly object[];
  readonly supportedTaxonomies: readonly object[];
  ruleIndex(id: string): number;
  /** References to clauses, each once. */
  taxaOf(clauses: readonly Clause[]): readonly object[];
}

/** GitHub reads no more tags of a rule than this. */
const mostTags = 10;

/**
 * Every rule that could be reported, built in or found, and every clause that they name. `page` gives the whole page of a
 * rule; only rules with results carry theirs, so that a log stays small.
 */
export function sarifMetadata(
  files: readonly CheckedFile[],
  page: (id: string) => string | undefined = () => undefined,
): SarifMetadata {
  const findings = inOrder(files).flatMap(({ findings, accepted = [] }) => [
    ...findings,
    ...accepted.map(({ finding }) => finding),
  ]);
  const found = new Set(findings.map(({ rule }) => rule));
  const ids = [...new Set([...builtIn.map(({ id }) => id), ...problemCodes, ...[...found].sort()])];
  const brought = new Map(findings.map(({ rule, own }) => [rule, own]));
  const facts = ids.map((id) => factsOf(id, brought.get(id)));
  // A rule of an organization is known by what it found alone.
  const clausesOf = new Map(
    facts.map(({ id, clauses }) => [
      id,
      unique([...clauses, ...findings.filter(({ rule }) => rule === id).flatMap((finding) => finding.clauses)]),
    ]),
  );
  const standards = standardsOf([...clausesOf.values()].flat());
  const names = [...standards.values()];
  const referTo = (clause: Clause) => {
    const standard = standards.get(standardKey(clause));
    const index = standard?.refs.get(clause.ref)?.index;
    return standard === undefined || index === undefined
      ? []
      : [{ id: clause.ref, index, toolComponent: { name: standard.name, index: standard.index } }];
  };
  const indexes = new Map(ids.map((id, index) => [id, index]));
  return {
    rules: facts.map((rule) => {
      const clauses = clausesOf.get(rule.id) ?? [];
      return ruleDescriptor(rule, clauses, clauses.flatMap(referTo), found.has(rule.id) ? page(rule.id) : undefined);
    }),
    taxonomies: names.map(taxonomy),
    supportedTaxonomies: names.map(({ name, index }) => ({ name, index })),
    ruleIndex: (id) => indexes.get(id) ?? -1,
    taxaOf: (clauses) => unique(clauses).flatMap(referTo),
  };
}

function ruleDescriptor(
  { id, category, summary, severity, url }: RuleFacts,
  clauses: readonly Clause[],
  targets: readonly object[],
  page: string | undefined,
): object {
  const says = summary ?? `A rule of this organization: ${id}.`;
  const more = url === undefined ? '' : ` See ${url}`;
  const cited = clauses.map(({ standard, edition, ref }) => `${standard} (${edition}), ${ref}`);
  return {
    id,
    name: pascalCase(id.slice(id.indexOf('/') + 1)),
    shortDescription: { text: says },
    fullDescription: { text: cited.length > 0 ? `${says} Serves ${cited.join('; ')}.` : says },
    help: {
      text: `${says}${more}`,
      markdown: page === undefined ? `${says}${url === undefined ? '' : ` [More](${url})`}` : absoluteLinks(id, page),
    },
    ...(url === undefined ? {} : { helpUri: url }),
    defaultConfiguration: { level: sarifLevels[severity] },
    ...(targets.length > 0 ? { relationships: targets.map((target) => ({ target, kinds: ['relevant'] })) } : {}),
    properties: {
      category,
      clauses: clauses.map(({ standard, edition, ref, status, appliesFrom }) => ({
        standard,
        edition,
        ref,
        status,
        ...(appliesFrom === undefined ? {} : { appliesFrom }),
      })),
      // Names that GitHub sorts alerts by. Nothing is claimed that is not proved, hence the precision.
      precision: 'very-high',
      'problem.severity': severity === 'info' ? 'recommendation' : severity,
      tags: [...new Set([category, ...clauses.map(({ standard }) => standard)])].filter(Boolean).slice(0, mostTags),
    },
  };
}

interface Standard {
  readonly name: string;
  readonly edition: string;
  readonly index: number;
  readonly refs: Map<string, { readonly index: number; readonly clause: Clause }>;
}

function standardsOf(clauses: readonly Clause[]): ReadonlyMap<string, Standard> {
  const standards = new Map<string, Standard>();
  for (const clause of clauses) {
    const key = standardKey(clause);
    const known = standards.get(key);
    const { standard: name, edition, ref } = clause;
    const standard = known ?? { name, edition, index: standards.size, refs: new Map() };
    standards.set(key, standard);
    if (!standard.refs.has(ref)) standard.refs.set(ref, { index: standard.refs.size, clause });
  }
  return standards;
}

function taxonomy({ name, edition, refs }: Standard): object {
  return {
    name,
    version: edition,
    fullName: `${name}, ${edition}`,
    shortDescription: { text: `Clauses of ${name} (${edition}) that the rules serve.` },
    isComprehensive: false,
    taxa: [...refs.values()].map(({ clause: { ref, status, appliesFrom } }) => ({
      id: ref,
      shortDescription: { text: `${name}, ${ref}` },
      properties: { status, ...(appliesFrom === undefined ? {} : { appliesFrom }) },
    })),
  };
}

function standardKey({ standard, edition }: Clause): string {
  return JSON.stringify([standard, edition]);
}

function unique(clauses: readonly Clause[]): readonly Clause[] {
  const byKey = new Map<string, Clause>();
  for (const clause of clauses) {
    const key = `${standardKey(clause)}${clause.ref}`;
    if (!byKey.has(key)) byKey.set(key, clause);
  }
  return [...byKey.values()];
}

/** Pages link to each other by their place in the folder; in a log they have none. */
function absoluteLinks(id: string, page: string): string {
  const here = docsUrl(id);
  return page.replaceAll(/\]\((?![a-z]+:|#)([^)\s]+)\)/g, (link, target: string) =>
    URL.canParse(target, here) ? `](${new URL(target, here).href})` : link,
  );
}

function pascalCase(name: string): string {
  return name
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
}
