// What `aiwf check` says in the end: the report in one of its forms, on standard output or in a file.
import { createHash } from 'node:crypto';
import { dirname, relative, sep } from 'node:path';
import { isWorkflowName } from '../language/project.ts';
import type { CheckedFile } from '../report/checked-file.ts';
import { type CheckFormat, renderReport } from '../report/render.ts';
import { renderSummary } from '../report/text.ts';
import { pageOf } from './explain.ts';
import { createText, type Fault } from './files.ts';

interface ReportOptions {
  readonly format: CheckFormat;
  readonly color: boolean;
  /** The file to write; undefined: standard output. */
  readonly output: string | undefined;
  /** Nothing is said of accepted findings. */
  readonly withoutAccepted: boolean;
}

interface Tool {
  readonly version: string;
  /** The file of this program; pages of rules lie near it. */
  readonly program: string;
}

/** Why a report cannot be written to this file; undefined where nothing is against it. */
export function wrongOutput(output: string | undefined): string | undefined {
  return output !== undefined && isWorkflowName(output)
    ? `${output}: a workflow is not overwritten with a report`
    : undefined;
}

/** The text for standard output, and a fault where the file cannot be written. */
export function writeReport(
  { format, color, output, withoutAccepted }: ReportOptions,
  { version, program }: Tool,
  checked: readonly CheckedFile[],
  unread: readonly Fault[],
): { readonly text: string; readonly fault?: Fault } {
  const files = withoutAccepted ? checked.map((file) => ({ ...file, accepted: [] })) : checked;
  // What collects findings of many tools looks files up in the repository, so their paths are those of the repository.
  const isForRepository = format === 'sarif' || format === 'github';
  const named = isForRepository ? files.map((file) => ({ ...file, path: relativePath(file.path) })) : files;
  const report = renderReport(format, named, {
    version,
    color: color && output === undefined,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    rulePage: (id) => pageOf(id, dirname(program)),
    unread: isForRepository ? unread.map(({ path, reason }) => ({ path: relativePath(path), reason })) : unread,
  });
  if (output === undefined) return { text: report };
  const reason = createText(output, report);
  const [counts = ''] = renderSummary(files, version).split('\n');
  return reason === undefined ? { text: `${counts}\n` } : { text: '', fault: { path: output, reason } };
}

/** From the current folder, with slashes. */
function relativePath(path: string): string {
  return relative('.', path).split(sep).join('/');
}
