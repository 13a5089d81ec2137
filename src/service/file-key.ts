// Names of files: one key for all spellings of a uri, and the name that people see.

/** Editors and URLs encode the same path differently (`(` or `%28`): equal keys mean the same file. */
export function fileKey(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** The name of a file for people, without its folders. */
export function fileName(uri: string): string {
  return fileKey(uri).split('/').at(-1) ?? uri;
}
