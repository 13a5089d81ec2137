// Which keys of the steps were asked for while something was worked out: it still holds where only others say something new.
// Dependencies noted while a result is computed, as in self-adjusting computation (Acar, 2005), at the grain of a key:
// finer, and noting would cost more than it saves.
import { stepKeys } from './vocabulary.ts';

/** One bit for each of what can be asked for, by the numbers of `numberOf`. */
export type AskedKeys = Uint8Array;

/**
 * Asked for besides single keys: the title, who `by` and `assisted-by` name, the flow graph, and everything that the text
 * says.
 */
const others = ['(title)', '(performers)', '(assistants)', '(graph)', '(everything)'] as const;
export type Asked = keyof typeof stepKeys | (typeof others)[number];

const all: readonly string[] = [...Object.keys(stepKeys), ...others];
const numbers: ReadonlyMap<string, number> = new Map(all.map((name, number) => [name, number]));
const everything = numberOf('(everything)');

let current: AskedKeys = new Uint8Array(all.length);

/** The number of a key; that of everything for what is no key of a step. */
export function numberOf(name: string): number {
  return numbers.get(name) ?? everything;
}

/** Notes that a key was asked for. */
export function note(number: number): void {
  current[number] = 1;
}

/** Keys that say something new. Everything is new where anything is. */
export function keysOf(names: Iterable<Asked>): AskedKeys {
  const keys = new Uint8Array(all.length);
  for (const name of names) keys[numberOf(name)] = 1;
  keys[everything] = 1;
  return keys;
}

/** Whether one of the keys is in both. */
export function haveCommon(asked: AskedKeys, changed: AskedKeys): boolean {
  return asked.some((is, number) => is === 1 && changed[number] === 1);
}

/** What `compute` answers, and the keys that it asked for, those of all that it used included. */
export function noting<T>(compute: () => T): { readonly answer: T; readonly asked: AskedKeys } {
  const outer = current;
  const asked: AskedKeys = new Uint8Array(all.length);
  current = asked;
  try {
    return { answer: compute(), asked };
  } finally {
    current = outer;
    noteAll(asked);
  }
}

/** As `noting`, but who asks for the answer is noted as asking for `number` alone. */
export function notingAs<T>(number: number, compute: () => T): { readonly answer: T; readonly asked: AskedKeys } {
  const outer = current;
  current = new Uint8Array(all.length);
  try {
    return noting(compute);
  } finally {
    current = outer;
    note(number);
  }
}

/** Computes when it is asked for, and never again. Who asks later has asked for the same keys. */
export function once<T>(compute: () => T): () => T {
  let known: { readonly answer: T; readonly asked: AskedKeys } | undefined;
  return () => {
    if (known) noteAll(known.asked);
    else known = noting(compute);
    return known.answer;
  };
}

/** What is worked out for one thing, once; `known` is what was worked out for others. */
export function onceFor<K extends object, T>(known: WeakMap<K, () => T>, key: K, compute: () => T): T {
  let answer = known.get(key);
  if (!answer) {
    answer = once(compute);
    known.set(key, answer);
  }
  return answer();
}

/** What is worked out of one thing by functions, each once however often it is asked for. */
export function derivedFrom<S>(of: () => S): <T>(compute: (of: S) => T) => T {
  const answers = new Map<(of: S) => unknown, () => unknown>();
  return <T>(compute: (of: S) => T): T => {
    let answer = answers.get(compute);
    if (!answer) {
      answer = once(() => compute(of()));
      answers.set(compute, answer);
    }
    return answer() as T;
  };
}

function noteAll(asked: AskedKeys): void {
  for (let number = 0; number < asked.length; number++) if (asked[number] === 1) current[number] = 1;
}
