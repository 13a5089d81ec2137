/**
 * Two steps work on the same data at the same time, and at least one of them writes it: which version counts is chance.
 * Do one after the other, give each its own data, or say with `merge` how they come together.
 */

import type { Analyses } from '../../analysis/analyses.ts';
import { rootOf } from '../../analysis/data-paths.ts';
import { type Race, racesOf } from '../../analysis/races.ts';
import { pathSteps } from '../../analysis/witness.ts';
import { addEntry } from '../../language/edit.ts';
import type { Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { pathTo } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, soc2 } from '../standards.ts';

export const raceOnArtifact: Rule = {
  id: 'flow/race-on-artifact',
  severity: 'error',
  summary: 'What may be written at the same time as someone else writes or judges it says how the versions are merged.',
  seed: ['S1', 'S16'],
  clauses: [euAiAct('15(4)'), soc2('CC8.1')],
  check(analyses, report) {
    const { workflow } = analyses.graph;
    for (const race of analyses.derived(racesOf)) {
      report({
        range: race.range,
        place: race.writer.step?.id ?? 'workflow',
        message: messageOf(race),
        witness: witnessOf(race, analyses),
        root: `race ${rootOf(race.path)} ${race.writer.step?.id}`,
        fixes: () => merged(race, workflow),
      });
    }
  },
};

function messageOf({ writer, other, path, judges }: Race): string {
  const data = rootOf(path);
  if (writer === other) {
    return `'${writer.step?.id}' runs for several elements at once, and each run writes '${path}', which outlives the case. Add 'merge' to '${data}', or run one after the other.`;
  }
  const does = judges ? 'judges' : 'writes';
  return `'${writer.step?.id}' may write '${path}' while '${other.step?.id}' ${does} it. Do one after the other, or add 'merge' to '${data}'.`;
}

function witnessOf({ writer, other, path, judges }: Race, { reachability }: Analyses): readonly WitnessStep[] {
  const here = pathTo(writer, reachability, `writes '${path}'`);
  if (writer === other) return here;
  const [mine = [], theirs = []] = [reachability.pathTo(writer), reachability.pathTo(other)];
  const apart = theirs.findIndex((edge, i) => mine[i] !== edge);
  // Where the two part is on the first path already.
  const there = pathSteps(theirs.slice(Math.max(0, apart))).filter(({ edge }) => edge !== undefined);
  const last = there.length - 1;
  const note = `${judges ? 'judges' : 'writes'} it at the same time`;
  return [...here, ...there.map((step, i) => (i === last ? { ...step, note } : step))];
}

/** Someone merges the versions, which says that there may be several. */
function merged({ path }: Race, { data, file }: Workflow): readonly Fix[] {
  const declared = data.get(rootOf(path));
  const node = declared?.uri === file.uri ? declared.fields.$.node : undefined;
  const edits = node && addEntry(file.text, node, 'merge', 'manual');
  return edits ? [{ title: `Let a person merge '${rootOf(path)}'`, edits, safety: 'meaning-changing' }] : [];
}
