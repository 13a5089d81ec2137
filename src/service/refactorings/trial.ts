// A refactoring is tried on copies of the texts before it is offered: whatever would lose a comment, break a file or
// bring an error is refused, and what changes a finding says so.

import { applied } from '../../language/edit.ts';
import { resolveWorkflow } from '../../language/project.ts';
import type { Finding } from '../../rules/finding.ts';
import type { Checked } from '../documents.ts';
import { fileKey } from '../file-key.ts';
import { bareText, commentsIn } from './bare-text.ts';
import { type Change, losesComment, type Spot } from './refactoring.ts';

/** `same`: every finding stays; `changed`: some come or go, none that is an error comes. */
export type Verdict = 'same' | 'changed' | { readonly refused: string };

export function tried(
  { checked, documents }: Spot,
  changes: readonly Change[],
  standIns: ReadonlyMap<string, string> = new Map(),
): Verdict {
  const project = documents.project();
  const before = changes.map(({ uri }) => project.text(uri) ?? '');
  const after = changes.map((change, i) => ('text' in change ? change.text : applied(before[i] ?? '', change.edits)));
  const texts = new Map(changes.map(({ uri }, i) => [fileKey(uri), after[i] ?? '']));
  const files = documents.project(texts);
  const changed = changes.flatMap(({ uri }) => files.file(uri) ?? []);
  if (changed.some(({ problems }) => problems.some(({ code }) => code === 'language/syntax')))
    return { refused: 'The text could not be read any more.' };
  const known = changes.flatMap(({ uri }) => project.file(uri) ?? []);
  const comments = (of: typeof known) =>
    of
      .flatMap((file) => commentsIn(bareText(file)))
      .sort()
      .join('\n');
  if (comments(known) !== comments(changed)) return { refused: losesComment };
  const uris = new Set([checked.uri, ...changes.map(({ uri }) => uri)]);
  const found = [...uris].flatMap((uri) => documents.checkedWith(uri, texts)?.lint.findings ?? []);
  const was = [...uris].flatMap((uri) => findingsNow(uri, checked, documents));
  const verdict = compared(was, found, standIns);
  if (typeof verdict === 'object') return verdict;
  const broken = brokenUser(changes, texts, { checked, documents });
  return broken === undefined ? verdict : { refused: `${broken} would not fit it any more.` };
}

function findingsNow(uri: string, checked: Checked, documents: Spot['documents']): readonly Finding[] {
  if (fileKey(uri) === fileKey(checked.uri)) return checked.lint.findings;
  return documents.checkedWith(uri, new Map())?.lint.findings ?? [];
}

function compared(
  before: readonly Finding[],
  after: readonly Finding[],
  standIns: ReadonlyMap<string, string>,
): Verdict {
  const left = new Map<string, number>();
  for (const finding of before) left.set(keyOf(finding), (left.get(keyOf(finding)) ?? 0) + 1);
  let verdict: Verdict = 'same';
  for (const finding of after) {
    const key = keyOf({ ...finding, place: standIns.get(finding.place) ?? finding.place });
    const count = left.get(key);
    left.set(key, Math.max(0, (count ?? 0) - 1));
    if (count || (count !== undefined && [...standIns].flat().includes(finding.place))) continue;
    if (finding.severity === 'error') return { refused: `It would bring an error: ${finding.message}` };
    verdict = 'changed';
  }
  return [...left.values()].some((count) => count > 0) ? 'changed' : verdict;
}

function keyOf({ rule, place, severity, verdict }: Finding): string {
  return `${severity} ${verdict} ${rule} ${place}`;
}

/** A file that is made from a changed one and would have more problems than it has. */
function brokenUser(
  changes: readonly Change[],
  texts: ReadonlyMap<string, string>,
  { checked, documents }: Pick<Spot, 'checked' | 'documents'>,
): string | undefined {
  const shared = new Set(changes.flatMap((change) => ('edits' in change ? [fileKey(change.uri)] : [])));
  const others = documents.workflowUris().filter((uri) => !shared.has(fileKey(uri)) && uri !== checked.uri);
  const [project, files] = [documents.project(), documents.project(texts)];
  const problems = (of: typeof project, uri: string) => {
    const file = of.file(uri);
    return file ? file.problems.length + resolveWorkflow(file, of).problems.length : 0;
  };
  return others.find((uri) => {
    const file = project.file(uri);
    const uses = file && [...resolveWorkflow(file, project).dependencies].some((used) => shared.has(fileKey(used)));
    return uses && problems(files, uri) > problems(project, uri);
  });
}
