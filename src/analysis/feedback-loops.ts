// Output of an AI that comes back to it: by a memory, an index, or data it is trained on, with no human having looked.
import { type Actor, isAi, type Step, type Workflow } from '../language/model.ts';
import { isList, type Range } from '../language/source.ts';
import { aiInputs } from './ai-inputs.ts';
import type { Analyses } from './analyses.ts';
import { canonical, dataByStore } from './arrivals.ts';
import { type DataPath, pathOf, rootOf, writesOf } from './data-paths.ts';
import { type Effect, effectsOf } from './effects.ts';
import type { FlowNode } from './flow-graph.ts';
import { aiTaint, unreviewedAi } from './origin.ts';
import type { TaintPath } from './taint-witness.ts';

export interface FeedbackLoop {
  /** The step that puts the output into the store. */
  readonly writing: Writing;
  readonly reading: Reading;
  readonly author: Actor;
}

/** Something goes into a store. */
interface Writing {
  readonly node: FlowNode;
  readonly store: string;
  /** The data; undefined where the step only says that it writes to the store. */
  readonly data: DataPath | undefined;
  /** The data of the workflow that lives in the store, where that is how it comes out again. */
  readonly kept: DataPath | undefined;
  readonly range: Range;
  readonly effect: Effect | undefined;
  /** From the AI that made it. */
  readonly path: TaintPath | undefined;
}

/** An AI gets what is in a store. */
interface Reading {
  readonly node: FlowNode;
  readonly agent: Actor;
  readonly store: string;
  readonly kept: DataPath | undefined;
  readonly how: 'reads' | 'is trained on';
}

/** Stores from which an AI learns or looks things up. */
const learned: ReadonlySet<string> = new Set(['memory', 'index', 'dataset', 'feedback']);

/** One entry for each step and store, with the first way back that is found. */
export function feedbackLoops(analyses: Analyses): readonly FeedbackLoop[] {
  const { graph, reachability } = analyses;
  const { workflow } = graph;
  if (![...workflow.stores.values()].some(({ fields }) => learned.has(fields.kind?.value ?? ''))) return [];
  const nodes = graph.nodes.filter(({ kind }) => kind === 'step').filter((node) => reachability.isReachable(node));
  const readings = nodes.flatMap((node) => readingsAt(node, workflow));
  const said = new Set<string>();
  return nodes.flatMap((node) =>
    writingsAt(node, analyses).flatMap((writing): readonly FeedbackLoop[] => {
      const key = `${node.step?.id} ${writing.store}`;
      const authors = authorsOf(writing);
      for (const reading of readings) {
        const author = authors.find((one) => isSibling(one, reading.agent));
        if (!author || said.has(key) || !comesBack(writing, reading, analyses)) continue;
        said.add(key);
        return [{ writing, reading, author }];
      }
      return [];
    }),
  );
}

function authorsOf({ node, path }: Writing): readonly Actor[] {
  const own = node.performers.filter(isAi);
  if (own.length > 0 || !path?.source) return own;
  return [path.source.sender, ...path.source.node.performers].flatMap((actor) => (actor && isAi(actor) ? [actor] : []));
}

/** The same agent, or one with the same identity or of the same model. */
function isSibling(a: Actor, b: Actor): boolean {
  if (a === b) return true;
  const same = (first: string | undefined, second: string | undefined) => first !== undefined && first === second;
  const models = (actor: Actor) => actor.fields.model ?? [];
  return (
    same(a.fields.identity?.value, b.fields.identity?.value) ||
    models(a).some((one) =>
      models(b).some(
        (other) =>
          same(one.family?.value, other.family?.value) ||
          (same(one.id?.value, other.id?.value) && same(one.provider?.value, other.provider?.value)),
      ),
    )
  );
}

/** Data that lives in the store comes back as it was left there; what else is put there comes with its only data. */
function comesBack(writing: Writing, { node, store, kept }: Reading, analyses: Analyses): boolean {
  if (writing.store !== store) return false;
  const { workflow } = analyses.graph;
  if (writing.kept === undefined) return kept === undefined || workflow.derived(dataByStore).get(store)?.length === 1;
  if (kept !== undefined && rootOf(kept) !== rootOf(writing.kept)) return false;
  return (analyses.derived(aiTaint).at(node, kept ?? writing.kept) & unreviewedAi) !== 0;
}

function storeOf(path: DataPath, { data, stores }: Workflow): string | undefined {
  const store = data.get(rootOf(path))?.fields.store?.name;
  return store !== undefined && learned.has(stores.get(store)?.fields.kind?.value ?? '') ? store : undefined;
}

