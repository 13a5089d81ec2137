// Refactorings: every change of form or place that can be made where the cursor or the selection is. Each is tried before
// it is offered; one that cannot be made says why.
import type { CodeAction } from 'vscode-languageserver-types';
import type { Range } from '../language/source.ts';
import type { Checked, DocumentCache } from './documents.ts';
import { inlineContract, nameContract } from './refactorings/contracts.ts';
import { convertForm } from './refactorings/conversions.ts';
import { extractSteps } from './refactorings/extract-steps.ts';
import { insertStep } from './refactorings/insert-step.ts';
import { moveDeclarations } from './refactorings/move-declarations.ts';
import { type Proposal, type Refactoring, type Spot, spotAt } from './refactorings/refactoring.ts';
import { sortSteps } from './refactorings/sort-steps.ts';
import { splitStep } from './refactorings/split-step.ts';
import { convertTimeLimit } from './refactorings/time-limits.ts';
import { tried } from './refactorings/trial.ts';
import { toWorkspaceEdit } from './workspace-edit.ts';

/** In the order they are offered. */
const refactorings: readonly Refactoring[] = [
  extractSteps,
  nameContract,
  inlineContract,
  splitStep,
  insertStep,
  convertForm,
  convertTimeLimit,
  sortSteps,
  moveDeclarations,
];

export const refactoringKinds = ['refactor.extract', 'refactor.inline', 'refactor.move', 'refactor.rewrite'] as const;

export interface RefactoringOptions {
  readonly versioned: boolean;
  /** The client makes files that an edit asks for. */
  readonly creates?: boolean;
  /** It shows actions that cannot be taken, and why. */
  readonly showsDisabled?: boolean;
}

/** Those whose kind `isAsked`. */
export function refactoringsAt(
  checked: Checked,
  documents: DocumentCache,
  range: Range,
  isAsked: (kind: string) => boolean,
  options: RefactoringOptions,
): CodeAction[] {
  if (checked.file.broken || checked.file.root?.kind !== 'map') return [];
  const spot = spotAt(checked, documents, range, options.versioned && options.creates === true);
  return refactorings
    .flatMap((refactoring) => refactoring(spot))
    .filter(({ kind }) => isAsked(kind))
    .flatMap((proposal) => toAction(proposal, spot, options));
}

function toAction(proposal: Proposal, spot: Spot, { versioned, showsDisabled }: RefactoringOptions): CodeAction[] {
  const { title, kind } = proposal;
  const verdict = 'refused' in proposal ? proposal : tried(spot, proposal.changes, proposal.standIns);
  if (typeof verdict === 'object' || 'refused' in proposal) {
    const reason = typeof verdict === 'object' ? verdict.refused : '';
    return showsDisabled ? [{ title, kind, disabled: { reason } }] : [];
  }
  const { documents } = spot;
  const project = documents.project();
  const created = proposal.changes.flatMap((change) => ('text' in change ? [change] : []));
  const files = proposal.changes.flatMap((change) =>
    'edits' in change
      ? [{ ...change, text: project.text(change.uri) ?? '', version: documents.versionOf(change.uri) }]
      : [],
  );
  const edit = toWorkspaceEdit(files, { versioned }, created);
  return [{ title: verdict === 'changed' ? `${title} (changes meaning)` : title, kind, edit }];
}
