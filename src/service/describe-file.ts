// A file that a path or an id leads to, for hover: what it declares, what a sub-workflow is given and how it can end.
import type { ParsedFile } from '../language/parse.ts';
import { baseName, type ProjectHost, resolveUri, resolveWorkflow } from '../language/project.ts';
import { sectionOf } from '../language/vocabulary.ts';
import { code, facts, paragraphs, plain } from './markdown.ts';
import type { Meaning } from './meaning.ts';

/** Undefined for what is no path and no id of a workflow. */
export function fileDocumentation(meaning: Meaning, from: string, project: ProjectHost): string | undefined {
  if (meaning.kind !== 'file' && meaning.kind !== 'workflow') return undefined;
  const uri = meaning.kind === 'file' ? resolveUri(from, meaning.path) : project.workflowUri?.(meaning.id);
  const name = meaning.kind === 'file' ? meaning.path : meaning.id;
  if (uri === undefined || project.text(uri) === undefined) return `${code(name)} — no such file can be read`;
  const file = /\.ya?ml$/.test(uri) ? project.file(uri) : undefined;
  if (!file?.fields?.workflow && !file?.fields?.library) return `${code(baseName(uri))} — file`;
  return aboutFile(file, project);
}

function aboutFile(file: ParsedFile, project: ProjectHost): string {
  const { fields } = file;
  const head = fields?.workflow ?? fields?.library;
  const counts = Object.entries(sectionOf).flatMap(([kind, section]) => {
    const count = file.declarations.filter((declaration) => declaration.kind === kind).length;
    return count > 0 ? [`${count} ${section}`] : [];
  });
  return paragraphs(
    `${code(head?.value ?? '')} — ${fields?.workflow ? 'workflow' : 'library'} in ${code(baseName(file.uri))}`,
    fields?.title && `**${plain(fields.title.value)}**`,
    fields?.description && plain(fields.description.value),
    facts([['Declares', counts.join(', ')], ...(fields?.workflow ? flowFacts(file, project) : [])]),
  );
}

function flowFacts(file: ParsedFile, project: ProjectHost): readonly (readonly [string, string | undefined])[] {
  const { workflow } = resolveWorkflow(file, project);
  const steps = [...workflow.steps.values()];
  const given = workflow.starts.flatMap(({ fields }) => (fields.gives ?? []).map(({ name }) => code(name)));
  const ends = steps.flatMap(({ kind, scope, fields }) =>
    kind === 'end' && !scope ? [fields.outcome?.value ?? 'completed'] : [],
  );
  return [
    ['Steps', steps.length > 0 ? String(steps.length) : undefined],
    ['Is given', [...new Set(given)].slice(0, 8).join(', ')],
    ['Ends as', [...new Set(ends)].map(code).join(', ')],
  ];
}
