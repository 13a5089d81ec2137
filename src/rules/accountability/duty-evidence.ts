// What both rules about duties say of a conflict: the path from the earlier to the later step, and who is behind them.
import type { DutyConflict } from '../../analysis/duty-conflicts.ts';
import type { FlowNode } from '../../analysis/flow-graph.ts';
import type { Workflow } from '../../language/model.ts';
import { along, here } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';
import { declarationsBehind } from '../principal-evidence.ts';

/** One name of the fault for both rules. */
export function conflictRoot({ later, duties }: DutyConflict): string {
  return `duties ${later.step?.id} ${[...duties].sort().join(' ')}`;
}

export function conflictWitness(
  { earlier, later, duties, shared, path }: DutyConflict,
  workflow: Workflow,
): readonly WitnessStep[] {
  const note = (node: FlowNode, duty: string) =>
    `duty '${duty}', performed by ${node.performers.map(({ id }) => `'${id}'`).join(' or ')}`;
  const at = (node: FlowNode, duty: string) =>
    here(node.step?.id ?? 'workflow', node.step?.range ?? { start: 0, end: 0 }, note(node, duty));
  const [first, second] = duties;
  const way =
    path.length > 0
      ? along(path, note(later, second), (node) => (node === earlier ? note(earlier, first) : ''))
      : [...(earlier === later ? [] : at(earlier, first)), ...at(later, second)];
  return [...way, ...declarationsBehind(shared.first, workflow), ...declarationsBehind(shared.second, workflow)];
}
