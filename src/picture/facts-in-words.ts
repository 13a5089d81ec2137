// Facts of a view as words: the author's texts and spans of time, put into the reader's language.
import type { Fact, SpanPart } from './views.ts';
import { fill, type PictureWords } from './words.ts';

/** `{0}` of the term's words is filled with the text or the time of the fact. */
export function factInWords<Term extends string>(
  { term, text, span }: Fact<Term>,
  terms: Readonly<Record<Term, string>>,
  words: Pick<PictureWords, 'spans'>,
): string {
  return fill(terms[term], span ? spanInWords(span, words) : (text ?? ''));
}

/** `1 day 12 hours`. */
export function spanInWords(span: readonly SpanPart[], { spans }: Pick<PictureWords, 'spans'>): string {
  return span.map(({ amount, unit }) => fill(spans[unit][amount === 1 ? 0 : 1], String(amount))).join(' ');
}
