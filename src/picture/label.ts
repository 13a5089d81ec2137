// Chooses where on a horizontal line its label stands, or beside which side of a vertical one: where the fewest other
// lines run behind it, and near the step the line comes from.

/** The middle of a label `width` wide on the line from `x1` to `x2`, given the x of the vertical lines around. */
export function placeLabel(x1: number, x2: number, width: number, verticals: readonly number[]): number {
  const direction = x2 >= x1 ? 1 : -1;
  const length = Math.abs(x2 - x1);
  const beside = width / 2 + 3;
  const candidates = [x1 + beside, x1 - beside, x2 + direction * beside];
  if (length === 0) candidates.unshift(x1);
  for (let along = width / 2 + 8; along <= length - width / 2 - 8; along += 12) candidates.push(x1 + direction * along);
  let best = x1;
  let lowest = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const behind = verticals.filter((x) => Math.abs(x - candidate) <= width / 2 + 2).length;
    const onLine = Math.abs(candidate - (x1 + x2) / 2) <= length / 2 - width / 2;
    const cost = behind * 100 + Math.abs(candidate - x1) * 0.1 + (onLine ? 0 : 12);
    if (cost < lowest) [best, lowest] = [candidate, cost];
  }
  return best;
}
