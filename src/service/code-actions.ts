// Code actions: the fixes of the findings at a range, all safe fixes at once, and refactorings. Each is an edit of exactly
// the version it was made for.
import { type CodeAction, CodeActionKind, type Diagnostic, type Range as LspRange } from 'vscode-languageserver-types';
import type { Fix } from '../language/problem.ts';
import type { TextEdit } from '../language/source.ts';
import type { Finding } from '../rules/finding.ts';
import type { ConfigurationDocument, Judged } from './configurations.ts';
import type { DiagnosticData } from './diagnostics.ts';
import type { Checked, DocumentCache } from './documents.ts';
import { fixAll, safeFix } from './fix-all.ts';
import { toOffset } from './positions.ts';
import { type RefactoringOptions, refactoringKinds, refactoringsAt } from './refactorings.ts';
import { toWorkspaceEdit } from './workspace-edit.ts';

/** The kind of the action that makes all safe fixes. */
const fixAllKind = 'source.fixAll.aiwf';

/** Every kind that is offered. */
export const codeActionKinds: string[] = [CodeActionKind.QuickFix, fixAllKind, ...refactoringKinds];

/** `versioned`: the client takes edits that name the version they are for. */
export interface CodeActionOptions extends RefactoringOptions {
  /** Kinds it asks for; without them what suits the place. */
  readonly only?: readonly string[] | undefined;
  /** Somebody asks; an editor that looks by itself at every move of the cursor gets no refactorings, which are tried first. */
  readonly invoked?: boolean;
}

/** What is offered at a place. */
export interface Offer {
  readonly checked: Checked | ConfigurationDocument;
  /** Diagnostics of all findings, in their order. */
  readonly current: readonly Diagnostic[];
  readonly range: LspRange;
  /** Those the client shows at `range`; with none of these, every finding there is offered. */
  readonly diagnostics: readonly Diagnostic[];
}

export function codeActionsAt(offer: Offer, documents: DocumentCache, options: CodeActionOptions): CodeAction[] {
  const { checked, range } = offer;
  const { only, invoked = false } = options;
  const isAsked = (kind: string) =>
    !only || only.some((each) => each === '' || kind === each || kind.startsWith(`${each}.`));
  const start = toOffset(checked.file, range.start);
  const end = toOffset(checked.file, range.end);
  const workflow = 'workflow' in checked ? checked : undefined;
  const isRefactoring = (only !== undefined || invoked) && refactoringKinds.some(isAsked);
  return [
    ...(isAsked(CodeActionKind.QuickFix) ? quickFixes(offer, { start, end }, documents, options) : []),
    // Like all source actions, offered to those who ask for them.
    ...(only && isAsked(fixAllKind) ? fixAllOf(checked, documents, options) : []),
    ...(workflow && isRefactoring ? refactoringsAt(workflow, documents, { start, end }, isAsked, options) : []),
  ];
}

function quickFixes(
  { checked, current, diagnostics }: Offer,
  { start, end }: { readonly start: number; readonly end: number },
  documents: DocumentCache,
  options: CodeActionOptions,
): CodeAction[] {
  const { findings } = checked.lint;
  const ours = diagnostics.filter(({ source }) => source === 'aiwf');
  const rules = new Map<string, Diagnostic>();
  const single = findings.flatMap((finding, index) => {
    // Fixes are worked out when they are asked for, so last.
    if (finding.range.start > end || finding.range.end < start || finding.fixes.length === 0) return [];
    const own = current[index];
    const shown = ours.find((diagnostic) => isSame(diagnostic, checked.version, index, own));
    if (!own || (ours.length > 0 && !shown)) return [];
    if (safeFix(finding)) rules.set(finding.rule, shown ?? own);
    return finding.fixes.map((fix) => toAction(fix, finding, shown ?? own, checked, options));
  });
  const many = [...rules].flatMap(([rule, diagnostic]) => {
    const count = findings.filter((finding) => safeFix(finding, rule)).length;
    if (count < 2) return [];
    const { edits } = fixed(checked, documents, rule);
    if (edits.length === 0) return [];
    const title = `Fix all ${count} findings of ${rule} in this file`;
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit: editOf(checked, edits, options) }];
  });
  return [...single, ...many];
}

function isSame(shown: Diagnostic, version: number | undefined, index: number, own: Diagnostic | undefined): boolean {
  const data = shown.data as Partial<DiagnosticData> | undefined;
  // Asked for before the document was open, it has no version: it is known by what it says.
  if (typeof data?.finding === 'number' && data.version !== undefined)
    return data.version === version && data.finding === index;
  return (
    shown.code === own?.code &&
    shown.message === own?.message &&
    JSON.stringify(shown.range) === JSON.stringify(own?.range)
  );
}

function toAction(
  fix: Fix,
  finding: Finding,
  diagnostic: Diagnostic,
  checked: Judged,
  options: CodeActionOptions,
): CodeAction {
  const safe = finding.fixes.filter(({ safety }) => safety === 'safe');
  return {
    title: fix.safety === 'safe' ? fix.title : `${fix.title} (changes meaning)`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    ...(safe.length === 1 && safe[0] === fix ? { isPreferred: true } : {}),
    edit: editOf(checked, fix.edits, options),
  };
}

function fixAllOf(checked: Judged, documents: DocumentCache, options: CodeActionOptions): CodeAction[] {
  const { edits, count } = fixed(checked, documents);
  if (edits.length === 0) return [];
  const title = `Make all safe fixes (${count})`;
  return [{ title, kind: fixAllKind, edit: editOf(checked, edits, options) }];
}

function fixed({ uri, file, lint }: Judged, documents: DocumentCache, rule?: string) {
  const findingsOf = (text: string) => (text === file.text ? lint.findings : documents.findingsWith(uri, text));
  return fixAll(file.text, findingsOf, rule);
}

function editOf({ uri, version, file }: Judged, edits: readonly TextEdit[], options: CodeActionOptions) {
  return toWorkspaceEdit([{ uri, version, text: file.text, edits }], options);
}
