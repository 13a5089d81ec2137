// The workflows that a configuration counts for, and those of them that its globs name.

import type { Configuration } from '../../governance/configuration.ts';
import { isNamedBy, relativePath } from '../../governance/included.ts';
import type { SyntaxNode } from '../../language/syntax.ts';
import type { DocumentCache } from '../documents.ts';
import { fileKey } from '../file-key.ts';

/** Files of a large workspace beyond these are not looked at. */
const maxFiles = 2000;

export interface GovernedFile {
  readonly uri: string;
  /** Relative to the folder of the configuration. */
  readonly path: string;
}

/** In the order of their paths: those below its folder that no nearer configuration takes. */
export function governedFiles({ uri: own }: Configuration, documents: DocumentCache): readonly GovernedFile[] {
  const below = documents.workflowUris().flatMap((uri) => {
    const path = relativePath(own, uri);
    return path === undefined ? [] : [{ uri, path }];
  });
  return below
    .slice(0, maxFiles)
    .filter(({ uri }) => fileKey(documents.configurationOf(uri)?.uri ?? '') === fileKey(own))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Those of `files` that one of the globs of the configuration `uri` names. */
export function namedFiles(
  globs: readonly string[],
  { uri: own }: Configuration,
  files: readonly GovernedFile[],
): readonly GovernedFile[] {
  return files.filter(({ uri }) => isNamedBy(globs, own, uri));
}

/** Texts of a list, or of one value that stands for a list of one. */
export function scalarsIn(value: SyntaxNode | undefined): readonly string[] {
  const items = value?.kind === 'list' ? value.items : value ? [value] : [];
  return items.flatMap((item) => (item.kind === 'scalar' && item.value !== null ? [item.text] : []));
}
