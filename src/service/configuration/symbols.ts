// Outline of a configuration: its keys, and the rules, parameters, overrides and other entries below them.
import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import type { Range } from '../../language/source.ts';
import type { MapEntry, MapNode, SyntaxNode } from '../../language/syntax.ts';
import type { ConfigurationDocument } from '../configurations.ts';
import { toRange } from '../positions.ts';

const longest = 80;

/** From the top of the file down; what is deeper than an entry of a section is not told apart. */
export function configurationSymbols({ file }: ConfigurationDocument): DocumentSymbol[] {
  const { root } = file;
  return root?.kind === 'map' ? root.entries.map((entry) => ofEntry(entry, SymbolKind.Namespace, 0)) : [];

  function ofEntry({ key, value, range }: MapEntry, kind: SymbolKind, depth: number): DocumentSymbol {
    const children = depth < 2 ? below(value, depth + 1) : [];
    const detail = children.length > 0 ? undefined : inWords(value);
    return symbol({ name: key.text, kind: detail ? kindOf(kind) : kind, detail, range, key: key.range, children });
  }

  function below(node: SyntaxNode | undefined, depth: number): DocumentSymbol[] {
    if (node?.kind === 'map') return node.entries.map((entry) => ofEntry(entry, SymbolKind.Property, depth));
    if (node?.kind !== 'list') return [];
    // Values of a list say all in the line of its key.
    return node.items.flatMap((item) => (item.kind === 'map' ? [ofItem(item, depth)] : []));
  }

  /** A record of a list is called by its id or rule, else by its first value. */
  function ofItem(item: MapNode, depth: number): DocumentSymbol {
    const first = item.entries.find(({ key }) => ['id', 'rule'].includes(key.text)) ?? item.entries[0];
    const name = inWords(first?.value) ?? first?.key.text ?? '';
    const others = item.entries.filter((entry) => entry !== first);
    const children = others.map((entry) => ofEntry(entry, SymbolKind.Property, depth + 1));
    return symbol({
      name,
      kind: SymbolKind.Object,
      detail: undefined,
      range: item.range,
      key: first?.range ?? { start: item.range.start, end: item.range.start },
      children,
    });
  }

  function symbol(found: {
    readonly name: string;
    readonly kind: SymbolKind;
    readonly detail: string | undefined;
    readonly range: Range;
    readonly key: Range;
    readonly children: DocumentSymbol[];
  }): DocumentSymbol {
    const { name, kind, detail, key, children } = found;
    const range = { start: Math.min(found.range.start, key.start), end: Math.max(found.range.end, key.end) };
    return {
      // An outline without a name is refused by the protocol.
      name: name.trim() || '(empty)',
      kind,
      ...(detail ? { detail } : {}),
      range: toRange(file, range),
      selectionRange: toRange(file, key),
      ...(children.length > 0 ? { children } : {}),
    };
  }
}

function kindOf(kind: SymbolKind): SymbolKind {
  return kind === SymbolKind.Namespace ? SymbolKind.Property : SymbolKind.Constant;
}

/** A value, or the values of a list of such. */
function inWords(node: SyntaxNode | undefined): string | undefined {
  if (node?.kind === 'scalar') return node.text.replace(/\s+/g, ' ').trim().slice(0, longest);
  if (node?.kind !== 'list') return undefined;
  const words = node.items.flatMap((item) => inWords(item) ?? []);
  return words.length > 0 ? words.join(', ').slice(0, longest) : undefined;
}
