// Faults of oversight.
import type { Operator } from '../operator.ts';

export const oversightOperators: readonly Operator[] = [];
