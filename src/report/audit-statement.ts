// The sentences at the head of an audit pack: what was checked and with what, what came of it, what was not checked, and
// what no rule can see.
import type { Coverage } from '../governance/coverage.ts';
import { ruleById, rules } from '../rules/registry.ts';
import type { StatementRecord, WorkflowRecord } from './audit-records.ts';
import type { UnreadFile } from './checked-file.ts';
import { counted } from './text.ts';

/** What holds of every check of a design. */
const limits: readonly string[] = [
  'This is a check of designs: it shows what the files say. It does not show that people and systems work that way.',
  'What authors declare is taken as they declare it: risk tiers, legal bases, classes of data, volumes, times, authority. Whether it is true no rule can see.',
  'Texts that people and models are given, and what models answer, were not read or run.',
  "A clause is called 'satisfied' where the rules that serve it looked and found nothing. Standards ask for more than rules on a design can see, so this says nowhere that a standard is met.",
  "Clauses marked 'secondary' were read in descriptions, those marked 'unverified' in neither text nor description; their numbers and dates need a look at the source.",
];

export function statementOf(
  workflows: readonly WorkflowRecord[],
  { rules: covered }: Coverage,
  unread: readonly UnreadFile[],
): StatementRecord {
  const findings = workflows.flatMap((one) => one.findings);
  const open = findings.filter(({ state }) => state === 'open');
  const of = (severity: string) => open.filter((one) => one.severity === severity).length;
  const counts = {
    workflows: workflows.filter(({ kind }) => kind === 'workflow').length,
    libraries: workflows.filter(({ kind }) => kind === 'library').length,
    errors: of('error'),
    warnings: of('warning'),
    infos: of('info'),
    unknown: open.filter(({ verdict }) => verdict === 'unknown').length,
    waived: findings.filter(({ state }) => state === 'waived').length,
    known: findings.filter(({ state }) => state === 'known').length,
  };
  const profiles = [...new Set(workflows.flatMap(({ profile }) => profile))].sort();
  const days = [...new Set(workflows.flatMap(({ judgedBy }) => judgedBy ?? []))].sort();
  const isOwn = (id: string) => ruleById(id) === undefined;
  const isRun = ({ files }: Coverage['rules'][number]) => files['not-checked'] < workflows.length;
  const run = covered.filter((one) => !isOwn(one.rule) && isRun(one)).length;
  const own = covered.filter((one) => isOwn(one.rule)).length;
  const never = rules.length - run;
  const libraries =
    counts.libraries === 0 ? '' : ` and ${counts.libraries === 1 ? '1 library' : `${counts.libraries} libraries`}`;
  return {
    checked:
      `${counted(counts.workflows, 'workflow')}${libraries} ${counts.workflows + counts.libraries === 1 ? 'was' : 'were'} checked with ${run} of the ${rules.length} rules of this version${own > 0 ? ` and ${counted(own, 'rule')} of the project` : ''} ` +
      `(${profiles.length === 0 ? 'no preset' : profiles.join(', ')}); dates were judged by ${days.length === 0 ? 'no day' : days.join(' and ')}.`,
    found:
      `Open: ${counted(counts.errors, 'error')}, ${counted(counts.warnings, 'warning')}, ${counted(counts.infos, 'remark')}; ` +
      `of these ${counts.unknown} could not be decided. Accepted by waivers: ${counts.waived}. Known from a baseline: ${counts.known}.`,
    notChecked: [
      ...(never > 0
        ? [`${counted(never, 'rule')} that no profile asks for ${never === 1 ? 'was' : 'were'} not run.`]
        : []),
      'No earlier revision was compared, so the rules that judge a change had nothing to say.',
      ...unread.map(({ path, reason }) => `'${path}' was not checked: ${reason}.`),
    ],
    limits,
    counts,
  };
}
