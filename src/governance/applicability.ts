// What each rule needs to find in a design before it can say anything: an AI at work, an effect, a handoff, a timer. A rule
// without a subject is not applicable, and never counts as satisfied.
import type { Analyses } from '../analysis/analyses.ts';
import { autonomyOf } from '../analysis/autonomy.ts';
import { zoneMessages } from '../analysis/channels.ts';
import { dataNeeds } from '../analysis/data-needs.ts';
import { dataSinks } from '../analysis/data-sinks.ts';
import { decisionsAbout } from '../analysis/decisions-about.ts';
import { effectsOf } from '../analysis/effects.ts';
import { agentsIn, canLog, hasEffect, logOf } from '../analysis/logging.ts';
import { endsWork } from '../analysis/silent-ends.ts';
import { minutesOfLook } from '../analysis/workload.ts';
import { isAi, isHuman, isJudgment, isPerson } from '../language/model.ts';
import { awaitsEvent, outcomesOf } from '../language/outcomes.ts';
import type { Rule } from '../rules/rule.ts';
import type { Settings } from '../rules/settings.ts';
import {
  type Applies,
  actors,
  aiPerforms,
  aiTakesPart,
  approvedEffect,
  both,
  callsTools,
  decidesOnData,
  declaresAgent,
  delegates,
  either,
  fields,
  goesRound,
  hasBase,
  hasDuties,
  hasEffects,
  hasGraveEffect,
  hasGuards,
  hasSecrets,
  hasSteps,
  hasVolume,
  isHandedOver,
  isHighRisk,
  isSpecial,
  isWorkflow,
  keepsForATime,
  peopleJudgeAi,
  readByAi,
  someNode,
  someStep,
  weighs,
  writesWithAi,
  writtenAtOnce,
} from './subjects.ts';

/** True where the rule has a subject in the design. Rules of a project tell it themselves. */
export function isApplicable(rule: Rule, analyses: Analyses, settings: Settings): boolean {
  if (rule.applies) return rule.applies(analyses);
  return applicability.get(rule.id)?.(rule.across ? analyses.whole : analyses, settings) ?? true;
}

/** True where the rule compares dates with the day of the check, so that without a day it has not looked at them. */
export function judgesDates(rule: Rule): boolean {
  return dated.has(rule.id);
}

const dated: ReadonlySet<string> = new Set([
  'oversight/reviewer-competence',
  'accountability/waiver-expiry',
  'performance/eval-evidence-stale',
  'improvement/review-cadence',
]);

