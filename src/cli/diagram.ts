// `aiwf diagram`: a workflow as mermaid text, as a block of a Markdown document, or as a picture.
import { dirname, relative, resolve, sep } from 'node:path';
import type { Analyses } from '../analysis/analyses.ts';
import { buildDiagram } from '../diagram/build-diagram.ts';
import type { DiagramModel } from '../diagram/diagram.ts';
import { handoffsView } from '../diagram/handoffs-view.ts';
import { renderMermaid } from '../diagram/mermaid.ts';
import { timeView } from '../diagram/time-view.ts';
import { parseFile } from '../language/parse.ts';
import { isWorkflowName } from '../language/project.ts';
import { drawPicture } from '../picture/draw.ts';
import { drawView } from '../picture/draw-view.ts';
import { sansMeasures } from '../picture/font.ts';
import { layOut } from '../picture/layout.ts';
import { markdownBlock } from '../picture/markdown-block.ts';
import type { PictureTheme } from '../picture/palette.ts';
import { standaloneSvg } from '../picture/standalone.ts';
import type { DrawnView } from '../picture/views.ts';
import { pictureWords } from '../picture/words.ts';
import { lint } from '../rules/lint.ts';
import { createHost, createText, readText, uriOf } from './files.ts';
import { exitCodes, failed, type Outcome } from './outcome.ts';

/** What the command is asked for; `view`, `direction` and `theme` are of pictures. */
export interface DiagramOptions {
  readonly file: string;
  readonly format: 'mermaid' | 'svg' | 'markdown';
  readonly view: 'flow' | 'handoffs' | 'time';
  readonly direction: 'down' | 'right';
  readonly theme: PictureTheme;
  /** The file to write; standard output where it is left out. */
  readonly output: string | undefined;
}

/** Draws one file. */
export function diagram(options: DiagramOptions): Outcome {
  const { file: path, output } = options;
  const read = readText(path);
  if ('reason' in read) return failed(`${path}: ${read.reason}`);
  if (output !== undefined && (isWorkflowName(output) || uriOf(output) === uriOf(path)))
    return failed(`${output}: a workflow is not overwritten with its picture`);
  const file = parseFile(uriOf(path), read.text);
  const { workflow, analyses } = lint(file, createHost(new Map()));
  if (workflow.library) return failed(`${path}: a library has no flow to draw`);
  if (workflow.steps.size === 0) return failed(`${path}: no steps to draw`);
  const text = render(analyses, options);
  if (text === undefined) return failed(`${path}: no ${options.view === 'time' ? 'times' : options.view} to draw`);
  if (output !== undefined && createText(output, text) !== undefined) return failed(`${output}: cannot be written`);
  const notice = `${path}: the text has syntax errors, so the diagram may miss parts; see \`aiwf check\``;
  return { output: output === undefined ? text : '', errors: file.broken ? [notice] : [], exitCode: exitCodes.ok };
}

/** Undefined where the workflow has nothing that the view shows. */
function render(analyses: Analyses, options: DiagramOptions): string | undefined {
  const model = buildDiagram(analyses);
  const { format, file, output, theme } = options;
  if (format === 'svg') {
    const drawn = draw(analyses, model, options);
    return drawn?.as === 'svg' ? standaloneSvg(drawn.markup, drawn.size, theme) : undefined;
  }
  const mermaid = `${renderMermaid(model).trimEnd()}\n`;
  if (format === 'mermaid') return mermaid;
  const folder = output === undefined ? '.' : dirname(output);
  const path = relative(resolve(folder), resolve(file)).split(sep).join('/');
  return markdownBlock({ title: model.title, mermaid, path });
}

function draw(analyses: Analyses, model: DiagramModel, { view, direction }: DiagramOptions): DrawnView | undefined {
  const words = pictureWords((text) => text);
  switch (view) {
    case 'flow': {
      const size = layOut(model, sansMeasures, direction);
      return { as: 'svg', markup: drawPicture(model, size, words), size };
    }
    case 'handoffs':
      return drawView(handoffsView(analyses, model), sansMeasures, words);
    case 'time': {
      const time = timeView(analyses, model);
      const isEmpty = [time.bars, time.limits, time.unknown].every(({ length }) => length === 0);
      return isEmpty ? undefined : drawView(time, sansMeasures, words);
    }
  }
}
