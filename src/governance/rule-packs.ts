// Rule packs: files of custom rules that projects share, beside the project or in an installed package. They are read as
// text; nothing in a package is executed, and of its files only `package.json` and those of rules are looked at.
import type { ParsedText } from '../language/parse.ts';
import { parseSyntax } from '../language/parse-syntax.ts';
import type { Problem } from '../language/problem.ts';
import { resolveUri } from '../language/project.ts';
import { read } from '../language/read.ts';
import { newReading } from '../language/reading.ts';
import { type Located, lineStartsOf } from '../language/source.ts';
import { packName, packShape } from './custom-rule-keys.ts';
import { type CustomRule, compileCustomRules } from './custom-rules.ts';

/** One file of shared rules, read. */
export interface RulePack extends ParsedText {
  /** As it calls itself; undefined while it has no name. */
  readonly name: string | undefined;
  readonly rules: readonly CustomRule[];
}

/** The packs that a configuration names. */
export interface LoadedPacks {
  readonly packs: readonly RulePack[];
  /** At the names in the configuration. */
  readonly problems: readonly Problem[];
  /** Uris of the files that were looked for, there or not. */
  readonly dependencies: readonly string[];
}

type ReadFile = (uri: string) => string | undefined;

/** Reads one pack. Ids that `taken` has are refused. Never throws. */
export function parsePack(uri: string, source: string, taken?: ReadonlySet<string>): RulePack {
  const { root, problems: ofSyntax } = parseSyntax(source);
  const reading = newReading();
  const fields = root ? read(root, packShape, reading) : undefined;
  const { rules, problems } = compileCustomRules(fields?.customRules ?? [], { uri, text: source }, taken);
  return {
    uri,
    text: source,
    lineStarts: lineStartsOf(source),
    root,
    name: fields?.pack?.value,
    rules,
    problems: [...ofSyntax, ...reading.problems, ...problems],
  };
}

/** Reads the packs that the configuration `uri` names; ids that `taken` has are refused in them. Never throws. */
export function loadPacks(
  uri: string,
  named: readonly Located<string>[],
  readFile: ReadFile,
  taken: ReadonlySet<string>,
): LoadedPacks {
  const ids = new Set(taken);
  const packs = new Map<string, RulePack>();
  const problems: Problem[] = [];
  const dependencies: string[] = [];
  for (const { value, range } of named) {
    const found = /^\.\.?\//.test(value) ? inProject(uri, value) : inPackage(uri, value, readFile, dependencies);
    const say = (message: string) => problems.push({ code: 'language/import', severity: 'error', message, range });
    if ('reason' in found) {
      say(found.reason);
      continue;
    }
    for (const each of found.uris) {
      dependencies.push(each);
      if (packs.has(each)) continue;
      const text = readFile(each);
      if (text === undefined) {
        say(
          `'${value}' cannot be read${found.uris.length > 1 || !value.startsWith('.') ? `: there is no '${lastPart(each)}' in it` : ''}.`,
        );
        continue;
      }
      const pack = parsePack(each, text, ids);
      for (const { id } of pack.rules) ids.add(id);
      packs.set(each, pack);
    }
  }
  return { packs: [...packs.values()], problems, dependencies };
}

type Found = { readonly uris: readonly string[] } | { readonly reason: string };

function inProject(uri: string, path: string): Found {
  const resolved = resolveUri(uri, path);
  return resolved === undefined ? { reason: `'${path}' is no place beside this file.` } : { uris: [resolved] };
}

/** Looks for the package in `node_modules` of the folder and of those above it, as Node.js does. */
function inPackage(uri: string, name: string, readFile: ReadFile, dependencies: string[]): Found {
  for (const folder of foldersUpwards(uri)) {
    const manifest = resolveUri(folder, `./node_modules/${name}/package.json`);
    if (manifest === undefined) break;
    dependencies.push(manifest);
    const text = readFile(manifest);
    if (text !== undefined) return filesOf(name, manifest, text);
  }
  return {
    reason: `The package '${name}' is not installed. Install it, or write a relative path such as ./rules/acme.aiwf.rules.yaml.`,
  };
}

function filesOf(name: string, manifest: string, text: string): Found {
  const files = namedFiles(text);
  if (!files)
    return {
      reason: `The package.json of '${name}' is not as expected: 'aiwf.rules' names a file or a list of files.`,
    };
  const folder = manifest.slice(0, manifest.lastIndexOf('/') + 1);
  const uris = files.map((file) => resolveUri(manifest, file));
  const outside = files.find((_, index) => !uris[index]?.startsWith(folder));
  return outside === undefined
    ? { uris: uris.filter((each) => each !== undefined) }
    : { reason: `The package '${name}' names '${outside}', which lies outside of it.` };
}

/** `aiwf.rules` of a package; undefined where it is neither a name nor a list of names. */
function namedFiles(text: string): readonly string[] | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  const rules = valueAt(valueAt(data, 'aiwf'), 'rules') ?? packName;
  const files: readonly unknown[] = Array.isArray(rules) ? rules : [rules];
  return files.every((file) => typeof file === 'string' && file !== '') ? (files as readonly string[]) : undefined;
}

function valueAt(data: unknown, key: string): unknown {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, key)
    ? (data as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function foldersUpwards(uri: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = resolveUri(uri, './'); folder !== undefined; ) {
    folders.push(folder);
    const above = resolveUri(folder, '../');
    folder = above === folder ? undefined : above;
  }
  return folders;
}

function lastPart(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
