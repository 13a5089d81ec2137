// Steps that note which of their keys are asked for, and which keys of a step an edit has changed.
import { type Asked, type AskedKeys, keysOf, note, numberOf } from './asked-keys.ts';
import type { Step } from './model.ts';
import type { Origin } from './parts.ts';
import { camel } from './read-record.ts';
import type { Range } from './source.ts';
import type { MapNode } from './syntax.ts';
import { type StepFields, stepKeys } from './vocabulary.ts';

/** The same step; whoever asks for what it says is noted. Its id, its kind and where it stands are not noted. */
export function observed(step: Step): Step {
  return new ObservedStep(step);
}

/** The step itself: a copy is made from it, which notes nothing any more. */
export function unobserved(step: Step): Step {
  return step instanceof ObservedStep ? step.step : step;
}

const [title, performers, assistants, everything] = [
  numberOf('(title)'),
  numberOf('(performers)'),
  numberOf('(assistants)'),
  numberOf('(everything)'),
];
const [on, within, accepts] = [numberOf('on'), numberOf('within'), numberOf('accepts')];

class ObservedStep implements Step {
  readonly id: string;
  readonly range: Range;
  readonly kind: Step['kind'];
  readonly scope: Step | undefined;
  readonly fields: StepFields;
  readonly step: Step;

  constructor(step: Step) {
    this.id = step.id;
    this.range = step.range;
    this.kind = step.kind;
    this.scope = step.scope;
    this.fields = new ObservedFields(step.fields) as unknown as StepFields;
    this.step = step;
  }
  get title() {
    note(title);
    return this.step.title;
  }
  get performers() {
    note(performers);
    return this.step.performers;
  }
  get assistants() {
    note(assistants);
    return this.step.assistants;
  }
  get handlers() {
    note(on);
    return this.step.handlers;
  }
  get within() {
    note(within);
    return this.step.within;
  }
  get accepts() {
    note(accepts);
    return this.step.accepts;
  }
}

const keys = Object.keys(stepKeys).map((key) => ({ name: camel(key), number: numberOf(key) }));

/** The values stand in a list, in the order of the keys: one getter for all of them stays fast. */
class ObservedFields {
  readonly $: Origin;
  readonly values: readonly unknown[];

  constructor(fields: StepFields) {
    const named = fields as unknown as Readonly<Record<string, unknown>>;
    this.$ = new ObservedOrigin(fields.$);
    this.values = keys.map(({ name }) => named[name]);
  }
}

for (const [index, { name, number }] of keys.entries())
  Object.defineProperty(ObservedFields.prototype, name, {
    enumerable: true,
    get(this: ObservedFields) {
      note(number);
      return this.values[index];
    },
  });

class ObservedOrigin implements Origin {
  readonly range: Range;
  // Not methods: they are taken apart from it.
  readonly keyRange: Origin['keyRange'];
  readonly valueRange: Origin['valueRange'];
  readonly #origin: Origin;

  constructor(origin: Origin) {
    this.range = origin.range;
    this.#origin = origin;
    this.keyRange = (key) => {
      note(numberOf(key));
      return origin.keyRange(key);
    };
    this.valueRange = (key) => {
      note(numberOf(key));
      return origin.valueRange(key);
    };
  }
  get node() {
    note(everything);
    return this.#origin.node;
  }
}

/** A step, and the text of its file. */
interface StepText {
  readonly step: Step;
  readonly text: string;
}

/**
 * What an edit that touched nothing but one step has changed of it; undefined where it may have changed what is not noted:
 * its kind, the order of its keys, or steps inside it.
 */
export function changedKeys(before: StepText, after: StepText): AskedKeys | undefined {
  const [was, is] = [textsOf(before), textsOf(after)];
  if (!was || !is || before.step.kind !== after.step.kind) return undefined;
  const [kept, stayed] = [[...was.keys()].filter((key) => is.has(key)), [...is.keys()].filter((key) => was.has(key))];
  if (kept.join() !== stayed.join()) return undefined;
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((key) => was.get(key) !== is.get(key));
  if (changed.includes('steps')) return undefined;
  const names = (actors: Step['performers']) => actors.map(({ id }) => id).join();
  return keysOf([
    ...changed.filter((key): key is Asked => Object.hasOwn(stepKeys, key)),
    ...(before.step.title === after.step.title ? [] : (['(title)'] as const)),
    ...(names(before.step.performers) === names(after.step.performers) ? [] : (['(performers)'] as const)),
    ...(names(before.step.assistants) === names(after.step.assistants) ? [] : (['(assistants)'] as const)),
  ]);
}

/** What stands at each key; undefined for what is no map, or has a key twice. */
function textsOf({ step, text }: StepText): ReadonlyMap<string, string> | undefined {
  const node: MapNode | undefined = step.fields.$.node;
  if (!node) return undefined;
  const texts = new Map(node.entries.map(({ key, range }) => [key.text, text.slice(range.start, range.end)]));
  return texts.size === node.entries.length ? texts : undefined;
}
