// Text of one file -> values, mentions, conditions and problems. Always answers, whatever the text is.

import { parseSyntax, type SyntaxTree } from './parse-syntax.ts';
import type { ConditionText, Reference } from './parts.ts';
import type { Problem } from './problem.ts';
import { read } from './read.ts';
import { type Declaration, type KnownEntries, newReading, report } from './reading.ts';
import { lineStartsOf, type Range } from './source.ts';
import type { MapNode, SyntaxNode } from './syntax.ts';
import { type FileFields, topLevelShape } from './vocabulary.ts';

/** A text of any table of keys, read: what all that looks at its form alone needs. */
export interface ParsedText {
  readonly uri: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
  readonly root: SyntaxNode | undefined;
  readonly problems: readonly Problem[];
}

/** What one file says, on its own; nothing is resolved across files yet. */
export interface ParsedFile extends ParsedText {
  /** Undefined where the text is not a map. */
  readonly fields: FileFields | undefined;
  readonly references: readonly Reference[];
  readonly conditions: readonly ConditionText[];
  readonly declarations: readonly Declaration[];
  /** True where YAML itself could not be read whole. */
  readonly broken: boolean;
  /** What its blocks and entries said, for reading its next version. */
  readonly tree: SyntaxTree;
  readonly known: KnownEntries;
}

/** Reads one file. Never throws. `before`, an earlier version of it, makes reading faster and changes nothing in the result. */
export function parseFile(uri: string, text: string, before?: ParsedFile): ParsedFile {
  const tree = parseSyntax(text, before?.tree);
  const reading = newReading(before?.known);
  const { root } = tree;
  const fields = root?.kind === 'map' ? read(root, topLevelShape, reading, firstKey(root)) : undefined;
  if (root?.kind === 'map') checkHead(root, reading);
  else if (tree.problems.length === 0) {
    const message = root
      ? 'A workflow file is a map of keys that begins with `aiwf: 1`.'
      : 'The file is empty. Begin with `aiwf: 1` and `workflow: ID`.';
    report(reading, 'language/missing-key', root?.range ?? { start: 0, end: 0 }, message);
  }
  return {
    uri,
    text,
    lineStarts: lineStartsOf(text),
    root,
    fields,
    references: reading.references,
    conditions: reading.conditions,
    declarations: reading.declarations,
    problems: [...tree.problems, ...reading.problems],
    broken: tree.problems.length > 0,
    tree,
    known: reading.known,
  };
}

const flowKeys = ['start', 'steps', 'on', 'timers', 'stop', 'defaults', 'sla'];

/** `aiwf: 1` first, then exactly one of `workflow` and `library`. */
function checkHead(root: MapNode, reading: ReturnType<typeof newReading>): void {
  const entry = (key: string) => root.entries.find((candidate) => candidate.key.text === key);
  const at = firstKey(root) ?? root.range;
  const version = entry('aiwf');
  if (version && version !== root.entries[0]) {
    report(
      reading,
      'language/invalid-value',
      version.key.range,
      '`aiwf: 1` is the first key of a file. Move it to the top.',
    );
  }
  const library = entry('library');
  const workflow = entry('workflow');
  if (!library && !workflow) {
    report(
      reading,
      'language/missing-key',
      at,
      'Name the file with `workflow: ID`, or `library: ID` for shared declarations.',
    );
  }
  if (!library) return;
  if (workflow) {
    const message = 'A file is a workflow or a library, not both. Keep one of the two keys.';
    report(reading, 'language/invalid-value', library.key.range, message);
    return;
  }
  for (const key of flowKeys) {
    const found = entry(key);
    if (found)
      report(
        reading,
        'language/unknown-key',
        found.key.range,
        `A library has no flow: '${key}' belongs to a workflow.`,
      );
  }
}

function firstKey(root: MapNode): Range | undefined {
  return root.entries[0]?.key.range;
}
