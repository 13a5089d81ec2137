// Faults of oversight.
import type { Operator } from '../operator.ts';
import { approvalOperators } from './oversight-approvals.ts';
import { decisionOperators } from './oversight-decisions.ts';
import { independenceOperators } from './oversight-independence.ts';
import { judgeOperators } from './oversight-judges.ts';

export const oversightOperators: readonly Operator[] = [
  ...approvalOperators,
  ...decisionOperators,
  ...judgeOperators,
  ...independenceOperators,
];
