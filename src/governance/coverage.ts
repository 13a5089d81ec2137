// Coverage by standard: for every clause that a rule serves, what the rules say of the files that were checked. It tells
// what was looked at and what came of it; that a standard is met it never says.
import type { Clause, Finding, OwnRule } from '../rules/finding.ts';
import { presets } from '../rules/presets.ts';
import { rules } from '../rules/registry.ts';
import type { OwnRuleId, Rule } from '../rules/rule.ts';
import { hasOpenTarget } from '../rules/structure/unreachable-step.ts';
import { isApplicable, judgesDates } from './applicability.ts';
import type { Assessment } from './assess.ts';

/**
 * What a rule, or the rules of a clause, say of the files, the worst first. `violated`: some finding counts, or is only in
 * the baseline. `unknown`: something could not be decided. `waived`: every finding is accepted by a waiver. `satisfied`:
 * looked at, and nothing found. `not-applicable`: nothing there that the rule speaks of. `not-checked`: not asked for.
 */
export type CoverageState = 'violated' | 'unknown' | 'waived' | 'satisfied' | 'not-applicable' | 'not-checked';

/** The states, the worst first. */
export const coverageStates: readonly CoverageState[] = [
  'violated',
  'unknown',
  'waived',
  'satisfied',
  'not-applicable',
  'not-checked',
];

/** How many of something are in each state. */
export type StateCounts = Readonly<Record<CoverageState, number>>;

/** One rule over all files. */
export interface RuleCoverage {
  readonly rule: string;
  /** What holds in a good design. */
  readonly summary: string;
  /** The worst of its states in the files. */
  readonly state: CoverageState;
  /** Findings: `open` ones count, `known` ones are in the baseline, `waived` ones are accepted, `unknown` are undecided. */
  readonly findings: {
    readonly open: number;
    readonly known: number;
    readonly waived: number;
    readonly unknown: number;
  };
  /** Files by state. */
  readonly files: StateCounts;
  /** Why nothing is known of some files where no finding says it, each once. */
  readonly doubts: readonly string[];
}

/** One clause with the rules that serve it. */
export interface ClauseCoverage {
  readonly ref: string;
  /** Whether the text of the clause was read when the rule was written; see `Clause`. */
  readonly status: Clause['status'];
  /** First day the duty applies, ISO 8601. */
  readonly appliesFrom?: string;
  /** The worst of its rules. */
  readonly state: CoverageState;
  /** Some of its rules were asked for and others were not. */
  readonly partly: boolean;
  /** Ids, in the order of the registry. */
  readonly rules: readonly string[];
}

/** One edition of a standard, as far as rules serve it. */
export interface StandardCoverage {
  readonly standard: string;
  readonly edition: string;
  /** Presets that ask for every rule that serves it. */
  readonly profiles: readonly string[];
  /** Clauses by state. */
  readonly counts: StateCounts;
  readonly clauses: readonly ClauseCoverage[];
}

/** Plain data: it can be written as JSON and sent to a client as it is. */
export interface Coverage {
  /** Number of files it is about. */
  readonly files: number;
  /** Every rule, in the order of the registry; then those that projects bring, by id. */
  readonly rules: readonly RuleCoverage[];
  /** By name and edition. */
  readonly standards: readonly StandardCoverage[];
}

/** What the rules say of files, by rule and by clause. The same assessments give the same coverage. Never throws. */
export function coverageOf(assessments: readonly Assessment[]): Coverage {
  return joinCoverage(assessments.map(coverageOfFile));
}

/**
 * What every rule says of one file, by rule id, without those that were not asked for and say nothing: small enough to be
 * kept for many files, without their models.
 */
export type FileCoverage = ReadonlyMap<string, InFile>;

/** The part of one file. Never throws. */
export function coverageOfFile(assessment: Assessment): FileCoverage {
  const look = lookAt(assessment);
  const all = [
    ...rules.map((rule) => [rule.id, inFile(rule, look)] as const),
    ...assessment.own.map((rule) => [rule.id, { ...inFile(rule, look), own: rule.own }] as const),
  ];
  return new Map(
    all.filter(([, { state, waived, unknown, open, known }]) => {
      return state !== 'not-checked' || open + known + waived + unknown > 0;
    }),
  );
}

