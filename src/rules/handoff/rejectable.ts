/**
 * A person is handed work and cannot say no: what is incomplete or wrong is worked on all the same.
 * Say with `on-reject` in the contract, or with an outcome of the step, where work goes that is refused.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { completes } from '../../analysis/completion.ts';
import { effectsOf } from '../../analysis/effects.ts';
import type { FlowEdge } from '../../analysis/flow-graph.ts';
import type { Handoff } from '../../analysis/handoffs.ts';
import { shortestPath } from '../../analysis/reachability.ts';
import { pathSteps } from '../../analysis/witness.ts';
import { addEntry } from '../../language/edit.ts';
import { addTo } from '../../language/groups.ts';
import { isAi, isHuman, type Step } from '../../language/model.ts';
import { declaredOutcomes } from '../../language/outcomes.ts';
import type { Fix } from '../../language/problem.ts';
import { joined, quoted } from '../../language/wording.ts';
import { along } from '../evidence.ts';
import { ownStep } from '../flow/own-step.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, nistAiRmf } from '../standards.ts';

export const rejectable: Rule = {
  id: 'handoff/rejectable',
  severity: 'warning',
  summary:
    'A person who is handed work can refuse it, and what is refused goes back, to whoever owns it, or to an end.',
  seed: ['S12'],
  clauses: [euAiAct('14(4)(d)'), nistAiRmf('MANAGE 4.1')],
  check(analyses, report) {
    const { handoffs, reachability } = analyses;
    const open = new Map<Step, Handoff[]>();
    const said = new Set<number>();
    for (const handoff of handoffs) {
      const { receiver, path, isUnknown, terms } = handoff;
      const { step } = receiver;
      const isReached = path[0] !== undefined && reachability.isReachable(path[0].from);
      // Where the sender did not finish, nobody offers anything: that is an escalation.
      const isOffered = path[0] !== undefined && (path[0].outcome === undefined || completes(path[0]));
      if (!step || !isReached || isUnknown || !isOffered || !isJudgedBy(handoff)) continue;
      const refusals = refusalsOf(handoff);
      if (refusals.length === 0 && !terms.onReject && !hasAnswers(step)) addTo(open, step, handoff);
      for (const refusal of refusals) {
        const way = effectBefore(refusal, handoff, analyses);
        if (!way || said.has(refusal.range.start)) continue;
        said.add(refusal.range.start);
        reportEffect(refusal, way, handoff, report);
      }
    }
    for (const [step, missing] of open) reportMissing(step, missing, analyses, report);
  },
};

/** People of the house, handed work by an AI, by each other, or by a supplier; what outsiders ask for and systems file is no offer. */
function isJudgedBy({ senders, receiver }: Handoff): boolean {
  const offers = senders.some((sender) => isAi(sender) || isHuman(sender) || sender.kind === 'vendor');
  return offers && receiver.performers.length > 0 && receiver.performers.every(isHuman);
}

/** Edges by which the receiver refuses: before beginning, or by an outcome of the step. */
function refusalsOf({ receiver, path, terms: { onReject } }: Handoff): readonly FlowEdge[] {
  const range =
    onReject?.kind === 'step' ? onReject.step.range : onReject?.kind === 'link' ? onReject.link.range : undefined;
  const isOwn = (edge: FlowEdge) => edge.outcome === 'refused' && edge.range.start === range?.start;
  const later = receiver.out.filter(({ outcome, exhausted }) => outcome === 'reject' && !exhausted);
  return [...(path.at(-1)?.from.out ?? []).filter(isOwn), ...later];
}

/** A judgment with outcomes of its own says no in its own words. */
function hasAnswers(step: Step): boolean {
  return declaredOutcomes(step).length > 1 || step.kind === 'contest';
}

/** A way from a refusal back to the step itself and its effect, before the work is with the sender, an owner or at an end. */
function effectBefore(
  refusal: FlowEdge,
  { senders, receiver }: Handoff,
  { graph }: Analyses,
): readonly FlowEdge[] | undefined {
  const { workflow } = graph;
  if (!receiver.step || effectsOf(receiver.step, workflow).length === 0) return undefined;
  const accountable = receiver.step.fields.accountable ?? workflow.fields?.accountable ?? [];
  const owners = new Set([
    ...senders.flatMap(({ id, fields }) => [id, fields.sponsor?.name]),
    ...accountable.map(({ name }) => name),
  ]);
  const passes = ({ kind, from }: FlowEdge) => kind !== 'message' && !from.performers.some(({ id }) => owners.has(id));
  const rest = shortestPath([refusal.to], ({ step }) => step === receiver.step, passes);
  return rest && [refusal, ...rest];
}

function reportEffect(refusal: FlowEdge, way: readonly FlowEdge[], { receiver }: Handoff, report: Report): void {
  const who = quoted(receiver.performers.map(({ id }) => id));
  report({
    range: refusal.range,
    place: receiver.step?.id ?? 'workflow',
    message:
      `What ${who} refuses comes back to '${receiver.step?.id}' and takes effect there all the same. ` +
      'Lead it to the sender, to whoever owns it, or to an end.',
    witness: along(way, 'has an effect, although the work was refused'),
  });
}

function reportMissing(step: Step, missing: readonly Handoff[], analyses: Analyses, report: Report): void {
  const senders = [...new Set(missing.flatMap(({ senders: actors }) => actors.map(({ id }) => `'${id}'`)))];
  const who = quoted(
    (missing[0]?.receiver.performers ?? []).map(({ id }) => id),
    'or',
  );
  report({
    range: step.fields.$.keyRange('accepts') ?? step.range,
    place: step.id,
    message:
      `${who} cannot refuse what comes from ${joined(senders)} to '${step.id}'. ` +
      "Say with 'on-reject' in 'accepts' where refused work goes.",
    witness: missing.flatMap(({ path }) =>
      pathSteps(path, (node) => (node.step === step ? 'is handed the work, and no refusal leads on' : '')),
    ),
    fixes: () => refuse(step, analyses),
  });
}

/** Refused work goes to a task of whoever is accountable, from which it does not come back. */
function refuse(step: Step, { graph }: Analyses): readonly Fix[] {
  const { workflow } = graph;
  const { text } = workflow.file;
  const { node, valueRange } = step.fields.$;
  const owner = ownStep(step, graph, workflow, ({ kind }) => kind === 'task');
  if (!node || !owner) return [];
  const written = node.entries.find(({ key }) => key.text === 'accepts')?.value;
  const range = valueRange('accepts');
  const terms = `{ on-reject: ${owner.id} }`;
  const name = written?.kind === 'scalar' && range ? text.slice(range.start, range.end) : undefined;
  const edits =
    written?.kind === 'map'
      ? addEntry(text, written, 'on-reject', owner.id)
      : name && range && /^[\w-]+$/.test(name)
        ? [{ range, text: `[${name}, ${terms}]` }]
        : written || workflow.fields?.defaults?.accepts
          ? undefined
          : addEntry(text, node, 'accepts', terms);
  return edits ? [{ title: `Let refused work go to '${owner.id}'`, edits, safety: 'meaning-changing' }] : [];
}
