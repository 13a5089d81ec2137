// The words of `aiwf check`.
import { type CheckFormat, checkFormats } from '../../report/render.ts';
import { presets } from '../../rules/presets.ts';
import { ruleById, rules } from '../../rules/registry.ts';
import { oneOf, unknownName, type Values, type Wrong, wrong, wrongValue } from './values.ts';

/** What `aiwf check` was asked. */
export interface CheckCommand {
  readonly name: 'check';
  readonly paths: readonly string[];
  readonly format: CheckFormat;
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
}

export const checkOptions = {
  format: { type: 'string' },
  profile: { type: 'string', multiple: true },
  rule: { type: 'string', multiple: true },
  base: { type: 'string' },
  color: { type: 'boolean' },
  fix: { type: 'boolean' },
  'max-warnings': { type: 'string' },
  'update-baseline': { type: 'boolean' },
} as const;

export function readCheck(words: readonly string[], values: Values): CheckCommand | Wrong {
  const name = 'check';
  const format = oneOf(values.format, checkFormats);
  if (!format) return wrongValue(name, 'format', values.format, checkFormats);
  const { profile = [], rule: asked = [], base, color = false, fix = false } = values;
  const profiles = [...presets.keys()];
  const unknown = profile.find((id) => !presets.has(id));
  if (unknown !== undefined) return unknownName(name, 'profile', unknown, profiles, `Known: ${profiles.join(', ')}`);
  const strange = asked.find((id) => !ruleById(id));
  const ids = rules.map(({ id }) => id);
  if (strange !== undefined) return unknownName(name, 'rule', strange, ids, '`aiwf rules` lists them.');
  const most = values['max-warnings'];
  if (most !== undefined && !/^\d{1,9}$/.test(most))
    return wrong(`check: --max-warnings takes a number, not '${most}'`);
  const updateBaseline = values['update-baseline'] ?? false;
  const narrowed = base !== undefined || profile.length > 0 || asked.length > 0;
  if (updateBaseline && narrowed)
    return wrong('check: --update-baseline goes with neither --base nor --profile nor --rule');
  return {
    name,
    paths: words.length > 0 ? words : ['.'],
    format,
    profile,
    rules: asked,
    base,
    color,
    fix,
    maxWarnings: most === undefined ? undefined : Number(most),
    updateBaseline,
  };
}
