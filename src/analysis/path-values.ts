// Which values data can have at a node, given the conditions on all the ways there; a write makes its data unknown.
import type { Start, Step, Workflow } from '../language/model.ts';
import type { ConditionText } from '../language/parts.ts';
import type { Analyses } from './analyses.ts';
import { everything, nothing, type Region } from './boxes.ts';
import { completes } from './completion.ts';
import { termsInForce } from './contract-terms.ts';
import { type DataPath, pathOf, writesOf } from './data-paths.ts';
import { reversePostorder } from './dominators.ts';
import { hasFact } from './fact-sets.ts';
import type { FlowEdge, FlowNode, Guard } from './flow-graph.ts';
import { type Guards, guardsOf } from './guards.ts';
import { ensuredBy, liveTerms } from './live-terms.ts';
import { emissions } from './must-facts.ts';
import { type Branch, meetingOf } from './parallel.ts';

/** A way out of a node, before any condition behind it is asked. */
export type Exit = Pick<FlowEdge, 'from' | 'outcome' | 'interrupt'>;

/** Values of data by place. A region that was widened says more than can be, never less. */
export interface PathValues {
  readonly guards: Guards;
  /** On entry to a node; nothing where no values lead there. */
  at(node: FlowNode): Region;
  /** When work leaves a node, its writes done and no condition behind it asked yet. */
  behind(exit: Exit): Region;
  /** Of `region`, what goes out by an exit once the step has done its work. */
  leaving(exit: Exit, region: Region): Region;
  /** Of `region` behind an exit, what takes `edge`. */
  taking(edge: FlowEdge, region: Region): Region;
  /** What the branches that meet with `edge` in a join say, and others may change, about `region` that comes over it. */
  joining(edge: FlowEdge, region: Region): Region;
  /** Where `region` behind an exit keeps to `guard` and those before it. */
  under(guard: Guard | undefined, region: Region): Region;
}

/**
 * Forward analysis over unions of boxes: conditions intersect, writes set free, ways that meet unite (Cousot and
 * Halbwachs, "Automatic discovery of linear restraints among variables of a program", POPL 1978, with boxes). Beyond
 * `maxKept` boxes at a node they become one around all, and after `maxRounds` changes anything is possible. Terms that
 * nothing behind a node asks for are not kept there.
 */
export function pathValues(analyses: Analyses): PathValues {
  const guards = analyses.derived(guardsOf);
  const touched = touchedBySteps(analyses.graph.workflow, guards);
  const live = liveTerms(analyses, guards, (edge) => (edge.from.step ? touched.at(edge.from.step, edge) : []));
  return valuesOnPaths(analyses, (node, term) => hasFact(live[node.index], term));
}

