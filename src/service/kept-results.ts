// What was found in open documents, kept as long as it holds: it is small, while what it was found with may be forgotten.

/** Something that was made from a file and others. */
interface Made {
  /** Keys or uris of the files it was made from, its own apart. */
  readonly dependencies: ReadonlySet<string>;
}

/** Results by the key of their file. */
export class KeptResults<T extends Made> {
  readonly #results = new Map<string, { readonly value: T; readonly madeFrom: ReadonlySet<string> }>();
  readonly #keyOf: (uri: string) => string;

  /** `keyOf` gives the key of a file that a dependency names. */
  constructor(keyOf: (uri: string) => string) {
    this.#keyOf = keyOf;
  }

  get(key: string): T | undefined {
    return this.#results.get(key)?.value;
  }

  set(key: string, value: T): void {
    this.#results.set(key, { value, madeFrom: new Set([key, ...[...value.dependencies].map(this.#keyOf)]) });
  }

  /** Forgets what was made from a file. */
  drop(key: string): void {
    for (const [other, { madeFrom }] of this.#results) if (madeFrom.has(key)) this.#results.delete(other);
  }

  clear(): void {
    this.#results.clear();
  }
}
