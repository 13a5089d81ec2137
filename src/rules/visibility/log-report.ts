// What the rules about logs share: where a gap stands, what it is called, and how the log is mended.
import type { LogGap } from '../../analysis/logging.ts';
import { agentsIn, canLog, logOf } from '../../analysis/logging.ts';
import { addBlock, addEntry, removeEntry, unusedId } from '../../language/edit.ts';
import type { Step, Store, Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import type { Range, TextEdit } from '../../language/source.ts';
import type { MapNode, SyntaxNode } from '../../language/syntax.ts';
import { joined } from '../../language/wording.ts';
import { here } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';

interface Place {
  readonly place: string;
  readonly range: Range;
  readonly witness: readonly WitnessStep[];
  /** The same for all rules that miss a log, or a field of it. */
  readonly root: readonly string[];
}

/** One step is at fault itself; what several share stands at the workflow. */
export function placeOf({ steps, log, missing }: LogGap, workflow: Workflow): Place | undefined {
  const { fields } = workflow;
  const [first] = steps;
  if (!first) return undefined;
  const lacks = log.record ? `its log lacks ${joined(missing)}` : 'nothing is logged here';
  const witness = steps.flatMap((step) => here(step.id, step.range, lacks));
  const alone = steps.length === 1 && log.from === 'missing';
  if (log.from === 'own' || log.from === 'dropped' || alone) {
    const { $: origin } = first.fields;
    const range = log.record?.$.valueRange('fields') ?? origin.valueRange('log') ?? first.range;
    const isLogged = [...workflow.steps.values()].some((step) => logOf(step, workflow).record);
    const none = isLogged ? [`log ${first.id}`] : rootsOfNoLog(workflow);
    const root = log.record ? missing.map((field) => `log ${first.id} ${field}`) : none;
    return { place: first.id, range, witness, root };
  }
  const { $: origin } = fields ?? {};
  const range = log.record
    ? (log.record.$.valueRange('fields') ?? log.record.$.range)
    : (origin?.keyRange('defaults') ?? origin?.keyRange('workflow') ?? first.range);
  const root = log.record ? missing.map((field) => `log defaults ${field}`) : rootsOfNoLog(workflow);
  return { place: 'workflow', range, witness, root };
}

/** A log for all steps mends what is missing at each of them as well. */
function rootsOfNoLog(workflow: Workflow): readonly string[] {
  const open = [...workflow.steps.values()].filter((step) => canLog(step) && logOf(step, workflow).from === 'missing');
  return ['log workflow', ...open.map(({ id }) => `log ${id}`)];
}

/** `'draft'`, `'draft' and 'send'`, `'draft', 'send' and 5 other steps`. */
export function stepsInWords(steps: readonly Step[]): string {
  const names = steps.map(({ id }) => `'${id}'`);
  return names.length <= 3 ? joined(names) : `${names.slice(0, 2).join(', ')} and ${names.length - 2} other steps`;
}

/** Adds what is missing to the log there is, or a log where there is none. */
export function mendLog(gap: LogGap, workflow: Workflow): readonly Fix[] {
  const { log, missing, steps } = gap;
  const { text } = workflow.file;
  if (log.record) {
    const edits = withFields(text, log.record.$.node, missing);
    return edits ? [{ title: `Record ${joined(missing)} as well`, edits, safety: 'meaning-changing' }] : [];
  }
  const [step] = steps;
  const node = step?.fields.$.node;
  if (log.from === 'dropped' && step && node) {
    const edits = workflow.fields?.defaults?.log ? removeEntry(text, node, 'log') : undefined;
    return edits ? [{ title: `Log '${step.id}' like the other steps`, edits, safety: 'meaning-changing' }] : [];
  }
  return addDefaultLog(gap, workflow);
}

/** Every field that an audit, provenance and the reason of a decision need. */
const everyField = ['case', 'actor', 'model', 'version', 'prompt', 'inputs', 'output', 'decision', 'reason', 'time'];

function addDefaultLog({ steps }: LogGap, workflow: Workflow): readonly Fix[] {
  const { file, fields, stores } = workflow;
  const { root, text } = file;
  if (root?.kind !== 'map') return [];
  const withAi = steps.some((step) => agentsIn(step, workflow).length > 0);
  const names = everyField.filter((field) => withAi || !['model', 'version', 'prompt'].includes(field));
  const store = [...stores.values()].find(isLog);
  const id = store?.id ?? unusedId('audit-log', stores);
  const log = `{ to: ${id}, fields: [${names.join(', ')}] }`;
  const edits: TextEdit[] = [];
  const lines: string[] = [];
  const add = (section: string, key: string, value: string): boolean => {
    const node = sectionNode(root, section);
    if (node === 'other') return false;
    if (!node) lines.push(`${section}:`, `  ${key}: ${value}`);
    const added = node ? addEntry(text, node, key, value) : [];
    edits.push(...(added ?? []));
    return added !== undefined;
  };
  const declared = store !== undefined || add('stores', id, '{ kind: log, append-only: true }');
  if (!declared || fields?.defaults?.log || !add('defaults', 'log', log)) return [];
  if (lines.length > 0) {
    const before = ['start', 'steps'].find((name) => root.entries.some(({ key }) => key.text === name));
    const at = root.entries.findIndex(({ key }) => key.text === before);
    const block = addBlock(text, root, lines, at > 0 ? root.entries[at - 1]?.key.text : undefined);
    if (!block) return [];
    edits.push(...block);
  }
  return [{ title: `Log every step in '${id}'`, edits, safety: 'meaning-changing' }];
}

function isLog({ fields }: Store): boolean {
  return fields.kind?.value === 'log';
}

/** The map under a key at the top; `other` where something else stands there. */
function sectionNode(root: MapNode, section: string): MapNode | 'other' | undefined {
  const entry = root.entries.find(({ key }) => key.text === section);
  if (!entry) return undefined;
  return entry.value?.kind === 'map' ? entry.value : 'other';
}

/** More names in the list `fields` of a log, as far as it is written on one line. */
function withFields(
  text: string,
  node: MapNode | undefined,
  missing: readonly string[],
): readonly TextEdit[] | undefined {
  if (!node) return undefined;
  const value: SyntaxNode | undefined = node.entries.find(({ key }) => key.text === 'fields')?.value;
  if (!value) {
    const hasKey = node.entries.some(({ key }) => key.text === 'fields');
    return hasKey ? undefined : addEntry(text, node, 'fields', `[${missing.join(', ')}]`);
  }
  if (value.kind === 'scalar') return [{ range: value.range, text: `[${[value.text, ...missing].join(', ')}]` }];
  const last = value.kind === 'list' && value.flow ? value.items.at(-1) : undefined;
  if (!last) return undefined;
  return [{ range: { start: last.range.end, end: last.range.end }, text: `, ${missing.join(', ')}` }];
}
