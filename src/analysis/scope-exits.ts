// The ends of a scope in the flow graph, one for each outcome, so that what happened on the way to one outcome is not
// taken for what happened on the way to another.
import type { Handler, Step, Workflow } from '../language/model.ts';
import { endsByScope } from '../language/outcomes.ts';
import type { Departure, FlowNode } from './flow-graph.ts';
import type { GraphDraft } from './graph-draft.ts';

/** Adds the node behind each outcome of `scope`, that of `completed` first. */
export function addExits(draft: GraphDraft, scope: Step): void {
  const exits = new Map([['completed', draft.add('exit', scope, undefined, [])]]);
  draft.exits.set(scope, exits);
  for (const end of endsIn(draft.workflow, scope)) {
    const name = outcomeBehind(end, scope);
    if (!exits.has(name)) exits.set(name, draft.add('exit', scope, undefined, []));
  }
}

/** The node behind an outcome of `scope`. */
export function exitOf({ exits }: GraphDraft, scope: Step, outcome: string): FlowNode | undefined {
  const known = exits.get(scope);
  return known?.get(outcome) ?? known?.get('completed');
}

/**
 * Adds the ways from inside the scopes to their ends, once all others are there. Where work runs in parallel inside, a
 * scope is completed when each path is; a path that is completed may be part of any other outcome.
 */
export function addArrivals(draft: GraphDraft): void {
  const parallel = parallelIn(draft);
  for (const [scope, exits] of draft.exits) {
    for (const end of endsIn(draft.workflow, scope)) {
      const exit = exitOf(draft, scope, outcomeBehind(end, scope));
      const outcome = end.fields.outcome?.value ?? 'completed';
      const from = draft.nodeOf(end);
      if (from && exit) draft.connect(from, exit, { kind: 'normal', outcome, range: end.range });
    }
    if (!parallel.has(scope)) continue;
    const completed = [...(exits.get('completed')?.in ?? [])].filter(({ from }) => !from.step?.fields.terminate?.value);
    for (const [name, exit] of exits) {
      if (name === 'completed') continue;
      const outcome = name === 'error' ? 'failed' : name;
      for (const { from, range } of completed) draft.connect(from, exit, { kind: 'normal', outcome, range });
    }
  }
}

function endsIn(workflow: Workflow, scope: Step): readonly Step[] {
  return workflow.derived(endsByScope).get(scope) ?? [];
}

/** An inner end that failed gives the scope `error`, unless it handles `failed`. */
function outcomeBehind({ fields }: Step, { handlers }: Step): string {
  const outcome = fields.outcome?.value ?? 'completed';
  return outcome === 'failed' && !handlers.has('failed') ? 'error' : outcome;
}

/** Scopes in which more than one path can be at work. */
function parallelIn({ exits, edges }: GraphDraft): ReadonlySet<Step> {
  const found = new Set([...exits.keys()].filter(({ fields }) => fields.forEach));
  const forks = edges.filter(({ split, keep }) => keep || (split && split.mode !== 'exclusive'));
  for (const { from } of forks) for (let scope = from.step?.scope; scope; scope = scope.scope) found.add(scope);
  return found;
}

/** Who handles an outcome that a step leaves open: the nearest scope from `scope` outward whose `on` names it, then the case. */
export function caughtBy(workflow: Workflow, scope: Step | undefined, outcome: string): Caught | undefined {
  for (let outer = scope; outer; outer = outer.scope) {
    const handler = outer.handlers.get(outcome);
    if (handler && !handler.inherited) return { handler, by: outer };
  }
  const handler = workflow.handlers.get(outcome);
  return handler && { handler, by: 'case' };
}

interface Caught {
  readonly handler: Handler;
  readonly by: Departure['of'];
}
