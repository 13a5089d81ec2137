// The words of `aiwf diagram`.
import { pictureThemes } from '../../picture/palette.ts';
import type { DiagramOptions } from '../diagram.ts';
import { oneOf, type Values, type Wrong, wrong, wrongValue } from './values.ts';

/** What `aiwf diagram` was asked. */
export type DiagramCommand = { readonly name: 'diagram' } & DiagramOptions;

export const diagramOptions = {
  format: { type: 'string' },
  view: { type: 'string' },
  direction: { type: 'string' },
  theme: { type: 'string' },
  output: { type: 'string' },
} as const;

const formats = ['mermaid', 'svg', 'markdown'] as const;
const views = ['flow', 'handoffs', 'time'] as const;
const directions = ['down', 'right'] as const;

export function readDiagram(file: string | undefined, values: Values): DiagramCommand | Wrong {
  const name = 'diagram';
  if (file === undefined) return wrong('diagram: name a file');
  const format = oneOf(values.format, formats);
  if (!format) return wrongValue(name, 'format', values.format, formats);
  const view = oneOf(values.view, views);
  if (!view) return wrongValue(name, 'view', values.view, views);
  const direction = oneOf(values.direction, directions);
  if (!direction) return wrongValue(name, 'direction', values.direction, directions);
  const theme = oneOf(values.theme, pictureThemes);
  if (!theme) return wrongValue(name, 'theme', values.theme, pictureThemes);
  const ofPictures = (['view', 'direction', 'theme'] as const).find((option) => values[option] !== undefined);
  if (format !== 'svg' && ofPictures) return wrong(`diagram: --${ofPictures} is for --format svg`);
  if (view !== 'flow' && values.direction !== undefined) return wrong('diagram: --direction is for --view flow');
  if (values.output === '') return wrong('diagram: --output names a file');
  return { name, file, format, view, direction, theme, output: values.output };
}
