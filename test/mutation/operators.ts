// Every mutation operator, by the category of the rule that has to find its faults.
import type { Operator } from './operator.ts';
import { accountabilityOperators } from './operators/accountability.ts';
import { agentOperators } from './operators/agent.ts';
import { dataOperators } from './operators/data.ts';
import { flowOperators } from './operators/flow.ts';
import { handoffOperators } from './operators/handoff.ts';
import { improvementOperators } from './operators/improvement.ts';
import { oversightOperators } from './operators/oversight.ts';
import { ownershipOperators } from './operators/ownership.ts';
import { performanceOperators } from './operators/performance.ts';
import { structureOperators } from './operators/structure.ts';
import { visibilityOperators } from './operators/visibility.ts';

export const operators: readonly Operator[] = [
  ...structureOperators,
  ...flowOperators,
  ...ownershipOperators,
  ...handoffOperators,
  ...oversightOperators,
  ...accountabilityOperators,
  ...visibilityOperators,
  ...dataOperators,
  ...agentOperators,
  ...performanceOperators,
  ...improvementOperators,
];
