// A task of `tasks.json` -> the words for the command line tool.

/** The type of our tasks, as the manifest names it. */
export const taskType = 'aiwf';

/** What a task says; the manifest describes it for `tasks.json`. */
export interface TaskDefinition {
  readonly type: typeof taskType;
  readonly task: 'check' | 'test-rules';
  /** Files and folders, relative to the folder of the workspace; the folder itself where none is named. */
  readonly paths?: readonly string[];
  /** Presets in place of those of the configuration. */
  readonly profile?: readonly string[];
  /** A git revision to compare with. */
  readonly base?: string;
  readonly maxWarnings?: number;
}

/** Undefined for what a person wrote that is no task of ours. */
export function wordsOfTask(definition: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const { task, paths = [], profile = [], base, maxWarnings } = definition;
  if (!isTexts(paths) || !isTexts(profile)) return undefined;
  // Behind the dashes stands no option, whatever a path looks like.
  const places = ['--', ...(paths.length > 0 ? paths : ['.'])];
  if (task === 'test-rules') return ['rules', 'test', ...places];
  if (task !== 'check') return undefined;
  if (base !== undefined && typeof base !== 'string') return undefined;
  if (maxWarnings !== undefined && typeof maxWarnings !== 'number') return undefined;
  return [
    'check',
    // A line that is written over would stand before the first finding, which is then not recognized.
    '--no-progress',
    ...profile.map((id) => `--profile=${id}`),
    ...(base === undefined ? [] : [`--base=${base}`]),
    ...(maxWarnings === undefined ? [] : [`--max-warnings=${maxWarnings}`]),
    ...places,
  ];
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
