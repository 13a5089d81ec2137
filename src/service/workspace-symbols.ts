// Workspace symbols: every declaration and step of the files of the project, found by letters in their order.
import { type SymbolInformation, SymbolKind } from 'vscode-languageserver-types';
import type { ParsedFile } from '../language/parse.ts';
import { baseName } from '../language/project.ts';
import type { Range } from '../language/source.ts';
import { type StepKind, type StepMap, sectionOf, stepKinds } from '../language/vocabulary.ts';
import type { DocumentCache } from './documents.ts';
import { toRange } from './positions.ts';
import { declarationSymbols, stepSymbols } from './symbols.ts';

const maxSymbols = 300;

interface Named {
  readonly file: ParsedFile;
  readonly name: string;
  readonly kind: SymbolKind;
  readonly range: Range;
}

/** The best ones first: those that begin so, then those whose words do, then the others; short names before long ones. */
export function workspaceSymbols(query: string, documents: DocumentCache): SymbolInformation[] {
  const project = documents.project();
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const found = documents.workflowUris().flatMap((uri) => {
    const file = project.file(uri);
    return file ? namesIn(file).flatMap((named) => ({ ...named, score: fuzzyScore(wanted, named.name) ?? -1 })) : [];
  });
  return found
    .filter(({ score }) => score >= 0)
    .sort((a, b) => b.score - a.score || a.name.length - b.name.length || compare(a, b))
    .slice(0, maxSymbols)
    .map(({ file, name, kind, range }) => ({
      name,
      kind,
      containerName: containerOf(file),
      location: { uri: file.uri, range: toRange(file, range) },
    }));
}

/**
 * How well the letters of `wanted` (in lower case) are found in `name`, in their order; undefined where they are not.
 * Letters that follow each other and letters that begin a word count more.
 */
export function fuzzyScore(wanted: string, name: string): number | undefined {
  if (wanted === '') return 0;
  const letters = name.toLowerCase();
  if (letters.startsWith(wanted)) return 1000;
  let [at, score] = [-1, 0];
  for (const letter of wanted) {
    const next = letters.indexOf(letter, at + 1);
    if (next === -1) return undefined;
    const beginsWord = next === 0 || !/[\p{L}\p{N}]/u.test(letters[next - 1] ?? '');
    score += (next === at + 1 ? 3 : 0) + (beginsWord ? 4 : 0) + 1;
    at = next;
  }
  return score;
}

function compare(a: Named, b: Named): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.range.start - b.range.start;
}

function namesIn(file: ParsedFile): readonly Named[] {
  const kinds = stepKindsIn(file.fields?.steps, new Map());
  const declared = file.declarations.flatMap(({ kind, name, range }): Named[] => {
    if (name === '') return [];
    if (kind === 'step') {
      const step = kinds.get(range.start);
      return [{ file, name, range, kind: step ? stepSymbols[step] : SymbolKind.Method }];
    }
    if (kind === 'tool') return [{ file, name, range, kind: SymbolKind.Function }];
    return Object.hasOwn(sectionOf, kind)
      ? [{ file, name, range, kind: declarationSymbols[kind as keyof typeof sectionOf] }]
      : [];
  });
  const head = file.fields?.workflow ?? file.fields?.library;
  return head ? [{ file, name: head.value, range: head.range, kind: SymbolKind.Module }, ...declared] : declared;
}

/** Kinds of steps by where their ids stand, those in scopes included. */
function stepKindsIn(steps: StepMap | undefined, found: Map<number, StepKind>): ReadonlyMap<number, StepKind> {
  for (const { key, value } of steps?.values() ?? []) {
    const kind = (Object.keys(stepKinds) as StepKind[]).find((name) => value?.[name] !== undefined);
    if (kind) found.set(key.range.start, kind);
    stepKindsIn(value?.steps, found);
  }
  return found;
}

function containerOf({ fields, uri }: ParsedFile): string {
  return fields?.workflow?.value ?? fields?.library?.value ?? baseName(uri);
}
