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

function breakWord(word: string, width: number, measure: Measure): string[] {
  if (measure(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== '' && measure(piece + segment) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
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
