// The files of a run of `aiwf check` before they are judged: which workflow each one declares, and whether the result of
// an earlier run still holds for it.
import type { CachedResult, CheckCache } from './check-cache.ts';
import { workflowIdOf } from './check-head.ts';
import type { Setup } from './check-judge.ts';
import { type GivenText, type ReadFile, readFileAt, signatureOf } from './check-reader.ts';
import type { Fault } from './files.ts';
import { type ConfigurationTexts, type Place, type ReadConfiguration, workflowsById } from './opened-project.ts';

/** A file that can be read. */
export interface CheckInput extends Place {
  /** Of all that is known before it is read. */
  readonly key: string;
  /** Id of the workflow, and the text that says so. */
  readonly id: string | undefined;
  readonly signature: string;
  /** What an earlier run found, and the text it was found in, if that still stands there. */
  readonly earlier: { readonly result: CachedResult; readonly text: string } | undefined;
}

/** The files, read once, without keeping what nobody needs. */
export function readInputs(
  places: readonly Place[],
  keyOf: (place: Place) => string,
  cache: CheckCache | undefined,
  given: GivenText | undefined,
): { readonly inputs: readonly CheckInput[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const inputs: CheckInput[] = [];
  for (const place of places) {
    const read = readFileAt(place.uri, given);
    if ('reason' in read) {
      faults.push({ path: place.path, reason: read.reason });
      continue;
    }
    const { text, signature } = read;
    const key = keyOf(place);
    const known = cache?.find(place.uri);
    const isSame = known?.signature === signature;
    const id = isSame ? (known.id ?? undefined) : workflowIdOf(place.uri, text);
    const earlier = isSame && known.key === key ? { result: known, text } : undefined;
    inputs.push({ ...place, key, id, signature, earlier });
  }
  return { inputs, faults };
}

/** Uris of the files by the id of the workflow they declare. */
export function workflowsOf(inputs: readonly CheckInput[]): ReadonlyMap<string, string> {
  return workflowsById(inputs.map(({ id, uri }) => [id, uri]));
}

/** Tells whether everything that an earlier result was made from is still the same. Each file is read once. */
export function createComparison(
  inputs: readonly CheckInput[],
  workflows: ReadonlyMap<string, string>,
): (result: CachedResult) => boolean {
  const signatures = new Map<string, string | null>(inputs.map(({ uri, signature }) => [uri, signature]));
  const signatureAt = (uri: string): string | null => {
    const known = signatures.get(uri);
    if (known !== undefined) return known;
    const read: ReadFile | { readonly reason: string } = readFileAt(uri);
    const signature = 'text' in read ? read.signature : null;
    signatures.set(uri, signature);
    return signature;
  };
  return ({ reads }) =>
    reads.workflows.every(([id, uri]) => (workflows.get(id) ?? null) === uri) &&
    reads.files.every(([uri, signature]) => signatureAt(uri) === signature);
}

/** A signature of what is known of a file before it is read; `base`: of what it is compared with. */
export function keysFor(setup: Pick<Setup, 'today'>, base: string): (place: Place) => string {
  const known = new Map<ReadConfiguration, string>();
  return ({ uri, nearest }) => {
    if (!nearest) return signatureOf(base, String(setup.today));
    const { configuration, texts } = nearest;
    const ofAll = known.get(nearest) ?? signatureOfTexts(texts, configuration.baselineUri);
    known.set(nearest, ofAll);
    const today = configuration.settings.today ?? setup.today;
    return signatureOf(base, String(today), ofAll, JSON.stringify(configuration.baselineOf(uri)));
  };
}

/** Of the baseline only the entries of the file itself count. */
function signatureOfTexts({ uri, text, others }: ConfigurationTexts, baseline: string | undefined): string {
  const rest = [...others].filter(([other]) => other !== baseline);
  return signatureOf(uri, text, ...rest.flatMap(([other, found]) => [other, found === undefined ? '' : `=${found}`]));
}
