// Judges who may not do what comes to them: outcomes their authority does not name, values beyond it, escalations that
// end at someone with no more of it.
import { type Actor, isHuman, type Step } from '../language/model.ts';
import { outcomesOf } from '../language/outcomes.ts';
import type { Range } from '../language/source.ts';
import type { Analyses } from './analyses.ts';
import { type Answer, authorityAnswer, authorityFor } from './authority.ts';
import { everything, type Region } from './boxes.ts';
import { pathOf } from './data-paths.ts';
import type { FlowNode } from './flow-graph.ts';
import { pathValues } from './path-values.ts';

/** A judge at a node whose authority is not enough, or not known to be. */
export interface Shortfall {
  readonly step: Step;
  readonly node: FlowNode;
  readonly actor: Actor;
  /** Outcomes with the same answer; of a decision effect that follows, where `effect` names its step. */
  readonly outcomes: readonly string[];
  readonly effect: Step | undefined;
  readonly answer: Exclude<Answer, { admits: 'yes' }>;
  /** Where the actor is named. */
  readonly range: Range;
}

/** All of them, those of one kind at one judge together. */
export function shortfallsOf(analyses: Analyses): readonly Shortfall[] {
  const { graph, reachability } = analyses;
  const found = [...graph.workflow.steps.values()].flatMap((step) => {
    if (!judging.has(step.kind ?? '')) return [];
    const covered = (step.fields.covers ?? []).map(pathOf);
    const nodes = graph.nodesOf(step).filter((node) => reachability.isReachable(node));
    return nodes.flatMap((node) =>
      node.performers.filter(isHuman).flatMap((actor) => {
        const outcomes = outcomesOf(step, [actor], graph.workflow).map(({ name }) => name);
        const range = namedAt(step, node, actor);
        return outcomes
          .filter((name) => !unjudged.has(name))
          .flatMap((outcome): readonly Shortfall[] => {
            const answer = authorityAnswer(actor, outcome, node, covered, analyses);
            const base = { step, node, actor, outcomes: [outcome], effect: undefined, range };
            return answer.admits === 'yes' ? [] : [{ ...base, answer }];
          });
      }),
    );
  });
  return together([...found, ...beforeDecisions(analyses)]);
}

const judging: ReadonlySet<string> = new Set(['approval', 'decision', 'contest']);

/** Outcomes that nobody takes. */
const unjudged: ReadonlySet<string> = new Set([
  ...['done', 'error', 'timeout', 'unavailable', 'absent', 'low-confidence', 'cancel', 'not-filed'],
]);

/** A decision effect after an approval looks up its outcome at the approver. */
function beforeDecisions(analyses: Analyses): readonly Shortfall[] {
  const { graph, dominators } = analyses;
  return [...graph.workflow.steps.values()].flatMap((effect) =>
    decisionsOf(effect).flatMap((outcome) => {
      const start = graph.nodeOf(effect);
      let node = start && dominators.immediate(start);
      while (node && node.step?.kind !== 'approval' && node !== graph.root) node = dominators.immediate(node);
      const { step } = node ?? {};
      if (!node || step?.kind !== 'approval') return [];
      const [judge, covered] = [node, (step.fields.covers ?? []).map(pathOf)];
      return judge.performers.filter(isHuman).flatMap((actor): readonly Shortfall[] => {
        const answer = authorityAnswer(actor, outcome, judge, covered, analyses, 'approve');
        const base = { step, node: judge, actor, outcomes: [outcome], effect, range: namedAt(step, judge, actor) };
        return answer.admits === 'yes' ? [] : [{ ...base, answer }];
      });
    }),
  );
}

function decisionsOf({ fields }: Step): readonly string[] {
  const decisions = (fields.effects ?? []).filter(({ kind }) => kind?.value === 'decision');
  return [...new Set(decisions.flatMap(({ outcome }) => (outcome ? [outcome.value] : [])))];
}

function namedAt(step: Step, node: FlowNode, actor: Actor): Range {
  const { by, escalate, $: origin } = step.fields;
  const taken = node.takenOver === 'escalation' ? escalate?.find(({ to }) => to?.name === actor.id)?.to : undefined;
  return taken?.range ?? by?.find(({ name }) => name === actor.id)?.range ?? origin.valueRange('by') ?? step.range;
}

/** Outcomes that are not named are one fault; so are values that are not known for several outcomes. */
function together(all: readonly Shortfall[]): readonly Shortfall[] {
  const groups = new Map<string, Shortfall>();
  for (const one of all) {
    const { answer, step, actor, effect, outcomes } = one;
    const own = answer.admits === 'no' && answer.reason === 'beyond' ? outcomes.join() : '';
    const key = [step.id, actor.id, answer.admits, answer.reason, effect?.id, own].join(' ');
    const known = groups.get(key);
    const both = known ? [...new Set([...known.outcomes, ...outcomes])] : outcomes;
    groups.set(key, { ...(known ?? one), outcomes: both });
  }
  return [...groups.values()];
}

/** An escalation to someone whose authority is no larger than that of whom it comes from. */
export interface EqualEscalation {
  readonly step: Step;
  readonly node: FlowNode;
  readonly from: Actor;
  readonly to: Actor;
  readonly outcome: string;
  readonly range: Range;
}

export function equalEscalations(analyses: Analyses): readonly EqualEscalation[] {
  const { graph } = analyses;
  return [...graph.workflow.steps.values()].flatMap((step) => {
    if (!judging.has(step.kind ?? '')) return [];
    return (step.fields.escalate ?? []).flatMap(({ to: mention }): readonly EqualEscalation[] => {
      const to = graph.workflow.actors.get(mention?.name ?? '');
      const node = graph.nodesOf(step).find(({ performers, takenOver }) => takenOver && to && performers.includes(to));
      if (!mention || !to || !node) return [];
      for (const from of step.performers.filter(isHuman)) {
        const outcome = [...(from.fields.authority?.keys() ?? [])].find((name) => isNoLarger(from, to, name, analyses));
        if (outcome !== undefined) return [{ step, node, from, to, outcome, range: mention.range }];
      }
      return [];
    });
  });
}

/** `from` has a limit, and `to` may do nothing that `from` may not, or not all of it. */
function isNoLarger(from: Actor, to: Actor, outcome: string, analyses: Analyses): boolean {
  const { space } = analyses.derived(pathValues).guards;
  const [less, more] = [limitOf(from, outcome, analyses), limitOf(to, outcome, analyses)];
  if (!less || !more || less === everything) return false;
  const isInside = space.subtract(less, more)?.length === 0;
  const isLarger = (space.subtract(more, less)?.length ?? 1) > 0;
  return !(isInside && isLarger);
}

/** Undefined where there is none at all, or it cannot be compared. */
function limitOf(actor: Actor, outcome: string, analyses: Analyses): Region | undefined {
  const authority = authorityFor(actor, outcome);
  if (authority === 'all') return everything;
  if (authority === 'none') return undefined;
  const { holds, plain } = analyses.derived(pathValues).guards.formula(authority);
  return plain ? holds : undefined;
}
