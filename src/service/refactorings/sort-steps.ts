// Steps in the order work flows, each with the comments around it: a text that can be read from top to bottom.
import type { FlowGraph, FlowNode } from '../../analysis/flow-graph.ts';
import { lineEnd } from '../../language/edit.ts';
import type { Step } from '../../language/model.ts';
import type { MapNode } from '../../language/syntax.ts';
import { hasMarks } from './bare-text.ts';
import { blockOf, newlineOf, nextLine } from './blocks.ts';
import { hasAnchor, type Proposal, type Spot } from './refactoring.ts';

export function sortSteps(spot: Spot): readonly Proposal[] {
  const { checked, slots, range, bare } = spot;
  const slot = slots.find(
    ({ form, scalar }) => form === 'key' && scalar.range.start <= range.start && range.start <= scalar.range.end,
  );
  const around = slot?.trail.at(-1)?.entry;
  const map =
    around?.key.text === 'steps' && around.value?.kind === 'map'
      ? around.value
      : spot.selected.find(({ kind }) => kind === 'step')?.map;
  if (range.start < range.end || !map || map.flow || map.entries.length < 2) return [];
  const { text } = checked.file;
  const ids = map.entries.map(({ key }) => key.text);
  const order = flowOrder(ids, checked.lint.analyses.graph);
  if (order.join() === ids.join() || new Set(ids).size < ids.length) return [];
  const title = 'Sort steps by flow';
  const kind = 'refactor.rewrite';
  if (hasMarks(bare, map.range)) return [{ title, kind, refused: hasAnchor }];
  return [{ title, kind, changes: [{ uri: checked.uri, edits: [sorted(text, map, order)] }] }];
}

/** Everything between two steps belongs to the later one. */
function sorted(text: string, map: MapNode, order: readonly string[]) {
  const newline = newlineOf(text);
  const blocks = map.entries.map((entry) => blockOf(text, map, entry));
  const start = blocks[0]?.start ?? map.range.start;
  const chunks = new Map<string, string>();
  let at = start;
  map.entries.forEach(({ key }, index) => {
    const end = blocks[index]?.end ?? lineEnd(text, key.range.end);
    chunks.set(key.text, text.slice(at, end));
    at = nextLine(text, end);
  });
  const end = blocks.at(-1)?.end ?? map.range.end;
  // An empty line in front of the first step would part it from its key.
  const first = order[0] ?? '';
  const lines = order.map((id) => (id === first ? withoutEmptyLines(chunks.get(id) ?? '') : (chunks.get(id) ?? '')));
  return { range: { start, end }, text: lines.join(newline) };
}

function withoutEmptyLines(chunk: string): string {
  return chunk.replace(/^(?:[ \t]*\r?\n)+/, '');
}

/** Reverse postorder of the steps of one map; what no path reaches stays at the end as it was. */
function flowOrder(ids: readonly string[], graph: FlowGraph): readonly string[] {
  const own = new Set(ids);
  const { steps } = graph.workflow;
  /** The step of this map that `node` belongs to. */
  const ownerOf = ({ step, start }: FlowNode): string | undefined => {
    if (start) return '';
    for (let each: Step | undefined = step; each; each = each.scope) if (own.has(each.id)) return each.id;
    return undefined;
  };
  const scope = steps.get(ids[0] ?? '')?.scope;
  const next = new Map<string, string[]>();
  for (const node of graph.nodes) {
    const from = ownerOf(node) ?? (node.step !== undefined && node.step === scope ? '' : undefined);
    if (from === undefined) continue;
    const known = next.get(from) ?? [];
    next.set(from, known);
    // Where an exceptional edge leads comes behind where work goes on.
    const edges = [...node.out].sort((a, b) => rank(a.kind) - rank(b.kind));
    for (const { to } of edges) {
      const id = ownerOf(to);
      if (id && id !== from && !known.includes(id)) known.push(id);
    }
  }
  const order: string[] = [];
  const seen = new Set<string>();
  visit('');
  const reached = order.reverse().filter((id) => id !== '');
  return [...reached, ...ids.filter((id) => !seen.has(id))];

  /** Its own stack, since files may be long. */
  function visit(first: string): void {
    const stack = [{ id: first, left: [...(next.get(first) ?? [])] }];
    seen.add(first);
    while (stack.length > 0) {
      const top = stack.at(-1);
      const following = top?.left.pop();
      if (following === undefined) {
        if (top) order.push(top.id);
        stack.pop();
      } else if (!seen.has(following)) {
        seen.add(following);
        stack.push({ id: following, left: [...(next.get(following) ?? [])] });
      }
    }
  }
}

function rank(kind: string): number {
  return kind === 'exceptional' ? 1 : 0;
}
