// Faults of ownership.
import type { Operator } from '../operator.ts';

export const ownershipOperators: readonly Operator[] = [];
