// Branches with conditions: values for which none is taken, and branches that no value takes. Completeness and
// subsumption as for decision tables (Calvanese et al., "Semantics and analysis of DMN decision tables", BPM 2016).
import { groupBy } from '../language/groups.ts';
import type { ConditionText, Link } from '../language/parts.ts';
import type { Analyses } from './analyses.ts';
import { isSure } from './authority.ts';
import type { Box, Region } from './boxes.ts';
import { type DataPath, overlap, pathOf, rootOf, writesOf } from './data-paths.ts';
import type { Choice, FlowEdge, FlowNode } from './flow-graph.ts';
import { type Formula, type Guards, valuesInWords } from './guards.ts';
import { pathValues } from './path-values.ts';
import { nodesReaching } from './reachability.ts';
import { wayWith } from './value-ways.ts';

/** A choice that some values leave without a branch. */
export interface Gap {
  readonly choice: Choice;
  /** The way there, and the values in words; undefined where it is only not known that every value has a branch. */
  readonly proof: { readonly way: readonly FlowEdge[]; readonly values: readonly string[] } | undefined;
  /** Why it is not known: a part of a condition that is not understood, or data whose values are not declared. */
  readonly doubt: string;
}

/** One for each choice as it is written, however many ways lead to it. */
export function gapsOf(analyses: Analyses): readonly Gap[] {
  return [...written(analyses).values()].flatMap((choices) => {
    const [first] = choices;
    const isOpen = first?.links.every(({ when, otherwise }) => when && !otherwise);
    if (first?.mode !== 'exclusive' || !isOpen) return [];
    const gaps = choices.flatMap((choice) => gapAt(choice, analyses));
    return gaps.find(({ proof }) => proof) ?? gaps[0] ?? [];
  });
}

function gapAt(choice: Choice, analyses: Analyses): readonly Gap[] {
  const values = analyses.derived(pathValues);
  const { guards } = values;
  const { space } = guards;
  const formulas = formulasOf(choice.links, guards);
  // What is wrong in a condition is said there.
  if (!formulas) return [];
  const paths = formulas.flatMap((formula) => formula.paths ?? []);
  const facing = values.under(choice.before, values.behind(choice));
  const left = space.subtract(
    facing,
    formulas.flatMap(({ holds }) => holds),
  );
  if (left?.length === 0) return [];
  const taken = formulas.flatMap(({ holds }) => guards.loosely(holds));
  const untaken = (region: Region) =>
    (space.subtract(values.under(choice.before, region), taken) ?? []).filter((box) => isSure(box, paths, guards));
  const way = untaken(values.behind(choice)).length > 0 ? wayWith(choice, untaken, analyses) : undefined;
  if (way) return [{ choice, proof: { way: way.edges, values: valuesInWords(way.values, paths, guards) }, doubt: '' }];
  const doubt = doubtIn(left ?? facing, formulas, choice, guards);
  return doubt === undefined ? [] : [{ choice, proof: undefined, doubt }];
}

/** A branch that is never taken. */
export interface DeadBranch {
  readonly choice: Choice;
  readonly when: ConditionText;
  /**
   * `contradiction`: it never holds. `covered`: whenever it holds, an earlier branch is taken. `way`: neither by itself,
   * but no value that comes there takes it.
   */
  readonly because: 'contradiction' | 'covered' | 'way';
}

export function deadBranches(analyses: Analyses): readonly DeadBranch[] {
  return [...written(analyses).values()].flatMap((choices) => {
    const [first, ...others] = choices;
    if (!first) return [];
    const dead = deadAt(first, analyses);
    if (dead.size === 0) return [];
    const alsoDead = others.map((choice) => deadAt(choice, analyses));
    return [...dead].flatMap(([index, because]) => {
      const when = first.links[index]?.when;
      return when && alsoDead.every((other) => other.has(index)) ? [{ choice: first, when, because }] : [];
    });
  });
}

