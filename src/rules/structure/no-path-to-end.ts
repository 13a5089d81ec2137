/**
 * A step from which no end can be reached: a case that comes here is never finished.
 * Add `next`, or a way out of the circle.
 */
import { cyclicComponents } from '../../analysis/components.ts';
import type { FlowGraph, FlowNode } from '../../analysis/flow-graph.ts';
import { isUnknown } from '../../analysis/performers.ts';
import { outcomesOf } from '../../language/outcomes.ts';
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
    const sinks = stuck.filter(
      (node) =>
        !inCycle.has(node) && node.out.every(({ kind }) => kind === 'message') && !isUnhandledOutcome(node, graph),
    );
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
    const open = graph.nodes.filter((node) => reachability.isReachable(node) && isLeftOpen(node, graph));
    for (const node of onePerStep(open.filter((other) => !sinks.some(({ step }) => step === other.step)))) {
      report({
        range: node.step?.range ?? { start: 0, end: 0 },
        place: node.step?.id ?? 'workflow',
        message: `When '${node.step?.id}' is done, nothing follows, and the case never comes to an end. Add 'next'.`,
        witness: pathTo(node, reachability, 'no edge leads on when it is done'),
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

/** An outcome of a scope that nobody handles is reported as that. */
function isUnhandledOutcome(node: FlowNode, { nodes }: FlowGraph): boolean {
  return node.kind === 'exit' && nodes.find(({ kind, step }) => kind === 'exit' && step === node.step) !== node;
}

/** Other outcomes lead on, and that all went well does not. */
function isLeftOpen({ kind, step, performers, out }: FlowNode, { workflow }: FlowGraph): boolean {
  if (!step || kind !== 'step' || step.kind === 'scope' || step.scope || step.fields.next || step.fields.compensates)
    return false;
  if (isUnknown({ step, performers })) return false;
  const done = step.kind === 'call' ? 'completed' : 'done';
  const canEnd = outcomesOf(step, performers, workflow).some(({ name }) => name === done);
  return canEnd && out.some((edge) => edge.kind !== 'message') && !out.some(({ outcome }) => outcome === done);
}

/** A step and its take-overs end the same way: say it once. */
function onePerStep(nodes: readonly FlowNode[]): readonly FlowNode[] {
  return nodes.filter((node, index) => nodes.findIndex(({ step }) => step === node.step) === index);
}
