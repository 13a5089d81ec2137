// The frame of a page that stands alone: it asks no network for anything and runs no script, and the policy in its head
// says so to the browser.
import { tag } from '../picture/markup.ts';
import { text } from './html-finding.ts';

interface HtmlPage {
  readonly title: string;
  /** The whole style sheet. */
  readonly style: string;
  /** Markup. */
  readonly body: readonly string[];
  /** SHA-256 of a text in UTF-8, as hexadecimal digits. */
  sha256(text: string): string;
}

/** The whole document; ends with a line break. */
export function htmlPage({ title, style, body, sha256 }: HtmlPage): string {
  const policy = `default-src 'none'; style-src 'sha256-${base64(sha256(style))}'; base-uri 'none'; form-action 'none'`;
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    tag('title', {}, text(title)),
    `<style>${style}</style>`,
  ];
  return `<!DOCTYPE html>\n<html lang="en">\n<head>\n${head.join('\n')}\n</head>\n<body>\n${body.join('\n')}\n</body>\n</html>\n`;
}

/** Bytes in hexadecimal digits as base64, the form that a policy wants. */
function base64(digits: string): string {
  const bytes = (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return btoa(String.fromCharCode(...bytes));
}
