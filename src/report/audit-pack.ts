// The audit pack as plain data: what was checked with what, every workflow with its registers, what was found, coverage by
// standard, and the hashes that tie all this to the files. The same inputs give the same pack, byte for byte.
import { buildDiagram } from '../diagram/build-diagram.ts';
import { renderMermaid } from '../diagram/mermaid.ts';
import type { Assessment } from '../governance/assess.ts';
import { type Coverage, coverageOf } from '../governance/coverage.ts';
import type { ParsedFile } from '../language/parse.ts';
import { rules } from '../rules/registry.ts';
import { agentsOf } from './audit-ai.ts';
import { designOf } from './audit-design.ts';
import { decisionsIn, effectsIn } from './audit-effects.ts';
import { createNumbering, type FoundRecord, foundIn } from './audit-findings.ts';
import type { AuditPack, ClauseFindings, InputRecord, WorkflowRecord } from './audit-records.ts';
import { dataIn, handoffsOf, storesIn } from './audit-registers.ts';
import { statementOf } from './audit-statement.ts';
import { dayOf } from './audit-values.ts';
import type { UnreadFile } from './checked-file.ts';

/** One file that was judged. */
export interface AuditedFile {
  /** As the user gave it. */
  readonly path: string;
  readonly file: ParsedFile;
  readonly assessment: Assessment;
  /** Path of the configuration that counts for it. */
  readonly configuration: string | undefined;
}

/** What the pack is made from. */
export interface AuditInput {
  readonly files: readonly AuditedFile[];
  readonly inputs: readonly InputRecord[];
  /** What was asked for and could not be read. */
  readonly unread: readonly UnreadFile[];
  readonly tool: { readonly version: string; readonly sha256: string };
  /** Commit that is checked out; undefined outside a repository. */
  readonly commit: string | undefined;
}

/** Puts the pack together, files in the order of their paths. Never throws. */
export function auditPack({ files, inputs, unread, tool, commit }: AuditInput): AuditPack {
  const ordered = [...files].sort((a, b) => compare(a.path, b.path));
  const number = createNumbering();
  const workflows = ordered.map((file): WorkflowRecord => workflowOf(file, foundOf(file, number)));
  const coverage = coverageOf(ordered.map(({ assessment }) => assessment));
  return {
    format: 'aiwf-audit',
    version: 1,
    tool: { name: 'aiwf', ...tool },
    ...(commit === undefined ? {} : { commit }),
    statement: statementOf(workflows, coverage, unread),
    inputs: [...inputs].sort((a, b) => compare(a.path, b.path)),
    unread: [...unread].sort((a, b) => compare(a.path, b.path)),
    coverage,
    clauses: byClause(workflows, coverage),
    workflows,
  };
}

/** As text; ends with a line break. */
export function renderAuditJson(pack: AuditPack): string {
  return `${JSON.stringify(pack, undefined, 2)}\n`;
}

function foundOf({ path, file, assessment }: AuditedFile, number: ReturnType<typeof createNumbering>): FoundRecord {
  const { text, lineStarts } = file;
  return foundIn({ path, text, lineStarts, profile: assessment.profile, findings: [] }, assessment, number);
}

function workflowOf({ path, assessment, configuration }: AuditedFile, found: FoundRecord): WorkflowRecord {
  const { analyses, workflow, profile, asked, settings } = assessment;
  const diagram = buildDiagram(analyses);
  const data = dataIn(analyses);
  const used = new Set(
    data.flatMap(({ store, comesTo }) => [...(store ? [store] : []), ...comesTo.map(({ to }) => to)]),
  );
  const hasFlow = !workflow.library && workflow.steps.size > 0;
  return {
    path,
    id: workflow.id ?? path,
    kind: workflow.library ? 'library' : 'workflow',
    profile,
    rulesRun: asked.length,
    rulesNotRun: rules.filter(({ id }) => !asked.includes(id)).map(({ id }) => id),
    ...(configuration === undefined ? {} : { configuration }),
    ...(settings.today === undefined ? {} : { judgedBy: dayOf(settings.today) }),
    design: designOf(analyses, diagram),
    ...(hasFlow ? { diagram: renderMermaid(diagram) } : {}),
    handoffs: handoffsOf(analyses),
    data,
    stores: storesIn(analyses, used),
    agents: agentsOf(analyses),
    effects: effectsIn(analyses),
    decisions: decisionsIn(analyses),
    ...found,
  };
}

/** Clauses in the order of the coverage; those without findings are left out. */
function byClause(workflows: readonly WorkflowRecord[], { standards }: Coverage): readonly ClauseFindings[] {
  const found = new Map<string, string[]>();
  for (const { id, clauses } of workflows.flatMap(({ findings }) => findings)) {
    for (const { standard, edition, ref } of clauses) {
      const key = JSON.stringify([standard, edition, ref]);
      found.set(key, [...(found.get(key) ?? []), id]);
    }
  }
  const order = standards.flatMap(({ standard, edition, clauses }) =>
    clauses.map(({ ref }) => JSON.stringify([standard, edition, ref])),
  );
  // Rules of an organization may cite clauses that no built-in rule does.
  const others = [...found.keys()].filter((key) => !order.includes(key)).sort(compare);
  return [...order, ...others].flatMap((key) => {
    const findings = found.get(key);
    const [standard, edition, ref] = JSON.parse(key) as [string, string, string];
    return findings ? [{ standard, edition, ref, findings }] : [];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