/** By rule id, in the order of the registry. */
export const applicability: ReadonlyMap<string, Applies> = new Map(
  Object.entries<Applies>({
    'structure/unresolved-reference': ({ workflow }) => workflow.fields !== undefined,
    'structure/unreachable-step': hasSteps,
    'structure/no-path-to-end': hasSteps,
    'structure/unsound-join': hasSteps,
    'structure/participation-mode': either(
      aiTakesPart,
      someStep((step) => step.fields.mode !== undefined),
    ),
    'structure/mode-actor-mismatch': someStep(
      ({ fields: { mode }, performers, assistants }) => mode !== undefined && [...performers, ...assistants].some(isAi),
    ),
    'structure/readability': hasSteps,
    'flow/condition-gap': hasGuards,
    'flow/ambiguous-branch': hasGuards,
    'flow/unbounded-loop': goesRound,
    'flow/wait-without-timeout': someStep((step) => step.kind === 'wait' && awaitsEvent(step)),
    'flow/unhandled-outcome': someNode(({ step, performers }, { workflow }) =>
      step ? outcomesOf(step, performers, workflow).some(({ name }) => name !== 'done' && name !== 'completed') : false,
    ),
    'flow/timeout-fails-open': approvedEffect,
    'flow/fallback-drops-control': both(
      ({ graph }) => graph.edges.some(({ kind }) => kind === 'exceptional'),
      either(
        hasEffects,
        someStep((step) => step.fields.sandbox?.value === true),
      ),
    ),
    'flow/retry-unsafe-effect': both(
      someStep(({ fields: { effects = [] } }) =>
        effects.some(({ irreversible, external }) => irreversible?.value || external?.value),
      ),
      either(
        goesRound,
        someStep((step) => step.fields.retry !== undefined),
      ),
    ),
    'flow/race-on-artifact': writtenAtOnce,
    'ownership/exactly-one-accountable': hasSteps,
    'ownership/accountable-is-human': either(
      ({ workflow }) => (workflow.fields?.accountable?.length ?? 0) > 0,
      someStep((step) => (step.fields.accountable?.length ?? 0) > 0),
    ),
    'ownership/performer-resolvable': someNode(({ performers }) => performers.length > 0),
    'ownership/agent-identity-and-sponsor': declaresAgent,
    'ownership/external-party-allocated': someNode(({ performers }) =>
      performers.some(({ kind }) => kind === 'vendor' || kind === 'external'),
    ),
    'handoff/contract-required': isHandedOver,
    'handoff/payload-unavailable': (analyses) => dataNeeds(analyses).length > 0,
    'handoff/rejectable': ({ handoffs }) => handoffs.some(({ receiver }) => receiver.performers.some(isHuman)),
    'handoff/ownership-gap': ({ handoffs }) => handoffs.some(({ terms }) => terms.ack !== undefined),
    'handoff/ai-to-human-context': ({ handoffs }) =>
      handoffs.some(
        ({ senders, receiver: { step, performers } }) =>
          senders.some(isAi) && performers.every(isPerson) && step !== undefined && isJudgment(step),
      ),
    'handoff/escalation-dead-end': either(
      someStep((step) => (step.fields.escalate?.length ?? 0) > 0),
      ({ graph }) => graph.edges.some(({ outcome }) => outcome === 'timeout' || outcome === 'escalation'),
    ),
    'oversight/irreversible-unapproved': both(hasGraveEffect, aiTakesPart),
    'oversight/approval-stale': approvedEffect,
    'oversight/approve-what-executes': approvedEffect,
    'oversight/override-possible': either(peopleJudgeAi, approvedEffect),
    'oversight/stop-control': both(
      aiPerforms,
      either(
        (analyses) => actors(analyses).some(({ fields: { autonomy } }) => /^L[345]$/.test(autonomy?.value ?? '')),
        someStep((step, { graph }) => effectsOf(step, graph.workflow).some(({ irreversible }) => irreversible)),
      ),
    ),
    'oversight/solely-automated-decision': weighs,
    'oversight/contest-route': weighs,
    'oversight/two-person': either(
      someStep(({ fields: { dual, biometric } }) => {
        return dual?.value === true || biometric?.value === 'remote-identification';
      }),
      both((_analyses, { parameters }) => parameters.dualApproval !== undefined, hasEffects),
    ),
    'oversight/review-capacity': both(
      hasVolume,
      someNode(({ step, performers }) => {
        const [actor] = performers;
        return step !== undefined && isJudgment(step) && actor?.fields.capacity?.minutesPerDay !== undefined;
      }),
    ),
    'oversight/review-time-vs-sla': someStep((step) => {
      const { fields: own, within } = step;
      return (
        isJudgment(step) && (own.batch !== undefined || (within !== undefined && minutesOfLook(step) !== undefined))
      );
    }),
    'oversight/gate-self-assessed': both(
      aiTakesPart,
      either(
        hasGuards,
        someStep((step) => step.fields.gate !== undefined),
      ),
    ),
    'oversight/self-review': someStep(({ kind }) => kind === 'approval' || kind === 'review' || kind === 'decision'),
    'oversight/autonomy-within-tier': (analyses) => analyses.derived(autonomyOf).size > 0,
    'oversight/reviewer-competence': both(isHighRisk, peopleJudgeAi),
    'oversight/automation-bias-controls': both(isHighRisk, peopleJudgeAi),
    'accountability/unreviewed-ai-to-sink': both(hasGraveEffect, aiTakesPart),
    'accountability/provenance-required': writesWithAi,
    'accountability/origin-laundering': both(aiTakesPart, ({ graph }) =>
      [...graph.workflow.data.values()].some(({ fields: { origin = [] } }) => {
        return origin.length > 0 && origin.every(({ value }) => value !== 'ai');
      }),
    ),
    'accountability/segregation-of-duties': either(
      hasDuties,
      both((_analyses, { parameters }) => parameters.sodRequired === true, hasEffects),
    ),
    'accountability/sod-via-agent': both(hasDuties, (analyses) => actors(analyses).some(isAi)),
    'accountability/authority-limit': someNode(
      ({ step, performers }) =>
        ['approval', 'decision', 'contest'].includes(step?.kind ?? '') && performers.some(isHuman),
    ),
    'accountability/disclosure-first': both(
      aiTakesPart,
      either(
        (analyses) => decisionsAbout(analyses.graph.workflow).length > 0,
        someStep((step, { graph }) => effectsOf(step, graph.workflow).some(({ kind }) => kind === 'message')),
      ),
    ),
    'accountability/ai-content-marked': both(
      aiTakesPart,
      someStep((step, { graph }) => effectsOf(step, graph.workflow).some(({ kind }) => kind === 'publish')),
    ),
    'accountability/reasons-recorded': (analyses) =>
      decisionsAbout(analyses.workflow).some(({ significant }) => significant),
    'accountability/impact-assessment': both(isHighRisk, ({ workflow }) => !workflow.library),
    'accountability/waiver-expiry': ({ workflow }) => (workflow.fields?.waivers?.length ?? 0) > 0,
    'visibility/audit-log': someStep(
      (step, { workflow }) => canLog(step) && (agentsIn(step, workflow).length > 0 || hasEffect(step, workflow)),
    ),
    'visibility/log-retention': both(
      someStep((step, { workflow }) => logOf(step, workflow).record !== undefined),
      either((_analyses, { parameters }) => (parameters.logRetention ?? 0) > 0, isHighRisk),
    ),
    'visibility/log-tamper-separation': someStep((step, { workflow }) => logOf(step, workflow).store !== undefined),
    'visibility/silent-outcome': either(someStep(endsWork), aiPerforms),
    'visibility/human-decision-recorded': someStep(
      ({ kind, performers }) =>
        ['approval', 'review', 'decision'].includes(kind ?? '') && performers.length > 0 && performers.every(isPerson),
    ),
    'visibility/monitor-unsupervised-ai': both(({ graph }) => !graph.workflow.library, aiPerforms),
    'visibility/incident-path': isHighRisk,
    'data/classification-declared': ({ graph }) => graph.workflow.data.size > 0,
    'data/clearance': (analyses) => analyses.derived(dataSinks).length > 0,
    'data/purpose-mismatch': both(
      someStep((step) => step.fields.purpose !== undefined),
      ({ graph }) => [...graph.workflow.data.values()].some((data) => (data.fields.purpose?.length ?? 0) > 0),
    ),
    'data/special-category-in-decision': both(isSpecial, decidesOnData),
    'data/unused-input': readByAi,
    'data/retention-conflict': keepsForATime,
    'data/feedback-loop': both(aiTakesPart, ({ graph }) => graph.workflow.stores.size > 0),
    'data/input-quality-gate': both(isHighRisk, readByAi),
    'agent/excess-privilege': declaresAgent,
    'agent/undeclared-effect': callsTools,
    'agent/trifecta': both(aiTakesPart, hasSecrets, either(hasEffects, callsTools)),
    'agent/untrusted-to-irreversible': both(aiTakesPart, hasEffects),
    'agent/delegation-depth': either(
      delegates,
      someStep((step) => step.fields.detached?.value === true),
    ),
    'agent/delegation-amplifies': delegates,
    'agent/budget-cap': either(declaresAgent, both(goesRound, hasEffects)),
    'agent/unpinned-model-or-tool': ({ workflow }) =>
      [...workflow.actors.values()].some(({ kind, uri, fields: { model, tools } }) => {
        return kind === 'agent' && uri === workflow.file.uri && ((model?.length ?? 0) > 0 || (tools?.size ?? 0) > 0);
      }),
    'agent/generated-code-unsandboxed': both(aiTakesPart, either(hasEffects, callsTools)),
    'agent/stop-reaches-subagents': both(
      ({ workflow }) => workflow.fields?.stop !== undefined,
      either(
        delegates,
        someStep((step) => step.fields.detached?.value === true),
      ),
    ),
    'agent/interagent-unauthenticated': either(
      (analyses) => zoneMessages(analyses).length > 0,
      (analyses) =>
        actors(analyses).some(({ fields: { tools } }) =>
          [...(tools?.values() ?? [])].some(({ value }) => value?.server),
        ),
    ),
    'performance/sla-overrun': (analyses) => (fields(analyses)?.sla?.length ?? 0) > 0,
    'performance/timer-order': someStep(({ fields: { escalate = [], timers = [] }, scope, within }) => {
      return escalate.length > 0 || timers.length > 0 || (within !== undefined && scope !== undefined);
    }),
    'performance/legal-deadline': (analyses) => (fields(analyses)?.obligations?.length ?? 0) > 0,
    'performance/metric-with-target': either(aiPerforms, ({ workflow }) => (workflow.fields?.metrics?.length ?? 0) > 0),
    'performance/eval-evidence-stale': aiTakesPart,
    'performance/queue-unstable': hasVolume,
    'improvement/overrides-feed-back': either(peopleJudgeAi, ({ workflow }) => workflow.fields?.feedback !== undefined),
    'improvement/override-rate-monitored': peopleJudgeAi,
    'improvement/change-without-reeval': both(hasBase, aiTakesPart),
    'improvement/control-regression': hasBase,
    'improvement/review-cadence': both(isWorkflow, ({ workflow }) => workflow.fields?.status?.value !== 'retired'),
  }),
);
