// Reads the snippet file and expands a snippet as the editor does when the user keeps every default.
import { readFileSync } from 'node:fs';

export interface Snippet {
  readonly description: string;
  readonly body: string[];
}

export function readSnippets(): Record<string, Snippet> {
  return JSON.parse(readFileSync('syntaxes/aiwf.code-snippets', 'utf8'));
}

/** The text a snippet leaves behind: a tab stop becomes its default, its first choice, or what its twin holds. */
export function expandSnippet(body: string[]): string {
  const text = body.join('\n');
  const defaults = new Map<string, string>();
  expand(text, defaults);
  // A second run, so that a tab stop without a default may stand before the one that has it.
  return expand(text, defaults);
}

const tabStop = /\\([$}\\])|\$(\d+)|\$\{(\d+)\}|\$\{(\d+)\|((?:\\.|[^|\\])*)\|\}|\$\{(\d+):((?:\\.|[^{}\\])*)\}/g;

function expand(text: string, defaults: Map<string, string>): string {
  if (/\$\{/.test(text.replace(tabStop, ''))) throw new Error(`not understood in a snippet: ${text}`);
  return text.replace(tabStop, (_, escaped, bare, braced, choiceStop, choices, stop, value) => {
    if (escaped) return escaped;
    const id: string = bare ?? braced ?? choiceStop ?? stop;
    const own = choices?.split(/(?<!\\),/)[0] ?? value;
    if (own !== undefined && !defaults.has(id)) defaults.set(id, own.replaceAll(/\\(.)/g, '$1'));
    return defaults.get(id) ?? '';
  });
}
