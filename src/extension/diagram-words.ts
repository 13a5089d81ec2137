// The words that the diagram's page shows or says to a screen reader, in the language of the editor.
import type { DiagramWords } from '../protocol.ts';

/** `t`: a text in the language of the editor; `{0}` is filled in by the page. */
export function diagramWords(t: (text: string) => string): DiagramWords {
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
