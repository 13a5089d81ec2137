// A problem of the text itself, before any rule: syntax, shape, values, conditions, imports.
import type { Range, TextEdit } from './source.ts';

export type Severity = 'error' | 'warning' | 'info';

/** The closed list of problem codes; each has a page in `docs/rules/language/`. */
export const problemCodes = [
  'language/syntax',
  'language/limit',
  'language/duplicate-key',
  'language/unknown-key',
  'language/missing-key',
  'language/invalid-value',
  'language/condition',
  'language/import',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** An edit of one document that mends a problem or a finding. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** `safe` keeps the meaning the author stated; `meaning-changing` makes a design choice the author should look at. */
  readonly safety: 'safe' | 'meaning-changing';
}

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly fixes?: readonly Fix[];
}
