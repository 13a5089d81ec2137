// The baseline files of a run of `aiwf check`: written anew when that is asked for, and smaller where known findings are gone.
import { type BaselineEntry, baselineEntries, renderBaseline } from '../governance/baseline.ts';
import { type Configuration, configurationName } from '../governance/configuration.ts';
import { relativePath } from '../governance/included.ts';
import type { Checked } from './check-record.ts';
import { createText, type Fault, isThere, pathOf, readText, writeText } from './files.ts';
import { exitCodes, failed, type Outcome } from './outcome.ts';

/** One file of a run. */
export interface Judged {
  readonly path: string;
  readonly uri: string;
  readonly configuration: Configuration | undefined;
  readonly file: Checked;
}

/** Writes what was found to the baseline that the configuration of each file names; entries of other files stay. */
export function writeBaselines(checked: readonly Judged[], faults: readonly Fault[]): Outcome {
  const baselines = new Map<string, Map<string, readonly BaselineEntry[]>>();
  let count = 0;
  for (const { path, uri: fileUri, configuration, file } of checked) {
    const uri = configuration?.baselineUri;
    const key = uri === undefined ? undefined : relativePath(uri, fileUri);
    if (!configuration || uri === undefined || key === undefined)
      return failed(
        `check: no baseline is named for ${path}: write 'baseline: ./aiwf.baseline.json' in an ${configurationName} in its folder or above`,
      );
    const baseline = baselines.get(uri) ?? new Map(configuration.baseline);
    const entries = baselineEntries(file.findings);
    count += entries.reduce((sum, entry) => sum + entry.count, 0);
    baselines.set(uri, baseline.set(key, entries));
  }
  const unwritten = [...baselines].flatMap(([uri, files]) => {
    for (const key of files.keys())
      if (!isThere(new URL(key.split('/').map(encodeURIComponent).join('/'), uri).href)) files.delete(key);
    const path = pathOf(uri);
    const reason = createText(path, renderBaseline(files));
    return reason === undefined ? [] : [{ path, reason }];
  });
  const all = [...faults, ...unwritten];
  return {
    output:
      unwritten.length > 0
        ? ''
        : `${count} ${count === 1 ? 'finding' : 'findings'} of ${checked.length} ${checked.length === 1 ? 'file' : 'files'} taken as known\n`,
    errors: all.map(({ path, reason }) => `${path}: ${reason}`),
    exitCode: all.length > 0 ? exitCodes.failed : exitCodes.ok,
  };
}

/** A note for each file with known findings that are no longer there. */
export function goneNotes(checked: readonly Judged[]): readonly string[] {
  return checked.flatMap(({ path, file }) => {
    const gone = countOf(file.gone);
    if (gone === 0) return [];
    const [are, them] = gone === 1 ? ['is', 'it'] : ['are', 'them'];
    return [`${path}: ${gone} of the baseline ${are} no longer found; aiwf check --update-baseline takes ${them} out`];
  });
}

/** Takes known findings that are no longer there out of their baselines. Answers a note for each of these. */
export function shrinkBaselines(checked: readonly Judged[]): readonly string[] {
  const baselines = new Map<string, Map<string, readonly BaselineEntry[]>>();
  for (const { uri: fileUri, configuration, file } of checked) {
    const uri = configuration?.baselineUri;
    const key = uri === undefined ? undefined : relativePath(uri, fileUri);
    if (uri === undefined || key === undefined || file.gone.length === 0) continue;
    baselines.set(uri, (baselines.get(uri) ?? new Map()).set(key, file.gone));
  }
  return [...baselines].map(([uri, gone]) => {
    const path = pathOf(uri);
    const read = readText(path);
    const text = 'text' in read ? withoutEntries(read.text, gone) : undefined;
    const count = [...gone.values()].reduce((sum, entries) => sum + countOf(entries), 0);
    const found = `${count} ${count === 1 ? 'finding is' : 'findings are'} no longer there`;
    const reason = text === undefined ? 'cannot be read' : writeText(path, text);
    return reason === undefined
      ? `${path}: ${found} and ${count === 1 ? 'was' : 'were'} taken out`
      : `${path}: ${found}, and the file ${reason}`;
  });
}

function countOf(entries: readonly BaselineEntry[]): number {
  return entries.reduce((sum, { count }) => sum + count, 0);
}

/** The text of a baseline without so many of these entries, written as it was; undefined for a text that is none. */
export function withoutEntries(text: string, gone: ReadonlyMap<string, readonly BaselineEntry[]>): string | undefined {
  try {
    const data = JSON.parse(text) as { readonly files: Record<string, BaselineEntry[]> };
    for (const [key, entries] of gone) {
      const left = (data.files[key] ?? []).flatMap((entry) => {
        const found = entries.find(
          ({ rule, place, message }) => rule === entry.rule && place === entry.place && message === entry.message,
        );
        const count = entry.count - (found?.count ?? 0);
        return count > 0 ? [{ ...entry, count }] : [];
      });
      if (left.length > 0) data.files[key] = left;
      else delete data.files[key];
    }
    const indent = /^[{[]\r?\n([ \t]+)/.exec(text)?.[1];
    const end = /\s*$/.exec(text)?.[0] ?? '';
    const written = JSON.stringify(data, undefined, indent);
    return `${/\r\n/.test(text) ? written.replaceAll('\n', '\r\n') : written}${end}`;
  } catch {
    return undefined;
  }
}
