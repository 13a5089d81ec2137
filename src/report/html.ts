// Findings as one page for people: it stands alone, asks no network for anything, runs no script, and is fit to be printed.
// Filters are form controls that the style sheet looks at.
import { tag } from '../picture/markup.ts';
import type { Clause } from '../rules/finding.ts';
import { type CheckedFile, countFindings, inOrder, type UnreadFile } from './checked-file.ts';
import { findingArticle, kindOf, link, type ShownFinding, text } from './html-finding.ts';
import sheet from './page.css';
import { factsOf } from './rule-facts.ts';
import { counted, renderSummary } from './text.ts';

interface HtmlOptions {
  /** Of this tool. */
  readonly version: string;
  /** SHA-256 of a text in UTF-8, as hexadecimal digits. */
  sha256(text: string): string;
  /** What was asked for and could not be read. */
  readonly unread?: readonly UnreadFile[];
}

/** A value that findings can be filtered by; `token` stands for it in classes, so that no word of a file is in the style. */
interface Choice {
  readonly token: string;
  readonly name: string;
}

type Choices = ReadonlyMap<string, Choice>;

/** What can be chosen; clauses by `nameOf`. */
interface Filters {
  readonly rules: Choices;
  readonly standards: Choices;
  readonly clauses: Choices;
}

/** The whole document; ends with a line break. */
export function renderHtml(files: readonly CheckedFile[], options: HtmlOptions): string {
  const ordered = inOrder(files);
  const shown = ordered.flatMap((file): readonly ShownFinding[] => [
    ...file.findings.map((finding) => ({ file, finding, accepted: undefined })),
    ...(file.accepted ?? []).map((accepted) => ({ file, finding: accepted.finding, accepted })),
  ]);
  const filters: Filters = {
    rules: choices(
      'r',
      shown.map(({ finding }) => finding.rule),
    ),
    standards: choices(
      's',
      shown.flatMap(({ finding }) => finding.clauses.map(({ standard }) => standard)),
    ),
    clauses: choices(
      'c',
      shown.flatMap(({ finding }) => finding.clauses.map(nameOf)),
    ),
  };
  const style = `${sheet}\n${filterStyle(shown.length, filters)}`;
  const { errors } = countFindings(ordered);
  const title = `AI workflow report: ${counted(errors, 'error')}`;
  const policy = `default-src 'none'; style-src 'sha256-${base64(options.sha256(style))}'; base-uri 'none'; form-action 'none'`;
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    tag('title', {}, title),
    `<style>${style}</style>`,
  ];
  const body = [
    tag('header', {}, tag('h1', {}, 'AI workflow report'), ...summary(ordered, options)),
    shown.length > 0 ? filter(filters) : '',
    tag(
      'main',
      {},
      ...ordered.map((file) => fileSection(file, shown, filters)),
      ...unreadSection(options.unread ?? []),
      shown.length > 0 ? tag('p', { class: 'shown' }, '') : '',
      ...rulesSection(shown),
      ...standardsSection(shown),
    ),
    footer(ordered, options),
  ];
  return `<!DOCTYPE html>\n<html lang="en">\n<head>\n${head.join('\n')}\n</head>\n<body>\n${body.join('\n')}\n</body>\n</html>\n`;
}

/** Tiles with the counts, and what was found in words. */
function summary(files: readonly CheckedFile[], { version }: HtmlOptions): readonly string[] {
  const { errors, warnings, infos, waived, known } = countFindings(files);
  const tiles: readonly (readonly [string, number, string])[] = [
    ['files', files.length, ''],
    ['errors', errors, errors > 0 ? 'error' : 'good'],
    ['warnings', warnings, warnings > 0 ? 'warning' : 'good'],
    ['infos', infos, 'info'],
    ['accepted', waived + known, 'accepted'],
  ];
  const said = renderSummary(files, version).trimEnd().split('\n');
  return [
    ...said.map((line) => tag('p', {}, text(line))),
    tag(
      'dl',
      { class: 'tiles' },
      ...tiles.map(([name, count, kind]) =>
        tag('div', kind === '' ? {} : { class: kind }, tag('dt', {}, name), tag('dd', {}, String(count))),
      ),
    ),
  ];
}

