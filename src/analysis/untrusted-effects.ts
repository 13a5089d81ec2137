// Untrusted data that decides, by way of an AI, about what cannot be taken back or costs money.
import { isAi } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import type { Requirement } from './approvals.ts';
import { openAt } from './consumed-approvals.ts';
import { type DataPath, pathOf } from './data-paths.ts';
import { type Effect, effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import type { TaintPath } from './taint-witness.ts';
import { steeredTaint, trustTaint, unknownTrust, unsaidGifts, untrusted } from './trust.ts';

export interface UntrustedEffect {
  readonly effect: Effect;
  readonly node: FlowNode;
  /** `argument`: it goes into the effect; `choice`: the AI that decides on the effect reads it. */
  readonly way: 'argument' | 'choice';
  /** The data seen there. */
  readonly data: DataPath;
  /** False where someone outside gives it, and nobody says whether it can be relied on. */
  readonly isUntrusted: boolean;
  /** From where it comes in. */
  readonly path: TaintPath;
  /** What has to be approved or validated, and the edges over which it comes as it is. */
  readonly open: readonly Requirement[];
  entries(): readonly FlowEdge[];
}

/** One entry for each effect, at the first node of its step where it shows; what is certain before what is not known. */
export function untrustedEffects(analyses: Analyses): readonly UntrustedEffect[] {
  const { graph, reachability } = analyses;
  const { workflow } = graph;
  const grave = [...workflow.steps.values()].flatMap((step) => effectsOf(step, workflow).filter(isGrave));
  if (grave.length === 0) return [];
  // Each gift is asked about once, so there is no need to follow it to every effect.
  const unsaid = new Set(analyses.derived(unsaidGifts));
  return grave.flatMap((effect) => {
    const nodes = graph.nodesOf(effect.step).filter((node) => Number.isFinite(reachability.distanceTo(node)));
    for (const labels of unsaid.size > 0 ? [untrusted, unknownTrust] : [untrusted]) {
      for (const node of nodes) {
        const found = inArguments(effect, node, labels, analyses) ?? inChoice(effect, node, labels, analyses);
        if (!found) continue;
        unsaid.delete(found.path.written);
        return [{ effect, node, isUntrusted: labels === untrusted, ...found }];
      }
    }
    return [];
  });
}

/** Cannot be taken back, or moves money. */
function isGrave({ irreversible, kind, fields }: Effect): boolean {
  return irreversible || kind === 'payment' || fields?.amount !== undefined;
}

type Found = Omit<UntrustedEffect, 'effect' | 'node' | 'isUntrusted'>;

/** What an AI puts into the effect, or what an AI made that somebody else puts into it. */
function inArguments({ consumes }: Effect, node: FlowNode, labels: number, analyses: Analyses): Found | undefined {
  const trust = analyses.derived(trustTaint);
  const taint = node.performers.some(isAi) ? trust : analyses.derived(steeredTaint);
  const tainted = consumes.filter((path) => (taint.within(node, path) & labels) !== 0);
  const [data] = tainted;
  const path = data === undefined ? undefined : trust.pathTo(node, data, labels, 'within');
  if (data === undefined || !path) return undefined;
  const entries = () => node.in.filter((edge) => tainted.some((one) => (taint.along(edge, one) & labels) !== 0));
  return { way: 'argument', data, path, open: tainted.map(requirement), entries };
}

/** An AI that reads untrusted data decides whether to do it, unless a human has approved all that goes into it. */
function inChoice(effect: Effect, node: FlowNode, labels: number, analyses: Analyses): Found | undefined {
  if (!node.performers.some(isAi)) return undefined;
  const trust = analyses.derived(trustTaint);
  const reads = (effect.step.fields.reads ?? []).map(pathOf);
  const data = reads.find((read) => (trust.at(node, read) & labels) !== 0);
  if (data === undefined) return undefined;
  const { open, entries } = openAt(effect, node, 'approval', analyses);
  const path = open.length > 0 ? trust.pathTo(node, data, labels, 'at') : undefined;
  return path && { way: 'choice', data, path, open, entries };
}

function requirement(path: DataPath): Requirement {
  return { path, by: 'approval' };
}
