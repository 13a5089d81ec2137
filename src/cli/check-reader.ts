// Texts of the disk with a signature that tells one state of a file from another: what a result was made from.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { readText, uriOf } from './files.ts';

/** A file as it was read. */
export interface ReadFile {
  /** Of the file itself, however it was reached. */
  readonly uri: string;
  readonly text: string;
  /** Of its bytes, as hexadecimal digits. */
  readonly sha256: string;
  /** Differs for another text and for another file. */
  readonly signature: string;
}

/** A text in the place of that of a file, such as one that an editor has not saved. */
export interface GivenText {
  readonly uri: string;
  readonly text: string;
}

/** The file at a `file:` uri, or why there is none. Never throws. */
export function readFileAt(uri: string, given?: GivenText): ReadFile | { readonly reason: string } {
  if (given?.uri === uri) return asRead(uri, given.text, Buffer.from(given.text));
  const path = pathAt(uri);
  if (path === undefined) return { reason: 'not a file' };
  const real = uriOf(path);
  if (given?.uri === real) return readFileAt(real, given);
  const read = readText(path);
  return 'reason' in read ? read : asRead(real, read.text, read.bytes);
}

function asRead(uri: string, text: string, bytes: Uint8Array): ReadFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { uri, text, sha256, signature: signatureOf(uri, sha256) };
}

/** A hash of the parts, told apart however they are cut; 22 letters, digits, `-` and `_`. */
export function signatureOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('base64url').slice(0, 22);
}

function pathAt(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
