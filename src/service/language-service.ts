// The language service: every editor feature behind one object that owns the open documents. Synchronous; a document
// that is not open has no answers. The composition root of this folder.
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  Position,
  Range,
  SelectionRange,
  SymbolInformation,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import { customRulePage } from '../governance/custom-rule-page.ts';
import { problemCodes, type Severity } from '../language/problem.ts';
import type { ScalarNode } from '../language/syntax.ts';
import type { PictureChange } from '../picture/picture-change.ts';
import { byPlace } from '../rules/lint.ts';
import { presets } from '../rules/presets.ts';
import { ruleById, rules } from '../rules/registry.ts';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from './call-hierarchy.ts';
import { type CodeActionOptions, codeActionsAt } from './code-actions.ts';
import { type CodeLensOptions, codeLensesIn, resolveCodeLens } from './code-lens.ts';
import { type CompletionOptions, completionsAt } from './completion.ts';
import { configurationLenses } from './configuration/code-lens.ts';
import { configurationCompletions } from './configuration/completion.ts';
import { type Counting, countingFor } from './configuration/counting.ts';
import { configurationLinks } from './configuration/document-links.ts';
import { configurationHover } from './configuration/hover.ts';
import { configurationSymbols } from './configuration/symbols.ts';
import type { ConfigurationDocument, Judged } from './configurations.ts';
import { definitionAt } from './definition.ts';
import { ruleDocumentation } from './describe-rule.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { type DiagramAnswer, type DiagramQuestion, diagramOf, mermaidOf } from './diagram.ts';
import { editDiagram, type PictureEdits } from './diagram-edits.ts';
import { documentLinksIn } from './document-links.ts';
import { type Checked, DocumentCache, type Inspected, type ProjectFiles, type ServiceHost } from './documents.ts';
import { fileKey } from './file-key.ts';
import { foldingRangesOf } from './folding.ts';
import { formattingOf } from './format.ts';
import { formattingAfter } from './format-on-type.ts';
import { type Governance, governanceOf } from './governance.ts';
import { hoverAt } from './hover.ts';
import { type InlayHintOptions, inlayHintsIn } from './inlay-hints.ts';
import { KeptResults } from './kept-results.ts';
import { type LinkedRanges, linkedRangesAt } from './linked-editing.ts';
import { type Former, movedFindings } from './moved-findings.ts';
import { toOffset } from './positions.ts';
import { highlightsAt, referencesAt } from './references.ts';
import { prepareRename, type Refusal, renameAt } from './rename.ts';
import { type FileMove, renameFiles } from './rename-files.ts';
import { broughtRules, type RuleTestFile, ruleTestsIn } from './rule-tests.ts';
import { operandsIn, selectionRangeAt } from './selection-ranges.ts';
import { type SemanticToken, semanticTokensOf } from './semantic-tokens.ts';
import { documentSymbols } from './symbols.ts';
import { workspaceSymbols } from './workspace-symbols.ts';

export interface DocumentDiagnostics {
  readonly uri: string;
  /** Undefined for a file that is not open. */
  readonly version: number | undefined;
  readonly diagnostics: Diagnostic[];
  readonly counts: Readonly<Record<Severity, number>>;
  /** Ids of the presets it was checked against. */
  readonly profile: readonly string[];
  /** Uris of the files they were made from, its own apart, be they there or not. */
  readonly dependencies: ReadonlySet<string>;
}

