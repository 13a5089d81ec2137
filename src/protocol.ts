// The custom requests between the language server and its clients, and the messages between the diagram panel
// and its webview. Plain data only: everything here crosses a process border as JSON.
import type { Picture, PictureEdge, PictureNode } from './picture/picture.ts';
import type { PictureChange } from './picture/picture-change.ts';
import type { ViewData, ViewName } from './picture/views.ts';

/** A place in a document: zero-based line and UTF-16 character, as in the Language Server Protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A start or a step, with its places in the text. */
export interface DiagramNode extends PictureNode {
  /** Of its id. */
  readonly range: Range;
  /** Of its whole text, inner steps included: a cursor in here stands in this step. */
  readonly block: Range;
}

export interface DiagramEdge extends PictureEdge {
  readonly range: Range;
}

/** The picture of one workflow. */
export interface Diagram extends Picture {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

/** `aiwf/diagram`: the picture of an open document. Answers null for a closed document or a library. */
export const diagramRequest = 'aiwf/diagram';
export interface DiagramParams {
  readonly uri: string;
  /** What to show beside the flow; nothing by default. */
  readonly view?: ViewName;
  /** Calls hold the steps of the file they call. */
  readonly opened?: boolean;
  /** For the view `change`: the text of the earlier revision, null where there was none, and its name. */
  readonly base?: { readonly name: string; readonly text: string | null };
}
export interface DiagramResult {
  readonly uri: string;
  /** Version of the document the picture was made from. */
  readonly version: number;
  readonly diagram: Diagram;
  readonly findings: readonly DiagramFinding[];
  /** Of the view that was asked for; undefined for the flow. */
  readonly view?: ViewData;
  /** Where other places of the text stand that the picture can select: `actor:ID`, `data:ID` and the like. */
  readonly places: Readonly<Record<string, Range>>;
  /** Why the picture may be incomplete: the first syntax problem of the text. */
  readonly broken?: string;
}

/** A finding with its places in the picture. */
export interface DiagramFinding {
  /** The same for as long as the text is. */
  readonly id: string;
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly verdict: 'violation' | 'unknown';
  readonly message: string;
  /** Names of the standards whose clauses it touches. */
  readonly standards: readonly string[];
  /** Where the badge stands: a node, else an edge, else a lane; none for the workflow as a whole. */
  readonly node?: string;
  readonly edge?: string;
  readonly lane?: string;
  readonly range: Range;
  /** The path that proves it. */
  readonly witness: readonly DiagramWitnessStep[];
  /** Something mends it. */
  readonly fixable: boolean;
}

export interface DiagramWitnessStep {
  /** Of the picture; undefined where the step is not drawn. */
  readonly node?: string;
  /** Over which the path came here. */
  readonly edge?: string;
  readonly text: string;
  readonly range: Range;
}

/** `aiwf/editDiagram`: what a change in the picture means in the text. */
export const editDiagramRequest = 'aiwf/editDiagram';
export interface EditDiagramParams {
  readonly uri: string;
  readonly version: number;
  readonly change: PictureChange;
}
/** Edits of the one document, or why there are none. */
export type EditDiagramResult =
  | { readonly edits: readonly { readonly range: Range; readonly newText: string }[]; readonly select?: string }
  | { readonly refused: string };

/** `aiwf/mermaid`: the flow of an open document as mermaid text. Answers null for a closed document or a library. */
export const mermaidRequest = 'aiwf/mermaid';
export interface MermaidParams {
  readonly uri: string;
}
export interface MermaidResult {
  readonly title: string;
  readonly text: string;
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

/** `aiwf/configuration`: which configuration counts for an open document, and what that is checked with. */
export const configurationRequest = 'aiwf/configuration';
export interface ConfigurationParams {
  readonly uri: string;
}
export interface ConfigurationResult {
  /** Uri of the configuration; null where none is found. */
  readonly configuration: string | null;
  /** Ids of the presets. */
  readonly profile: readonly string[];
  /** Presets of the setting `aiwf.profile` that do not count, since there is a configuration. */
  readonly ignored: readonly string[];
}

/**
 * `aiwf/governance`: what was found in the workflows of the workspace and what became of it, as rows. With `uris` these
 * files are checked, open or not, where that is not done yet; without, nothing is checked, and all that is known is told.
 */
export const governanceRequest = 'aiwf/governance';
export interface GovernanceParams {
  readonly uris?: readonly string[];
}
export interface GovernanceResult {
  /** In the order of their uris; a file that was asked for and is missing here cannot be read. */
  readonly files: readonly GovernanceFile[];
  /** Uris of the other workflow files of the workspace that nothing is known of yet. */
  readonly unchecked: readonly string[];
  /** What the files name, by id. */
  readonly rules: Readonly<Record<string, GovernanceRule>>;
}

/** `aiwf/governanceChanged`, from the server: what it last told of these files is out of date; without `uris`, of all. */
export const governanceChangedNotification = 'aiwf/governanceChanged';
export interface GovernanceChangedParams {
  readonly uris?: readonly string[];
}

export interface GovernanceFile {
  readonly uri: string;
  /** Title of the workflow, else its id; empty where it has neither. */
  readonly title: string;
  /** Ids of the presets it was checked with. */
  readonly profile: readonly string[];
  /** Ids of the rules that were run. */
  readonly asked: readonly string[];
  /** All of them, by their places. */
  readonly findings: readonly GovernanceFinding[];
  readonly waivers: readonly GovernanceWaiver[];
}

/** `waived` and `known`, which is in the baseline, do not count. `unknown` could not be decided. */
export type GovernanceState = 'open' | 'unknown' | 'waived' | 'known';

export interface GovernanceFinding {
  /** Of one that counts, the id it has in the picture. */
  readonly id: string;
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly state: GovernanceState;
  readonly message: string;
  /** Step id, `actor:ID`, `data:ID`, `store:ID`, `policy:ID`, `stop` or `workflow`. */
  readonly place: string;
  readonly range: Range;
  /** The path that proves it. */
  readonly witness: readonly { readonly text: string; readonly range: Range }[];
  /** Ids of those who answer for the place. */
  readonly owners: readonly string[];
  /** More general rules that it breaks as well. */
  readonly also: readonly string[];
  /** Something mends it. */
  readonly fixable: boolean;
  /** What accepts it, where it is waived. */
  readonly waiver?: GovernanceWaiver;
}

export interface GovernanceWaiver {
  readonly rule: string;
  readonly place: string;
  readonly state: 'active' | 'expired' | 'refused' | 'unused';
  /** Findings it accepts, or would if it held. */
  readonly count: number;
  /** To its last day: 0 on that day, negative when it is over; missing where dates are not judged. */
  readonly daysLeft?: number;
  /** Its last day, ISO 8601. */
  readonly expires?: string;
  readonly reason: string;
  readonly owner: string;
  readonly approvedBy: string;
  readonly ticket?: string;
  /** Why it does not hold, as the end of a sentence. */
  readonly refused?: string;
  /** In the file; missing for one that stands in the configuration. */
  readonly range?: Range;
}

export interface GovernanceRule {
  readonly summary: string;
  readonly clauses: readonly GovernanceClause[];
}

export interface GovernanceClause {
  readonly standard: string;
  readonly edition: string;
  readonly ref: string;
}

/**
 * `aiwf/coverage`: by standard, what the rules looked at in the workflows that are known and what came of it. It never says
 * that a standard is met.
 */
export const coverageRequest = 'aiwf/coverage';
export interface CoverageResult {
  /** Number of workflow files it is about. */
  readonly files: number;
  /** Number of those that nothing is known of yet. */
  readonly unchecked: number;
  readonly rules: readonly CoveredRule[];
  readonly standards: readonly CoveredStandard[];
}

/** The states, the worst first. */
export const coverageStates = ['violated', 'unknown', 'waived', 'satisfied', 'not-applicable', 'not-checked'] as const;
/** `satisfied`: looked at, and nothing found. `not-applicable`: nothing there that a rule speaks of. */
export type CoverageState = (typeof coverageStates)[number];

export interface CoveredRule {
  readonly rule: string;
  readonly summary: string;
  /** The worst of its states in the files. */
  readonly state: CoverageState;
  /** Why nothing is known of some files where no finding says it. */
  readonly doubts: readonly string[];
}

export interface CoveredStandard {
  readonly standard: string;
  readonly edition: string;
  /** Presets that ask for every rule that serves it. */
  readonly profiles: readonly string[];
  readonly clauses: readonly {
    readonly ref: string;
    /** Whether the text of the clause itself was read when the rule was written, a description of it, or neither. */
    readonly status: 'verified' | 'secondary' | 'unverified';
    /** First day the duty applies, ISO 8601. */
    readonly appliesFrom?: string;
    /** The worst of its rules. */
    readonly state: CoverageState;
    /** Some of its rules were asked for and others were not. */
    readonly partly: boolean;
    /** Ids. */
    readonly rules: readonly string[];
  }[];
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

/** Messages from the diagram panel to its webview. */
export type ToWebview =
  | ShowMessage
  /** The text gives no picture at all: keep the last good one and say why. */
  | { readonly type: 'broken'; readonly reason: string }
  /** The cursor stands in this step, or in none. */
  | { readonly type: 'highlight'; readonly node?: string }
  /** A change in the picture is not possible, and why. */
  | { readonly type: 'refused'; readonly reason: string }
  /** What the export command asks for. */
  | ExportMessage
  /** Light the witness of a finding, chosen elsewhere. */
  | { readonly type: 'light'; readonly finding: string };

export interface ShowMessage {
  readonly type: 'show';
  readonly version: number;
  readonly diagram: Diagram;
  readonly findings: readonly DiagramFinding[];
  readonly view?: ViewData;
  readonly broken?: string;
}

/** Forms of the shown view that the page can make; `print` is an HTML page to print. */
export const exportFormats = ['svg', 'png', 'markdown', 'print'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportMessage {
  readonly type: 'export';
  readonly format: ExportFormat;
  /** Pixels of a PNG for each of the picture, 1 to 4. */
  readonly scale?: number;
  /** `theme` by default. */
  readonly background?: 'theme' | 'white' | 'transparent';
}

/** Messages from the webview to the diagram panel. */
export type FromWebview =
  | { readonly type: 'ready' }
  /** Show another view, or the flow with its calls opened. */
  | { readonly type: 'view'; readonly view: ViewName; readonly opened?: boolean }
  | { readonly type: 'select'; readonly element: 'node' | 'edge' | 'place'; readonly id: string }
  /** Offer what mends a finding, at its place in the text. */
  | { readonly type: 'fix'; readonly finding: string }
  | { readonly type: 'selectFinding'; readonly finding: string; readonly step?: number }
  | { readonly type: 'change'; readonly version: number; readonly change: PictureChange }
  /** The user asks for the export command. */
  | { readonly type: 'askExport' }
  /** A file to save: text, or base64 of a PNG. */
  | { readonly type: 'export'; readonly format: ExportFormat; readonly content: string }
  /** A file that cannot be made, and why. */
  | { readonly type: 'exportFailed'; readonly reason: string }
  | { readonly type: 'drawn'; readonly version: number; readonly milliseconds: number }
  | { readonly type: 'failed'; readonly version: number; readonly reason: string };
