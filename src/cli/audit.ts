// `aiwf audit`: judges all workflows that the paths name and writes what an auditor needs into a folder, once as a page and
// once as data.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { assess } from '../governance/assess.ts';
import type { Configuration } from '../governance/configuration.ts';
import { startOfDay } from '../language/values.ts';
import { renderAuditHtml } from '../report/audit-html.ts';
import { type AuditedFile, auditPack, renderAuditJson } from '../report/audit-pack.ts';
import { drawAuditPictures } from '../report/audit-pictures.ts';
import type { InputRecord } from '../report/audit-records.ts';
import type { AuditCommand } from './arguments/audit.ts';
import { createText, type Fault, pathOf, readText } from './files.ts';
import { createGitState } from './git-state.ts';
import { configurationsOf, openProject } from './opened-project.ts';
import { exitCodes, failed, type Outcome } from './outcome.ts';

/** What the process gives; `program` is the file of this tool. */
interface Tool {
  readonly version: string;
  readonly program: string;
}

/** Exits with 2 where something could not be read, although the pack is written: it says so itself. */
export function audit({ paths, output, profile }: Omit<AuditCommand, 'name'>, { version, program }: Tool): Outcome {
  const project = openProject(paths);
  const today = startOfDay(Date.now());
  const files = project.inputs.map(({ file, configuration }): AuditedFile => {
    const assessment = assess(file, project.host, { configuration, today, profile });
    const nearest = configuration && slashed(pathOf(configuration.uri));
    return { path: slashed(pathOf(file.uri)), file, assessment, configuration: nearest };
  });
  if (files.length === 0)
    return failed(`audit: ${project.faults[0] ? faultLine(project.faults[0]) : 'no workflows were found'}`);
  const configurations = configurationsOf(project.inputs);
  const { inputs, commit, faults } = inputsOf(files, configurations);
  const unread = [...project.faults, ...faults].map(({ path, reason }) => ({ path: slashed(path), reason }));
  const pack = auditPack({ files, inputs, unread, tool: { version, sha256: sha256(readFileSync(program)) }, commit });
  const page = renderAuditHtml(pack, { sha256, pictures: drawAuditPictures(files) });
  const names = ['audit.html', 'audit.json'].map((name) => join(output, name));
  const reason = write(output, names, [page, renderAuditJson(pack)]);
  if (reason !== undefined) return failed(`audit: ${reason}`);
  return {
    output: `${names.join('\n')}\n`,
    errors: unread.map(faultLine),
    exitCode: unread.length > 0 ? exitCodes.failed : exitCodes.ok,
  };
}

/** Every file that had a part in the result, with the hash of what was judged. */
function inputsOf(files: readonly AuditedFile[], configurations: readonly Configuration[]) {
  const judged = new Map(files.map(({ file }) => [file.uri, file]));
  const roles = new Map<string, InputRecord['role']>();
  for (const { uri, baselineUri, dependencies } of configurations) {
    for (const other of dependencies) roles.set(other, other === baselineUri ? 'baseline' : 'rules');
    roles.set(uri, 'configuration');
  }
  for (const { assessment } of files)
    for (const uri of assessment.dependencies) if (!roles.has(uri)) roles.set(uri, 'used');
  for (const { file, assessment } of files) roles.set(file.uri, assessment.workflow.library ? 'library' : 'workflow');
  const git = createGitState();
  const commit = files[0] && git.commitAt(pathOf(files[0].file.uri));
  const faults: Fault[] = [];
  const inputs = [...roles].flatMap(([uri, role]): readonly InputRecord[] => {
    const path = pathOf(uri);
    const read = readText(path);
    // What a workflow uses and is not there is a finding of that workflow; a baseline need not be there yet.
    if ('reason' in read) return [];
    const known = judged.get(uri);
    if (known && known.text !== read.text) {
      faults.push({ path, reason: 'changed while it was read, so the hash is not of what was judged' });
      return [];
    }
    const { bytes } = read;
    const isInCommit = commit !== undefined && git.commitAt(path) === commit;
    return [
      {
        path: slashed(path),
        role,
        sha256: sha256(bytes),
        bytes: bytes.length,
        ...(isInCommit ? { asCommitted: git.isAsCommitted(path, bytes) } : {}),
      },
    ];
  });
  return { inputs, commit, faults };
}

function write(folder: string, names: readonly string[], texts: readonly string[]): string | undefined {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    return `${folder}: cannot be written`;
  }
  const isUnwritten = names.some((name, index) => createText(name, texts[index] ?? '') !== undefined);
  return isUnwritten ? `${folder}: cannot be written` : undefined;
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The same on every system. */
function slashed(path: string): string {
  return path.split(sep).join('/');
}

function faultLine({ path, reason }: Fault): string {
  return `${path}: ${reason}`;
}