export interface LanguageService {
  /** An opened or edited document with its whole text. */
  open(uri: string, version: number, text: string): void;
  close(uri: string): void;
  /** A file that is not open changed on disk. */
  changed(uri: string): void;
  /** Files have come or gone, so any name may lead elsewhere. */
  forget(): void;
  /** A file was created or deleted; one that is still open after that counts no more. */
  cameOrWent(uri: string, isThere: boolean): void;
  openUris(): readonly string[];
  /** Presets that files without a configuration are checked with, unknown ones left out; answers whether that is new. */
  useProfile(profile: readonly string[]): boolean;
  /** Whether rules that configurations bring may run; answers whether that is new. True before it is said. */
  useTrust(isTrusted: boolean): boolean;
  /** Runs the examples of the rules of configurations and rule packs, each file once. */
  testRules(uris: readonly string[]): readonly RuleTestFile[];
  /** What counts for an open document. */
  counting(uri: string): Counting | undefined;
  /** Uris of the configurations that count for these files, each once. */
  configurationsOf(uris: readonly string[]): readonly string[];
  /** Diagnostics of an open document; the same object as long as neither it nor a file it uses has changed. */
  diagnostics(uri: string): DocumentDiagnostics | undefined;
  /**
   * Of a long open document that is not checked yet: what is wrong with its language, and what was found before at the
   * places where it stands now. Undefined where `diagnostics` are known, or will be in a moment.
   */
  firstDiagnostics(uri: string): DocumentDiagnostics | undefined;
  /** Diagnostics of any file, open or on disk. */
  check(uri: string): DocumentDiagnostics | undefined;
  /** Every finding of any file, accepted or not, as rows; with its diagnostics, which are made from the same check. */
  governance(uri: string): (Governance & { readonly diagnostics: DocumentDiagnostics }) | undefined;
  /** Everything about a file that somebody names, open or on disk, or about `text` in its place. */
  inspect(uri: string, text?: string): Inspected | undefined;
  codeActions(uri: string, range: Range, diagnostics: readonly Diagnostic[], options: CodeActionOptions): CodeAction[];
  completions(uri: string, position: Position, options: CompletionOptions): CompletionItem[];
  hover(uri: string, position: Position): Hover | null;
  definition(uri: string, position: Position, links: boolean): Location | LocationLink[] | null;
  references(uri: string, position: Position, includeDeclaration: boolean): Location[];
  highlights(uri: string, position: Position): DocumentHighlight[];
  prepareRename(uri: string, position: Position): { range: Range; placeholder: string } | Refusal | null;
  rename(uri: string, position: Position, name: string, options: CodeActionOptions): WorkspaceEdit | Refusal | null;
  /** Edits that keep paths right when files move, to be made before they do. */
  renameFiles(moves: readonly FileMove[], options: CodeActionOptions): WorkspaceEdit;
  symbols(uri: string): DocumentSymbol[];
  /** Declarations and steps of all files of the project whose name has these letters in this order. */
  workspaceSymbols(query: string): SymbolInformation[];
  links(uri: string): DocumentLink[];
  inlayHints(uri: string, range: Range, options: InlayHintOptions): InlayHint[];
  /** Those that count mentions come without a command, which `resolveCodeLens` adds. */
  codeLenses(uri: string, options: CodeLensOptions): CodeLens[];
  resolveCodeLens(lens: CodeLens): CodeLens;
  prepareCallHierarchy(uri: string, position: Position): CallHierarchyItem[] | null;
  incomingCalls(item: CallHierarchyItem): CallHierarchyIncomingCall[];
  outgoingCalls(item: CallHierarchyItem): CallHierarchyOutgoingCall[];
  /** Edits that format the document, or what lies in `range`. */
  formatting(uri: string, range?: Range): TextEdit[];
  formattingAfter(uri: string, position: Position, typed: string): TextEdit[];
  foldingRanges(uri: string): FoldingRange[];
  selectionRanges(uri: string, positions: readonly Position[]): SelectionRange[];
  linkedRanges(uri: string, position: Position): LinkedRanges | null;
  semanticTokens(uri: string, range?: Range): readonly SemanticToken[];
  /** The picture of an open document, its findings in it, and the view that is asked for. */
  diagram(uri: string, question?: DiagramQuestion): DiagramAnswer | null;
  /** The flow as mermaid text, with its title; null as for `diagram`. */
  mermaid(uri: string): { readonly title: string; readonly text: string } | null;
  /** What a change in the picture of an open document means in its text, or why it cannot be made. */
  editDiagram(asked: { uri: string; version: number; change: PictureChange }): PictureEdits;
  rules(): readonly { readonly id: string; readonly severity: Severity; readonly summary: string }[];
  /** A rule in short as Markdown, where its page is not at hand. */
  describeRule(id: string): string | undefined;
}

