// Every rule, in the order of the catalog. An explicit list: nothing is discovered by file name.
import { aiContentMarked } from './accountability/ai-content-marked.ts';
import { authorityLimit } from './accountability/authority-limit.ts';
import { disclosureFirst } from './accountability/disclosure-first.ts';
import { impactAssessment } from './accountability/impact-assessment.ts';
import { originLaundering } from './accountability/origin-laundering.ts';
import { provenanceRequired } from './accountability/provenance-required.ts';
import { reasonsRecorded } from './accountability/reasons-recorded.ts';
import { segregationOfDuties } from './accountability/segregation-of-duties.ts';
import { sodViaAgent } from './accountability/sod-via-agent.ts';
import { unreviewedAiToSink } from './accountability/unreviewed-ai-to-sink.ts';
import { waiverExpiry } from './accountability/waiver-expiry.ts';
import { budgetCap } from './agent/budget-cap.ts';
import { delegationAmplifies } from './agent/delegation-amplifies.ts';
import { delegationDepth } from './agent/delegation-depth.ts';
import { excessPrivilege } from './agent/excess-privilege.ts';
import { generatedCodeUnsandboxed } from './agent/generated-code-unsandboxed.ts';
import { interagentUnauthenticated } from './agent/interagent-unauthenticated.ts';
import { stopReachesSubagents } from './agent/stop-reaches-subagents.ts';
import { trifecta } from './agent/trifecta.ts';
import { undeclaredEffect } from './agent/undeclared-effect.ts';
import { unpinnedModelOrTool } from './agent/unpinned-model-or-tool.ts';
import { untrustedToIrreversible } from './agent/untrusted-to-irreversible.ts';
import { classificationDeclared } from './data/classification-declared.ts';
import { clearance } from './data/clearance.ts';
import { feedbackLoop } from './data/feedback-loop.ts';
import { inputQualityGate } from './data/input-quality-gate.ts';
import { purposeMismatch } from './data/purpose-mismatch.ts';
import { retentionConflict } from './data/retention-conflict.ts';
import { specialCategoryInDecision } from './data/special-category-in-decision.ts';
import { unusedInput } from './data/unused-input.ts';
import { ambiguousBranch } from './flow/ambiguous-branch.ts';
import { conditionGap } from './flow/condition-gap.ts';
import { fallbackDropsControl } from './flow/fallback-drops-control.ts';
import { raceOnArtifact } from './flow/race-on-artifact.ts';
import { retryUnsafeEffect } from './flow/retry-unsafe-effect.ts';
import { timeoutFailsOpen } from './flow/timeout-fails-open.ts';
import { unboundedLoop } from './flow/unbounded-loop.ts';
import { unhandledOutcome } from './flow/unhandled-outcome.ts';
import { waitWithoutTimeout } from './flow/wait-without-timeout.ts';
import { aiToHumanContext } from './handoff/ai-to-human-context.ts';
import { contractRequired } from './handoff/contract-required.ts';
import { escalationDeadEnd } from './handoff/escalation-dead-end.ts';
import { ownershipGap } from './handoff/ownership-gap.ts';
import { payloadUnavailable } from './handoff/payload-unavailable.ts';
import { rejectable } from './handoff/rejectable.ts';
import { changeWithoutReeval } from './improvement/change-without-reeval.ts';
import { controlRegression } from './improvement/control-regression.ts';
import { overrideRateMonitored } from './improvement/override-rate-monitored.ts';
import { overridesFeedBack } from './improvement/overrides-feed-back.ts';
import { reviewCadence } from './improvement/review-cadence.ts';
import { approvalStale } from './oversight/approval-stale.ts';
import { approveWhatExecutes } from './oversight/approve-what-executes.ts';
import { automationBiasControls } from './oversight/automation-bias-controls.ts';
import { autonomyWithinTier } from './oversight/autonomy-within-tier.ts';
import { contestRoute } from './oversight/contest-route.ts';
import { gateSelfAssessed } from './oversight/gate-self-assessed.ts';
import { irreversibleUnapproved } from './oversight/irreversible-unapproved.ts';
import { overridePossible } from './oversight/override-possible.ts';
import { reviewCapacity } from './oversight/review-capacity.ts';
import { reviewTimeVsSla } from './oversight/review-time-vs-sla.ts';
import { reviewerCompetence } from './oversight/reviewer-competence.ts';
import { selfReview } from './oversight/self-review.ts';
import { solelyAutomatedDecision } from './oversight/solely-automated-decision.ts';
import { stopControl } from './oversight/stop-control.ts';
import { twoPerson } from './oversight/two-person.ts';
import { accountableIsHuman } from './ownership/accountable-is-human.ts';
import { agentIdentityAndSponsor } from './ownership/agent-identity-and-sponsor.ts';
import { exactlyOneAccountable } from './ownership/exactly-one-accountable.ts';
import { externalPartyAllocated } from './ownership/external-party-allocated.ts';
import { performerResolvable } from './ownership/performer-resolvable.ts';
import { evalEvidenceStale } from './performance/eval-evidence-stale.ts';
import { legalDeadline } from './performance/legal-deadline.ts';
import { metricWithTarget } from './performance/metric-with-target.ts';
import { queueUnstable } from './performance/queue-unstable.ts';
import { slaOverrun } from './performance/sla-overrun.ts';
import { timerOrder } from './performance/timer-order.ts';
import type { Rule } from './rule.ts';
import { modeActorMismatch } from './structure/mode-actor-mismatch.ts';
import { noPathToEnd } from './structure/no-path-to-end.ts';
import { participationMode } from './structure/participation-mode.ts';
import { readability } from './structure/readability.ts';
import { unreachableStep } from './structure/unreachable-step.ts';
import { unresolvedReference } from './structure/unresolved-reference.ts';
import { unsoundJoin } from './structure/unsound-join.ts';
import { auditLog } from './visibility/audit-log.ts';
import { humanDecisionRecorded } from './visibility/human-decision-recorded.ts';
import { incidentPath } from './visibility/incident-path.ts';
import { logRetention } from './visibility/log-retention.ts';
import { logTamperSeparation } from './visibility/log-tamper-separation.ts';
import { monitorUnsupervisedAi } from './visibility/monitor-unsupervised-ai.ts';
import { silentOutcome } from './visibility/silent-outcome.ts';

