// Files that are about to move: the paths that lead to them, and those in them, are written anew. Where a path begins
// with a folder that moves, all below it move along.
import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { resolveUri } from '../language/project.ts';
import type { Range, TextEdit } from '../language/source.ts';
import type { ScalarNode } from '../language/syntax.ts';
import type { DocumentCache } from './documents.ts';
import { fileKey } from './file-key.ts';
import { meaningsOf } from './meaning.ts';
import { inFile } from './references.ts';
import { slotsIn } from './slot.ts';
import { toWorkspaceEdit } from './workspace-edit.ts';

export interface FileMove {
  readonly oldUri: string;
  readonly newUri: string;
}

/** Edits of the files as they are named now, for the editor to make before it moves them. */
export function renameFiles(
  moves: readonly FileMove[],
  documents: DocumentCache,
  options: { readonly versioned: boolean },
): WorkspaceEdit {
  const project = documents.project();
  const edits = documents.workflowUris().flatMap((uri) => {
    const found = inFile(uri, project);
    if (!found) return [];
    const { file, workflow } = found;
    const changed = slotsIn(file.root).flatMap((slot) =>
      meaningsOf(slot, file.text, workflow).flatMap(({ meaning, range }) => {
        const target = meaning.kind === 'file' ? resolveUri(uri, meaning.path) : undefined;
        if (meaning.kind !== 'file' || target === undefined) return [];
        const [from, to] = [moved(uri, moves), moved(target, moves)];
        if (from === uri && to === target) return [];
        const path = relativePath(from, to);
        return path === undefined || resolveUri(from, meaning.path) === to ? [] : [written(path, slot.scalar, range)];
      }),
    );
    return [{ uri, text: file.text, version: documents.versionOf(uri), edits: changed }];
  });
  return toWorkspaceEdit(edits, options);
}

/** Where a file will be. */
function moved(uri: string, moves: readonly FileMove[]): string {
  for (const { oldUri, newUri } of moves) {
    if (fileKey(uri) === fileKey(oldUri)) return newUri;
    const folder = `${fileKey(oldUri).replace(/\/$/, '')}/`;
    if (fileKey(uri).startsWith(folder)) return `${newUri.replace(/\/$/, '')}/${tail(uri, folder)}`;
  }
  return uri;
}

/** What of `uri` stands behind a folder, as it is encoded there. */
function tail(uri: string, folder: string): string {
  return uri
    .split('/')
    .slice(folder.split('/').length - 1)
    .join('/');
}

/** `../people.aiwf.yaml`; undefined between different places such as hosts or drives. */
export function relativePath(from: string, to: string): string | undefined {
  const [a, b] = [fileKey(from).split('/'), fileKey(to).split('/')];
  let shared = 0;
  while (shared < Math.min(a.length, b.length) - 1 && a[shared] === b[shared]) shared++;
  if (shared < 3) return undefined;
  const up = a.slice(shared, -1).map(() => '..');
  // These would end the path of a uri.
  const down = b.slice(shared).map((part) => part.replace(/[%#?]/g, encodeURIComponent));
  return [...(up.length > 0 ? up : ['.']), ...down].join('/');
}

/** The path as the old one is quoted, or in quotes where YAML would read it as something else. */
function written(path: string, { style }: ScalarNode, range: Range): TextEdit {
  if (style === 'double') return { range, text: JSON.stringify(path).slice(1, -1) };
  if (style === 'single') return { range, text: path.replaceAll("'", "''") };
  const isPlain = /^[\w./@~+()%-]+$/.test(path);
  return { range, text: isPlain ? path : `'${path.replaceAll("'", "''")}'` };
}
