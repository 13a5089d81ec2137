// The registers of one workflow on the page of an audit: handoffs, data, stores, AI, effects and decisions.
import { tag } from '../picture/markup.ts';
import type { EffectRecord } from './audit-effects.ts';
import { aiPart } from './audit-html-ai.ts';
import {
  badge,
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
import type { WorkflowRecord } from './audit-records.ts';
import type { AccessRecord, DataRecord } from './audit-registers.ts';
import type { KeptRecord } from './audit-values.ts';
import { text } from './html-finding.ts';

/** The parts in order, each with its heading; empty for a register without entries. */
export function registersPart(record: WorkflowRecord, id: string, names: Names): readonly string[] {
  return [
    handoffsPart(record, id, names),
    dataPart(record, id, names),
    aiPart(record, id, names),
    effectsPart(record, id, names),
    decisionsPart(record, id, names),
  ];
}

function handoffsPart({ handoffs }: WorkflowRecord, id: string, names: Names): string {
  if (handoffs.length === 0) return '';
  const rows = handoffs.map((handoff) => [
    `${row(handoff.from.map(names.actor))} → ${row(handoff.to.map(names.actor))}${handoff.betweenHumanAndAi ? ` ${badge('human and AI', 'info')}` : ''}`,
    [
      handoff.fromStep === undefined ? 'start' : text(names.step(handoff.fromStep)),
      ' → ',
      text(names.step(handoff.toStep)),
      ...(handoff.at.length > 0 ? [` <span class="quiet">at ${row(handoff.at)}</span>`] : []),
    ].join(''),
    row(handoff.payload.map(names.data)),
    handoff.contract ? 'yes' : badge('none', 'warning'),
    handoff.automatic ? 'by itself' : said(handoff.ack),
    handoff.ownerUntilAck === undefined ? 'sender' : text(names.actor(handoff.ownerUntilAck)),
    lines(
      [
        ...(handoff.acceptIf === undefined ? [] : [`only if ${tag('code', {}, text(handoff.acceptIf))}`]),
        ...(handoff.onReject.length > 0 ? [`refused: ${row(handoff.onReject.map(names.step))}`] : []),
        ...(handoff.context.length > 0 ? [`shown: ${row(handoff.context)}`] : []),
      ],
      notStated,
    ),
    handoff.within === undefined ? notStated : text(handoff.within),
  ]);
  return (
    heading(3, `${id}-handoffs`, 'Handoff register') +
    table({
      caption: 'Work that changes hands, and on which terms',
      heads: [
        'From and to',
        'Steps',
        'What is passed',
        'Contract',
        'Confirmed in',
        'Owner until then',
        'Terms',
        'Done in',
      ],
      rows,
    })
  );
}

function dataPart({ data, stores }: WorkflowRecord, id: string, names: Names): string {
  const parts: string[] = [];
  if (data.length > 0) parts.push(heading(3, `${id}-data`, 'Data-flow register'));
  parts.push(
    table({
      caption: 'Data, who makes it, and to whom it comes',
      heads: ['Data', 'Class and labels', 'Purpose', 'Kept', 'Made by', 'Comes to'],
      rows: data.map((datum) => [
        titled(datum.title, datum.id),
        classOf(datum),
        row(datum.purposes, notStated),
        `${kept(datum.retain)}${datum.store === undefined ? '' : `, in ${text(datum.store)}`}`,
        lines([
          ...(datum.givenAtStartBy
            ? [`given at the start <span class="quiet">${row(datum.givenAtStartBy.map(names.actor), '')}</span>`]
            : []),
          ...datum.writtenBy.map(
            ({ step, by }) => `${text(names.step(step))} <span class="quiet">${row(by.map(names.actor), '')}</span>`,
          ),
        ]),
        lines(datum.comesTo.map((access) => accessOf(access, names))),
      ]),
    }),
    table({
      caption: 'Stores in which data outlives a case',
      heads: ['Store', 'Kind', 'Kept', 'Only appended', 'Region', 'Cleared for', 'Writers', 'Administrators'],
      rows: stores.map((store) => [
        titled(store.title, store.id),
        said(store.kind),
        kept(store.retain),
        yesNo(store.appendOnly),
        said(store.region),
        said(store.clearance),
        row(store.writers.map(names.actor), notStated),
        row(store.admins.map(names.actor), notStated),
      ]),
    }),
  );
  return parts.join('');
}

function classOf({ class: own, labels, origin, trust, basis }: DataRecord): string {
  return lines([
    said(own),
    ...(labels.length > 0 ? [`labels: ${row(labels)}`] : []),
    ...(origin.length > 0 ? [`made by: ${row(origin)}`] : []),
    ...(trust === undefined ? [] : [text(trust)]),
    ...(basis === undefined ? [] : [`basis: ${text(basis)}`]),
  ]);
}

function accessOf({ to, kind, how, steps, cleared, models = [] }: AccessRecord, names: Names): string {
  const places = models.map(({ provider, region, trainsOnInput }) =>
    [
      provider ?? 'provider not stated',
      ...(region ? [region] : []),
      ...(trainsOnInput ? ['trains on input'] : []),
    ].join(', '),
  );
  return [
    kind === 'actor' ? text(names.actor(to)) : `store ${text(to)}`,
    ` ${text(how)} it`,
    ` <span class="quiet">(${row(steps.map(names.step))})</span>`,
    ...(cleared ? [] : [` ${badge('beyond its clearance', 'error')}`]),
    ...(places.length > 0 ? [` <span class="quiet">models: ${text(places.join('; '))}</span>`] : []),
  ].join('');
}

function kept(retain: KeptRecord | undefined): string {
  if (!retain) return notStated;
  const { min, max } = retain;
  return [...(min ? [`at least ${text(min)}`] : []), ...(max ? [`at most ${text(max)}`] : [])].join(', ') || notStated;
}

const standings: Readonly<Record<EffectRecord['standing'], readonly [word: string, kind: string]>> = {
  approved: ['on every path', 'good'],
  open: ['not on every path', 'warning'],
  'no-ai': ['no unseen work of an AI', 'neutral'],
  admitted: ['admitted by policy', 'accepted'],
  unknown: ['cannot be decided', 'warning'],
  'no-data': ['names no data', 'neutral'],
  light: ['need not be', 'neutral'],
  unreachable: ['never reached', 'neutral'],
};

function effectsPart({ effects }: WorkflowRecord, id: string, names: Names): string {
  if (effects.length === 0) return '';
  return (
    heading(3, `${id}-effects`, 'Effects and who approves them') +
    table({
      caption: 'What the workflow does in the world',
      heads: ['Effect', 'By', 'Weight', 'Uses', 'Approved or reviewed in', 'Judged by people'],
      rows: effects.map((effect) => {
        const weight = [
          ...(effect.irreversible ? ['cannot be taken back'] : []),
          ...(effect.external ? ['leaves the house'] : []),
        ];
        const [word, kind] = standings[effect.standing];
        return [
          `${text(effect.kind)} in ${text(names.step(effect.step))}${effect.to ? ` to ${text(names.actor(effect.to))}` : ''}`,
          `${row(effect.by.map(names.actor))}${effect.byAi ? ` ${badge('AI', 'info')}` : ''}`,
          row(weight),
          row(effect.data.map(names.data)),
          lines([
            ...effect.judgedBy.map(({ step, by }) => `${text(names.step(step))}, by ${row(by.map(names.actor))}`),
            ...(effect.admittedBy === undefined ? [] : [`policy ${text(effect.admittedBy)}`]),
          ]),
          badge(word, kind),
        ];
      }),
    })
  );
}

function decisionsPart({ decisions }: WorkflowRecord, id: string, names: Names): string {
  if (decisions.length === 0) return '';
  return (
    heading(3, `${id}-decisions`, 'Decisions about people') +
    table({
      caption: 'Decisions, about whom and by whom',
      heads: ['Decision', 'About', 'Weight', 'Decided by', 'Outcomes', 'Part of an AI', 'Legal basis'],
      rows: decisions.map((decision) => [
        text(names.step(decision.step)),
        text(names.actor(decision.about)),
        decision.significant ? 'legal or similarly significant' : 'no significant effect is stated',
        row(decision.by.map(names.actor), notStated),
        row(decision.outcomes, notStated),
        decision.ai ? `${text(names.actor(decision.ai.agent))} in ${text(names.step(decision.ai.step))}` : nothing,
        said(decision.basis),
      ]),
    })
  );
}
