// Every rule, in the order of the catalog. An explicit list: nothing is discovered by file name.
import type { Rule } from './rule.ts';

export const rules: readonly Rule[] = [];

export function ruleById(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}
