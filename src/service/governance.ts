// What was found in a file and what became of it, as plain rows: they can be kept for every file of a workspace, while the
// model they were made from is let go.
import type { Range as LspRange } from 'vscode-languageserver-types';
import { coverageOfFile, type FileCoverage } from '../governance/coverage.ts';
import type { JudgedWaiver } from '../governance/waivers.ts';
import type { Severity } from '../language/problem.ts';
import { isPath } from '../language/project.ts';
import type { Clause, Finding } from '../rules/finding.ts';
import { ruleById } from '../rules/registry.ts';
import { stepInWords } from './diagnostics.ts';
import { findingIds } from './diagram-findings.ts';
import type { Checked } from './documents.ts';
import { ownersOf } from './owners.ts';
import { toRange } from './positions.ts';

/** `GovernanceFile` of `protocol.ts`. */
export interface GovernanceRows {
  readonly uri: string;
  readonly title: string;
  readonly profile: readonly string[];
  readonly asked: readonly string[];
  readonly findings: readonly FindingRow[];
  readonly waivers: readonly WaiverRow[];
}

interface FindingRow {
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly state: 'open' | 'unknown' | 'waived' | 'known';
  readonly message: string;
  readonly place: string;
  readonly range: LspRange;
  readonly witness: readonly { readonly text: string; readonly range: LspRange }[];
  readonly owners: readonly string[];
  readonly also: readonly string[];
  readonly fixable: boolean;
  readonly waiver?: WaiverRow;
}

interface WaiverRow {
  readonly rule: string;
  readonly place: string;
  readonly state: JudgedWaiver['state'];
  readonly count: number;
  readonly daysLeft?: number;
  readonly expires?: string;
  readonly reason: string;
  readonly owner: string;
  readonly approvedBy: string;
  readonly ticket?: string;
  readonly refused?: string;
  readonly range?: LspRange;
}

/** What is the same for every finding of a rule: `GovernanceRule` of `protocol.ts`. */
export interface RuleFacts {
  readonly summary: string;
  readonly clauses: readonly Clause[];
}

/** The rows of one file. */
export interface Governance {
  readonly rows: GovernanceRows;
  /** Of the rules that its findings name, by id. */
  readonly rules: ReadonlyMap<string, RuleFacts>;
  /** What every rule says of it; undefined for a file that its project leaves out. */
  readonly coverage: FileCoverage | undefined;
  /** It calls a workflow by its id, which any file may declare. */
  readonly callsById: boolean;
}

const longestPath = 50;

/** Every finding of a checked file, accepted or not. */
export function governanceOf(checked: Checked): Governance {
  const { uri, file, workflow, lint } = checked;
  const { findings, accepted, profile, asked } = lint;
  const waivers = lint.waivers.map((waiver) => ({ waiver, row: waiverRow(waiver, checked) }));
  const open = findings.map((finding) => ({ finding, waiver: undefined, isAccepted: false }));
  const settled = accepted.map(({ finding, waiver }) => ({ finding, waiver, isAccepted: true }));
  // Numbered apart, so that one that is accepted does not change the ids of the others.
  const ids = [...findingIds(findings), ...findingIds(settled.map(({ finding }) => finding)).map((id) => `${id} =`)];
  const rules = new Map<string, RuleFacts>();
  const rows = [...open, ...settled].map(({ finding, waiver, isAccepted }, index): FindingRow => {
    addRules(finding, rules);
    const accepting = waivers.find((each) => each.waiver.fields === waiver)?.row;
    const { rule, severity, verdict, message, place, range, witness, also = [], fixes } = finding;
    return {
      id: ids[index] ?? '',
      rule,
      severity,
      state: isAccepted ? (waiver ? 'waived' : 'known') : verdict === 'unknown' ? 'unknown' : 'open',
      message,
      place,
      range: toRange(file, range),
      witness: witness
        .slice(0, longestPath)
        .map((step) => ({ text: stepInWords(step), range: toRange(file, step.range) })),
      owners: ownersOf(place, workflow),
      also: also.map((general) => general.rule),
      fixable: !isAccepted && fixes.length > 0,
      ...(accepting ? { waiver: accepting } : {}),
    };
  });
  rows.sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);
  const title = workflow.fields?.title?.value ?? workflow.id ?? '';
  return {
    rows: { uri, title, profile, asked, findings: rows, waivers: waivers.map(({ row }) => row) },
    rules,
    coverage: asked.length > 0 ? coverageOfFile(lint) : undefined,
    callsById: [...workflow.steps.values()].some(({ fields: { call } }) => call && !isPath(call.value)),
  };
}

function addRules({ rule, clauses, own, also = [] }: Finding, rules: Map<string, RuleFacts>): void {
  for (const each of [{ rule, clauses }, ...also])
    if (!rules.has(each.rule))
      rules.set(each.rule, {
        summary: (each.rule === rule ? own : undefined)?.summary ?? ruleById(each.rule)?.summary ?? '',
        clauses: each.clauses,
      });
}

function waiverRow({ fields, state, count, daysLeft, reason, configured }: JudgedWaiver, { file }: Checked): WaiverRow {
  const { rule, at, owner, approvedBy, ticket, expires } = fields;
  return {
    rule: rule?.value ?? '',
    place: at?.value ?? '',
    state,
    count,
    ...(daysLeft === undefined ? {} : { daysLeft }),
    ...(expires ? { expires: new Date(expires.value).toISOString().slice(0, 10) } : {}),
    reason: fields.reason?.value ?? '',
    owner: owner?.name ?? '',
    approvedBy: approvedBy?.name ?? '',
    ...(ticket ? { ticket: ticket.value } : {}),
    ...(reason === undefined ? {} : { refused: reason }),
    // One of the configuration has no place in this file.
    ...(configured === undefined ? { range: toRange(file, fields.$.range) } : {}),
  };
}
