// A workflow as values that expressions can read: every field is worked out when it is asked for, and going through lists
// is counted, so that no rule can take a time that nobody bounds.
import type { Analyses } from '../analysis/analyses.ts';
import type { Subjects, TypeName } from './custom-rule-field.ts';
import { isListType, modelTypes, typeNamed } from './custom-rule-model.ts';

/** How many elements of lists a rule may look at in one file. */
export const elementLimit = 200_000;

/** Too many elements were looked at. It is not for an expression to recover from. */
export class ElementLimitError extends Error {}

/** The values of one workflow. */
export interface View {
  /** The value of a subject, the same one each time. */
  wrap(type: TypeName, subject: object): object;
  /** What may still be looked at. */
  readonly budget: { left: number };
}

/** Constructors by the name of the type, by which CEL tells the types of values apart. */
export const constructors: ReadonlyMap<TypeName, new (...args: never[]) => object> = new Map(
  (Object.keys(modelTypes) as TypeName[]).map((name) => [name, constructorOf(name)]),
);

/** The values of a workflow, shared by all rules. */
export function viewOf(analyses: Analyses): View {
  const known = new Map<object, object>();
  const budget = { left: elementLimit };
  const view: View & { readonly analyses: Analyses } = {
    analyses,
    budget,
    wrap(type, subject) {
      const value = known.get(subject) ?? new (constructors.get(type) as Constructor)(subject, view);
      known.set(subject, value);
      return value;
    },
  };
  return view;
}

type Constructor = new (subject: object, view: View & { readonly analyses: Analyses }) => object;

/** A class with one getter for each field of the type. */
function constructorOf(name: TypeName): Constructor {
  const made = class {
    readonly #subject: object;
    readonly #view: View & { readonly analyses: Analyses };
    readonly #known = new Map<string, unknown>();

    constructor(subject: object, view: View & { readonly analyses: Analyses }) {
      this.#subject = subject;
      this.#view = view;
    }

    static valueOf(of: object, field: string): unknown {
      const self = of as InstanceType<typeof made>;
      if (!self.#known.has(field)) self.#known.set(field, valueAt(name, field, self.#subject, self.#view));
      return self.#known.get(field);
    }
  };
  for (const field of Object.keys(modelTypes[name].fields)) {
    Object.defineProperty(made.prototype, field, {
      get(this: object) {
        return made.valueOf(this, field);
      },
    });
  }
  return made;
}

function valueAt(type: TypeName, name: string, subject: object, view: View & { readonly analyses: Analyses }): unknown {
  const field = modelTypes[type].fields[name] as (typeof modelTypes)['Step']['fields'][string] | undefined;
  const value = field?.read(subject as Subjects['Step'], view.analyses);
  if (!field || value === undefined) return undefined;
  const inner = typeNamed(field.type);
  if (!isListType(field.type)) return inner ? view.wrap(inner, value as object) : value;
  const list = value as readonly unknown[];
  return counted(inner ? list.map((each) => view.wrap(inner, each as object)) : [...list], view.budget);
}

/** The list; reading one of its elements is counted, and not possible any more once too many were read. */
function counted(list: readonly unknown[], budget: { left: number }): readonly unknown[] {
  return new Proxy(list, {
    get(target, property) {
      if (typeof property === 'string' && property !== 'length' && /^\d+$/.test(property) && budget.left-- <= 0)
        throw new ElementLimitError();
      return Reflect.get(target, property);
    },
  });
}
