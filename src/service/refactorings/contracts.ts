// Handoff contracts: a named one is written out where it is mentioned, one written out gets a name under `handoffs`.
import { removeEntry, unusedId } from '../../language/edit.ts';
import type { Shape } from '../../language/shape.ts';
import type { TextEdit } from '../../language/source.ts';
import { contains } from '../../language/source.ts';
import type { MapNode, SyntaxNode } from '../../language/syntax.ts';
import { contractKeys } from '../../language/vocabulary.ts';
import { fileKey } from '../file-key.ts';
import { entityAt, mentioning } from '../references.ts';
import { commentsIn, hasMarks } from './bare-text.ts';
import { flowText } from './flow-text.ts';
import { hasAnchor, losesComment, type Proposal, type Spot } from './refactoring.ts';
import { addToSection } from './sections.ts';

export function inlineContract(spot: Spot): readonly Proposal[] {
  const { checked, documents, range, slots } = spot;
  const { file } = checked;
  const slot = slots.find(
    ({ form, scalar, expected }) =>
      form === 'value' && expected !== undefined && contains(scalar.range, range.start) && mentionsHandoff(expected),
  );
  const found = slot && entityAt(checked, slot.scalar.range.start);
  const at = found?.entity.at;
  if (!slot || found?.entity.kind !== 'handoff' || !at) return [];
  const { name } = found.entity;
  const home = documents.project().file(at.uri);
  const section = home?.root?.kind === 'map' ? sectionIn(home.root, 'handoffs') : undefined;
  const declared = section?.entries.find(({ key }) => key.range.start === at.range.start);
  if (!home || !section || !declared?.value) return [];
  const title = `Write the contract '${name}' out here`;
  const kind = 'refactor.inline';
  const written = flowText(declared.value, home.text);
  const isOwn = fileKey(at.uri) === fileKey(file.uri);
  if (written === undefined || (isOwn && hasMarks(spot.bare, declared.range)))
    return [{ title, kind, refused: hasAnchor }];
  const edits: TextEdit[] = [{ range: slot.scalar.range, text: written }];
  const mentions = mentioning(found.entity, checked.uri, documents).flatMap(({ occurrences }) => occurrences);
  // Nobody else names it, so it need not stand there any more; where a comment would go with it, it stays.
  const isLast = isOwn && mentions.filter(({ isDeclaration }) => !isDeclaration).length === 1;
  const removed = isLast && section.entries.length > 1 ? removeEntry(file.text, section, name) : undefined;
  return [{ title, kind, changes: [{ uri: checked.uri, edits: [...edits, ...(removed ?? [])] }] }];
}

/** `accepts` and `handoff`, also in a list of both forms. */
function mentionsHandoff(shape: Shape): boolean {
  if (shape.kind === 'reference') return shape.to.includes('handoff');
  return shape.kind === 'choice' && shape.scalar !== undefined && mentionsHandoff(shape.scalar);
}

export function nameContract(spot: Spot): readonly Proposal[] {
  const { checked, slots, range, bare, declarations } = spot;
  const { file } = checked;
  const { root, text } = file;
  if (root?.kind !== 'map') return [];
  const places = slots.flatMap(({ trail }) =>
    trail.flatMap(({ node, expected, shape }, i) => {
      const isTerms = shape?.kind === 'record' && shape.keys === contractKeys;
      const around = trail[i - 1];
      const isDeclared = around?.shape?.kind === 'map';
      return isTerms &&
        !isDeclared &&
        expected.kind === 'choice' &&
        contains({ start: around?.entry?.key.range.start ?? node.range.start, end: node.range.end }, range.start)
        ? [{ node, holder: around?.entry }]
        : [];
    }),
  );
  const [place] = places;
  if (place?.node.kind !== 'map') return [];
  const { node, holder } = place;
  const title = 'Give the contract a name';
  const kind = 'refactor.extract';
  // A contract in lines of its own begins behind the key.
  const isBlock = !node.flow;
  const region = { start: isBlock && holder ? holder.key.range.end : node.range.start, end: node.range.end };
  if (isBlock && !holder?.value) return [];
  if (commentsIn(bare, region).length > 0) return [{ title, kind, refused: losesComment }];
  if (hasMarks(bare, region)) return [{ title, kind, refused: hasAnchor }];
  if (isBlock && holder?.value !== node) return [];
  const step = declarations.findLast(({ kind: of, entry }) => of === 'step' && contains(entry.range, range.start));
  const id = unusedId(`to-${step?.id ?? 'next'}`, checked.lint.workflow.handoffs);
  const written = flowText(node, text);
  if (written === undefined) return [{ title, kind, refused: hasAnchor }];
  const added = addToSection(text, root, 'handoffs', [{ id, lines: [`${id}: ${written}`] }]);
  if (!added) return [{ title, kind, refused: 'There is no place to declare it.' }];
  const edit = { range: region, text: isBlock ? `: ${id}` : id };
  return [{ title, kind, changes: [{ uri: checked.uri, edits: [edit, ...added] }] }];
}

function sectionIn(root: MapNode, key: string): MapNode | undefined {
  const value: SyntaxNode | undefined = root.entries.find((entry) => entry.key.text === key)?.value;
  return value?.kind === 'map' ? value : undefined;
}
