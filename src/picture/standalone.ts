// A drawn picture as an SVG file of its own, which looks as in the panel: every look is a plain attribute of its element,
// since not every viewer knows style sheets, variables or mixtures of colors. No script, no reference, nothing to focus.
import { escapeMarkup, short } from './markup.ts';
import { type PictureTheme, type Styled, styledInside, styledPage } from './palette.ts';
import type { PictureSize } from './views.ts';

export interface StandaloneOptions {
  /** `theme`, the default, `transparent`, or a color as SVG writes it. */
  readonly background?: string;
}

const fonts = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const fontSize = 13;

/** What of a look an attribute can say. */
const presentation = new Set([
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-opacity',
  'opacity',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
]);

/** Where an element is and how large. All else is for a page alone: names for scripts and screen readers, the focus. */
const geometry = new Set(
  ['x', 'y', 'x1', 'y1', 'x2', 'y2', 'dx', 'dy', 'width', 'height', 'rx', 'ry', 'cx', 'cy', 'r'].concat([
    'd',
    'points',
    'transform',
  ]),
);

/** `markup`: an `svg` element as the functions of this folder draw it. */
export function standaloneSvg(
  markup: string,
  size: Pick<PictureSize, 'width' | 'height'>,
  theme: PictureTheme,
  { background = 'theme' }: StandaloneOptions = {},
): string {
  const page = styledPage(theme);
  const [width, height] = [short(Math.ceil(size.width)), short(Math.ceil(size.height))];
  const back = background === 'theme' ? (page.variables.get('--back') ?? '#ffffff') : background;
  const root = /^<svg\b([^>]*)>/.exec(markup)?.[1] ?? '';
  const said = (name: string, attribute: string) => {
    const text = new RegExp(` ${attribute}="([^"]*)"`).exec(root)?.[1];
    return text ? `<${name}>${text}</${name}>` : '';
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` role="img" font-family="${escapeMarkup(fonts)}" font-size="${fontSize}">\n`,
    `${said('title', 'aria-label')}${said('desc', 'aria-roledescription')}\n`,
    back === 'transparent' ? '' : `<rect width="${width}" height="${height}" fill="${escapeMarkup(back)}"/>\n`,
    plainMarkup(markup, page),
    '\n</svg>\n',
  ].join('');
}

interface Open {
  readonly styled: Styled;
  readonly fontSize: number;
  readonly isCentral: boolean;
}

/** The children of the root, with looks in place of classes. */
function plainMarkup(markup: string, page: Styled): string {
  const stack: Open[] = [{ styled: page, fontSize, isCentral: false }];
  let output = '';
  for (const [, closing, name = '', given = '', isEmpty, text] of markup.matchAll(
    /<(\/?)([\w-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g,
  )) {
    const around = stack.at(-1);
    if (!around) break;
    if (text !== undefined) output += text;
    else if (closing) {
      stack.pop();
      if (stack.length > 1) output += `</${name}>`;
    } else {
      const attributes = [...given.matchAll(/([\w:-]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key, value] as const,
      );
      const classes = attributes.find(([key]) => key === 'class')?.[1] ?? '';
      // The wide line that makes an edge easy to hit shows nothing.
      if (isEmpty && classes === 'aiwf-hit') continue;
      const styled = styledInside(around.styled, name, classes);
      const { look } = styled;
      const baseline = look.get('dominant-baseline');
      const open: Open = {
        styled,
        fontSize: Number(look.get('font-size')) || around.fontSize,
        isCentral: baseline === undefined ? around.isCentral : baseline === 'central',
      };
      if (stack.length > 1) output += `<${name}${attributesOf(name, attributes, open)}${isEmpty ? '/' : ''}>`;
      if (!isEmpty) stack.push(open);
    }
  }
  return output;
}

function attributesOf(
  name: string,
  given: readonly (readonly [string, string])[],
  { styled: { look }, fontSize, isCentral }: Open,
): string {
  const isText = name === 'text' || name === 'tspan';
  const kept = given.flatMap(([key, value]) => {
    if (!geometry.has(key)) return [];
    // Where the middle of a line lies is not known to every viewer, its base is.
    return [[key, isText && isCentral && key === 'y' ? short(Number(value) + fontSize * 0.35) : value] as const];
  });
  const looks = [...look].flatMap(([key, value]) =>
    presentation.has(key) ? [[key, value === 'transparent' ? 'none' : escapeMarkup(value)] as const] : [],
  );
  return [...new Map([...kept, ...looks])].map(([key, value]) => ` ${key}="${value}"`).join('');
}
