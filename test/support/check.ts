// Checks a marked text with every rule and compares the findings with the caret comments in it, both ways.
// Behind the carets stands `rule/id`, or `severity rule/id`, with `: part of the message`; `?` behind the id asks for the
// verdict unknown. Files that a test does not write itself come from `people`.
import assert from 'node:assert/strict';
import { parseFile } from '../../src/language/parse.ts';
import type { Fix } from '../../src/language/problem.ts';
import type { ProjectHost } from '../../src/language/project.ts';
import { lineStartsOf, positionAt } from '../../src/language/source.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { lint } from '../../src/rules/lint.ts';
import type { ParameterValues } from '../../src/rules/parameters.ts';
import type { DutyPair, ProjectSettings } from '../../src/rules/settings.ts';
import { applyEdits } from './apply-edits.ts';
import { type Expectation, mainFile, parseMarked } from './markers.ts';

/** Begins a workflow that holds every rule, but for what a test writes below it. */
export const head = `aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml]
`;

const people = `aiwf: 1
library: people
actors:
  owner: { kind: human, holders: 1 }
  clerk: { kind: human, team: office, holders: 3 }
  lead: { kind: human, team: office, holders: 1 }
  office: { kind: team, lead: lead, holders: 4 }
  ai-lead: { kind: human, holders: 1 }
  bot: { kind: agent, sponsor: ai-lead, identity: bot, autonomy: L2, clearance: personal }
  helper: { kind: agent, sponsor: ai-lead, identity: helper, autonomy: L2, clearance: personal }
  erp: { kind: system }
  customer: { kind: external, clearance: personal }
  shop: { kind: vendor, clearance: internal }
data:
  claim: { class: personal, fields: { amount: number, story: string } }
  offer: { class: internal, fields: { amount: number, text: string, sure: number } }
  letter: { class: internal }
events:
  answer: { kind: message, from: customer }
  withdrawn: { kind: signal }
handoffs:
  quick: { ack: 1h }
`;

export interface CheckOptions {
  /** Runs these rules, whatever the presets say; default: those of the profile. */
  readonly rules?: readonly string[];
  /** Runs these rules and compares their findings alone, without the problems of the text. */
  readonly only?: readonly string[];
  readonly profile?: readonly string[];
  readonly parameters?: Partial<ParameterValues>;
  readonly sod?: readonly DutyPair[];
  /** Day the dates are judged by, ISO 8601; default 2026-11-23. */
  readonly today?: string;
  /** The main file as it was before, for the rules that judge a change; its imports are those of now. */
  readonly base?: string;
}

/**
 * The helpers of this file with just these rules running, beside the problems of the text and names that resolve to
 * nothing; a rule's test names its own.
 */
export function forRules(...ids: readonly string[]): {
  check(marked: string, options?: CheckOptions): readonly Finding[];
  fixed(marked: string, title: string, options?: CheckOptions): string;
  findingsOf(marked: string, options?: CheckOptions, name?: string): readonly Finding[];
} {
  const rules = ['structure/unresolved-reference', ...ids];
  return {
    check: (marked, options) => check(marked, { rules, ...options }),
    fixed: (marked, title, options) => fixed(marked, title, { rules, ...options }),
    findingsOf: (marked, options, name) => findingsOf(marked, { rules, ...options }, name),
  };
}

/** Fails unless the findings of every file are exactly those its caret comments name. */
export function check(marked: string, options: CheckOptions = {}): readonly Finding[] {
  const { files } = parseMarked(marked);
  const all: Finding[] = [];
  for (const [name, { text, expectations }] of files) {
    if (!/\.ya?ml$/.test(name)) continue;
    const findings = findingsOf(marked, options, name);
    assert.deepEqual(
      findings.map((finding) => shown(finding, text, expectations)).sort(),
      expectations.map(wanted).sort(),
      `${name}\n${findings.map((finding) => `  ${finding.rule}: ${finding.message}`).join('\n')}`,
    );
    for (const { witness, rule } of findings) assert.notEqual(witness.length, 0, `${rule} proves nothing`);
    all.push(...findings);
  }
  return all;
}

/** Findings of one file of a marked text, with nothing compared. */
export function findingsOf(marked: string, options: CheckOptions = {}, name = mainFile): readonly Finding[] {
  const { files } = parseMarked(marked);
  const texts = new Map([...files].map(([path, { text }]) => [uriOf(path), text]));
  return lintText(texts.get(uriOf(name)) ?? '', hostOf(texts), options, uriOf(name));
}

/** Checks a text as it is, carets and all. */
export function lintText(
  text: string,
  host: ProjectHost = hostOf(new Map()),
  { rules, only, profile, parameters, sod, today = '2026-11-23', base }: CheckOptions = {},
  uri = uriOf(mainFile),
): readonly Finding[] {
  const settings: ProjectSettings = {
    today: Date.parse(today),
    ...(profile ? { profile } : {}),
    ...(parameters ? { parameters } : {}),
    ...(sod ? { sod } : {}),
  };
  const run = only ?? rules;
  const { findings } = lint(parseFile(uri, text), host, {
    settings,
    ...(run ? { only: run } : {}),
    ...(base === undefined ? {} : { base: parseFile(uri, base) }),
  });
  return only ? findings.filter(({ rule }) => only.includes(rule)) : findings;
}

