// Findings as Markdown, for a ticket, a mail or a review. What stands in files is text here, never markup.
import { clausesOf, type Row, type Rules } from './governance-rows.ts';

/** Words of the page; they come in the language of the editor. */
export interface MarkdownWords {
  readonly severities: Readonly<Record<Row['finding']['severity'], string>>;
  readonly states: Readonly<Record<Row['finding']['state'], string>>;
  /** `lead answers for it`. */
  owners(names: string): string;
  path: string;
  clauses: string;
  /** `Accepted until 2026-12-31 …: reason`. */
  waiver(waiver: NonNullable<Row['finding']['waiver']>): string;
}

/** One list item for each finding, with its path below it. */
export function findingsAsMarkdown(
  rows: readonly Row[],
  rules: Rules,
  nameOf: (uri: string) => string,
  words: MarkdownWords,
): string {
  return rows.map((row) => findingAsMarkdown(row, rules, nameOf, words)).join('\n');
}

function findingAsMarkdown(
  { file, finding }: Row,
  rules: Rules,
  nameOf: (uri: string) => string,
  words: MarkdownWords,
): string {
  const { severity, state, rule, message, place, range, witness, owners, waiver } = finding;
  const where = `${nameOf(file.uri)}:${range.start.line + 1}`;
  const clauses = clausesOf(finding, rules).map(({ standard, ref }) => `${standard} ${ref}`);
  const facts = [
    `${words.severities[severity]}, ${words.states[state]}`,
    ...(owners.length > 0 ? [words.owners(owners.join(', '))] : []),
    ...(waiver ? [words.waiver(waiver)] : []),
    ...(clauses.length > 0 ? [`${words.clauses} ${clauses.join('; ')}`] : []),
    ...(witness.length > 1 ? [words.path] : []),
  ];
  const path = witness.length > 1 ? witness.map(({ text }, at) => `    ${at + 1}. ${escapeMarkdown(text)}`) : [];
  return [
    `- **${escapeMarkdown(message)}**`,
    `  ${code(rule)} · ${code(where)} · ${code(place)}`,
    ...facts.map((fact) => `  - ${escapeMarkdown(fact)}`),
    ...path,
    '',
  ].join('\n');
}

/** Text that Markdown shows as it is, on one line; to be read without being rendered too, no sign is escaped in vain. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replace(/^[-+#>]/, '\\$&');
}

/** A code span that holds any text. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}
