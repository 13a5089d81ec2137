// One workflow on the page of an audit: what it is, its pictures, its steps, who is responsible, and its registers.
import { tag } from '../picture/markup.ts';
import type { ResponsibilityRecord } from './audit-design.ts';
import { findingsPart } from './audit-html-findings.ts';
import {
  facts,
  heading,
  lines,
  type Names,
  nothing,
  notStated,
  row,
  said,
  table,
  titled,
  yesNo,
} from './audit-html-parts.ts';
import { registersPart } from './audit-html-registers.ts';
import type { AuditPicture, WorkflowPictures } from './audit-pictures.ts';
import type { WorkflowRecord } from './audit-records.ts';
import { text } from './html-finding.ts';

/** The section of one workflow; `id` begins the ids of its headings. */
export function workflowSection(record: WorkflowRecord, id: string, pictures: WorkflowPictures | undefined): string {
  const names = namesOf(record);
  const { about } = record.design;
  const parts = [
    heading(2, id, `${record.kind === 'library' ? 'Library' : 'Workflow'}: ${about.title ?? record.id}`),
    tag('p', { class: 'quiet' }, tag('code', {}, text(record.path))),
    aboutPart(record, names),
    figure(heading(3, `${id}-flow`, 'Flow'), 'The flow of work', pictures?.flow),
    stepsPart(record, id, names),
    responsibilitiesPart(record, id),
    figure(heading(3, `${id}-handoffs-picture`, 'Handoffs'), 'Who hands over what to whom', pictures?.handoffs),
    ...registersPart(record, id, names),
    findingsPart(record, id),
  ];
  return tag('section', { class: 'workflow' }, ...parts);
}

function namesOf({ design, data }: WorkflowRecord): Names {
  const find = (entries: readonly { readonly id: string; readonly title: string }[]) => {
    const titles = new Map(entries.map(({ id, title }) => [id, title]));
    return (id: string) => titles.get(id) ?? id;
  };
  const [actor, step, datum] = [find(design.actors), find(design.steps), find(data)];
  return {
    actor,
    step,
    data(path) {
      const [root = path, ...rest] = path.split('.');
      return [datum(root), ...rest].join('.');
    },
  };
}

function aboutPart({ design, profile, rulesRun, configuration, judgedBy }: WorkflowRecord, names: Names): string {
  const { about } = design;
  const { risk, review, stop, incident, serviceLevels, obligations, casesPerDay, assessments } = about;
  const all: readonly (readonly [string, string])[] = [
    ['Purpose', said(about.purpose)],
    ...(about.description === undefined ? [] : ([['Description', text(about.description)]] as const)),
    ['Accountable', row((about.accountable ?? []).map(names.actor), notStated)],
    [
      'Risk',
      risk ? [risk.tier, ...(risk.regimes ?? [])].flatMap((word) => (word ? [text(word)] : [])).join(', ') : notStated,
    ],
    ...(risk?.intendedPurpose ? ([['Intended purpose', text(risk.intendedPurpose)]] as const) : []),
    ['Version and state', `${said(about.version)}, ${said(about.status)}`],
    ['In use from', said(about.effective)],
    [
      'Review of the design',
      review
        ? `every ${said(review.every)}, last ${said(review.last)}, by ${said(review.by && names.actor(review.by))}`
        : notStated,
    ],
    ...(about.contexts ? ([['Contexts', row(about.contexts)]] as const) : []),
    [
      'Service levels',
      lines(
        (serviceLevels ?? []).map(
          ({ max, from, to, when }) =>
            `${said(max)}${from ? ` from ${text(from)}` : ''}${to && to.length > 0 ? ` to ${row(to)}` : ''}${when ? ` if ${text(when)}` : ''}`,
        ),
        notStated,
      ),
    ],
    [
      'Legal clocks',
      lines(
        (obligations ?? []).map(
          ({ within, from, to, law }) =>
            `${said(within)} from ${said(from)} to ${row(to ?? [])}${law ? ` (${text(law)})` : ''}`,
        ),
      ),
    ],
    ['Cases a day', casesPerDay ? text(casesPerDay.join(' to ')) : notStated],
    [
      'Stop control',
      stop
        ? `${said(stop.by && names.actor(stop.by))} stops ${row((stop.scope ?? []).map(names.actor), 'the workflow')} within ${said(stop.within)}; safe state: ${said(stop.safeState && names.step(stop.safeState))}; delegates and jobs included: ${yesNo(stop.includesDelegates ?? false)}`
        : notStated,
    ],
    [
      'Serious incidents',
      incident
        ? lines([
            `seen by ${row(incident.detect ?? [], notStated)}, suspended by ${said(incident.suspend)}`,
            ...(incident.notify ?? []).map(
              ({ to, within, when, law }) =>
                `tell ${said(to && names.actor(to))} within ${said(within)}${when ? ` if ${text(when)}` : ''}${law ? ` (${text(law)})` : ''}`,
            ),
            `corrected by ${said(incident.correctedBy && names.actor(incident.correctedBy))}`,
          ])
        : notStated,
    ],
    [
      'Impact assessments',
      lines(
        (assessments ?? []).map(({ kind, ref, date }) => `${said(kind)}: ${said(ref)}, ${said(date)}`),
        nothing,
      ),
    ],
    [
      'Checked with',
      `${row(profile)} (${rulesRun} rules)${configuration ? `, configuration ${tag('code', {}, text(configuration))}` : ', no configuration'}, dates judged by ${said(judgedBy)}`,
    ],
  ];
  return facts(all);
}