/** A host of files in memory. */
export function hostOf(texts: ReadonlyMap<string, string>): ProjectHost {
  const textAt = (uri: string) => texts.get(uri) ?? (uri === uriOf('people.aiwf.yaml') ? people : undefined);
  return {
    text: textAt,
    file(uri) {
      const text = textAt(uri);
      return text === undefined ? undefined : parseFile(uri, text);
    },
  };
}

export function uriOf(path: string): string {
  return `file:///work/${path}`;
}

/** What a finding says, in the form of what a caret comment asks; whatever the comment leaves open is left out. */
function shown(finding: Finding, text: string, expectations: readonly Expectation[]): string {
  const starts = lineStartsOf(text);
  const start = positionAt(starts, finding.range.start);
  const end = positionAt(starts, finding.range.end);
  const lineEnd = (text.split('\n')[start.line] ?? '').replace(/\r$/, '').length;
  // Carets stand under one line: of a longer range they mark what is on its first.
  const endColumn = end.line === start.line ? end.column : lineEnd;
  const place = `${start.line + 1}:${start.column + 1}-${endColumn + 1}`;
  const full = `${finding.severity} ${finding.rule}${finding.verdict === 'unknown' ? '?' : ''}`;
  const here = expectations.filter(({ line, startColumn }) => line === start.line && startColumn === start.column);
  for (const expectation of here) {
    const { severity, rule, part } = partsOf(expectation);
    const says = finding.message.includes(part);
    const same = (severity === '' ? full.replace(/^\w+ /, '') : full) === `${severity}${rule}`;
    if (same && says) return `${place} ${expectation.text}`;
  }
  return `${place} ${full}: ${finding.message}`;
}

function wanted(expectation: Expectation): string {
  const { line, startColumn, endColumn, text } = expectation;
  return `${line + 1}:${startColumn + 1}-${endColumn + 1} ${text}`;
}

function partsOf({ text }: Expectation): { severity: string; rule: string; part: string } {
  const match = /^(error |warning |info )?(\S+?)(?:: (.*))?$/.exec(text);
  assert.ok(match, `not understood behind carets: ${text}`);
  return { severity: match[1] ?? '', rule: match[2] ?? '', part: match[3] ?? '' };
}

/** Applies the fix with this title and answers the lines it changed, as `- old` and `+ new`. */
export function fixed(marked: string, title: string, options: CheckOptions = {}): string {
  const { files } = parseMarked(marked);
  const text = files.get(mainFile)?.text ?? '';
  const texts = new Map([...files].map(([path, file]) => [uriOf(path), file.text]));
  const result = applied(text, title, hostOf(texts), options);
  // The same text with the line breaks of Windows is mended in the same way.
  const crlf = text.replaceAll('\n', '\r\n');
  assert.equal(applied(crlf, title, hostOf(texts), options), result.replaceAll('\n', '\r\n'), 'with CRLF');
  return changedLines(text, result);
}

function applied(text: string, title: string, host: ProjectHost, options: CheckOptions): string {
  const findings = lintText(text, host, options);
  const offers = findings.flatMap((finding) => finding.fixes.map((fix) => ({ finding, fix })));
  const offer = offers.find(({ fix }) => fix.title === title);
  assert.ok(offer, `no fix '${title}', but ${offers.map(({ fix }) => `'${fix.title}'`).join(', ') || 'none'}`);
  return checkFix(text, offer.finding, offer.fix, host, undefined, options);
}

/**
 * A fix is clean when the finding is gone, no new error has come, and every comment of the old text is still there.
 * Answers the new text.
 */
export function checkFix(
  text: string,
  { rule, place, message }: Finding,
  fix: Fix,
  host: ProjectHost,
  uri?: string,
  options: CheckOptions = {},
): string {
  const after = applyEdits(text, fix.edits);
  const [before, now] = [lintText(text, host, options, uri), lintText(after, host, options, uri)];
  const same = (finding: Finding) => finding.rule === rule && finding.place === place && finding.message === message;
  assert.equal(
    now.filter(same).length,
    before.filter(same).length - 1,
    `'${fix.title}' does not mend '${message}'\n${changedLines(text, after)}`,
  );
  const errors = (findings: readonly Finding[]) =>
    findings.filter(({ severity }) => severity === 'error').map((finding) => `${finding.rule} ${finding.place}`);
  const known = errors(before);
  assert.deepEqual(
    errors(now).filter((error) => !known.includes(error)),
    [],
    `'${fix.title}' brings a new error\n${changedLines(text, after)}`,
  );
  for (const comment of commentsOf(text)) assert.ok(after.includes(comment), `'${fix.title}' loses ${comment}`);
  return after;
}

/** Everything behind a `#` that begins a comment; rather one too many than one too few. */
function commentsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?<=^|\s)#[^\r\n]*/gm)].map(([comment]) => comment);
}

function changedLines(before: string, after: string): string {
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  while (old.length > 0 && now.length > 0 && old[0] === now[0]) [old.shift(), now.shift()];
  while (old.length > 0 && now.length > 0 && old.at(-1) === now.at(-1)) [old.pop(), now.pop()];
  return [...old.map((line) => `- ${line}`), ...now.map((line) => `+ ${line}`)].join('\n');
}
