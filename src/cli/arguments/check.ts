// The words of `aiwf check`.
import { isOwnRuleId } from '../../governance/custom-rules.ts';
import { type CheckFormat, checkFormats } from '../../report/render.ts';
import { presets } from '../../rules/presets.ts';
import { ruleById, rules } from '../../rules/registry.ts';
import { oneOf, unknownName, type Values, type Wrong, wrong, wrongValue } from './values.ts';

/** What `aiwf check` was asked. */
export interface CheckCommand {
  readonly name: 'check';
  readonly paths: readonly string[];
  readonly format: CheckFormat;
  /** File of the report; undefined: standard output. */
  readonly output: string | undefined;
  /** Nothing is said of waived and known findings. */
  readonly withoutAccepted: boolean;
  /** Presets in place of those of the configuration. */
  readonly profile: readonly string[];
  /** Ids of the rules to run alone. */
  readonly rules: readonly string[];
  /** A file or a git revision to compare with. */
  readonly base: string | undefined;
  readonly color: boolean;
  /** Safe fixes are made in the files first. */
  readonly fix: boolean;
  /** More warnings than this are a failure; undefined: no number is. */
  readonly maxWarnings: number | undefined;
  /** What is found now becomes the baseline. */
  readonly updateBaseline: boolean;
  /** Known findings that are gone stay in the baseline. */
  readonly keepBaseline: boolean;
  /** Results of earlier runs are used again. */
  readonly cache: boolean;
  /** Folder of these results; undefined: that of the user. */
  readonly cacheLocation: string | undefined;
  /** Undefined: as many as are of use. */
  readonly threads: number | undefined;
  /** Says on a terminal how far a long run is. */
  readonly progress: boolean;
  /** The file whose text comes from standard input; nothing else is checked then. */
  readonly stdinFilename: string | undefined;
}

export const checkOptions = {
  format: { type: 'string' },
  output: { type: 'string' },
  'without-accepted': { type: 'boolean' },
  profile: { type: 'string', multiple: true },
  rule: { type: 'string', multiple: true },
  base: { type: 'string' },
  color: { type: 'boolean' },
  fix: { type: 'boolean' },
  'max-warnings': { type: 'string' },
  'update-baseline': { type: 'boolean' },
  'no-update-baseline': { type: 'boolean' },
  cache: { type: 'boolean' },
  'cache-location': { type: 'string' },
  threads: { type: 'string' },
  'no-progress': { type: 'boolean' },
  'stdin-filename': { type: 'string' },
} as const;

export function readCheck(words: readonly string[], values: Values): CheckCommand | Wrong {
  const name = 'check';
  const format = oneOf(values.format, checkFormats);
  if (!format) return wrongValue(name, 'format', values.format, checkFormats);
  const { profile = [], rule: asked = [], base, color = false, fix = false, output } = values;
  if (output === '') return wrong('check: --output names a file');
  const profiles = [...presets.keys()];
  const unknown = profile.find((id) => !presets.has(id));
  if (unknown !== undefined) return unknownName(name, 'profile', unknown, profiles, `Known: ${profiles.join(', ')}`);
  // Rules that the project brings are known once it is read.
  const strange = asked.find((id) => !ruleById(id) && !isOwnRuleId(id));
  const ids = rules.map(({ id }) => id);
  if (strange !== undefined) return unknownName(name, 'rule', strange, ids, '`aiwf rules` lists them.');
  const most = values['max-warnings'];
  if (most !== undefined && !/^\d{1,9}$/.test(most))
    return wrong(`check: --max-warnings takes a number, not '${most}'`);
  const updateBaseline = values['update-baseline'] ?? false;
  const narrowed = base !== undefined || profile.length > 0 || asked.length > 0;
  if (updateBaseline && narrowed)
    return wrong('check: --update-baseline goes with neither --base nor --profile nor --rule');
  const keepBaseline = values['no-update-baseline'] ?? false;
  if (updateBaseline && keepBaseline) return wrong('check: --update-baseline or --no-update-baseline, not both');
  const { threads, 'cache-location': cacheLocation, 'stdin-filename': stdinFilename } = values;
  if (threads !== undefined && !/^[1-9]\d?$/.test(threads))
    return wrong(`check: --threads takes a number from 1 to 99, not '${threads}'`);
  if (cacheLocation === '') return wrong('check: --cache-location names a folder');
  if (stdinFilename !== undefined) {
    if (stdinFilename === '') return wrong('check: --stdin-filename names a file');
    if (words.length > 0) return wrong('check: --stdin-filename goes without paths: its file alone is checked');
    if (updateBaseline) return wrong('check: --stdin-filename goes without --update-baseline');
  }
  return {
    name,
    paths: words.length > 0 ? words : ['.'],
    format,
    output,
    withoutAccepted: values['without-accepted'] ?? false,
    profile,
    rules: asked,
    base,
    color,
    fix,
    maxWarnings: most === undefined ? undefined : Number(most),
    updateBaseline,
    keepBaseline,
    cache: values.cache === true || cacheLocation !== undefined,
    cacheLocation,
    threads: threads === undefined ? undefined : Number(threads),
    progress: values['no-progress'] !== true,
    stdinFilename,
  };
}
