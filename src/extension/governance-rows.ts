// Which findings the Governance view shows and how they are put together: plain data in, plain data out.
import type { GovernanceClause, GovernanceFile, GovernanceFinding, GovernanceRule } from '../protocol.ts';

/** A finding with the file it stands in. */
export interface Row {
  readonly file: GovernanceFile;
  readonly finding: GovernanceFinding;
}

/** By id. */
export type Rules = ReadonlyMap<string, GovernanceRule>;

export const groupings = ['clause', 'rule', 'owner', 'file'] as const;
export type Grouping = (typeof groupings)[number];

export const severities = ['error', 'warning', 'info'] as const;
export const states = ['open', 'unknown', 'waived', 'known'] as const;
type Severity = (typeof severities)[number];
type State = (typeof states)[number];

/** What is shown. Of an empty list, everything. */
export interface Filter {
  readonly severities: readonly Severity[];
  readonly states: readonly State[];
  readonly standards: readonly string[];
  /** In the message, the place, the file, the rule or an owner, in any case; empty: not asked. */
  readonly text: string;
}

export const noFilter: Filter = { severities: [], states: [], standards: [], text: '' };

/** `none` holds what has no clause or owner. */
type GroupKind = 'standard' | 'clause' | 'rule' | 'owner' | 'file' | 'none';

/** Findings that share something. */
export interface Group {
  readonly kind: GroupKind;
  /** Standard, clause, rule, owner or uri; empty for `none`. */
  readonly name: string;
  /** Of a clause. */
  readonly edition?: string;
  readonly groups: readonly Group[];
  /** Each once, also those of inner groups; the gravest open ones first. */
  readonly rows: readonly Row[];
}

/** How many findings count, and how many were accepted. */
export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly unknown: number;
  readonly accepted: number;
}

export function isFiltering({ severities, states, standards, text }: Filter): boolean {
  return severities.length + states.length + standards.length > 0 || text !== '';
}

/** Every finding of the files. */
export function rowsOf(files: Iterable<GovernanceFile>): readonly Row[] {
  return [...files].flatMap((file) => file.findings.map((finding) => ({ file, finding })));
}

/** Those that the filter lets through. */
export function filterRows(rows: readonly Row[], filter: Filter, rules: Rules): readonly Row[] {
  const wanted = filter.text.toLowerCase();
  const has = <T>(list: readonly T[], value: T) => list.length === 0 || list.includes(value);
  return rows.filter(({ file, finding }) => {
    const { severity, state, message, place, rule, owners } = finding;
    if (!has(filter.severities, severity) || !has(filter.states, state)) return false;
    const texts = [message, place, rule, decoded(file.uri), ...owners];
    if (wanted !== '' && !texts.some((text) => text.toLowerCase().includes(wanted))) return false;
    return (
      filter.standards.length === 0 ||
      clausesOf(finding, rules).some(({ standard }) => filter.standards.includes(standard))
    );
  });
}

/** The clauses of its rule and of the more general ones that it breaks as well, each once. */
export function clausesOf({ rule, also }: GovernanceFinding, rules: Rules): readonly GovernanceClause[] {
  const all = [rule, ...also].flatMap((id) => rules.get(id)?.clauses ?? []);
  return [...new Map(all.map((clause) => [`${clause.standard} ${clause.ref}`, clause])).values()];
}

/** Names of the standards that some finding touches, in order. */
export function standardsOf(rows: readonly Row[], rules: Rules): readonly string[] {
  const all = rows.flatMap(({ finding }) => clausesOf(finding, rules).map(({ standard }) => standard));
  return [...new Set(all)].sort(compare);
}

