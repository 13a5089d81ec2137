// How messages name things: with an article, in lists, at the beginning of a sentence.

/** With `a` or `an`, as the sound asks for. */
export function article(noun: string): string {
  return noun === 'data' ? 'a data' : `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** With a capital letter, as a sentence begins. */
export function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** `a, b and c`. */
export function joined(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** `'a', 'b' and 'c'`. */
export function quoted(names: readonly (string | undefined)[], last?: 'and' | 'or'): string {
  return joined(
    names.map((name) => `'${name}'`),
    last,
  );
}
