// Content that an AI made and that goes public: whether it is marked as such, and whether a deep fake is disclosed.
import type { Data, Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { completes } from './completion.ts';
import { type DataPath, pathOf, rootOf } from './data-paths.ts';
import { type Effect, effectsOf } from './effects.ts';
import type { FlowNode } from './flow-graph.ts';
import { mustFacts } from './must-facts.ts';
import { aiTaint, kindsOf, unreviewedAi } from './origin.ts';
import { type Taint, taintOf } from './taint.ts';
import type { TaintPath } from './taint-witness.ts';

/** Synthetic content that is published without saying so. */
export interface UnmarkedContent {
  readonly effect: Effect;
  readonly node: FlowNode;
  readonly data: DataPath;
  readonly kind: 'media' | 'text';
  readonly isMarked: boolean;
  /** A deep fake that some path publishes with nobody being told. */
  readonly isUndisclosed: boolean;
  readonly path: TaintPath;
}

const unmarked = 1;
const made = 2;

/** One entry for each effect and data, at the first node of the step where it shows. */
export function unmarkedContents(analyses: Analyses): readonly UnmarkedContent[] {
  const { graph } = analyses;
  const { workflow } = graph;
  return [...workflow.steps.values()].flatMap((step) =>
    effectsOf(step, workflow)
      .filter(({ kind }) => kind === 'publish')
      .flatMap((effect) => effect.consumes.flatMap((path) => unmarkedIn(effect, path, analyses))),
  );
}

function unmarkedIn(effect: Effect, path: DataPath, analyses: Analyses): readonly UnmarkedContent[] {
  const { graph, reachability } = analyses;
  const data = graph.workflow.data.get(rootOf(path));
  const kind = data && contentOf(data);
  if (!kind) return [];
  const marks = analyses.derived(markTaint);
  for (const node of graph.nodesOf(effect.step)) {
    if (!Number.isFinite(reachability.distanceTo(node))) continue;
    const labels = marks.within(node, path);
    const reviewed = (analyses.derived(aiTaint).within(node, path) & unreviewedAi) === 0;
    const isMarked = (labels & unmarked) === 0 || (kind === 'text' && reviewed);
    const isUndisclosed = isDeepFake(data) && (labels & made) !== 0 && !isDisclosed(node, analyses);
    if (isMarked && !isUndisclosed) continue;
    const from = marks.pathTo(node, path, isMarked ? made : unmarked, 'within');
    if (from) return [{ effect, node, data: path, kind, isMarked, isUndisclosed, path: from }];
  }
  return [];
}

/** Pictures, sound and film; and text of public interest. */
function contentOf({ fields }: Data): 'media' | 'text' | undefined {
  const media = (fields.media ?? []).map(({ value }) => value);
  if (media.some(isPerceived)) return 'media';
  const isPublic = fields.labels?.some(({ value }) => value === 'public-interest') === true;
  return isPublic && media.every((one) => one === 'text') ? 'text' : undefined;
}

function isPerceived(medium: string): boolean {
  return medium === 'image' || medium === 'audio' || medium === 'video';
}

function isDeepFake({ fields }: Data): boolean {
  return fields.labels?.some(({ value }) => value === 'deep-fake') === true;
}

/** What an AI made, and what is made of it, until somebody marks it; a review does not make a picture less synthetic. */
function markTaint(analyses: Analyses): Taint {
  const { workflow } = analyses.graph;
  return taintOf(analyses, {
    initial: () => 0,
    brings: (arrival) => (kindsOf(arrival, workflow).includes('ai') ? unmarked | made : 0),
    keeps: ({ out }, source) => (isPartOf(source, out, workflow) ? unmarked | made : 0),
    removes: (edge) =>
      completes(edge)
        ? (edge.from.step?.fields.marks ?? []).map((marked) => ({ path: pathOf(marked), labels: unmarked }))
        : [],
  });
}

/** A film that people make after a script of an AI shows nothing that the AI made. */
function isPartOf(source: DataPath, out: DataPath, { data }: Workflow): boolean {
  const mediaOf = (path: DataPath) => (data.get(rootOf(path))?.fields.media ?? []).map(({ value }) => value);
  return !mediaOf(out).some(isPerceived) || mediaOf(source).some(isPerceived);
}

/** On every path, and here too: a disclosure, or a step that says something to somebody. */
function isDisclosed(node: FlowNode, analyses: Analyses): boolean {
  return discloses(node) || analyses.derived(disclosures).at(node) !== 0;
}

function disclosures({ graph, dominators }: Analyses) {
  return mustFacts(graph, dominators, (edge, entry) => (discloses(edge.from) && completes(edge) ? 1 : entry));
}

function discloses({ kind, step }: FlowNode): boolean {
  return kind === 'step' && (step?.kind === 'disclose' || (step?.fields.says ?? []).length > 0);
}
