// The parameters of rules: name, meaning, how a value is read, and which of two values is the stricter one.
import type { SyntaxNode } from '../language/syntax.ts';
import { type Amount, parseAmount, parseDuration, parseNumber, parseShare } from '../language/values.ts';

/** Resolved parameters. Spans of time are minutes; autonomy is a level, 1 to 5. */
export interface ParameterValues {
  /** Share of a person's time that can be planned, 0 to 1. */
  readonly utilization: number;
  readonly maxDelegationDepth: number;
  /** Highest level of autonomy for a risk tier; a tier that is not named is not judged. */
  readonly maxAutonomy: Readonly<Partial<Record<RiskTier, number>>>;
  /** Evaluation evidence older than this is stale; undefined: age is not judged. */
  readonly maxEvidenceAge: number | undefined;
  /** Only adverse decisions need a human; false: favourable ones as well. */
  readonly adverseOnly: boolean;
  /** Least retention of logs; undefined: not judged. */
  readonly logRetention: number | undefined;
  /** Effects of this amount or more need two approvals; undefined: only those that say so. */
  readonly dualApproval: Amount | undefined;
  /** A matrix of incompatible duties has to be declared. */
  readonly sodRequired: boolean;
  /** Most steps of a readable workflow. */
  readonly maxSteps: number;
  /** Most branches of a readable split. */
  readonly maxBranches: number;
}

export type RiskTier = 'minimal' | 'limited' | 'high';

/** Values where nobody says otherwise. */
export const defaultParameters: ParameterValues = {
  utilization: 0.8,
  maxDelegationDepth: 2,
  maxAutonomy: {},
  maxEvidenceAge: undefined,
  adverseOnly: true,
  logRetention: undefined,
  dualApproval: undefined,
  sodRequired: false,
  maxSteps: 50,
  maxBranches: 5,
};

/** One parameter as people write it. */
export interface Parameter<K extends keyof ParameterValues = keyof ParameterValues> {
  readonly name: string;
  readonly key: K;
  readonly doc: string;
  /** What a value looks like, for a message. */
  readonly expected: string;
  /** Undefined for a value that is none. */
  read(node: SyntaxNode): ParameterValues[K] | undefined;
  /** The stricter of two values. */
  strictest(a: ParameterValues[K], b: ParameterValues[K]): ParameterValues[K];
}

/** All parameters, by the name people write. */
export const parameters: ReadonlyMap<string, Parameter> = new Map(
  [
    define('utilization', 'utilization', {
      doc: "Share of a reviewer's time that can be planned.",
      expected: 'a share such as 0.8 or 80%',
      read: share,
      strictest: Math.min,
    }),
    define('max-delegation-depth', 'maxDelegationDepth', {
      doc: 'How many times work may be passed on from agent to agent.',
      expected: 'a whole number such as 2',
      read: whole,
      strictest: Math.min,
    }),
    define('max-autonomy', 'maxAutonomy', {
      doc: 'Highest level of autonomy for each risk tier, such as `{ high: L3 }`.',
      expected: 'levels by tier such as { high: L3 }',
      read: levels,
      strictest: (a, b) => ({ ...a, ...b, ...lowest(a, b) }),
    }),
    define('max-evidence-age', 'maxEvidenceAge', {
      doc: 'Evaluation evidence older than this is stale.',
      expected: 'a duration such as 180d',
      read: minutes,
      strictest: least,
    }),
    define('adverse-only', 'adverseOnly', {
      doc: 'Only adverse decisions need a human.',
      expected: 'true or false',
      read: flag,
      strictest: (a, b) => a && b,
    }),
    define('log-retention', 'logRetention', {
      doc: 'Least time that logs are kept.',
      expected: 'a duration such as 6mo',
      read: minutes,
      strictest: most,
    }),
    define('dual-approval', 'dualApproval', {
      doc: 'Effects of this amount or more need two approvals.',
      expected: 'an amount such as 10000 USD',
      read: (node) => (node.kind === 'scalar' ? parseAmount(node.text) : undefined),
      strictest: (a, b) => (!a ? b : !b ? a : a.currency === b.currency && b.value < a.value ? b : a),
    }),
    define('sod-required', 'sodRequired', {
      doc: 'A matrix of incompatible duties (`sod`) has to be declared.',
      expected: 'true or false',
      read: flag,
      strictest: (a, b) => a || b,
    }),
    define('max-steps', 'maxSteps', {
      doc: 'Most steps of a readable workflow.',
      expected: 'a whole number such as 50',
      read: whole,
      strictest: Math.min,
    }),
    define('max-branches', 'maxBranches', {
      doc: 'Most branches of a readable split.',
      expected: 'a whole number such as 5',
      read: whole,
      strictest: Math.min,
    }),
  ].map((parameter) => [parameter.name, parameter]),
);

/** `first` with each value of `second` that is stricter. */
export function strictestOf(first: ParameterValues, second: Partial<ParameterValues>): ParameterValues {
  const result: Record<string, unknown> = { ...first };
  for (const { key, strictest } of parameters.values()) {
    if (second[key] !== undefined) result[key] = strictest(first[key], second[key]);
  }
  return result as unknown as ParameterValues;
}

function define<K extends keyof ParameterValues>(
  name: string,
  key: K,
  rest: Omit<Parameter<K>, 'name' | 'key'>,
): Parameter {
  return { name, key, ...rest } as unknown as Parameter;
}

function textOf(node: SyntaxNode): string | undefined {
  return node.kind === 'scalar' ? node.text : undefined;
}

function share(node: SyntaxNode): number | undefined {
  const text = textOf(node) ?? '';
  const value = parseShare(text) ?? parseNumber(text);
  return value !== undefined && value > 0 && value <= 1 ? value : undefined;
}

function whole(node: SyntaxNode): number | undefined {
  const value = parseNumber(textOf(node) ?? '');
  return value !== undefined && Number.isInteger(value) && value >= 0 ? value : undefined;
}

function minutes(node: SyntaxNode): number | undefined {
  return parseDuration(textOf(node) ?? '')?.minutes;
}

function flag(node: SyntaxNode): boolean | undefined {
  const text = textOf(node);
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

const tiers: readonly RiskTier[] = ['minimal', 'limited', 'high'];

function levels(node: SyntaxNode): ParameterValues['maxAutonomy'] | undefined {
  if (node.kind !== 'map') return undefined;
  const found: Partial<Record<RiskTier, number>> = {};
  for (const { key, value } of node.entries) {
    const tier = tiers.find((known) => known === key.text);
    const level = /^L([1-5])$/.exec((value && textOf(value)) ?? '')?.[1];
    if (!tier || level === undefined) return undefined;
    found[tier] = Number(level);
  }
  return found;
}

function lowest(a: ParameterValues['maxAutonomy'], b: ParameterValues['maxAutonomy']) {
  const both = tiers.filter((tier) => a[tier] !== undefined && b[tier] !== undefined);
  return Object.fromEntries(both.map((tier) => [tier, Math.min(a[tier] ?? 5, b[tier] ?? 5)]));
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}

function most(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.max(a, b);
}
