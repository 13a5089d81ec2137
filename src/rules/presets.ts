// Presets: named sets of rules, additive. A standard's preset holds the rules that cite it, plus the base graph rules.
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** Rule ids. */
  readonly rules: readonly string[];
}

const base = ['structure/unresolved-reference', 'structure/unreachable-step', 'structure/no-path-to-end'];

const chosen: readonly Preset[] = [
  {
    id: 'recommended',
    title: 'What every workflow with AI should hold',
    rules: [
      ...base,
      'structure/participation-mode',
      'structure/mode-actor-mismatch',
      'flow/unbounded-loop',
      'flow/wait-without-timeout',
      'flow/unhandled-outcome',
      'ownership/exactly-one-accountable',
      'ownership/accountable-is-human',
      'ownership/agent-identity-and-sponsor',
      'handoff/contract-required',
      'oversight/irreversible-unapproved',
      'oversight/stop-control',
    ],
  },
  {
    id: 'eu-ai-act-high-risk',
    title: 'Regulation (EU) 2024/1689, high-risk systems',
    rules: [
      ...base,
      'structure/mode-actor-mismatch',
      'flow/unhandled-outcome',
      'ownership/exactly-one-accountable',
      'ownership/accountable-is-human',
      'oversight/irreversible-unapproved',
      'oversight/stop-control',
    ],
  },
  {
    id: 'nist-ai-rmf',
    title: 'NIST AI Risk Management Framework 1.0',
    rules: [
      ...base,
      'structure/participation-mode',
      'structure/mode-actor-mismatch',
      'flow/wait-without-timeout',
      'flow/unhandled-outcome',
      'ownership/exactly-one-accountable',
      'ownership/accountable-is-human',
      'handoff/contract-required',
      'oversight/stop-control',
    ],
  },
  {
    id: 'iso-42001',
    title: 'ISO/IEC 42001:2023',
    rules: [
      ...base,
      'ownership/exactly-one-accountable',
      'ownership/agent-identity-and-sponsor',
      'handoff/contract-required',
    ],
  },
  {
    id: 'owasp-agentic',
    title: 'OWASP Top 10 for Agentic Applications',
    rules: [
      ...base,
      'flow/unbounded-loop',
      'ownership/agent-identity-and-sponsor',
      'oversight/irreversible-unapproved',
    ],
  },
  { id: 'sox', title: 'Internal control over financial reporting (SOX 404, by way of COSO)', rules: [...base] },
];

/** Every rule stands in some preset; a test compares this with the registry. */
const strict: Preset = {
  id: 'strict',
  title: 'Every rule',
  rules: [...new Set(chosen.flatMap((preset) => preset.rules))],
};

/** Presets by id. */
export const presets: ReadonlyMap<string, Preset> = new Map([...chosen, strict].map((preset) => [preset.id, preset]));
