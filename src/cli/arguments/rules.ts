// The words of `aiwf rules` and `aiwf rules test`.
import { oneOf, type Values, type Wrong, wrong, wrongValue } from './values.ts';

/** What `aiwf rules` was asked. */
export interface RulesCommand {
  readonly name: 'rules';
  /** `test` runs the examples of the rules that projects bring. */
  readonly action: 'list' | 'test';
  /** Where to look for configurations and rule packs. */
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
}

export const rulesOptions = { format: { type: 'string' } } as const;

const formats = ['text', 'json'] as const;

export function readRules(words: readonly string[], values: Values): RulesCommand | Wrong {
  const name = 'rules';
  const [first, ...paths] = words;
  const format = oneOf(values.format, formats);
  if (!format) return wrongValue(name, 'format', values.format, formats);
  if (first === undefined) return { name, action: 'list', paths: ['.'], format };
  if (first !== 'test')
    return wrong(`rules: '${first}' is one word too many; 'aiwf rules test' runs the examples of rules`);
  return { name, action: 'test', paths: paths.length > 0 ? paths : ['.'], format };
}
