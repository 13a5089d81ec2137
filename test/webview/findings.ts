// Findings as the server would send them, on the picture of the support reply.
import type { DiagramFinding } from '../../src/protocol.ts';

const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

const step = (node: string, text: string, edge?: string) => ({ node, text, range: nowhere, ...(edge ? { edge } : {}) });

export const supportFindings: readonly DiagramFinding[] = [
  {
    id: 'oversight/irreversible-unapproved@send',
    rule: 'oversight/irreversible-unapproved',
    severity: 'error',
    verdict: 'violation',
    message: "'Send the reply' is reached without an approval. Put one in front of it.",
    standards: ['EU AI Act', 'OWASP LLM Top 10'],
    node: 'send',
    range: nowhere,
    witness: [
      step('start:0', "starts at 'Question arrives'"),
      step('draft', "then 'Draft a reply'", 'start:0->draft#0'),
      step('check', "then 'Check the reply'", 'draft->check#1'),
      step('escalate', "on timeout 'Answer by hand'", 'check->escalate#5'),
      step('send', "then 'Send the reply', with nothing approved", 'escalate->send#6'),
    ],
    fixable: true,
  },
  {
    id: 'handoff/ack-required@draft',
    rule: 'handoff/ack-required',
    severity: 'warning',
    verdict: 'violation',
    message: 'Nobody has to take the draft over in time. Add `ack` to the contract.',
    standards: ['ISO/IEC 42001'],
    edge: 'draft->check#1',
    range: nowhere,
    witness: [step('draft', 'the draft is handed over here'), step('check', 'and arrives here', 'draft->check#1')],
    fixable: false,
  },
  {
    id: 'agent/version-pinned@reply-agent',
    rule: 'agent/version-pinned',
    severity: 'info',
    verdict: 'unknown',
    message: "The model of 'Reply agent' <b>has no</b> version.",
    standards: ['ISO/IEC 42001'],
    lane: 'reply-agent',
    range: nowhere,
    witness: [step('draft', 'used here')],
    fixable: false,
  },
];
