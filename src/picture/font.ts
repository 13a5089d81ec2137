// How wide text gets where no page can measure it: widths of a common sans-serif, each the widest of the fonts that
// browsers fall back to, so that text never leaves its outline.
import type { Measures } from './geometry.ts';
import type { Measure } from './text.ts';

/** Measures for the sizes of text in the style sheet, by a table instead of a page. */
export const sansMeasures: Measures = {
  node: measureBy(13, 0),
  label: measureBy(11.5, 0),
  header: measureBy(13, 0.11),
};

/** Characters by the hundredths of the font size they take. */
const byWidth: Readonly<Record<number, string>> = {
  28: "'ijlı",
  30: 'IJ',
  32: ' ,.·',
  34: ':;',
  36: 'f-',
  37: '/\\',
  40: '!()[]t',
  42: 'r',
  47: '"',
  52: '§',
  56: '*_`°–',
  54: 's?z',
  55: '|',
  57: 'cLŁ',
  58: 'Fk',
  60: 'vxy•',
  61: 'P',
  62: 'aoTY',
  64: '0123456789$€bdeghnpquESß{}√',
  66: 'K',
  70: 'ABCRVXZ',
  74: 'U',
  76: 'HN',
  78: 'DG&',
  79: 'OQΩ',
  82: 'w',
  84: '^#+<=>~×÷≤≥≠±∞',
  85: '←→↑↓',
  90: 'M',
  95: '%',
  98: 'm',
  100: '@W—…',
  104: 'œŒÆæ',
  115: 'шщжфюыШЩЖФЮЫ',
};

const widths = new Map(
  Object.entries(byWidth).flatMap(([width, characters]) =>
    [...characters].map((character) => [character, Number(width) / 100] as const),
  ),
);

const unseen = /[\p{Mn}\p{Me}\p{Cf}\p{Variation_Selector}]/u;
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60\uffe0-\uffe6]/u;
const pictograph = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
const connected = /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Thai}\p{Script=Bengali}\p{Script=Tamil}]/u;

/** Every bold character is wider than the plain one by about the same share of the font size. */
function measureBy(size: number, bold: number): Measure {
  const known = new Map<string, number>();
  return (text) => {
    let sum = 0;
    for (const character of text) {
      let width = known.get(character);
      if (width === undefined) {
        width = widthOf(character);
        if (width > 0) width += bold;
        known.set(character, width);
      }
      sum += width;
    }
    return sum * size;
  };
}

function widthOf(character: string): number {
  const listed = widths.get(character);
  if (listed !== undefined) return listed;
  if (unseen.test(character)) return 0;
  if (wide.test(character)) return 1;
  if (pictograph.test(character)) return 1.4;
  if (connected.test(character)) return 0.95;
  // A letter with an accent is as wide as the letter.
  const [base = character] = character.normalize('NFD');
  if (base !== character) return widths.get(base) ?? (wide.test(base) ? 1 : 0.9);
  return /\p{Ll}/u.test(character) ? 0.8 : 1;
}
