// Call hierarchy over steps: from where work comes to a step and where it goes, with the outcome or condition at which it
// does. A call leads on into the workflow it names, and a workflow back to the steps that call it.
import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Range as LspRange,
  SymbolKind,
} from 'vscode-languageserver-types';
import { buildFlowGraph } from '../analysis/build-flow-graph.ts';
import type { FlowEdge, FlowGraph, FlowNode } from '../analysis/flow-graph.ts';
import type { Step, Workflow } from '../language/model.ts';
import type { ParsedFile } from '../language/parse.ts';
import { baseName, isPath, type ProjectHost, resolveUri, resolveWorkflow } from '../language/project.ts';
import { contains } from '../language/source.ts';
import type { Checked, DocumentCache } from './documents.ts';
import { fileKey } from './file-key.ts';
import { type Meaning, meaningAt } from './meaning.ts';
import { toRange } from './positions.ts';
import { stepSymbols } from './symbols.ts';

/** What an item stands for: a step, or without one the workflow itself, which leads to where cases begin. */
interface ItemData {
  readonly step?: string;
}

/** A workflow and its graph, open or not. */
interface Flow {
  readonly file: ParsedFile;
  readonly workflow: Workflow;
  readonly graph: FlowGraph;
  readonly project: ProjectHost;
}

/** The step that is named at `offset`, the workflow that is, or the step around. */
export function prepareCallHierarchy(checked: Checked, offset: number): CallHierarchyItem[] | null {
  const { file, workflow, project } = checked;
  const meaning = meaningAt(checked, offset)?.meaning;
  if (meaning?.kind === 'declaration' && meaning.declares === 'step') {
    const step = workflow.steps.get(meaning.id);
    return step ? [stepItem(step, file)] : null;
  }
  const called = meaning && calledUri(meaning, file.uri, project);
  const callee = called === undefined ? undefined : project.file(called);
  if (callee?.fields?.workflow) return [workflowItem(callee)];
  if (meaning?.kind === 'workflow' && meaning.id === workflow.id) return [workflowItem(file)];
  const around = file.declarations.findLast(({ kind, full }) => kind === 'step' && contains(full, offset));
  const step = around && workflow.steps.get(around.name);
  return step ? [stepItem(step, file)] : null;
}

/** From where work comes to a step; who calls a workflow. */
export function incomingCalls(item: CallHierarchyItem, documents: DocumentCache): CallHierarchyIncomingCall[] {
  const flow = flowOf(item.uri, documents);
  if (!flow) return [];
  const { step: id } = (item.data ?? {}) as ItemData;
  if (id === undefined) return callers(flow, documents);
  const step = flow.workflow.steps.get(id);
  if (!step) return [];
  const edges = flow.graph.nodesOf(step).flatMap((node) => node.in.filter((edge) => !isTakeOver(edge)));
  const groups = groupedBy(edges, ({ from }) => sourceOf(from));
  return [...groups].flatMap(([from, all]) => {
    const caller = from === 'start' ? workflowItem(flow.file) : stepItem(from, flow.file);
    return [{ from: { ...caller, detail: detailOf(all) }, fromRanges: rangesOf(all, flow.file) }];
  });
}

/** Where work goes from a step; where the cases of a workflow begin. */
export function outgoingCalls(item: CallHierarchyItem, documents: DocumentCache): CallHierarchyOutgoingCall[] {
  const flow = flowOf(item.uri, documents);
  if (!flow) return [];
  const { step: id } = (item.data ?? {}) as ItemData;
  const step = id === undefined ? undefined : flow.workflow.steps.get(id);
  if (id !== undefined && !step) return [];
  const nodes = step ? flow.graph.nodesOf(step) : flow.graph.nodes.filter(({ kind }) => kind === 'start');
  const edges = nodes.flatMap((node) => node.out.filter((edge) => !isTakeOver(edge)));
  const targets = [...groupedBy(edges, ({ to }) => to.step)].map(([to, all]) => ({
    to: { ...stepItem(to, flow.file), detail: detailOf(all) },
    fromRanges: rangesOf(all, flow.file),
  }));
  return [...(step ? calleeOf(step, flow) : []), ...targets];
}

/** The workflow that a step calls. */
function calleeOf({ fields }: Step, { file, project }: Flow): CallHierarchyOutgoingCall[] {
  const { call } = fields;
  const uri = call && uriOfCall(call.value, file.uri, project);
  const callee = uri === undefined ? undefined : project.file(uri);
  if (!call || !callee?.fields?.workflow) return [];
  return [{ to: workflowItem(callee), fromRanges: [toRange(file, call.range)] }];
}

