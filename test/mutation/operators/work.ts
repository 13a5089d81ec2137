// Where in a design AI works, what goes into its steps and comes out, and small additions that break nothing by themselves.
import { type Design, isAiStep, kindOf, listOf, performersOf, type Step, stepsOf } from '../operator.ts';

export interface Work {
  readonly id: string;
  readonly step: Step;
}

/** Steps that agents of this file perform. */
export function aiWork(design: Design): Work[] {
  return stepsOf(design).filter(({ step }) => isAiStep(step, design));
}

/** Steps that only people of this file perform. */
export function humanWork(design: Design): Work[] {
  return stepsOf(design).filter(({ step }) => {
    const performers = performersOf(step, design);
    return performers.length > 0 && performers.every(({ actor }) => actor.kind === 'human');
  });
}

/** The step of that id, in a copy. */
export function stepIn(design: Design, id: string): Step {
  return stepsOf(design).find((work) => work.id === id)?.step ?? {};
}

/** Ids of agents of this file that perform some step. */
export function agentsAtWork(design: Design): string[] {
  return Object.keys(design.actors ?? {}).filter(
    (id) => design.actors[id].kind === 'agent' && stepsOf(design).some(({ step }) => listOf(step.by).includes(id)),
  );
}

/** `{ OUT: [IN] }` of a step, where it is written so. */
export function derivations(step: Step): [string, string[]][] {
  const { writes } = step;
  if (typeof writes !== 'object' || writes === null || Array.isArray(writes)) return [];
  return Object.entries(writes).map(([out, from]) => [out, listOf(from as string | string[])]);
}

/** The store that the default log goes to, where this file declares it. */
export function logStore(design: Design): Design | undefined {
  return design.stores?.[design.defaults?.log?.to];
}

/** The step is recorded by the default log. */
export function logsByDefault(step: Step): boolean {
  return !('log' in step) && !['wait', 'route', 'scope', 'end'].includes(kindOf(step));
}

/** The event or step outcome with which every case begins. */
export function firstPoint(design: Design): string | undefined {
  const on = design.start?.on;
  return design.events?.[on] ? on : undefined;
}

/** More data, which nothing else uses; it lives in a record so that nobody need make it. */
export function addKept(design: Design, id: string, fields: Design): void {
  design.stores = { ...design.stores, 'other-files': { kind: 'record', clearance: 'special-category' } };
  design.data = { ...design.data, [id]: { store: 'other-files', ...fields } };
}

/** One tool more for an agent, which the step uses. */
export function giveTool(design: Design, step: Step, agent: string, name: string, tool: Design): void {
  design.actors[agent].tools = { ...design.actors[agent].tools, [name]: tool };
  step.uses = [...listOf(step.uses), name];
}

/** The one agent that performs a step, if it says what it uses and passes nothing on. */
export function soleAgent(step: Step, design: Design): string | undefined {
  const [only, ...others] = performersOf(step, design);
  const isFree = only?.actor.kind === 'agent' && !only.actor.delegates && !only.actor.fallback && others.length === 0;
  const isDelegate = Object.values<Design>(design.actors ?? {}).some(({ delegates }) =>
    listOf<Design>(delegates).some(({ to }) => to === only?.id),
  );
  return isFree && !isDelegate && step.uses ? only.id : undefined;
}

const judges = (design: Design, at: string, { step }: Site) =>
  /^(approval|review|decision|contest)$/.test(kindOf(step)) && humanWork(design).some(({ id }) => id === at);

/** Over all edges but those by which a person has judged. */
const unjudged =
  (design: Design) =>
  (at: string, site: Site): string[] =>
    judges(design, at, site) ? lateEdges(site) : allEdges(site);

/** Something is done in the world at the step or behind it that no person has judged since. */
export function actsUnjudged(design: Design, id: string): boolean {
  const weighs = ({ kind, irreversible, external }: Design) => kind === 'payment' || irreversible || external;
  return [...walk(design, [id], unjudged(design))].some((at) =>
    listOf<Design>(stepIn(design, at).effects).some(weighs),
  );
}

/** Some case comes to the step that no person has judged. */
export function isUnjudgedAt(design: Design, id: string): boolean {
  return walk(design, namesIn(design.start), unjudged(design)).has(id);
}

/** Some case comes to the step and ends well behind it, and no person has judged it before or finished a step after. */
export function isUnseen(design: Design, id: string): boolean {
  const people = new Set(humanWork(design).map((site) => site.id));
  const after = walk(design, namesIn(stepIn(design, id).next), (at, site) =>
    people.has(at) ? lateEdges(site) : [...namesIn(site.step.next), ...namesIn(site.step.start), ...lateEdges(site)],
  );
  const ends = [...after].filter((at) => {
    const step = design.steps[at];
    return step && kindOf(step) === 'end' && (step.outcome ?? 'completed') === 'completed';
  });
  return isUnjudgedAt(design, id) && ends.length > 0;
}

interface Site {
  readonly step: Step;
  readonly around: Design;
}

/** Steps that can be come to over `edges`; behind the end of a scope the work goes on after it. */
function walk(design: Design, first: readonly string[], edges: (id: string, site: Site) => string[]): Set<string> {
  const all = new Map(stepsOf(design).map((site) => [site.id, site]));
  const seen = new Set(first.filter((id) => all.has(id)));
  for (const at of seen) {
    const site = all.get(at);
    if (!site) continue;
    const out = kindOf(site.step) === 'end' && site.around !== design ? namesIn(site.around.next) : edges(at, site);
    for (const to of out) if (all.has(to)) seen.add(to);
  }
  return seen;
}

function lateEdges({ step }: Site): string[] {
  return ['timeout', 'absent'].flatMap((outcome) => namesIn(step.on?.[outcome]));
}

function allEdges({ step }: Site): string[] {
  return [...namesIn(step.next), ...namesIn(step.start), ...namesIn(step.on), ...namesIn(step.gate?.below)];
}

/** Steps that a target names, over branches and splits. */
export function namesIn(target: unknown): string[] {
  if (typeof target === 'string') return [target];
  if (typeof target !== 'object' || target === null) return [];
  return Object.entries(target).flatMap(([key, value]) => (/^(when|label|share)$/.test(key) ? [] : namesIn(value)));
}
