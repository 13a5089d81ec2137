// The configuration of a project, `aiwf.config.yaml`: what is asked of every workflow below its folder.
import type { Problem, ProblemCode } from '../language/problem.ts';
import { read } from '../language/read.ts';
import { newReading } from '../language/reading.ts';
import { type Fields, key, list, mapOf, name, oneOrMore, record, word } from '../language/shape.ts';
import { lineStartsOf, type Range } from '../language/source.ts';
import { didYouMean, suggest } from '../language/suggest.ts';
import { parseSyntax } from '../language/syntax.ts';
import { date, file, text } from '../language/vocabulary.ts';
import { parameters as parameterTable } from '../rules/parameters.ts';
import { presets } from '../rules/presets.ts';
import { rules } from '../rules/registry.ts';
import { type DutyPair, type ProjectSettings, readParameters } from '../rules/settings.ts';

/** Name of the file; the nearest one upwards counts. */
export const configurationName = 'aiwf.config.yaml';

const anything = { kind: 'any' } as const;

/** Keys of the file. */
export const configurationKeys = {
  profile: key(oneOrMore(name('profile')), 'Presets of rules that every file is checked with.', {
    default: '[recommended]',
    example: '[recommended, owasp-agentic]',
  }),
  rules: key(
    mapOf('rule', word({ off: 'Not checked.', info: 'A remark.', warning: 'A warning.', error: 'An error.' })),
    'Severity of single rules, whatever the presets say.',
  ),
  parameters: key(mapOf('parameter', anything), 'Parameters of rules; they win over those of a preset.'),
  sod: key(list(list(name('duty'))), 'Pairs of duties that must not meet in one principal.', {
    example: '[[initiate, approve]]',
  }),
  today: key(date, 'Day that dates are judged by, for results that can be repeated.', { default: 'the current day' }),
  include: key(oneOrMore(text), 'Files to check, as globs relative to this file.', { default: 'every workflow' }),
  exclude: key(oneOrMore(text), 'Files to leave out, as globs relative to this file.'),
  waivers: key(anything, 'Accepted findings of the project.'),
  baseline: key(file, 'File of known findings.'),
  'custom-rules': key(anything, "The organization's own rules."),
} as const;

const configurationShape = record('configuration', configurationKeys);

/** One configuration file, read. */
export interface Configuration {
  readonly uri: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
  /** What it asks for; what is wrong in it is left out. */
  readonly settings: ProjectSettings;
  /** Globs relative to its folder; none: everything. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly problems: readonly Problem[];
}

/** Reads a configuration. Never throws. */
export function parseConfiguration(uri: string, source: string): Configuration {
  const { root, problems: ofSyntax } = parseSyntax(source);
  const reading = newReading();
  const fields = root ? read(root, configurationShape, reading) : undefined;
  const problems = [...ofSyntax, ...reading.problems, ...(fields ? misnamed(fields) : [])];
  return {
    uri,
    text: source,
    lineStarts: lineStartsOf(source),
    settings: fields ? settingsFrom(fields) : {},
    include: (fields?.include ?? []).map(({ value }) => value),
    exclude: (fields?.exclude ?? []).map(({ value }) => value),
    problems,
  };
}

type ConfigurationFields = Fields<typeof configurationKeys>;

function settingsFrom({ profile, rules: own, parameters, sod, today }: ConfigurationFields): ProjectSettings {
  const entries = [...(parameters?.values() ?? [])];
  return {
    profile: (profile ?? []).map(({ value }) => value),
    severities: new Map(
      [...(own?.values() ?? [])].flatMap(({ key: rule, value }) => (value ? [[rule.value, value.value]] : [])),
    ),
    parameters: readParameters(
      entries.flatMap(({ key: parameter, value }) => (value ? [{ name: parameter.value, node: value }] : [])),
    ),
    sod: (sod ?? []).flatMap(([first, second, ...more]): readonly DutyPair[] =>
      first && second && more.length === 0 ? [[first.value, second.value]] : [],
    ),
    ...(today ? { today: today.value } : {}),
  };
}

/** Names that nothing bears, values that are none, and keys that have no effect. */
function misnamed({ profile, rules: own, parameters, sod, $: origin }: ConfigurationFields): readonly Problem[] {
  const problems: Problem[] = [];
  const say = (range: Range, message: string, severity: Problem['severity'] = 'error') => {
    const code: ProblemCode = 'language/invalid-value';
    problems.push({ code, severity, message, range });
  };
  for (const { value, range } of profile ?? []) {
    if (!presets.has(value)) say(range, `There is no profile '${value}'.${didYouMean(suggest(value, presets.keys()))}`);
  }
  const ids = rules.map(({ id }) => id);
  for (const { key: rule } of own?.values() ?? []) {
    if (!ids.includes(rule.value as (typeof ids)[number]))
      say(rule.range, `There is no rule '${rule.value}'.${didYouMean(suggest(rule.value, ids))}`);
  }
  for (const { key: parameter, value } of parameters?.values() ?? []) {
    const known = parameterTable.get(parameter.value);
    const names = parameterTable.keys();
    if (!known)
      say(parameter.range, `There is no parameter '${parameter.value}'.${didYouMean(suggest(parameter.value, names))}`);
    else if (value && known.read(value) === undefined)
      say(value.range, `'${parameter.value}' is not understood. Write ${known.expected}.`);
  }
  for (const pair of sod ?? []) {
    const [first, , third] = pair;
    if (first && (pair.length < 2 || third))
      say((third ?? first).range, 'Duties are incompatible in pairs: write [[initiate, approve]].');
  }
  for (const unused of ['waivers', 'baseline', 'custom-rules']) {
    const range = origin.keyRange(unused);
    if (range) say(range, `'${unused}' has no effect in this version.`, 'info');
  }
  return problems;
}

/** Uris at which the configuration of the file `uri` may stand, the nearest first; none for a file without a place. */
export function configurationUris(uri: string): readonly string[] {
  const uris: string[] = [];
  try {
    for (let folder = new URL('.', uri); ; folder = new URL('..', folder)) {
      uris.push(new URL(configurationName, folder).href);
      if (folder.pathname === '/' || folder.pathname === new URL('..', folder).pathname) return uris;
    }
  } catch {
    return uris;
  }
}
