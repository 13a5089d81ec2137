// Custom rules as a file writes them -> rules that run like any other, and what is wrong with them at its place.
import { rangeInCondition } from '../language/conditions.ts';
import type { ParsedText } from '../language/parse.ts';
import type { ConditionText } from '../language/parts.ts';
import type { Problem, ProblemCode } from '../language/problem.ts';
import type { Fields } from '../language/shape.ts';
import type { Located, Range } from '../language/source.ts';
import { presets } from '../rules/presets.ts';
import { rules as ownRules, ruleById } from '../rules/registry.ts';
import type { OwnRuleId, Rule } from '../rules/rule.ts';
import { type Expression, parseExpression } from './custom-expressions.ts';
import { parseMessage } from './custom-message.ts';
import { checkCustomRule, hasSubject } from './custom-rule-check.ts';
import type { customRuleKeys } from './custom-rule-keys.ts';
import type { RuleKindName } from './custom-rule-model.ts';

export type CustomRuleFields = Fields<typeof customRuleKeys>;

/** A rule that a project brings, with the place it was read from. */
export interface CustomRule {
  readonly id: string;
  /** Undefined where it has a mistake and cannot run; the mistake is among the problems of its file. */
  readonly rule: Rule | undefined;
  /** File it stands in. */
  readonly uri: string;
  /** Of the id. */
  readonly range: Range;
  readonly fields: CustomRuleFields;
  /** Workflows in which it must find nothing, and those in which it must find something. */
  readonly pass: readonly Example[];
  readonly fail: readonly Example[];
}

/** A workflow in the text of a rule. */
export interface Example {
  readonly text: string;
  /** Of the value it is written as. */
  readonly range: Range;
  /** Range in the file of the rule for a range of the workflow. */
  placeOf(range: Range): Range;
}

/** The rules of one file, and what is wrong with them. */
export interface CompiledRules {
  readonly rules: readonly CustomRule[];
  readonly problems: readonly Problem[];
}

/** Compiles the rules of one file; ids that `taken` has are refused. Never throws. */
export function compileCustomRules(
  written: readonly CustomRuleFields[],
  { uri, text }: Pick<ParsedText, 'uri' | 'text'>,
  taken: ReadonlySet<string> = new Set(),
): CompiledRules {
  const problems: Problem[] = [];
  const seen = new Set(taken);
  const rules: CustomRule[] = [];
  for (const fields of written) {
    const { id } = fields;
    if (!id) continue;
    const fault = wrongId(id.value) ?? (seen.has(id.value) ? `There are two rules '${id.value}'.` : undefined);
    if (fault) problems.push({ code: 'language/invalid-value', severity: 'error', message: fault, range: id.range });
    seen.add(id.value);
    const rule = compile(fields, id.value, text, problems);
    if (!fault) {
      const [pass, fail] = [examplesOf(fields, 'pass', text), examplesOf(fields, 'fail', text)];
      rules.push({ id: id.value, rule, uri, range: id.range, fields, pass, fail });
    }
  }
  return { rules, problems };
}

const pattern = /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)+$/;

/** The first parts of our own ids, which a rule of a project must not begin with. */
const reserved: ReadonlySet<string> = new Set(['language', ...ownRules.map(({ id }) => id.slice(0, id.indexOf('/')))]);

/** Whether an id may be that of a rule which a project brings. */
export function isOwnRuleId(id: string): boolean {
  return wrongId(id) === undefined;
}

function wrongId(id: string): string | undefined {
  if (ruleById(id)) return `'${id}' is a rule of aiwf. Choose another id.`;
  if (!pattern.test(id) || presets.has(id))
    return `'${id}' cannot be the id of a rule. Write the name of the organization, a slash and a name: acme/no-x.`;
  const [space = ''] = id.split('/');
  return reserved.has(space)
    ? `Ids that begin with '${space}/' are those of aiwf. Begin with a name of your own.`
    : undefined;
}

function compile(fields: CustomRuleFields, id: string, text: string, problems: Problem[]): Rule | undefined {
  const { message, for: kind, when, require: required, severity, summary, clauses = [], docs } = fields;
  const before = problems.length;
  const report = (code: ProblemCode, range: Range, words: string) =>
    problems.push({ code, severity: 'error', message: words, range });
  const checked = (source: ConditionText | undefined): Expression | undefined => {
    if (!source || !kind) return undefined;
    const parsed = parseExpression(kind.value, source.text);
    if ('problem' in parsed) {
      const { range, message: words } = parsed.problem;
      report('language/condition', rangeInCondition(text, source, range), words);
      return undefined;
    }
    const { expression } = parsed;
    if (expression.type === 'bool' || expression.type === 'dyn') return expression;
    report(
      'language/condition',
      source.range,
      `The expression is to be true or false; this one is a value of type ${expression.type}.`,
    );
    return undefined;
  };
  const condition = checked(when);
  const requirement = checked(required);
  const template = message && kind && messageOf(fields, message, kind.value, text, report);
  if (!kind || !requirement || !template || (when && !condition) || problems.length > before) return undefined;
  const cited = clauses.flatMap(({ standard, edition, ref }) =>
    standard && ref
      ? [{ standard: standard.value, edition: edition?.value ?? '', ref: ref.value, status: 'unverified' as const }]
      : [],
  );
  const own = {
    summary: summary?.value ?? message.value,
    severity: severity?.value ?? 'warning',
    docs: docs?.value,
    clauses: cited,
  } as const;
  const compiled = { kind: kind.value, when: condition, require: requirement, message: template };
  return {
    id: id as OwnRuleId,
    severity: own.severity,
    summary: own.summary,
    seed: [],
    clauses: cited,
    own,
    applies: (analyses) => hasSubject(compiled, analyses),
    check: (analyses, say) => checkCustomRule(compiled, analyses, say),
  };
}

function examplesOf(fields: CustomRuleFields, name: 'pass' | 'fail', text: string): readonly Example[] {
  const written = fields.$.node?.entries.find(({ key }) => key.text === name)?.value;
  const nodes = written?.kind === 'list' ? written.items : [written];
  return (fields[name] ?? []).map(({ value, range }) => {
    const scalar = nodes.find((node) => node?.range === range);
    const node = scalar?.kind === 'scalar' ? scalar : undefined;
    return { text: value, range, placeOf: (part) => rangeInCondition(text, { text: value, range, node }, part) };
  });
}

/** The message, its mistakes at their characters. */
function messageOf(
  { $: origin }: CustomRuleFields,
  { value, range }: Located<string>,
  kind: RuleKindName,
  text: string,
  report: (code: ProblemCode, range: Range, words: string) => void,
) {
  const { template, problems } = parseMessage(kind, value);
  const scalar = origin.node?.entries.find(({ key }) => key.text === 'message')?.value;
  const source = { text: value, range, node: scalar?.kind === 'scalar' ? scalar : undefined };
  for (const problem of problems)
    report('language/condition', rangeInCondition(text, source, problem.range), problem.message);
  return template;
}
