// Workflows as the server would send them, from five steps to forty, for the diagram's tests.
import type { LaneKind } from '../../src/picture/picture.ts';
import type { Diagram } from '../../src/protocol.ts';
import { type EdgeRow, type LaneRow, type NodeRow, picture } from './picture.ts';

/** 5 steps, 3 lanes: the small file of the language reference. */
export const supportReply = picture(
  'Answer a support question',
  [
    ['customer', 'Customer', 'external'],
    ['reply-agent', 'Reply agent', 'agent'],
    ['support-lead', 'Support lead', 'human'],
  ],
  [
    ['start:0', 'customer', 'Question arrives', 'start'],
    ['draft', 'reply-agent', 'Draft a reply'],
    ['check', 'support-lead', 'Check the reply', 'approval'],
    ['escalate', 'support-lead', 'Answer by hand'],
    ['send', 'support-lead', 'Send the reply'],
    ['answered', 'support-lead', 'Customer answered', 'end'],
  ],
  [
    ['start:0', 'draft'],
    ['draft', 'check'],
    ['check', 'send', 'approve'],
    ['check', 'send', 'modify'],
    ['check', 'draft', '~reject'],
    ['check', 'escalate', '~timeout'],
    ['escalate', 'send'],
    ['send', 'answered'],
  ],
);

/** 12 steps, 5 lanes, with guards, a loop and a second end. */
export const damageClaim = picture(
  'Settle a damage claim',
  [
    ['claimant', 'Claimant', 'external'],
    ['intake', 'Claims intake', 'system'],
    ['estimator', 'Damage estimator', 'agent'],
    ['adjuster', 'Claims adjuster', 'human'],
    ['seniors', 'Senior adjusters', 'team'],
  ],
  [
    ['start:0', 'claimant', 'Claim filed', 'start'],
    ['register', 'intake', 'Register the claim and its photos'],
    ['estimate', 'estimator', 'Estimate the damage from the photos'],
    ['band', 'estimator', 'Which band?', 'route'],
    ['template-offer', 'intake', 'Prepare the template offer'],
    ['adjuster-review', 'adjuster', 'Review the estimate', 'review'],
    ['senior-review', 'seniors', 'Review large or unclear claims', 'review'],
    ['approve-offer', 'adjuster', 'Approve the offer', 'approval'],
    ['tell', 'intake', 'Tell the claimant that AI took part', 'disclose'],
    ['send-offer', 'intake', 'Send the offer'],
    ['answer', 'claimant', 'Wait for the answer', 'wait'],
    ['objection', 'seniors', 'Hear the objection', 'contest'],
    ['settled', 'intake', 'Claim settled', 'end'],
    ['declined', 'seniors', 'Claim declined', 'end'],
  ],
  [
    ['start:0', 'register'],
    ['register', 'estimate'],
    ['estimate', 'band'],
    ['estimate', 'adjuster-review', '~low-confidence'],
    ['estimate', 'senior-review', '~error'],
    ['band', 'template-offer', '?confidence ≥ 0.85, amount ≤ 2000'],
    ['band', 'adjuster-review', '?amount ≤ 5000'],
    ['band', 'senior-review', 'else'],
    ['template-offer', 'approve-offer'],
    ['adjuster-review', 'approve-offer', 'approve'],
    ['adjuster-review', 'estimate', '~reject'],
    ['adjuster-review', 'senior-review', '~timeout'],
    ['senior-review', 'approve-offer', 'approve'],
    ['senior-review', 'declined', '~reject'],
    ['approve-offer', 'tell', 'approve'],
    ['approve-offer', 'adjuster-review', '~reject'],
    ['approve-offer', 'senior-review', '~timeout'],
    ['tell', 'send-offer'],
    ['send-offer', 'answer'],
    ['answer', 'settled', 'accepted'],
    ['answer', 'objection', 'disputed'],
    ['answer', 'settled', '~timeout'],
    ['objection', 'senior-review', '~reverse'],
    ['objection', 'declined', 'uphold'],
  ],
);

