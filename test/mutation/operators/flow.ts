// Faults of flow.
import type { Operator } from '../operator.ts';

export const flowOperators: readonly Operator[] = [];