/** A finding stands in every group that it belongs to. What belongs to none comes last. */
export function groupRows(rows: readonly Row[], by: Grouping, rules: Rules): readonly Group[] {
  switch (by) {
    case 'clause':
      return byClause(rows, rules);
    case 'rule':
      // The gravest first: that is where work begins.
      return grouped(rows, 'rule', ({ finding }) => [finding.rule]).sort(
        (a, b) => compareRows(a.rows[0], b.rows[0]) || b.rows.length - a.rows.length || compare(a.name, b.name),
      );
    case 'owner':
      return grouped(rows, 'owner', ({ finding }) => finding.owners);
    case 'file':
      return grouped(rows, 'file', ({ file }) => [file.uri]);
  }
}

function byClause(rows: readonly Row[], rules: Rules): readonly Group[] {
  const editions = new Map<string, string>();
  const refs = (row: Row, standard: string) =>
    clausesOf(row.finding, rules)
      .filter((clause) => clause.standard === standard)
      .map(({ ref, edition }) => {
        editions.set(`${standard} ${ref}`, edition);
        return ref;
      });
  return grouped(rows, 'standard', ({ finding }) => clausesOf(finding, rules).map(({ standard }) => standard)).map(
    (group) =>
      group.kind === 'none'
        ? group
        : {
            ...group,
            groups: grouped(group.rows, 'clause', (row) => refs(row, group.name)).map((clause) => {
              const edition = editions.get(`${group.name} ${clause.name}`);
              return edition === undefined ? clause : { ...clause, edition };
            }),
          },
  );
}

function grouped(rows: readonly Row[], kind: GroupKind, namesOf: (row: Row) => readonly string[]): Group[] {
  const groups = new Map<string, Row[]>();
  const none: Row[] = [];
  for (const row of rows) {
    const names = new Set(namesOf(row));
    if (names.size === 0) none.push(row);
    for (const name of names) {
      const known = groups.get(name);
      if (known) known.push(row);
      else groups.set(name, [row]);
    }
  }
  const named = [...groups].sort(([a], [b]) => compare(a, b)).map(([name, all]) => groupOf(kind, name, all));
  return none.length > 0 ? [...named, groupOf('none', '', none)] : named;
}

function groupOf(kind: GroupKind, name: string, rows: readonly Row[]): Group {
  return { kind, name, groups: [], rows: [...rows].sort(compareRows) };
}

/** What counts before what is accepted, then by severity and place. */
function compareRows(a: Row | undefined, b: Row | undefined): number {
  if (!a || !b) return 0;
  return (
    states.indexOf(a.finding.state) - states.indexOf(b.finding.state) ||
    severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity) ||
    compare(a.file.uri, b.file.uri) ||
    a.finding.range.start.line - b.finding.range.start.line ||
    a.finding.range.start.character - b.finding.range.start.character
  );
}

export function countRows(rows: readonly Row[]): Counts {
  const count = (holds: (finding: GovernanceFinding) => boolean) => rows.filter(({ finding }) => holds(finding)).length;
  const open = (wanted: Severity) => count(({ severity, state }) => state === 'open' && severity === wanted);
  return {
    errors: open('error'),
    warnings: open('warning'),
    infos: open('info'),
    unknown: count(({ state }) => state === 'unknown'),
    accepted: count(({ state }) => state === 'waived' || state === 'known'),
  };
}

/** The fault without what to do about it: enough for one line. */
export function firstSentence(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return /^(.+?)[.!?](?= \p{Lu}|$)/u.exec(line)?.[1] ?? line;
}

/** A filter that was kept, as far as it still is one. */
export function readFilter(value: unknown): Filter {
  const given: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {};
  const listOf = <T>(list: unknown, known: readonly T[]) =>
    Array.isArray(list) ? known.filter((each) => list.includes(each)) : [];
  const { standards, text } = given;
  return {
    severities: listOf(given.severities, severities),
    states: listOf(given.states, states),
    standards: Array.isArray(standards) ? standards.filter((each) => typeof each === 'string') : [],
    text: typeof text === 'string' ? text : '',
  };
}

const collator = new Intl.Collator('en', { numeric: true });

/** `Article 5` before `Article 14`. */
function compare(a: string, b: string): number {
  return collator.compare(a, b);
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
