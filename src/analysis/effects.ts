// What steps do in the world: declared effects, and messages to the outside that they emit.

import type { Step, Workflow } from '../language/model.ts';
import { keyOfPlace } from '../language/moved-ranges.ts';
import type { Reference } from '../language/parts.ts';
import type { Range } from '../language/source.ts';
import type { EffectFields } from '../language/vocabulary.ts';
import { type DataPath, pathOf } from './data-paths.ts';

export interface Effect {
  readonly step: Step;
  /** `payment`, `message`, … */
  readonly kind: string;
  readonly irreversible: boolean;
  readonly external: boolean;
  /** What an approval has to cover: `uses` and `amount`, else what the step reads. */
  readonly consumes: readonly DataPath[];
  readonly admittedBy: Reference | undefined;
  /** As declared; undefined for a message that is emitted. */
  readonly fields: EffectFields | undefined;
  /** The words that say what it is. */
  readonly range: Range;
}

/** Effects of a step; an emitted message to someone outside is one as well. */
export function effectsOf(step: Step, workflow: Workflow): readonly Effect[] {
  return workflow.derived(effectsBySteps).get(step) ?? effectsAt(step, workflow);
}

function effectsBySteps(workflow: Workflow): ReadonlyMap<Step, readonly Effect[]> {
  return new Map([...workflow.steps.values()].map((step) => [step, effectsAt(step, workflow)]));
}

function effectsAt(step: Step, workflow: Workflow): readonly Effect[] {
  const { effects, emits } = step.fields;
  if (!effects && !emits) return [];
  return [
    ...(step.fields.effects ?? []).map((effect) => declaredEffect(step, effect)),
    ...(step.fields.emits ?? []).flatMap((emitted) => emittedMessage(step, emitted, workflow)),
  ];
}

/** What every rule that finds fault with an effect calls it, so that one fault is said once. */
export function effectRoot({ step, range }: Effect): string {
  return `effect ${step.id} ${keyOfPlace(range.start)}`;
}

function declaredEffect(step: Step, effect: EffectFields): Effect {
  const named = [...(effect.uses ?? []), ...(effect.amount ? [effect.amount] : [])].map(pathOf);
  const read = (step.fields.reads ?? []).map(pathOf);
  return {
    step,
    kind: effect.kind?.value ?? 'effect',
    irreversible: effect.irreversible?.value === true,
    external: effect.external?.value === true,
    consumes: withoutParts(named.length > 0 ? named : read),
    admittedBy: effect.admittedBy,
    fields: effect,
    range: effect.$.valueRange('kind') ?? effect.$.range,
  };
}

function emittedMessage(step: Step, emitted: Reference, workflow: Workflow): readonly Effect[] {
  const event = workflow.events.get(emitted.name);
  const receiver = event?.fields.to && workflow.actors.get(event.fields.to.name);
  if (event?.fields.kind?.value !== 'message' || (receiver?.kind !== 'external' && receiver?.kind !== 'vendor'))
    return [];
  const consumes = withoutParts((event.fields.gives ?? []).map(pathOf));
  return [
    {
      step,
      kind: 'message',
      irreversible: false,
      external: true,
      consumes,
      admittedBy: undefined,
      fields: undefined,
      range: emitted.range,
    },
  ];
}

/** Where the whole is named, its parts say nothing more. */
function withoutParts(paths: readonly DataPath[]): readonly DataPath[] {
  return [...new Set(paths)].filter((path) => !paths.some((other) => other !== path && path.startsWith(`${other}.`)));
}
