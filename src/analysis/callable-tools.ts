// Tools that can be called while a step is at work, and the most that each of them can do in the world.
import { type Actor, isAi, type Step } from '../language/model.ts';
import type { Reference } from '../language/parts.ts';
import type { FlowNode } from './flow-graph.ts';

/** What is done in the world at most. */
export interface EffectClass {
  /** 0: nothing, 1: can be undone, 2: cannot be undone. */
  readonly weight: 0 | 1 | 2;
  readonly external: boolean;
}

export interface CallableTool {
  readonly name: string;
  readonly owner: Actor;
  readonly effect: EffectClass;
  /** Why it is taken to be so grave, where its declaration does not say it: no effect is stated, or any command is one. */
  readonly because: 'stated' | 'unstated' | 'free-form';
  /** Where the step names it; undefined where it may call everything. */
  readonly use: Reference | undefined;
}

/** What every rule that finds fault with a tool in a step calls it, so that one fault is said once. */
export function toolRoot({ id }: Step, { owner, name }: CallableTool): string {
  return `tool ${id} ${owner.id} ${name}`;
}

/** Tools that run whatever they are told, by the names that say so. */
const freeForm: ReadonlySet<string> = new Set(
  ['shell', 'bash', 'terminal', 'powershell', 'command-line', 'browser', 'sql', 'code-interpreter'].flatMap((name) => [
    name,
    name.replaceAll('-', '_'),
  ]),
);

/**
 * Tools that can be called at `node`: those its step names, of whoever takes part; without `uses` all that an agent has
 * who performs it or may be passed the work. Tools whose effect is half typed are left out.
 */
export function callableTools(
  { step, performers }: FlowNode,
  actors: ReadonlyMap<string, Actor>,
): readonly CallableTool[] {
  if (!step) return [];
  const delegates = (step.fields.delegatesTo ?? []).flatMap(({ name }) => actors.get(name) ?? []);
  if (![...performers, ...step.assistants, ...delegates].some(({ fields }) => fields.tools)) return [];
  const named = namedTools(step);
  const owners = named ? [...performers, ...step.assistants, ...delegates] : [...performers, ...delegates].filter(isAi);
  const found = [...new Set(owners)].flatMap((owner) =>
    [...(owner.fields.tools ?? [])].flatMap(([name, { value: tool }]): readonly CallableTool[] => {
      const use = named?.find((reference) => reference.name === name);
      if (named && !use) return [];
      const stated = tool?.effect?.value;
      if (stated === undefined && tool?.$.keyRange('effect')) return [];
      const runsAnything = freeForm.has(name) && (stated === undefined || tool?.scope === undefined);
      const weight = runsAnything || stated === undefined ? 2 : weights[stated];
      const external = runsAnything || (weight > 0 && tool?.external?.value === true);
      const because = runsAnything ? 'free-form' : stated === undefined ? 'unstated' : 'stated';
      return [{ name, owner, effect: { weight, external }, because, use }];
    }),
  );
  return found.sort((a, b) => (a.use?.range.start ?? 0) - (b.use?.range.start ?? 0));
}

const weights = { none: 0, reversible: 1, irreversible: 2 } as const;

/** What the step says it uses, its ways to undo effects included; undefined where it says nothing. */
function namedTools({ fields }: Step): readonly Reference[] | undefined {
  if (!fields.$.keyRange('uses')) return undefined;
  const undoing = (fields.effects ?? []).flatMap(({ rollback }) => rollback?.by ?? []);
  return [...(fields.uses ?? []), ...undoing].filter(({ field }) => field === undefined);
}
