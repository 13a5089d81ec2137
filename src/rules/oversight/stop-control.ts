/**
 * An AI that works on its own, or does what cannot be taken back, and that no human can stop.
 * Declare `stop`: who stops it, where the work rests then, how fast, and that it reaches every agent.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { effectsOf } from '../../analysis/effects.ts';
import type { FlowNode } from '../../analysis/flow-graph.ts';
import { addBlock } from '../../language/edit.ts';
import { type Actor, isAi, isHuman, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { quoted } from '../../language/wording.ts';
import { here, pathTo } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, mgf, nistAiRmf, nistGenAi } from '../standards.ts';

export const stopControl: Rule = {
  id: 'oversight/stop-control',
  severity: 'error',
  summary: 'A human can stop every AI that works on its own or does what cannot be taken back.',
  seed: ['S19'],
  starred: true,
  clauses: [
    euAiAct('14(4)(e)'),
    nistAiRmf('MANAGE 2.4'),
    nistGenAi('GV-1.7-001'),
    nistGenAi('MG-2.4-004'),
    mgf('2.1.2'),
  ],
  check(analyses, report) {
    const { workflow, graph, reachability } = analyses;
    const working = graph.nodes
      .filter(({ performers }) => performers.some(isAi))
      .filter((node) => reachability.isReachable(node));
    const reason = reasonFor(working, analyses);
    if (!reason) return;
    const { stop } = workflow.fields ?? {};
    if (workflow.fields?.$.keyRange('stop')) {
      if (stop) checkStop(stop, working, workflow, report);
      return;
    }
    const range =
      workflow.fields?.$.keyRange('workflow') ?? workflow.fields?.$.keyRange('steps') ?? reason.node.step?.range;
    if (!range) return;
    report({
      range,
      place: 'workflow',
      message: `Nobody can stop the AI in this workflow, and ${reason.text}. Add 'stop' with a human, a safe state and a time.`,
      witness: pathTo(reason.node, reachability, reason.text),
      fixes: () => scaffold(workflow),
    });
  },
};

/** The first AI step at autonomy L3 or more, else an irreversible effect in a workflow where an AI works. */
function reasonFor(
  working: readonly FlowNode[],
  { workflow, graph, reachability }: Analyses,
): { node: FlowNode; text: string } | undefined {
  for (const node of working) {
    const agent = node.performers.find(
      (actor) => isAi(actor) && ['L3', 'L4', 'L5'].includes(actor.fields.autonomy?.value ?? ''),
    );
    if (agent)
      return { node, text: `'${agent.id}' works in '${node.step?.id}' at autonomy ${agent.fields.autonomy?.value}` };
  }
  if (working.length === 0) return undefined;
  for (const step of workflow.steps.values()) {
    const node = graph.nodeOf(step);
    const effect = effectsOf(step, workflow).find(({ irreversible }) => irreversible);
    if (effect && node && reachability.isReachable(node))
      return { node, text: `the ${effect.kind} of '${step.id}' is irreversible` };
  }
  return undefined;
}

function checkStop(
  stop: NonNullable<NonNullable<Workflow['fields']>['stop']>,
  working: readonly FlowNode[],
  workflow: Workflow,
  report: Report,
): void {
  const { by, scope, $: origin } = stop;
  const controller = by && workflow.actors.get(by.name);
  if (by && controller && controller.kind !== undefined && !isHuman(controller)) {
    report({
      range: by.range,
      place: 'stop',
      message: `'${controller.id}' is of the kind '${controller.kind}' and cannot hold the stop control. Name a person's role.`,
      witness: here('stop', by.range, `names '${controller.id}', who is not a person`),
    });
  }
  if (!scope || scope.some(({ word }) => word)) return;
  const named = new Set(scope.map(({ name }) => name));
  const missed = new Map<Actor, FlowNode>();
  for (const node of working)
    for (const actor of node.performers)
      if (isAi(actor) && !named.has(actor.id) && !missed.has(actor)) missed.set(actor, node);
  if (missed.size === 0) return;
  const range = origin.valueRange('scope') ?? origin.range;
  const names = quoted([...missed.keys()].map(({ id }) => id));
  report({
    range,
    place: 'stop',
    message: `The stop control does not reach ${names}. Add ${missed.size > 1 ? 'them' : 'it'} to 'scope', or stop the whole workflow.`,
    witness: [...missed].flatMap(([actor, { step }]) =>
      here(step?.id ?? 'workflow', step?.range ?? range, `'${actor.id}' works here`),
    ),
    // A comment between the names would be lost.
    fixes: workflow.file.text.slice(range.start, range.end).includes('#')
      ? []
      : [{ title: 'Stop the whole workflow', edits: [{ range, text: 'workflow' }], safety: 'meaning-changing' }],
  });
}

/** By whoever is accountable, to the first end that is not a success or else the first end. */
function scaffold({ file, fields, actors, steps }: Workflow): readonly Fix[] {
  if (file.root?.kind !== 'map') return [];
  const owner = actors.get(fields?.accountable?.[0]?.name ?? '');
  const person = owner && isHuman(owner) ? owner : [...actors.values()].find(isHuman);
  const ends = [...steps.values()].filter(({ kind, scope }) => kind === 'end' && !scope);
  const rest = ends.find(({ fields: end }) => end.outcome && end.outcome.value !== 'completed') ?? ends[0];
  if (!person || !rest) return [];
  const edits = addBlock(file.text, file.root, [
    `stop: { by: ${person.id}, scope: workflow, safe-state: ${rest.id}, within: 60s }`,
  ]);
  return edits ? [{ title: `Let '${person.id}' stop the workflow`, edits, safety: 'meaning-changing' }] : [];
}