/** 25 steps, 7 lanes, every performer kind and step kind, many exceptional edges. */
export const loanDecision = picture(
  'Decide on a consumer loan',
  [
    ['applicant', 'Applicant', 'external'],
    ['portal', 'Loan portal', 'system'],
    ['bureau', 'Credit bureau', 'vendor'],
    ['scorer', 'Scoring agent', 'agent'],
    ['officer', 'Loan officer', 'human'],
    ['board', 'Credit board', 'team'],
    ['notifier', 'Notification agent', 'agent'],
  ],
  [
    ['start:0', 'applicant', 'Application', 'start'],
    ['start:1', 'officer', 'Walk-in', 'start'],
    ['receive', 'portal', 'Receive and validate the application'],
    ['consent', 'portal', 'Say that AI takes part', 'disclose'],
    ['missing', 'applicant', 'Wait for missing papers', 'wait'],
    ['history', 'bureau', 'Look up the credit history'],
    ['score', 'scorer', 'Score the application'],
    ['explain', 'scorer', 'Explain the score in plain words'],
    ['triage', 'scorer', 'Amount and score', 'route'],
    ['screen', 'officer', 'Screen the application', 'review'],
    ['interview', 'officer', 'Interview the applicant'],
    ['fraud', 'bureau', 'Check for fraud', 'call'],
    ['decide', 'officer', 'Grant or deny the loan', 'decision'],
    ['large', 'board', 'Approve a large loan', 'approval'],
    ['terms', 'officer', 'Set the terms'],
    ['contract', 'portal', 'Draw up the contract', 'scope'],
    ['sign', 'applicant', 'Wait for the signature', 'wait'],
    ['pay', 'portal', 'Pay the loan out'],
    ['deny-letter', 'notifier', 'Write the denial letter'],
    ['check-letter', 'officer', 'Check the denial letter', 'approval'],
    ['send-denial', 'notifier', 'Send the denial'],
    ['appeal', 'board', 'Hear the appeal', 'contest'],
    ['correct', 'scorer', 'Correct the score'],
    ['archive', 'portal', 'Archive the case'],
    ['granted', 'portal', 'Loan granted', 'end'],
    ['denied', 'board', 'Loan denied', 'end'],
    ['withdrawn', 'applicant', 'Withdrawn', 'end'],
  ],
  [
    ['start:0', 'receive'],
    ['start:1', 'receive'],
    ['receive', 'consent'],
    ['receive', 'missing', '~incomplete'],
    ['missing', 'receive', 'papers'],
    ['missing', 'withdrawn', '~timeout'],
    ['consent', 'history'],
    ['history', 'score'],
    ['history', 'screen', '~unavailable'],
    ['score', 'explain'],
    ['score', 'screen', '~low-confidence'],
    ['score', 'screen', '~error'],
    ['explain', 'triage'],
    ['triage', 'screen', '?amount > 5000'],
    ['triage', 'decide', 'else'],
    ['screen', 'interview', 'modify'],
    ['screen', 'decide', 'approve'],
    ['screen', 'score', '~reject'],
    ['interview', 'fraud'],
    ['fraud', 'decide', 'completed'],
    ['fraud', 'large', '~failed'],
    ['decide', 'terms', 'grant'],
    ['decide', 'deny-letter', 'deny'],
    ['decide', 'large', 'refer'],
    ['decide', 'large', '~timeout'],
    ['large', 'terms', 'approve'],
    ['large', 'deny-letter', '~reject'],
    ['terms', 'contract'],
    ['contract', 'sign'],
    ['sign', 'pay', 'signed'],
    ['sign', 'withdrawn', '~timeout'],
    ['pay', 'archive'],
    ['pay', 'terms', '~error'],
    ['archive', 'granted'],
    ['deny-letter', 'check-letter'],
    ['check-letter', 'send-denial', 'approve'],
    ['check-letter', 'deny-letter', '~reject'],
    ['send-denial', 'appeal'],
    ['appeal', 'denied', 'uphold'],
    ['appeal', 'correct', 'reverse'],
    ['appeal', 'denied', '~not-filed'],
    ['correct', 'decide'],
  ],
);

