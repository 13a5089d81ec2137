// Document links: paths and ids that lead to another file, where that file is there, and addresses in texts.
import type { DocumentLink } from 'vscode-languageserver-types';
import { type ProjectHost, resolveUri } from '../language/project.ts';
import { scalarOffsets } from '../language/scalar-offsets.ts';
import type { Range } from '../language/source.ts';
import { text as anyText } from '../language/vocabulary.ts';
import type { Checked } from './documents.ts';
import { fileKey } from './file-key.ts';
import { type Meaning, meaningsOf } from './meaning.ts';
import { toRange } from './positions.ts';
import { formOf, type Slot, slotsIn } from './slot.ts';

const maxLinks = 2000;

/** In the order of the text. */
export function documentLinksIn({ file, workflow, project }: Checked): DocumentLink[] {
  const link = (range: Range, target: string, tooltip: string): DocumentLink => ({
    range: toRange(file, range),
    target,
    tooltip,
  });
  return slotsIn(file.root)
    .filter(({ form }) => form === 'value')
    .flatMap((slot): DocumentLink[] => {
      const path = relativePath(slot);
      const leads = path ? [path] : meaningsOf(slot, file.text, workflow);
      const files = leads.flatMap(({ meaning, range }) => {
        const found = targetOf(meaning, file.uri, project);
        return found ? [link(range, found.uri, found.tooltip)] : [];
      });
      return files.length > 0
        ? files
        : addressesIn(slot, file.text).map(({ range, address }) => link(range, address, 'Open the address'));
    })
    .slice(0, maxLinks);
}

/** Only what is there is a link. */
function targetOf(
  meaning: Meaning,
  from: string,
  project: ProjectHost,
): { readonly uri: string; readonly tooltip: string } | undefined {
  if (meaning.kind !== 'file' && meaning.kind !== 'workflow') return undefined;
  const uri = meaning.kind === 'file' ? resolveUri(from, meaning.path) : project.workflowUri?.(meaning.id);
  // The id of the workflow itself leads nowhere else.
  if (uri === undefined || fileKey(uri) === fileKey(from) || project.text(uri) === undefined) return undefined;
  const tooltip = meaning.kind === 'file' ? `Open ${meaning.path}` : `Open the workflow ${meaning.id}`;
  return { uri, tooltip };
}

/** A text that is nothing but a path, such as that of a `ref` to a file of the project. */
function relativePath({ scalar, expected }: Slot): { meaning: Meaning; range: Range } | undefined {
  const isText = expected !== undefined && formOf(expected, 'scalar') === anyText;
  if (!isText || !/^\.{1,2}\/\S+$/.test(scalar.text)) return undefined;
  const quotes = scalar.style === 'single' || scalar.style === 'double' ? 1 : 0;
  const { start, end } = scalar.range;
  return {
    meaning: { kind: 'file', path: scalar.text },
    range: { start: start + quotes, end: Math.max(start + quotes, end - quotes) },
  };
}

/** Addresses of the web in a text; a full stop or bracket behind one does not belong to it. */
function addressesIn({ scalar, expected }: Slot, text: string): readonly { range: Range; address: string }[] {
  if (expected === undefined || formOf(expected, 'scalar') !== anyText) return [];
  const found = [...scalar.text.matchAll(/https?:\/\/[^\s<>"']+/g)];
  if (found.length === 0) return [];
  const offsets = scalarOffsets(text, scalar);
  return found.flatMap(({ 0: match, index }) => {
    const address = match.replace(/[.,;:!?)\]}]+$/, '');
    const [start, end] = [offsets[index], offsets[index + address.length]];
    return start !== undefined && end !== undefined && URL.canParse(address)
      ? [{ range: { start, end }, address }]
      : [];
  });
}