export function createLanguageService(host: ServiceHost): LanguageService {
  const kept = new KeptResults<DocumentDiagnostics>(fileKey);
  const documents = new DocumentCache(host, kept);
  const published = new WeakMap<Judged, DocumentDiagnostics>();
  /** Of an open workflow: it outlives the check that it was made by. */
  const keptOf = (uri: string) => (documents.isOpen(uri) ? kept.get(fileKey(uri)) : undefined);
  const diagnosticsOnce = (checked: Checked | ConfigurationDocument) => {
    const isOpen = checked.version !== undefined && 'workflow' in checked;
    const known =
      published.get(checked) ??
      (isOpen ? keptOf(checked.uri) : undefined) ??
      documentDiagnostics(checked, documents.configurationFiles(checked.uri));
    published.set(checked, known);
    if (isOpen) kept.set(fileKey(checked.uri), known);
    return known;
  };
  const files: ProjectFiles = {
    workflowUris: () => documents.workflowUris(),
    entries: (folder) => documents.entries(folder),
    text: (uri) => documents.project().text(uri),
  };
  const offsetIn = ({ file }: Judged, position: Position) => toOffset(file, position);
  const judged = (uri: string) => {
    const configuration = documents.isOpen(uri) ? documents.configurationFile(uri) : undefined;
    return configuration ?? documents.checked(uri);
  };
  /** Answers for an open document of any kind. */
  const inAny = <T>(uri: string, otherwise: T, of: (document: Checked | ConfigurationDocument) => T): T => {
    const document = judged(uri);
    return document ? of(document) : otherwise;
  };
  /** Answers for an open document, for a configuration in another way. */
  const either = <T>(
    uri: string,
    otherwise: T,
    ofWorkflow: (checked: Checked) => T,
    ofConfiguration: (document: ConfigurationDocument) => T,
  ): T => inAny(uri, otherwise, (each) => ('workflow' in each ? ofWorkflow(each) : ofConfiguration(each)));
  /** Answers for an open workflow, or `otherwise` for any other document. */
  const answer = <T>(uri: string, otherwise: T, of: (checked: Checked) => T): T => {
    const checked = documents.checked(uri);
    return checked ? of(checked) : otherwise;
  };
  return {
    open: (uri, version, text) => documents.set(uri, version, text),
    close: (uri) => documents.close(uri),
    changed: (uri) => documents.changed(uri),
    forget: () => documents.forget(),
    cameOrWent: (uri, isThere) => documents.cameOrWent(uri, isThere),
    openUris: () => documents.openUris(),
    useProfile: (profile) => documents.useProfile(profile.filter((id) => presets.has(id))),
    useTrust: (isTrusted) => documents.useTrust(isTrusted),
    testRules: (uris) => ruleTestsIn(uris, documents),
    counting: (uri) => countingFor(uri, documents),
    configurationsOf: (uris) => [...new Set(uris.flatMap((uri) => documents.configurationOf(uri)?.uri ?? []))],
    diagnostics: (uri) => keptOf(uri) ?? inAny<DocumentDiagnostics | undefined>(uri, undefined, diagnosticsOnce),
    firstDiagnostics: (uri) => {
      const former = keptOf(uri) ? undefined : documents.former(uri);
      const checked = former && documents.checked(uri);
      return checked && firstDiagnosticsOf(checked, former, documents.configurationFiles(uri));
    },
    check: (uri) => {
      const checked = documents.configurationFile(uri) ?? documents.checkedFile(uri);
      return checked && diagnosticsOnce(checked);
    },
    governance: (uri) => {
      const checked = documents.checkedFile(uri);
      return checked && { ...governanceOf(checked), diagnostics: diagnosticsOnce(checked) };
    },
    inspect: (uri, text) => documents.inspect(uri, text),
    codeActions: (uri, range, diagnostics, options) =>
      inAny(uri, [], (checked) =>
        codeActionsAt(
          { checked, current: diagnosticsOnce(checked).diagnostics, range, diagnostics },
          documents,
          options,
        ),
      ),
    completions: (uri, position, options) =>
      either(
        uri,
        [],
        (checked) => completionsAt(checked, offsetIn(checked, position), options, files),
        (document) => configurationCompletions(document, offsetIn(document, position), options, documents),
      ),
    hover: (uri, position) =>
      either<Hover | null>(
        uri,
        null,
        (checked) => hoverAt(checked, offsetIn(checked, position), documents),
        (document) => configurationHover(document, offsetIn(document, position), documents),
      ),
    definition: (uri, position, links) =>
      answer<Location | LocationLink[] | null>(uri, null, (checked) =>
        definitionAt(checked, offsetIn(checked, position), links),
      ),
    references: (uri, position, includeDeclaration) =>
      answer(uri, [], (checked) => referencesAt(checked, offsetIn(checked, position), documents, includeDeclaration)),
    highlights: (uri, position) => answer(uri, [], (checked) => highlightsAt(checked, offsetIn(checked, position))),
    prepareRename: (uri, position) =>
      answer<ReturnType<typeof prepareRename> | null>(uri, null, (checked) =>
        prepareRename(checked, offsetIn(checked, position)),
      ),
    rename: (uri, position, name, options) =>
      answer<WorkspaceEdit | Refusal | null>(uri, null, (checked) =>
        renameAt(checked, offsetIn(checked, position), name, documents, options),
      ),
    renameFiles: (moves, options) => renameFiles(moves, documents, options),
    symbols: (uri) => either<DocumentSymbol[]>(uri, [], documentSymbols, configurationSymbols),
    workspaceSymbols: (query) => workspaceSymbols(query, documents),
    links: (uri) =>
      either<DocumentLink[]>(uri, [], documentLinksIn, (document) => configurationLinks(document, documents)),
    inlayHints: (uri, { start, end }, options) =>
      answer<InlayHint[]>(uri, [], (checked) =>
        inlayHintsIn(checked, { start: offsetIn(checked, start), end: offsetIn(checked, end) }, options),
      ),
    codeLenses: (uri, options) =>
      either<CodeLens[]>(
        uri,
        [],
        (checked) => codeLensesIn(checked, options),
        (document) => configurationLenses(document, options, documents),
      ),
    resolveCodeLens: (lens) => resolveCodeLens(lens, documents),
    prepareCallHierarchy: (uri, position) =>
      answer<CallHierarchyItem[] | null>(uri, null, (checked) =>
        prepareCallHierarchy(checked, offsetIn(checked, position)),
      ),
    incomingCalls: (item) => incomingCalls(item, documents),
    outgoingCalls: (item) => outgoingCalls(item, documents),
    formatting: (uri, range) => inAny<TextEdit[]>(uri, [], ({ file }) => formattingOf(file, range)),
    formattingAfter: (uri, position, typed) =>
      inAny<TextEdit[]>(uri, [], ({ file }) => formattingAfter(file, toOffset(file, position), typed)),
    foldingRanges: (uri) => inAny<FoldingRange[]>(uri, [], ({ file }) => foldingRangesOf(file)),
    selectionRanges: (uri, positions) =>
      inAny<SelectionRange[]>(uri, [], (document) => {
        const partsOf = 'workflow' in document ? (node: ScalarNode) => operandsIn(document, node) : undefined;
        return positions.map((position) => selectionRangeAt(document.file, offsetIn(document, position), partsOf));
      }),
    linkedRanges: (uri, position) =>
      inAny<LinkedRanges | null>(uri, null, ({ file }) => linkedRangesAt(file, toOffset(file, position))),
    semanticTokens: (uri, range) =>
      answer<readonly SemanticToken[]>(uri, [], (checked) => semanticTokensOf(checked, range)),
    mermaid: (uri) => answer<ReturnType<typeof mermaidOf>>(uri, null, mermaidOf),
    diagram: (uri, question) => answer<DiagramAnswer | null>(uri, null, (checked) => diagramOf(checked, question)),
    editDiagram: ({ uri, version, change }) =>
      answer<PictureEdits>(uri, outdated, (checked) =>
        checked.version === version ? editDiagram(checked, documents, change) : outdated,
      ),
    rules: () =>
      [...rules, ...broughtRules(documents).flatMap(({ rule }) => rule ?? [])].map(({ id, severity, summary }) => ({
        id,
        severity,
        summary,
      })),
    describeRule: (id) => {
      const rule = ruleById(id);
      if (rule) return ruleDocumentation(rule);
      const brought = broughtRules(documents).find((each) => each.id === id);
      return brought && customRulePage(brought);
    },
  };
}

