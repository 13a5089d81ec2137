// From a keystroke to its findings: what the language service takes for each of many small edits of one open workflow,
// all rules asked, beside yaml-language-server, which validates the same texts against our generated JSON Schema.
import { readFileSync } from 'node:fs';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { getLanguageService } from 'yaml-language-server/lib/umd/languageservice/yamlLanguageService.js';
import { createLanguageService } from '../../src/service/language-service.ts';
import { type WorkflowShape, workflowText } from '../support/random-workflow.ts';

export interface Typed {
  /** Milliseconds, in the order of the keystrokes. */
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

const uri = 'file:///bench/main.aiwf.yaml';
const configuration = 'profile: [strict]\ntoday: 2026-11-23\n';

/** Types words into titles, names, numbers and targets all over the text, one character after the other. */
export async function typeInto(
  shape: WorkflowShape,
  size: number,
  keystrokes: number,
  withPeer: boolean,
): Promise<Typed> {
  const service = createLanguageService({
    read: (other) => (other.endsWith('/aiwf.config.yaml') ? configuration : undefined),
  });
  const peer = withPeer ? schemaValidator() : undefined;
  let text = workflowText(shape, size);
  const [ours, theirs]: [number[], number[]] = [[], []];
  service.open(uri, 0, text);
  service.diagnostics(uri);
  const places = placesIn(text);
  let version = 0;
  for (let typed = 0; typed < keystrokes; typed++) {
    // Ten characters in a row at each place; then they are deleted again, as one edit.
    const at = places[Math.floor(typed / 11) % places.length] ?? 0;
    const inRow = typed % 11;
    text =
      inRow < 10
        ? `${text.slice(0, at + inRow)}${word[inRow]}${text.slice(at + inRow)}`
        : text.slice(0, at) + text.slice(at + 10);
    version++;
    const begin = performance.now();
    service.open(uri, version, text);
    service.diagnostics(uri);
    ours.push(performance.now() - begin);
    if (peer) theirs.push(await peer(text, version));
  }
  return { ours, theirs };
}

const word = 'reviewable';

/** Behind values of every kind, spread over the text: every key's value is as likely as it is frequent. */
function placesIn(text: string): readonly number[] {
  const ends = [...text.matchAll(/: [\w ]+(?=\n)/g)].map(({ index, 0: all }) => index + all.length);
  // A step that is coprime to most counts visits them in an order that jumps.
  return ends.map((_, i) => ends[(i * 7919) % ends.length] ?? 0);
}

function schemaValidator(): (text: string, version: number) => Promise<number> {
  const schema = JSON.parse(readFileSync('syntaxes/aiwf.schema.json', 'utf8'));
  const schemaUri = 'file:///bench/aiwf.schema.json';
  const service = getLanguageService({
    schemaRequestService: () => Promise.resolve(JSON.stringify(schema)),
    workspaceContext: { resolveRelativePath: (path: string) => path },
  } as unknown as Parameters<typeof getLanguageService>[0]);
  service.configure({ validate: true, schemas: [{ uri: schemaUri, fileMatch: ['*.aiwf.yaml'], schema }] });
  return async (text, version) => {
    const begin = performance.now();
    await service.doValidation(TextDocument.create(uri, 'yaml', version, text), false);
    return performance.now() - begin;
  };
}

/** The value that a share of the values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
