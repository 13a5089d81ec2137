// Folding: where several rules see one fault, the most specific one says it and names the others.
import { addTo, groupBy } from '../language/groups.ts';
import type { Finding } from './finding.ts';
import type { Rule } from './rule.ts';

/** A finding before folding. */
export interface Found {
  readonly rule: Rule;
  /** What is at fault, under names that every rule gives it; undefined where no other rule can see the same. */
  readonly root: string | readonly string[] | undefined;
  readonly finding: Finding;
}

/** Findings of one root become that of the most specific rule; the folded ones stand in its `also`. Order is kept. */
export function foldFindings(all: readonly Found[]): readonly Finding[] {
  const byRoot = new Map<string, Found[]>();
  for (const found of all) {
    if (found.finding.verdict !== 'violation') continue;
    for (const root of rootsOf(found)) addTo(byRoot, root, found);
  }
  const specificAt = new Map([...byRoot].map(([root, group]) => [root, firstSpecific(group)]));
  const foldedInto = new Map<Found, Found>();
  // Asked once for each: a finding may be about as many things as there are steps.
  const isSaidByOthers = remembered((general: Found) =>
    rootsOf(general).every((each) => specificAt.get(each)?.has(general.rule.id)),
  );
  for (const [root, group] of byRoot) {
    for (const general of group) {
      const specific = specificAt.get(root)?.get(general.rule.id);
      // It is folded where all that it is about is said by others.
      if (!specific || !isSaidByOthers(general)) continue;
      // Two rules that call each other more general are both kept from folding in a circle.
      if (target(specific, foldedInto) !== general) foldedInto.set(general, specific);
    }
  }
  const foldedHere = groupBy(foldedInto.keys(), (from) => target(from, foldedInto));
  return all
    .filter((found) => !foldedInto.has(found))
    .map((found) => {
      const also = [...new Map((foldedHere.get(found) ?? []).map(({ rule }) => [rule.id, rule])).values()];
      if (also.length === 0) return found.finding;
      // Not a copy: its fixes may not be worked out yet.
      return Object.assign(found.finding, { also: also.map(({ id, clauses }) => ({ rule: id, clauses })) });
    });
}

/** By the id of a general rule: the first finding of a rule that says more. */
function firstSpecific(group: readonly Found[]): ReadonlyMap<string, Found> {
  const first = new Map<string, Found>();
  for (const found of group)
    for (const general of found.rule.specializes ?? []) if (!first.has(general)) first.set(general, found);
  return first;
}

/** What `compute` answers for each, worked out once. */
function remembered<T extends object, R>(compute: (of: T) => R): (of: T) => R {
  const known = new Map<T, R>();
  return (of) => {
    if (!known.has(of)) known.set(of, compute(of));
    return known.get(of) as R;
  };
}

function rootsOf({ root }: Found): readonly string[] {
  return root === undefined ? [] : typeof root === 'string' ? [root] : root;
}

/** Where a finding ends up when the one it was folded into was folded as well. */
function target(found: Found, foldedInto: ReadonlyMap<Found, Found>): Found {
  const into = foldedInto.get(found);
  return into ? target(into, foldedInto) : found;
}
