// Breaks text into lines of a width. Measuring is handed in, so the same lines come out in a browser and in a test.

export type Measure = (text: string) => number;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Lines no wider than `width`, unless one character alone is; with `limit`, what does not fit ends in an ellipsis. */
export function wrapText(text: string, width: number, measure: Measure, limit = Number.POSITIVE_INFINITY): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u).filter((part) => part !== '')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (measure(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakWord(word, width, measure);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  if (line !== '') lines.push(line);
  return lines.length <= limit
    ? lines
    : [...lines.slice(0, limit - 1), shorten(lines[limit - 1] ?? '', width, measure)];
}

/** Parts of a word that is too wide: behind its hyphens, points and slashes, else behind any character. */
function breakWord(word: string, width: number, measure: Measure): string[] {
  const characters = (part: string) =>
    measure(part) <= width
      ? [part]
      : filled(
          [...graphemes.segment(part)].map(({ segment }) => segment),
          width,
          measure,
        );
  return filled(word.split(/(?<=[-./_:@])(?=[^-./_:@])/u).flatMap(characters), width, measure);
}

/** As many parts in each piece as fit. */
function filled(parts: readonly string[], width: number, measure: Measure): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const part of parts) {
    if (piece !== '' && measure(piece + part) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += part;
  }
  return [...pieces, piece];
}

/** Cut behind a word if there are several, else behind a character. */
function shorten(line: string, width: number, measure: Measure): string {
  const words = line.split(' ');
  while (words.length > 1 && measure(`${words.join(' ')} …`) > width) words.pop();
  const whole = words.join(' ');
  if (measure(`${whole} …`) <= width) return `${whole} …`;
  const characters = [...graphemes.segment(whole)].map(({ segment }) => segment);
  while (characters.length > 0 && measure(`${characters.join('')}…`) > width) characters.pop();
  return `${characters.join('')}…`;
}
