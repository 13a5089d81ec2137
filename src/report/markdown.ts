// Findings as Markdown for a pull request or the summary of a job: counts, files, then each finding to unfold. What a user
// wrote never becomes markup, a link or a mention of somebody.
import { escapeMarkup } from '../picture/markup.ts';
import { plain } from '../picture/table-markdown.ts';
import type { Finding } from '../rules/finding.ts';
import { acceptanceOf } from './accepted.ts';
import { type CheckedFile, countFindings, inOrder, placeOf, type UnreadFile } from './checked-file.ts';
import { renderExcerpt } from './excerpt.ts';
import { factsOf } from './rule-facts.ts';
import { counted, renderSummary } from './text.ts';
import { edgeInWords, pathsOf } from './witness-paths.ts';

interface MarkdownOptions {
  /** Of this tool. */
  readonly version: string;
  /** What was asked for and could not be read. */
  readonly unread?: readonly UnreadFile[];
}

/** GitHub takes no comment that is longer than 65,536 characters; some are left for what a workflow adds. */
const longest = 60_000;

/** Ends with a line break. What does not fit is counted. */
export function renderMarkdown(files: readonly CheckedFile[], { version, unread = [] }: MarkdownOptions): string {
  const ordered = inOrder(files);
  const { errors, warnings } = countFindings(ordered);
  const state = errors > 0 ? '❌' : warnings > 0 ? '⚠️' : '✅';
  const head = [
    `## ${state} aiwf: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`,
    renderSummary(ordered, version).trimEnd().split('\n').map(prose).join('  \n'),
    ...(unread.length > 0
      ? [unread.map(({ path, reason }) => `- ${prose(path)} was not checked: ${prose(reason)}`).join('\n')]
      : []),
  ];
  const blocks = ordered
    .flatMap((file) => file.findings.map((finding) => ({ finding, text: () => findingBlock(file, finding) })))
    .sort((a, b) => order.indexOf(a.finding.severity) - order.indexOf(b.finding.severity))
    .map(({ text }) => text);
  const rows = ordered.flatMap(acceptedRows);
  const parts = take([() => filesTable(ordered), ...blocks], longest - lengthOf(head));
  const left = longest - lengthOf(head) - lengthOf(parts.taken);
  const accepted = take(
    rows.map((row) => () => row),
    left - lengthOf([acceptedHead]),
  );
  const missing = parts.left + accepted.left;
  return `${[
    ...head,
    ...parts.taken,
    ...(rows.length > 0 ? [[acceptedHead, ...accepted.taken].join('\n')] : []),
    ...(missing > 0 ? [`**${missing} more ${missing === 1 ? 'is' : 'are'} not shown here**: run \`aiwf check\`.`] : []),
  ].join('\n\n')}\n`;
}

const order = ['error', 'warning', 'info'];
const marks = { error: '❌', warning: '⚠️', info: 'ℹ️' } as const;

/** As many of the blocks as fit, from the front. */
function take(
  blocks: readonly (() => string)[],
  room: number,
): { readonly taken: readonly string[]; readonly left: number } {
  const taken: string[] = [];
  let used = 0;
  for (const block of blocks) {
    const text = block();
    used += lengthOf([text]);
    if (text !== '' && used > room) return { taken, left: blocks.length - taken.length };
    taken.push(text);
  }
  return { taken: taken.filter((text) => text !== ''), left: 0 };
}

function lengthOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + part.length + 2, 0);
}

/** Files in which something was found, open or accepted; empty where nothing was. */
function filesTable(files: readonly CheckedFile[]): string {
  const rows = files.flatMap((file) => {
    const { errors, warnings, infos, waived, known } = countFindings([file]);
    const counts = [errors, warnings, infos, waived + known];
    return counts.every((count) => count === 0) ? [] : [`| ${prose(file.path)} | ${counts.join(' | ')} |`];
  });
  if (rows.length === 0) return '';
  return ['| file | errors | warnings | infos | accepted |', '|---|--:|--:|--:|--:|', ...rows].join('\n');
}

function findingBlock(file: CheckedFile, finding: Finding): string {
  const { rule, severity, verdict, message, range, fixes, clauses, own, also = [] } = finding;
  const { line } = placeOf(file, range.start);
  const { url } = factsOf(rule, own);
  const kind = verdict === 'unknown' ? 'unknown' : severity;
  const cited = clauses.map(({ standard, ref }) => `${standard}, ${ref}`);
  const facts = [
    `- rule: ${url === undefined ? prose(rule) : `[${prose(rule)}](${url})`}`,
    ...(also.length > 0 ? [`- also: ${also.map((folded) => prose(folded.rule)).join(', ')}`] : []),
    ...(cited.length > 0 ? [`- serves: ${prose(cited.join('; '))}`] : []),
    ...fixes.map(({ title }) => `- fix: ${prose(title)}`),
  ];
  return [
    `<details><summary>${marks[severity]} <b>${kind}</b> ${markup(file.path)}:${line} ${markup(message)}</summary>`,
    fenced(renderExcerpt(file.text, file.lineStarts, range)),
    ...witnessBlocks(file, finding),
    facts.join('\n'),
    '</details>',
  ].join('\n\n');
}

/** Each path as a numbered list; where a single place proves the finding, that place. A problem of the text is its own proof. */
function witnessBlocks(file: CheckedFile, { rule, witness }: Finding): readonly string[] {
  if (rule.startsWith('language/')) return [];
  return pathsOf(witness).map((path) => {
    const rows = path.map(({ step, edge, range, note }) => {
      const way = edge ? edgeInWords(edge) : '';
      const how = way === '' ? '' : `*${prose(way)}* → `;
      return `${how}**${prose(step)}** (line ${placeOf(file, range.start).line})${note === '' ? '' : `: ${prose(note)}`}`;
    });
    const title = path.length > 1 ? 'Path that proves it:' : 'Proof:';
    return [title, '', ...rows.map((row, index) => (path.length > 1 ? `${index + 1}. ${row}` : row))].join('\n');
  });
}

const acceptedHead = [
  '### Accepted findings',
  '',
  '| where | rule | why | owner | approved by | until | ticket |',
  '|---|---|---|---|---|---|---|',
].join('\n');

function acceptedRows(file: CheckedFile): readonly string[] {
  return (file.accepted ?? []).map((accepted) => {
    const { range, rule } = accepted.finding;
    const { reason, owner, approvedBy, expires, ticket } = acceptanceOf(accepted);
    const where = `${file.path}:${placeOf(file, range.start).line}`;
    const cells = [where, rule, reason, owner, approvedBy, expires, ticket];
    return `| ${cells.map((cell) => (cell === undefined || cell === '' ? '–' : prose(cell))).join(' | ')} |`;
  });
}

/** Text that names nobody and points to no issue: a space without width stands behind the signs that would. */
export function prose(text: string): string {
  return plain(text).replaceAll(/\\([@#!])/g, '\\$1\u200B');
}

/** The same inside an element. */
export function markup(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ');
  return escapeMarkup(line.replaceAll(/[@#!]/g, '$&\u200B'));
}

/** A block of code; its fence is longer than any that the text could close it with. */
function fenced(lines: readonly string[]): string {
  const text = lines.map((line) => line.replace(/^ {2}/, '')).join('\n');
  const most = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(most + 1);
  return `${fence}yaml\n${text}\n${fence}`;
}
