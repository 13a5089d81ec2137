/**
 * A workflow of high risk that does not say what happens in a serious incident: who sees it, how work is suspended, who is
 * told in time and who corrects the cause. Declare `incident`.
 */
import { durationText, statedDuration } from '../../analysis/step-time.ts';
import { addBlock } from '../../language/edit.ts';
import { type Actor, isHuman, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import type { FileFields } from '../../language/vocabulary.ts';
import { joined } from '../../language/wording.ts';
import { here } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, iso42001, nistAiRmf, nistGenAi } from '../standards.ts';

type Incident = NonNullable<FileFields['incident']>;

const day = 24 * 60;
/** From awareness, by what happened (Article 73); the most special case first. */
const limits = [
  { about: /widespread|critical infrastructure/i, days: 2, because: 'a widespread incident' },
  { about: /\bdeath|\bdied\b|\bdies\b|\bfatal/i, days: 10, because: 'a death' },
] as const;
const longest = 15;

export const incidentPath: Rule = {
  id: 'visibility/incident-path',
  severity: 'error',
  summary:
    'Where the risk is high, a serious incident is seen, work is suspended, people are told in time, and a person corrects it.',
  seed: ['S7', 'S15'],
  clauses: [
    ...['26(5)', '73(2)', '73(3)', '73(5)', '20'].map(euAiAct),
    iso42001('A.8.4'),
    iso42001('10.2'),
    nistAiRmf('MANAGE 4.3'),
    nistGenAi('MG-4.3-001'),
  ],
  check({ workflow }, report) {
    const { fields } = workflow;
    const tier = fields?.risk?.tier;
    if (tier?.value !== 'high' || !fields) return;
    const { incident } = fields;
    if (!fields.$.keyRange('incident')) {
      report({
        range: tier.range,
        place: 'workflow',
        message:
          "The risk is high, and nothing says what happens in a serious incident. Add 'incident': who sees it, how work is suspended, who is told, who corrects it.",
        witness: here('workflow', tier.range, 'the risk is high'),
        fixes: () => scaffold(workflow),
      });
      return;
    }
    if (!incident) return;
    checkParts(incident, workflow, report);
    checkTimes(incident, report);
  },
};

function checkParts(incident: Incident, workflow: Workflow, report: Report): void {
  const range = workflow.fields?.$.keyRange('incident') ?? incident.$.range;
  const missing = [
    ...(isMissing(incident, 'detect') ? ["who or what sees it ('detect')"] : []),
    ...(isMissing(incident, 'suspend') ? ["how work is suspended ('suspend')"] : []),
    ...(isMissing(incident, 'notify') ? ["who is told ('notify')"] : []),
    ...(isMissing(incident, 'correct') ? ["who corrects the cause ('correct')"] : []),
  ];
  if (missing.length > 0)
    report({
      range,
      place: 'workflow',
      message: `The incident path does not say ${joined(missing, 'or')}. Add ${missing.length > 1 ? 'them' : 'it'}.`,
      witness: here('workflow', range, `lacks ${missing.length} of its 4 parts`),
    });
  const owner = workflow.actors.get(incident.correct?.by?.name ?? '');
  if (!incident.correct?.by || !owner || owner.kind === undefined || isHuman(owner)) return;
  report({
    range: incident.correct.by.range,
    place: 'workflow',
    message: `'${owner.id}' corrects the cause of an incident and is of the kind '${owner.kind}'. Name a person's role.`,
    witness: here('workflow', incident.correct.by.range, 'no person answers for the correction'),
  });
}

/** The key is not there; one that is there and cannot be read is reported as that. An empty list is nothing. */
function isMissing(incident: Incident, key: 'detect' | 'suspend' | 'notify' | 'correct'): boolean {
  const value = incident[key];
  return !incident.$.keyRange(key) || (Array.isArray(value) && value.length === 0);
}

/** Each notification that has a time of its own to keep, and the soonest of the others. */
function checkTimes(incident: Incident, report: Report): void {
  const notes = (incident.notify ?? []).map((note) => {
    const special = limits.find(({ about }) => about.test(note.when?.value ?? ''));
    const time = statedDuration(note.within);
    return { note, time, days: special?.days ?? longest, because: special?.because ?? 'a serious incident', special };
  });
  if (notes.length === 0) return;
  const timeOf = ({ time }: (typeof notes)[number]) => time?.minutes ?? Number.POSITIVE_INFINITY;
  const [soonest] = notes.filter(({ special }) => !special).sort((one, other) => timeOf(one) - timeOf(other));
  for (const entry of notes) {
    const { note, time, days, because, special } = entry;
    if ((!special && entry !== soonest) || !note.within) continue;
    if (!time || time.minutes <= days * day) continue;
    report({
      range: note.within.range,
      place: 'workflow',
      message: `${note.to ? `'${note.to.name}'` : 'Somebody'} is told of ${because} after ${durationText(time)}; ${days} days from awareness are the most. Tell them sooner.`,
      witness: here('workflow', note.within.range, `${durationText(time)}, and ${days}d are the most`),
      fixes: [
        {
          title: `Tell them within ${days}d`,
          edits: [{ range: note.within.range, text: `${days}d` }],
          safety: 'meaning-changing',
        },
      ],
    });
  }
  if (notes.some(({ note }) => note.within !== undefined || note.$.keyRange('within'))) return;
  const range = incident.$.keyRange('notify') ?? incident.$.range;
  report({
    range,
    place: 'workflow',
    message: `Nothing says how soon people are told of an incident; ${longest} days from awareness are the most. Add 'within'.`,
    witness: here('workflow', range, 'no notification has a time'),
  });
}

/** Stops at the stop control, and tells and lets correct whoever is accountable. */
function scaffold({ file, fields, actors }: Workflow): readonly Fix[] {
  if (file.root?.kind !== 'map') return [];
  const accountable = actors.get(fields?.accountable?.[0]?.name ?? '');
  const person: Actor | undefined = accountable && isHuman(accountable) ? accountable : undefined;
  if (!person || !fields?.stop) return [];
  const edits = addBlock(file.text, file.root, [
    'incident:',
    '  detect: [report by anyone who takes part]',
    '  suspend: stop',
    '  notify:',
    `    - { to: ${person.id}, when: any serious incident, within: 1d }`,
    `  correct: { by: ${person.id}, within: 15d }`,
  ]);
  return edits ? [{ title: `Begin an incident path with '${person.id}'`, edits, safety: 'meaning-changing' }] : [];
}
