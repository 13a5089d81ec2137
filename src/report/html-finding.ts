// One finding on the page of a report: what, where, the text it stands in, the path that proves it, and what mends it.
import type { Range } from '../language/source.ts';
import { positionAt } from '../language/source.ts';
import { escapeMarkup, tag } from '../picture/markup.ts';
import type { Clause, Finding, OwnRule, WitnessStep } from '../rules/finding.ts';
import { type Acceptance, acceptanceOf } from './accepted.ts';
import { type CheckedFile, placeOf } from './checked-file.ts';
import { printable } from './excerpt.ts';
import { factsOf } from './rule-facts.ts';
import { edgeInWords, pathsOf } from './witness-paths.ts';

/** A finding with all that decides how it is shown. */
export interface ShownFinding {
  readonly file: CheckedFile;
  readonly finding: Finding;
  /** Undefined for an open one. */
  readonly accepted: NonNullable<CheckedFile['accepted']>[number] | undefined;
}

/** How a finding is told from others at a glance: accepted ones whatever their severity. */
export function kindOf({ finding, accepted }: ShownFinding): 'error' | 'warning' | 'info' | 'accepted' {
  return accepted ? 'accepted' : finding.severity;
}

/** Lines that are shown before and after the finding, and most of its own. */
const around = 1;
const mostLines = 6;

/** Longest piece of a line that is shown. */
const longestLine = 600;

/** An article; `classes` are what filters go by. */
export function findingArticle(shown: ShownFinding, id: string, classes: readonly string[]): string {
  const { file, finding, accepted } = shown;
  const { rule, severity, verdict, message, range, place, own } = finding;
  const kind = kindOf(shown);
  const { line, column } = placeOf(file, range.start);
  const words = accepted ? acceptanceOf(accepted).kind : verdict === 'unknown' ? 'unknown' : severity;
  const heading = `${id}-says`;
  return tag(
    'article',
    { class: ['finding', kind, ...classes].join(' '), id, 'aria-labelledby': heading },
    tag('h3', { id: heading }, tag('span', { class: 'badge' }, words), ' ', text(message)),
    tag(
      'p',
      { class: 'quiet' },
      link(rule, own),
      ` · line ${line}, column ${column} · ${text(place)} · `,
      tag('a', { href: `#${id}`, 'aria-label': `Link to finding ${id.replace(/\D+/g, '')}` }, 'link'),
    ),
    excerpt(file, range),
    ...witness(file, finding),
    facts(shown),
  );
}

/** The id of a rule, leading to its page where it has one. */
export function link(rule: string, own?: OwnRule): string {
  const { url } = factsOf(rule, own);
  return url === undefined ? text(rule) : tag('a', { href: url }, text(rule));
}

/** Text of a file as markup on one line, without characters that turn the direction of writing. */
export function text(words: string): string {
  return escapeMarkup(printable(words));
}

function excerpt({ text: whole, lineStarts }: CheckedFile, { start, end }: Range): string {
  const from = positionAt(lineStarts, Math.min(start, whole.length)).line;
  const to = Math.min(positionAt(lineStarts, Math.min(Math.max(end - 1, start), whole.length)).line, from + mostLines);
  const rows: string[] = [];
  for (let line = Math.max(0, from - around); line <= Math.min(lineStarts.length - 1, to + around); line++) {
    const first = lineStarts[line] ?? 0;
    const content = whole.slice(first, lineStarts[line + 1] ?? whole.length).replace(/[\r\n]+$/, '');
    // A very long line is shown around the finding.
    const cut = Math.max(0, Math.min(start - first, content.length) - longestLine / 2);
    const shown = content.slice(cut, cut + longestLine);
    const at = (offset: number) => Math.min(Math.max(0, offset - first - cut), shown.length);
    const [a, b] = [at(start), at(Math.max(start, end))];
    const isMarked = line >= from && line <= to && b > a;
    const parts = isMarked
      ? [code(shown.slice(0, a)), tag('mark', {}, code(shown.slice(a, b))), code(shown.slice(b))]
      : [code(shown)];
    const ends = [cut > 0 ? '…' : '', cut + longestLine < content.length ? '…' : ''];
    const number = tag('span', { class: 'number' }, String(line + 1));
    rows.push(tag('div', {}, number, tag('code', {}, ends[0] ?? '', ...parts, ends[1] ?? '')));
  }
  return tag('div', { class: 'excerpt' }, ...rows);
}

/** A part of a line; a tab is two columns. */
function code(part: string): string {
  return escapeMarkup(printable(part.replaceAll('\t', '  ')));
}

/** A problem of the text is its own proof. */
function witness(file: CheckedFile, { rule, witness: steps }: Finding): readonly string[] {
  if (rule.startsWith('language/')) return [];
  return pathsOf(steps).map((path) =>
    tag(
      'ol',
      { class: 'path', 'aria-label': path.length > 1 ? 'Path that proves it' : 'Proof' },
      ...path.map((step) => pathStep(file, step)),
    ),
  );
}

function pathStep(file: CheckedFile, { step, edge, range, note }: WitnessStep): string {
  const way = edge ? edgeInWords(edge) : '';
  return tag(
    'li',
    note === '' ? {} : { class: 'noted' },
    ...(way === '' ? [] : [tag('span', { class: 'edge' }, text(way)), ' ']),
    tag('strong', {}, text(step)),
    ' ',
    tag('span', { class: 'quiet' }, `line ${placeOf(file, range.start).line}`),
    note === '' ? '' : ` – ${text(note)}`,
  );
}

function facts({ finding, accepted }: ShownFinding): string {
  const { fixes, clauses, also = [] } = finding;
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ...(accepted ? acceptanceFacts(acceptanceOf(accepted)) : []),
    ['Fix', fixes.map(({ title }) => text(title))],
    ['Also breaks', also.map(({ rule }) => link(rule))],
    ['Serves', byStandard(clauses).map(text)],
  ];
  const known = rows.filter(([, values]) => values.length > 0);
  if (known.length === 0) return '';
  return tag(
    'dl',
    { class: 'facts' },
    ...known.map(([name, values]) => {
      const list = tag('ul', {}, ...values.map((value) => tag('li', {}, value)));
      return tag('dt', {}, name) + tag('dd', {}, values.length === 1 ? (values[0] ?? '') : list);
    }),
  );
}

function acceptanceFacts({
  reason,
  owner,
  approvedBy,
  expires,
  ticket,
}: Acceptance): readonly (readonly [string, readonly string[]])[] {
  const said = { 'Accepted because': reason, Owner: owner, 'Approved by': approvedBy, Until: expires, Ticket: ticket };
  return Object.entries(said).map(([name, value]) => [name, value === undefined ? [] : [text(value)]]);
}

/** One line for each standard. */
function byStandard(clauses: readonly Clause[]): readonly string[] {
  const lines = new Map<string, string>();
  for (const { standard, edition, ref } of clauses) {
    const name = `${standard}, ${edition}`;
    const before = lines.get(name);
    lines.set(name, before === undefined ? `${name}: ${ref}` : `${before}, ${ref}`);
  }
  return [...lines.values()];
}
