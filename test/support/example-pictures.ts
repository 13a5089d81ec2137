// Pictures of real and generated workflows, as the language service makes them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildDiagram } from '../../src/diagram/build-diagram.ts';
import { parseFile } from '../../src/language/parse.ts';
import type { Picture } from '../../src/picture/picture.ts';
import { lint } from '../../src/rules/lint.ts';
import { type WorkflowShape, workflowText } from './random-workflow.ts';

const read = (uri: string): string | undefined => {
  const path = new URL(uri);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

/** The picture of a workflow's text. */
export function pictureOf(text: string, uri = 'file:///made/main.aiwf.yaml'): Picture {
  const known = new Map<string, ReturnType<typeof parseFile>>();
  const file = (other: string): ReturnType<typeof parseFile> | undefined => {
    const found = known.get(other) ?? (read(other) === undefined ? undefined : parseFile(other, read(other) ?? ''));
    if (found) known.set(other, found);
    return found;
  };
  return buildDiagram(lint(parseFile(uri, text), { file, text: read }).analyses);
}

/** Every workflow of `examples/`, by its file's name. */
export function examplePictures(): readonly (readonly [name: string, picture: Picture])[] {
  return readdirSync('examples')
    .filter((name) => name.endsWith('.aiwf.yaml'))
    .sort()
    .map((name) => {
      const path = join(process.cwd(), 'examples', name);
      return [name.replace('.aiwf.yaml', ''), pictureOf(readFileSync(path, 'utf8'), pathToFileURL(path).href)];
    });
}

export function generatedPicture(shape: WorkflowShape, size: number): Picture {
  return pictureOf(workflowText(shape, size));
}
