// What differs between two revisions of a configuration: keys that say something else, and what is asked no longer.
import type { Range } from '../language/source.ts';
import type { ControlLoss } from '../rules/improvement/control-loss.ts';
import { changedKeys } from './changed-keys.ts';
import type { Configuration } from './configuration.ts';
import type { Difference } from './difference.ts';

/** Compares two revisions; undefined where the file was not there, or is there no more. */
export function configurationDifference(
  before: Configuration | undefined,
  after: Configuration | undefined,
): Difference {
  const shown = { kind: 'configuration', id: 'aiwf.config.yaml', range: { start: 0, end: 0 } } as const;
  if (!before || !after) {
    const change = after ? 'added' : 'removed';
    return { lost: [], gained: [], changes: before || after ? [{ ...shown, change, keys: [] }] : [] };
  }
  const keys = changedKeys(before.root, after.root);
  return {
    lost: noLongerAsked(before, after),
    gained: noLongerAsked(after, before),
    changes: keys.length > 0 ? [{ ...shown, change: 'changed', keys }] : [],
  };
}

const ranks = { off: 0, info: 1, warning: 2, error: 3 } as const;

function noLongerAsked(before: Configuration, after: Configuration): readonly ControlLoss[] {
  const losses: ControlLoss[] = [];
  const lose = (key: string, what: string) => {
    const range = keyRange(after, key) ?? { start: 0, end: 0 };
    losses.push({
      place: 'configuration',
      range,
      what,
      witness: [{ step: 'configuration', edge: undefined, range, note: 'weaker than in the revision before' }],
    });
  };
  const presetsOf = ({ settings: { profile = [] } }: Configuration) => (profile.length > 0 ? profile : ['recommended']);
  const asked = presetsOf(after);
  for (const preset of presetsOf(before))
    if (!asked.includes(preset)) lose('profile', `the preset '${preset}' is no longer asked for`);
  const [was, is] = [before.settings.severities ?? new Map(), after.settings.severities ?? new Map()];
  for (const [rule, severity] of is) {
    const old = was.get(rule);
    // What a rule weighs without a word here is for the presets to say.
    if (severity === 'off' && old !== 'off') lose('rules', `the rule '${rule}' is turned off`);
    else if (old !== undefined && ranks[severity as keyof typeof ranks] < ranks[old as keyof typeof ranks])
      lose('rules', `findings of '${rule}' were of severity ${old} and are of severity ${severity}`);
  }
  for (const glob of after.exclude)
    if (!before.exclude.includes(glob)) lose('exclude', `the files of '${glob}' are no longer checked`);
  return losses;
}

function keyRange({ root }: Configuration, name: string): Range | undefined {
  return root?.kind === 'map' ? root.entries.find(({ key }) => key.text === name)?.key.range : undefined;
}
