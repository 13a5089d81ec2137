/**
 * A circle of steps that nothing ends: work can go round in it for ever.
 * Bound it with `max` and say with `exhausted` which person gets the work then.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { bringsWhatIsNeeded } from '../../analysis/carried-data.ts';
import type { FlowEdge } from '../../analysis/flow-graph.ts';
import { loopsWithoutHeir, unboundedLoops } from '../../analysis/loops.ts';
import { nodesReaching } from '../../analysis/reachability.ts';
import { isHuman, isInside } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { along } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { finos, owaspAgentic, owaspLlm } from '../standards.ts';

export const unboundedLoop: Rule = {
  id: 'flow/unbounded-loop',
  severity: 'error',
  summary: 'Every circle of steps is bounded, and a person gets the work when the bound is used up.',
  seed: ['S19', 'S21'],
  starred: true,
  clauses: [owaspLlm('LLM10', 2025), owaspLlm('LLM06', 2026), owaspAgentic('ASI08'), finos('MI-9')],
  check(analyses, report) {
    for (const { circle, back, owner, grave } of analyses.derived(unboundedLoops)) {
      report({
        range: back.range,
        place: owner.id,
        message:
          `The loop ${inWords(circle)}${back.outcome === 'refused' ? ', by a handoff that is refused,' : ''} has no bound. ` +
          "Add 'max' to this edge, and 'exhausted' with a step of a person.",
        witness: along(circle, 'back where it began; nothing counts the rounds'),
        severity: grave ? 'error' : 'warning',
        fixes: () => bound(back, analyses),
        root: `loop ${owner.id}`,
      });
    }
    for (const { edge, exit, grave } of loopsWithoutHeir(analyses)) {
      const owner = edge.from.step?.id ?? 'workflow';
      const fault = exit
        ? `'${exit.step?.id}' gets it then, and no person is there`
        : 'nobody gets the work when they are used up';
      report({
        range: edge.range,
        place: owner,
        message: `The loop through '${owner}' ends after ${edge.max} rounds, but ${fault}. Let 'exhausted' lead to a step of a person.`,
        witness: along([edge], `bounded by 'max: ${edge.max}'`),
        severity: grave ? 'error' : 'warning',
      });
    }
  },
};

/** `draft -> check -> draft`, each step once. */
function inWords(circle: readonly FlowEdge[]): string {
  const names = circle
    .map(({ from }) => (from.kind === 'exit' ? '' : (from.step?.id ?? '')))
    .filter((id, index, all) => id !== '' && all[index - 1] !== id);
  return [...names, names[0]].join(' -> ');
}

/** `reject: draft` -> `reject: { to: draft, max: 3, exhausted: … }`, where a step of a person who can begin it stands outside. */
function bound(edge: FlowEdge, analyses: Analyses): readonly Fix[] {
  const { workflow, graph } = analyses;
  const target = edge.to.step;
  const word = workflow.file.text.slice(edge.range.start, edge.range.end);
  if (!target || word !== target.id) return [];
  const leadBack = nodesReaching([edge.from, edge.to]);
  const person = [...workflow.steps.values()].find((step) => {
    const node = graph.nodeOf(step);
    const isPersons = step.performers.length > 0 && step.performers.every(isHuman);
    if (!isPersons || !isInside(edge.from.step, step.scope) || !node || leadBack.has(node)) return false;
    return bringsWhatIsNeeded(edge, node, analyses);
  });
  if (!person) return [];
  const text = `{ to: ${target.id}, max: 3, exhausted: ${person.id} }`;
  return [
    { title: `Allow 3 rounds, then '${person.id}'`, edits: [{ range: edge.range, text }], safety: 'meaning-changing' },
  ];
}
