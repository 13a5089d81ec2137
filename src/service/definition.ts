// Go to definition: from a mention to the declaration, here or in an imported file, and from a path to the file.
import type { Location, LocationLink } from 'vscode-languageserver-types';
import { declaredOutcomes } from '../language/outcomes.ts';
import { type ProjectHost, resolveUri } from '../language/project.ts';
import type { Place } from '../language/source.ts';
import type { Checked } from './documents.ts';
import { locationOf } from './locations.ts';
import { type Meaning, meaningAt } from './meaning.ts';
import { toRange } from './positions.ts';

/** With `links` the answer says which characters lead there as well. */
export function definitionAt(checked: Checked, offset: number, links = false): Location | LocationLink[] | null {
  const found = meaningAt(checked, offset);
  const place = found && placeOf(found.meaning, checked);
  if (!found || !place) return null;
  const location = locationOf(place, checked);
  if (!location) return null;
  if (!links) return location;
  return [
    {
      targetUri: location.uri,
      targetRange: location.range,
      targetSelectionRange: location.range,
      originSelectionRange: toRange(checked.file, found.range),
    },
  ];
}

function placeOf(meaning: Meaning, { uri, project }: Checked): Place | undefined {
  switch (meaning.kind) {
    case 'declaration':
    case 'field':
      return meaning.at;
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
