// YAML text -> the nodes of the `yaml` library and the mistakes it found, however deep the text is nested.
import { Composer, type CST, type Node, Parser } from 'yaml';
import type { Mistake } from './damage.ts';

interface Composed {
  readonly contents: Node | null;
  readonly errors: readonly Mistake[];
}

/** Composing goes down the tree by calls, and the stack has an end: what lies deeper than this is left out. */
const maxComposedDepth = 500;

/** The first document of a text; a second one is a mistake. Never throws. */
export function compose(text: string): Composed {
  const tokens = [...new Parser().parse(text)];
  const tooDeep = prune(tokens);
  const composer = new Composer({ uniqueKeys: false, merge: false, logLevel: 'error' });
  const [first, second] = composer.compose(tokens, true, text.length);
  const errors: Mistake[] = [...(first?.errors ?? []), ...tooDeep];
  if (second) {
    const [start, end] = second.range;
    const message = 'There are multiple documents in this file, and only the first one is read. Delete the others.';
    errors.push({ pos: [start, end], code: 'MULTIPLE_DOCS', message });
  }
  return { contents: first?.contents ?? null, errors };
}

/** Empties collections that lie too deep, level by level, without a call for each; a mistake where there were any. */
function prune(tokens: readonly CST.Token[]): readonly Mistake[] {
  let level: readonly CST.Token[] = tokens;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === maxComposedDepth) {
      const [first] = level;
      for (const token of level) if ('items' in token) token.items.splice(0);
      const offset = first?.offset ?? 0;
      const message = 'Collections are nested too deeply to be read. Those inside are left out.';
      return [{ pos: [offset, offset + 1], code: 'RESOURCE_EXHAUSTION', message }];
    }
    level = level.flatMap(innerTokens);
  }
  return [];
}

function innerTokens(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [...(key ? [key] : []), ...(value ? [value] : [])]);
}
