// Gives lines that run beside each other their own tracks, so that no two lie on one another.

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Track of each span, from 0: the first in which it meets no other, in the order given. */
export function assignTracks(spans: readonly Span[], clearance = 0): number[] {
  const tracks: Span[][] = [];
  return spans.map((span) => {
    let track = tracks.findIndex((others) => others.every((other) => !meet(span, other, clearance)));
    if (track < 0) track = tracks.push([]) - 1;
    tracks[track]?.push(span);
    return track;
  });
}

/** A slot for each span around a middle, 0: `pull` -1 prefers the slots below it, 1 those above. */
export function assignSlots(spans: readonly (Span & { readonly pull: -1 | 0 | 1 })[], limit: number): number[] {
  const taken = new Map<number, Span[]>();
  const slots = new Array<number>(spans.length).fill(0);
  const order = [...spans.keys()].sort(
    (a, b) => Math.abs(spans[a]?.pull ?? 0) - Math.abs(spans[b]?.pull ?? 0) || a - b,
  );
  for (const index of order) {
    const span = spans[index];
    if (!span) continue;
    const sign = span.pull === 0 ? 1 : span.pull;
    const toward = Array.from({ length: limit }, (_, i) => (i + 1) * sign);
    const choices =
      span.pull === 0
        ? [0, ...toward.flatMap((slot) => [slot, -slot])]
        : [0, ...toward, ...toward.map((slot) => -slot)];
    const slot =
      choices.find((choice) => (taken.get(choice) ?? []).every((other) => !meet(span, other, 0))) ?? limit * sign;
    taken.set(slot, [...(taken.get(slot) ?? []), span]);
    slots[index] = slot;
  }
  return slots;
}

function meet(a: Span, b: Span, clearance: number): boolean {
  const [aFrom, aTo] = [Math.min(a.from, a.to), Math.max(a.from, a.to)];
  const [bFrom, bTo] = [Math.min(b.from, b.to), Math.max(b.from, b.to)];
  return aFrom <= bTo + clearance && bFrom <= aTo + clearance;
}
