// Reads test texts with marks in them: `<|>` is a cursor, a comment `#  ^^^^ text` expects something of the characters
// above it, and a line `#- name` begins another file. Comments stay in the text, so it is read as a user would write it.

export interface Expectation {
  /** Zero-based line of the marked characters. */
  readonly line: number;
  readonly startColumn: number;
  /** Behind the last marked character. */
  readonly endColumn: number;
  /** What stands behind the carets. */
  readonly text: string;
}

export interface MarkedFile {
  /** Without cursors. */
  readonly text: string;
  /** Offsets of the cursors in `text`. */
  readonly cursors: readonly number[];
  readonly expectations: readonly Expectation[];
}

export interface Marked {
  readonly files: ReadonlyMap<string, MarkedFile>;
}

/** Name of what stands before the first `#- name`. */
export const mainFile = 'main.aiwf.yaml';

const head = /^#- (\S+)\s*$/;
const carets = /^(\s*)(#\s*)(\^+)(.*)$/;

/** A newline at the very start is dropped, so that a text can begin on its own line. */
export function parseMarked(text: string): Marked {
  const files = new Map<string, MarkedFile>();
  let name = mainFile;
  let lines: string[] = [];
  const finish = () => {
    if (name !== mainFile || lines.some((line) => line !== '') || files.size === 0)
      files.set(name, parseFile(lines.join('\n')));
  };
  for (const line of text.replace(/^\r?\n/, '').split('\n')) {
    const next = head.exec(line)?.[1];
    if (next === undefined) {
      lines.push(line);
      continue;
    }
    if (lines.length > 0 || files.size > 0) {
      lines.push('');
      finish();
    }
    name = next;
    lines = [];
  }
  finish();
  return { files };
}

function parseFile(marked: string): MarkedFile {
  const cursors: number[] = [];
  const [first = '', ...rest] = marked.split('<|>');
  let text = first;
  for (const part of rest) {
    cursors.push(text.length);
    text += part;
  }
  const expectations: Expectation[] = [];
  let target = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const match = carets.exec(line);
    if (!match) {
      target = index;
      continue;
    }
    const [, indent = '', hash = '', marks = '', behind = ''] = match;
    // A `#` directly before a caret counts as the first one, so that any column can be marked.
    const startColumn = indent.length + (hash === '#' ? 0 : hash.length);
    const endColumn = indent.length + hash.length + marks.length;
    expectations.push({ line: target, startColumn, endColumn, text: behind.trim() });
  }
  return { text, cursors, expectations };
}
