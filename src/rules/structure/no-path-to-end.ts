/**
 * A step from which no end can be reached: a case that comes here is never finished.
 * Add `next`, or a way out of the circle.
 */
import { cyclicComponents } from '../../analysis/components.ts';
import type { FlowNode } from '../../analysis/flow-graph.ts';
import { joined } from '../../language/wording.ts';
import { pathTo } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { sevenGuidelines, soundness } from '../standards.ts';
import { hasOpenTarget } from './unreachable-step.ts';

export const noPathToEnd: Rule = {
  id: 'structure/no-path-to-end',
  severity: 'error',
  summary: 'From every step that can be reached, some end can be reached, also along exceptional edges.',
  seed: ['S3'],
  clauses: [soundness('(i) option to complete'), sevenGuidelines('G3')],
  check({ workflow, graph, reachability }, report) {
    if (workflow.library || hasOpenTarget(workflow)) return;
    const stuck = graph.nodes.filter(
      // After a compensation the case goes on where it was undone from.
      (node) =>
        reachability.isReachable(node) && !reachability.reachesEnd(node) && node.step && !node.step.fields.compensates,
    );
    const cycles = cyclicComponents(stuck, (edge) => edge.kind !== 'message');
    const inCycle = new Set(cycles.flatMap((cycle) => [...cycle]));
    const sinks = stuck.filter((node) => !inCycle.has(node) && node.out.every(({ kind }) => kind === 'message'));
    for (const node of onePerStep(sinks)) {
      const id = node.step?.id ?? '';
      const range = node.step?.range ?? { start: 0, end: 0 };
      const unopened = node.step?.kind === 'scope' && node.kind === 'step' && node.step.fields.start === undefined;
      report({
        range,
        place: id,
        message: unopened
          ? `Work that reaches '${id}' never comes to an end: none of its steps is the first. Add 'start' to it.`
          : `Work that reaches '${id}' never comes to an end: nothing follows it. Add 'next'.`,
        witness: pathTo(node, reachability, unopened ? "has no 'start'" : 'no edge leads on from here'),
      });
    }
    for (const cycle of cycles) {
      const members = new Set(cycle);
      const leaves = [...cycle].some(({ out }) => out.some(({ to, kind }) => kind !== 'message' && !members.has(to)));
      const node = [...cycle].find(({ step, kind }) => step && kind === 'step');
      // A circle that leads on only to something else without end is reported there.
      if (leaves || !node?.step) continue;
      const ids = [...new Set([...cycle].map(({ step }) => `'${step?.id}'`))];
      report({
        range: node.step.range,
        place: node.step.id,
        message: `Work that reaches ${joined(ids)} goes round for ever: no end can be reached from there. Add a way out.`,
        witness: pathTo(node, reachability, 'from here on no path leads to an end'),
      });
    }
  },
};

/** A step and its take-overs end the same way: say it once. */
function onePerStep(nodes: readonly FlowNode[]): readonly FlowNode[] {
  return nodes.filter((node, index) => nodes.findIndex(({ step }) => step === node.step) === index);
}
