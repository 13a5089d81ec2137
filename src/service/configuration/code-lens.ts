// Code lenses of a configuration: how many workflows a list of globs names, and how many findings the baseline knows.
import type { CodeLens } from 'vscode-languageserver-types';
import type { SyntaxNode } from '../../language/syntax.ts';
import { type CodeLensOptions, lensCommands } from '../code-lens.ts';
import type { ConfigurationDocument } from '../configurations.ts';
import type { DocumentCache } from '../documents.ts';
import { toPosition, toRange } from '../positions.ts';
import { type GovernedFile, governedFiles, namedFiles } from './governed-files.ts';
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
        return value?.kind === 'list' ? value.items.flatMap(ofOverride) : [];
      case 'baseline':
        return own.baseline
          ? [{ range: toRange(file, key.range), command: { title: knownInWords(own.baseline), command: '' } }]
          : [];
      default:
        return [];
    }
  });

  function ofOverride(item: SyntaxNode): CodeLens[] {
    const entry = item.kind === 'map' ? item.entries.find(({ key }) => key.text === 'files') : undefined;
    return entry ? lensOf(entry.value, entry.key.range.start, 'names') : [];
  }

  function lensOf(value: SyntaxNode | undefined, at: number, verb: string): CodeLens[] {
    const globs = globsIn(value);
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

function globsIn(value: SyntaxNode | undefined): readonly string[] {
  const items = value?.kind === 'list' ? value.items : value ? [value] : [];
  return items.flatMap((item) => (item.kind === 'scalar' && item.value !== null ? [item.text] : []));
}