/** The coverage of files from the parts of each. */
export function joinCoverage(files: readonly FileCoverage[]): Coverage {
  const all = [...rules, ...ownRules(files)];
  const covered = all.map((rule) => coverageOfRule(rule, files));
  const states = new Map(covered.map(({ rule, state }) => [rule, state]));
  return { files: files.length, rules: covered, standards: standardsOf(all, states) };
}

/** What coverage knows of a rule. */
type Covered = Pick<Rule, 'id' | 'summary' | 'clauses'>;

/** Rules that the projects of the files bring, by id. */
function ownRules(files: readonly FileCoverage[]): readonly Covered[] {
  const found = new Map<string, Covered>();
  for (const file of files) {
    for (const [id, { own }] of file) {
      if (own && !found.has(id)) found.set(id, { id: id as OwnRuleId, summary: own.summary, clauses: own.clauses });
    }
  }
  return [...found.values()].sort((a, b) => inOrder.compare(a.id, b.id));
}

/** The state of one rule in one file. */
export function stateIn(rule: Rule, assessment: Assessment): CoverageState {
  return inFile(rule, lookAt(assessment)).state;
}

/** One file, its findings by rule; a finding that is folded into another one counts for both rules. */
interface Look {
  readonly assessment: Assessment;
  readonly open: ReadonlyMap<string, readonly Finding[]>;
  readonly known: ReadonlyMap<string, readonly Finding[]>;
  readonly waived: ReadonlyMap<string, readonly Finding[]>;
  /** Why what is not found in it need not be missing. */
  readonly doubt: string | undefined;
}

function lookAt(assessment: Assessment): Look {
  const { findings, accepted } = assessment;
  return {
    assessment,
    open: byRule(findings),
    known: byRule(accepted.flatMap(({ finding, waiver }) => (waiver ? [] : [finding]))),
    waived: byRule(accepted.flatMap(({ finding, waiver }) => (waiver ? [finding] : []))),
    doubt: doubtOf(assessment),
  };
}

function byRule(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const rule of new Set([finding.rule, ...(finding.also ?? []).map((also) => also.rule)])) {
      const list = found.get(rule);
      if (list) list.push(finding);
      else found.set(rule, [finding]);
    }
  }
  return found;
}

/** A rule that finds nothing in a design that is only half known has not shown that there is nothing. */
function doubtOf({ analyses, workflow, findings, accepted }: Assessment): string | undefined {
  const all = [...findings, ...accepted.map(({ finding }) => finding)];
  if (all.some(({ rule, severity }) => rule.startsWith('language/') && severity === 'error'))
    return 'a text has errors, so that not all of it is understood';
  if (analyses.isIncomplete) return 'a file that is used cannot be read';
  if (hasOpenTarget(workflow)) return 'a step leads to one that does not exist';
  return undefined;
}

const notChecked: InFile = { state: 'not-checked', open: 0, known: 0, waived: 0, unknown: 0 };

interface InFile {
  readonly state: CoverageState;
  readonly open: number;
  readonly known: number;
  readonly waived: number;
  readonly unknown: number;
  readonly doubt?: string | undefined;
  /** Set for a rule that a project brings. */
  readonly own?: OwnRule | undefined;
}

function inFile(rule: Rule, look: Look): InFile {
  const { assessment, doubt } = look;
  const { asked, analyses, settings } = assessment;
  const found = [look.open.get(rule.id) ?? [], look.known.get(rule.id) ?? []] as const;
  const [open = 0, known = 0] = found.map((list) => list.filter(({ verdict }) => verdict === 'violation').length);
  const unknown = found.flat().length - open - known;
  const waived = look.waived.get(rule.id)?.length ?? 0;
  const counts = { open, known, waived, unknown };
  if (!asked.includes(rule.id)) return { ...counts, state: 'not-checked' };
  if (open + known > 0) return { ...counts, state: 'violated' };
  if (unknown > 0) return { ...counts, state: 'unknown' };
  if (waived > 0) return { ...counts, state: 'waived' };
  if (doubt !== undefined) return { ...counts, state: 'unknown', doubt };
  if (!isApplicable(rule, analyses, settings)) return { ...counts, state: 'not-applicable' };
  if (settings.today === undefined && judgesDates(rule))
    return { ...counts, state: 'unknown', doubt: 'there is no day to judge dates by' };
  return { ...counts, state: 'satisfied' };
}

