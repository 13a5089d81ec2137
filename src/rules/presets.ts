// Presets: named sets of rules, additive. A standard's preset holds the rules that cite it, plus the base graph rules.
import type { ParameterValues } from './parameters.ts';

export interface Preset {
  readonly id: string;
  readonly title: string;
  /** Rule ids. */
  readonly rules: readonly string[];
  /** Parameters it sets; where two presets set one, the stricter value stands. */
  readonly parameters?: Partial<ParameterValues>;
}

type Members = Readonly<Record<string, readonly string[]>>;

/** `{ flow: ['a'] }` -> `flow/a`. */
function ids(members: Members): readonly string[] {
  return Object.entries(members).flatMap(([category, names]) => names.map((name) => `${category}/${name}`));
}

const day = 24 * 60;
const base = ['unresolved-reference', 'unreachable-step', 'no-path-to-end', 'unsound-join'];

const recommended: Preset = {
  id: 'recommended',
  title: 'What every workflow with AI should hold',
  rules: ids({
    structure: [...base, 'participation-mode', 'mode-actor-mismatch'],
    flow: [
      'condition-gap',
      'ambiguous-branch',
      'unbounded-loop',
      'wait-without-timeout',
      'unhandled-outcome',
      'timeout-fails-open',
      'fallback-drops-control',
      'retry-unsafe-effect',
      'race-on-artifact',
    ],
    ownership: ['exactly-one-accountable', 'accountable-is-human', 'agent-identity-and-sponsor'],
    handoff: ['contract-required', 'payload-unavailable', 'ai-to-human-context', 'escalation-dead-end'],
    oversight: [
      'irreversible-unapproved',
      'approval-stale',
      'approve-what-executes',
      'override-possible',
      'stop-control',
      'solely-automated-decision',
      'review-capacity',
      'gate-self-assessed',
      'self-review',
    ],
    accountability: [
      'unreviewed-ai-to-sink',
      'origin-laundering',
      'segregation-of-duties',
      'sod-via-agent',
      'authority-limit',
      'disclosure-first',
      'waiver-expiry',
    ],
    visibility: ['audit-log', 'silent-outcome'],
    data: ['clearance'],
    agent: [
      'excess-privilege',
      'undeclared-effect',
      'trifecta',
      'untrusted-to-irreversible',
      'delegation-amplifies',
      'budget-cap',
      'unpinned-model-or-tool',
    ],
    performance: ['sla-overrun', 'timer-order', 'metric-with-target'],
    improvement: ['override-rate-monitored', 'control-regression'],
  }),
};

const euAiAct: Preset = {
  id: 'eu-ai-act-high-risk',
  title: 'Regulation (EU) 2024/1689, high-risk systems',
  rules: ids({
    structure: [...base, 'mode-actor-mismatch'],
    flow: [
      'condition-gap',
      'unhandled-outcome',
      'timeout-fails-open',
      'fallback-drops-control',
      'retry-unsafe-effect',
      'race-on-artifact',
    ],
    ownership: ['exactly-one-accountable', 'accountable-is-human', 'external-party-allocated'],
    handoff: ['payload-unavailable', 'rejectable', 'ai-to-human-context', 'escalation-dead-end'],
    oversight: [
      'irreversible-unapproved',
      'approval-stale',
      'approve-what-executes',
      'override-possible',
      'stop-control',
      'solely-automated-decision',
      'contest-route',
      'two-person',
      'review-capacity',
      'review-time-vs-sla',
      'gate-self-assessed',
      'autonomy-within-tier',
      'reviewer-competence',
      'automation-bias-controls',
    ],
    accountability: [
      'origin-laundering',
      'disclosure-first',
      'ai-content-marked',
      'reasons-recorded',
      'impact-assessment',
    ],
    visibility: [
      'audit-log',
      'log-retention',
      'silent-outcome',
      'human-decision-recorded',
      'monitor-unsupervised-ai',
      'incident-path',
    ],
    data: [
      'clearance',
      'purpose-mismatch',
      'special-category-in-decision',
      'unused-input',
      'retention-conflict',
      'feedback-loop',
      'input-quality-gate',
    ],
    agent: ['unpinned-model-or-tool', 'stop-reaches-subagents'],
    performance: ['legal-deadline', 'metric-with-target', 'eval-evidence-stale'],
    improvement: ['override-rate-monitored', 'change-without-reeval', 'control-regression', 'review-cadence'],
  }),
  parameters: { adverseOnly: false, logRetention: 6 * 30 * day, maxAutonomy: { high: 3 } },
};

