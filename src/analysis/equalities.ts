// `ensures: a == b` by someone who is not an AI: afterwards a carries the value, approval and validation of b.
import type { Conditions } from '../language/conditions.ts';
import { isAi, type Step, type Workflow } from '../language/model.ts';
import type { DataPath } from './data-paths.ts';
import { dataPathOf } from './variables.ts';

export interface Equality {
  readonly step: Step;
  readonly to: DataPath;
  readonly from: DataPath;
}

/** All equalities that steps ensure: the left side takes over from the right. */
export function equalities(workflow: Workflow, { checked }: Conditions): readonly Equality[] {
  return [...workflow.steps.values()].flatMap((step) => {
    if (step.performers.some(isAi)) return [];
    return (step.fields.ensures ?? []).flatMap((condition) => {
      const ast = checked.get(condition)?.ast;
      if (ast?.op !== '==') return [];
      const [left, right] = [dataPathOf(ast.args[0]), dataPathOf(ast.args[1])];
      return left && right ? [{ step, to: left, from: right }] : [];
    });
  });
}
