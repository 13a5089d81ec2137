// The fix of `authority-limit`: what is beyond the limit goes to an approval by someone who may judge it.

import type { Analyses } from '../../analysis/analyses.ts';
import { authorityFor } from '../../analysis/authority.ts';
import type { Shortfall } from '../../analysis/authority-limits.ts';
import { includes, pathOf } from '../../analysis/data-paths.ts';
import { pathValues } from '../../analysis/path-values.ts';
import { isHuman, type Step } from '../../language/model.ts';
import type { ConditionText } from '../../language/parts.ts';
import type { Fix } from '../../language/problem.ts';

/**
 * `next: check` -> `next: [{ when: LIMIT, to: check }, { else: higher }]` on each edge that brings values beyond it. None
 * where such an edge is not written as a plain step id, or nobody beside it may approve what is beyond.
 */
export function splitAtLimit(
  { step, node, actor, outcomes, effect, answer }: Shortfall,
  analyses: Analyses,
): readonly Fix[] {
  const [outcome] = outcomes;
  const limit = authorityFor(actor, outcome ?? '');
  if (answer.admits !== 'no' || answer.reason !== 'beyond' || typeof limit === 'string' || effect) return [];
  const { text } = analyses.graph.workflow.file;
  const { guards, at, leaving, taking } = analyses.derived(pathValues);
  const { holds } = guards.formula(limit);
  const higher = higherStep(step, limit, analyses);
  const ways = node.in.filter(
    (edge) => guards.space.subtract(taking(edge, leaving(edge, at(edge.from))), holds)?.length !== 0,
  );
  const isPlain = ways.every(({ range }) => text.slice(range.start, range.end) === step.id);
  if (!higher || step.kind !== 'approval' || node.takenOver || ways.length === 0 || !isPlain) return [];
  const branches = `[{ when: ${inYaml(limit)}, to: ${step.id} }, { else: ${higher.id} }]`;
  const places = new Map(ways.map(({ range }) => [range.start, range]));
  return [
    {
      title: `Lead what '${actor.id}' may not approve to '${higher.id}'`,
      edits: [...places.values()].map((range) => ({ range, text: branches })),
      safety: 'meaning-changing',
    },
  ];
}

/** Another approval of the same data, by people who may approve all that is beyond the limit. */
function higherStep(step: Step, limit: ConditionText, analyses: Analyses): Step | undefined {
  const { guards } = analyses.derived(pathValues);
  const covered = (step.fields.covers ?? []).map(pathOf);
  const { fails } = guards.formula(limit);
  const mayApprove = (other: Step) =>
    other.performers.every((actor) => {
      const authority = authorityFor(actor, 'approve');
      if (typeof authority === 'string') return authority === 'all';
      return guards.space.subtract(fails, guards.formula(authority).holds)?.length === 0;
    });
  return [...analyses.graph.workflow.steps.values()].find((other) => {
    const covers = (other.fields.covers ?? []).map(pathOf);
    const isPersons = other.performers.length > 0 && other.performers.every(isHuman);
    const coversAll = covered.every((path) => covers.some((whole) => includes(whole, path)));
    const fits = other !== step && other.kind === 'approval' && other.scope === step.scope;
    return fits && isPersons && coversAll && mayApprove(other);
  });
}

/** A condition as a value in a flow map. */
function inYaml({ text }: ConditionText): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return /^[A-Za-z][\w .<=>()&|+*/-]*$/.test(line) ? line : JSON.stringify(line);
}
