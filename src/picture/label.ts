// Chooses where on a line across the flow its label stands, or beside which side of one along it: where the fewest other
// lines run behind it, and near the step the line comes from.

export interface LabelSpace {
  /** Of the picture. */
  readonly from: number;
  readonly to: number;
  /** Lines along the flow that pass by, and how much each would be in the way. */
  readonly lines: readonly { readonly at: number; readonly weight: number }[];
}

/** The middle of a label `size` wide on the line from `start` to `end`. */
export function placeLabel(start: number, end: number, size: number, { from, to, lines }: LabelSpace): number {
  const direction = end >= start ? 1 : -1;
  const length = Math.abs(end - start);
  const beside = size / 2 + 3;
  const candidates = [start + beside, start - beside, end + direction * beside];
  if (length === 0) candidates.unshift(start);
  for (let along = size / 2 + 8; along <= length - size / 2 - 8; along += 12)
    candidates.push(start + direction * along);
  const [lowest, highest] = [from + size / 2 + 2, to - size / 2 - 2];
  let best = start;
  let least = Number.POSITIVE_INFINITY;
  for (const wished of candidates) {
    const candidate = Math.max(lowest, Math.min(highest, wished));
    let behind = 0;
    for (const { at, weight } of lines) if (Math.abs(at - candidate) <= size / 2 + 2) behind += weight;
    const onLine = Math.abs(candidate - (start + end) / 2) <= length / 2 - size / 2;
    const cost = behind * 100 + Math.abs(candidate - start) * 0.1 + (onLine || length === 0 ? 0 : 12);
    if (cost < least) [best, least] = [candidate, cost];
  }
  return best;
}
