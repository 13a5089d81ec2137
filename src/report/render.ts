// The forms of a report: all of them are made from the same files and findings.
import type { CheckedFile, UnreadFile } from './checked-file.ts';
import { renderGithub } from './github.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderSarif } from './sarif.ts';
import { renderText } from './text.ts';

/** Forms of what `aiwf check` found; the first one is the default. */
export const checkFormats = ['text', 'json', 'sarif', 'junit', 'github', 'markdown', 'html'] as const;
export type CheckFormat = (typeof checkFormats)[number];

interface RenderOptions {
  /** Of this tool. */
  readonly version: string;
  /** Of the text form. */
  readonly color: boolean;
  /** SHA-256 of a text in UTF-8, as hexadecimal digits. */
  sha256(text: string): string;
  /** The page `docs/rules/<id>.md`. */
  rulePage?(id: string): string | undefined;
  /** What was asked for and could not be read. */
  readonly unread?: readonly UnreadFile[];
}

/** The report of these files in one of the forms; ends with a line break. */
export function renderReport(format: CheckFormat, files: readonly CheckedFile[], options: RenderOptions): string {
  switch (format) {
    case 'text':
      return renderText(files, options);
    case 'json':
      return renderJson(files);
    case 'github':
      return renderGithub(files);
    case 'sarif':
      return renderSarif(files, options);
    case 'junit':
      return renderJunit(files, options);
    case 'markdown':
      return renderMarkdown(files, options);
    case 'html':
      return renderHtml(files, options);
  }
}