function figure(title: string, label: string, picture: AuditPicture | undefined): string {
  if (!picture) return '';
  return [
    title,
    tag(
      'div',
      { class: 'wide picture', role: 'group', 'aria-label': label, tabindex: 0 },
      tag('div', { class: 'in-light' }, picture.light),
      tag('div', { class: 'in-dark' }, picture.dark),
      tag('div', { class: 'in-print' }, picture.print),
    ),
  ].join('');
}

function stepsPart({ design }: WorkflowRecord, id: string, names: Names): string {
  if (design.steps.length === 0) return '';
  const rows = design.steps.map((step) => [
    titled(step.title, step.id),
    text(step.kind),
    [
      row(step.by.map(names.actor)),
      ...(step.assistedBy.length > 0 ? [`assisted by ${row(step.assistedBy.map(names.actor))}`] : []),
      ...(step.decides ? [`${text(names.actor(step.decides))} decides`] : []),
    ].join('; '),
    step.mode ? text(step.mode) : nothing,
    row(step.reads.map(names.data)),
    row(step.writes.map(names.data)),
    step.within === undefined ? nothing : text(step.within),
    lines([
      ...(step.next.length > 0 ? [row(step.next.map(names.step))] : []),
      ...Object.entries(step.on).map(([outcome, to]) => `${text(outcome)}: ${row(to.map(names.step))}`),
    ]),
  ]);
  return (
    heading(3, `${id}-steps`, 'Steps') +
    table({
      caption: 'Steps in the order of the file',
      heads: ['Step', 'Kind', 'By', 'AI takes part', 'Uses', 'Makes', 'Limit', 'Then'],
      rows,
    })
  );
}

const letters: Readonly<Record<string, readonly [letter: string, word: string]>> = {
  responsible: ['R', 'responsible'],
  accountable: ['A', 'accountable'],
  supports: ['S', 'supports'],
  verifies: ['V', 'verifies the work of an AI'],
  consulted: ['C', 'consulted'],
  informed: ['I', 'informed'],
};

function responsibilitiesPart({ design: { responsibilities, actors } }: WorkflowRecord, id: string): string {
  if (responsibilities.length === 0) return '';
  const used = new Set(responsibilities.flatMap(({ roles }) => Object.keys(roles)));
  const shown = actors.filter((actor) => used.has(actor.id));
  const cell = ({ roles }: ResponsibilityRecord, actor: string) =>
    (roles[actor] ?? [])
      .map((role) => tag('abbr', { title: letters[role]?.[1] ?? role }, text(letters[role]?.[0] ?? role)))
      .join(' ') || '<span class="quiet" aria-label="no role">·</span>';
  const legend = Object.values(letters).map(([letter, word]) => `${tag('strong', {}, letter)} ${word}`);
  return [
    heading(3, `${id}-raci`, 'Responsibilities (RACI)'),
    tag('p', { class: 'quiet' }, `${legend.join(' · ')} · one A is taken from the workflow where the step names none`),
    table({
      caption: 'Who is responsible, accountable, consulted and informed',
      heads: ['Step', ...shown.map(({ title, kind }) => `${title} (${kind})`)],
      rows: responsibilities.map((each) => [
        titled(each.title, each.step),
        ...shown.map((actor) => cell(each, actor.id)),
      ]),
      className: 'raci',
    }),
  ].join('');
}
