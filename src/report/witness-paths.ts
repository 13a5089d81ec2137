// The paths that prove a finding, as every form of a report tells them.
import type { WitnessStep } from '../rules/finding.ts';

/** A step that no edge leads to begins a path of its own. */
export function pathsOf(witness: readonly WitnessStep[]): readonly (readonly WitnessStep[])[] {
  const paths: WitnessStep[][] = [];
  for (const step of witness) {
    const current = paths.at(-1);
    if (step.edge && current) current.push(step);
    else paths.push([step]);
  }
  return paths;
}

/** How a path came to a step, in words: the label of the edge and its kind; empty for an ordinary edge without a label. */
export function edgeInWords({ label, kind }: NonNullable<WitnessStep['edge']>): string {
  return [label, kind === 'normal' ? '' : kind].filter((part) => part !== '').join(', ');
}
