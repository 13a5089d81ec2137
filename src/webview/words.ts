// The words of the page, which come with it in the language of the editor.
import type { DiagramWords } from '../protocol.ts';

/** Of the element that carries them. */
export function wordsOf(root: HTMLElement): DiagramWords {
  return JSON.parse(root.dataset.words ?? '{}') as DiagramWords;
}

/** A text with its `{0}`, `{1}` filled in. */
export function fill(text: string, ...values: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (match, index) => values[Number(index)] ?? match);
}
