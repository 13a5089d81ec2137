// The configuration of a project, `aiwf.config.yaml`: what is asked of every workflow below its folder.

import type { ParsedText } from '../language/parse.ts';
import { parseSyntax } from '../language/parse-syntax.ts';
import type { Problem, ProblemCode } from '../language/problem.ts';
import { resolveUri } from '../language/project.ts';
import { read } from '../language/read.ts';
import { replacement } from '../language/read-scalar.ts';
import { newReading } from '../language/reading.ts';
import type { Fields } from '../language/shape.ts';
import { type Located, lineStartsOf, type Range } from '../language/source.ts';
import { didYouMean, suggest } from '../language/suggest.ts';
import type { WaiverFields } from '../language/vocabulary.ts';
import { parameters as parameterTable } from '../rules/parameters.ts';
import { presets } from '../rules/presets.ts';
import { rules } from '../rules/registry.ts';
import { type DutyPair, type ProjectSettings, readParameters } from '../rules/settings.ts';
import { type Baseline, type BaselineEntry, parseBaseline } from './baseline.ts';
import { type configurationKeys, configurationShape } from './configuration-keys.ts';
import { type CustomRule, compileCustomRules, isOwnRuleId } from './custom-rules.ts';
import { isNamedBy, relativePath } from './included.ts';
import { loadPacks, type RulePack } from './rule-packs.ts';

/** Name of the file; the nearest one upwards counts. */
export const configurationName = 'aiwf.config.yaml';

/** A configuration, by the end of its path or uri. */
export function isConfigurationName(path: string): boolean {
  return path === configurationName || path.endsWith(`/${configurationName}`);
}

/** One configuration file, read. */
export interface Configuration extends ParsedText {
  /** What it asks for; what is wrong in it is left out. */
  readonly settings: ProjectSettings;
  /** Globs relative to its folder; none: everything. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** What it asks of some files only. */
  readonly overrides: readonly Override[];
  /** Findings that are accepted in some files. */
  readonly waivers: readonly ConfiguredWaiver[];
  readonly baseline: Baseline | undefined;
  /** Uri of the baseline it names, there or not. */
  readonly baselineUri: string | undefined;
  /** Known findings of the file `uri`. */
  baselineOf(uri: string): readonly BaselineEntry[];
  /** The rules it brings, those of its packs as well; none where the workspace is not trusted. */
  readonly customRules: readonly CustomRule[];
  readonly packs: readonly RulePack[];
  /** Uris of the other files it was made from, there or not. */
  readonly dependencies: readonly string[];
}

/** What is asked of the files that the globs name. */
export interface Override extends Pick<ProjectSettings, 'profile' | 'severities' | 'parameters'> {
  readonly files: readonly string[];
}

/** A waiver of a configuration, at its position in it. */
export interface ConfiguredWaiver {
  readonly position: number;
  readonly fields: WaiverFields;
  /** Globs relative to the folder of the configuration. */
  readonly files: readonly string[];
}

/** How other files are read; a file that is not there is undefined. */
type ReadFile = (uri: string) => string | undefined;

/** How far a configuration is followed. */
export interface ConfigurationOptions {
  /** The user trusts the workspace: rules that the configuration brings are run. Default: true. */
  readonly trusted?: boolean;
}

/** Reads a configuration with the baseline and the packs it names. Never throws. */
export function parseConfiguration(
  uri: string,
  source: string,
  readFile: ReadFile = () => undefined,
  { trusted = true }: ConfigurationOptions = {},
): Configuration {
  const { root, problems: ofSyntax } = parseSyntax(source);
  const reading = newReading();
  const fields = root ? read(root, configurationShape, reading) : undefined;
  const known = openBaseline(uri, fields?.baseline, readFile);
  const brought = trusted ? bringRules(uri, source, fields, readFile) : leaveOutRules(fields);
  return {
    uri,
    text: source,
    lineStarts: lineStartsOf(source),
    root,
    settings: fields ? settingsFrom(fields) : {},
    include: (fields?.include ?? []).map(({ value }) => value),
    exclude: (fields?.exclude ?? []).map(({ value }) => value),
    overrides: (fields?.overrides ?? []).map((override) => ({
      files: (override.files ?? []).map(({ value }) => value),
      ...asked(override),
    })),
    waivers: (fields?.waivers ?? []).map(({ in: files = [], ...waiver }, position) => ({
      position,
      fields: waiver,
      files: files.map(({ value }) => value),
    })),
    baseline: known.baseline,
    baselineUri: known.uri,
    baselineOf: (file) => {
      const path = known.uri === undefined ? undefined : relativePath(known.uri, file);
      return (path === undefined ? undefined : known.baseline?.get(path)) ?? [];
    },
    customRules: brought.rules,
    packs: brought.packs,
    dependencies: [...(known.uri === undefined ? [] : [known.uri]), ...brought.dependencies],
    problems: [
      ...ofSyntax,
      ...reading.problems,
      ...known.problems,
      ...brought.problems,
      ...(fields ? misnamed(fields, brought) : []),
    ],
  };
}

/** What the configuration asks of the file `uri`: for all files, then what its overrides add. */
export function settingsFor({ uri: configuration, settings, overrides }: Configuration, uri: string): ProjectSettings {
  const own = overrides.filter(({ files }) => isNamedBy(files, configuration, uri));
  if (own.length === 0) return settings;
  // Presets add up: what an override names comes to what every file is checked with.
  const added = own.flatMap(({ profile = [] }) => profile);
  const { profile: general = [] } = settings;
  return {
    ...settings,
    profile: added.length > 0 ? [...(general.length > 0 ? general : ['recommended']), ...added] : general,
    severities: new Map([settings, ...own].flatMap(({ severities }) => [...(severities ?? [])])),
    parameters: Object.assign({}, settings.parameters, ...own.map(({ parameters }) => parameters)),
  };
}

