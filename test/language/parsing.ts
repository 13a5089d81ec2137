// What the tests of the language share: parsing and checking a text, finding a node by its path, reading a range.
import assert from 'node:assert/strict';
import { type Conditions, checkConditions } from '../../src/language/conditions.ts';
import type { Workflow } from '../../src/language/model.ts';
import { type ParsedFile, parseFile } from '../../src/language/parse.ts';
import { parseSyntax } from '../../src/language/parse-syntax.ts';
import type { Problem } from '../../src/language/problem.ts';
import { type ProjectHost, type Resolved, resolveWorkflow } from '../../src/language/project.ts';
import type { Range } from '../../src/language/source.ts';
import type { MapNode, ScalarNode, SyntaxNode } from '../../src/language/syntax.ts';

export const mainUri = 'file:///work/main.aiwf.yaml';

/** Files by their name beside the main file. */
export function hostOf(files: Readonly<Record<string, string>> = {}): ProjectHost & { readonly asked: string[] } {
  const asked: string[] = [];
  const texts = new Map(Object.entries(files).map(([name, text]) => [new URL(name, mainUri).href, text]));
  return {
    asked,
    text(uri) {
      asked.push(uri);
      return texts.get(uri);
    },
    file(uri) {
      const text = this.text(uri);
      return text === undefined ? undefined : parseFile(uri, text);
    },
  };
}

export function parse(text: string): ParsedFile {
  return parseFile(mainUri, text);
}

export interface Checked extends Resolved {
  readonly file: ParsedFile;
  readonly conditions: Conditions;
  /** Those of the text, of imports and of conditions. */
  readonly all: readonly Problem[];
}

export function checkText(text: string, files: Readonly<Record<string, string>> = {}, uri: string = mainUri): Checked {
  const file = parseFile(uri, text);
  const resolved = resolveWorkflow(file, hostOf(files));
  const conditions = checkConditions(resolved.workflow);
  return { ...resolved, file, conditions, all: [...file.problems, ...resolved.problems, ...conditions.problems] };
}

export function workflowOf(text: string, files: Readonly<Record<string, string>> = {}): Workflow {
  return checkText(text, files).workflow;
}

/** Each problem as `code «text it stands at» message`. */
export function said(text: string, problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code, message, range }) => `${code} «${slice(text, range)}» ${message}`);
}

/** Exactly one problem, at these characters, with a message that matches. */
export function checkProblem(
  text: string,
  at: string,
  message: RegExp,
  files: Readonly<Record<string, string>> = {},
): void {
  const { all } = checkText(text, files);
  assert.equal(all.length, 1, said(text, all).join('\n') || 'no problem');
  const [problem] = all;
  assert.equal(problem && slice(text, problem.range), at);
  assert.match(problem?.message ?? '', message);
}

export function checkNoProblem(text: string, files: Readonly<Record<string, string>> = {}): Checked {
  const checked = checkText(text, files);
  assert.deepEqual(said(text, checked.all), []);
  return checked;
}

export function slice(text: string, { start, end }: Range): string {
  return text.slice(start, end);
}

/** The node behind keys and positions, aliases followed. */
export function nodeAt(text: string, ...path: readonly (string | number)[]): SyntaxNode {
  let node = parseSyntax(text).root;
  for (const part of path) {
    while (node?.kind === 'alias') node = node.target;
    if (typeof part === 'number') node = node?.kind === 'list' ? node.items[part] : undefined;
    else node = node?.kind === 'map' ? node.entries.find(({ key }) => key.text === part)?.value : undefined;
  }
  assert.ok(node, `nothing at ${path.join('.')}`);
  return node;
}

export function scalarAt(text: string, ...path: readonly (string | number)[]): ScalarNode {
  const node = nodeAt(text, ...path);
  assert.equal(node.kind, 'scalar');
  return node as ScalarNode;
}

export function mapAt(text: string, ...path: readonly (string | number)[]): MapNode {
  const node = nodeAt(text, ...path);
  assert.equal(node.kind, 'map');
  return node as MapNode;
}

/** A workflow around `steps` and whatever else is given, with a person `anna` and an AI `bot`. */
export function flow(steps: string, rest = ''): string {
  return `aiwf: 1
workflow: test
accountable: anna
actors:
  anna: { kind: human, holders: 2 }
  bot: { kind: agent, sponsor: anna }
  robot: { kind: system }
  client: { kind: external }
data:
  claim: { fields: { amount: number, ok: boolean, kind: { enum: [new, old] }, lines: [{ price: number }] } }
  offer: { fields: { amount: number } }
${rest}start: { next: first }
steps:
${steps
  .replace(/^\n/, '')
  .split('\n')
  .map((line) => (line === '' ? line : `  ${line}`))
  .join('\n')}
`;
}
