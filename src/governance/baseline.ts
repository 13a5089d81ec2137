// The baseline: findings that were there when the rules were adopted. They are known and do not count; new ones do. A
// finding is known by rule, place and message, so moving lines and steps about changes nothing.
import type { Finding } from '../rules/finding.ts';

/** One known finding; `count` of them that nothing tells apart. */
export interface BaselineEntry {
  readonly rule: string;
  readonly place: string;
  readonly message: string;
  readonly count: number;
}

/** Entries by path relative to the folder of the baseline, with slashes. */
export type Baseline = ReadonlyMap<string, readonly BaselineEntry[]>;

/** What a baseline makes of the findings of one file. */
interface Compared {
  readonly open: readonly Finding[];
  readonly known: readonly Finding[];
  /** Entries that no finding answers to any more; `count` says how many are too many. */
  readonly gone: readonly BaselineEntry[];
}

/** Undefined for a text that is no baseline. Never throws. */
export function parseBaseline(text: string): Baseline | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(data) || data.version !== 1 || !isObject(data.files)) return undefined;
  const files = new Map<string, readonly BaselineEntry[]>();
  for (const [path, entries] of Object.entries(data.files)) {
    if (!Array.isArray(entries) || !entries.every(isEntry)) return undefined;
    files.set(path, entries);
  }
  return files;
}

/** The text of a baseline, files and entries in order, so that two of them can be compared line by line. */
export function renderBaseline(files: Baseline): string {
  const sorted = [...files].filter(([, entries]) => entries.length > 0).sort(([a], [b]) => compare(a, b));
  return `${JSON.stringify({ version: 1, files: Object.fromEntries(sorted) }, undefined, 2)}\n`;
}

/** Entries for findings, in order, equal ones counted. What is wrong with the text itself is never taken as known. */
export function baselineEntries(findings: readonly Finding[]): readonly BaselineEntry[] {
  const counted = new Map<string, BaselineEntry>();
  for (const { rule, place, message } of findings) {
    if (rule.startsWith('language/')) continue;
    const key = keyOf({ rule, place, message });
    counted.set(key, { rule, place, message, count: (counted.get(key)?.count ?? 0) + 1 });
  }
  return [...counted].sort(([a], [b]) => compare(a, b)).map(([, entry]) => entry);
}

/** Tells known findings from new ones. One that stands at a step with a new id is known by the rest of what it says. */
export function applyBaseline(findings: readonly Finding[], entries: readonly BaselineEntry[]): Compared {
  if (entries.length === 0) return { open: findings, known: [], gone: [] };
  const left = new Map(entries.map((entry) => [keyOf(entry), entry.count]));
  const known = new Set<Finding>();
  const take = (finding: Finding, key: string) => {
    const count = left.get(key) ?? 0;
    if (count === 0) return;
    left.set(key, count - 1);
    known.add(finding);
  };
  for (const finding of findings) take(finding, keyOf(finding));
  const missing = entries.filter((entry) => (left.get(keyOf(entry)) ?? 0) > 0);
  for (const entry of missing) {
    const moved = findings.filter((finding) => !known.has(finding) && isRenamed(entry, finding));
    const [finding] = moved;
    if (finding && moved.length === 1) take(finding, keyOf(entry));
  }
  return {
    open: findings.filter((finding) => !known.has(finding)),
    known: findings.filter((finding) => known.has(finding)),
    gone: missing.flatMap((entry) => {
      const count = left.get(keyOf(entry)) ?? 0;
      return count > 0 ? [{ ...entry, count }] : [];
    }),
  };
}

/** The same fault at a place whose name alone has changed. */
function isRenamed({ rule, place, message }: BaselineEntry, finding: Finding): boolean {
  return (
    rule === finding.rule &&
    place !== finding.place &&
    message.includes(`'${place}'`) &&
    message.replaceAll(`'${place}'`, `'${finding.place}'`) === finding.message
  );
}

function keyOf({ rule, place, message }: Pick<BaselineEntry, 'rule' | 'place' | 'message'>): string {
  return JSON.stringify([rule, place, message]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEntry(value: unknown): value is BaselineEntry {
  return (
    isObject(value) &&
    [value.rule, value.place, value.message].every((each) => typeof each === 'string') &&
    Number.isInteger(value.count) &&
    Number(value.count) > 0
  );
}
