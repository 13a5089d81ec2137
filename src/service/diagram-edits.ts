// A change made in the picture as edits of the text, or why it cannot be made. Every change is tried on a copy first.
import type { Range as LspRange } from 'vscode-languageserver-types';
import type { PictureChange } from '../picture/picture-change.ts';
import { connect } from './diagram-edits/connect.ts';
import { remove } from './diagram-edits/delete.ts';
import { disconnect } from './diagram-edits/disconnect.ts';
import { type Drawing, drawingOf, type Refusal } from './diagram-edits/drawing.ts';
import { append, insert } from './diagram-edits/insert.ts';
import { move } from './diagram-edits/move.ts';
import { rename } from './diagram-edits/rename.ts';
import { objection, type Plan } from './diagram-edits/trial.ts';
import type { Checked, DocumentCache } from './documents.ts';
import { toPosition, toRange } from './positions.ts';

/** `EditDiagramResult` of `protocol.ts`. */
export type PictureEdits =
  | { readonly edits: readonly { readonly range: LspRange; readonly newText: string }[]; readonly select?: string }
  | Refusal;

export function editDiagram(checked: Checked, documents: DocumentCache, change: PictureChange): PictureEdits {
  const { file, workflow } = checked;
  if (workflow.library) return { refused: 'A library has no steps to change.' };
  const [problem] = file.broken ? file.problems : [];
  if (problem) {
    const line = toPosition(file, problem.range.start).line + 1;
    return { refused: `Line ${line} cannot be read. Correct it first, so that nothing is lost.` };
  }
  if ('title' in change && cleaned(change.title) === '') return { refused: 'A step needs a title.' };
  const drawing = drawingOf(checked, documents);
  const plan = planned(drawing, change);
  if ('refused' in plan) return plan;
  let refused: string | undefined;
  for (const { edits, select } of plan.drafts) {
    const against = objection(drawing, edits, plan.expects);
    if (against === undefined)
      return {
        edits: edits.map((edit) => ({ range: toRange(file, edit.range), newText: edit.text })),
        ...(select === undefined ? {} : { select }),
      };
    refused ??= against;
  }
  return { refused: refused ?? 'This cannot be changed from the picture.' };
}

function planned(drawing: Drawing, change: PictureChange): Plan | Refusal {
  switch (change.kind) {
    case 'insert':
      return insert(drawing, change.edge, cleaned(change.title));
    case 'append':
      return append(drawing, change.node, cleaned(change.title));
    case 'connect':
      return connect(drawing, change.from, change.to, change.outcome);
    case 'rename':
      return rename(drawing, change.node, cleaned(change.title));
    case 'move':
      return move(drawing, change.node, change.lane);
    case 'delete':
      return remove(drawing, change.node);
    case 'disconnect':
      return disconnect(drawing, change.edge);
  }
}

/** A title is one line. */
function cleaned(title: string): string {
  return title.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}
