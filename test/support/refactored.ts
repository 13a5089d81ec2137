// Code actions at the cursor of a marked text, or at the selection between its two cursors, and what they make of the
// files: the only place where tests of code actions touch the service.
import assert from 'node:assert/strict';
import type { CodeAction, TextDocumentEdit, TextEdit } from 'vscode-languageserver-types';
import { lineStartsOf } from '../../src/language/source.ts';
import { toRange } from '../../src/service/positions.ts';
import { edited, type Opened, openMarked } from './service.ts';

const able = { versioned: true, creates: true, showsDisabled: true };

export function actionsIn(opened: Opened, only: string, options: object = {}): readonly CodeAction[] {
  const { service, uri, file } = opened;
  const [start = 0, end = start] = file.cursors;
  const range = toRange({ text: file.text, lineStarts: lineStartsOf(file.text) }, { start, end });
  return service.codeActions(uri, range, [], { ...able, only: [only], ...options });
}

/** Titles of the actions of a kind, those that cannot be taken with their reason. */
export function titlesIn(marked: string, only = 'refactor', options: object = {}): readonly string[] {
  return actionsIn(openMarked(marked), only, options).map(({ title, disabled }) =>
    disabled ? `${title}: ${disabled.reason}` : title,
  );
}

/** All files by name after the one action whose title begins so. */
export function refactoredIn(marked: string, title: string, only = 'refactor'): ReadonlyMap<string, string> {
  const opened = openMarked(marked);
  const all = actionsIn(opened, only);
  const [action, ...more] = all.filter((each) => each.title.startsWith(title));
  const offered = all.map((each) => `${each.title} ${each.disabled?.reason ?? ''}`).join('\n');
  assert.ok(action && more.length === 0, `${title} is not one of:\n${offered}`);
  assert.equal(action.disabled?.reason, undefined);
  return filesAfter(new Map([[opened.uri, opened.file.text], ...opened.disk]), action);
}

/** Texts by uri after an action, as an editor makes it: file by file in its order. */
export function textsAfter(texts: ReadonlyMap<string, string>, { edit }: CodeAction): Map<string, string> {
  const after = new Map(texts);
  for (const change of edit?.documentChanges ?? []) {
    if ('kind' in change) {
      assert.ok(change.kind === 'create' && !after.has(change.uri), 'only files that are not there are made');
      after.set(change.uri, '');
    } else {
      const { textDocument, edits } = change as TextDocumentEdit;
      const text = after.get(textDocument.uri);
      assert.ok(text !== undefined, textDocument.uri);
      after.set(textDocument.uri, edited(text, edits as TextEdit[]));
    }
  }
  return after;
}

function filesAfter(texts: ReadonlyMap<string, string>, action: CodeAction): ReadonlyMap<string, string> {
  return new Map([...textsAfter(texts, action)].map(([uri, text]) => [uri.replace('file:///work/', ''), text]));
}
