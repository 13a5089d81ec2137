// Where something is used, for hover: how often, in which steps and declarations first, and in which other files.
import { placeAt } from '../language/places.ts';
import { baseName } from '../language/project.ts';
import type { Checked, DocumentCache } from './documents.ts';
import { fileKey } from './file-key.ts';
import { code } from './markdown.ts';
import type { Meaning } from './meaning.ts';
import { entityOf } from './occurrences.ts';
import { mentioning } from './references.ts';

const maxPlaces = 5;
const maxFiles = 3;

/** `Mentioned 4 times: in draft, check, actor:bot; in other.aiwf.yaml.` Undefined for what stands for nothing. */
export function mentionsInWords(
  meaning: Meaning,
  { uri, workflow }: Checked,
  documents: DocumentCache,
): string | undefined {
  const entity = entityOf(meaning);
  if (!entity) return undefined;
  let count = 0;
  const places = new Set<string>();
  const files: string[] = [];
  for (const { file, occurrences } of mentioning(entity, uri, documents)) {
    const mentions = occurrences.filter(({ isDeclaration }) => !isDeclaration);
    count += mentions.length;
    if (fileKey(file.uri) === fileKey(uri)) for (const { range } of mentions) places.add(placeAt(workflow, range));
    else if (mentions.length > 0) files.push(baseName(file.uri));
  }
  if (count === 0) return 'Mentioned nowhere.';
  const where = [shown([...places], maxPlaces), shown(files, maxFiles)].filter(Boolean).map((list) => `in ${list}`);
  return `Mentioned ${count === 1 ? 'once' : `${count} times`}: ${where.join('; ')}.`;
}

function shown(names: readonly string[], most: number): string {
  const more = names.length - most;
  return `${names.slice(0, most).map(code).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
