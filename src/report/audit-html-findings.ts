// Findings, waivers and what could not be decided, on the page of an audit.
import { groupBy } from '../language/groups.ts';
import { tag } from '../picture/markup.ts';
import type { FindingRecord, WaiverRecord, WitnessRecord } from './audit-findings.ts';
import { stateOf } from './audit-html-coverage.ts';
import { badge, heading, lines, nothing, notStated, said, table } from './audit-html-parts.ts';
import type { AuditPack, WorkflowRecord } from './audit-records.ts';
import { link, text } from './html-finding.ts';

/** The findings of one file, each with the path that proves it. */
export function findingsPart({ findings, path, gone }: WorkflowRecord, id: string): string {
  return [
    heading(3, `${id}-findings`, 'Findings'),
    findings.length === 0 ? tag('p', {}, 'Nothing was found.') : '',
    ...findings.map((finding) => findingPart(finding, path)),
    gone.length === 0
      ? ''
      : tag(
          'p',
          { class: 'quiet' },
          `In the baseline and no longer there: ${gone.map(({ rule, place, count }) => `${text(rule)} at ${text(place)}${count > 1 ? ` (${count})` : ''}`).join(', ')}.`,
        ),
  ].join('');
}

function findingPart(finding: FindingRecord, path: string): string {
  const { id, rule, also, message, place, line, column, witness, clauses, waiver } = finding;
  const kind = kindOf(finding);
  return tag(
    'article',
    { class: `finding ${kind}`, id, 'aria-labelledby': `${id}-says` },
    tag('h4', { id: `${id}-says` }, `${id} ${badge(stateOf(finding), kind)} ${text(message)}`),
    tag(
      'p',
      { class: 'quiet' },
      `${link(rule)} · ${text(path)}:${line}:${column} · ${text(place)}`,
      also.length > 0 ? ` · also ${also.map((one) => link(one)).join(', ')}` : '',
      waiver === undefined ? '' : ` · accepted by ${tag('a', { href: `#${waiver}` }, waiver)}`,
    ),
    ...(rule.startsWith('language/') ? [] : witness.map(witnessPart)),
    clauses.length === 0
      ? ''
      : tag(
          'p',
          { class: 'quiet' },
          `Serves ${clauses.map(({ standard, ref }) => text(`${standard} ${ref}`)).join('; ')}`,
        ),
  );
}

function witnessPart(path: readonly WitnessRecord[]): string {
  return tag(
    'ol',
    { class: 'path', 'aria-label': path.length > 1 ? 'Path that proves it' : 'Proof' },
    ...path.map(({ step, edge, line, note }) =>
      tag(
        'li',
        note === '' ? {} : { class: 'noted' },
        edge === undefined ? '' : `${tag('span', { class: 'edge' }, text(edge))} `,
        tag('strong', {}, text(step)),
        ` ${tag('span', { class: 'quiet' }, `line ${line}`)}`,
        note === '' ? '' : ` – ${text(note)}`,
      ),
    ),
  );
}

function kindOf({ state, severity }: FindingRecord): string {
  return state === 'open' ? severity : 'accepted';
}

/** Every waiver of every file. */
export function waiversSection({ workflows }: AuditPack): string {
  const all = groupBy(
    workflows.flatMap(({ path, waivers }) => waivers.map((waiver) => ({ path, waiver }))),
    ({ waiver }) => waiver.id,
  );
  const rows = [...all.values()].map((group) => waiverRow(group));
  const shown = table({
    caption: 'Accepted findings: who answers for each, who approved it, and until when',
    heads: ['Waiver', 'State', 'What', 'Reason', 'Owner', 'Approved by', 'Ticket', 'Last day', 'Findings'],
    rows,
  });
  const known = workflows.flatMap(({ findings }) => findings.filter(({ state }) => state === 'known')).length;
  return tag(
    'section',
    {},
    heading(2, 'waivers', 'Waivers and baseline'),
    shown === '' ? tag('p', {}, 'There are no waivers.') : shown,
    tag(
      'p',
      {},
      known === 0
        ? 'No finding is known from a baseline.'
        : `Known from a baseline, without a reason, an owner or a last day: ${known} ${known === 1 ? 'finding' : 'findings'}.`,
    ),
  );
}

/** One waiver; what it came to in each file it is for is put together. */
function waiverRow(group: readonly [WaiverIn, ...WaiverIn[]]): readonly string[] {
  const [first] = group;
  const { waiver } = group.find((one) => one.waiver.state !== 'unused') ?? first;
  const where = waiver.in === 'configuration' ? 'in the configuration' : first.path;
  const kind = waiver.state === 'active' ? 'good' : waiver.state === 'unused' ? 'neutral' : 'error';
  return [
    tag('span', { id: waiver.id }, waiver.id),
    `${badge(waiver.state, kind)}${waiver.because === undefined ? '' : ` ${text(waiver.because)}`}`,
    `${waiver.rule === undefined ? notStated : link(waiver.rule)} at ${said(waiver.at)}${waiver.when === undefined ? '' : ` if ${tag('code', {}, text(waiver.when))}`} <span class="quiet">${text(where)}</span>`,
    said(waiver.reason),
    said(waiver.owner),
    said(waiver.approvedBy),
    waiver.ticket === undefined ? nothing : text(waiver.ticket),
    `${said(waiver.expires)}${waiver.daysLeft === undefined ? '' : ` <span class="quiet">${daysInWords(waiver.daysLeft)}</span>`}`,
    String(group.reduce((sum, one) => sum + one.waiver.count, 0)),
  ];
}

interface WaiverIn {
  readonly path: string;
  readonly waiver: WaiverRecord;
}

function daysInWords(days: number): string {
  if (days < 0) return `over for ${-days} ${days === -1 ? 'day' : 'days'}`;
  return days === 0 ? 'today is the last day' : `${days} ${days === 1 ? 'day' : 'days'} left`;
}

/** What could not be decided, and why. */
export function unknownsSection({ workflows, coverage, unread }: AuditPack): string {
  const rows = workflows.flatMap(({ path, findings }) =>
    findings
      .filter(({ verdict }) => verdict === 'unknown')
      .map(({ id, rule, message, place }) => [
        tag('a', { href: `#${id}` }, id),
        `${link(rule)} at ${text(place)}`,
        text(message),
        text(path),
      ]),
  );
  const shown = table({
    caption: 'Questions that the rules could not decide, with the reason',
    heads: ['Finding', 'Rule and place', 'Why it is not known', 'File'],
    rows,
  });
  const doubts = coverage.rules.filter(({ doubts: own }) => own.length > 0);
  const reasons = [...new Set(doubts.flatMap(({ doubts: own }) => own))];
  return tag(
    'section',
    {},
    heading(2, 'unknowns', 'What could not be decided'),
    shown === '' ? tag('p', {}, 'Every question that the rules asked was decided.') : shown,
    reasons.length === 0
      ? ''
      : tag(
          'p',
          {},
          `${doubts.length} rules found nothing in some file of which not enough is known: ${text(reasons.join('; '))}.`,
        ),
    unread.length === 0
      ? ''
      : tag(
          'div',
          {},
          tag('p', {}, 'Not read:'),
          lines(unread.map(({ path, reason }) => `${text(path)}: ${text(reason)}`)),
        ),
  );
}
