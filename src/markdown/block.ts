// The text of one block in a Markdown document -> what is shown for it: its picture, or the text with what is wrong in it.
import { analyze } from '../analysis/analyses.ts';
import { buildDiagram } from '../diagram/build-diagram.ts';
import { checkConditions } from '../language/conditions.ts';
import { parseFile } from '../language/parse.ts';
import type { Problem } from '../language/problem.ts';
import { type ProjectHost, resolveWorkflow } from '../language/project.ts';
import { positionAt } from '../language/source.ts';
import { drawPicture } from '../picture/draw.ts';
import type { Measures } from '../picture/geometry.ts';
import { layOut } from '../picture/layout.ts';
import { escapeMarkup, tag } from '../picture/markup.ts';
import { fill, pictureWords } from '../picture/words.ts';

/** As many problems as fit below a block; the rest is counted. */
const shownProblems = 5;

/** A block stands alone: it has no files beside it. */
const noFiles: ProjectHost = { file: () => undefined, text: () => undefined };

// A script of the preview is told no language of the editor, so its words are those of the code.
const words = pictureWords((text) => text);

/** Markup for a shadow root, in which `slot` is where the text itself is seen. */
export function drawBlock(text: string, measures: () => Measures): string {
  const file = parseFile('untitled:block.aiwf.yaml', text);
  const { workflow, problems } = resolveWorkflow(file, noFiles);
  const conditions = checkConditions(workflow);
  const found = [...file.problems, ...problems, ...conditions.problems]
    // What a block imports may well be there, only not for the preview.
    .filter(({ severity, code }) => severity === 'error' && code !== 'language/import')
    .sort((a, b) => a.range.start - b.range.start);
  const list = found.length === 0 ? '' : drawProblems(found, file.lineStarts);
  if (file.broken || workflow.library || workflow.steps.size === 0) return `${tag('slot', {}, '')}${list}`;
  const model = buildDiagram(analyze(workflow, conditions));
  return drawPicture(model, layOut(model, measures()), words) + list;
}

function drawProblems(problems: readonly Problem[], lineStarts: readonly number[]): string {
  const items = problems.slice(0, shownProblems).map(({ range, message }) => {
    const line = positionAt(lineStarts, range.start).line + 1;
    return fill('Line {0}: {1}', String(line), message);
  });
  const rest = problems.length - items.length;
  if (rest > 0) items.push(fill('… and {0} more', String(rest)));
  return tag(
    'ul',
    { class: 'aiwf-problems', 'aria-label': 'Problems' },
    ...items.map((item) => tag('li', {}, escapeMarkup(item))),
  );
}
