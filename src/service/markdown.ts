// Markdown for hovers and completion. What a user wrote never becomes markup: no links, no HTML, no commands.

const longestText = 300;

/** User text inside Markdown, on one line. */
export function plain(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  const cut = line.length > longestText ? `${line.slice(0, longestText)}…` : line;
  // `:` `@` and `www.` would make links of bare addresses.
  return cut
    .replace(/[\\`*_{}[\]()<>#|~&:@$!]/g, (character) => `\\${character}`)
    .replace(/\bwww\./gi, (word) => `${word.slice(0, 3)}\\.`);
}

/** User text or a word of the language as code. */
export function code(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/`/g, "'")
    .trim();
  return `\`${line.length > longestText ? `${line.slice(0, longestText)}…` : line || ' '}\``;
}

/** What `code` and `plain` made of a text, for places that show Markdown as it stands. */
export function unmarked(markdown: string): string {
  return markdown.replace(/`([^`]*)`|\\(.)/g, (_, word?: string, character?: string) => word ?? character ?? '');
}

/** Paragraphs; empty ones are left out. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

/** A list of facts, one a line; those without a value are left out. */
export function facts(entries: readonly (readonly [name: string, value: string | undefined])[]): string {
  return entries
    .flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`- ${name}: ${value}`]))
    .join('\n');
}
