// Draws who writes and reads which data, and where the output of AI goes, as a table: one row for each data.
import { factInWords } from './facts-in-words.ts';
import { escapeMarkup, tag } from './markup.ts';
import type { PictureLane } from './picture.ts';
import { performerIcons } from './shapes.ts';
import { actorLink, inlineIcon, link, tablePage, words as text } from './table-markup.ts';
import type { AiPart, DataFlowView, DataRow, DataUse, DrawnView, StepName } from './views.ts';
import type { DataWords, PictureWords } from './words.ts';

export function drawData(view: DataFlowView, words: PictureWords): DrawnView {
  const own = words.data;
  if (view.rows.length === 0) return { as: 'html', markup: text('p', 'aiwf-empty', words.empty) };
  const actors = new Map(view.actors.map((actor) => [actor.id, actor]));
  const hasAi = view.rows.some(({ ai }) => ai);
  const heads = [own.data, own.written, own.read, ...(hasAi ? [own.ai] : [])];
  const head = tag('tr', {}, ...heads.map((title) => tag('th', { scope: 'col' }, escapeMarkup(title))));
  const rows = view.rows.map((row) =>
    tag(
      'tr',
      { 'data-place': `data:${row.id}` },
      drawName(row, words),
      tag('td', {}, drawUses(row.writes, actors, own)),
      tag('td', {}, drawUses(row.reads, actors, own)),
      hasAi ? tag('td', {}, row.ai ? drawAi(row.ai, actors, own) : '') : '',
    ),
  );
  const table = tag('table', { class: 'aiwf-table aiwf-lists' }, tag('thead', {}, head), tag('tbody', {}, ...rows));
  return { as: 'html', markup: tablePage('aiwf-data', own.title, '', table) };
}

function drawName(row: DataRow, words: PictureWords): string {
  const { classes, facts, noClass } = words.data;
  const chip = tag(
    'span',
    { class: `aiwf-class aiwf-class-${row.class ?? 'none'}` },
    escapeMarkup(row.class ? classes[row.class] : noClass),
  );
  const items = row.facts.map((fact) => tag('li', {}, escapeMarkup(factInWords(fact, facts, words))));
  return tag(
    'th',
    { scope: 'row' },
    tag('div', { class: 'aiwf-name' }, link({ 'data-place': `data:${row.id}` }, row.title)),
    chip,
    items.length > 0 ? tag('ul', { class: 'aiwf-facts' }, ...items) : '',
  );
}

/** Under each actor the steps, with a letter for writing and reading and words for what is neither. */
function drawUses(uses: readonly DataUse[], actors: ReadonlyMap<string, PictureLane>, own: DataWords): string {
  if (uses.length === 0) return text('span', 'aiwf-none', '–');
  const ids = [...new Set(uses.map(({ actor }) => actor))];
  const items = ids.map((id) => {
    const actor = id === '' ? undefined : actors.get(id);
    const steps = uses.filter((use) => use.actor === id).map((use) => tag('li', {}, drawUse(use, own)));
    return tag(
      'li',
      { class: `aiwf-by-${actor?.kind ?? 'unassigned'}` },
      actor ? tag('div', { class: 'aiwf-name' }, actorLink(actor)) : '',
      tag('ul', { class: 'aiwf-uses' }, ...steps),
    );
  });
  return tag('ul', { class: 'aiwf-actors' }, ...items);
}

function drawUse({ id, title, how }: DataUse, own: DataWords): string {
  const letter = { writes: 'W', reads: 'R' }[how as string];
  const word = own.uses[how];
  const mark =
    letter === undefined
      ? text('span', 'aiwf-how', word)
      : `${tag('span', { class: `aiwf-use aiwf-use-${how}`, title: word, 'aria-hidden': 'true' }, letter)}${text('span', 'aiwf-hidden', word)}`;
  return `${mark} ${link({ 'data-step': id }, title)}`;
}

function drawAi({ madeIn, derivedIn, reaches }: AiPart, actors: ReadonlyMap<string, PictureLane>, own: DataWords) {
  const from = [
    ...(madeIn.length > 0 ? [stepsIn(own.madeIn, madeIn)] : []),
    ...(derivedIn.length > 0 ? [stepsIn(own.derivedIn, derivedIn)] : []),
  ].map((markup) => tag('p', { class: 'aiwf-made' }, markup));
  if (reaches.length === 0) return `${from.join('')}${text('p', 'aiwf-none', own.nowhere)}`;
  const items = reaches.map(({ id, title, lane, review }) => {
    const actor = actors.get(lane);
    return tag(
      'li',
      { class: `aiwf-by-${actor?.kind ?? 'unassigned'}` },
      tag(
        'div',
        { class: 'aiwf-name' },
        actor ? inlineIcon(performerIcons[actor.kind]) : '',
        link({ 'data-step': id }, title),
      ),
      tag(
        'div',
        { class: 'aiwf-detail-text' },
        actor ? text('span', undefined, actor.title) : '',
        text('span', `aiwf-review aiwf-review-${review}`, own.reviews[review]),
      ),
    );
  });
  return `${from.join('')}${text('p', 'aiwf-reaches', own.reaches)}${tag('ul', { class: 'aiwf-actors' }, ...items)}`;
}

/** The titles stand where the words have their place for them, and each selects its step. */
function stepsIn(sentence: string, steps: readonly StepName[]): string {
  const [before = '', after = ''] = sentence.split('{0}');
  const links = steps.map(({ id, title }) => link({ 'data-step': id }, title)).join(', ');
  return `${escapeMarkup(before)}${links}${escapeMarkup(after)}`;
}
