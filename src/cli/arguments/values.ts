// What all commands share in reading their options: values out of a known few, and the words where they are none.
import { didYouMean, suggest } from '../../language/suggest.ts';

/** Values of all options of all commands, as far as they were given. */
export interface Values {
  readonly format?: string;
  readonly view?: string;
  readonly direction?: string;
  readonly theme?: string;
  readonly output?: string;
  readonly profile?: readonly string[];
  readonly rule?: readonly string[];
  readonly base?: string;
  readonly color?: boolean;
  readonly path?: readonly string[];
  readonly check?: boolean;
  readonly fix?: boolean;
  readonly stdio?: boolean;
  readonly 'max-warnings'?: string;
  readonly 'update-baseline'?: boolean;
  readonly 'without-accepted'?: boolean;
  readonly 'no-update-baseline'?: boolean;
  readonly cache?: boolean;
  readonly 'cache-location'?: string;
  readonly threads?: string;
  readonly 'no-progress'?: boolean;
  readonly 'stdin-filename'?: string;
}

/** The words mean nothing, and why. */
export interface Wrong {
  readonly name: 'wrong';
  readonly reason: string;
}

export function wrong(reason: string): Wrong {
  return { name: 'wrong', reason };
}

/** The value if it is one of the known, the first one where none is given. */
export function oneOf<T extends string>(value: string | undefined, known: readonly [T, ...T[]]): T | undefined {
  return value === undefined ? known[0] : known.find((candidate) => candidate === value);
}

/** `command` has no such value of an option. */
export function wrongValue(
  command: string,
  option: string,
  value: string | undefined,
  known: readonly string[],
): Wrong {
  const listed = known.length > 1 ? `${known.slice(0, -1).join(', ')} or ${known.at(-1)}` : known.join();
  return wrong(`${command}: unknown ${option} '${value}', expected ${listed}`);
}

/** `word` is none of the known names of a thing, such as a profile. */
export function unknownName(
  command: string,
  thing: string,
  word: string,
  known: Iterable<string>,
  more: string,
): Wrong {
  return wrong(`${command}: unknown ${thing} '${word}'.${didYouMean(suggest(word, known))} ${more}`);
}
