// Draws who is responsible, accountable, consulted and informed as a table: steps down, actors across.
import { escapeMarkup, tag } from './markup.ts';
import type { PictureLane } from './picture.ts';
import { kindIcons, performerIcons } from './shapes.ts';
import { actorGroups, actorLink, groupOf, inlineIcon, link, tablePage, words as text } from './table-markup.ts';
import { type DrawnView, type ResponsibilitiesView, type ResponsibilityRow, type Role, roles } from './views.ts';
import { fill, type PictureWords, type ResponsibilityWords } from './words.ts';

/** The letters of responsibility matrices, the same in every language; V as in RACI-VS. */
export const roleLetters: Readonly<Record<Role, string>> = {
  responsible: 'R',
  accountable: 'A',
  supports: 'S',
  verifies: 'V',
  consulted: 'C',
  informed: 'I',
};

export function drawResponsibilities(view: ResponsibilitiesView, words: PictureWords): DrawnView {
  const own = words.responsibilities;
  if (view.rows.length === 0) return { as: 'html', markup: text('p', 'aiwf-empty', words.empty) };
  const groups = actorGroups
    .map((group) => ({ group, actors: view.actors.filter((actor) => groupOf(actor) === group) }))
    .filter(({ actors }) => actors.length > 0);
  const head = tag(
    'thead',
    {},
    tag(
      'tr',
      { class: 'aiwf-groups' },
      tag('th', { scope: 'col', rowspan: 2, class: 'aiwf-corner' }, escapeMarkup(own.step)),
      ...groups.map(({ group, actors }) =>
        tag('th', { scope: 'colgroup', colspan: actors.length, class: 'aiwf-first' }, escapeMarkup(own.groups[group])),
      ),
    ),
    tag('tr', {}, ...groups.flatMap(({ actors }) => actors.map((actor, at) => actorHead(actor, at === 0)))),
  );
  const columns = groups.flatMap(({ actors }) => actors.map((actor, at) => ({ actor, isFirst: at === 0 })));
  const body = tag('tbody', {}, ...view.rows.map((row) => drawRow(row, columns, words)));
  const table = tag('table', { class: 'aiwf-table aiwf-matrix' }, head, body);
  return { as: 'html', markup: tablePage('aiwf-responsibilities', own.title, drawRoles(view, own), table) };
}

function actorHead(actor: PictureLane, isFirst: boolean): string {
  const className = `aiwf-actor aiwf-by-${actor.kind}${isFirst ? ' aiwf-first' : ''}`;
  return tag('th', { scope: 'col', class: className, 'data-place': `actor:${actor.id}` }, actorLink(actor));
}

/** Which letters mean what; only those that occur. */
function drawRoles({ rows }: ResponsibilitiesView, own: ResponsibilityWords): string {
  const shown = rows.flatMap((row) =>
    Object.values(row.roles).flatMap((held) => held.map((role) => roleIn(row, role))),
  );
  const items = roles.flatMap((role) =>
    [false, true]
      .filter((isInherited) => shown.some((one) => one.role === role && one.isInherited === isInherited))
      .map((isInherited) =>
        tag('li', {}, letter({ role, isInherited }), escapeMarkup(roleInWords({ role, isInherited }, own))),
      ),
  );
  return tag('ul', { class: 'aiwf-roles' }, ...items);
}

interface ShownRole {
  readonly role: Role;
  readonly isInherited: boolean;
}

function roleIn(row: ResponsibilityRow, role: Role): ShownRole {
  return { role, isInherited: role === 'accountable' && row.inherited };
}

function roleInWords({ role, isInherited }: ShownRole, own: ResponsibilityWords): string {
  return isInherited ? `${own.roles[role]}, ${own.inherited}` : own.roles[role];
}

function drawRow(
  row: ResponsibilityRow,
  columns: readonly { readonly actor: PictureLane; readonly isFirst: boolean }[],
  words: PictureWords,
): string {
  const sign = kindIcons[row.kind];
  const performed = row.performer === 'unassigned' ? '' : inlineIcon(performerIcons[row.performer]);
  const details = [words.kinds[row.kind], participationInWords(row, words.responsibilities)].filter(Boolean);
  const name = tag(
    'th',
    { scope: 'row', class: `aiwf-by-${row.performer}` },
    tag('div', { class: 'aiwf-name' }, performed, link({ 'data-step': row.step }, row.title)),
    tag(
      'div',
      { class: 'aiwf-detail-text' },
      sign ? inlineIcon(sign, 'aiwf-sign') : '',
      text('span', undefined, details.join(' · ')),
    ),
  );
  const cells = columns.map(({ actor, isFirst }) =>
    tag('td', { class: isFirst ? 'aiwf-first' : undefined }, drawCell(row, actor, words.responsibilities)),
  );
  return tag('tr', { 'data-step': row.step, class: 'aiwf-node' }, name, ...cells);
}

/** How AI takes part, in words; empty where it does not. */
export function participationInWords({ participation }: ResponsibilityRow, own: ResponsibilityWords): string {
  if (!participation) return '';
  const { mode, decides } = participation;
  return [own.modes[mode], ...(decides === undefined ? [] : [fill(own.decides, decides)])].join(', ');
}

function drawCell(row: ResponsibilityRow, { id }: PictureLane, own: ResponsibilityWords): string {
  const held = row.roles[id] ?? [];
  const marks = roles
    .filter((role) => held.includes(role))
    .map((role) => {
      const shown = roleIn(row, role);
      const name = roleInWords(shown, own);
      return `${letter(shown, name)}${text('span', 'aiwf-hidden', name)}`;
    });
  return marks.join(' ');
}

function letter({ role, isInherited }: ShownRole, title?: string): string {
  const className = `aiwf-role aiwf-role-${role}${isInherited ? ' aiwf-inherited' : ''}`;
  return tag('span', { class: className, title, 'aria-hidden': 'true' }, roleLetters[role]);
}
