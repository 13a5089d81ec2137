// Conditions: CEL (cel.dev) parsed and type-checked against the data of a workflow, errors at the exact characters.
import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import type { Workflow } from './model.ts';
import type { ConditionText, DataField } from './parts.ts';
import type { Problem } from './problem.ts';
import { scalarOffsets } from './scalar-offsets.ts';
import type { Range } from './source.ts';
import { didYouMean, suggest } from './suggest.ts';

/** A condition and what became of it. */
export interface Condition {
  readonly source: ConditionText;
  /** Undefined where it does not parse. */
  readonly ast: ASTNode | undefined;
  /** CEL type, undefined where it does not check. */
  readonly type: string | undefined;
}

/** The conditions of a file. */
export interface Conditions {
  readonly checked: ReadonlyMap<ConditionText, Condition>;
  readonly problems: readonly Problem[];
}

/** Checks every condition of the file against data, its fields and the items of `for-each`. Never throws. */
export function checkConditions(workflow: Workflow): Conditions {
  const problems: Problem[] = [];
  const variables = variablesOf(workflow);
  const environment = buildEnvironment(variables, workflow, problems);
  const checked = new Map<ConditionText, Condition>();
  for (const source of workflow.file.conditions) {
    checked.set(source, checkCondition(source, environment, variables, workflow.file.text, problems));
  }
  return { checked, problems };
}

/** Range in the document of a part of a condition. */
export function rangeInCondition(text: string, { range, node }: ConditionText, part: Range): Range {
  if (!node) return range;
  const offsets = scalarOffsets(text, node);
  const start = offsets[Math.min(part.start, offsets.length - 1)] ?? range.start;
  if (part.end <= part.start) return { start, end: Math.min(start + 1, Math.max(range.end, start)) };
  const last = offsets[Math.min(part.end, offsets.length) - 1] ?? start;
  return { start, end: Math.max(start, last + 1) };
}

function checkCondition(
  source: ConditionText,
  environment: Environment,
  variables: ReadonlyMap<string, DataField>,
  text: string,
  problems: Problem[],
): Condition {
  const reportAt = (part: Range, message: string) =>
    problems.push({
      code: 'language/condition',
      severity: 'error',
      message,
      range: rangeInCondition(text, source, part),
    });
  if (source.text.trim() === '') {
    problems.push({
      code: 'language/condition',
      severity: 'error',
      message: 'The condition is empty.',
      range: source.range,
    });
    return { source, ast: undefined, type: undefined };
  }
  const whole = { start: 0, end: source.text.length };
  let parsed: ReturnType<Environment['parse']>;
  try {
    parsed = environment.parse(source.text);
  } catch (error) {
    const { range = whole, message } = detailOf(error);
    reportAt(range, syntaxMessage(source.text, range, message));
    return { source, ast: undefined, type: undefined };
  }
  const { ast } = parsed;
  const result = parsed.check();
  if (!result.valid) {
    const { range = whole, message, code } = detailOf(result.error);
    reportAt(range, typeMessage(code, source.text, range, message, variables));
    return { source, ast, type: undefined };
  }
  if (result.type !== 'bool' && result.type !== 'dyn') {
    reportAt(whole, `A condition is true or false; this one is a value of type ${plainType(result.type ?? 'dyn')}.`);
    return { source, ast, type: undefined };
  }
  for (const { name, range } of source.only ? freeNames(ast) : []) {
    if (!source.only?.includes(name) && variables.has(name)) {
      reportAt(
        range,
        `'${name}' is not in the payload of this contract: 'accept-if' can only name what is handed over.`,
      );
    }
  }
  return { source, ast, type: result.type };
}

/** Data and `for-each` items by name, with the type a condition sees. */
export function variablesOf(workflow: Workflow): ReadonlyMap<string, DataField> {
  return workflow.derived(computeVariables);
}

