// From a TARGET to the edges it stands for: steps, branches, splits, bounds, and the refusals of those who receive.

import type { Link, Target } from '../language/parts.ts';
import { targetRange } from '../language/read-target.ts';
import type { Range } from '../language/source.ts';
import { termsInForce } from './contract-terms.ts';
import type { Departure, FlowNode, Guard } from './flow-graph.ts';
import { type GraphDraft, noBranches, type Pending } from './graph-draft.ts';

/** Adds an edge from `from` to every step that `target` can lead to. A target that names nothing adds none. */
export function followTarget(draft: GraphDraft, from: FlowNode, target: Target | undefined, begun: Pending): void {
  if (target) follow(draft, from, target, settled(begun, draft));
}

/** An edge on its way with every key in its place: objects of one shape are cheap to copy for each branch. */
type Settled = Required<Omit<Pending, 'departure'>> & { readonly departure: Departure };

function settled(begun: Pending, draft: GraphDraft): Settled {
  const { kind, outcome, range, label, when, guard, contract, max, share, keep, split, departure } = begun;
  return {
    kind,
    outcome,
    range,
    label,
    when,
    guard,
    contract,
    max,
    share,
    keep,
    split,
    exhausted: begun.exhausted ?? false,
    interrupt: begun.interrupt ?? false,
    departure: departed(departure?.id ?? draft.newDeparture(), departure),
  };
}

function departed(id: number, { branches = noBranches, mention, of }: Partial<Departure> = {}): Departure {
  return { id, branches, mention, of };
}

function follow(draft: GraphDraft, from: FlowNode, target: Target, pending: Settled): void {
  const { departure } = pending;
  if (target.kind === 'step') {
    const to = target.step.word ? undefined : draft.nodeNamed(target.step.name);
    if (!to) return;
    draft.connect(from, to, pending, target);
    addRefusal(draft, from, to, pending);
  } else if (target.kind === 'split') {
    const split = draft.newSplit(target.mode);
    const { links, mode } = target;
    addChoice(draft, from, links, mode, target.range, pending);
    const guards = guardsOf(links, mode, pending.guard);
    for (const [i, link] of links.entries()) {
      const branches = [...departure.branches, { split: split.id, mode, branch: i }];
      const inBranch = { ...pending, split, guard: guards[i], departure: { ...departure, branches } };
      followLink(draft, from, link, inBranch, mode !== 'parallel');
    }
  } else {
    const { link } = target;
    const [guard] = guardsOf([link], 'exclusive', pending.guard);
    addChoice(draft, from, [link], 'exclusive', link.range, pending);
    followLink(draft, from, link, { ...pending, guard }, link.when !== undefined);
  }
}

function addChoice(
  draft: GraphDraft,
  from: FlowNode,
  links: readonly Link[],
  mode: 'exclusive' | 'parallel' | 'inclusive',
  range: Range,
  { outcome, interrupt = false, guard }: Pending,
): void {
  if (mode === 'parallel' || !links.some(({ when }) => when)) return;
  draft.choices.push({ from, outcome, interrupt, mode, links, before: guard, range });
}

/** What decides for each branch: its own condition, and in an exclusive choice that those in front of it did not hold. */
function guardsOf(
  links: readonly Link[],
  mode: 'exclusive' | 'parallel' | 'inclusive',
  before: Guard | undefined,
): readonly (Guard | undefined)[] {
  const pass = (guard: Guard | undefined, { when }: Link) => (when ? { when, holds: false, before: guard } : guard);
  const none = links.reduce(pass, before);
  let passed = before;
  return links.map((link) => {
    const { when, otherwise } = link;
    const guard = when ? { when, holds: true, before: passed } : otherwise ? none : passed;
    if (mode === 'exclusive') passed = pass(passed, link);
    return guard;
  });
}

function followLink(draft: GraphDraft, from: FlowNode, link: Link, pending: Settled, choice: boolean): void {
  const guarded = choice && pending.kind === 'normal';
  const condition = link.when ? link.when.text.replace(/\s+/g, ' ').trim() : link.otherwise ? 'else' : undefined;
  const words = [pending.kind === 'exceptional' ? pending.label : undefined, condition];
  const label = link.label?.value ?? words.filter(Boolean).join(': ');
  if (link.to) {
    follow(draft, from, link.to, {
      ...pending,
      kind: guarded ? 'guarded' : pending.kind,
      label: label || pending.label,
      when: link.when ?? pending.when,
      contract: link.handoff ?? pending.contract,
      max: link.max?.value ?? pending.max,
      share: link.share?.value ?? pending.share,
      keep: link.keep?.value ?? pending.keep,
      range: link.range,
    });
  }
  if (link.exhausted) {
    follow(draft, from, link.exhausted, {
      ...pending,
      kind: 'exceptional',
      label: 'exhausted',
      exhausted: true,
      range: link.range,
    });
  }
}

/** A receiver may refuse what it is handed: that edge leaves before anything of the receiver has begun. */
function addRefusal(draft: GraphDraft, from: FlowNode, receiver: FlowNode, pending: Settled): void {
  // Who is handed what another refused may refuse it in turn; that is the same edge again.
  if (pending.outcome === 'refused') return;
  const { workflow } = draft;
  const { accepts } = receiver.step ?? {};
  const { onReject } = termsInForce(accepts, pending.contract, workflow);
  if (!onReject) return;
  const { interrupt = false, guard, keep, departure } = pending;
  const refused = { kind: 'exceptional', outcome: 'refused', label: 'refused', interrupt, guard, keep } as const;
  followTarget(draft, from, onReject, { ...refused, range: targetRange(onReject), departure });
}
