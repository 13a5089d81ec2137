// The last check of the document that somebody types in, for the next one: most of what it found holds still.
import type { Remembered } from '../rules/remembered.ts';

/** What a check was made with besides the text; equal ones are the same objects. */
export type Setup = readonly unknown[];

interface Check {
  readonly key: string;
  readonly setup: Setup;
  /** The files it was made from. */
  readonly dependencies: ReadonlySet<string>;
  readonly remembered: Remembered;
}

/** Of one document at a time: nobody types in two. */
export class LastCheck {
  #last: Check | undefined;

  /** Keeps a check whose text has changed since; nothing else has. */
  keep(check: Check): void {
    this.#last = check;
  }

  /** Forgets it, or only where what it was made from is meant. */
  forget(isMeant?: (key: string, dependencies: ReadonlySet<string>) => boolean): void {
    if (this.#last && (!isMeant || isMeant(this.#last.key, this.#last.dependencies))) this.#last = undefined;
  }

  /** What the check of the document `key` with the same setup remembers; true where there was none. */
  of(key: string, setup: Setup): true | Remembered {
    const last = this.#last;
    if (last?.key !== key || last.setup.length !== setup.length) return true;
    return last.setup.every((each, at) => each === setup[at]) ? last.remembered : true;
  }
}
