// Which file declares `workflow: ID`: open documents first, then the files of the workspace, looked through when
// somebody first asks and kept up to date by what the client watches.
import { isWorkflowName } from '../language/project.ts';

/** Files of the language in the workspace. */
export interface WorkflowFiles {
  /** Text of a file, or undefined where it cannot be had. */
  read(uri: string): string | undefined;
  /** Uris of the workflow files below a folder, a bounded number of them. */
  workflowFiles(folder: string): readonly string[];
}

interface WorkflowIndex {
  workflowUri(id: string): string | undefined;
  setFolders(folders: readonly string[]): void;
  changeFolders(event: {
    readonly added: readonly { uri: string }[];
    readonly removed: readonly { uri: string }[];
  }): void;
  folders(): readonly string[];
  opened(uri: string, text: string): void;
  closed(uri: string): void;
  changed(uri: string, deleted: boolean): void;
  /** Looks through the files anew when somebody asks. */
  forget(): void;
  /** Uris of all workflow files, open or not, in order. */
  uris(): readonly string[];
}

export function createWorkflowIndex(files: WorkflowFiles): WorkflowIndex {
  let folders: readonly string[] = [];
  /** Ids of the files on disk; undefined until somebody asks. */
  let onDisk: Map<string, string | undefined> | undefined;
  const open = new Map<string, string | undefined>();
  const scan = () => {
    const uris = [...new Set(folders.flatMap((folder) => files.workflowFiles(folder)))].sort();
    return new Map(uris.map((uri) => [uri, idOf(files.read(uri))]));
  };
  const find = (ids: ReadonlyMap<string, string | undefined>, id: string) =>
    [...ids].find(([, other]) => other === id)?.[0];
  return {
    workflowUri: (id) => {
      const found = find(open, id);
      if (found !== undefined) return found;
      onDisk ??= scan();
      return find(onDisk, id);
    },
    setFolders: (uris) => {
      folders = uris;
      onDisk = undefined;
    },
    changeFolders: ({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
      onDisk = undefined;
    },
    folders: () => folders,
    opened: (uri, text) => void open.set(uri, idOf(text)),
    closed: (uri) => void open.delete(uri),
    changed: (uri, deleted) => {
      if (!onDisk || !isWorkflowName(uri)) return;
      if (deleted) onDisk.delete(uri);
      else onDisk.set(uri, idOf(files.read(uri)));
    },
    forget: () => {
      onDisk = undefined;
    },
    uris: () => {
      onDisk ??= scan();
      return [...new Set([...open.keys(), ...onDisk.keys()])].sort();
    },
  };
}

/** The id a file gives its workflow, without parsing it. */
function idOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : /^workflow:[ \t]*["']?([A-Za-z_][\w-]*)/m.exec(text)?.[1];
}
