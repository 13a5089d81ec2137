// The rules that the projects under some paths bring, beside the built-in ones.
import { type Configuration, isConfigurationName } from '../governance/configuration.ts';
import { isPackName } from '../governance/custom-rule-keys.ts';
import type { CustomRule } from '../governance/custom-rules.ts';
import { parsePack, type RulePack } from '../governance/rule-packs.ts';
import { didYouMean, suggest } from '../language/suggest.ts';
import { ruleById, rules } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import { type Fault, findFiles, readText, uriOf } from './files.ts';
import { nearestConfiguration, type Place } from './opened-project.ts';

/** Why one of the ids is that of no rule, built in or brought by a configuration that counts for one of the places. */
export function unknownRule(asked: readonly string[], places: readonly Place[]): string | undefined {
  const brought = places.flatMap(({ nearest }) => (nearest?.configuration.customRules ?? []).map(({ id }) => id));
  const strange = asked.find((id) => !ruleById(id) && !brought.includes(id));
  if (strange === undefined) return undefined;
  const meant = suggest(strange, [...rules.map(({ id }) => id), ...brought]);
  return `unknown rule '${strange}'.${didYouMean(meant)} \`aiwf rules\` lists them.`;
}

/** Rules that the configuration of the current folder brings, as far as they can run. */
export function findNearest(): readonly Rule[] {
  return broughtHere().flatMap(({ rule }) => rule ?? []);
}

/** The same with the text they are written in. */
export function broughtHere(): readonly CustomRule[] {
  return nearestConfiguration(`${uriOf('.')}/-`)?.customRules ?? [];
}

/** Configurations and packs under some paths. */
export interface BroughtRules {
  readonly configurations: readonly Configuration[];
  /** Those that configurations name and those that are found by themselves, each once. */
  readonly packs: readonly RulePack[];
  readonly faults: readonly Fault[];
}

/** Finds every configuration and pack that the paths name or hold, and the configuration that counts for each folder named. */
export function findBroughtRules(paths: readonly string[]): BroughtRules {
  const found = findFiles(paths, (path) => isConfigurationName(path) || isPackName(path));
  const faults: Fault[] = [...found.faults];
  const configurations = new Map<string, Configuration>();
  const packs = new Map<string, RulePack>();
  const addConfiguration = (uri: string) => {
    const configuration = nearestConfiguration(uri);
    if (!configuration || configurations.has(configuration.uri)) return;
    configurations.set(configuration.uri, configuration);
    for (const pack of configuration.packs) packs.set(pack.uri, pack);
  };
  const files = found.paths.map((path) => ({ path, uri: uriOf(path) }));
  // A pack that somebody names may have any name.
  const isPack = (path: string) => isPackName(path) || /\.rules\.ya?ml$/.test(path);
  // What lies in a folder counts for a file in it.
  for (const folder of found.folders) addConfiguration(`${uriOf(folder)}/-`);
  for (const { path, uri } of files) if (!isPack(path)) addConfiguration(uri);
  for (const { path, uri } of files) {
    if (!isPack(path) || packs.has(uri)) continue;
    const read = readText(path);
    if ('reason' in read) faults.push({ path, reason: read.reason });
    else packs.set(uri, parsePack(uri, read.text));
  }
  return { configurations: [...configurations.values()], packs: [...packs.values()], faults };
}

/** Every rule of them, by file and position; one that two projects bring from the same file stands once. */
export function rulesIn({ configurations, packs }: BroughtRules): readonly CustomRule[] {
  const all = [...configurations.flatMap(({ customRules }) => customRules), ...packs.flatMap((pack) => pack.rules)];
  return [...new Map(all.map((rule) => [`${rule.uri} ${rule.range.start}`, rule])).values()];
}