function isLearned(name: string | undefined, { stores }: Workflow): name is string {
  return name !== undefined && learned.has(stores.get(name)?.fields.kind?.value ?? '');
}

/** What of an AI goes into a store at `node`, and nobody has looked at it. */
function writingsAt(node: FlowNode, analyses: Analyses): readonly Writing[] {
  const { workflow } = analyses.graph;
  const { step } = node;
  if (!step) return [];
  const taint = analyses.derived(aiTaint);
  const written = taint.arrivals(node).flatMap(({ arrival: { out, added }, labels }): readonly Writing[] => {
    const store = storeOf(out, workflow);
    if (store === undefined || added || (labels & unreviewedAi) === 0) return [];
    const path = taint.pathTo(node, out, unreviewedAi, 'within');
    const range = mentionOf(out, step, workflow) ?? step.range;
    return path ? [{ node, store, data: out, kept: out, range, effect: undefined, path }] : [];
  });
  const put = effectsOf(step, workflow).flatMap((effect): readonly Writing[] => {
    const store = effect.fields?.to?.name;
    if (!isLearned(store, workflow) || (effect.fields?.uses ?? []).length === 0) return [];
    const data = effect.consumes.find((path) => (taint.within(node, path) & unreviewedAi) !== 0);
    const path = data && taint.pathTo(node, data, unreviewedAi, 'within');
    return path ? [{ node, store, data, kept: undefined, range: effect.range, effect, path }] : [];
  });
  const known = new Set([...written, ...put].map(({ store }) => store));
  const granted = node.performers.some(isAi) ? permissionsAt(step, 'write', workflow) : [];
  const unsaid = granted
    .filter(({ store }) => !known.has(store) && !says(step, store, workflow))
    .map(({ store, range }) => ({
      node,
      store,
      data: undefined,
      kept: undefined,
      range,
      effect: undefined,
      path: undefined,
    }));
  return [...written, ...put, ...unsaid];
}

/** The step names what it puts into the store, so nothing else goes there. */
function says(step: Step, store: string, workflow: Workflow): boolean {
  const isPut = (step.fields.effects ?? []).some(({ to }) => to?.name === store);
  return isPut || writesOf(step, workflow).some(({ out }) => storeOf(out, workflow) === store);
}

/** Where the step says that it writes `out`. */
function mentionOf(out: DataPath, step: Step, workflow: Workflow): Range | undefined {
  const { writes, $: origin } = step.fields;
  const listed = writes !== undefined && isList(writes) ? writes : [];
  const found = listed.find((reference) => canonical(pathOf(reference), step, workflow) === out);
  return found?.range ?? origin.valueRange('writes') ?? origin.keyRange('returns');
}

function permissionsAt(
  { fields }: Step,
  permission: 'read' | 'write',
  workflow: Workflow,
): readonly { readonly store: string; readonly range: Range }[] {
  return (fields.uses ?? [])
    .filter(({ name, field }) => field === permission && isLearned(name, workflow))
    .map(({ name, range }) => ({ store: name, range }));
}

/** What of a store an AI gets at `node`: what it reads, what its tools show it, what it is trained on. */
function readingsAt(node: FlowNode, workflow: Workflow): readonly Reading[] {
  const { step } = node;
  if (!step) return [];
  const reads = aiInputs(node, workflow).flatMap(({ agent, path }): readonly Reading[] => {
    const kept = canonical(path, step, workflow);
    const store = storeOf(kept, workflow);
    return store === undefined ? [] : [{ node, agent, store, kept, how: 'reads' }];
  });
  const searched = node.performers
    .filter(isAi)
    .flatMap((agent) =>
      permissionsAt(step, 'read', workflow).map(
        ({ store }): Reading => ({ node, agent, store, kept: undefined, how: 'reads' }),
      ),
    );
  const trained = (step.fields.effects ?? []).flatMap(({ kind, to, uses = [] }) => {
    const agent = kind?.value === 'train' && to ? workflow.actors.get(to.name) : undefined;
    if (!agent || !isAi(agent)) return [];
    return uses.flatMap((used): readonly Reading[] => {
      const kept = canonical(pathOf(used), step, workflow);
      const store = storeOf(kept, workflow);
      return store === undefined ? [] : [{ node, agent, store, kept, how: 'is trained on' }];
    });
  });
  return [...reads, ...searched, ...trained];
}
