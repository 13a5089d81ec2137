// Parts of an answer that are sent only when the client asks for them: what a completion says of an item, the edit of a
// code action. They are kept for the newest lists; an older list is not on the screen any more.

interface Deferred {
  /** The items without their `part`, each with a `data` by which `resolve` finds it again. */
  defer<T extends object>(items: readonly T[], part: keyof T & string): T[];
  /** The item with what was kept of it; as it is where nothing was. */
  resolve<T extends object>(item: T): T;
}

interface Ticket {
  readonly list: number;
  readonly item: number;
}

const keptLists = 8;

export function createDeferred(): Deferred {
  const lists = new Map<number, readonly object[]>();
  let newest = 0;
  return {
    defer: (items, part) => {
      const list = ++newest;
      const kept: object[] = [];
      const short = items.map((item) => {
        if (item[part] === undefined) return item;
        const { [part]: value, ...rest } = item;
        const data: Ticket = { list, item: kept.length };
        kept.push({ [part]: value, data: (item as { data?: unknown }).data });
        return { ...rest, data } as unknown as typeof item;
      });
      lists.set(list, kept);
      lists.delete(list - keptLists);
      return short;
    },
    resolve: (item) => {
      const { list, item: at } = ((item as { data?: unknown }).data ?? {}) as Partial<Ticket>;
      const kept = list === undefined || at === undefined ? undefined : lists.get(list)?.[at];
      return kept ? { ...item, ...kept } : item;
    },
  };
}
