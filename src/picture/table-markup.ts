// What the tables share: texts that select their place, icons in a line, and words that only a screen reader says.
import { type Attributes, escapeMarkup, tag } from './markup.ts';
import type { LaneKind, PictureLane } from './picture.ts';
import { performerIcons } from './shapes.ts';

/** An element around text of the workflow or words of the page. */
export function words(name: string, className: string | undefined, text: string): string {
  return tag(name, { class: className }, escapeMarkup(text));
}

/** A text that selects a step or another place when it is chosen. */
export function link(place: Attributes, text: string, className = ''): string {
  return tag('button', { type: 'button', class: `aiwf-link ${className}`.trim(), ...place }, escapeMarkup(text));
}

/** An icon as tall as the text beside it. */
export function inlineIcon(path: string, className = 'aiwf-icon'): string {
  return tag(
    'svg',
    { class: `aiwf-inline ${className}`, viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' },
    tag('path', { d: path }),
  );
}

/** Icon and title of an actor; choosing it selects the declaration. */
export function actorLink({ id, title, kind }: PictureLane): string {
  return `${inlineIcon(performerIcons[kind])}${link({ 'data-place': `actor:${id}` }, title)}`;
}

export type ActorGroup = 'people' | 'ai' | 'systems';

export const actorGroups: readonly ActorGroup[] = ['people', 'ai', 'systems'];

const groupOfKind: Readonly<Record<LaneKind, ActorGroup>> = {
  human: 'people',
  team: 'people',
  external: 'people',
  agent: 'ai',
  system: 'systems',
  vendor: 'systems',
  unassigned: 'systems',
};

export function groupOf({ kind }: PictureLane): ActorGroup {
  return groupOfKind[kind];
}

/** A page whose one table scrolls under its head. */
export function tablePage(className: string, label: string, before: string, table: string): string {
  return tag(
    'section',
    { class: `aiwf-tablepage ${className}`, 'aria-label': label },
    tag('h2', { class: 'aiwf-view-title' }, escapeMarkup(label)),
    before,
    table,
  );
}
