// From a TARGET to the edges it stands for: steps, branches, splits, bounds, and the refusals of those who receive.

import type { Link, Target } from '../language/parts.ts';
import { targetRange } from '../language/read-target.ts';
import { contractTermsOf } from './contract-terms.ts';
import type { FlowNode } from './flow-graph.ts';
import type { GraphDraft, Pending } from './graph-draft.ts';

/** Adds an edge from `from` to every step that `target` can lead to. A target that names nothing adds none. */
export function followTarget(draft: GraphDraft, from: FlowNode, target: Target | undefined, pending: Pending): void {
  if (!target) return;
  if (target.kind === 'step') {
    const to = target.step.word ? undefined : draft.nodeNamed(target.step.name);
    if (!to) return;
    draft.connect(from, to, { ...pending, range: target.step.range });
    addRefusal(draft, from, to, pending);
  } else if (target.kind === 'split') {
    const split = draft.newSplit(target.mode);
    for (const link of target.links) followLink(draft, from, link, { ...pending, split }, target.mode !== 'parallel');
  } else followLink(draft, from, target.link, pending, target.link.when !== undefined);
}

function followLink(draft: GraphDraft, from: FlowNode, link: Link, pending: Pending, choice: boolean): void {
  const guarded = choice && pending.kind === 'normal';
  const condition = link.when ? link.when.text.replace(/\s+/g, ' ').trim() : link.otherwise ? 'else' : undefined;
  const words = [pending.kind === 'exceptional' ? pending.label : undefined, condition];
  const label = link.label?.value ?? words.filter(Boolean).join(': ');
  followTarget(draft, from, link.to, {
    ...pending,
    kind: guarded ? 'guarded' : pending.kind,
    label: label || pending.label,
    when: link.when ?? pending.when,
    contract: link.handoff ?? pending.contract,
    max: link.max?.value ?? pending.max,
    range: link.range,
  });
  const exhausted = {
    ...pending,
    kind: 'exceptional',
    label: 'exhausted',
    exhausted: true,
    range: link.range,
  } as const;
  followTarget(draft, from, link.exhausted, exhausted);
}

/** A receiver may refuse what it is handed: that edge leaves before anything of the receiver has begun. */
function addRefusal(draft: GraphDraft, from: FlowNode, receiver: FlowNode, pending: Pending): void {
  // Who is handed what another refused may refuse it in turn; that is the same edge again.
  if (pending.outcome === 'refused') return;
  const { workflow } = draft;
  const { accepts } = receiver.step ?? {};
  const { onReject } = { ...contractTermsOf(accepts, workflow), ...contractTermsOf(pending.contract, workflow) };
  if (!onReject) return;
  const { interrupt = false } = pending;
  const range = targetRange(onReject);
  followTarget(draft, from, onReject, { kind: 'exceptional', outcome: 'refused', range, label: 'refused', interrupt });
}
