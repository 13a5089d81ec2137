// What a design can have that a rule speaks of: an AI at work, an effect, a handoff, a decision about a person.
import { aiReviews } from '../analysis/ai-reviews.ts';
import type { Analyses } from '../analysis/analyses.ts';
import { significantDecisions, weighty } from '../analysis/automated-decisions.ts';
import { callableTools } from '../analysis/callable-tools.ts';
import { above, classesOf } from '../analysis/classes.ts';
import { cyclicComponents } from '../analysis/components.ts';
import { concurrencyOf } from '../analysis/concurrency.ts';
import { writesOf } from '../analysis/data-paths.ts';
import { delegationsOf } from '../analysis/delegation.ts';
import { effectsOf } from '../analysis/effects.ts';
import type { FlowNode } from '../analysis/flow-graph.ts';
import { agentsIn, logOf } from '../analysis/logging.ts';
import { turns } from '../analysis/loops.ts';
import { gravesOf } from '../analysis/unapproved-effects.ts';
import { volumeOf } from '../analysis/workload.ts';
import { type Actor, isAi, isJudgment, type Step } from '../language/model.ts';
import type { Settings } from '../rules/settings.ts';

/** True where a design has what a rule speaks of. */
export type Applies = (analyses: Analyses, settings: Settings) => boolean;

const steps = ({ graph }: Analyses): readonly Step[] => [...graph.workflow.steps.values()];
export const actors = ({ graph }: Analyses): readonly Actor[] => [...graph.workflow.actors.values()];
export const fields = ({ graph }: Analyses) => graph.workflow.fields;
export const someStep = (holds: (step: Step, analyses: Analyses) => boolean): Applies => {
  return (analyses) => steps(analyses).some((step) => holds(step, analyses));
};
export const someNode = (holds: (node: FlowNode, analyses: Analyses) => boolean): Applies => {
  return (analyses) => analyses.graph.nodes.some((node) => node.kind === 'step' && holds(node, analyses));
};
export const both = (...all: readonly Applies[]): Applies => {
  return (analyses, settings) => all.every((applies) => applies(analyses, settings));
};
export const either = (...all: readonly Applies[]): Applies => {
  return (analyses, settings) => all.some((applies) => applies(analyses, settings));
};

export const hasSteps: Applies = ({ workflow }) => !workflow.library && workflow.steps.size > 0;
export const isWorkflow: Applies = ({ workflow }) => !workflow.library && workflow.fields?.workflow !== undefined;
export const aiPerforms = someNode(({ performers }) => performers.some(isAi));
export const aiTakesPart = either(
  aiPerforms,
  someStep(({ assistants }) => assistants.some(isAi)),
);
export const declaresAgent: Applies = ({ workflow }) =>
  [...workflow.actors.values()].some((actor) => isAi(actor) && actor.uri === workflow.file.uri);
export const hasEffects = someStep((step, { graph }) => effectsOf(step, graph.workflow).length > 0);
export const hasGraveEffect: Applies = (analyses) => analyses.derived(gravesOf).length > 0;
const judged = someStep((step) => isJudgment(step));
export const peopleJudgeAi: Applies = (analyses) => analyses.derived(aiReviews).length > 0;
export const isHighRisk: Applies = (analyses) => fields(analyses)?.risk?.tier?.value === 'high';
export const isHandedOver: Applies = ({ handoffs }) => handoffs.length > 0;
export const hasGuards: Applies = ({ graph }) => graph.choices.length > 0;
export const goesRound: Applies = ({ graph }) =>
  cyclicComponents(graph.nodes, turns).length > 0 || graph.edges.some(({ max }) => max !== undefined);
export const delegates: Applies = ({ graph }) => delegationsOf(graph.workflow).length > 0;
export const callsTools = someNode((node, { graph }) => callableTools(node, graph.workflow.actors).length > 0);
export const approvedEffect = both(hasGraveEffect, judged);
export const weighs: Applies = (analyses, { parameters: { adverseOnly } }) =>
  significantDecisions(analyses).some((decision) => weighty(decision, adverseOnly).length > 0);
export const hasBase: Applies = ({ base }) => base !== undefined;
export const hasVolume: Applies = (analyses) => volumeOf(analyses) !== undefined;
export const writesWithAi = someStep(
  (step, { graph: { workflow } }) => agentsIn(step, workflow).length > 0 && writesOf(step, workflow).length > 0,
);
export const hasDuties: Applies = (analyses, { sod }) => {
  const duties = new Set(steps(analyses).flatMap(({ fields: { duty } }) => (duty ?? []).map(({ value }) => value)));
  return sod.some(([first, second]) => duties.has(first) && duties.has(second));
};
export const isSpecial: Applies = (analyses) =>
  [...analyses.graph.workflow.data.values()].some((data) => data.fields.class?.value === 'special-category');
const isWeighed = (significance: string | undefined) => significance === 'legal' || significance === 'significant';
export const decidesOnData = someStep(({ fields: own }) => {
  const { reads = [], reviews = [], covers = [], effects = [], significance } = own;
  const grave = effects.filter((effect) => isWeighed(effect.significance?.value));
  const used = grave.flatMap(({ uses = [] }) => uses);
  return (isWeighed(significance?.value) || grave.length > 0) && [...reads, ...reviews, ...covers, ...used].length > 0;
});
export const hasSecrets: Applies = (analyses) => {
  const { declared } = analyses.derived(classesOf);
  return [...analyses.graph.workflow.data.keys()].some((id) => (declared(id) & above('internal')) !== 0);
};
export const readByAi = someStep(({ fields: { reads, reviews, covers }, performers, assistants }) => {
  return [...performers, ...assistants].some(isAi) && [reads, reviews, covers].some((list) => (list?.length ?? 0) > 0);
});

/** Work may go on in two places at once, and something is written there; or elements are worked on at once. */
export function writtenAtOnce(analyses: Analyses): boolean {
  const { graph } = analyses;
  const writing = graph.nodes.filter(
    ({ step, kind }) =>
      kind === 'step' &&
      step &&
      // Whoever approves may write what is covered anew.
      (writesOf(step, graph.workflow).length > 0 || step.kind === 'approval'),
  );
  if (writing.some(({ step }) => isForEach(step))) return true;
  const { inParallel } = analyses.derived(concurrencyOf);
  const working = graph.nodes.filter(({ kind, step }) => kind === 'step' && step);
  return writing.some((node) => working.some((other) => other.step !== node.step && inParallel(node, other)));
}

function isForEach(step: Step | undefined): boolean {
  return step !== undefined && (step.fields.forEach !== undefined || isForEach(step.scope));
}

export function keepsForATime({ graph: { workflow } }: Analyses): boolean {
  const declared = [...workflow.data.values(), ...workflow.stores.values()];
  if (declared.some(({ fields: { retain } }) => retain !== undefined)) return true;
  return [...workflow.steps.values()].some((step) => logOf(step, workflow).record?.retain !== undefined);
}