/** The steps of the project that call a workflow. */
function callers({ file, project }: Flow, documents: DocumentCache): CallHierarchyIncomingCall[] {
  return documents.workflowUris().flatMap((uri) => {
    // Most files call nothing, and need not be read.
    if (!/\bcall\b/.test(project.text(uri) ?? '')) return [];
    const caller = project.file(uri);
    if (!caller) return [];
    const { workflow } = resolveWorkflow(caller, project);
    return [...workflow.steps.values()].flatMap((step) => {
      const { call } = step.fields;
      const called = call && uriOfCall(call.value, uri, project);
      if (!call || called === undefined || fileKey(called) !== fileKey(file.uri)) return [];
      return [{ from: stepItem(step, caller), fromRanges: [toRange(caller, call.range)] }];
    });
  });
}

function flowOf(uri: string, documents: DocumentCache): Flow | undefined {
  const project = documents.project();
  const file = project.file(uri);
  if (!file) return undefined;
  const { workflow } = resolveWorkflow(file, project);
  return { file, workflow, graph: buildFlowGraph(workflow), project };
}

function calledUri(meaning: Meaning, from: string, project: ProjectHost): string | undefined {
  if (meaning.kind === 'file') return resolveUri(from, meaning.path);
  return meaning.kind === 'workflow' ? project.workflowUri?.(meaning.id) : undefined;
}

function uriOfCall(call: string, from: string, project: ProjectHost): string | undefined {
  return isPath(call) ? resolveUri(from, call) : project.workflowUri?.(call);
}

/** A fallback, backup or escalation: the same step goes on with someone else. */
function isTakeOver({ from, to }: FlowEdge): boolean {
  return from.step !== undefined && from.step === to.step && to.takenOver !== undefined && from !== to;
}

function sourceOf({ step, kind }: FlowNode): Step | 'start' | undefined {
  return step ?? (kind === 'start' || kind === 'root' ? 'start' : undefined);
}

/** Edges by the step at their other end, in the order of the graph. */
function groupedBy<K>(edges: readonly FlowEdge[], key: (edge: FlowEdge) => K | undefined): Map<K, FlowEdge[]> {
  const groups = new Map<K, FlowEdge[]>();
  for (const edge of edges) {
    const found = key(edge);
    if (found !== undefined) groups.set(found, [...(groups.get(found) ?? []), edge]);
  }
  return groups;
}

/** Outcomes and conditions at which work goes this way. */
function detailOf(edges: readonly FlowEdge[]): string {
  const all = edges.map(({ label, outcome, kind, from }) => {
    if (from.kind === 'start') return `start: ${from.start?.fields.on?.name ?? 'manual'}`;
    return label ?? outcome ?? kind;
  });
  return [...new Set(all.map((text) => text.replace(/\s+/g, ' ').trim()))].slice(0, 6).join(' · ');
}

function rangesOf(edges: readonly FlowEdge[], file: ParsedFile): LspRange[] {
  const ranges = new Map(edges.map(({ range }) => [`${range.start} ${range.end}`, range]));
  return [...ranges.values()].map((range) => toRange(file, range));
}

function stepItem(step: Step, file: ParsedFile): CallHierarchyItem {
  const whole = file.declarations.find(({ kind, range }) => kind === 'step' && range.start === step.range.start)?.full;
  const data: ItemData = { step: step.id };
  return {
    name: step.id,
    kind: step.kind ? stepSymbols[step.kind] : SymbolKind.Method,
    detail: step.title === step.id ? (step.kind ?? '') : step.title.replace(/\s+/g, ' ').trim(),
    uri: file.uri,
    range: toRange(file, { start: step.range.start, end: Math.max(step.range.end, whole?.end ?? 0) }),
    selectionRange: toRange(file, step.range),
    data,
  };
}

function workflowItem(file: ParsedFile): CallHierarchyItem {
  const { fields, uri, text } = file;
  const head = fields?.workflow?.range ?? { start: 0, end: 0 };
  const data: ItemData = {};
  return {
    name: fields?.workflow?.value ?? baseName(uri),
    kind: SymbolKind.Module,
    detail: 'workflow',
    uri,
    range: toRange(file, { start: 0, end: text.length }),
    selectionRange: toRange(file, head),
    data,
  };
}
