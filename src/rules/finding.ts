// A finding: one fault of the design, where it stands, the path that proves it and what mends it.
import type { Fix, Severity } from '../language/problem.ts';
import type { Range } from '../language/source.ts';

/** A clause of a standard that a rule serves. */
export interface Clause {
  readonly standard: string;
  /** Edition or date of the text, since numbers move between editions. */
  readonly edition: string;
  readonly ref: string;
  /** Whether the text itself was read (`verified`), a description of it (`secondary`), or neither. */
  readonly status: 'verified' | 'secondary' | 'unverified';
  /** First day the duty applies, ISO 8601. */
  readonly appliesFrom?: string;
}

/** One step of the path that proves a finding. */
export interface WitnessStep {
  /** Step id, `start`, or another place. */
  readonly step: string;
  /** How the path came here: the kind and the label of the edge; undefined for the first. */
  readonly edge:
    | { readonly kind: 'normal' | 'guarded' | 'exceptional' | 'message'; readonly label: string }
    | undefined;
  readonly range: Range;
  /** What happens here, as far as it matters. */
  readonly note: string;
}

/** `violation`: proved. `unknown`: cannot be decided, with the reason in the message. */
export type Verdict = 'violation' | 'unknown';

/** What no page of ours says of a rule that a project brings. */
export interface OwnRule {
  /** What holds in a good design, one sentence. */
  readonly summary: string;
  /** Its own, whatever a configuration makes of it. */
  readonly severity: Severity;
  /** Address of its page. */
  readonly docs: string | undefined;
  readonly clauses: readonly Clause[];
}

/** One fault. */
export interface Finding {
  /** Rule id, or the code of a problem of the text. */
  readonly rule: string;
  readonly severity: Severity;
  readonly verdict: Verdict;
  /** The fault in the user's own names, then what to do. */
  readonly message: string;
  /** In the checked file. */
  readonly range: Range;
  /** Step id, `actor:ID`, `data:ID`, `store:ID`, `policy:ID`, `stop` or `workflow`. */
  readonly place: string;
  readonly witness: readonly WitnessStep[];
  readonly clauses: readonly Clause[];
  readonly fixes: readonly Fix[];
  /** Set where the rule is one that the project brings itself. */
  readonly own?: OwnRule;
  /** More general rules that the same fault breaks as well. */
  readonly also?: readonly { readonly rule: string; readonly clauses: readonly Clause[] }[];
}
