// `aiwf diff`: what two revisions of all workflows say differently, and which controls a change lost.
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { parseConfiguration } from '../governance/configuration.ts';
import { configurationDifference } from '../governance/configuration-difference.ts';
import { differenceOf, isSame } from '../governance/difference.ts';
import type { ParsedFile } from '../language/parse.ts';
import { lineStartsOf } from '../language/source.ts';
import { type ComparedFile, type Comparison, countDifferences } from '../report/compared-file.ts';
import { renderDifferenceJson } from '../report/difference-json.ts';
import { renderDifferenceMarkdown } from '../report/difference-markdown.ts';
import { renderDifferenceSarif } from '../report/difference-sarif.ts';
import { renderDifferenceText } from '../report/difference-text.ts';
import { differenceInShort } from '../report/difference-words.ts';
import { analysesAt } from '../rules/lint.ts';
import type { DiffCommand } from './arguments/diff.ts';
import { wrongOutput } from './check-report.ts';
import { kindOf, openSide, type Side } from './diff-sides.ts';
import { pageOf } from './explain.ts';
import { createHost, createText } from './files.ts';
import { exitCodes, failed, type Outcome } from './outcome.ts';

interface Tool {
  readonly version: string;
  /** The file of this program; pages of rules lie near it. */
  readonly program: string;
}

/** Exit code 1 where a control is lost. */
export function diff(command: DiffCommand, tool: Tool): Outcome {
  const { base, head, paths, output } = command;
  const kinds = [kindOf(base), kindOf(head)];
  if (kinds[0] !== kinds[1])
    return failed('diff: compare two revisions, two folders or two files; a revision alone with the files as they are');
  const wrong = wrongOutput(output);
  if (wrong) return failed(`diff: ${wrong}`);
  const now = createHost(new Map());
  const [before, after] = [openSide(base, paths, now), openSide(head, paths, now)];
  if ('reason' in before) return failed(`diff: ${before.reason}`);
  if ('reason' in after) return failed(`diff: ${after.reason}`);
  const comparison: Comparison = { base: before.name, head: after.name, files: comparedFiles(before, after) };
  const report = rendered(comparison, command, tool);
  const faults = [...before.faults, ...after.faults];
  const unwritten = output === undefined ? undefined : createText(output, report);
  if (unwritten !== undefined) faults.push({ path: output ?? '', reason: unwritten });
  const { lost } = countDifferences(comparison);
  return {
    output: output === undefined ? report : `${differenceInShort(comparison)}\n`,
    errors: faults.map(({ path, reason }) => `${path}: ${reason}`),
    exitCode: faults.length > 0 ? exitCodes.failed : lost > 0 ? exitCodes.violated : exitCodes.ok,
  };
}

function rendered(comparison: Comparison, { format, color, output }: DiffCommand, { version, program }: Tool): string {
  switch (format) {
    case 'text':
      return renderDifferenceText(comparison, { color: color && output === undefined });
    case 'markdown':
      return renderDifferenceMarkdown(comparison);
    case 'json':
      return renderDifferenceJson(comparison);
    case 'sarif':
      return renderDifferenceSarif(comparison, {
        version,
        sha256: (text) => createHash('sha256').update(text).digest('hex'),
        rulePage: (id) => pageOf(id, dirname(program)),
      });
  }
}

/** Files that say something else, or stand elsewhere, in the order of their paths. */
function comparedFiles(before: Side, after: Side): readonly ComparedFile[] {
  const moved = movedFiles(before, after);
  const keys = new Set([...after.workflows.keys(), ...before.workflows.keys()]);
  const movedAway = new Set(moved.values());
  const files: ComparedFile[] = [];
  for (const key of keys) {
    if (movedAway.has(key)) continue;
    const is = after.workflows.get(key);
    const was = before.workflows.get(moved.get(key) ?? key);
    const difference = differenceOf(was && analysesAt(was.file, before.host), is && analysesAt(is.file, after.host));
    const path = is?.path ?? was?.path ?? '';
    const pathBefore = moved.has(key) && was ? { pathBefore: was.path } : {};
    if (isSame(difference) && !moved.has(key)) continue;
    files.push({ path, ...pathBefore, difference, before: was?.file, after: is?.file });
  }
  for (const key of new Set([...after.configurations.keys(), ...before.configurations.keys()])) {
    const [was, is] = [before.configurations.get(key), after.configurations.get(key)];
    const parsed = [was, is].map((one) => one && parseConfiguration(one.uri, one.text));
    const difference = configurationDifference(parsed[0], parsed[1]);
    const side = (one: typeof was) => one && { text: one.text, lineStarts: lineStartsOf(one.text) };
    const path = is?.path ?? was?.path ?? '';
    if (!isSame(difference)) files.push({ path, difference, before: side(was), after: side(is) });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Key before by key now of files that stand elsewhere: one that is gone and one that came declare the same id. */
function movedFiles(before: Side, after: Side): ReadonlyMap<string, string> {
  const idOf = ({ file: { fields } }: { readonly file: ParsedFile }) =>
    fields?.workflow?.value ?? (fields?.library ? `library ${fields.library.value}` : undefined);
  const gone = [...before.workflows].filter(([key]) => !after.workflows.has(key));
  const came = [...after.workflows].filter(([key]) => !before.workflows.has(key));
  return new Map(
    came.flatMap(([key, one]) => {
      const id = idOf(one);
      const same = gone.filter(([, other]) => id !== undefined && idOf(other) === id);
      const [match] = same;
      const isOnly = same.length === 1 && came.filter(([, other]) => idOf(other) === id).length === 1;
      return match && isOnly ? [[key, match[0]] as const] : [];
    }),
  );
}