function computeVariables(workflow: Workflow): ReadonlyMap<string, DataField> {
  const variables = new Map<string, DataField>();
  for (const { id, range, fields } of workflow.data.values()) {
    const known = fields.fields ?? workflow.schemaFields(fields.schema?.value, workflow.data.get(id)?.uri);
    const name = { value: id, range };
    variables.set(id, known ? { name, type: 'object', fields: known } : { name, type: 'any' });
  }
  for (const { fields } of workflow.steps.values()) {
    const { item, in: list } = fields.forEach ?? {};
    if (!item || variables.has(item.value)) continue;
    const element = list && fieldAt(variables.get(list.name), list.field)?.items;
    variables.set(item.value, element ? { ...element, name: item } : { name: item, type: 'any' });
  }
  return variables;
}

/** The field that a path such as `claim.lines` leads to. */
export function fieldAt(field: DataField | undefined, path: string | undefined): DataField | undefined {
  if (!path) return field;
  return path.split('.').reduce<DataField | undefined>((current, part) => current?.fields?.get(part), field);
}

function buildEnvironment(
  variables: ReadonlyMap<string, DataField>,
  workflow: Workflow,
  problems: Problem[],
): Environment {
  const environment = new Environment({ homogeneousAggregateLiterals: false });
  addMixedArithmetic(environment);
  for (const [name, field] of variables) {
    if (register(environment, name, field) || workflow.data.get(name)?.uri !== workflow.file.uri) continue;
    const message = `'${name}' is a word of the condition language and cannot name data. Choose another id.`;
    problems.push({ code: 'language/invalid-value', severity: 'error', message, range: field.name.range });
  }
  return environment;
}

/** False for a name that CEL keeps for itself. */
function register(environment: Environment, name: string, field: DataField): boolean {
  if (literals.has(name)) return false;
  try {
    const { fields } = field;
    if (field.type === 'object' && fields) environment.registerVariable(name, { schema: schemaOf(fields) });
    else environment.registerVariable(name, celType(field));
    return true;
  } catch {
    return false;
  }
}

/** Words of the grammar of CEL, which its environment lets pass as names of variables. */
const literals: ReadonlySet<string> = new Set(['in', 'true', 'false', 'null']);

/** JSON knows one kind of number, so `amount == 3` and `2 * amount` mean what the author expects. */
export function addMixedArithmetic(environment: Environment): void {
  const operations: Readonly<Record<string, (a: number, b: number) => number | boolean>> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
    '==': (a, b) => a === b,
  };
  for (const [operator, apply] of Object.entries(operations)) {
    const handler = (a: number | bigint, b: number | bigint) => apply(Number(a), Number(b));
    const returns = operator === '==' ? 'bool' : 'double';
    environment.registerOperator(`double ${operator} int: ${returns}`, handler);
    if (operator !== '==') environment.registerOperator(`int ${operator} double: ${returns}`, handler);
  }
}

interface Schema {
  [field: string]: string | Schema;
}

function schemaOf(fields: ReadonlyMap<string, DataField>): Schema {
  const schema: Schema = {};
  for (const [name, field] of fields) {
    // A plain object cannot hold it, and a condition that names it is told that there is no such field.
    if (name === '__proto__') continue;
    schema[name] = field.type === 'object' && field.fields ? schemaOf(field.fields) : celType(field);
  }
  return schema;
}

function celType(field: DataField): string {
  switch (field.type) {
    case 'string':
      return field.format === 'date' || field.format === 'date-time' ? 'dyn' : 'string';
    case 'number':
      return 'double';
    case 'integer':
      return 'int';
    case 'boolean':
      return 'bool';
    case 'array':
      return field.items && !field.items.fields && field.items.type !== 'array'
        ? `list<${celType(field.items)}>`
        : 'list<dyn>';
    case 'object':
      return 'map<string, dyn>';
    default:
      return 'dyn';
  }
}

function plainType(type: string): string {
  return type === 'double' || type === 'int' ? 'number' : type.startsWith('$') ? 'object' : type;
}

