// A change is tried on a copy: the text can still be read, every comment is there, the language finds no new error, and
// the picture is as asked.
import { buildDiagram } from '../../diagram/build-diagram.ts';
import type { DiagramEdge, DiagramModel } from '../../diagram/diagram.ts';
import { applied } from '../../language/edit.ts';
import type { TextEdit } from '../../language/source.ts';
import type { Finding } from '../../rules/finding.ts';
import { lint } from '../../rules/lint.ts';
import type { Checked } from '../documents.ts';
import { fileKey } from '../file-key.ts';
import { bareText, commentsIn } from '../refactorings/bare-text.ts';
import { losesComment } from '../refactorings/refactoring.ts';
import type { Draft, Drawing } from './drawing.ts';

/** Says what is not as asked, or nothing. */
export type Expectation = (after: DiagramModel, before: DiagramModel) => string | undefined;

/** The ways to write a change, and what the picture shall show then. */
export interface Plan {
  readonly drafts: readonly Draft[];
  readonly expects: Expectation;
}

/** What the language itself demands; whether the design is a good one is for the author to see. */
const demanded = ['structure/participation-mode', 'structure/mode-actor-mismatch', 'structure/unresolved-reference'];

/** The reason not to make the edits; undefined where there is none. */
export function objection(drawing: Drawing, edits: readonly TextEdit[], expects: Expectation): string | undefined {
  const { checked, model } = drawing;
  const after = textTried(drawing, applied(checked.file.text, edits));
  if (!after || after.file.broken) return 'The text could not be read any more.';
  if (commentList(checked) !== commentList(after)) return losesComment;
  const fresh = freshError(errorsOf(checked), errorsOf(after));
  if (fresh) return `It would bring an error: ${fresh.message}`;
  return expects(buildDiagram(resultOf(after).analyses), model);
}

/** The document as it would be with another text. */
export function textTried({ checked, documents }: Drawing, text: string): Checked | undefined {
  return documents.checkedWith(checked.uri, new Map([[fileKey(checked.uri), text]]));
}

/** Checked for what the language demands alone, which is quick. */
export function resultOf({ file, project }: Checked) {
  return lint(file, project, { only: demanded });
}

function errorsOf(checked: Checked): readonly Finding[] {
  return resultOf(checked).findings.filter(({ severity }) => severity === 'error');
}

function freshError(before: readonly Finding[], after: readonly Finding[]): Finding | undefined {
  const keyOf = ({ rule, place }: Finding): string => `${rule} ${place}`;
  const left = new Map<string, number>();
  for (const finding of before) left.set(keyOf(finding), (left.get(keyOf(finding)) ?? 0) + 1);
  return after.find((finding) => {
    const count = left.get(keyOf(finding)) ?? 0;
    left.set(keyOf(finding), count - 1);
    return count <= 0;
  });
}

function commentList({ file }: Checked): string {
  return [...commentsIn(bareText(file))].sort().join('\n');
}

/** Pairs of nodes with a way from one to the other; that a handoff can be refused follows from who hands over. */
export function waysIn({ edges }: DiagramModel): ReadonlySet<string> {
  return new Set(edges.filter(isWay).map(({ from, to }) => wayOf(from, to)));
}

/** Written at its source, and not in a contract alone. */
export function isWay({ label }: Pick<DiagramEdge, 'label'>): boolean {
  return label !== 'refused';
}

export function wayOf(from: string, to: string): string {
  return `${from} -> ${to}`;
}

/** Every way is as before, apart from those that may go, those that must come, and those that leave a new step. */
export function waysChanged(
  after: DiagramModel,
  before: DiagramModel,
  change: { readonly gone?: readonly string[]; readonly come?: readonly string[]; readonly fresh?: string },
): string | undefined {
  const [was, is] = [waysIn(before), waysIn(after)];
  const { gone = [], come = [], fresh } = change;
  const missing = [...come, ...[...was].filter((way) => !gone.includes(way))].find((way) => !is.has(way));
  if (missing !== undefined) return `The way '${missing}' would not be there.`;
  const extra = [...is].find(
    (way) => !was.has(way) && !come.includes(way) && !(fresh !== undefined && way.startsWith(wayOf(fresh, ''))),
  );
  return extra === undefined ? undefined : `The way '${extra}' would be there as well.`;
}

/** The ids of the nodes are as before, apart from one that comes or goes. */
export function nodesChanged(
  after: DiagramModel,
  before: DiagramModel,
  { gone, come }: { readonly gone?: string; readonly come?: string } = {},
): string | undefined {
  const wanted = new Set([...before.nodes.map(({ id }) => id).filter((id) => id !== gone), ...(come ? [come] : [])]);
  const is = new Set(after.nodes.map(({ id }) => id));
  const isSame = is.size === wanted.size && [...wanted].every((id) => is.has(id));
  return isSame ? undefined : 'Other steps would change with it.';
}
