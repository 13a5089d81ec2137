// What was used last, as much of it as there is room for; what has been used least goes first and is made again on demand.

/** How much is kept: both count, and the newest is always kept. */
interface Room {
  readonly entries: number;
  /** In the unit in which each entry is given its size. */
  readonly size: number;
}

/** A map that forgets. */
export class Recent<T> {
  readonly #room: Room;
  readonly #entries = new Map<string, { readonly value: T; readonly size: number }>();
  #size = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  /** What is kept under `key`; it counts as used now. */
  get(key: string): T | undefined {
    const found = this.#entries.get(key);
    if (!found) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, found);
    return found.value;
  }

  /** Keeps it as the newest, and forgets what there is no room for any more. */
  set(key: string, value: T, size: number): void {
    this.delete(key);
    this.#entries.set(key, { value, size });
    this.#size += size;
    for (const oldest of this.#entries.keys()) {
      const fits = this.#entries.size <= this.#room.entries && this.#size <= this.#room.size;
      if (fits || oldest === key) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#size -= this.#entries.get(key)?.size ?? 0;
    this.#entries.delete(key);
  }

  /** The keys and what is kept under them, the least used first. It may be deleted from meanwhile. */
  all(): readonly (readonly [key: string, value: T])[] {
    return [...this.#entries].map(([key, { value }]) => [key, value]);
  }
}
