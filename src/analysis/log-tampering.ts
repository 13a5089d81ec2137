// Who can change the log of what they, or an agent that works for them, have done.
import type { Actor, Step, Store } from '../language/model.ts';
import type { Reference } from '../language/parts.ts';
import { stepKeys } from '../language/vocabulary.ts';
import type { Analyses } from './analyses.ts';
import type { FlowNode } from './flow-graph.ts';
import { actorOf, isDirect, type Principal, principalsOf } from './principals.ts';

export interface LogTampering {
  readonly store: Store;
  readonly holder: Actor;
  /** `write`, `delete` or `admin`. */
  readonly right: string;
  /** Where the right is written: in a grant of the holder, or in the store's own lists. */
  readonly mention: Reference;
  readonly inStore: 'admins' | 'writers' | undefined;
  /** The first step that is logged there and has the holder behind it, and how. */
  readonly node: FlowNode;
  readonly principal: Principal;
}

/** One entry for each right on a log that someone holds whose own work it records; O(steps + rights) with the closures known. */
export function logTampering(analyses: Analyses): readonly LogTampering[] {
  const { workflow } = analyses;
  const principals = analyses.derived(principalsOf);
  const recorded = recordedIn(analyses);
  return [...recorded].flatMap(([store, byKey]) =>
    rightsOn(store, workflow.actors).flatMap((right): readonly LogTampering[] => {
      for (const own of principals.behind(right.holder).filter(isDirect)) {
        for (const { node, principal } of byKey.get(own.key) ?? []) {
          if (!areDistinct(actorOf(own), actorOf(principal))) return [{ ...right, store, node, principal }];
        }
      }
      return [];
    }),
  );
}

interface Recorded {
  readonly node: FlowNode;
  readonly principal: Principal;
}

/** By log and principal, the steps that are recorded there with that principal behind them; those of the steps' own performers first. */
function recordedIn(analyses: Analyses): ReadonlyMap<Store, ReadonlyMap<string, readonly Recorded[]>> {
  const { graph, reachability, workflow } = analyses;
  const principals = analyses.derived(principalsOf);
  const found = new Map<Store, Map<string, Recorded[]>>();
  const nodes = [...graph.nodes].sort((a, b) => (a.takenOver ? 1 : 0) - (b.takenOver ? 1 : 0));
  for (const node of nodes) {
    const id = node.step && node.kind === 'step' ? logOf(node.step, analyses) : undefined;
    const store = id === undefined ? undefined : workflow.stores.get(id);
    if (!store || !reachability.isReachable(node)) continue;
    const byKey = found.get(store) ?? new Map<string, Recorded[]>();
    found.set(store, byKey);
    for (const principal of principals.of(node)) {
      const known = byKey.get(principal.key);
      // A few are enough to find one that `distinct-from` does not keep apart.
      if (!known) byKey.set(principal.key, [{ node, principal }]);
      else if (known.length < 8 && known.every((one) => actorOf(one.principal) !== actorOf(principal)))
        known.push({ node, principal });
    }
  }
  return found;
}

/** The step's own log, else that of the defaults, for kinds that have one and where it is not dropped. */
function logOf({ fields, kind }: Step, { workflow }: Analyses): string | undefined {
  const kinds: readonly string[] = stepKeys.log.on ?? [];
  if (fields.log) return 'to' in fields.log ? fields.log.to?.name : undefined;
  if (fields.$.keyRange('log') || kind === undefined || kind === 'scope' || !kinds.includes(kind)) return undefined;
  const byDefault = workflow.fields?.defaults?.log;
  return byDefault && 'to' in byDefault ? byDefault.to?.name : undefined;
}

type Right = Pick<LogTampering, 'holder' | 'right' | 'mention' | 'inStore'>;

/** Rights to change what is written: to write counts where a store is not append-only. */
function rightsOn(store: Store, actors: ReadonlyMap<string, Actor>): readonly Right[] {
  const { admins, writers, appendOnly, $: origin } = store.fields;
  const halfTyped = !appendOnly && origin.keyRange('append-only') !== undefined;
  const changes = appendOnly?.value === true || halfTyped ? ['delete', 'admin'] : ['write', 'delete', 'admin'];
  const granted = [...actors.values()].flatMap((holder) =>
    (holder.fields.grants ?? [])
      .filter(({ name, field }) => name === store.id && field !== undefined && changes.includes(field))
      .map((mention) => ({ holder, right: mention.field ?? '', mention, inStore: undefined })),
  );
  const listed = (mentions: readonly Reference[] | undefined, right: string, inStore: 'admins' | 'writers') =>
    (mentions ?? []).flatMap((mention) => {
      const holder = actors.get(mention.name);
      return holder ? [{ holder, right, mention, inStore }] : [];
    });
  return [
    ...granted,
    ...listed(admins, 'admin', 'admins'),
    ...(changes.includes('write') ? listed(writers, 'write', 'writers') : []),
  ];
}

function areDistinct(one: Actor | undefined, other: Actor | undefined): boolean {
  const names = (a: Actor | undefined, b: Actor | undefined) =>
    a?.fields.distinctFrom?.some(({ name }) => name === b?.id) === true;
  return names(one, other) || names(other, one);
}
