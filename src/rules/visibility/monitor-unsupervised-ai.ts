/**
 * An AI works where no human looks, neither before nor after, and nothing watches it in operation.
 * Add a monitor with a signal, an alert, a human who responds and what happens then; or let a human look.
 */
import { unwatchedWork } from '../../analysis/unwatched-work.ts';
import { addBlock } from '../../language/edit.ts';
import { type Actor, isHuman, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { joined, quoted } from '../../language/wording.ts';
import { along, here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, finos, iso42001, mgf, nistAiRmf } from '../standards.ts';

export const monitorUnsupervisedAi: Rule = {
  id: 'visibility/monitor-unsupervised-ai',
  severity: 'warning',
  summary: 'An AI whose work no human looks at on some path is watched in operation: signal, alert, responder, action.',
  seed: ['S7', 'S13'],
  clauses: [
    mgf('2.3.3'),
    nistAiRmf('MEASURE 2.4'),
    nistAiRmf('MANAGE 4.1'),
    euAiAct('26(5)'),
    euAiAct('72'),
    iso42001('A.6.2.6'),
    finos('MI-4'),
  ],
  check(analyses, report) {
    const { workflow } = analyses.graph;
    if (workflow.library) return;
    for (const { agent, steps, path, monitors } of unwatchedWork(analyses)) {
      const ids = steps.map(({ id }) => `'${id}'`);
      const names = joined(ids.length > 4 ? [...ids.slice(0, 3), `${ids.length - 3} other steps`] : ids);
      const [first] = steps;
      if (!first) continue;
      if (monitors.length === 0) {
        report({
          range: first.fields.by?.find(({ name }) => name === agent.id)?.range ?? first.range,
          place: 'workflow',
          message: `The AI '${agent.id}' works in ${names} where on some path no human looks at it, and nothing watches it. Add a monitor with a signal, an alert, a human responder and an action.`,
          witness: along(path, 'ends here; no human has looked on the way'),
          fixes: () => scaffold(agent, workflow),
        });
        continue;
      }
      const faults = monitors.map((monitor) => {
        const responder = monitor.responder && workflow.actors.get(monitor.responder.name);
        const lacks = (['signal', 'alert', 'responder', 'action'] as const).filter((key) => monitor[key] === undefined);
        const unfit = responder && responder.kind !== undefined && !isHuman(responder) ? responder.id : undefined;
        return { monitor, lacks, unfit };
      });
      // One complete monitor is enough; half-typed references are said elsewhere.
      if (faults.some(({ lacks, unfit }) => lacks.length === 0 && unfit === undefined)) continue;
      for (const { monitor, lacks, unfit } of faults.slice(0, 1)) {
        const range = unfit
          ? (monitor.$.valueRange('responder') ?? monitor.$.range)
          : (monitor.$.valueRange('of') ?? monitor.$.range);
        const fault = unfit
          ? `'${unfit}', which responds, is no human. Name a person or a team`
          : `it has no ${quoted(lacks)}. Add what is missing`;
        report({
          range,
          place: 'workflow',
          message: `The monitor of '${monitor.of?.name}' does not stand in for the human who is missing in ${names}: ${fault}.`,
          witness: [
            ...along(path, 'ends here; no human has looked on the way'),
            ...here('workflow', range, 'the monitor'),
          ],
        });
      }
    }
  },
};

/** A monitor to be filled in, with the human who answers for the workflow. */
function scaffold(agent: Actor, { file, actors, fields }: Workflow): readonly Fix[] {
  const { root, text } = file;
  const owner = actors.get(fields?.accountable?.[0]?.name ?? '');
  const responder = owner && isHuman(owner) ? owner : undefined;
  if (root?.kind !== 'map' || !responder || fields?.monitors || !fields?.stop) return [];
  if (root.entries.some(({ key }) => key.text === 'monitors')) return [];
  const lines = [
    'monitors:',
    `  - of: ${agent.id}`,
    '    signal: share of results that were wrong',
    '    alert: more than 5% in a week',
    `    responder: ${responder.id}`,
    '    action: stop',
  ];
  const edits = addBlock(text, root, lines);
  return edits ? [{ title: `Watch '${agent.id}' with a monitor`, edits, safety: 'meaning-changing' }] : [];
}