/** Identifiers of an expression that no macro binds. */
export function freeNames(ast: ASTNode, bound: readonly string[] = []): readonly { name: string; range: Range }[] {
  if (ast.op === 'id') return bound.includes(ast.args) ? [] : [{ name: ast.args, range: ast.range }];
  if (ast.op === 'rcall') {
    const [macro, receiver, args] = ast.args;
    const variable =
      ['all', 'exists', 'exists_one', 'filter', 'map'].includes(macro) && args[0]?.op === 'id'
        ? args[0].args
        : undefined;
    const inner = variable === undefined ? args : args.slice(1);
    const names = variable === undefined ? bound : [...bound, variable];
    return [...freeNames(receiver, bound), ...inner.flatMap((argument) => freeNames(argument, names))];
  }
  return childrenOf(ast).flatMap((child) => freeNames(child, bound));
}

/** The expressions an expression is made of. */
export function childrenOf(ast: ASTNode): readonly ASTNode[] {
  const isNode = (value: unknown): value is ASTNode => typeof value === 'object' && value !== null && 'op' in value;
  const collect = (value: unknown): readonly ASTNode[] =>
    isNode(value) ? [value] : Array.isArray(value) ? value.flatMap(collect) : [];
  return collect(ast.args);
}

/** What CEL says of an expression: the part of it, the words and the code. */
export function detailOf(error: unknown): { range: Range | undefined; message: string; code: string } {
  const detail = error as { range?: Range; summary?: string; message?: string; code?: string };
  return {
    range: detail.range,
    message: detail.summary ?? detail.message ?? 'It cannot be read',
    code: detail.code ?? '',
  };
}

/** What CEL writes for the words people type instead. */
const celWords: ReadonlyMap<string, string> = new Map([
  ['and', '&&'],
  ['or', '||'],
  ['not', '!'],
  ['=', '=='],
  ['<>', '!='],
]);

/** Why an expression cannot be read, `message` being the words of CEL. */
export function syntaxMessage(text: string, range: Range, message: string): string {
  const word = /^[a-z]+|^[=<>]+/.exec(text.slice(range.start).trimStart())?.[0] ?? '';
  const before = /\b(and|or|not)\s*$/.exec(text.slice(0, range.end))?.[1];
  const meant = celWords.get(word) ?? (before ? celWords.get(before) : undefined);
  if (meant) return `'${celWords.has(word) ? word : before}' is written '${meant}' in a condition.`;
  if (isExhausted(message)) return tooDeep;
  if (/EOF/.test(message)) return 'The condition ends too early.';
  return `The condition cannot be read: ${message.charAt(0).toLowerCase()}${message.slice(1)}.`;
}

const tooDeep = 'The condition is nested too deeply to be read. Split it, or let a step write the result.';

function isExhausted(message: string): boolean {
  return /call stack|exceeded max/i.test(message);
}

function typeMessage(
  code: string,
  text: string,
  range: Range,
  message: string,
  variables: ReadonlyMap<string, DataField>,
): string {
  const part = text.slice(range.start, range.end);
  if (isExhausted(message)) return tooDeep;
  if (code === 'unknown_variable') {
    const hint = didYouMean(suggest(part, variables.keys()));
    return `'${part}' is not data of this workflow.${hint || " Declare it under 'data'."}`;
  }
  if (code === 'no_such_key') {
    const owner = /([A-Za-z_][\w.]*)\.\s*$/.exec(text.slice(0, range.start))?.[1] ?? '';
    const [name = '', ...path] = owner.split('.');
    const known = fieldAt(variables.get(name), path.join('.'))?.fields?.keys() ?? [];
    return `'${owner}' has no field '${part}'.${didYouMean(suggest(part, known))}`;
  }
  if (code === 'no_such_overload') {
    const types = message.replace(/^no such overload: /, '').replace(/\bdouble\b|\bint\b/g, 'number');
    return `These types do not go together: ${types.replace(/\$[\w.]+/g, 'object')}.`;
  }
  if (code === 'no_matching_overload') {
    return `There is no function '${message.replace(/^found no matching overload for '/, '').replace(/'$/, '')}'.`;
  }
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}
