// The picture of a document for the editor: the diagram model with positions in place of offsets.
import type { Range as LspRange } from 'vscode-languageserver-types';
import { buildDiagram } from '../diagram/build-diagram.ts';
import type { DiagramEdge, DiagramModel, DiagramNode } from '../diagram/diagram.ts';
import type { Checked } from './documents.ts';
import { toPosition, toRange } from './positions.ts';

type PlacedNode = Omit<DiagramNode, 'range' | 'block'> & { readonly range: LspRange; readonly block: LspRange };
type PlacedEdge = Omit<DiagramEdge, 'range'> & { readonly range: LspRange };

/** `Diagram` of `protocol.ts`. */
interface DocumentDiagram {
  readonly title: string;
  readonly lanes: DiagramModel['lanes'];
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export interface DiagramAnswer {
  readonly uri: string;
  readonly version: number;
  readonly diagram: DocumentDiagram;
  readonly findings: readonly [];
  readonly places: Readonly<Record<string, LspRange>>;
  /** Why the picture may be incomplete. */
  readonly broken?: string;
}

/** Null for a library, which has no flow, and for a file that is not open. */
export function diagramOf({ uri, version, file, lint }: Checked): DiagramAnswer | null {
  if (version === undefined || lint.workflow.library) return null;
  const model = buildDiagram(lint.analyses);
  const problem = file.broken ? file.problems[0] : undefined;
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
      edges: model.edges.map((edge) => ({ ...edge, range: toRange(file, edge.range) })),
    },
    findings: [],
    places: {},
    ...(problem ? { broken: `Line ${toPosition(file, problem.range.start).line + 1}: ${problem.message}` } : {}),
  };
}
