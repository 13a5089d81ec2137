// How findings name things: ids in quotes, lists with commas and a last "and".

export function quoted(id: string): string {
  return `'${id}'`;
}

export function joined(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
