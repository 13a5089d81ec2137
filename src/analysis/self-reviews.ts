// Who judges their own work: judges that are behind a step whose output they judge.
import { addTo } from '../language/groups.ts';
import { type Actor, isAi, isHuman, type Step, type Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { approvedBy, reviewedBy } from './approvals.ts';
import { isBorder } from './call-borders.ts';
import { completes } from './completion.ts';
import { type DataPath, includes, overlap, pathOf, rootOf, type Write, writesOf } from './data-paths.ts';
import { addFact, hasFact } from './fact-sets.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { mayFacts } from './may-facts.ts';
import { actorOf, type Principal, principalsOf, type SharedPrincipal } from './principals.ts';

export interface SelfReview {
  readonly author: FlowNode;
  readonly judge: FlowNode;
  /** What the one wrote and the other judges. */
  readonly data: DataPath;
  /** Written by changing it in an approval. */
  readonly modified: boolean;
  /** The principal behind both, `first` at the author; undefined where only the model is the same. */
  readonly shared: SharedPrincipal | undefined;
  /** Model or family of models that wrote it and judges it. */
  readonly family: string | undefined;
  /** A shortest way from the author to the judge on which nobody else has judged the data. */
  readonly path: readonly FlowEdge[];
}

/**
 * One entry for each pair of author and judge. Reaching definitions (Kildall, "A unified approach to global program
 * optimization", POPL 1973), searched backwards from each judge for just those authors that share a principal or a model
 * with it, as far as work goes from one to the other at all; a write to all of the data, or another's judgment of it, ends
 * the search. O(edges) for each judge with such an author.
 */
export function selfReviews(analyses: Analyses): readonly SelfReview[] {
  const found = new Map<string, SelfReview>();
  const cases = casesIn(analyses);
  if (cases.length === 0) return [];
  const reaches = reachingAuthors(cases, analyses);
  for (const { judge, data, suspects } of cases) {
    const near = new Map([...suspects].filter(([author]) => reaches(author, judge)));
    if (near.size === 0) continue;
    for (const review of reviewsIn(judge, data, near, analyses)) {
      const key = `${review.author.step?.id} ${judge.step?.id} ${review.modified}`;
      const known = found.get(key);
      if (!known || rank(review) < rank(known)) found.set(key, review);
    }
  }
  return [...found.values()];
}

/** A judge, and those who wrote what it judges and share a principal or a model with it. */
interface Case {
  readonly judge: FlowNode;
  readonly data: DataPath;
  readonly suspects: ReadonlyMap<FlowNode, Suspicion>;
}

function casesIn(analyses: Analyses): readonly Case[] {
  const { graph, reachability } = analyses;
  const authors = analyses.derived(authorsByData);
  return graph.nodes.flatMap((judge) => {
    const { step } = judge;
    if (!step || judge.kind !== 'step' || judge.performers.length === 0 || !reachability.isReachable(judge)) return [];
    return judgedBy(step).flatMap((data): readonly Case[] => {
      const suspects = new Map<FlowNode, Suspicion>();
      const roots = new Set([...withCopies(data, analyses)].map(rootOf));
      for (const node of [...roots].flatMap((root) => authors.get(root) ?? [])) {
        const suspicion = suspicionOf(node, judge, analyses);
        if (suspicion) suspects.set(node, suspicion);
      }
      return suspects.size > 0 ? [{ judge, data, suspects }] : [];
    });
  });
}

/** Whether work goes from an author to a judge at all, for all of them in one pass. */
function reachingAuthors(cases: readonly Case[], { graph }: Analyses): (author: FlowNode, judge: FlowNode) => boolean {
  const all = new Set(cases.flatMap(({ suspects }) => [...suspects.keys()]));
  const numbers = new Map([...all].map((author, number) => [author, number]));
  const facts = mayFacts(graph, numbers.size, ({ from }, entry, left) => {
    left.set(entry);
    const number = numbers.get(from);
    if (number !== undefined) addFact(left, number);
  });
  return (author, judge) => hasFact(facts.at(judge), numbers.get(author) ?? -1);
}

/** An approval judges exactly what it covers; reviews and decisions what they look at. */
function judgedBy({ kind, fields }: Step): readonly DataPath[] {
  if (kind === 'approval') return [...(fields.covers ?? []), ...(fields.reviews ?? [])].map(pathOf);
  return kind === 'review' || kind === 'decision' ? (fields.reviews ?? []).map(pathOf) : [];
}

/** Nodes by the data they write, or change as judges. */
function authorsByData({ graph, reachability }: Analyses): ReadonlyMap<string, readonly FlowNode[]> {
  const found = new Map<string, FlowNode[]>();
  for (const node of graph.nodes) {
    if (!node.step || node.kind !== 'step' || node.performers.length === 0 || !reachability.isReachable(node)) continue;
    const written = writesOf(node.step, graph.workflow).map(({ out }) => out);
    for (const root of new Set([...written, ...changedBy(node.step)].map(rootOf))) addTo(found, root, node);
  }
  return found;
}

/** What a judge who modifies has written. */
function changedBy({ kind, fields }: Step): readonly DataPath[] {
  return kind === 'approval' ? (fields.covers ?? []).map(pathOf) : [];
}

type Suspicion = Pick<SelfReview, 'shared' | 'family'>;

/**
 * Why this judge is not someone else than this author. People are compared with everyone behind the author. An AI judge is
 * no human review anyway, so it is held against other AI only: the same agent, a delegate, the same model.
 */
function suspicionOf(author: FlowNode, judge: FlowNode, analyses: Analyses): Suspicion | undefined {
  const principals = analyses.derived(principalsOf);
  // Whoever stands in for an agent does the agent's work.
  const byAi = author.step?.performers.some(isAi) ?? false;
  const judgedByAi = judge.performers.every(isAi);
  if (!byAi && (judgedByAi || judge.step?.kind !== 'approval')) return undefined;
  const counts = (principal: Principal) => {
    const actor = actorOf(principal);
    return actor !== undefined && (isAi(actor) || (isHuman(actor) && !judgedByAi));
  };
  const shared = principals.shared(author, judge, (first, second) => counts(first) && counts(second));
  if (shared) return { shared, family: undefined };
  const family = judgedByAi ? commonFamily(author.performers, judge.performers) : undefined;
  return family === undefined ? undefined : { shared: undefined, family };
}

function commonFamily(authors: readonly Actor[], judges: readonly Actor[]): string | undefined {
  const own = new Set(authors.flatMap(familiesOf).map(({ key }) => key));
  return judges.flatMap(familiesOf).find(({ key }) => own.has(key))?.name;
}

/** Declared families; one model of one provider is a family of its own, whatever is declared. */
function familiesOf({ fields }: Actor): readonly { readonly key: string; readonly name: string }[] {
  return (fields.model ?? []).flatMap(({ family, provider, id }) => [
    ...(family ? [{ key: `family ${family.value}`, name: family.value }] : []),
    ...(provider && id ? [{ key: `model ${provider.value} ${id.value}`, name: id.value }] : []),
  ]);
}

/** The data and what it is a copy of where work comes back from a called file. */
function withCopies(data: DataPath, analyses: Analyses): ReadonlySet<DataPath> {
  const copies = analyses.derived(copiesAtBorders);
  const found = new Set([data]);
  for (const path of found)
    for (const { out, from } of copies) if (overlap(out, path)) for (const source of from) found.add(source);
  return found;
}

function copiesAtBorders({ graph }: Analyses): readonly Write[] {
  return [...graph.workflow.steps.values()]
    .filter(({ id }) => isBorder(id))
    .flatMap((step) => writesOf(step, graph.workflow));
}

/** The data on entry to a node, and the way from there to the judge. */
interface State {
  readonly node: FlowNode;
  readonly data: DataPath;
  readonly edge: FlowEdge | undefined;
  readonly onward: State | undefined;
}

/** Backwards from the judge, breadth first, until every suspect is found in every way it can be. */
function reviewsIn(
  judge: FlowNode,
  judged: DataPath,
  suspects: ReadonlyMap<FlowNode, Suspicion>,
  analyses: Analyses,
): readonly SelfReview[] {
  const { workflow, nodes } = analyses.graph;
  const principals = analyses.derived(principalsOf);
  const concerned = analyses.derived(edgesByData);
  const queue: State[] = [{ node: judge, data: judged, edge: undefined, onward: undefined }];
  const seen = new Map<DataPath, Uint8Array>();
  const seenOf = (data: DataPath) => {
    const known = seen.get(data) ?? new Uint8Array(nodes.length);
    seen.set(data, known);
    return known;
  };
  const add = (known: Uint8Array, node: FlowNode, data: DataPath, edge: FlowEdge, onward: State) => {
    if (known[node.index] === 0) queue.push({ node, data, edge, onward });
    known[node.index] = 1;
  };
  const found = new Map<string, SelfReview>();
  const wanted = [...suspects.keys()].reduce((sum, { step }) => sum + (step ? waysToBeAuthor(step, workflow) : 0), 0);
  const isOther = (node: FlowNode) => node.step !== judge.step && !principals.shared(node, judge);
  for (const onward of queue) {
    if (found.size === wanted) break;
    const { data } = onward;
    const touching = concerned.get(rootOf(data));
    const known = seenOf(data);
    for (const edge of onward.node.in) {
      const { from } = edge;
      if (edge.kind === 'message' && edge.to.kind !== 'start') continue;
      if (!touching?.has(edge)) {
        add(known, from, data, edge, onward);
        continue;
      }
      if ((approvedBy(edge, data) || reviewedBy(edge, data)) && isOther(from)) continue;
      const { outs, modified } = writtenBefore(edge, data, from, workflow);
      const suspicion = suspects.get(from);
      // To change and approve in one step is allowed; to come back and approve what one has changed is not.
      const isAuthor = outs.length > 0 && (from.step !== judge.step || modified);
      const key = `${from.index} ${modified}`;
      if (suspicion && isAuthor && !found.has(key)) {
        const path = [edge];
        for (let next = onward; next.edge && next.onward; next = next.onward) path.push(next.edge);
        found.set(key, { author: from, judge, data, modified, path, ...suspicion });
      }
      const isWhole = outs.some((out) => includes(out, data));
      for (const before of [...(isWhole ? [] : [data]), ...copiedFrom(edge, data, workflow)])
        add(seenOf(before), from, before, edge, onward);
    }
  }
  return [...found.values()];
}

/** Whoever writes is an author, and a judge who modifies. */
function waysToBeAuthor(step: Step, workflow: Workflow): number {
  return (writesOf(step, workflow).length > 0 ? 1 : 0) + (changedBy(step).length > 0 ? 1 : 0);
}

/** Edges behind which data was judged, written or changed, by its id. */
function edgesByData({ graph: { nodes, workflow } }: Analyses): ReadonlyMap<string, ReadonlySet<FlowEdge>> {
  const found = new Map<string, Set<FlowEdge>>();
  for (const { step, out } of nodes) {
    if (!step) continue;
    const roots = new Set(writesOf(step, workflow).map((write) => rootOf(write.out)));
    for (const { name } of step.fields.covers ?? []) roots.add(name);
    for (const { name } of step.fields.reviews ?? []) roots.add(name);
    for (const root of roots) {
      const known = found.get(root) ?? new Set();
      found.set(root, known);
      for (const edge of out) known.add(edge);
    }
  }
  return found;
}

/** What comes into or out of a called file is the same data under another name. */
function copiedFrom({ from }: FlowEdge, data: DataPath, workflow: Workflow): readonly DataPath[] {
  if (!from.step || !isBorder(from.step.id)) return [];
  return writesOf(from.step, workflow).flatMap((write) => (overlap(write.out, data) ? write.from : []));
}

interface Written {
  readonly modified: boolean;
  readonly outs: readonly DataPath[];
}

/** What of the data was written at `from` when work leaves it by `edge`. */
function writtenBefore(edge: FlowEdge, data: DataPath, from: FlowNode, workflow: Workflow): Written {
  const none: Written = { outs: [], modified: false };
  if (!from.step || from.kind !== 'step') return none;
  const modified = from.step.kind === 'approval' && edge.outcome === 'modify';
  const changed = modified ? changedBy(from.step).filter((out) => overlap(out, data)) : [];
  if (changed.length > 0) return { outs: changed, modified };
  const happened = completes(edge) || edge.kind === 'message';
  const outs = happened ? writesOf(from.step, workflow).map(({ out }) => out) : [];
  return { outs: outs.filter((out) => overlap(out, data)), modified: false };
}

/** As the steps are performed by those they name, then certain ones, then short ways. */
function rank({ author, judge, shared, path }: SelfReview): number {
  const takeOvers = (author.takenOver ? 1 : 0) + (judge.takenOver ? 1 : 0);
  return takeOvers * 1e9 + (shared?.certain === false ? 1e6 : 0) + path.length;
}
