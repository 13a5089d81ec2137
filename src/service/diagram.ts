// The picture of a document for the editor: the diagram model with positions in place of offsets, the findings in it, and
// the view that is asked for beside the flow.
import type { Range as LspRange } from 'vscode-languageserver-types';
import type { Analyses } from '../analysis/analyses.ts';
import { buildDiagram } from '../diagram/build-diagram.ts';
import { changeView } from '../diagram/change-view.ts';
import { dataView } from '../diagram/data-view.ts';
import type { DiagramEdge, DiagramModel, DiagramNode } from '../diagram/diagram.ts';
import { handoffsView } from '../diagram/handoffs-view.ts';
import { renderMermaid } from '../diagram/mermaid.ts';
import { responsibilitiesView } from '../diagram/responsibilities-view.ts';
import { timeView } from '../diagram/time-view.ts';
import { type ParsedFile, parseFile } from '../language/parse.ts';
import type { ViewData, ViewName } from '../picture/views.ts';
import { controlLosses } from '../rules/improvement/control-regression.ts';
import { lint } from '../rules/lint.ts';
import { type PlacedFinding, placeFindings } from './diagram-findings.ts';
import type { Checked } from './documents.ts';
import { toPosition, toRange } from './positions.ts';

type PlacedNode = Omit<DiagramNode, 'range' | 'block'> & { readonly range: LspRange; readonly block: LspRange };
type PlacedEdge = Omit<DiagramEdge, 'range' | 'ranges'> & { readonly range: LspRange };

/** `Diagram` of `protocol.ts`. */
interface DocumentDiagram {
  readonly title: string;
  readonly lanes: DiagramModel['lanes'];
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** What `DiagramParams` of `protocol.ts` asks beside the document. */
export interface DiagramQuestion {
  readonly view?: ViewName;
  readonly opened?: boolean;
  readonly base?: { readonly name: string; readonly text: string | null };
}

export interface DiagramAnswer {
  readonly uri: string;
  readonly version: number;
  readonly diagram: DocumentDiagram;
  readonly findings: readonly PlacedFinding[];
  readonly view?: ViewData;
  readonly places: Readonly<Record<string, LspRange>>;
  /** Why the picture may be incomplete. */
  readonly broken?: string;
}

/** Null for a library, which has no flow, and for a file that is not open. */
export function diagramOf(checked: Checked, question: DiagramQuestion = {}): DiagramAnswer | null {
  const { uri, version, file, lint } = checked;
  if (version === undefined || lint.workflow.library) return null;
  const model = buildDiagram(lint.analyses, {
    opened: question.opened === true && (question.view ?? 'flow') === 'flow',
  });
  const problem = file.broken ? file.problems[0] : undefined;
  const view = viewOf(question, checked, model);
  return {
    uri,
    version,
    diagram: {
      title: model.title,
      lanes: model.lanes,
      nodes: model.nodes.map((node) => ({
        ...node,
        range: toRange(file, node.range),
        block: toRange(file, node.block),
      })),
      edges: model.edges.map(({ ranges: _ranges, ...edge }) => ({ ...edge, range: toRange(file, edge.range) })),
    },
    findings: placeFindings(lint.findings, model, file),
    ...(view ? { view } : {}),
    places: placesIn(file),
    ...(problem ? { broken: `Line ${toPosition(file, problem.range.start).line + 1}: ${problem.message}` } : {}),
  };
}

/** The flow as mermaid text; null as for `diagramOf`. */
export function mermaidOf({ version, lint }: Checked): { readonly title: string; readonly text: string } | null {
  if (version === undefined || lint.workflow.library) return null;
  const model = buildDiagram(lint.analyses);
  return { title: model.title, text: renderMermaid(model) };
}

/** Views of one revision, by name. */
const views: Partial<Record<ViewName, (analyses: Analyses, model: DiagramModel) => ViewData>> = {
  handoffs: handoffsView,
  responsibilities: responsibilitiesView,
  data: dataView,
  time: timeView,
};

function viewOf({ view, base }: DiagramQuestion, checked: Checked, model: DiagramModel): ViewData | undefined {
  if (view === 'change') return base && changeSince(base, checked);
  return view && views[view]?.(checked.lint.analyses, model);
}

/** The earlier text is read as the same file, among the files as they are now. */
function changeSince({ name, text }: NonNullable<DiagramQuestion['base']>, checked: Checked): ViewData {
  const { lint: now, uri, project } = checked;
  if (text === null) return changeView(undefined, now.analyses, name, []);
  const { analyses } = lint(parseFile(uri, text), project, { only: [] });
  return changeView(analyses, now.analyses, name, controlLosses(analyses, now.analyses));
}

const placed: ReadonlySet<string> = new Set(['actor', 'data', 'store', 'policy', 'event']);

/** Declarations of this file by kind and id, of two with one id the first; and limits of the case by their number. */
function placesIn(file: ParsedFile): Readonly<Record<string, LspRange>> {
  const places: Record<string, LspRange> = {};
  for (const { kind, name, range } of file.declarations)
    if (placed.has(kind)) places[`${kind}:${name}`] ??= toRange(file, range);
  // What limits the time of the case has no id, and is counted.
  for (const [at, { $ }] of (file.fields?.sla ?? []).entries()) places[`sla:${at}`] = toRange(file, $.range);
  for (const [at, { $ }] of (file.fields?.obligations ?? []).entries())
    places[`obligation:${at}`] = toRange(file, $.range);
  return places;
}
