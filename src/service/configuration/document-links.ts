// Links in a configuration: the baseline and the other files that it names, where they are there.
import type { DocumentLink } from 'vscode-languageserver-types';
import { namedConfigurationShape } from '../../governance/parameter-keys.ts';
import { resolveUri } from '../../language/project.ts';
import { scalarOffsets } from '../../language/scalar-offsets.ts';
import { file as path } from '../../language/vocabulary.ts';
import type { ConfigurationDocument } from '../configurations.ts';
import type { DocumentCache } from '../documents.ts';
import { toRange } from '../positions.ts';
import { formOf, slotsIn } from '../slot.ts';

/** In the order of the text. */
export function configurationLinks({ uri, file }: ConfigurationDocument, documents: DocumentCache): DocumentLink[] {
  const { text: read } = documents.project();
  return slotsIn(file.root, namedConfigurationShape).flatMap(({ form, scalar, expected }): DocumentLink[] => {
    const isPath = form === 'value' && expected !== undefined && formOf(expected, 'scalar') === path;
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
