// Expressions of custom rules: CEL over the model, type-checked, bounded in size and time. An absent field makes the
// value of an expression unknown, unless the rest decides it: `false && …` is false whatever is absent.
import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { addMixedArithmetic, childrenOf, detailOf, syntaxMessage } from '../language/conditions.ts';
import type { Range } from '../language/source.ts';
import { didYouMean, suggest } from '../language/suggest.ts';
import { modelTypes, type RuleKindName, ruleKinds, variablesOfKind } from './custom-rule-model.ts';
import { chainAt, functions, methods, namesAfter } from './custom-rule-typing.ts';
import { constructors, ElementLimitError, elementLimit } from './custom-rule-view.ts';

/** What is wrong with an expression, at a part of it. */
export interface ExpressionProblem {
  readonly range: Range;
  readonly message: string;
}

/** An expression that can be evaluated. */
export interface Expression {
  readonly text: string;
  /** CEL type of its value. */
  readonly type: string;
  /** `values` by the names of the variables of its kind. Never throws. */
  evaluate(values: Readonly<Record<string, unknown>>): Outcome;
}

/** A value, or why there is none, as a clause of a sentence. */
export type Outcome = { readonly value: unknown } | { readonly unknown: string };

/** Bounds on one expression. */
export const expressionLimits = { characters: 4000, nodes: 400, depth: 40, elements: 30, loops: 3 } as const;

/** Parses and checks an expression for rules of a kind. Never throws. */
export function parseExpression(
  kind: RuleKindName,
  text: string,
): { readonly expression: Expression } | { readonly problem: ExpressionProblem } {
  const whole = { start: 0, end: text.length };
  if (text.trim() === '') return { problem: { range: whole, message: 'The expression is empty.' } };
  if (text.length > expressionLimits.characters)
    return {
      problem: { range: whole, message: `The expression is longer than ${expressionLimits.characters} characters.` },
    };
  let parsed: ReturnType<Environment['parse']>;
  try {
    parsed = environments[kind].parse(text);
  } catch (error) {
    const { range = whole, message } = detailOf(error);
    return { problem: { range, message: readable(text, range, message) } };
  }
  const { ast } = parsed;
  const checked = parsed.check();
  if (!checked.valid) {
    const { range = whole, message, code } = detailOf(checked.error);
    return { problem: { range, message: typeMessage(kind, text, range, message, code) } };
  }
  const refused = refusal(ast, 0, false);
  if (refused) return { problem: refused };
  return {
    expression: {
      text,
      type: checked.type ?? 'dyn',
      evaluate(values) {
        try {
          return { value: parsed(values) as unknown };
        } catch (error) {
          return { unknown: reasonOf(error, text) };
        }
      },
    },
  };
}

const environments = Object.fromEntries(
  (Object.keys(ruleKinds) as RuleKindName[]).map((kind) => [kind, environmentOf(kind)]),
) as Readonly<Record<RuleKindName, Environment>>;

function environmentOf(kind: RuleKindName): Environment {
  const { nodes, depth, elements } = expressionLimits;
  const environment = new Environment({
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: nodes, maxDepth: depth, maxListElements: elements, maxMapEntries: 0, maxCallArguments: 4 },
  });
  addMixedArithmetic(environment);
  for (const [name, { fields }] of Object.entries(modelTypes)) {
    const ctor = constructors.get(name as keyof typeof modelTypes);
    const types = Object.fromEntries(Object.entries(fields).map(([field, { type }]) => [field, type]));
    if (ctor) environment.registerType(name, { ctor, fields: types });
  }
  for (const [name, type] of variablesOfKind(kind)) environment.registerVariable(name, type);
  return environment;
}

const macros: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);
const known: ReadonlySet<string> = new Set(
  [methods.list, methods.string, functions].flatMap((table) => Object.keys(table)),
);

