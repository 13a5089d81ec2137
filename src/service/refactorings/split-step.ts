// One task becomes two: the first does the work, the second has its effects and goes on where the task went.
import { addBlock, removeEntry, unusedId } from '../../language/edit.ts';
import type { TextEdit } from '../../language/source.ts';
import type { MapEntry, MapNode } from '../../language/syntax.ts';
import { commentsIn, hasMarks } from './bare-text.ts';
import { blockOf, columnOf, linesOf } from './blocks.ts';
import { entryText } from './flow-text.ts';
import { hasAnchor, losesComment, type Proposal, type Spot } from './refactoring.ts';

/** Keys that move to the second step, with their comments. */
const moved = ['effects', 'next', 'emits', 'sample', 'undo', 'detached'];
/** Keys that both steps need: who works, how, and what is known of it. */
const both = ['by', 'assisted-by', 'decides', 'accountable', 'mode', 'log', 'sandbox', 'duty', 'lane', 'phase'];
/** Outcomes that the second step can have as well; its time is that of the first. */
const bothOutcomes = ['error', 'unavailable', 'absent'];

export function splitStep(spot: Spot): readonly Proposal[] {
  const { checked, selected, bare } = spot;
  const [step, ...more] = selected;
  if (!step || more.length > 0 || step.kind !== 'step' || step.map.flow) return [];
  const { text } = checked.file;
  const { steps } = checked.lint.workflow;
  const { value: map } = step.entry;
  if (map?.kind !== 'map' || steps.get(step.id)?.kind !== 'task') return [];
  const title = `Split '${step.id}' in two`;
  const kind = 'refactor.rewrite';
  const refused = (why: string): readonly Proposal[] => [{ title, kind, refused: why }];
  const entry = (key: string) => map.entries.find((each) => each.key.text === key);
  if (!entry('next')) return refused("It has no 'next' to go on to.");
  if (hasMarks(bare, step.entry.range)) return refused(hasAnchor);
  if (entry('for-each')) return refused('What is done for each element stays one step.');
  if (map.flow && commentsIn(bare, step.entry.range).length > 0) return refused(losesComment);
  const second = unusedId(`${step.id}-2`, steps);
  const tools = toolsOf(spot, step.id, map);
  if (tools && commentsIn(bare, tools.edit.range).length > 0) return refused(losesComment);
  const { lines, edits } = map.flow ? ofFlow(text, map, second) : ofBlock(text, map, second);
  const name = entry('task')?.value;
  const head = `task: ${JSON.stringify(`${name?.kind === 'scalar' ? name.text : step.id}, second part`)}`;
  const all = [...(tools ? [tools.line] : []), ...lines];
  const block = [`${second}:`, `  ${head}`, ...all.map((line) => (line === '' ? '' : `  ${line}`))];
  const added = addBlock(text, step.map, block, step.id);
  if (!added || !edits) return refused(losesComment);
  return [
    {
      title,
      kind,
      changes: [{ uri: checked.uri, edits: [...edits, ...(tools ? [tools.edit] : []), ...added] }],
      standIns: new Map([[second, step.id]]),
    },
  ];
}

/** With effects of its own the second step has the tools that have effects, the first one the others; else both have all. */
function toolsOf(
  { checked }: Spot,
  id: string,
  map: MapNode,
): { readonly line: string; readonly edit: TextEdit } | undefined {
  const { text } = checked.file;
  const entry = map.entries.find(({ key }) => key.text === 'uses');
  const items = entry?.value?.kind === 'list' ? entry.value.items : entry?.value ? [entry.value] : [];
  const names = items.flatMap((item) => (item.kind === 'scalar' ? [item.text] : []));
  if (!entry?.value || names.length < items.length) return undefined;
  const step = checked.lint.workflow.steps.get(id);
  const isHarmless = (name: string) =>
    (step?.performers ?? []).every(
      ({ fields }) => (fields.tools?.get(name)?.value?.effect?.value ?? 'none') === 'none',
    );
  const acts = map.entries.some(({ key }) => key.text === 'effects');
  const first = acts ? names.filter(isHarmless) : names;
  const second = acts ? names.filter((name) => !isHarmless(name)) : names;
  const written =
    first.length === names.length ? text.slice(entry.range.start, entry.range.end) : `uses: [${first.join(', ')}]`;
  return { line: `uses: [${second.join(', ')}]`, edit: { range: entry.range, text: written } };
}

interface Parts {
  readonly lines: readonly string[];
  readonly edits: readonly TextEdit[] | undefined;
}

function ofBlock(text: string, map: MapNode, second: string): Parts {
  const edits: TextEdit[] = [];
  const copied: string[] = [];
  const taken: string[] = [];
  for (const entry of map.entries) {
    const key = entry.key.text;
    if (both.includes(key)) copied.push(entryText(entry, text) ?? '');
    if (!moved.includes(key)) continue;
    const block = blockOf(text, map, entry);
    taken.push(...linesOf(text, block, columnOf(text, entry), ''));
    // `next` stays a line of the first step, so that no line has to go.
    const indent = ' '.repeat(columnOf(text, entry));
    if (key === 'next') edits.push({ range: block, text: `${indent}next: ${second}` });
    else
      edits.push({
        range: { start: block.start, end: Math.min(text.length, block.end + lineBreak(text, block.end)) },
        text: '',
      });
  }
  return { lines: [...copied, ...taken, ...handled(text, map)], edits };
}

function lineBreak(text: string, offset: number): number {
  return text[offset] === '\r' ? 2 : 1;
}

function ofFlow(text: string, map: MapNode, second: string): Parts {
  const lines: string[] = [];
  const edits: TextEdit[] = [];
  let isWhole = true;
  for (const entry of map.entries) {
    const key = entry.key.text;
    if (both.includes(key) || moved.includes(key)) lines.push(entryText(entry, text) ?? '');
    if (key === 'next' && entry.value) edits.push({ range: entry.value.range, text: second });
    else if (moved.includes(key)) {
      const removed = removeEntry(text, map, key);
      if (removed) edits.push(...removed);
      else isWhole = false;
    }
  }
  return { lines: [...lines, ...handled(text, map)], edits: isWhole ? edits : undefined };
}

/** The step's own `on`, as far as the second step can end so. */
function handled(text: string, map: MapNode): readonly string[] {
  const on = map.entries.find(({ key }) => key.text === 'on')?.value;
  const entries: readonly MapEntry[] = on?.kind === 'map' ? on.entries : [];
  const kept = entries
    .filter(({ key }) => bothOutcomes.includes(key.text))
    .flatMap((each) => entryText(each, text) ?? []);
  return kept.length > 0 ? [`on: { ${kept.join(', ')} }`] : [];
}