/** As `pathValues`, with the terms that are to be kept at each node. */
export function valuesOnPaths(analyses: Analyses, isKept: (node: FlowNode, term: number) => boolean): PathValues {
  const { graph, dominators } = analyses;
  const { workflow } = graph;
  const guards = analyses.derived(guardsOf);
  const { space } = guards;
  const order = reversePostorder(graph.root);
  const known = new Map<FlowNode, Region>([[graph.root, everything]]);
  const at = (node: FlowNode) => known.get(node) ?? nothing;
  const touched = touchedBySteps(workflow, guards);
  const meetingAt = (node: FlowNode) => meetingOf(node, graph, dominators);
  const decisions = new Map<Guard, Region>();
  const brought = new Map<readonly Branch[], { readonly changes: number; readonly all: readonly Brought[] }>();
  let changes = 0;
  /** What went over an edge the last time, for what was at its node then. */
  const passed: ({ readonly before: Region; readonly after: Region } | undefined)[] = graph.edges.map(() => undefined);

  /** Where both hold; where that is too much to say, roughly the first, and a doubt. */
  const narrow = (region: Region, by: Region) => {
    const both = space.intersect(region, by);
    return both ? guards.equated(both) : guards.doubtful(space.hull(region));
  };

  function decided(guard: Guard | undefined): Region {
    const open: Guard[] = [];
    let base: Region = everything;
    for (let one = guard; one; one = one.before) {
      const done = decisions.get(one);
      if (done) {
        base = done;
        break;
      }
      open.push(one);
    }
    for (const one of open.reverse()) {
      const { holds, fails } = guards.formula(one.when);
      base = narrow(base, one.holds ? holds : fails);
      decisions.set(one, base);
    }
    return base;
  }

  function under(guard: Guard | undefined, region: Region): Region {
    return guard ? narrow(region, decided(guard)) : region;
  }

  function leaving(exit: Exit, region: Region): Region {
    const { from } = exit;
    if (from.kind === 'start') return begun(from.start, region);
    const { step } = from;
    if (!step) return region;
    let left = space.forget(region, touched.at(step, exit));
    if (!completes(exit) || from.kind === 'exit')
      return exit.outcome === 'low-confidence' ? gated(step, left, 'fails') : left;
    for (const condition of ensuredBy(step)) left = narrow(left, guards.formula(condition).holds);
    return gated(step, left, exit.outcome === 'low-confidence' ? 'fails' : 'holds');
  }

  /** Only cases for which the start's condition holds begin, with data that nothing is known of yet. */
  function begun(start: Start | undefined, region: Region): Region {
    const { gives, on, when } = start?.fields ?? {};
    const given = gives ?? workflow.events.get(on?.name ?? '')?.fields.gives ?? [];
    const fresh = space.forget(region, guards.touchedBy(given.map(pathOf)));
    return when ? narrow(fresh, guards.formula(when).holds) : fresh;
  }

  function gated({ fields: { gate } }: Step, region: Region, side: 'holds' | 'fails'): Region {
    return gate?.on && gate.atLeast ? narrow(region, guards.gate(pathOf(gate.on), gate.atLeast.value)[side]) : region;
  }

  function taking(edge: FlowEdge, region: Region): Region {
    // A scope of free order ends where its condition holds.
    const done = edge.guard ? undefined : edge.when;
    const taken = done ? narrow(region, guards.formula(done).holds) : under(edge.guard, region);
    const accepted = edge.kind === 'message' ? undefined : acceptedAt(edge, workflow);
    return accepted ? narrow(taken, guards.formula(accepted).holds) : taken;
  }

  const along = (edge: FlowEdge): Region => {
    const before = at(edge.from);
    const last = passed[edge.index];
    if (last?.before === before) return last.after;
    const keeps = (term: number) => isKept(edge.to, term);
    const region = taking(edge, leaving(edge, before));
    // Where a wait ends by an event, what held at everyone who emits it holds as well.
    const emitted = emissions(edge);
    if (emitted.length > 0) {
      const sent = unite(emitted.flatMap((one) => leaving(one, at(one.from))));
      return space.keep(narrow(region, sent), keeps);
    }
    const after = space.keep(region, keeps);
    passed[edge.index] = { before, after };
    return after;
  };
  const unite = (region: Region) => space.unite(region) ?? space.hull(region);

  /** What the other branches of the split bring to the join that `edge` leads into. */
  function joining(edge: FlowEdge, region: Region): Region {
    const ended = meetingAt(edge.to).ended.get(edge);
    if (!ended) return region;
    const { branches, branch } = ended;
    return broughtTo(branches)
      .filter((other) => other.branch !== branch)
      .reduce((sum, { says }) => narrow(sum, says), space.forget(region, touched.beside(branches, branch)));
  }

  /** What each branch that arrives for sure says for all, where the others cannot change it; those that say nothing are left out. */
  function broughtTo(branches: readonly Branch[]): readonly Brought[] {
    const last = brought.get(branches);
    if (last?.changes === changes) return last.all;
    const all = branches
      .filter(({ arrives }) => arrives)
      .map((branch) => {
        const region = unite(branch.ends.flatMap(along));
        return { branch, says: space.forget(region, touched.beside(branches, branch)) };
      })
      .filter(({ says }) => !says.some(({ variables }) => variables.length === 0));
    brought.set(branches, { changes, all });
    return all;
  }

  function arriving(node: FlowNode): Region {
    const { alternatives, splits } = meetingAt(node);
    const single = splits.length === 0 && node.kind === 'start' ? node.in : alternatives;
    const met = splits.flatMap((branches) => {
      const certain = branches.some(({ arrives }) => arrives);
      return branches
        .filter(({ arrives }) => arrives === certain)
        .slice(0, certain ? 1 : branches.length)
        .flatMap(({ ends }) => ends.flatMap((edge) => joining(edge, along(edge))));
    });
    return [...single.flatMap(along), ...met];
  }

  const rounds = new Map<FlowNode, number>();
  const waiting = new Set(order.slice(1));
  while (waiting.size > 0) {
    for (const node of order) {
      if (!waiting.delete(node)) continue;
      const before = at(node);
      const next = unite([...before, ...arriving(node)]);
      if (space.subtract(next, before)?.length === 0) continue;
      const round = (rounds.get(node) ?? 0) + 1;
      rounds.set(node, round);
      changes++;
      const isWide = next.length > maxKept || round > maxRounds / 2;
      known.set(node, round > maxRounds ? everything : isWide ? space.hull(next) : next);
      for (const { to, kind } of node.out) {
        waiting.add(to);
        if (kind === 'message') for (const edge of to.out) waiting.add(edge.to);
      }
    }
  }
  return { guards, at, behind: (exit) => leaving(exit, at(exit.from)), leaving, taking, joining, under };
}

