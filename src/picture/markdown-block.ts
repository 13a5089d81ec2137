// A workflow as a block of a Markdown document: its title, the flow as mermaid text, and the way to the file. What a user
// wrote never becomes markup, as in tables.
import { plain } from './table-markdown.ts';

interface MarkdownBlock {
  readonly title: string;
  /** Mermaid text of the flow. */
  readonly mermaid: string;
  /** The file it was made from, by its path from the document: `/` between folders, nothing escaped. */
  readonly path: string;
}

/** Ends in a line break. */
export function markdownBlock({ title, mermaid, path }: MarkdownBlock): string {
  const name = plain(path.split('/').at(-1) ?? '');
  // A fence is longer than any that the text could close it with.
  const longest = Math.max(2, ...[...mermaid.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [
    `## ${plain(title) || name}`,
    '',
    `${fence}mermaid`,
    mermaid.trimEnd(),
    fence,
    '',
    `[${name}](${path.split('/').map(encoded).join('/')})`,
    '',
  ].join('\n');
}

/** As a part of an address; a bracket would end the link, and a lone half of a character has no address. */
function encoded(part: string): string {
  return encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[()'!*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
