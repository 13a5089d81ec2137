// The selected steps move to a sub-workflow in a file of its own, and a call stands in their place. What they need is
// handed over by `with`, what they make comes back by `returns`; declarations that both need move to a library.
import { applied, unusedId } from '../../language/edit.ts';
import type { Step } from '../../language/model.ts';
import { baseName } from '../../language/project.ts';
import { contains, type Range, type TextEdit } from '../../language/source.ts';
import type { MapNode } from '../../language/syntax.ts';
import { fileKey } from '../file-key.ts';
import { occurrencesIn } from '../occurrences.ts';
import { hasMarks } from './bare-text.ts';
import { blockOf, columnOf, linesOf, newlineOf, removeBlock } from './blocks.ts';
import { borderData } from './border-data.ts';
import { entryText } from './flow-text.ts';
import { closureOf, type Library, moveTo, newFile, newLibrary, stemOf } from './libraries.ts';
import { type DeclarationEntry, hasAnchor, losesComment, type Proposal, type Spot } from './refactoring.ts';
import { type Region, regionOf } from './single-region.ts';

const kind = 'refactor.extract';

export function extractSteps(spot: Spot): readonly Proposal[] {
  const { checked, selected, range, creates, documents, bare } = spot;
  const { workflow, analyses } = checked.lint;
  const { root } = checked.file;
  const steps = selected.flatMap((each) => (each.kind === 'step' ? (workflow.steps.get(each.id) ?? []) : []));
  const [first] = selected;
  if (range.start === range.end || !first || steps.length < selected.length || root?.kind !== 'map') return [];
  const title =
    steps.length === 1 ? `Extract '${first.id}' to a sub-workflow` : `Extract ${steps.length} steps to a sub-workflow`;
  const refused = (why: string): readonly Proposal[] => [{ title, kind, refused: why }];
  if (!creates) return refused('This editor does not let a change make a file.');
  if (first.map.flow) return refused('Steps on one line stay where they are.');
  if (selected.some(({ entry }) => hasMarks(bare, entry.range))) return refused(hasAnchor);
  if (workflow.fields?.defaults?.within)
    return refused("The call would get the time limit that 'defaults' gives to each step.");
  const region = regionOf(steps, analyses.graph);
  if ('refused' in region) return refused(region.refused);
  const file = newFile(checked.uri, `${stemOf(checked.uri)}-${region.entry.id}`, documents);
  if (!file) return refused('The file has to be saved first.');
  const answer = extracted(spot, region, file, root);
  return [{ title: `${title}, ${baseName(file.uri)}`, kind, ...answer }];
}

type Answer = Pick<Exclude<Proposal, { readonly refused: string }>, 'changes' | 'standIns'>;

function extracted(spot: Spot, region: Region, file: Library, root: MapNode): Answer | { readonly refused: string } {
  const { checked, selected } = spot;
  const { text, uri } = checked.file;
  const { workflow } = checked.lint;
  const end = unusedId('done', new Set([...region.steps].map(({ id }) => id)));
  const call = unusedId(`${region.entry.id}-part`, workflow.steps);
  const mentions = mentionEdits(spot, region, { call, end });
  if ('refused' in mentions) return mentions;
  const defaults = defaultsOf(spot, region, end);
  if ('refused' in defaults) return defaults;
  const head = ['accountable', 'status', 'risk', 'context', 'profile', 'parameters', 'sod'].flatMap(
    (key) => root.entries.find((entry) => entry.key.text === key) ?? [],
  );
  const needed = [
    ...selected.map(({ entry }) => entry.range),
    ...[...head, ...defaults.entries].map((each) => each.range),
  ];
  const { own, imports, stuck } = closureOf(spot, needed, { steps: true });
  if (stuck !== undefined)
    return { refused: `A declaration names '${stuck}', which belongs to the flow of this file.` };
  const data = borderData(spot, region);
  const library = own.length > 0 ? newLibrary(spot) : undefined;
  const moved = library ? moveTo(library, own, spot, imports) : { changes: [] };
  if ('refused' in moved) return moved;
  const newline = newlineOf(text);
  const uses = [...(checked.file.fields?.use ?? []).map(({ value }) => value), ...(library ? [library.path] : [])];
  const moving = selected.map((each) => blockOf(text, each.map, each.entry));
  const copies = selected.flatMap((each, i) => linesAfter(text, each, moving[i], mentions.inside));
  const lines = [
    'aiwf: 1',
    `workflow: ${stemOf(file.uri)}`,
    `title: ${JSON.stringify(region.entry.title)}`,
    ...head.flatMap((entry) => entryText(entry, text) ?? []),
    ...(uses.length > 0 ? [`use: [${uses.join(', ')}]`] : []),
    ...(defaults.lines.length > 0 ? ['', 'defaults:', ...defaults.lines.map((line) => `  ${line}`)] : []),
    '',
    `start: { ${data.given.length > 0 ? `gives: [${data.given.join(', ')}], ` : ''}next: ${region.entry.id} }`,
    '',
    'steps:',
    ...copies,
    `  ${end}: { end: Done }`,
    '',
  ];
  const same = (ids: readonly string[]) => `{ ${ids.map((id) => `${id}: ${id}`).join(', ')} }`;
  const [firstBlock] = moving;
  const indent = ' '.repeat(selected[0] ? columnOf(text, selected[0].entry) : 2);
  const inPlace = [
    `${call}:`,
    `  call: ${file.path}`,
    `  title: ${JSON.stringify(region.entry.title)}`,
    ...(data.given.length > 0 ? [`  with: ${same(data.given)}`] : []),
    ...(data.returned.length > 0 ? [`  returns: ${same(data.returned)}`] : []),
    `  next: ${region.exit.id}`,
  ];
  if (!firstBlock) return { refused: losesComment };
  const edits: TextEdit[] = [
    { range: firstBlock, text: inPlace.map((line) => indent + line).join(newline) },
    ...moving.slice(1).map((block) => removeBlock(text, block)),
    ...mentions.outside,
  ];
  const [ownChange, ...others] = moved.changes;
  const more = ownChange && 'edits' in ownChange ? ownChange.edits : [];
  return {
    changes: [{ uri, edits: [...edits, ...more] }, ...others, { uri: file.uri, text: lines.join(newline) }],
    standIns: new Map([[call, region.entry.id]]),
  };
}

