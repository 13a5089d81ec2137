// How an effect is called in a message: `the irreversible and external message of 'send'`.
import type { Effect } from '../../analysis/effects.ts';
import { joined } from '../../language/wording.ts';

export function effectInWords(effect: Effect): string {
  return `the ${weightedKind(effect)} of '${effect.step.id}'`;
}

/** `irreversible and external message`. */
export function weightedKind({ kind, irreversible, external }: Effect): string {
  const weight = joined([...(irreversible ? ['irreversible'] : []), ...(external ? ['external'] : [])]);
  return weight === '' ? kind : `${weight} ${kind}`;
}
