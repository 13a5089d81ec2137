// Analyses of a workflow -> who writes and reads which data in which steps.
import type { Analyses } from '../analysis/analyses.ts';
import { rootOf } from '../analysis/data-paths.ts';
import { type DataSink, dataSinks } from '../analysis/data-sinks.ts';
import { allArrivals } from '../analysis/taint-solve.ts';
import { groupBy } from '../language/groups.ts';
import type { Data, Workflow } from '../language/model.ts';
import type { DataFields } from '../language/vocabulary.ts';
import type { DataFlowView, DataRow, DataTerm, DataUse, Fact, StepName } from '../picture/views.ts';
import { aiParts } from './ai-parts.ts';
import type { DiagramModel } from './diagram.ts';
import { flowOrder } from './flow-order.ts';
import { laneOf, nodeId, stepNames, textFact, timeFact } from './view-names.ts';

/** Data of the file, and imported data that some step uses, in the order of the declarations. */
export function dataView(analyses: Analyses, diagram: DiagramModel): DataFlowView {
  const { workflow } = analyses;
  const order = flowOrder(diagram);
  const sorted = <T extends { readonly id: string }>(items: readonly T[]): readonly T[] =>
    items.toSorted((a, b) => (order.get(a.id) ?? order.size) - (order.get(b.id) ?? order.size));
  const name = stepNames(diagram);
  const writes = groupBy([...writesIn(analyses, name), ...broughtIn(analyses, name)], ({ data }) => data);
  const sinks = groupBy(analyses.derived(dataSinks), ({ path }) => rootOf(path));
  const ai = aiParts(analyses, diagram, sorted);
  const rows = [...workflow.data.values()].flatMap((data): readonly DataRow[] => {
    const { id, fields, uri } = data;
    const own = sinks.get(id) ?? [];
    const written = unique((writes.get(id) ?? []).map(({ use }) => use));
    const read = unique(own.flatMap((sink) => readIn(sink, name)));
    const part = ai.get(id);
    if (uri !== workflow.file.uri && written.length === 0 && read.length === 0) return [];
    return [
      {
        id,
        title: fields.title?.value.trim() || id,
        ...(fields.class ? { class: fields.class.value } : {}),
        facts: factsOf(data, own, workflow),
        writes: sorted(written),
        reads: sorted(read),
        ...(part ? { ai: part } : {}),
      },
    ];
  });
  return { view: 'data', actors: actorsIn(rows, diagram, workflow), rows };
}

interface Write {
  /** Its id. */
  readonly data: string;
  readonly use: DataUse;
}

/** What comes into data, of steps that some case reaches. */
function writesIn(analyses: Analyses, name: (id: string) => StepName): readonly Write[] {
  return [...analyses.derived(allArrivals)].flatMap(([node, arrivals]) => {
    const id = nodeId(node);
    if (id === undefined || !analyses.reachability.isReachable(node)) return [];
    return arrivals.flatMap(({ out, sender, brought, added }) => {
      if (added) return [];
      const makers = sender ? [sender.id] : brought ? [] : node.performers.map((performer) => performer.id);
      const how = sender || brought ? ('gives' as const) : ('writes' as const);
      return (makers.length > 0 ? makers : ['']).map((actor) => ({
        data: rootOf(out),
        use: { ...name(id), actor, how },
      }));
    });
  });
}

/** What an event brings that a wait goes on with, or that strikes a scope or the whole case. */
function broughtIn({ graph, workflow, reachability }: Analyses, name: (id: string) => StepName): readonly Write[] {
  return graph.edges.flatMap(({ from, to, kind, outcome, interrupt }) => {
    const event = outcome === undefined ? undefined : workflow.events.get(outcome);
    const id = nodeId(interrupt || from.step?.kind !== 'wait' ? to : from);
    if (!event || id === undefined || kind === 'message' || !reachability.isReachable(from)) return [];
    const actor = event.fields.from?.name ?? '';
    const use = { ...name(id), actor: workflow.actors.has(actor) ? actor : '', how: 'gives' as const };
    return (event.fields.gives ?? []).map((given) => ({ data: given.name, use }));
  });
}

const hows: Readonly<Record<DataSink['how'], DataUse['how'] | undefined>> = {
  reads: 'reads',
  'is handed': 'handed',
  'is sent': 'sent',
  'is shown': 'shown',
  keeps: undefined,
};

function readIn({ step, to, how }: DataSink, name: (id: string) => StepName): readonly DataUse[] {
  const told = hows[how];
  return told && 'actor' in to ? [{ ...name(step.id), actor: to.actor.id, how: told }] : [];
}

function unique(uses: readonly DataUse[]): readonly DataUse[] {
  return [...new Map(uses.map((use) => [`${use.actor} ${use.how} ${use.id}`, use])).values()];
}

function factsOf({ fields }: Data, sinks: readonly DataSink[], { stores }: Workflow): readonly Fact<DataTerm>[] {
  const { labels, media, trust, origin, purpose, store, optional, trustedRecord, basis } = fields;
  const list = (values: readonly { readonly value: string }[] | undefined) =>
    values?.map(({ value }) => value).join(', ');
  const storeTitle = (id: string) => stores.get(id)?.fields.title?.value.trim() || id;
  const copies = sinks.flatMap(({ to }) => ('store' in to && to.store.id !== store?.name ? [to.store.id] : []));
  const condition = optional?.text.trim();
  return [
    ...textFact('labels', list(labels)),
    ...textFact('media', list(media)),
    ...(trust ? [{ term: trust.value }] : []),
    ...textFact('origin', list(origin)),
    ...textFact('purpose', list(purpose)),
    ...retention(fields.retain),
    ...textFact('store', store && storeTitle(store.name)),
    ...textFact('copied', [...new Set(copies)].map(storeTitle).join(', ')),
    ...(condition === 'true' ? [{ term: 'optional' as const }] : []),
    ...(condition === 'false' ? [] : textFact('optionalIf', condition === 'true' ? undefined : condition)),
    ...(trustedRecord?.value ? [{ term: 'record' as const }] : []),
    ...textFact('basis', basis?.ref?.value),
  ];
}

/** A single time is how long data is kept at most. */
function retention(retain: DataFields['retain']): readonly Fact<DataTerm>[] {
  if (!retain) return [];
  if ('value' in retain) return timeFact('keptAtMost', retain);
  return [...timeFact('keptAtLeast' as const, retain.min), ...timeFact('keptAtMost' as const, retain.max)];
}

/** Lanes first, in their order; then others who are named. */
function actorsIn(rows: readonly DataRow[], { lanes }: DiagramModel, { actors }: Workflow): DataFlowView['actors'] {
  const used = new Set(
    rows.flatMap(({ reads, writes, ai }) => [
      ...[...reads, ...writes].map(({ actor }) => actor),
      ...(ai?.reaches ?? []).map(({ lane }) => lane),
    ]),
  );
  const drawn = lanes.filter(({ id }) => used.delete(id));
  return [...drawn, ...[...actors.values()].filter(({ id }) => used.has(id)).map(laneOf)];
}
