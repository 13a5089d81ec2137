// The files that a language model in the editor may ask about: workflows below the folders of the workspace, and those
// that are open. Uris alone, so that it works in a browser as well.

import { isWorkflowName } from '../language/project.ts';
import type { Inspected } from '../service/documents.ts';
import { fileKey } from '../service/file-key.ts';
import { type AuthorHost, notAWorkflow } from './author-tools.ts';

interface Workspace {
  /** Uris of the folders that are open. */
  folders(): readonly string[];
  /** Uris of the documents that are open. */
  openUris(): readonly string[];
  inspect(uri: string, text?: string): Inspected | undefined;
  rulePage(id: string): string | undefined;
  describeRule?(id: string): string | undefined;
}

export function createAuthorHost({ folders, openUris, inspect, rulePage, describeRule }: Workspace): AuthorHost {
  const home = () => folders().map(withSlash);
  const isOpen = (uri: string) => openUris().some((open) => fileKey(open) === fileKey(uri));
  return {
    locate: (file) => {
      if (!isWorkflowName(file)) return { reason: notAWorkflow(file) };
      const parents = home();
      const found = candidates(file, parents).filter(
        (uri) => isOpen(uri) || parents.some((parent) => fileKey(uri).startsWith(fileKey(parent))),
      );
      const uri = found.find((candidate) => inspect(candidate) !== undefined) ?? found[0];
      if (uri !== undefined) return { uri };
      const where = parents.length > 0 ? 'does not lie in a folder of the workspace' : 'is not open, and no folder is';
      // A text that has no file yet needs none.
      return parents.length === 0 && !/[\\/:]/.test(file)
        ? { uri: `untitled:${encodeURI(file)}` }
        : { reason: `${file} ${where}.` };
    },
    nameOf: (uri) => {
      const parents = home();
      const parent = parents.find((candidate) => fileKey(uri).startsWith(fileKey(candidate)));
      if (parent === undefined) return fileKey(uri).replace(/^\w[\w+.-]*:(\/\/)?/, '');
      const path = fileKey(uri).slice(fileKey(parent).length);
      return parents.length > 1 ? `${folderName(parent)}/${path}` : path;
    },
    inspect,
    rulePage,
    ...(describeRule ? { describeRule } : {}),
  };
}

/** What a uri, an absolute path or a relative one may mean; in a workspace of several folders its name may come first. */
function candidates(file: string, parents: readonly string[]): readonly string[] {
  const path = file.replaceAll('\\', '/');
  if (/^[a-z][\w+.-]+:/i.test(path)) return [normal(file, undefined)].filter((uri) => uri !== undefined);
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  const isAbsolute = /^(\/|[a-z]:\/)/i.test(path);
  const below = parents.flatMap((parent) => {
    const name = folderName(parent);
    const inner = parents.length > 1 && path.startsWith(`${name}/`) ? [path.slice(name.length + 1)] : [];
    return [...inner.map((rest) => rest.split('/').map(encodeURIComponent).join('/')), escaped].map((relative) =>
      normal(isAbsolute ? escaped.replace(/^(?!\/)/, '/') : relative, parent),
    );
  });
  return [...new Set(below.filter((uri) => uri !== undefined))];
}

/** Without `..`, so that no path leads out of a folder unseen. */
function normal(reference: string, parent: string | undefined): string | undefined {
  try {
    return new URL(reference, parent).href;
  } catch {
    return undefined;
  }
}

function withSlash(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}

function folderName(folder: string): string {
  return fileKey(folder).replace(/\/+$/, '').split('/').at(-1) ?? '';
}
