// The panel beside the picture: findings with their filters and the path that proves each, what has changed, and the
// outline. All of it is lists of buttons, so everything in the picture can be reached and read without seeing it.

import { severityShapes } from '../picture/marks.ts';
import { escapeMarkup, tag } from '../picture/markup.ts';
import type { Picture } from '../picture/picture.ts';
import type { ChangeNote } from '../picture/views.ts';
import { fill, type PictureWords } from '../picture/words.ts';
import type { DiagramFinding } from '../protocol.ts';
import type { Filter } from './filter.ts';

/** What the page shows of findings. */
export interface FindingsShown {
  readonly findings: readonly DiagramFinding[];
  /** Those the filter lets through. */
  readonly passing: readonly DiagramFinding[];
  readonly filter: Filter;
  /** Id of the one whose path is lit. */
  readonly chosen: string | undefined;
}

/** The filters and the list; the path of the chosen finding stands below it, step by step. */
export function findingsMarkup(shown: FindingsShown, picture: Picture, words: PictureWords): string {
  const { findings, passing } = shown;
  if (findings.length === 0) return tag('p', { class: 'aiwf-empty' }, escapeMarkup(words.noFindings));
  return [
    filterMarkup(shown, picture, words),
    tag('p', { class: 'aiwf-tally' }, escapeMarkup(fill(words.tally, String(passing.length), String(findings.length)))),
    tag('ul', { class: 'aiwf-findings' }, ...passing.map((finding) => findingMarkup(finding, shown.chosen, words))),
  ].join('');
}

function filterMarkup({ findings, filter }: FindingsShown, picture: Picture, words: PictureWords): string {
  const severities = (['error', 'warning', 'info'] as const).filter((one) => findings.some((f) => f.severity === one));
  const boxes = severities.map((severity) =>
    tag(
      'label',
      {},
      `<input type="checkbox" data-severity="${severity}"${filter.hidden.includes(severity) ? '' : ' checked'}>`,
      escapeMarkup(words.severities[severity]),
    ),
  );
  const standards = [...new Set(findings.flatMap((finding) => finding.standards))].sort();
  const lanes = picture.lanes.map(({ id, title }) => [id, title] as const);
  return tag(
    'div',
    { class: 'aiwf-filter', role: 'group', 'aria-label': words.filter },
    ...boxes,
    choice(
      'standard',
      words.anyStandard,
      standards.map((name) => [name, name] as const),
      filter.standard,
    ),
    choice('actor', words.anyActor, lanes, filter.actor),
  );
}

function choice(
  name: string,
  none: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen: string | undefined,
): string {
  const all = [['', none] as const, ...options].map(([value, text]) =>
    tag('option', { value, selected: value === (chosen ?? '') ? 'selected' : undefined }, escapeMarkup(text)),
  );
  return tag('select', { 'data-filter': name, 'aria-label': none }, ...all);
}

function findingMarkup(finding: DiagramFinding, chosen: string | undefined, words: PictureWords): string {
  const { id, rule, severity, verdict, message, witness, fixable } = finding;
  const isChosen = id === chosen;
  const known = verdict === 'unknown' ? `${words.unknown}: ` : '';
  const steps = witness.map(({ text }, at) =>
    tag('li', {}, tag('button', { type: 'button', 'data-finding': id, 'data-witness': at }, escapeMarkup(text))),
  );
  const fix = fixable
    ? tag('button', { type: 'button', class: 'aiwf-fix', 'data-fix': id }, escapeMarkup(words.fix))
    : '';
  return tag(
    'li',
    { class: isChosen ? 'aiwf-finding aiwf-chosen' : 'aiwf-finding' },
    tag(
      'button',
      { type: 'button', 'data-finding': id, 'aria-expanded': String(isChosen) },
      severityIcon(severity, words),
      tag('span', { class: 'aiwf-message' }, escapeMarkup(`${known}${message}`), tag('code', {}, escapeMarkup(rule))),
    ),
    isChosen
      ? tag('div', { class: 'aiwf-proof' }, fix, tag('h2', {}, escapeMarkup(words.witness)), tag('ol', {}, ...steps))
      : '',
  );
}

function severityIcon(severity: DiagramFinding['severity'], words: PictureWords): string {
  return tag(
    'svg',
    {
      class: `aiwf-mark aiwf-mark-${severity}`,
      viewBox: '-10 -10 20 20',
      width: 16,
      height: 16,
      role: 'img',
      'aria-label': words.severities[severity],
    },
    tag('path', { class: 'aiwf-mark-back', d: severityShapes[severity] }),
  );
}

/** What differs from the earlier revision, in the order that weighs most. */
export function changesMarkup(base: string, notes: readonly ChangeNote[], words: PictureWords): string {
  const heading = tag('p', { class: 'aiwf-tally' }, escapeMarkup(fill(words.comparedWith, base)));
  if (notes.length === 0) return heading + tag('p', { class: 'aiwf-empty' }, escapeMarkup(words.noChanges));
  const items = notes.map(({ kind, text, node }) =>
    tag(
      'li',
      { class: `aiwf-change aiwf-change-${kind}` },
      tag(
        'button',
        { type: 'button', 'data-step': node },
        tag('b', {}, escapeMarkup(words.changes[kind])),
        ` ${escapeMarkup(text)}`,
      ),
    ),
  );
  return heading + tag('ul', { class: 'aiwf-findings' }, ...items);
}

/** The whole picture as a list: lanes, their steps, and where each leads. */
export function outlineMarkup(picture: Picture, findings: readonly DiagramFinding[], words: PictureWords): string {
  const titles = new Map(picture.nodes.map(({ id, title }) => [id, title || id]));
  const lanes = picture.lanes.map((lane) => {
    const steps = picture.nodes
      .filter((node) => node.lane === lane.id)
      .map((node) => {
        const ways = picture.edges
          .filter(({ from }) => from === node.id)
          .map((edge) => {
            const to = titles.get(edge.to) ?? edge.to;
            const text = [
              edge.label ? fill(words.leadsIf, to, edge.label) : fill(words.leads, to),
              ...(edge.kind === 'exceptional' ? [words.exceptional] : []),
              ...(edge.handoff === 'human-ai' ? [words.handoff] : []),
            ].join(', ');
            return tag('li', {}, tag('button', { type: 'button', 'data-edge': edge.id }, escapeMarkup(text)));
          });
        const own = findings.filter((finding) => finding.node === node.id).length;
        const name = [
          `${titles.get(node.id)} (${words.kinds[node.kind]})`,
          ...(own > 0 ? [fill(words.findingsHere, String(own))] : []),
        ].join(', ');
        return tag(
          'li',
          {},
          tag('button', { type: 'button', 'data-step': node.id }, escapeMarkup(name)),
          ways.length > 0 ? tag('ul', {}, ...ways) : '',
        );
      });
    const title = fill(words.lane, lane.title, words.performers[lane.kind]);
    return tag('li', {}, tag('h2', {}, escapeMarkup(title)), tag('ul', {}, ...steps));
  });
  return tag('ul', { class: 'aiwf-outline' }, ...lanes);
}
