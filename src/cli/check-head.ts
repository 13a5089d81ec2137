// The id of a workflow from the first lines of its text. A project has to know the ids of all its files before it judges
// the first of them, and reading each one twice would cost as much as judging it.
import { parseFile } from '../language/parse.ts';

/** The id under `workflow`, the same as after reading the whole text; undefined where there is none. */
export function workflowIdOf(uri: string, text: string): string | undefined {
  const id = head.exec(text)?.[1];
  return id !== undefined && !otherwise.test(id) ? id : parseFile(uri, text).fields?.workflow?.value;
}

/**
 * The usual beginning: comments, `aiwf: 1`, `workflow: ID`, and another key at the margin, so that the id is no longer than
 * its line. The first of several keys of one name counts, so what follows cannot change it.
 */
const head =
  /^(?:[ ]*(?:#[^\n]*)?\r?\n)*aiwf: 1[ ]*(?: #[^\n]*)?\r?\n(?:[ ]*(?:#[^\n]*)?\r?\n)*workflow: ([A-Za-z][A-Za-z0-9_-]*)[ ]*(?: #[^\n]*)?\r?\n(?:[ ]*(?:#[^\n]*)?\r?\n)*[a-z][a-z-]*:(?=[ \r\n])/;

/** Words that YAML takes for something other than text. */
const otherwise = /^(?:null|true|false)$/i;
