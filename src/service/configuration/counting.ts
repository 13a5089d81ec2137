// Which configuration counts for a file, and what the file is checked with: what an editor shows of it.
import type { DocumentCache } from '../documents.ts';

export interface Counting {
  /** Uri of the configuration; undefined where none is found. */
  readonly configuration: string | undefined;
  /** Ids of the presets. */
  readonly profile: readonly string[];
  /** Presets of the editor's settings that do not count, since there is a configuration. */
  readonly ignored: readonly string[];
}

/** Of an open document; undefined for any other. */
export function countingFor(uri: string, documents: DocumentCache): Counting | undefined {
  const ignored = documents.profile();
  const own = documents.isOpen(uri) ? documents.configurationFile(uri) : undefined;
  const checked = documents.checked(uri);
  if (!own && !checked) return undefined;
  const found = own?.configuration ?? documents.configurationOf(uri);
  const profile = checked?.lint.profile ?? found?.settings.profile ?? [];
  return { configuration: found?.uri, profile, ignored: found ? ignored : [] };
}
