// The keys of a custom rule, and those of a file of them that projects share: the same small language as the table of a
// configuration.
import { condition, key, list, name, oneOrMore, record, type Shape, scalar, word } from '../language/shape.ts';
import { text } from '../language/vocabulary.ts';
import { type RuleKindName, ruleKinds } from './custom-rule-model.ts';

/** Name of the file in a package that says nothing else. */
export const packName = 'aiwf.rules.yaml';

/** A file of shared rules, by the end of its path or uri: `aiwf.rules.yaml` and `NAME.aiwf.rules.yaml`. */
export function isPackName(path: string): boolean {
  return /(^|\/)([^/]+\.)?aiwf\.rules\.yaml$/.test(path);
}

const url = scalar<string>('an address such as https://example.com/rules/no-x', (raw) =>
  /^https?:\/\/[\w.~:/?#@!$&*+,;=%-]+$/.test(raw) ? raw : undefined,
);

const kindWords = Object.fromEntries(Object.entries(ruleKinds).map(([word, { doc }]) => [word, doc])) as Readonly<
  Record<RuleKindName, string>
>;

/** Keys of one rule of an organization. */
export const customRuleKeys = {
  id: key(name('custom rule'), 'Its name, with that of the organization first.', {
    required: true,
    example: 'acme/no-vendor-model-on-payroll',
  }),
  message: key(
    text,
    'What is said where it does not hold. Expressions in braces stand for their values: {step.title}.',
    {
      required: true,
      example: '"{step.title}: payroll data must stay on our own models"',
    },
  ),
  for: key(word(kindWords), 'What it looks at, one after the other.', { required: true }),
  when: key(condition(), 'Only those for which this holds are looked at.', {
    default: 'true',
    example: 'step.kind == "approval"',
  }),
  require: key(condition(), 'What has to hold for each.', {
    required: true,
    example: 'step.by.all(a, a.kind == "human")',
  }),
  severity: key(word({ info: 'A remark.', warning: 'A warning.', error: 'An error.' }), 'How grave it is.', {
    default: 'warning',
  }),
  summary: key(text, 'What holds in a good design, one sentence.', { default: 'the message' }),
  clauses: key(
    list(
      record('clause', {
        standard: key(text, 'Standard, law or policy.', { required: true, example: 'ACME AI Policy' }),
        edition: key(text, 'Edition or date of it.', { example: '"2026"' }),
        ref: key(text, 'Number of the clause.', { required: true, example: '"4.2"' }),
      }),
    ),
    'Clauses that the rule serves.',
  ),
  docs: key(url, 'Address of its page.', { example: 'https://example.com/rules/no-x' }),
  pass: key(oneOrMore(text), 'A workflow in which the rule finds nothing, or several; `aiwf rules test` runs them.'),
  fail: key(oneOrMore(text), 'A workflow in which the rule finds something, or several.'),
} as const;

const customRules = list(record('custom rule', customRuleKeys));

/** The key of the rules, in a configuration and in a pack. */
export const customRulesKey = key(customRules, "The organization's own rules, in CEL over the model.");

/** The key of a configuration that names packs. */
export const packsKey = key(
  oneOrMore(
    scalar<string>('a path such as ./rules/acme.aiwf.rules.yaml or the name of an npm package', (raw) =>
      /^(\.\.?\/.+\.ya?ml|(@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*)$/.test(raw) ? raw : undefined,
    ),
  ),
  'Files of shared rules: relative paths, or npm packages that are installed. Nothing in them is executed.',
  { example: '[./rules/acme.aiwf.rules.yaml, "@acme/aiwf-rules"]' },
);

/** Keys of a pack file. */
export const packKeys = {
  pack: key(name('rule pack'), 'Its name.', { required: true, example: 'acme' }),
  version: key(text, 'Its version.', { example: '"1.0"' }),
  description: key(text, 'For the reader.'),
  'custom-rules': customRulesKey,
} as const;

export const packShape = record('rule pack', packKeys) satisfies Shape;
