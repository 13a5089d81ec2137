// Accepted findings in words: who answers for one, and until when.
import type { AcceptedFinding } from '../governance/assess.ts';
import type { WaiverFields } from '../language/vocabulary.ts';

/** What is said of an accepted finding, as far as the waiver says it; `kind` is `known` for one of the baseline. */
export interface Acceptance {
  readonly kind: 'waived' | 'known';
  readonly reason: string;
  readonly owner: string | undefined;
  readonly approvedBy: string | undefined;
  readonly ticket: string | undefined;
  /** Last day, `2026-11-24`. */
  readonly expires: string | undefined;
}

export function acceptanceOf({ waiver }: Pick<AcceptedFinding, 'waiver'>): Acceptance {
  if (!waiver) {
    const reason = 'In the baseline: it was there when the rules were adopted.';
    return { kind: 'known', reason, owner: undefined, approvedBy: undefined, ticket: undefined, expires: undefined };
  }
  const { reason, owner, approvedBy, ticket, expires } = waiver;
  return {
    kind: 'waived',
    reason: reason?.value ?? '',
    owner: owner?.name,
    approvedBy: approvedBy?.name,
    ticket: ticket?.value,
    expires: dayOf(expires),
  };
}

function dayOf(expires: WaiverFields['expires']): string | undefined {
  return expires && new Date(expires.value).toISOString().slice(0, 10);
}
