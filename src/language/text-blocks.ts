// Where a YAML text can be cut so that each piece says the same on its own as in its place: before every key at the
// margin, and inside a key whose value is a map, before every key of that map.
import type { Range } from './source.ts';

/** Some whole lines of the text: entries of one map, with the comments behind them. */
export interface TextBlock extends Range {
  /** The entries of the map that is the value of its one key, which stands alone in the lines before them. */
  readonly inner?: readonly Range[];
}

/** The blocks of a text, which together are all of it from its first key on; undefined: it can only be read whole. */
export function textBlocks(text: string): readonly TextBlock[] | undefined {
  // Several documents, directives and a byte order mark are the business of the library.
  if (/^(?:---|\.\.\.|%|\uFEFF)/m.test(text)) return undefined;
  const starts = keysAt(text, 0, 0, text.length);
  const [first] = starts;
  if (first === undefined || /^[ \t]*[^#\s]/m.test(text.slice(0, first))) return undefined;
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? text.length;
    const inner = innerBlocks(text, start, end);
    return { start, end, ...(inner ? { inner } : {}) };
  });
}

/** Where keys stand alone at the begin of a line, so far from the margin: what stands above cannot go on there. */
function keysAt(text: string, indent: number, from: number, to: number): readonly number[] {
  const key = indent === 0 ? keyAtMargin : new RegExp(`^ {${indent}}[a-zA-Z_][\\w.-]*:(?=\\s|$)`, 'gm');
  key.lastIndex = from;
  const starts: number[] = [];
  for (let match = key.exec(text); match && match.index < to; match = key.exec(text)) starts.push(match.index);
  return starts;
}

const keyAtMargin = /^[a-zA-Z_][\w.-]*:(?=\s|$)/gm;

function innerBlocks(text: string, start: number, end: number): readonly Range[] | undefined {
  const head = text.indexOf('\n', start) + 1;
  if (head === 0 || head >= end || !/^[\w.-]+:[ \t]*(?:[ \t]#.*)?\r?\n$/.test(text.slice(start, head)))
    return undefined;
  const body = text.slice(head, end);
  const indent = /^( *)[^#\s]/m.exec(body)?.[1]?.length ?? 0;
  if (indent === 0 || new RegExp(`^ {0,${indent - 1}}[^ #\\r\\n]`, 'm').test(body)) return undefined;
  const starts = keysAt(text, indent, head, end);
  const [first] = starts;
  if (first === undefined || starts.length < 2 || /^[ \t]*[^#\s]/m.test(text.slice(head, first))) return undefined;
  return starts.map((each, i) => ({ start: each, end: starts[i + 1] ?? end }));
}