/** All rules. */
export const rules: readonly Rule[] = [
  unresolvedReference,
  unreachableStep,
  noPathToEnd,
  unsoundJoin,
  participationMode,
  modeActorMismatch,
  readability,
  conditionGap,
  ambiguousBranch,
  unboundedLoop,
  waitWithoutTimeout,
  unhandledOutcome,
  timeoutFailsOpen,
  fallbackDropsControl,
  retryUnsafeEffect,
  raceOnArtifact,
  exactlyOneAccountable,
  accountableIsHuman,
  performerResolvable,
  agentIdentityAndSponsor,
  externalPartyAllocated,
  contractRequired,
  payloadUnavailable,
  rejectable,
  ownershipGap,
  aiToHumanContext,
  escalationDeadEnd,
  irreversibleUnapproved,
  approvalStale,
  approveWhatExecutes,
  overridePossible,
  stopControl,
  solelyAutomatedDecision,
  contestRoute,
  twoPerson,
  reviewCapacity,
  reviewTimeVsSla,
  gateSelfAssessed,
  selfReview,
  autonomyWithinTier,
  reviewerCompetence,
  automationBiasControls,
  unreviewedAiToSink,
  provenanceRequired,
  originLaundering,
  segregationOfDuties,
  sodViaAgent,
  authorityLimit,
  disclosureFirst,
  aiContentMarked,
  reasonsRecorded,
  impactAssessment,
  waiverExpiry,
  auditLog,
  logRetention,
  logTamperSeparation,
  silentOutcome,
  humanDecisionRecorded,
  monitorUnsupervisedAi,
  incidentPath,
  classificationDeclared,
  clearance,
  purposeMismatch,
  specialCategoryInDecision,
  unusedInput,
  retentionConflict,
  feedbackLoop,
  inputQualityGate,
  excessPrivilege,
  undeclaredEffect,
  trifecta,
  untrustedToIrreversible,
  delegationDepth,
  delegationAmplifies,
  budgetCap,
  unpinnedModelOrTool,
  generatedCodeUnsandboxed,
  stopReachesSubagents,
  interagentUnauthenticated,
  slaOverrun,
  timerOrder,
  legalDeadline,
  metricWithTarget,
  evalEvidenceStale,
  queueUnstable,
  overridesFeedBack,
  overrideRateMonitored,
  changeWithoutReeval,
  controlRegression,
  reviewCadence,
];

/** Undefined for an id that no rule has. */
export function ruleById(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}
