// Positions in the unit the client has chosen. The service counts in UTF-16; for a client that counts in UTF-8, every
// position is counted anew on its way in and out, whatever request it belongs to, in the text of the file it points into.
import { type InitializeParams, type Position, PositionEncodingKind, type Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { toUtf8Column, toUtf16Column } from '../service/positions.ts';

export interface PositionEncoding {
  readonly kind: PositionEncodingKind;
  incoming<T>(params: T): T;
  /** `uri` is the file that positions without a file of their own point into. */
  outgoing<T>(result: T, uri: string | undefined): T;
  /** What `TextDocuments` makes documents with. */
  update(document: TextDocument, changes: readonly Change[], version: number): TextDocument;
}

type Change = Parameters<typeof TextDocument.update>[1][number];
type Convert = (uri: string, position: Position) => Position;

/** The first unit the client names that we know; UTF-16 where it names none. */
export function chosenEncoding(params: InitializeParams | undefined): PositionEncodingKind {
  const known: readonly string[] = [PositionEncodingKind.UTF16, PositionEncodingKind.UTF8];
  const offered = params?.capabilities.general?.positionEncodings;
  return offered?.find((each) => known.includes(each)) ?? PositionEncodingKind.UTF16;
}

export function createEncoding(
  kind: PositionEncodingKind,
  document: (uri: string) => TextDocument | undefined,
): PositionEncoding {
  if (kind === PositionEncodingKind.UTF16) {
    return {
      kind,
      incoming: (params) => params,
      outgoing: (result) => result,
      update: (known, changes, version) => TextDocument.update(known, [...changes], version),
    };
  }
  const convert =
    (column: (line: string, character: number) => number): Convert =>
    (uri, position) => {
      const found = document(uri);
      return found
        ? { line: position.line, character: column(lineOf(found, position.line), position.character) }
        : position;
    };
  const [inward, outward] = [convert(toUtf16Column), convert(toUtf8Column)];
  return {
    kind,
    incoming: (params) => walk(params, undefined, inward, false) as typeof params,
    outgoing: (result, uri) => walk(result, uri, outward, true) as typeof result,
    update: (known, changes, version) => {
      // Each change counts from the text that the one before it made.
      let current = known;
      for (const change of changes) {
        const toColumn = ({ line, character }: Position) => ({
          line,
          character: toUtf16Column(lineOf(current, line), character),
        });
        const isPart = 'range' in change;
        const counted = isPart
          ? { text: change.text, range: { start: toColumn(change.range.start), end: toColumn(change.range.end) } }
          : change;
        current = TextDocument.update(current, [counted], version);
      }
      return current;
    },
  };
}

/** The file that what stands in `value` belongs to, when it says so. */
export function uriOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { uri, textDocument, item } = value as { uri?: unknown; textDocument?: unknown; item?: unknown };
  return typeof uri === 'string' ? uri : (uriOf(textDocument) ?? uriOf(item));
}

/** A copy with every position converted. What stands under `data` is the other side's and stays, tokens apart. */
function walk(value: unknown, around: string | undefined, convert: Convert, isTokens: boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => walk(each, around, convert, isTokens));
  if (isPosition(value)) return around === undefined ? value : convert(around, value);
  const uri = uriOf(value) ?? around;
  const children = Object.entries(value).map(([key, child]) => {
    if (key === 'data') return [key, isTokens && uri !== undefined ? tokens(child, uri, convert) : child];
    if (key === 'changes' || key === 'relatedDocuments') return [key, walkByUri(child, uri, convert, isTokens)];
    return [key, walk(child, uriOfChild(key, value) ?? uri, convert, isTokens)];
  });
  return Object.fromEntries(children);
}

/** A link's target and the places of a call have another file than what stands around them. */
function uriOfChild(key: string, value: object): string | undefined {
  const { targetUri, from } = value as { targetUri?: unknown; from?: unknown };
  if (key.startsWith('target') && typeof targetUri === 'string') return targetUri;
  return key === 'fromRanges' ? uriOf(from) : undefined;
}

function walkByUri(value: unknown, around: string | undefined, convert: Convert, isTokens: boolean): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return walk(value, around, convert, isTokens);
  return Object.fromEntries(Object.entries(value).map(([uri, each]) => [uri, walk(each, uri, convert, isTokens)]));
}

/** Semantic tokens are numbers by five: lines and characters since the token before, length, type, modifiers. */
function tokens(data: unknown, uri: string, convert: Convert): unknown {
  if (!Array.isArray(data) || data.length % 5 !== 0 || !data.every((each) => typeof each === 'number')) return data;
  const converted: number[] = [];
  let [line, character, lastConverted] = [0, 0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [lines = 0, characters = 0, length = 0, ...rest] = data.slice(at, at + 5) as number[];
    if (lines > 0) [line, character, lastConverted] = [line + lines, 0, 0];
    character += characters;
    const start = convert(uri, { line, character }).character;
    const end = convert(uri, { line, character: character + length }).character;
    converted.push(lines, start - lastConverted, end - start, ...rest);
    lastConverted = start;
  }
  return converted;
}

function isPosition(value: object): value is Position {
  const { line, character } = value as Partial<Position>;
  return typeof line === 'number' && typeof character === 'number';
}

function lineOf(document: TextDocument, line: number): string {
  const range: Range = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
  return document.getText(range).replace(/[\r\n]+$/, '');
}