const kinds = ['error', 'warning', 'info', 'accepted'] as const;
const plurals = { error: 'errors', warning: 'warnings', info: 'infos', accepted: 'accepted' } as const;

function filter({ rules, standards, clauses }: Filters): string {
  const boxes = kinds.map((kind) =>
    tag('label', {}, tag('input', { type: 'checkbox', id: `show-${kind}`, checked: '' }), plurals[kind]),
  );
  const option = ({ token, name }: Choice) => tag('option', { value: token }, text(name));
  const select = (id: string, label: string, all: string, options: readonly string[]) =>
    tag('label', {}, label, tag('select', { id }, tag('option', { value: '' }, all), ...options));
  const groups = [...standards.values()].map((standard) => {
    const own = [...clauses.values()].filter(({ name }) => name.startsWith(`${standard.name}, `));
    const whole = option({ ...standard, name: `${standard.name}, all` });
    return tag('optgroup', { label: standard.name }, whole, ...own.map(option));
  });
  const fields = [
    tag('legend', {}, 'Show'),
    ...boxes,
    select('show-rule', 'Rule', 'every rule', [...rules.values()].map(option)),
    ...(groups.length > 0 ? [select('show-clause', 'Clause', 'any clause', groups)] : []),
    tag('button', { type: 'reset' }, 'Show all'),
  ];
  return tag('form', { 'aria-label': 'Filter' }, tag('fieldset', { class: 'filter' }, ...fields));
}

function nameOf({ standard, ref }: Clause): string {
  return `${standard}, ${ref}`;
}

/** Hides what is not chosen, and says at the end how much is left, where anything is hidden. */
function filterStyle(count: number, { rules, standards, clauses }: Filters): string {
  const boxes = kinds.map((kind) => `body:has(#show-${kind}:not(:checked)) .finding.${kind} { display: none }`);
  const chosen = (id: string, choices: Choices) =>
    [...choices.values()].map(
      ({ token }) => `body:has(#${id} option[value="${token}"]:checked) .finding:not(.${token}) { display: none }`,
    );
  const isFiltered = ':is(input:not(:checked), option:not([value=""]):checked)';
  return [
    ...boxes,
    ...chosen('show-rule', rules),
    ...chosen('show-clause', standards),
    ...chosen('show-clause', clauses),
    `body:has(.filter ${isFiltered}) .shown { display: block }`,
    `.shown::before { content: counter(shown) " of ${count} findings shown" }`,
    'body { counter-reset: shown }',
    '',
  ].join('\n');
}

function fileSection(
  file: CheckedFile,
  shown: readonly ShownFinding[],
  { rules, standards, clauses }: Filters,
): string {
  const own = shown.flatMap((each, index) => (each.file === file ? [{ each, id: `finding-${index + 1}` }] : []));
  const about = [
    ...(file.title === undefined ? [] : [text(file.title)]),
    ...(file.profile.length > 0 ? [`checked with ${text(file.profile.join(', '))}`] : []),
    own.length === 0 ? 'nothing found' : counted(own.length, 'finding'),
  ];
  return tag(
    'section',
    {},
    tag('h2', {}, text(file.path)),
    tag('p', { class: 'quiet' }, about.join(' · ')),
    ...own.map(({ each, id }) => {
      const { rule, clauses: cited } = each.finding;
      const tokens = cited.flatMap((clause) => [standards.get(clause.standard), clauses.get(nameOf(clause))]);
      const classes = [rules.get(rule), ...tokens].flatMap((choice) => choice?.token ?? []);
      return findingArticle(each, id, [...new Set(classes)]);
    }),
  );
}

