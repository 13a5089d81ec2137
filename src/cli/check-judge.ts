// Judges files one by one for `aiwf check`. Made from plain data, so that it is the same in this thread and in a worker.
import { assess } from '../governance/assess.ts';
import { type Configuration, parseConfiguration } from '../governance/configuration.ts';
import { type ParsedFile, parseFile } from '../language/parse.ts';
import { fixAll } from '../service/fix-all.ts';
import type { GivenText } from './check-reader.ts';
import { encodeRecord } from './check-record.ts';
import { openStore, type Reads } from './check-store.ts';
import type { ConfigurationTexts } from './opened-project.ts';
import { openRevision } from './revision.ts';

/** What all files of a run are judged by; plain data. */
export interface Setup {
  /** Presets in place of those of the configurations. */
  readonly profile: readonly string[];
  /** Ids of the rules to run alone; none: those that are asked for. */
  readonly rules: readonly string[];
  readonly ignoreBaseline: boolean;
  /** Day that dates are judged by, as a moment in milliseconds. */
  readonly today: number;
  /** A file or a git revision to compare with. */
  readonly base: string | undefined;
  /** All files that are checked. */
  readonly paths: readonly string[];
  readonly configurations: readonly ConfigurationTexts[];
  /** Uris of the files that declare a workflow, by its id. */
  readonly workflows: ReadonlyMap<string, string>;
  /** Stands in the place of the text of a file. */
  readonly given: GivenText | undefined;
}

/** One file to judge; plain data. */
export interface Job {
  readonly kind: 'check' | 'fix';
  /** As the user gave it. */
  readonly path: string;
  readonly uri: string;
  /** Which of the configurations counts for it. */
  readonly configuration: number | undefined;
}

/** What comes of a job; plain data. */
export type Answer =
  | {
      readonly kind: 'checked';
      readonly text: string;
      readonly signature: string;
      readonly record: string;
      readonly reads: Reads;
    }
  /** The text after all safe fixes, and how many there were. */
  | { readonly kind: 'fixed'; readonly text: string; readonly count: number }
  | { readonly kind: 'fault'; readonly reason: string };

/** Answers job after job. Never throws: what fails is a fault of one file. */
export function createJudge(setup: Setup): (job: Job) => Answer {
  const store = openStore(setup.workflows, setup.given);
  const configurations = setup.configurations.map(({ uri, text, others }) =>
    parseConfiguration(uri, text, (other) => others.get(other)),
  );
  const opened = setup.base === undefined ? undefined : openRevision(setup.base, setup.paths, store.host);
  const revision = opened && !('reason' in opened) ? opened : undefined;

  const assessed = (file: ParsedFile, configuration: Configuration | undefined) => {
    const before = revision?.file(file.uri, file.fields?.workflow?.value);
    return assess(file, store.host, {
      configuration,
      today: setup.today,
      profile: setup.profile,
      ignoreBaseline: setup.ignoreBaseline,
      ...(setup.rules.length > 0 ? { only: setup.rules } : {}),
      ...(before ? { base: before, baseHost: revision?.host ?? store.host } : {}),
    });
  };
  const answer = ({ kind, uri, configuration: index }: Job): Answer => {
    const configuration = index === undefined ? undefined : configurations[index];
    const { result, reads } = store.record(() => {
      const opened = store.open(uri);
      if ('reason' in opened) return opened;
      const { file, read } = opened;
      if (kind === 'fix') return fixAll(file.text, (text) => assessed(parseFile(uri, text), configuration).findings);
      const assessment = assessed(file, configuration);
      const profile = setup.rules.length > 0 ? setup.rules : assessment.profile;
      return { text: file.text, signature: read.signature, record: encodeRecord(assessment, profile, read.sha256) };
    });
    if ('reason' in result) return { kind: 'fault', reason: result.reason };
    if ('count' in result) return { kind: 'fixed', text: result.text, count: result.count };
    return { kind: 'checked', ...result, reads };
  };
  return (job) => {
    try {
      return answer(job);
    } catch (error) {
      return {
        kind: 'fault',
        reason: `could not be checked (${error instanceof Error ? error.message : String(error)})`,
      };
    }
  };
}