/** Text that tries to leave its quotes. */
export const hostileTitles = [
  'end',
  'He said "stop" & \'go\'',
  '<img src=x onerror=alert(1)><b>bold</b>',
  '`code` **bold** _it_ # heading; %% comment %%{init: {}}%%',
  'a]b}c)d>e|f\\n{{g}} --> h ~~~ i',
  '1. first #quot; #35; &amp; &lt;br&gt; fa:fa-user $$x^2$$',
  'ﬂ°°35¶ß subgraph click n0 "javascript:alert(1)" 😀👩‍💻 ‮rtl',
  'classDef x fill:#f00; style n0 fill:#0f0;',
  'two\nlines\tand a tab',
  '---\ntitle: x\n---',
  '',
  '   ',
] as const;

export const hostile = picture(
  'end "quoted" %%{init}%% <b>',
  [
    ['end', 'end', 'human'],
    ['l"2', '"; subgraph <script>', 'agent'],
    ['l 3', '`x` ] [ #', 'vendor'],
  ],
  hostileTitles.map((title, index) => [`step "${index}"`, ['end', 'l"2', 'l 3'][index % 3] ?? 'end', title] as const),
  hostileTitles.slice(1).map((title, index) => [`step "${index}"`, `step "${index + 1}"`, `~${title}`] as const),
);

/** Titles of a sentence or two, and one word without a place to break. */
export const longTitles = picture(
  'A workflow whose author writes long titles and does not mind how wide the picture becomes',
  [
    ['a', 'Regional customer operations and complaints handling team, northern branch', 'team'],
    ['b', 'Large language model with retrieval over the internal knowledge base', 'agent'],
    ['c', 'Supervisor', 'human'],
  ],
  [
    ['start:0', 'a', 'A customer has written to us by mail, chat or telephone', 'start'],
    [
      'read',
      'b',
      'Read the whole correspondence with the customer and summarize what is asked, what was promised and by when',
    ],
    ['word', 'b', 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'],
    ['judge', 'c', 'Is the summary complete, fair to the customer and free of invented promises?', 'decision'],
    ['reply', 'a', 'Reply'],
    ['done', 'a', 'The customer has an answer that someone has checked', 'end'],
  ],
  [
    ['start:0', 'read'],
    ['read', 'word'],
    [
      'word',
      'judge',
      '?summary.confidence >= 0.85 && summary.sources.size() >= 2 && !summary.flags.exists(f, f == "legal")',
    ],
    ['judge', 'reply', 'complete, or complete enough to be sent with a note'],
    ['judge', 'read', '~reject'],
    ['reply', 'done'],
  ],
);

/** A workflow of any size: `steps` steps over `laneCount` lanes, with a loop or an exception at every third step. */
export function generated(steps: number, laneCount: number): Diagram {
  const kinds: readonly LaneKind[] = ['external', 'system', 'agent', 'human', 'team', 'vendor', 'agent'];
  const lanes = Array.from({ length: laneCount }, (_, i): LaneRow => [`l${i}`, `Lane ${i + 1}`, kinds[i] ?? 'human']);
  const laneOf = (step: number): string => `l${Math.floor((step * 7) / 3) % laneCount}`;
  const nodes = Array.from(
    { length: steps },
    (_, i): NodeRow => [
      `s${i}`,
      laneOf(i),
      `Do part ${i + 1} of the work`,
      i === 0 ? 'start' : i === steps - 1 ? 'end' : i % 5 === 4 ? 'review' : 'task',
    ],
  );
  const edges = nodes.slice(1).flatMap((_, i): EdgeRow[] => {
    const onward: EdgeRow = [`s${i}`, `s${i + 1}`];
    if (i % 6 === 3) return [onward, [`s${i}`, `s${Math.max(1, i - 2)}`, '~reject']];
    if (i % 3 === 1 && i + 4 < steps) return [onward, [`s${i}`, `s${i + 4}`, '~timeout']];
    return [onward];
  });
  return picture(`${steps} steps`, lanes, nodes, edges);
}
