// Quick fixes: the fixes of the findings at a range, as edits of exactly the version they were made for.
import { type CodeAction, CodeActionKind, type Diagnostic, type Range as LspRange } from 'vscode-languageserver-types';
import type { Fix } from '../language/problem.ts';
import type { Finding } from '../rules/finding.ts';
import type { DiagnosticData } from './diagnostics.ts';
import type { Checked } from './documents.ts';
import { toOffset } from './positions.ts';
import { toWorkspaceEdit } from './workspace-edit.ts';

export interface CodeActionOptions {
  /** The client takes edits that name the version they are for. */
  readonly versioned: boolean;
}

/**
 * `current` are the diagnostics of all findings, in their order; `diagnostics` those the client shows at `range`. With
 * none of these, every finding there is offered.
 */
export function codeActionsAt(
  checked: Checked,
  current: readonly Diagnostic[],
  range: LspRange,
  diagnostics: readonly Diagnostic[],
  options: CodeActionOptions,
): CodeAction[] {
  const { file, lint } = checked;
  const start = toOffset(file, range.start);
  const end = toOffset(file, range.end);
  const ours = diagnostics.filter(({ source }) => source === 'aiwf');
  return lint.findings.flatMap((finding, index) => {
    if (finding.fixes.length === 0 || finding.range.start > end || finding.range.end < start) return [];
    const own = current[index];
    const shown = ours.find((diagnostic) => isSame(diagnostic, checked.version, index, own));
    if (!own || (ours.length > 0 && !shown)) return [];
    return finding.fixes.map((fix) => toAction(fix, finding, shown ?? own, checked, options));
  });
}

function isSame(shown: Diagnostic, version: number | undefined, index: number, own: Diagnostic | undefined): boolean {
  const data = shown.data as Partial<DiagnosticData> | undefined;
  if (typeof data?.finding === 'number') return data.version === version && data.finding === index;
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
  checked: Checked,
  options: CodeActionOptions,
): CodeAction {
  const { uri, version, file } = checked;
  const edit = toWorkspaceEdit([{ uri, version, text: file.text, edits: fix.edits }], options);
  const safe = finding.fixes.filter(({ safety }) => safety === 'safe');
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    ...(safe.length === 1 && safe[0] === fix ? { isPreferred: true } : {}),
    edit,
  };
}
