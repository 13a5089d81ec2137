// One thing that could be typed, before it becomes an item of the protocol.
import type { CompletionItemKind } from 'vscode-languageserver-types';
import type { Workflow } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import type { ProjectFiles } from './documents.ts';
import { placeholder, type Tree, type Typing } from './typing.ts';

/** What is typed in a file of any table. */
export type AnyTyping = Typing<Tree>;

/** Where something is typed, and the model of the text with it. */
export interface Cursor {
  readonly typing: Typing;
  readonly workflow: Workflow;
  /** Undefined where paths are not to be offered. */
  readonly files?: ProjectFiles | undefined;
}

export interface Suggestion {
  readonly label: string;
  /** What is inserted; `$1` and `${1:word}` are places to type at. */
  readonly insert: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string | undefined;
  /** Markdown. */
  readonly documentation?: string | undefined;
  /** 0 to 9, smaller first; 5 unless told. */
  readonly group?: number;
  /** Where it is not the whole key or value that is replaced. */
  readonly range?: Range;
  /** A value is to be chosen behind it. */
  readonly again?: boolean;
  /** Characters that take it and are typed behind it. */
  readonly commit?: readonly string[];
}

/** True for a name that holds what is just being typed, and so names nothing. */
export function isTyped(name: string): boolean {
  return name.includes(placeholder);
}

/** Text inside a snippet that means nothing to it. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, (character) => `\\${character}`);
}

/** `{{1:word}}` of our templates as the stop of a snippet. */
export function stops(template: string): string {
  return template.replace(/\{\{(\d[^}]*)\}\}/g, (_, stop: string) => `\${${stop}}`);
}