const outdated = { refused: 'The text is not the one that the picture was drawn from. Try again.' };

const problems: ReadonlySet<string> = new Set(problemCodes);

/** They have no fixes yet, so they are not numbered. */
function firstDiagnosticsOf(
  { uri, version, file, project, language }: Checked,
  former: Former,
  configurationFiles: readonly string[],
): DocumentDiagnostics {
  const moved = movedFindings(former, file.text).filter(({ rule }) => !problems.has(rule));
  const lint = { ...language, findings: [...language.findings, ...moved].sort(byPlace) };
  const known: Checked = { uri, version, file, project, language, workflow: language.workflow, lint };
  const found = documentDiagnostics(known, configurationFiles);
  return { ...found, diagnostics: found.diagnostics.map(({ data: _data, ...diagnostic }) => diagnostic) };
}

function documentDiagnostics(
  document: Checked | ConfigurationDocument,
  configurationFiles: readonly string[],
): DocumentDiagnostics {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of document.lint.findings) counts[severity]++;
  const { uri, version } = document;
  const { profile = [], dependencies } =
    'workflow' in document
      ? { profile: document.lint.profile, dependencies: [...document.lint.dependencies, ...configurationFiles] }
      : { profile: document.configuration?.settings.profile, dependencies: document.configuration?.dependencies ?? [] };
  const diagnostics = diagnosticsOf(document);
  return { uri, version, diagnostics, counts, profile, dependencies: new Set(dependencies) };
}
