// A mutation operator: one kind of fault, injected at every place of a clean design where it is a fault.
// A design is the plain value of its YAML, so that an operator reads like the fault it makes.

/** Plain value of a workflow file. */
// biome-ignore lint/suspicious/noExplicitAny: a design is free YAML, and operators reach into it as they please.
export type Design = Record<string, any>;
export type Step = Design;

/** A design with one fault. */
export interface Mutant {
  /** What was done where, for the report. */
  readonly what: string;
  readonly design: Design;
}

/** How one kind of fault is made. */
export interface Operator {
  /** Rule that has to find it. */
  readonly rule: string;
  /** What it does, as a short sentence. */
  readonly name: string;
  /** Rules that the same fault truly breaks as well, each for a reason that the operator's comment gives. */
  readonly also?: readonly string[];
  /** True for faults that only show against the design as it was: the clean one is the base. */
  readonly againstBase?: boolean;
  mutants(design: Design): Iterable<Mutant>;
}

/** A copy of `design` after `change`, or nothing where the change answers false: no place for this fault. */
export function mutant(design: Design, what: string, change: (copy: Design) => unknown): Mutant[] {
  const copy = structuredClone(design);
  return change(copy) === false ? [] : [{ what, design: copy }];
}

/** One mutant for each step for which `change` finds a place; `change` gets the step of the copy, its id and the copy. */
export function eachStep(
  design: Design,
  change: (step: Step, id: string, copy: Design) => unknown,
  what = 'step',
): Mutant[] {
  return [...stepsOf(design)].flatMap(({ id }) =>
    mutant(design, `${what} ${id}`, (copy) => {
      const found = stepsOf(copy).find((step) => step.id === id);
      return found ? change(found.step, id, copy) : false;
    }),
  );
}

/** One mutant for each entry of a section such as `actors` for which `change` finds a place. */
export function eachEntry(
  design: Design,
  section: string,
  change: (entry: Design, id: string, copy: Design) => unknown,
): Mutant[] {
  return Object.keys(design[section] ?? {}).flatMap((id) =>
    mutant(design, `${section} ${id}`, (copy) => change(copy[section][id], id, copy)),
  );
}

/** One mutant for each element of a list such as `metrics` for which `change` finds a place. */
export function eachElement(
  design: Design,
  key: string,
  change: (element: Design, index: number, copy: Design) => unknown,
): Mutant[] {
  return listOf(design[key]).flatMap((_, index) =>
    mutant(design, `${key} ${index + 1}`, (copy) => {
      copy[key] = listOf(copy[key]);
      return change(copy[key][index], index, copy);
    }),
  );
}

/** All steps, those inside scopes included. */
export function stepsOf(design: Design): { readonly id: string; readonly step: Step; readonly around: Design }[] {
  const inside = (around: Design): { id: string; step: Step; around: Design }[] =>
    Object.entries((around.steps ?? {}) as Record<string, Step>).flatMap(([id, step]) => [
      { id, step, around },
      ...inside(step),
    ]);
  return inside(design);
}

/** The kind of a step: its first key. */
export function kindOf(step: Step): string {
  return Object.keys(step)[0] ?? '';
}

/** A value, a list, or nothing, as a list. */
export function listOf<T>(value: T | readonly T[] | undefined): T[] {
  return value === undefined ? [] : Array.isArray(value) ? [...value] : [value as T];
}

/** Actors that perform a step. */
export function performersOf(step: Step, design: Design): { readonly id: string; readonly actor: Design }[] {
  return listOf<string>(step.by).flatMap((id) => (design.actors?.[id] ? [{ id, actor: design.actors[id] }] : []));
}

/** True for a step that an agent performs. */
export function isAiStep(step: Step, design: Design): boolean {
  return performersOf(step, design).some(({ actor }) => actor.kind === 'agent');
}

/** Deletes a key and says whether it was there. */
export function drop(owner: Design | undefined, key: string): boolean {
  if (!owner || !(key in owner)) return false;
  delete owner[key];
  return true;
}