/** The lines of a step as they stand in the new file. */
function linesAfter(
  text: string,
  { entry }: DeclarationEntry,
  block: Range | undefined,
  edits: readonly TextEdit[],
): readonly string[] {
  if (!block) return [];
  const own = edits
    .filter(({ range }) => block.start <= range.start && range.end <= block.end)
    .map(({ range, text: by }) => ({
      range: { start: range.start - block.start, end: range.end - block.start },
      text: by,
    }));
  const written = applied(text.slice(block.start, block.end), own);
  return linesOf(written, { start: 0, end: written.length }, columnOf(text, entry), '  ');
}

interface Mentions {
  readonly inside: readonly TextEdit[];
  readonly outside: readonly TextEdit[];
}

/** Targets over the border get the names that stand there; any other mention over it cannot be kept. */
function mentionEdits(
  spot: Spot,
  { entry, exit }: Region,
  names: { readonly call: string; readonly end: string },
): Mentions | { readonly refused: string } {
  const { checked, selected, slots } = spot;
  const { file, lint } = checked;
  const isTarget = (range: Range) =>
    slots.some(
      ({ form, scalar, expected }) =>
        form === 'value' && expected?.kind === 'target' && scalar.range.start === range.start,
    );
  const isInside = (range: Range) => selected.some((each) => contains(each.entry.range, range.start));
  const inside: TextEdit[] = [];
  const outside: TextEdit[] = [];
  for (const { entity, range, isDeclaration } of occurrencesIn(file, lint.workflow)) {
    if (isDeclaration || !entity.at || fileKey(entity.at.uri) !== fileKey(file.uri)) continue;
    const declaredInside = isInside(entity.at.range);
    if (entity.kind === 'data' && !lint.workflow.data.has(entity.name) && !declaredInside && isInside(range))
      return { refused: `'${entity.name}' is an element that a step around these is done for.` };
    if (entity.kind !== 'step' || declaredInside === isInside(range)) continue;
    const named = lint.workflow.steps.get(entity.name);
    const fits = named !== undefined && isTarget(range) && (declaredInside ? named === entry : named === exit);
    if (!fits) {
      if (inDefaults(spot, range)) continue;
      return {
        refused: `'${entity.name}' is named ${declaredInside ? 'outside of' : 'in'} these steps by more than the way of work.`,
      };
    }
    if (declaredInside) outside.push({ range, text: names.call });
    else inside.push({ range, text: names.end });
  }
  return { inside, outside };
}

function inDefaults({ checked }: Spot, range: Range): boolean {
  const at = checked.file.fields?.$.valueRange('defaults');
  return at !== undefined && contains(at, range.start);
}

interface Defaults {
  readonly lines: readonly string[];
  /** What is copied of them. */
  readonly entries: readonly { readonly range: Range }[];
}

/** The defaults of the file, as far as the steps take them over. */
function defaultsOf(spot: Spot, { steps, exit }: Region, end: string): Defaults | { readonly refused: string } {
  const { file } = spot.checked;
  const value =
    file.root?.kind === 'map' ? file.root.entries.find(({ key }) => key.text === 'defaults')?.value : undefined;
  if (value?.kind !== 'map') return { lines: [], entries: [] };
  if (hasMarks(spot.bare, value.range)) return { refused: hasAnchor };
  const copied = value.entries.filter(({ key }) => key.text !== 'on');
  const on = value.entries.find(({ key }) => key.text === 'on')?.value;
  const used = new Set([...steps].flatMap((step) => inheritedBy(step)));
  const handlers = (on?.kind === 'map' ? on.entries : []).filter(({ key }) => used.has(key.text));
  const written = handlers.flatMap((each) => {
    const target = each.value?.kind === 'scalar' ? each.value.text : undefined;
    if (target === undefined) return [];
    const to = target === exit.id ? end : [...steps].some(({ id }) => id === target) ? target : undefined;
    return to === undefined ? [] : [`${each.key.text}: ${to}`];
  });
  const lines = [
    ...copied.flatMap((each) => entryText(each, file.text) ?? []),
    ...(written.length > 0 ? [`on: { ${written.join(', ')} }`] : []),
  ];
  return { lines, entries: copied };
}

function inheritedBy(step: Step): readonly string[] {
  return [...step.handlers.values()].flatMap(({ inherited, outcome }) => (inherited ? [outcome] : []));
}