const nistAiRmf: Preset = {
  id: 'nist-ai-rmf',
  title: 'NIST AI Risk Management Framework 1.0',
  rules: ids({
    structure: [...base, 'participation-mode', 'mode-actor-mismatch'],
    flow: ['condition-gap', 'wait-without-timeout', 'unhandled-outcome', 'fallback-drops-control'],
    ownership: ['exactly-one-accountable', 'accountable-is-human', 'performer-resolvable', 'external-party-allocated'],
    handoff: ['contract-required', 'rejectable', 'ownership-gap', 'ai-to-human-context', 'escalation-dead-end'],
    oversight: [
      'override-possible',
      'stop-control',
      'contest-route',
      'gate-self-assessed',
      'self-review',
      'autonomy-within-tier',
      'reviewer-competence',
      'automation-bias-controls',
    ],
    accountability: [
      'unreviewed-ai-to-sink',
      'provenance-required',
      'origin-laundering',
      'ai-content-marked',
      'reasons-recorded',
      'waiver-expiry',
    ],
    visibility: ['log-retention', 'silent-outcome', 'monitor-unsupervised-ai', 'incident-path'],
    data: ['special-category-in-decision', 'feedback-loop'],
    agent: ['undeclared-effect', 'unpinned-model-or-tool', 'stop-reaches-subagents'],
    performance: ['sla-overrun', 'timer-order', 'metric-with-target', 'eval-evidence-stale', 'queue-unstable'],
    improvement: [
      'overrides-feed-back',
      'override-rate-monitored',
      'change-without-reeval',
      'control-regression',
      'review-cadence',
    ],
  }),
};

const iso42001: Preset = {
  id: 'iso-42001',
  title: 'ISO/IEC 42001:2023',
  rules: ids({
    structure: base,
    flow: ['timeout-fails-open', 'fallback-drops-control'],
    ownership: [
      'exactly-one-accountable',
      'performer-resolvable',
      'agent-identity-and-sponsor',
      'external-party-allocated',
    ],
    handoff: ['contract-required', 'payload-unavailable', 'ownership-gap'],
    oversight: ['override-possible', 'reviewer-competence'],
    accountability: [
      'unreviewed-ai-to-sink',
      'provenance-required',
      'origin-laundering',
      'disclosure-first',
      'impact-assessment',
      'waiver-expiry',
    ],
    visibility: ['audit-log', 'log-retention', 'monitor-unsupervised-ai', 'incident-path'],
    data: ['classification-declared', 'purpose-mismatch', 'input-quality-gate'],
    performance: ['sla-overrun', 'legal-deadline', 'metric-with-target', 'eval-evidence-stale'],
    improvement: ['overrides-feed-back', 'change-without-reeval', 'control-regression', 'review-cadence'],
  }),
};

const owaspAgentic: Preset = {
  id: 'owasp-agentic',
  title: 'OWASP Top 10 for Agentic Applications',
  rules: ids({
    structure: base,
    flow: ['unbounded-loop', 'timeout-fails-open', 'retry-unsafe-effect'],
    ownership: ['agent-identity-and-sponsor'],
    handoff: ['ai-to-human-context'],
    oversight: ['irreversible-unapproved', 'approve-what-executes', 'review-capacity'],
    accountability: ['unreviewed-ai-to-sink', 'sod-via-agent'],
    visibility: ['log-tamper-separation'],
    data: ['clearance', 'feedback-loop'],
    agent: [
      'excess-privilege',
      'undeclared-effect',
      'trifecta',
      'untrusted-to-irreversible',
      'delegation-depth',
      'delegation-amplifies',
      'budget-cap',
      'unpinned-model-or-tool',
      'generated-code-unsandboxed',
      'stop-reaches-subagents',
      'interagent-unauthenticated',
    ],
  }),
};

const sox: Preset = {
  id: 'sox',
  title: 'Internal control over financial reporting (SOX 404, by way of COSO)',
  rules: ids({
    structure: base,
    flow: ['retry-unsafe-effect', 'race-on-artifact'],
    handoff: ['payload-unavailable'],
    oversight: ['approval-stale', 'two-person'],
    accountability: ['segregation-of-duties', 'sod-via-agent', 'authority-limit', 'waiver-expiry'],
    visibility: ['audit-log', 'log-tamper-separation', 'human-decision-recorded'],
    data: ['classification-declared', 'clearance', 'retention-conflict'],
    performance: ['sla-overrun', 'queue-unstable'],
    improvement: ['change-without-reeval', 'control-regression'],
  }),
  parameters: {
    sodRequired: true,
    dualApproval: { value: 10_000, currency: 'USD' },
    logRetention: 7 * 365 * day,
  },
};

const chosen = [recommended, euAiAct, nistAiRmf, iso42001, owaspAgentic, sox];

/** Every rule stands in some preset; a test compares this with the registry. */
const strict: Preset = {
  id: 'strict',
  title: 'Every rule, warnings as errors',
  rules: [...new Set([...chosen.flatMap((preset) => preset.rules), 'structure/readability'])],
};

/** Presets by id. */
export const presets: ReadonlyMap<string, Preset> = new Map([...chosen, strict].map((preset) => [preset.id, preset]));
