// The edit that takes a tool or a grant from an actor, or a name from any list; comments stay.
import { grantName } from '../analysis/delegation.ts';
import { lineEnd, lineStart, removeEntry } from '../language/edit.ts';
import type { Actor, Workflow } from '../language/model.ts';
import type { Range, TextEdit } from '../language/source.ts';
import type { ListNode, MapNode } from '../language/syntax.ts';

/** Undefined for what another file declares, and where a comment or an anchor would be lost. */
export function dropPermission(actor: Actor, permission: string, { file }: Workflow): readonly TextEdit[] | undefined {
  const { node } = actor.fields.$;
  if (!node || actor.uri !== file.uri) return undefined;
  const tools = nodeAt(node, 'tools');
  if (actor.fields.tools?.has(permission) && tools?.kind === 'map')
    return tools.entries.length > 1 ? removeEntry(file.text, tools, permission) : removeEntry(file.text, node, 'tools');
  const grant = actor.fields.grants?.find((reference) => grantName(reference) === permission);
  return grant && dropItem(node, 'grants', grant.range, file.text);
}

/** Takes one item from the list under `key`; with the last one the key goes. */
export function dropItem(map: MapNode, key: string, item: Range, text: string): readonly TextEdit[] | undefined {
  const list = nodeAt(map, key);
  if (list?.kind !== 'list' || list.items.length < 2) return removeEntry(text, map, key);
  const index = list.items.findIndex(({ range }) => range.start === item.start);
  return index < 0 ? undefined : list.flow ? fromFlow(list, index, text) : fromBlock(list, index, text);
}

function nodeAt(map: MapNode, key: string): MapNode['entries'][number]['value'] {
  return map.entries.find((entry) => entry.key.text === key)?.value;
}

function fromFlow(list: ListNode, index: number, text: string): readonly TextEdit[] | undefined {
  const [item, next, before] = [list.items[index], list.items[index + 1], list.items[index - 1]];
  if (!item) return undefined;
  const range = next
    ? { start: item.range.start, end: next.range.start }
    : { start: before?.range.end ?? item.range.start, end: item.range.end };
  return text.slice(range.start, range.end).includes('#') ? undefined : [{ range, text: '' }];
}

function fromBlock(list: ListNode, index: number, text: string): readonly TextEdit[] | undefined {
  const item = list.items[index];
  if (!item) return undefined;
  const start = lineStart(text, item.range.start);
  const end = lineEnd(text, item.range.end);
  const rest = text.slice(start, item.range.start) + text.slice(item.range.end, end);
  if (rest.trim() !== '-') return undefined;
  const next = text.startsWith('\r\n', end) ? 2 : end < text.length ? 1 : 0;
  return [{ range: { start, end: end + next }, text: '' }];
}
