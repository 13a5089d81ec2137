// A place in any file of the project as a location of the protocol.
import type { Location } from 'vscode-languageserver-types';
import type { Place } from '../language/source.ts';
import { lineStartsOf } from '../language/source.ts';
import type { Checked } from './documents.ts';
import { fileKey } from './file-key.ts';
import { toRange } from './positions.ts';

/** Undefined where the file cannot be read. */
export function locationOf({ uri, range }: Place, { file, project }: Checked): Location | undefined {
  if (fileKey(uri) === fileKey(file.uri)) return { uri: file.uri, range: toRange(file, range) };
  const text = project.text(uri);
  return text === undefined ? undefined : { uri, range: toRange({ text, lineStarts: lineStartsOf(text) }, range) };
}
