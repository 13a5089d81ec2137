// The order of the registers: that of the steps in their file, so that one design always gives one text.
import type { Workflow } from '../language/model.ts';

/** Position of a step; what is no step comes first. */
export function amongSteps({ steps }: Workflow): (id: string) => number {
  const places = new Map([...steps.keys()].map((id, index) => [id, index]));
  return (id) => places.get(id) ?? -1;
}
