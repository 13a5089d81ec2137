// Makes files of the view that is shown: pictures as SVG and PNG, tables as Markdown, both as a page to print.
import { escapeMarkup, tag } from '../picture/markup.ts';
import { standaloneSvg } from '../picture/standalone.ts';
import { tableMarkdown } from '../picture/table-markdown.ts';
import type { DrawnView, ViewData } from '../picture/views.ts';
import type { PictureWords } from '../picture/words.ts';
import type { ExportMessage } from '../protocol.ts';

/** What is shown. */
export interface Exported {
  readonly title: string;
  readonly drawn: DrawnView;
  /** Undefined for the flow. */
  readonly view: ViewData | undefined;
}

const themes = ['high-contrast-light', 'high-contrast', 'dark', 'light'] as const;

/** Text, or base64 of a PNG. Fails with a reason for the user where a picture is too large, or a table no picture. */
export async function exportView(
  { format, scale = 2, background = 'theme' }: ExportMessage,
  { title, drawn, view }: Exported,
  words: PictureWords,
): Promise<string> {
  if (format === 'markdown') {
    if (view?.view === 'responsibilities' || view?.view === 'data') return tableMarkdown(view, words);
    throw new Error(words.exports.noTable);
  }
  if (format === 'print') return printPage(title, drawn);
  if (drawn.as === 'html') throw new Error(words.exports.noPicture);
  const classes = document.body.classList;
  const shown = themes.find((one) => classes.contains(`vscode-${one}`)) ?? 'light';
  // What is made for a dark background cannot be read on a white one.
  const [theme, back] = background === 'white' ? (['light', '#ffffff'] as const) : ([shown, background] as const);
  const markup = background === 'transparent' ? withoutFill(drawn.markup) : drawn.markup;
  const svg = standaloneSvg(markup, drawn.size, theme, { background: back });
  return format === 'svg' ? svg : await pngOf(svg, drawn.size, scale, words);
}

/** Lanes that are seen through. */
function withoutFill(markup: string): string {
  return markup.replaceAll('class="aiwf-lane-body"', 'class="aiwf-lane-body aiwf-see-through"');
}

/** Base64. */
async function pngOf(
  svg: string,
  { width, height }: { readonly width: number; readonly height: number },
  scale: number,
  words: PictureWords,
): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const context = canvas.getContext('2d');
  // A canvas that is too large for the browser stays empty, without an error.
  const isPossible = canvas.width <= maxSide && canvas.height <= maxSide && canvas.width * canvas.height <= maxPixels;
  if (!context || !isPossible) throw new Error(words.exports.tooLarge);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^[^,]*,/, '');
}

const maxSide = 16_384;
const maxPixels = 120_000_000;

/** A page on its own, light whatever the theme is, that a browser prints. */
function printPage(title: string, drawn: DrawnView): string {
  const body =
    drawn.as === 'html'
      ? drawn.markup
      : standaloneSvg(drawn.markup, drawn.size, 'light', { background: 'transparent' }).replace(/^<\?xml[^>]*>\s*/, '');
  const style = [
    '@page { size: landscape; margin: 12mm; }',
    'body { margin: 0; font: 13px system-ui, sans-serif; color: #222; background: #fff; }',
    'svg { max-width: 100%; height: auto; }',
    'table { border-collapse: collapse; } th, td { border: 1px solid #999; padding: 3px 6px; vertical-align: top; text-align: left; }',
    'td svg, th svg, li svg { width: 16px; height: 16px; fill: none; stroke: #444; }',
    '.aiwf-hidden { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }',
  ].join('\n');
  const head = [tag('meta', { charset: 'utf-8' }), tag('title', {}, escapeMarkup(title)), tag('style', {}, style)];
  const heading = tag('h1', {}, escapeMarkup(title));
  return `<!DOCTYPE html>\n${tag('html', {}, tag('head', {}, ...head), tag('body', {}, heading, body))}\n`;
}