function coverageOfRule(rule: Covered, files: readonly FileCoverage[]): RuleCoverage {
  const each = files.map((file) => file.get(rule.id) ?? notChecked);
  const sum = (key: 'open' | 'known' | 'waived' | 'unknown') => each.reduce((total, one) => total + one[key], 0);
  return {
    rule: rule.id,
    summary: rule.summary,
    state: worstOf(each.map(({ state }) => state)),
    findings: { open: sum('open'), known: sum('known'), waived: sum('waived'), unknown: sum('unknown') },
    files: countsOf(each.map(({ state }) => state)),
    doubts: [...new Set(each.flatMap(({ doubt }) => doubt ?? []))],
  };
}

function standardsOf(all: readonly Covered[], states: ReadonlyMap<string, CoverageState>): readonly StandardCoverage[] {
  const found = new Map<string, Map<string, { clause: Clause; serving: string[] }>>();
  for (const { id, clauses } of all) {
    for (const clause of clauses) {
      const key = JSON.stringify([clause.standard, clause.edition]);
      const known = found.get(key) ?? new Map<string, { clause: Clause; serving: string[] }>();
      found.set(key, known);
      const entry = known.get(clause.ref) ?? { clause, serving: [] };
      known.set(clause.ref, entry);
      if (!entry.serving.includes(id)) entry.serving.push(id);
    }
  }
  return [...found.values()]
    .flatMap((entries): readonly StandardCoverage[] => {
      const [first] = entries.values();
      if (!first) return [];
      const { standard, edition } = first.clause;
      const clauses = [...entries.values()]
        .map(({ clause, serving }) => coverageOfClause(clause, serving, states))
        .sort((a, b) => inOrder.compare(a.ref, b.ref));
      const serving = new Set(clauses.flatMap((clause) => clause.rules));
      const counts = countsOf(clauses.map(({ state }) => state));
      return [{ standard, edition, profiles: profilesFor(serving), counts, clauses }];
    })
    .sort((a, b) => inOrder.compare(a.standard, b.standard) || inOrder.compare(a.edition, b.edition));
}

/** `Article 9` before `Article 12`. */
const inOrder = new Intl.Collator('en', { numeric: true });

function coverageOfClause(
  { ref, status, appliesFrom }: Clause,
  serving: readonly string[],
  states: ReadonlyMap<string, CoverageState>,
): ClauseCoverage {
  const all = serving.map((rule) => states.get(rule) ?? 'not-checked');
  const missing = all.filter((state) => state === 'not-checked').length;
  return {
    ref,
    status,
    ...(appliesFrom === undefined ? {} : { appliesFrom }),
    state: worstOf(all),
    partly: missing > 0 && missing < all.length,
    rules: serving,
  };
}

/** `strict` asks for everything; it is named where no smaller preset does. */
function profilesFor(serving: ReadonlySet<string>): readonly string[] {
  const holding = [...presets.values()].filter((preset) => [...serving].every((rule) => preset.rules.includes(rule)));
  const smaller = holding.filter(({ id }) => id !== 'strict');
  return (smaller.length > 0 ? smaller : holding).map(({ id }) => id);
}

function worstOf(states: readonly CoverageState[]): CoverageState {
  return coverageStates.find((state) => states.includes(state)) ?? 'not-checked';
}

function countsOf(states: readonly CoverageState[]): StateCounts {
  const count = (state: CoverageState) => states.filter((one) => one === state).length;
  return {
    violated: count('violated'),
    unknown: count('unknown'),
    waived: count('waived'),
    satisfied: count('satisfied'),
    'not-applicable': count('not-applicable'),
    'not-checked': count('not-checked'),
  };
}
