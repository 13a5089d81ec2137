// Files that only the client can read: all of them in a web worker, those of virtual file systems elsewhere. The service
// reads at once or not at all, so what is not here yet is noted, asked for, and the question put again.
import type { FindWorkflowsParams, FindWorkflowsResult, ReadFilesParams, ReadFilesResult } from '../protocol.ts';
import type { WorkflowFiles } from './workflow-index.ts';

export interface ClientFiles extends WorkflowFiles {
  /** Something was asked that is not here yet. */
  readonly isMissing: boolean;
  /** Asks the client for all that was missed. */
  fetch(): Promise<void>;
  /** A file changed, came or went. */
  changed(uri: string): void;
}

interface Ask {
  read(params: ReadFilesParams): Promise<ReadFilesResult>;
  find(params: FindWorkflowsParams): Promise<FindWorkflowsResult>;
}

/** `arrived` is called when files have come, so that answers made without them are forgotten. */
export function createClientFiles(ask: Ask, arrived: () => void): ClientFiles {
  /** Undefined for a file that is not there. */
  const texts = new Map<string, string | undefined>();
  const folders = new Map<string, readonly string[]>();
  const missedTexts = new Set<string>();
  const missedFolders = new Set<string>();
  /** Changes so far: an answer that a change has overtaken is not kept. */
  let changes = 0;
  let running: Promise<void> | undefined;

  const fetch = async () => {
    const uris = [...missedTexts];
    const parents = [...missedFolders];
    const before = changes;
    missedTexts.clear();
    missedFolders.clear();
    const [read, ...found] = await Promise.all([
      uris.length > 0 ? ask.read({ uris }) : undefined,
      ...parents.map((folder) => ask.find({ folder })),
    ]);
    if (changes !== before) return;
    for (const [index, uri] of uris.entries()) texts.set(uri, read?.texts[index] ?? undefined);
    for (const [index, folder] of parents.entries()) folders.set(folder, found[index]?.uris ?? []);
    arrived();
  };
  return {
    read: (uri) => {
      if (!texts.has(uri)) missedTexts.add(uri);
      return texts.get(uri);
    },
    workflowFiles: (folder) => {
      if (!folders.has(folder)) missedFolders.add(folder);
      return folders.get(folder) ?? [];
    },
    get isMissing() {
      return missedTexts.size > 0 || missedFolders.size > 0 || running !== undefined;
    },
    fetch: () => {
      running ??= fetch().finally(() => {
        running = undefined;
      });
      return running;
    },
    changed: (uri) => {
      changes++;
      texts.delete(uri);
      folders.clear();
    },
  };
}