/** What CEL knows and rules may not use, since nothing would bound the time or the size of it. */
function refusal(node: ASTNode, loops: number, inLiteral: boolean): ExpressionProblem | undefined {
  const { range } = node;
  if (node.op === 'call' || node.op === 'rcall') {
    const [name] = node.args;
    if (name === 'matches')
      return {
        range,
        message:
          "'matches' is not offered here, since a pattern can take any time. Use startsWith, endsWith or contains.",
      };
    if (!known.has(name)) return { range, message: `'${name}' is not offered here.` };
  }
  if (node.op === 'map') return { range, message: 'A map cannot be written here.' };
  if (node.op === 'list') {
    const strange = node.args.find(({ op }) => op !== 'value');
    if (strange)
      return { range: strange.range, message: 'A list can only hold texts, numbers, true and false as they are.' };
  }
  if (node.op === '+' && !/^(double|int)$/.test(typeOf(node)))
    return { range, message: "Only numbers can be added. Texts stand side by side in 'message'." };
  if (node.op === 'rcall' && macros.has(node.args[0])) {
    const [name, receiver, args] = node.args;
    const overLiteral = receiver.op === 'list';
    if (loops >= expressionLimits.loops)
      return { range, message: `Lists are gone through inside each other more than ${expressionLimits.loops} deep.` };
    if (overLiteral && inLiteral)
      return { range, message: 'Two written lists cannot be gone through inside each other.' };
    const body = args.at(-1);
    if (name === 'map' && body && typeOf(body).startsWith('list'))
      return { range: body.range, message: "'map' cannot make a list of lists." };
    const inner = args.slice(1).map((each) => refusal(each, loops + 1, inLiteral || overLiteral));
    return refusal(receiver, loops, inLiteral) ?? inner.find((each) => each !== undefined);
  }
  for (const child of childrenOf(node)) {
    const found = refusal(child, loops, inLiteral);
    if (found) return found;
  }
  return undefined;
}

/** Type that the check has found for a part of the expression. */
function typeOf(node: ASTNode): string {
  const { checkedType } = node as { readonly checkedType?: { readonly name?: string } };
  return checkedType?.name ?? 'dyn';
}

function reasonOf(error: unknown, text: string): string {
  if (error instanceof ElementLimitError)
    return `more than ${elementLimit} elements of lists were to be looked at, which is the limit`;
  const { code, range, message } = detailOf(error);
  if (code === 'no_such_key' && range) return `\`${chainAt(text, range.end).replace(/\s+/g, ' ')}\` is not stated`;
  if (code === 'index_out_of_bounds') return 'a list has fewer elements than the expression asks for';
  return `it cannot be worked out (${message})`;
}

function readable(text: string, range: Range, message: string): string {
  const limit = /exceeded (max\w+)/i.exec(message)?.[1];
  if (limit === 'maxListElements') return `A written list has more than ${expressionLimits.elements} elements.`;
  if (limit === 'maxMapEntries') return 'A map cannot be written here.';
  if (limit === 'maxDepth' || /call stack/i.test(message))
    return `The expression is nested more than ${expressionLimits.depth} deep. Split it into several rules.`;
  if (limit) return `The expression has more than ${expressionLimits.nodes} parts. Split it into several rules.`;
  return syntaxMessage(text, range, message)
    .replace('a condition', 'an expression')
    .replace('The condition', 'The expression');
}

function typeMessage(kind: RuleKindName, text: string, range: Range, message: string, code: string): string {
  const part = text.slice(range.start, range.end);
  if (code === 'unknown_variable') {
    const names = [...variablesOfKind(kind).keys()];
    return `'${part}' is nothing that a rule for ${kind} can name.${didYouMean(suggest(part, names)) || ` It begins with ${names.join(' or ')}.`}`;
  }
  if (code === 'no_such_key') {
    const dot = text.lastIndexOf('.', range.start - 1);
    const owner = chainAt(text, dot);
    const names = namesAfter(kind, text, dot);
    return `\`${owner}\` has no field '${part}'.${didYouMean(suggest(part, names))}`;
  }
  if (code === 'no_such_overload') {
    if (/\bnull\b/.test(message)) return 'Nothing is null here. has(…) asks whether a field is there.';
    const types = message.replace(/^no such overload: /, '').replace(/\bdouble\b|\bint\b/g, 'number');
    return `These types do not go together: ${types}.`;
  }
  if (code === 'no_matching_overload') {
    const form = message.replace(/^found no matching overload for '/, '').replace(/'$/, '');
    const name = /(\w+)\(/.exec(form)?.[1] ?? '';
    return `There is no function '${form}'.${didYouMean(known.has(name) ? undefined : suggest(name, known))}`;
  }
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}
