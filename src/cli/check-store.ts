// The project as a check of many files sees it: files are parsed when somebody asks, few of them are kept, and what was
// asked for is recorded, so that a result can be used again as long as all of that is the same.
import { type ParsedFile, parseFile } from '../language/parse.ts';
import type { ProjectHost } from '../language/project.ts';
import { type GivenText, type ReadFile, readFileAt } from './check-reader.ts';

/** What a result was made from, besides its own file. */
export interface Reads {
  /** Uris that were asked for, each with the signature of what was there; null: nothing that can be read. */
  readonly files: readonly (readonly [uri: string, signature: string | null])[];
  /** Ids of workflows that were asked for, each with the uri of its file; null: no file declares it. */
  readonly workflows: readonly (readonly [id: string, uri: string | null])[];
}

/** Files by uri. */
export interface FileStore {
  readonly host: ProjectHost;
  /** The file parsed, with what was read, or why there is none. */
  open(uri: string): { readonly file: ParsedFile; readonly read: ReadFile } | { readonly reason: string };
  /** Does the work and answers what it asked the host for. */
  record<T>(work: () => T): { readonly result: T; readonly reads: Reads };
}

/** Characters of the texts whose files are kept, about thirty times as much memory. */
const maxKept = 1_000_000;

/** `workflows` are the files that declare a workflow, by its id. */
export function openStore(workflows: ReadonlyMap<string, string>, given?: GivenText): FileStore {
  const known = new Map<string, ReadFile | { readonly reason: string }>();
  const parsed = new Map<string, ParsedFile>();
  let kept = 0;
  let files = new Map<string, string | null>();
  let ids = new Map<string, string | null>();

  const readAt = (uri: string) => {
    const read = known.get(uri) ?? readFileAt(uri, given);
    if (!known.has(uri)) {
      known.set(uri, read);
      if ('text' in read) kept += read.text.length;
    }
    files.set(uri, 'text' in read ? read.signature : null);
    return read;
  };
  const parsedOf = ({ uri, text }: ReadFile): ParsedFile => {
    const file = parsed.get(uri) ?? parseFile(uri, text);
    parsed.set(uri, file);
    return file;
  };
  /** Between two records, so that a file is one and the same for as long as anybody works with it. */
  const forget = () => {
    if (kept <= maxKept) return;
    known.clear();
    parsed.clear();
    kept = 0;
  };
  return {
    host: {
      text: (uri) => {
        const read = readAt(uri);
        return 'text' in read ? read.text : undefined;
      },
      file: (uri) => {
        const read = readAt(uri);
        return 'text' in read ? parsedOf(read) : undefined;
      },
      workflowUri: (id) => {
        const uri = workflows.get(id);
        ids.set(id, uri ?? null);
        return uri;
      },
    },
    open(uri) {
      const read = readAt(uri);
      return 'text' in read ? { file: parsedOf(read), read } : read;
    },
    record(work) {
      forget();
      files = new Map();
      ids = new Map();
      const result = work();
      return { result, reads: { files: [...files], workflows: [...ids] } };
    },
  };
}