function unreadSection(unread: readonly UnreadFile[]): readonly string[] {
  if (unread.length === 0) return [];
  const rows = unread.map(({ path, reason }) => tag('li', {}, `${text(path)}: ${text(reason)}`));
  return [tag('section', {}, tag('h2', {}, 'Not checked'), tag('ul', {}, ...rows))];
}

function rulesSection(shown: readonly ShownFinding[]): readonly string[] {
  const rows = [...new Set(shown.map(({ finding }) => finding.rule))].sort().map((rule) => {
    const own = shown.filter(({ finding }) => finding.rule === rule);
    const brought = own[0]?.finding.own;
    return [link(rule, brought), text(factsOf(rule, brought).summary ?? ''), ...numbers(own)];
  });
  return table('By rule', ['rule', 'what it asks for', 'open', 'accepted'], rows);
}

function standardsSection(shown: readonly ShownFinding[]): readonly string[] {
  const byClause = new Map<string, { readonly cells: readonly string[]; readonly own: ShownFinding[] }>();
  for (const each of shown) {
    for (const { standard, edition, ref } of each.finding.clauses) {
      const key = JSON.stringify([standard, edition, ref]);
      const known = byClause.get(key) ?? { cells: [text(standard), text(edition), text(ref)], own: [] };
      byClause.set(key, known);
      if (known.own.at(-1) !== each) known.own.push(each);
    }
  }
  const rows = [...byClause]
    .sort(([a], [b]) => collator.compare(a, b))
    .map(([, { cells, own }]) => [...cells, ...numbers(own)]);
  return table('By clause', ['standard', 'edition', 'clause', 'open', 'accepted'], rows);
}

/** Article 9 comes before Article 14. */
const collator = new Intl.Collator('en', { numeric: true });

function numbers(own: readonly ShownFinding[]): readonly string[] {
  const accepted = own.filter((each) => kindOf(each) === 'accepted').length;
  return [String(own.length - accepted), String(accepted)];
}

/** The first cell names the row; cells are markup. */
function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const isNumber = (index: number) => index >= heads.length - 2;
  const cell = (value: string, index: number) =>
    index === 0
      ? tag('th', { scope: 'row' }, value)
      : tag('td', isNumber(index) ? { class: 'number-cell' } : {}, value);
  return [
    tag(
      'section',
      {},
      tag('h2', {}, title),
      tag(
        'table',
        {},
        tag('thead', {}, tag('tr', {}, ...heads.map((head) => tag('th', { scope: 'col' }, head)))),
        tag('tbody', {}, ...rows.map((row) => tag('tr', {}, ...row.map(cell)))),
      ),
    ),
  ];
}

function footer(files: readonly CheckedFile[], { version }: HtmlOptions): string {
  const hashed = files.filter(({ sha256 }) => sha256 !== undefined);
  return tag(
    'footer',
    { class: 'quiet' },
    tag(
      'p',
      {},
      `Made by aiwf ${text(version)}. A finding is proved by the path that stands with it; that nothing is found says nothing about what a workflow does not state.`,
    ),
    ...(hashed.length > 0
      ? [
          tag('p', {}, 'SHA-256 of what was checked:'),
          tag(
            'ul',
            {},
            ...hashed.map(({ path, sha256 = '' }) => tag('li', {}, `${text(path)} `, tag('code', {}, sha256))),
          ),
        ]
      : []),
  );
}

/** Each value once, in order. */
function choices(prefix: string, values: readonly string[]): Choices {
  const names = [...new Set(values)].sort(collator.compare);
  return new Map(names.map((name, index) => [name, { token: `${prefix}${index}`, name }]));
}

/** Bytes in hexadecimal digits as base64, the form that a policy wants. */
function base64(digits: string): string {
  const bytes = (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return btoa(String.fromCharCode(...bytes));
}
