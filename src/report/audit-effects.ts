// What a workflow does in the world, and what it decides about people: who does it, and which approval stands before it.
import { admissionOf } from '../analysis/admission.ts';
import type { Analyses } from '../analysis/analyses.ts';
import { judges } from '../analysis/approvals.ts';
import { decisionsAbout } from '../analysis/decisions-about.ts';
import { type Effect, effectsOf } from '../analysis/effects.ts';
import { effectApprovals } from '../analysis/unapproved-effects.ts';
import { isAi } from '../language/model.ts';
import { declaredOutcomes } from '../language/outcomes.ts';
import { textOf } from './audit-values.ts';

/**
 * `approved`: people have approved, or where no AI does it looked at, what it uses, on every path. `open`: not on every
 * path. `no-ai`: no AI does it, and what an AI made and nobody looked at does not go into it. `admitted`: a policy admits it. `unknown`: whether a policy does cannot be decided. `no-data`: no AI does it and it
 * names no data that could be approved. `light`: it can be undone and stays inside, so nobody has to. `unreachable`: no case
 * comes there.
 */
type Standing = 'approved' | 'open' | 'no-ai' | 'admitted' | 'unknown' | 'no-data' | 'light' | 'unreachable';

/** One effect. */
export interface EffectRecord {
  readonly step: string;
  readonly kind: string;
  readonly by: readonly string[];
  readonly byAi: boolean;
  readonly to?: string;
  readonly irreversible: boolean;
  readonly external: boolean;
  /** What an approval has to cover. */
  readonly data: readonly string[];
  readonly admittedBy?: string;
  readonly standing: Standing;
  /** Approvals and reviews by people that count for it where they are passed. */
  readonly judgedBy: readonly { readonly step: string; readonly by: readonly string[] }[];
}

/** One decision about someone. */
export interface DecisionRecord {
  readonly step: string;
  readonly about: string;
  /** It has a legal or similarly significant effect. */
  readonly significant: boolean;
  readonly by: readonly string[];
  readonly outcomes: readonly string[];
  /** The first AI that has a part in it. */
  readonly ai?: { readonly agent: string; readonly step: string };
  readonly basis?: string;
}

/** In the order of the file; what sub-workflows approve counts, what they do stands in their own record. */
export function effectsIn(analyses: Analyses): readonly EffectRecord[] {
  const { whole, workflow } = analyses;
  return [...whole.graph.workflow.steps.values()]
    .filter(({ id }) => workflow.steps.has(id))
    .flatMap((step) => effectsOf(step, whole.graph.workflow).map((effect) => effectOf(effect, whole)));
}

function effectOf(effect: Effect, analyses: Analyses): EffectRecord {
  const { step, kind, irreversible, external, consumes, admittedBy, fields } = effect;
  const { occurrences } = analyses.derived(effectApprovals);
  const own = occurrences.filter((one) => one.effect.step === step && one.effect.range.start === effect.range.start);
  const required = own.flatMap((one) => one.required);
  const judging = new Map(
    analyses.graph.edges
      .filter(({ from }) => analyses.reachability.isReachable(from))
      .filter((edge) => required.some((requirement) => judges(edge, requirement)))
      .flatMap(({ from }) => (from.step ? [[from.step.id, from.step.performers.map(({ id }) => id)] as const] : [])),
  );
  return {
    step: step.id,
    kind,
    by: step.performers.map(({ id }) => id),
    byAi: step.performers.some(isAi),
    ...(fields?.to ? { to: fields.to.name } : {}),
    irreversible,
    external,
    data: consumes,
    ...(admittedBy ? { admittedBy: admittedBy.name } : {}),
    standing: standingOf(effect, own, analyses),
    judgedBy: [...judging].map(([id, by]) => ({ step: id, by })),
  };
}

function standingOf(
  effect: Effect,
  own: ReturnType<typeof effectApprovals>['occurrences'],
  analyses: Analyses,
): Standing {
  const { graph, reachability } = analyses;
  if (!graph.nodesOf(effect.step).some((node) => reachability.isReachable(node))) return 'unreachable';
  if (own.length === 0) return 'light';
  const { approvals, output } = analyses.derived(effectApprovals);
  const admissions = own.map(({ node }) => admissionOf(effect, node, analyses));
  if (admissions.every((admission) => admission === 'admitted')) return 'admitted';
  if (own.every(({ required }) => required.length === 0)) return 'no-data';
  const isApproved = own.every(({ node, required }) => required.every((each) => approvals.holds(each, node)));
  if (isApproved) return 'approved';
  const isOfAi = own.some(
    ({ node, required }) =>
      node.performers.some(isAi) ||
      output.reaches(
        node,
        required.map(({ path }) => path),
      ),
  );
  if (!isOfAi) return 'no-ai';
  return admissions.includes('unproved') ? 'unknown' : 'open';
}

/** In the order of the file. */
export function decisionsIn({ workflow }: Analyses): readonly DecisionRecord[] {
  return decisionsAbout(workflow).map(({ step, subject, significant, byAi }) => {
    const basis = textOf(step.fields.basis);
    return {
      step: step.id,
      about: subject,
      significant,
      by: step.performers.map(({ id }) => id),
      outcomes: declaredOutcomes(step).map(({ value }) => value),
      ...(byAi ? { ai: { agent: byAi.agent, step: byAi.step.id } } : {}),
      ...(basis === undefined ? {} : { basis }),
    };
  });
}
