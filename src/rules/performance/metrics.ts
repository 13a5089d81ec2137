// What several rules ask of `metrics`: what they measure, and how one is added to a file.
import { addBlock, addEntry, addItem, unusedId } from '../../language/edit.ts';
import { isInside, type Step, type Workflow } from '../../language/model.ts';
import type { Range, TextEdit } from '../../language/source.ts';
import type { FileFields } from '../../language/vocabulary.ts';

export type Metric = NonNullable<FileFields['metrics']>[number];

/** Metrics of a kind; undefined while one is being typed, which may be of it. */
export function metricsOf(kind: string, { fields }: Workflow): readonly Metric[] | undefined {
  const { metrics, $: origin } = fields ?? {};
  if (!metrics) return origin?.keyRange('metrics') ? undefined : [];
  if (metrics.some((metric) => metric.kind === undefined)) return undefined;
  return metrics.filter((metric) => metric.kind?.value === kind);
}

/** The metric is of this step, of a scope around it, or of everything. */
export function measures({ of }: Metric, step: Step, { steps }: Workflow): boolean {
  if (!of) return true;
  return of.some(({ name, word }) => word || name === step.id || isInsideOf(step, steps.get(name)));
}

function isInsideOf(step: Step, scope: Step | undefined): boolean {
  return scope !== undefined && isInside(step, scope);
}

/** Where nothing is measured yet, that is one fault, whatever is to be measured. */
export function rootOfNone({ fields }: Workflow): { readonly root?: string } {
  return fields?.metrics?.length ? {} : { root: 'metrics' };
}

/** Where a finding about metrics that are not there stands. */
export function metricsRange({ fields, file }: Workflow): Range {
  const { $: origin, workflow } = fields ?? {};
  return origin?.keyRange('metrics') ?? workflow?.range ?? file.root?.range ?? { start: 0, end: 0 };
}

/** What a new metric is to measure. */
interface Wanted {
  readonly id: string;
  readonly kind: string;
  readonly of: readonly Step[] | 'workflow';
  readonly target: string;
}

/**
 * Edits that add metrics, watched by whoever is accountable; undefined where nobody is, or the list cannot be added to.
 * Where no store is declared for the numbers, one is.
 */
export function addMetrics(wanted: readonly Wanted[], workflow: Workflow): readonly TextEdit[] | undefined {
  const { fields, file } = workflow;
  const { root, text } = file;
  const owner = ownerOf(workflow);
  const source = storeOf(workflow);
  if (root?.kind !== 'map' || !owner || !fields) return undefined;
  const { keyRange } = fields.$;
  if (!source && keyRange('stores')) return undefined;
  const taken = new Set((fields.metrics ?? []).map((metric) => metric.id?.value ?? ''));
  const lines = wanted.map(({ id, kind, of, target }) => {
    const measured = of === 'workflow' ? of : `[${of.map((step) => step.id).join(', ')}]`;
    const name = unusedId(id, taken);
    return `{ id: ${name}, kind: ${kind}, of: ${measured}, source: ${source ?? newStore}, target: ${target}, owner: ${owner}, on-breach: ${breachOf(workflow)} }`;
  });
  const existing = root.entries.find(({ key }) => key.text === 'metrics')?.value;
  if (existing && existing.kind !== 'list') return undefined;
  const added = existing ? addItem(text, existing, lines) : undefined;
  if (existing && (source || !added)) return added;
  const store = source ? [] : ['stores:', `  ${newStore}: { kind: dataset }`];
  if (existing || root.flow) {
    const stored = source ? [] : addEntry(text, root, 'stores', `{ ${newStore}: { kind: dataset } }`);
    const metrics = added ?? addEntry(text, root, 'metrics', `[${lines.join(', ')}]`);
    return stored && metrics && [...stored, ...metrics];
  }
  return addBlock(text, root, [...store, 'metrics:', ...lines.map((line) => `  - ${line}`)]);
}

const newStore = 'measurements';

/** What a metric needs beside its kind, with a value to begin with; undefined where there is none to offer. */
export function valueFor(key: string, kind: string | undefined, workflow: Workflow): string | undefined {
  if (key === 'source') return storeOf(workflow);
  if (key === 'owner') return ownerOf(workflow);
  if (key === 'on-breach') return ownerOf(workflow) && breachOf(workflow);
  return kind === 'outcome' ? '[95%, 100%]' : '[90%, 100%]';
}

function ownerOf({ fields, actors }: Workflow): string | undefined {
  return actors.get(fields?.accountable?.[0]?.name ?? '')?.id;
}

function breachOf(workflow: Workflow): string {
  return workflow.fields?.stop ? 'stop' : (ownerOf(workflow) ?? 'stop');
}

/** A store for the numbers: of what happened, else any. */
function storeOf({ stores }: Workflow): string | undefined {
  const all = [...stores.values()];
  const kinds = ['log', 'dataset', 'record', undefined];
  for (const kind of kinds) {
    const found = all.find(({ fields }) => kind === undefined || fields.kind?.value === kind);
    if (found) return found.id;
  }
  return undefined;
}
