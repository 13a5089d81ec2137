// Words of a SARIF log: levels, and messages in which nothing is taken for a placeholder or a link.
import type { Severity } from '../language/problem.ts';

/** `result.level` of a severity. */
export const sarifLevels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** A message object: braces are doubled, as SARIF asks, and what would read as a link to elsewhere is none. */
export function sarifMessage(text: string): { readonly text: string } {
  return { text: text.replaceAll(/[{}]/g, '$&$&').replaceAll('](', '\\](') };
}
