// Completion of paths: libraries to use, workflows to call by path or id, and other files folder by folder where the host
// can look into folders.
import { CompletionItemKind } from 'vscode-languageserver-types';
import { isPath, resolveUri } from '../language/project.ts';
import { file, text } from '../language/vocabulary.ts';
import type { ProjectFiles } from './documents.ts';
import { fileKey } from './file-key.ts';
import { plain } from './markdown.ts';
import { relativePath } from './rename-files.ts';
import { formOf, recordAround } from './slot.ts';
import { type AnyTyping, type Cursor, isTyped, type Suggestion } from './suggestion.ts';

/** More files than these are not looked into. */
const maxFiles = 200;

/** What files a key usually names; others are not offered. */
const extensions: Readonly<Record<string, RegExp>> = {
  schema: /\.json$/,
  card: /\.(json|ya?ml)$/,
  rule: /\.dmn$/,
  instructions: /\.(md|txt|prompt)$/,
};

/** Undefined where no path is expected. A text may be a path only where it begins like one. */
export function suggestFiles(cursor: Cursor): readonly Suggestion[] | undefined {
  const { typing, files } = cursor;
  const { expected } = typing.slot;
  const list = typing.alone && expected?.kind === 'list' ? expected.of : expected;
  const shape = list && formOf(list, 'scalar');
  const around = recordAround(typing.slot);
  if (!files || !around || shape?.kind !== 'scalar') return undefined;
  const key = typing.alone ? keyOfList(cursor) : around.key;
  if (key === 'use' && shape === file) return libraries(cursor, files);
  if (key === 'call' && around.name === 'step') return workflows(cursor, files);
  const isText = shape === text || key === 'rule';
  if (shape !== file && !(isText && /^\.{1,2}\//.test(typing.before))) return undefined;
  return suggestEntries(typing, cursor.workflow.file.uri, files, extensions[key] ?? /./);
}

/** The key whose list is typed on lines below it. */
function keyOfList({ typing }: Cursor): string {
  return (
    typing.slot.trail.findLast(({ entry, node }) => entry && node !== typing.slot.trail.at(-1)?.node)?.entry?.key
      .text ?? ''
  );
}

interface Known {
  readonly uri: string;
  readonly path: string;
  readonly workflow: string | undefined;
  readonly library: string | undefined;
  readonly title: string | undefined;
}

/** The files of the language around, by their first lines: they are not parsed for this. */
function known({ workflow }: Cursor, files: ProjectFiles): readonly Known[] {
  const from = workflow.file.uri;
  const others = files.workflowUris().filter((uri) => fileKey(uri) !== fileKey(from));
  return others.slice(0, maxFiles).flatMap((uri) => {
    const path = relativePath(from, uri);
    const content = path === undefined ? undefined : files.text(uri);
    if (path === undefined || content === undefined) return [];
    const head = (key: string) => new RegExp(`^${key}:[ \\t]*["']?([^"'\\r\\n#]+)`, 'm').exec(content)?.[1]?.trim();
    return [{ uri, path, workflow: head('workflow'), library: head('library'), title: head('title') }];
  });
}

function libraries(cursor: Cursor, files: ProjectFiles): readonly Suggestion[] {
  const dash = cursor.typing.alone ? '- ' : '';
  return known(cursor, files).flatMap(({ path, library, title }) =>
    library === undefined ? [] : [fileSuggestion(path, `library ${library}`, title, dash)],
  );
}

function workflows(cursor: Cursor, files: ProjectFiles): readonly Suggestion[] {
  const callable = known(cursor, files).filter(({ workflow }) => workflow !== undefined);
  const byPath = callable.map(({ path, workflow, title }) => fileSuggestion(path, `workflow ${workflow}`, title, ''));
  const byId = callable.flatMap(({ workflow, path, title }): Suggestion[] =>
    workflow === undefined || isPath(workflow) || isTyped(workflow)
      ? []
      : [
          {
            label: workflow,
            insert: workflow,
            kind: CompletionItemKind.Module,
            detail: path,
            documentation: title && plain(title),
            group: 4,
          },
        ],
  );
  return [...byPath, ...byId];
}

function fileSuggestion(path: string, detail: string, title: string | undefined, dash: string): Suggestion {
  return {
    label: path,
    insert: `${dash}${path}`,
    kind: CompletionItemKind.File,
    detail,
    documentation: title && plain(title),
    group: 3,
  };
}

/** Folders, and the `wanted` files, of the folder that is typed so far, relative to the file `from`. */
export function suggestEntries(
  typing: AnyTyping,
  from: string,
  files: Pick<ProjectFiles, 'entries'>,
  wanted: RegExp,
): readonly Suggestion[] {
  const folder = /^.*\//.exec(typing.before)?.[0] ?? './';
  const uri = resolveUri(from, folder);
  if (uri === undefined || !/^\.{1,2}\//.test(folder)) return [];
  return files.entries(uri).flatMap((name): Suggestion[] => {
    const isFolder = name.endsWith('/');
    if (!isFolder && !wanted.test(name)) return [];
    return [
      {
        label: `${folder}${name}`,
        insert: `${folder}${name}`,
        kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
        group: isFolder ? 4 : 3,
        again: isFolder,
      },
    ];
  });
}
