// Backups, fallbacks and escalations: the same step, done by someone else, as nodes and edges of their own.
import type { Actor, Step } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import type { FlowNode, TakeOver } from './flow-graph.ts';
import type { GraphDraft } from './graph-draft.ts';

/** Adds a node for each who can take `step` over, in turn; a circle of backups ends where it closes. */
export function addTakeOvers(draft: GraphDraft, step: Step, nodes: FlowNode[]): void {
  const { actors } = draft.workflow;
  for (const [i, node] of nodes.entries()) {
    const takers = node.performers.flatMap(({ fields }): [string | undefined, TakeOver][] => [
      [fields.fallback?.name, 'fallback'],
      [fields.backup?.name, 'backup'],
    ]);
    if (i === 0) for (const { to } of step.fields.escalate ?? []) takers.push([to?.name, 'escalation']);
    for (const [id, why] of takers) {
      const actor = id === undefined ? undefined : actors.get(id);
      const known = actor && nodes.some(({ performers }) => performers.includes(actor));
      // Appending while walking the list is what follows a chain: the new node's own backups come next.
      if (actor && !known) nodes.push(draft.add('step', step, undefined, [actor], why));
    }
  }
}

/** Edges to those who take over from `node`, unless the step's own `on` says where work goes instead. */
export function connectTakeOvers(draft: GraphDraft, node: FlowNode, step: Step): void {
  const explicit = (outcome: string) => step.fields.on?.has(outcome) === true;
  for (const actor of node.performers) {
    const { fallback, backup } = actor.fields;
    if (fallback && !explicit('unavailable'))
      hand(draft, node, step, fallback.name, 'unavailable', fallback.range, actor);
    if (backup && !explicit('absent')) hand(draft, node, step, backup.name, 'absent', backup.range, actor);
  }
  if (node.takenOver) return;
  for (const { to, $: origin } of step.fields.escalate ?? []) {
    if (to) hand(draft, node, step, to.name, 'escalation', origin.range, undefined);
  }
}

function hand(
  draft: GraphDraft,
  node: FlowNode,
  step: Step,
  taker: string,
  outcome: string,
  range: Range,
  actor: Actor | undefined,
): void {
  const others = draft.nodesByStep.get(step) ?? [];
  // Of two who stand in for each other, each takes over once: the step does not go back to whoever was away first.
  const later = others.slice(others.indexOf(node) + 1);
  const to = later.find((other) => other.performers.some(({ id }) => id === taker));
  // The declaration may stand in an imported file; then the step's `by` is the nearest text of this one.
  const own = actor === undefined || actor.uri === draft.workflow.file.uri;
  const place = own ? range : (step.fields.$.valueRange('by') ?? step.range);
  if (to) draft.connect(node, to, { kind: 'exceptional', outcome, range: place, label: `${outcome}: ${taker}` });
}
