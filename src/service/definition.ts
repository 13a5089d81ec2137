// Go to definition: from a mention to the declaration, here or in an imported file, and from a path to the file.
import type { Location, LocationLink } from 'vscode-languageserver-types';
import type { Workflow } from '../language/model.ts';
import { resolve } from '../language/names.ts';
import { declaredOutcomes } from '../language/outcomes.ts';
import { type ProjectHost, resolveUri } from '../language/project.ts';
import { lineStartsOf, type Range } from '../language/source.ts';
import { type Checked, fileKey } from './documents.ts';
import { type Meaning, meaningAt } from './meaning.ts';
import { toRange } from './positions.ts';
import { declarationAround, slotAt } from './slot.ts';
import { toolDeclaration } from './tools.ts';

interface Place {
  readonly uri: string;
  readonly range: Range;
}

/** With `links` the answer says which characters lead there as well. */
export function definitionAt(checked: Checked, offset: number, links = false): Location | LocationLink[] | null {
  const found = meaningAt(checked, offset);
  const place = found && placeOf(found.meaning, checked, offset);
  if (!found || !place) return null;
  const text = fileKey(place.uri) === fileKey(checked.uri) ? checked.file.text : checked.project.text(place.uri);
  if (text === undefined) return null;
  const range = toRange({ text, lineStarts: lineStartsOf(text) }, place.range);
  if (!links) return { uri: place.uri, range };
  return [
    {
      targetUri: place.uri,
      targetRange: range,
      targetSelectionRange: range,
      originSelectionRange: toRange(checked.file, found.range),
    },
  ];
}

function placeOf(meaning: Meaning, { uri, file, lint, project }: Checked, offset: number): Place | undefined {
  const { workflow } = lint;
  switch (meaning.kind) {
    case 'declaration': {
      if (meaning.declares === 'tool') {
        const slot = slotAt(file.root, offset);
        return toolDeclaration(meaning.id, slot && declarationAround(slot, 'step'), workflow);
      }
      return resolve({ to: [meaning.declares], name: meaning.id, range: { start: 0, end: 0 }, word: false }, workflow);
    }
    case 'field': {
      const declared = fieldsUri(meaning.path[0] ?? '', meaning.condition, workflow);
      return declared === undefined ? undefined : { uri: declared, range: meaning.field.name.range };
    }
    case 'outcome':
      return outcomePlace(meaning, uri);
    case 'file':
      return filePlace(resolveUri(uri, meaning.path), project);
    case 'workflow':
      return filePlace(project.workflowUri?.(meaning.id), project);
    default:
      return undefined;
  }
}

/** Where the outcome is declared, else where it is handled, else the step. */
function outcomePlace({ outcome, step }: Extract<Meaning, { kind: 'outcome' }>, uri: string): Place | undefined {
  if (!step) return undefined;
  const declared = declaredOutcomes(step).find(({ value }) => value === outcome);
  return { uri, range: declared?.range ?? step.handlers.get(outcome)?.range ?? step.range };
}

function filePlace(uri: string | undefined, project: ProjectHost): Place | undefined {
  if (uri === undefined || project.text(uri) === undefined) return undefined;
  return { uri, range: { start: 0, end: 0 } };
}

/** The file in which the fields of `name` are written: that of the data, or its JSON Schema. */
function fieldsUri(name: string, condition: string, workflow: Workflow, depth = 0): string | undefined {
  const data = workflow.data.get(name);
  if (data) return data.fields.fields ? data.uri : data.fields.schema && resolveUri(data.uri, data.fields.schema.value);
  if (depth > 5) return undefined;
  const item = [...workflow.steps.values()].find(({ fields }) => fields.forEach?.item?.value === name);
  const macro = new RegExp(`([A-Za-z_]\\w*)[\\w.]*\\.(?:exists|all|exists_one|filter|map)\\(\\s*${name}\\s*,`).exec(
    condition,
  );
  const list = item?.fields.forEach?.in?.name ?? macro?.[1];
  return list === undefined || list === name ? undefined : fieldsUri(list, condition, workflow, depth + 1);
}