const maxKept = 16;
const maxRounds = 12;

/** Who receives has taken the work only where the contract's condition holds. */
function acceptedAt({ to, contract }: FlowEdge, workflow: Workflow): ConditionText | undefined {
  const terms = termsInForce(to.step?.accepts, contract, workflow);
  return terms.acceptIf;
}

/** What a branch that arrives for sure says at the join, whichever branch is last. */
interface Brought {
  readonly branch: Branch;
  readonly says: Region;
}

interface Touched {
  at(step: Step, exit: Exit): ReadonlySet<number>;
  /** Terms that some branch of a split but `own` makes unknown. */
  beside(branches: readonly Branch[], own: Branch): ReadonlySet<number>;
}

/** Terms that steps make unknown by what they write. */
function touchedBySteps(workflow: Workflow, guards: Guards): Touched {
  const known = new Map<Step, Map<string, ReadonlySet<number>>>();
  const bySplit = new Map<readonly Branch[], ReadonlyMap<number, Branch | undefined>>();
  const at = (step: Step, { outcome = '' }: Exit) => {
    const event = workflow.events.get(outcome);
    const judged = outcome === 'modify';
    const key = judged || event ? outcome : '';
    const ofStep = known.get(step) ?? new Map<string, ReadonlySet<number>>();
    const before = ofStep.get(key);
    if (before) return before;
    const { forEach, covers } = step.fields;
    const items = forEach?.item ? [forEach.item.value] : [];
    const written: readonly DataPath[] = [
      ...writesOf(step, workflow).map(({ out }) => out),
      ...(judged ? (covers ?? []).map(pathOf) : []),
      ...(event?.fields.gives ?? []).map(pathOf),
      ...items,
    ];
    const found = guards.touchedBy(written);
    known.set(step, ofStep.set(key, found));
    return found;
  };
  /** Each term that is written inside, with the branch that does where it is only one. */
  const writersIn = (branches: readonly Branch[]) => {
    const writers = new Map<number, Branch | undefined>();
    for (const branch of branches) {
      const own = new Set<number>();
      for (const edge of branch.inside) if (edge.from.step) for (const term of at(edge.from.step, edge)) own.add(term);
      for (const term of own) writers.set(term, writers.has(term) ? undefined : branch);
    }
    return writers;
  };
  return {
    at,
    beside(branches, own) {
      const writers = bySplit.get(branches) ?? writersIn(branches);
      bySplit.set(branches, writers);
      const terms = new Set<number>();
      for (const [term, only] of writers) if (only !== own) terms.add(term);
      return terms;
    },
  };
}
