// The words that a picture and its page show or say to a screen reader beside the workflow's own.
import type { LaneKind, NodeKind } from './picture.ts';

/** What the diagram's page shows or says beside the workflow's own words, in the language of the reader. */
export interface PictureWords {
  readonly picture: string;
  readonly workflow: string;
  readonly lane: string;
  readonly node: string;
  readonly inside: string;
  readonly edge: string;
  readonly labeledEdge: string;
  readonly exceptional: string;
  readonly handoff: string;
  readonly legendHandoff: string;
  readonly legendException: string;
  readonly legendMessage: string;
  readonly incomplete: string;
  readonly failed: string;
  readonly failedAfter: string;
  readonly broken: string;
  readonly brokenAfter: string;
  readonly counts: Readonly<Record<'error' | 'warning' | 'info', string>>;
  readonly steps: string;
  readonly performers: Readonly<Record<LaneKind, string>>;
  readonly kinds: Readonly<Record<NodeKind, string>>;
}

/** `t`: a text in the language of the editor; `{0}` is filled in by the page. */
export function pictureWords(t: (text: string) => string): PictureWords {
  return {
    picture: t('workflow diagram'),
    workflow: t('Workflow: {0}'),
    lane: t('Lane: {0}, {1}'),
    node: t('{0}: {1} in lane {2}'),
    inside: t('inside {0}'),
    edge: t('From {0} to {1}'),
    labeledEdge: t('From {0} to {1}: {2}'),
    exceptional: t('exceptional'),
    handoff: t('handoff between people and AI'),
    legendHandoff: t('people ↔ AI handoff'),
    legendException: t('exception'),
    legendMessage: t('message'),
    incomplete: t('The text has an error, so this picture may be incomplete. {0}'),
    failed: t('This version could not be drawn. {0}'),
    failedAfter: t('This version could not be drawn. Below is the last one that could. {0}'),
    broken: t('The text cannot be drawn yet. {0}'),
    brokenAfter: t('The text cannot be drawn now; this is the last good picture. {0}'),
    counts: { error: t('errors: {0}'), warning: t('warnings: {0}'), info: t('notes: {0}') },
    steps: t('steps: {0}'),
    performers: {
      human: t('person'),
      team: t('team'),
      agent: t('AI agent'),
      system: t('system'),
      external: t('outside party'),
      vendor: t('vendor'),
      unassigned: t('nobody'),
    },
    kinds: {
      start: t('start'),
      task: t('task'),
      review: t('review'),
      approval: t('approval'),
      decision: t('decision'),
      contest: t('contest'),
      wait: t('wait'),
      disclose: t('disclosure'),
      route: t('branching'),
      scope: t('scope'),
      call: t('sub-workflow'),
      end: t('end'),
    },
  };
}

/** A text with its `{0}`, `{1}` filled in. */
export function fill(text: string, ...values: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (match, index) => values[Number(index)] ?? match);
}
