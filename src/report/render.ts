// The forms of a report: all of them are made from the same files and findings.
import type { CheckedFile } from './checked-file.ts';
import { renderGithub } from './github.ts';
import { renderJson } from './json.ts';
import { renderText } from './text.ts';

/** Forms of what `aiwf check` found; the first one is the default. */
export const checkFormats = ['text', 'json', 'github'] as const;
export type CheckFormat = (typeof checkFormats)[number];

interface RenderOptions {
  /** Of this tool. */
  readonly version: string;
  /** Of the text form. */
  readonly color: boolean;
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
  }
}
