// Faults of accountability.
import type { Operator } from '../operator.ts';
import { dutyOperators } from './accountability-duties.ts';
import { outputOperators } from './accountability-output.ts';

export const accountabilityOperators: readonly Operator[] = [...outputOperators, ...dutyOperators];
