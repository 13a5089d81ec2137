// A file as the last commit has it, from the parts of the built-in Git extension's interface that we use.

/** `API` of `vscode.git`, version 1, as far as we need it. */
export interface GitApi<Uri> {
  readonly state: 'uninitialized' | 'initialized';
  onDidChangeState(listener: (state: 'uninitialized' | 'initialized') => void): { dispose(): void };
  getRepository(uri: Uri): GitRepository | null;
}

export interface GitRepository {
  readonly state: { readonly HEAD: { readonly commit?: string } | undefined };
  show(ref: string, path: string): Promise<string>;
}

/** How long is waited for repositories to be found. */
const patience = 10_000;

/** Null: the last commit does not have the file, or nothing is committed. Undefined: in no repository, or not readable. */
export async function shownAtHead<Uri>(git: GitApi<Uri>, uri: Uri, path: string): Promise<string | null | undefined> {
  await initialized(git);
  const repository = git.getRepository(uri);
  if (!repository) return undefined;
  if (!repository.state.HEAD?.commit) return null;
  try {
    return await repository.show('HEAD', path);
  } catch (error) {
    return isUnknownPath(error) ? null : undefined;
  }
}

function initialized<Uri>(git: GitApi<Uri>): Promise<void> {
  return new Promise((resolve) => {
    if (git.state === 'initialized') return resolve();
    const done = () => {
      clearTimeout(timer);
      listening.dispose();
      resolve();
    };
    const timer = setTimeout(done, patience);
    const listening = git.onDidChangeState((state) => {
      if (state === 'initialized') done();
    });
  });
}

/** The extension says by a code, or in the words of git, that a revision lacks a path. */
function isUnknownPath(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { gitErrorCode, stderr } = error as { readonly gitErrorCode?: unknown; readonly stderr?: unknown };
  if (gitErrorCode === 'UnknownPath') return true;
  return typeof stderr === 'string' && /exists on disk, but not in|does not exist in/.test(stderr);
}