type ConfigurationFields = Fields<typeof configurationKeys>;

function settingsFrom(fields: ConfigurationFields): ProjectSettings {
  const { sod, today } = fields;
  return {
    ...asked(fields),
    sod: (sod ?? []).flatMap(([first, second, ...more]): readonly DutyPair[] =>
      first && second && more.length === 0 ? [[first.value, second.value]] : [],
    ),
    ...(today ? { today: today.value } : {}),
  };
}

function asked({ profile, rules: own, parameters }: Pick<ConfigurationFields, 'profile' | 'rules' | 'parameters'>) {
  const entries = [...(parameters?.values() ?? [])];
  return {
    profile: (profile ?? []).map(({ value }) => value),
    severities: new Map(
      [...(own?.values() ?? [])].flatMap(({ key: rule, value }) => (value ? [[rule.value, value.value] as const] : [])),
    ),
    parameters: readParameters(
      entries.flatMap(({ key: parameter, value }) => (value ? [{ name: parameter.value, node: value }] : [])),
    ),
  };
}

/** What a configuration brings in rules of its own. */
interface Brought {
  readonly rules: readonly CustomRule[];
  readonly packs: readonly RulePack[];
  readonly problems: readonly Problem[];
  readonly dependencies: readonly string[];
  /** Some of its rules could not be read, so that a name may be that of one of them. */
  readonly isPartial: boolean;
}

function bringRules(uri: string, text: string, fields: ConfigurationFields | undefined, readFile: ReadFile): Brought {
  const own = compileCustomRules(fields?.customRules ?? [], { uri, text });
  const ids = new Set(own.rules.map(({ id }) => id));
  const { packs, problems, dependencies } = loadPacks(uri, fields?.packs ?? [], readFile, ids);
  return {
    rules: [...own.rules, ...packs.flatMap((pack) => pack.rules)],
    packs,
    problems: [...own.problems, ...problems],
    dependencies,
    isPartial: problems.length > 0 || own.problems.length > 0 || packs.some((pack) => pack.problems.length > 0),
  };
}

function leaveOutRules(fields: ConfigurationFields | undefined): Brought {
  const ranges = ['custom-rules', 'packs'].flatMap((key) => fields?.$.keyRange(key) ?? []);
  const message = 'These rules are not run, since this workspace is not trusted.';
  return {
    rules: [],
    packs: [],
    problems: ranges.map((range) => ({ code: 'language/import', severity: 'info', message, range })),
    dependencies: [],
    isPartial: true,
  };
}

function openBaseline(configuration: string, named: Located<string> | undefined, readFile: ReadFile) {
  const uri = named && resolveUri(configuration, named.value);
  const text = uri === undefined ? undefined : readFile(uri);
  const baseline = text === undefined ? undefined : parseBaseline(text);
  const problems: Problem[] = [];
  if (named && text !== undefined && !baseline)
    problems.push({
      code: 'language/import',
      severity: 'error',
      message: `'${named.value}' is no file of known findings. Write it again: aiwf check --update-baseline.`,
      range: named.range,
    });
  return { uri, baseline, problems };
}

/** Names that nothing bears, values that are none, and keys that have no effect. */
function misnamed(fields: ConfigurationFields, brought: Brought): readonly Problem[] {
  const { overrides = [], sod } = fields;
  const problems: Problem[] = [];
  const say = (range: Range, message: string, severity: Problem['severity'] = 'error', fixes?: Problem['fixes']) => {
    const code: ProblemCode = 'language/invalid-value';
    problems.push({ code, severity, message, range, ...(fixes ? { fixes } : {}) });
  };
  const unknown = (noun: string, { value, range }: Located<string>, known: Iterable<string>) => {
    // The last part of an id says which one is meant as well.
    const nearest = suggest(value, known) ?? [...known].find((id) => id.endsWith(`/${value}`));
    say(range, `There is no ${noun} '${value}'.${didYouMean(nearest)}`, 'error', replacement(nearest, range));
  };
  const ids: ReadonlySet<string> = new Set([...rules, ...brought.rules].map(({ id }) => id));
  const mayBeBrought = (id: string) => brought.isPartial && isOwnRuleId(id);
  for (const { profile, rules: own, parameters } of [fields, ...overrides]) {
    for (const preset of profile ?? []) {
      if (!presets.has(preset.value)) unknown('profile', preset, [...presets.keys()]);
    }
    for (const { key: rule } of own?.values() ?? []) {
      if (!ids.has(rule.value) && !mayBeBrought(rule.value)) unknown('rule', rule, ids);
    }
    for (const { key: parameter, value } of parameters?.values() ?? []) {
      const known = parameterTable.get(parameter.value);
      if (!known) unknown('parameter', parameter, [...parameterTable.keys()]);
      else if (value && known.read(value) === undefined)
        say(value.range, `'${parameter.value}' is not understood. Write ${known.expected}.`);
    }
  }
  for (const pair of sod ?? []) {
    const [first, , third] = pair;
    if (first && (pair.length < 2 || third))
      say((third ?? first).range, 'Duties are incompatible in pairs: write [[initiate, approve]].');
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
