// The custom requests between the language server and its clients, and the messages between the diagram panel
// and its webview. Plain data only: everything here crosses a process border as JSON.

/** A place in a document: zero-based line and UTF-16 character, as in the Language Server Protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export type LaneKind = 'human' | 'team' | 'agent' | 'system' | 'external' | 'vendor' | 'unassigned';

/** One swimlane: everything one performer does. */
export interface DiagramLane {
  readonly id: string;
  readonly title: string;
  readonly kind: LaneKind;
}

export type NodeKind =
  | 'start'
  | 'task'
  | 'review'
  | 'approval'
  | 'decision'
  | 'contest'
  | 'wait'
  | 'disclose'
  | 'route'
  | 'scope'
  | 'call'
  | 'end';

export interface DiagramNode {
  /** Step id, or `start:N` for the N-th start. */
  readonly id: string;
  /** Id of the lane that holds it. */
  readonly lane: string;
  readonly title: string;
  readonly kind: NodeKind;
  /** Kind of the one who performs it; differs from the lane's kind where a step is drawn in another lane. */
  readonly performer: LaneKind;
  /** Id of the scope step around it. */
  readonly scope?: string;
  /** Of its id. */
  readonly range: Range;
  /** Of its whole text, inner steps included: a cursor in here stands in this step. */
  readonly block: Range;
}

export type EdgeKind = 'normal' | 'guarded' | 'exceptional' | 'message';

export interface DiagramEdge {
  readonly id: string;
  /** Node ids. */
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** Outcome or condition, as the reader should see it. */
  readonly label?: string;
  /** `human-ai` where work passes between a human and an AI performer, `other` for any other handoff. */
  readonly handoff: 'none' | 'human-ai' | 'other';
  readonly range: Range;
}

/** The picture of one workflow; nodes and edges stand in file order. */
export interface Diagram {
  readonly title: string;
  readonly lanes: readonly DiagramLane[];
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

/** `aiwf/diagram`: the picture of an open document. Answers null for a closed document or a library. */
export const diagramRequest = 'aiwf/diagram';
export interface DiagramParams {
  readonly uri: string;
}
export interface DiagramResult {
  readonly uri: string;
  /** Version of the document the picture was made from. */
  readonly version: number;
  readonly diagram: Diagram;
  /** Why the picture may be incomplete: the first syntax problem of the text. */
  readonly broken?: string;
}

/** `aiwf/rules`: every rule, for a quick pick. */
export const rulesRequest = 'aiwf/rules';
export interface RuleSummary {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly summary: string;
}

/** `aiwf/explain`: the documentation page of a rule as Markdown. Answers null for an unknown rule. */
export const explainRequest = 'aiwf/explain';
export interface ExplainParams {
  readonly rule: string;
}
export interface ExplainResult {
  readonly rule: string;
  readonly markdown: string;
}

/** `aiwf/check`: check one file, open or on disk, publish its diagnostics and answer how many there are. Null: unreadable. */
export const checkRequest = 'aiwf/check';
export interface CheckParams {
  readonly uri: string;
}
export interface CheckResult {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Ids of the presets it was checked against. */
  readonly profile?: readonly string[];
}

/**
 * `aiwf/readFiles`, from the server to a client that says `readsFiles`: the texts of files that the server cannot read
 * itself, for instance of a virtual file system. Null for a file that is not there, is no text or is too large.
 */
export const readFilesRequest = 'aiwf/readFiles';
export interface ReadFilesParams {
  readonly uris: readonly string[];
}
export interface ReadFilesResult {
  readonly texts: readonly (string | null)[];
}

/** `aiwf/findWorkflows`, from the server to such a client: the workflow files below a folder. */
export const findWorkflowsRequest = 'aiwf/findWorkflows';
export interface FindWorkflowsParams {
  readonly folder: string;
}
export interface FindWorkflowsResult {
  readonly uris: readonly string[];
}

/** `aiwf/authorTool`: what an AI that writes workflows asks. The same tools are served by `aiwf mcp`. */
export const authorToolRequest = 'aiwf/authorTool';
export interface AuthorToolParams {
  readonly tool: string;
  readonly input: unknown;
}
export interface AuthorToolResult {
  /** For a prompt; where there is no answer, why. */
  readonly text: string;
  /** For programs; null where there is no answer. */
  readonly data: object | null;
}

/** What the diagram's page shows or says beside the workflow's own words, in the language of the editor. */
export interface DiagramWords {
  readonly picture: string;
  readonly workflow: string;
  readonly lane: string;
  readonly node: string;
  readonly inside: string;
  readonly edge: string;
  readonly labeledEdge: string;
  readonly exceptional: string;
  readonly handoff: string;
  readonly legendHandoff: string;
  readonly legendException: string;
  readonly legendMessage: string;
  readonly incomplete: string;
  readonly failed: string;
  readonly failedAfter: string;
  readonly broken: string;
  readonly brokenAfter: string;
  readonly performers: Readonly<Record<LaneKind, string>>;
  readonly kinds: Readonly<Record<NodeKind, string>>;
}

/** Messages from the diagram panel to its webview. */
export type ToWebview =
  | { readonly type: 'show'; readonly diagram: Diagram; readonly version: number; readonly broken?: string }
  /** The text gives no picture at all: keep the last good one and say why. */
  | { readonly type: 'broken'; readonly reason: string }
  /** The cursor stands in this step, or in none. */
  | { readonly type: 'highlight'; readonly node?: string };

/** Messages from the webview to the diagram panel. */
export type FromWebview =
  | { readonly type: 'ready' }
  | { readonly type: 'select'; readonly element: 'node' | 'edge'; readonly id: string }
  | { readonly type: 'drawn'; readonly version: number; readonly milliseconds: number }
  | { readonly type: 'failed'; readonly version: number; readonly reason: string };
