// `aiwf diagram`: a workflow as mermaid text.
import { buildDiagram } from '../diagram/build-diagram.ts';
import { renderMermaid } from '../diagram/mermaid.ts';
import { parseFile } from '../language/parse.ts';
import { lint } from '../rules/lint.ts';
import { createHost, readText, uriOf } from './files.ts';
import { exitCodes, failed, type Outcome } from './outcome.ts';

/** Draws one file. */
export function diagram(path: string): Outcome {
  const read = readText(path);
  if ('reason' in read) return failed(`${path}: ${read.reason}`);
  const file = parseFile(uriOf(path), read.text);
  const { workflow, analyses } = lint(file, createHost(new Map()));
  if (workflow.library) return failed(`${path}: a library has no flow to draw`);
  if (workflow.steps.size === 0) return failed(`${path}: no steps to draw`);
  const notice = `${path}: the text has syntax errors, so the diagram may miss parts; see \`aiwf check\``;
  return {
    output: `${renderMermaid(buildDiagram(analyses)).trimEnd()}\n`,
    errors: file.broken ? [notice] : [],
    exitCode: exitCodes.ok,
  };
}
