// Code lenses of a configuration: how many workflows a list of globs names, and how many findings the baseline knows.
import type { CodeLens } from 'vscode-languageserver-types';
import type { MapNode, SyntaxNode } from '../../language/syntax.ts';
import { type CodeLensOptions, lensCommands } from '../code-lens.ts';
import type { ConfigurationDocument } from '../configurations.ts';
import type { DocumentCache } from '../documents.ts';
import { toPosition, toRange } from '../positions.ts';
import { type GovernedFile, governedFiles, namedFiles, scalarsIn } from './governed-files.ts';
import { counted, knownInWords } from './hover.ts';

const start = { line: 0, character: 0 };

/** Those that count files open the list of them; they are on where the lenses that count mentions are. */
export function configurationLenses(
  { uri, file, configuration }: ConfigurationDocument,
  options: CodeLensOptions,
  documents: DocumentCache,
): CodeLens[] {
  const { root } = file;
  if (!options.references || !configuration || root?.kind !== 'map') return [];
  const own = configuration;
  const files = governedFiles(own, documents);
  return root.entries.flatMap(({ key, value }): CodeLens[] => {
    switch (key.text) {
      case 'include':
      case 'exclude':
        return lensOf(value, key.range.start, key.text === 'include' ? 'names' : 'leaves out');
      case 'overrides':
        return recordsIn(value).flatMap((each) => ofRecord(each, 'files'));
      case 'waivers':
        return recordsIn(value).flatMap((each) => ofRecord(each, 'in'));
      case 'baseline':
        return own.baseline
          ? [{ range: toRange(file, key.range), command: { title: knownInWords(own.baseline), command: '' } }]
          : [];
      default:
        return [];
    }
  });

  function ofRecord({ entries }: MapNode, name: string): CodeLens[] {
    const entry = entries.find(({ key }) => key.text === name);
    return entry ? lensOf(entry.value, entry.key.range.start, 'names') : [];
  }

  function lensOf(value: SyntaxNode | undefined, at: number, verb: string): CodeLens[] {
    const globs = scalarsIn(value);
    if (globs.length === 0) return [];
    const named = namedFiles(globs, own, files);
    const title = named.length === 0 ? `${verb} no workflow` : `${verb} ${counted(named.length, 'workflow')}`;
    const position = toPosition(file, at);
    const command = {
      title,
      command: named.length > 0 ? lensCommands.references : '',
      arguments: [uri, position, named.map(placeOf)],
    };
    return [{ range: { start: position, end: position }, command }];
  }
}

function placeOf({ uri }: GovernedFile) {
  return { uri, range: { start, end: start } };
}

/** One, or each of a list. */
function recordsIn(value: SyntaxNode | undefined): readonly MapNode[] {
  const items = value?.kind === 'list' ? value.items : value ? [value] : [];
  return items.flatMap((item) => (item.kind === 'map' ? [item] : []));
}
