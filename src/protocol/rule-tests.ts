// The requests about the rules that a project brings: their examples run, and whether they may run at all.
import type { Range } from '../protocol.ts';

/** `aiwf/testRules`: run the examples of the rules of these configurations and rule packs, and of the packs they name. */
export const testRulesRequest = 'aiwf/testRules';
export interface TestRulesParams {
  readonly uris: readonly string[];
}

/** One file with rules. */
export interface RuleTestFile {
  readonly uri: string;
  readonly rules: readonly TestedRule[];
}

export interface TestedRule {
  readonly id: string;
  /** Of the id. */
  readonly range: Range;
  readonly examples: readonly TestedExample[];
}

export interface TestedExample {
  /** `rule`: what is wrong with the rule itself, such as an example that is missing. */
  readonly kind: 'pass' | 'fail' | 'rule';
  /** From 1, among those of its kind. */
  readonly number: number;
  readonly range: Range;
  /** None: it is as it should be. */
  readonly faults: readonly { readonly message: string; readonly range: Range }[];
}

/** `aiwf/trusted`, from the client: the user trusts the workspace now. Whether it did from the start, `trusted` of the initialization options says. */
export const trustedNotification = 'aiwf/trusted';
