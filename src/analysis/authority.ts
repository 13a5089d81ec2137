// May a role take an outcome, with the values that its data can have on the ways to the step?
import type { Actor, Step, Workflow } from '../language/model.ts';
import type { ConditionText } from '../language/parts.ts';
import type { Analyses } from './analyses.ts';
import type { Box, Region } from './boxes.ts';
import { type DataPath, includes, overlap, rootOf, writesOf } from './data-paths.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import type { Guards } from './guards.ts';
import { pathValues } from './path-values.ts';
import { wayWith } from './value-ways.ts';

/** What the authority of a role says about an outcome. */
export type Authority = 'all' | 'none' | ConditionText;

/** Without `authority` a role may take every outcome; with it, those it names. */
export function authorityFor({ fields }: Actor, outcome: string): Authority {
  if (!fields.authority) return 'all';
  const entry = fields.authority.get(outcome);
  if (!entry?.value || entry.value.text.trim() === 'false') return 'none';
  return entry.value.text.trim() === 'true' ? 'all' : entry.value;
}

/** Whether authority is enough, and why not. */
export type Answer =
  | { readonly admits: 'yes' }
  /** The outcome is not in the authority at all. */
  | { readonly admits: 'no'; readonly reason: 'not-named' }
  /** Values outside the authority come there: a way, and the values. */
  | { readonly admits: 'no'; readonly reason: 'beyond'; readonly way: readonly FlowEdge[]; readonly values: Region }
  /**
   * `not-covered`: the condition asks for data that is not judged here; `written-here`: whoever judges sets it;
   * `unreadable`: the condition is wrong.
   */
  | { readonly admits: 'unknown'; readonly reason: 'not-covered' | 'written-here' | 'not-decided' | 'unreadable' };

/**
 * Whether `actor` may take `outcome` of the step of `node` for all values that can come there; `covered` is what the
 * condition is read against, what the step covers. `no` is proved by a way; what cannot be decided is `unknown`.
 */
export function authorityAdmits(
  actor: Actor,
  outcome: string,
  node: FlowNode,
  covered: readonly DataPath[],
  analyses: Analyses,
): 'yes' | 'no' | 'unknown' {
  return authorityAnswer(actor, outcome, node, covered, analyses).admits;
}

/** As `authorityAdmits`, with the reason; worked out once. `at` is the outcome at which it is judged, where it is another. */
export function authorityAnswer(
  actor: Actor,
  outcome: string,
  node: FlowNode,
  covered: readonly DataPath[],
  analyses: Analyses,
  at = outcome,
): Answer {
  const authority = authorityFor(actor, outcome);
  if (authority === 'all') return { admits: 'yes' };
  if (authority === 'none') return { admits: 'no', reason: 'not-named' };
  const known = analyses.derived(noAnswers);
  const key = `${actor.id} ${outcome} ${at} ${node.index} ${covered.join()}`;
  const answer = known.get(key) ?? judged(authority, at, node, covered, analyses);
  known.set(key, answer);
  return answer;
}

function noAnswers(): Map<string, Answer> {
  return new Map();
}

function judged(
  condition: ConditionText,
  outcome: string,
  node: FlowNode,
  covered: readonly DataPath[],
  analyses: Analyses,
): Answer {
  const { guards, behind } = analyses.derived(pathValues);
  const exit = { from: node, outcome, interrupt: false };
  const { holds, paths } = guards.formula(condition);
  if (guards.space.subtract(behind(exit), holds)?.length === 0) return { admits: 'yes' };
  if (!paths) return { admits: 'unknown', reason: 'unreadable' };
  if (!paths.every((path) => covered.some((whole) => includes(whole, path))))
    return { admits: 'unknown', reason: 'not-covered' };
  if (node.step && setsItself(node.step, paths, analyses.graph.workflow))
    return { admits: 'unknown', reason: 'written-here' };
  // Also where every part that is not understood speaks for it.
  const admitted = guards.loosely(holds);
  const beyond = (region: Region) =>
    (guards.space.subtract(region, admitted) ?? []).filter((box) => isSure(box, paths, guards));
  const way = beyond(behind(exit)).length > 0 ? wayWith(exit, beyond, analyses) : undefined;
  return way
    ? { admits: 'no', reason: 'beyond', way: way.edges, values: way.values }
    : { admits: 'unknown', reason: 'not-decided' };
}

function setsItself(step: Step, paths: readonly DataPath[], workflow: Workflow): boolean {
  return writesOf(step, workflow).some(({ out }) => paths.some((path) => overlap(out, path)));
}

/** Some value in `box` is certainly possible: nothing that is not understood has a say about data in `paths`. */
export function isSure(box: Box, paths: readonly DataPath[], { terms }: Guards): boolean {
  const roots = new Set(paths.map(rootOf));
  return box.variables.every((index) => {
    const { variable, paths: about } = terms[index] ?? {};
    if (about === undefined) return false;
    return !about.some((path) => roots.has(rootOf(path))) || variable?.exact === true;
  });
}