/** The branches of a choice that are never taken, by their index; none behind a condition that cannot be read. */
function deadAt(choice: Choice, analyses: Analyses): ReadonlyMap<number, DeadBranch['because']> {
  const values = analyses.derived(pathValues);
  const { space, formula } = values.guards;
  const found = new Map<number, DeadBranch['because']>();
  let facing: Region | undefined;
  const before: Formula[] = [];
  const earlier: Box[] = [];
  for (const [index, { when }] of choice.links.entries()) {
    if (!when) continue;
    const own = formula(when);
    if (!own.paths) break;
    before.push(own);
    if (own.holds.length === 0) found.set(index, 'contradiction');
    else if (space.subtract(own.holds, earlier)?.length === 0) found.set(index, 'covered');
    else {
      facing ??= values.under(choice.before, values.behind(choice));
      const coming = space.intersect(facing, own.holds);
      const isDead = coming && space.subtract(coming, earlier)?.length === 0;
      // Where nothing arrives at all, the fault lies further back.
      const asked = () => [...before, ...guardsBefore(choice).map(formula)];
      if (isDead && facing.length > 0 && isSettled(choice.from, asked(), analyses)) found.set(index, 'way');
    }
    if (choice.mode === 'exclusive') earlier.push(...own.holds);
  }
  return found;
}

function guardsBefore({ before }: Choice): readonly ConditionText[] {
  const found: ConditionText[] = [];
  for (let guard = before; guard; guard = guard.before) found.push(guard.when);
  return found;
}

/**
 * What is known of the values on the way to `node` cannot be changed behind its back: by a parallel path, by a stop, by
 * whoever keeps a record that outlives the case, or by a reviewer who modifies what was looked at.
 */
function isSettled(node: FlowNode, formulas: readonly Formula[], { graph }: Analyses): boolean {
  const { workflow } = graph;
  const leading = nodesReaching([node]);
  if (graph.alsoReachable.some(({ step }) => graph.nodesOf(step).some((other) => leading.has(other)))) return false;
  const paths = formulas.flatMap((formula) => formula.paths ?? []);
  const isAsked = (written: DataPath) => paths.some((path) => overlap(written, path));
  const kept = paths.some((path) => {
    const { store, trustedRecord } = workflow.data.get(rootOf(path))?.fields ?? {};
    return store !== undefined || trustedRecord?.value === true;
  });
  const modified = [...leading].some(({ step, out }) => {
    const looks = (step?.fields.reviews ?? []).map(pathOf).some(isAsked);
    return looks && out.some(({ outcome, to }) => outcome === 'modify' && leading.has(to));
  });
  if (kept || modified) return false;
  const writers = graph.nodes.filter(({ step }) => step && writesOf(step, workflow).some(({ out }) => isAsked(out)));
  if (writers.length === 0) return true;
  const heads = graph.edges.filter(
    ({ split, from, kind }) => split?.mode !== 'exclusive' && (split || kind === 'message' || keeps(from)),
  );
  // A path that runs beside the one to the node, and writes.
  const mayWrite = nodesReaching(writers);
  return !heads.some(
    ({ from, to }) =>
      leading.has(from) && mayWrite.has(to) && from.out.some((other) => other.to !== to && leading.has(other.to)),
  );
}

/** A timer or sample of the step starts a second path. */
function keeps({ step }: FlowNode): boolean {
  return step?.fields.sample?.keep?.value === true || (step?.fields.timers ?? []).some(({ keep }) => keep?.value);
}

/** Choices by the branches as they are written. */
function written({ graph }: Analyses): ReadonlyMap<Link | undefined, readonly Choice[]> {
  return groupBy(graph.choices, ({ links: [first] }) => first);
}

/** Undefined where one of the conditions cannot be read. */
function formulasOf(links: readonly Link[], guards: Guards): readonly Formula[] | undefined {
  const formulas = links.flatMap(({ when }) => (when ? guards.formula(when) : []));
  return formulas.every(({ paths }) => paths) ? formulas : undefined;
}

/** What stands in the way of a proof; undefined where a condition on the way cannot be read, which is said there. */
function doubtIn(left: Region, formulas: readonly Formula[], { links }: Choice, { terms }: Guards): string | undefined {
  const open = left.flatMap((box) => box.variables.flatMap((index) => terms[index] ?? []));
  if (open.some(({ paths }) => paths === undefined)) return undefined;
  const [part] = links.flatMap(({ when }, i) =>
    when && !formulas[i]?.plain ? [when.text.replace(/\s+/g, ' ').trim()] : [],
  );
  if (part !== undefined) return `'${part}' is not made of comparisons with fixed values`;
  const asked = new Set(formulas.flatMap(({ paths }) => paths ?? []));
  const vague = open.find(
    ({ variable }) => variable?.exact === false && variable.names.some((name) => asked.has(name)),
  )?.variable;
  return vague
    ? `which values '${vague.path}' can have is not declared in full`
    : 'the conditions on the way there are too many, or not made of comparisons with fixed values';
}
