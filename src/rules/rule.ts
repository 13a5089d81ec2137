// What a rule is: who it serves, how severe it is, and a check over the model and the analyses.
import type { Analyses } from '../analysis/analyses.ts';
import type { Fix, Severity } from '../language/problem.ts';
import type { Range } from '../language/source.ts';
import type { Clause, OwnRule, Verdict, WitnessStep } from './finding.ts';
import type { Settings } from './settings.ts';

/** The folder of a rule, and the section of its page. */
type Category =
  | 'structure'
  | 'flow'
  | 'ownership'
  | 'handoff'
  | 'oversight'
  | 'accountability'
  | 'visibility'
  | 'data'
  | 'agent'
  | 'performance'
  | 'improvement';

/** The id of a rule that a project brings: `acme/no-x`. The type keeps it apart from ours, which name their category. */
export type OwnRuleId = `${string}/${string}` & { readonly own: unique symbol };

/** A property that every good design has, and how to check it. */
export interface Rule {
  /** `category/name`: also the path of its file, its test and its page. */
  readonly id: `${Category}/${string}` | OwnRuleId;
  readonly severity: Severity;
  /** What holds in a good design, one sentence. */
  readonly summary: string;
  /** Numbers of the seed sentences it serves. */
  readonly seed: readonly string[];
  readonly clauses: readonly Clause[];
  /** One of the thirty that matter most. */
  readonly starred?: boolean;
  /** More general rules: a finding of theirs about the same root is folded into the one of this rule. */
  readonly specializes?: readonly string[];
  /** Set for a rule that a project brings itself. */
  readonly own?: OwnRule;
  /** Sees into sub-workflows: gets the analyses of the workflow with the files it calls put in place. */
  readonly across?: boolean;
  /** Whether there is anything in a design that it speaks of; left out where that is told elsewhere. */
  applies?(analyses: Analyses): boolean;
  check(analyses: Analyses, report: Report, settings: Settings): void;
}

/** What a rule says of one fault. */
interface Reported {
  /** In the checked file: the key at fault. */
  readonly range: Range;
  /** Step id, `actor:ID`, `data:ID`, `store:ID`, `policy:ID`, `stop` or `workflow`. */
  readonly place: string;
  readonly message: string;
  /** Never empty: no witness, no finding. */
  readonly witness: readonly WitnessStep[];
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  readonly verdict?: Verdict;
  /** As a function where they are dear to work out: it is called when somebody asks for them. */
  readonly fixes?: readonly Fix[] | (() => readonly Fix[]);
  /** What is at fault, named the same by every rule that can see it, such as `effectRoot(effect)`; several for one fault. */
  readonly root?: string | readonly string[];
}

/** Takes a fault. */
export type Report = (reported: Reported) => void;

/** Page of a rule on the web: for one that a project brings, the page that the project names, if any. */
export function docsOf(id: string, own: OwnRule | undefined): string | undefined {
  return own ? own.docs : docsUrl(id);
}

/** Page of a rule or of a problem code on the web. */
export function docsUrl(id: string): string {
  return `https://github.com/aiwf/aiwf/blob/main/docs/rules/${id}.md`;
}
