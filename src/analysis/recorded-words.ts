// What free names under `records` and in logs say: the reason of a decision, the part of an AI, when, who, which version.

/** What a record can hold that rules ask for. */
export type Recorded = 'reason' | 'ai' | 'time' | 'actor' | 'version';

const words: Readonly<Record<Recorded, RegExp>> = {
  reason: /reason|rationale|justif|ground|motivation/i,
  ai: /\bai\b|agent|model|machine|automat|algorithm|\bbots?\b/i,
  time: /^(time|date|when)\b|timestamp|-(time|date)$/i,
  actor: /^(actor|who|by|judge|approver|decider|person|name)$/i,
  version: /version|revision|hash|digest/i,
};

/** Whether some of `names` says `wanted`. `perhaps`: no name says it, and some name says nothing that is known here. */
export function saysOf(names: readonly string[], wanted: Recorded): 'yes' | 'perhaps' | 'no' {
  if (names.some((name) => words[wanted].test(name))) return 'yes';
  return names.some((name) => Object.values(words).every((known) => !known.test(name))) ? 'perhaps' : 'no';
}
