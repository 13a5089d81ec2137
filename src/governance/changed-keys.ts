// Two texts of one declaration -> the keys that say something else. White space, comments, quotes, the order of keys and
// whether braces are used mean nothing; one value means the same as a list of it alone.
import type { SyntaxNode } from '../language/syntax.ts';

/** One key that differs; a value that is not there is undefined. */
export interface KeyChange {
  /** Path of keys and positions, such as `next[0].when`. */
  readonly key: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What the comparison leaves out, and names that are new ones for the same. */
interface Comparing {
  readonly without?: ReadonlySet<string>;
  /** New name by old name. */
  readonly renamed?: ReadonlyMap<string, string>;
}

/** In the order of the later text, then what is only in the earlier one. */
export function changedKeys(
  before: SyntaxNode | undefined,
  after: SyntaxNode | undefined,
  { without = new Set(), renamed = new Map() }: Comparing = {},
): readonly KeyChange[] {
  const changes: KeyChange[] = [];
  compare('', before, after);
  return changes;

  function compare(key: string, first: SyntaxNode | undefined, second: SyntaxNode | undefined): void {
    const [was, is] = [behindAlias(first), behindAlias(second)];
    if (saysTheSame(was, is)) return;
    if (was?.kind === 'map' && is?.kind === 'map') {
      const [old, fresh] = [entriesOf(was), entriesOf(is)];
      for (const name of new Set([...fresh.keys(), ...old.keys()]))
        if (key !== '' || !without.has(name))
          compare(key === '' ? name : `${key}.${name}`, old.get(name), fresh.get(name));
      return;
    }
    const [old, fresh] = [was && itemsOf(was), is && itemsOf(is)];
    if (old && fresh && ![...old, ...fresh].every(({ kind }) => kind === 'scalar')) {
      for (let i = 0; i < Math.max(old.length, fresh.length); i++) compare(`${key}[${i}]`, old[i], fresh[i]);
      return;
    }
    changes.push({ key, before: was && textOf(was), after: is && textOf(is) });
  }

  /** The order of keys means nothing. A name may be the old or the new one of what was renamed. */
  function saysTheSame(first: SyntaxNode | undefined, second: SyntaxNode | undefined): boolean {
    const [was, is] = [behindAlias(first), behindAlias(second)];
    if (!was || !is) return was === is;
    if (was.kind === 'map' && is.kind === 'map') {
      const [old, fresh] = [entriesOf(was), entriesOf(is)];
      if (old.size !== fresh.size) return false;
      return [...old].every(([name, value]) => {
        const key = fresh.has(name) ? name : (renamed.get(name) ?? name);
        return fresh.has(key) && saysTheSame(value, fresh.get(key));
      });
    }
    const [old, fresh] = [itemsOf(was), itemsOf(is)];
    if (!old || !fresh || old.length !== fresh.length) return false;
    if (was.kind === 'scalar' && is.kind === 'scalar') return was.text === is.text || renamed.get(was.text) === is.text;
    return old.every((item, i) => saysTheSame(item, fresh[i]));
  }
}

/** What a node says, written in one way whatever the way it is written in. */
export function textOf(node: SyntaxNode): string {
  const target = behindAlias(node);
  switch (target?.kind) {
    case 'scalar':
      return target.text;
    case 'list': {
      const [first, ...more] = target.items;
      // One value stands for a list of it alone.
      if (first && more.length === 0 && behindAlias(first)?.kind === 'scalar') return textOf(first);
      return `[${target.items.map((item) => textOf(item)).join(', ')}]`;
    }
    case 'map': {
      const entries = [...entriesOf(target)].sort(([a], [b]) => (a < b ? -1 : 1));
      return `{ ${entries.map(([name, value]) => `${name}: ${value ? textOf(value) : ''}`).join(', ')} }`;
    }
    default:
      return '';
  }
}

/** The author's own keys mean nothing to the language. */
function entriesOf(node: SyntaxNode & { readonly kind: 'map' }): ReadonlyMap<string, SyntaxNode | undefined> {
  const entries = new Map<string, SyntaxNode | undefined>();
  // Of a key that stands twice, the first counts.
  for (const { key, value } of node.entries)
    if (!key.text.startsWith('x-') && !entries.has(key.text)) entries.set(key.text, value);
  return entries;
}

/** The items of a list, or the one that stands for it; undefined for a map. */
function itemsOf(node: SyntaxNode): readonly SyntaxNode[] | undefined {
  if (node.kind === 'list') return node.items.map((item) => behindAlias(item) ?? item);
  return node.kind === 'scalar' ? [node] : undefined;
}

function behindAlias(node: SyntaxNode | undefined): SyntaxNode | undefined {
  let target = node;
  for (let depth = 0; target?.kind === 'alias' && depth < 100; depth++) target = target.target;
  return target;
}
