// The parts that the pages of an audit are made of: tables with captions, lists, names, and what is not stated.
import { tag } from '../picture/markup.ts';
import { text } from './html-finding.ts';

/** One table; heads are words, cells are markup, the first cell of a row names it. */
interface TableParts {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly className?: string;
}

/** Nothing without rows. It scrolls by itself where the page is too narrow. */
export function table({ caption, heads, rows, className }: TableParts): string {
  if (rows.length === 0) return '';
  return tag(
    'div',
    { class: 'wide', role: 'group', 'aria-label': caption, tabindex: 0 },
    tag(
      'table',
      { class: className },
      tag('caption', {}, text(caption)),
      tag('thead', {}, tag('tr', {}, ...heads.map((head) => tag('th', { scope: 'col' }, text(head))))),
      tag(
        'tbody',
        {},
        ...rows.map((row) =>
          tag('tr', {}, ...row.map((cell, at) => (at === 0 ? tag('th', { scope: 'row' }, cell) : tag('td', {}, cell)))),
        ),
      ),
    ),
  );
}

/** Terms with what is said of them; nothing is left out: what is missing is said to be. */
export function facts(entries: readonly (readonly [string, string])[]): string {
  return tag(
    'dl',
    { class: 'facts' },
    ...entries.map(([term, value]) => tag('dt', {}, text(term)) + tag('dd', {}, value)),
  );
}

/** What an author has not said, which an auditor may ask for. */
export const notStated = tag('span', { class: 'quiet' }, 'not stated');

/** Nothing there, and nothing need be. */
export const nothing = tag('span', { class: 'quiet' }, 'none');

/** A text of the file, or that there is none. */
export function said(value: string | undefined): string {
  return value === undefined || value === '' ? notStated : text(value);
}

/** Items of markup, one a line. */
export function lines(items: readonly string[], empty: string = nothing): string {
  if (items.length === 0) return empty;
  if (items.length === 1) return items[0] ?? '';
  return tag('ul', { class: 'plain' }, ...items.map((item) => tag('li', {}, item)));
}

/** Words of the file in a row. */
export function row(values: readonly string[], empty: string = nothing): string {
  return values.length === 0 ? empty : values.map(text).join(', ');
}

/** A title, and the id where it is another word. */
export function titled(title: string, id: string): string {
  return title === id ? text(id) : `${text(title)} ${tag('code', { class: 'id' }, text(id))}`;
}

export function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

/** A word on a colored ground; `kind` chooses the color. */
export function badge(word: string, kind: string): string {
  return tag('span', { class: `badge ${kind}` }, text(word));
}

/** A heading with its id, for the table of contents. */
export function heading(level: 2 | 3 | 4, id: string, title: string): string {
  return tag(`h${level}`, { id }, text(title));
}

/** Titles by id, so that every table speaks of the same things in the same words. */
export interface Names {
  actor(id: string): string;
  step(id: string): string;
  data(path: string): string;
}
