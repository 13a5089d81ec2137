// Links in a configuration: the baseline and the other files that it names, where they are there.
import type { DocumentLink } from 'vscode-languageserver-types';
import { packsKey } from '../../governance/custom-rule-keys.ts';
import { resolveUri } from '../../language/project.ts';
import { scalarOffsets } from '../../language/scalar-offsets.ts';
import { file as path } from '../../language/vocabulary.ts';
import type { ConfigurationDocument } from '../configurations.ts';
import type { DocumentCache } from '../documents.ts';
import { toRange } from '../positions.ts';
import { formOf, slotsIn } from '../slot.ts';

/** A path, or the name of a package, which leads to no one file. */
const packName = packsKey.shape.of;

/** In the order of the text. */
export function configurationLinks(
  { uri, file, shape }: ConfigurationDocument,
  documents: DocumentCache,
): DocumentLink[] {
  const { text: read } = documents.project();
  return slotsIn(file.root, shape).flatMap(({ form, scalar, expected }): DocumentLink[] => {
    const kind = form === 'value' && expected !== undefined ? formOf(expected, 'scalar') : undefined;
    const isPath = kind === path || (kind === packName && /^\.{1,2}\//.test(scalar.text));
    const target = isPath ? resolveUri(uri, scalar.text) : undefined;
    if (target === undefined || read(target) === undefined) return [];
    const offsets = scalarOffsets(file.text, scalar);
    const range = {
      start: offsets[0] ?? scalar.range.start,
      end: offsets[scalar.text.length] ?? scalar.range.end,
    };
    return [{ range: toRange(file, range), target, tooltip: `Open ${scalar.text}` }];
  });
}
