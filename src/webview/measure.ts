// Measures text as the page shows it.
import type { Measures } from '../picture/geometry.ts';
import type { Measure } from '../picture/text.ts';

/** Of the texts of a picture inside `canvas`. */
export function measuresIn(canvas: HTMLElement): Measures {
  return {
    node: measureLike(canvas, '13px'),
    label: measureLike(canvas, '11.5px'),
    header: measureLike(canvas, '13px', '600'),
  };
}

/** A measure that works on canvas, with the font family of `element`. */
function measureLike(element: Element, size: string, weight = '400'): Measure {
  const style = getComputedStyle(element);
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text) => text.length * 7;
  context.font = `${weight} ${size} ${style.fontFamily}`;
  const known = new Map<string, number>();
  return (text) => {
    const width = known.get(text) ?? context.measureText(text).width;
    known.set(text, width);
    return width;
  };
}
