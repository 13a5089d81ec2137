/**
 * Parallel work does not meet as its joins say: a join waits for ever, siblings go on one by one and do twice what comes
 * next, or the case ends while a sibling is at work. Change the `join`, or let the end `terminate` the rest.
 */
import { type SoundnessFault, soundnessOf } from '../../analysis/soundness.ts';
import { addEntry, replace } from '../../language/edit.ts';
import type { Step, Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { joined } from '../../language/wording.ts';
import { along, here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { sevenGuidelines, soundness } from '../standards.ts';
import { hasOpenTarget } from './unreachable-step.ts';

export const unsoundJoin: Rule = {
  id: 'structure/unsound-join',
  severity: 'error',
  summary: 'Parallel work meets again: no join waits for ever, nothing runs twice, and the case ends once.',
  seed: ['S3', 'S16'],
  clauses: [soundness('(ii) proper completion'), sevenGuidelines('G4')],
  check(analyses, report) {
    const { workflow } = analyses.graph;
    if (workflow.library || hasOpenTarget(workflow)) return;
    const { faults, unknown } = analyses.derived(soundnessOf);
    for (const fault of faults) {
      const { step } = fault.node;
      if (!step) continue;
      report({
        range: step.fields.$.keyRange(fault.kind === 'early-end' ? 'outcome' : 'join') ?? step.range,
        place: step.id,
        message: messageOf(fault, step),
        witness: along(fault.run, noteOf(fault)),
        severity: fault.kind === 'early-end' && !fault.exceptional ? 'warning' : 'error',
        fixes: () => fixesOf(fault, step, workflow),
      });
    }
    for (const { level, reason } of unknown) {
      const range = level?.range ?? workflow.fields?.$.keyRange('steps') ?? { start: 0, end: 0 };
      const place = level?.id ?? 'workflow';
      report({
        range,
        place,
        message: `Whether the parallel work ${level ? `in '${level.id}'` : 'of this workflow'} always meets again is not known: ${reason}. Use fewer branches, or put parts into scopes.`,
        witness: here(place, range, reason),
        verdict: 'unknown',
      });
    }
  },
};

function messageOf({ kind, others, exceptional }: SoundnessFault, { id }: Step): string {
  const all = [...new Set(others.flatMap(({ step }) => (step ? [`'${step.id}'`] : [])))];
  const names = joined(all.length > 4 ? [...all.slice(0, 3), `${all.length - 3} other steps`] : all);
  if (kind === 'stuck') {
    const from = names === '' ? 'work that never comes' : `work that never comes from ${names}`;
    return `'${id}' waits for ever: it has 'join: all', and on this path waits for ${from}. Use 'join: live', which waits for what can still arrive.`;
  }
  if (kind === 'twice') {
    const effect = names !== '' && names !== `'${id}'` ? `, and with it the effect of ${names}` : '';
    return `'${id}' runs twice${effect}: parallel branches come to it one by one, and each goes on. Let it wait for them with 'join: live'.`;
  }
  const advice = exceptional
    ? "Add 'terminate: true' to end that as well"
    : "Let the branches meet in a step with 'join: all' before the end";
  return `The case ends at '${id}' while ${names === '' ? 'something else' : names} ${all.length > 1 ? 'are' : 'is'} still at work. ${advice}.`;
}

function noteOf({ kind }: SoundnessFault): string {
  if (kind === 'stuck') return 'nothing more can come to the join from here';
  return kind === 'twice' ? 'comes here a second time' : 'ends the case while other work goes on';
}

/** The other kind of join, or an end that ends the rest with it. */
function fixesOf(
  { kind, exceptional }: SoundnessFault,
  { fields, kind: stepKind }: Step,
  workflow: Workflow,
): readonly Fix[] {
  const { text } = workflow.file;
  const { node } = fields.$;
  if (!node) return [];
  if (kind === 'early-end') {
    const edits = exceptional ? addEntry(text, node, 'terminate', 'true') : undefined;
    return edits ? [{ title: 'End the other work as well', edits, safety: 'meaning-changing' }] : [];
  }
  const range = fields.$.valueRange('join');
  const edits = range ? replace(range, 'live') : addEntry(text, node, 'join', 'live', stepKind);
  return edits ? [{ title: 'Wait for every path that can still arrive', edits, safety: 'meaning-changing' }] : [];
}
