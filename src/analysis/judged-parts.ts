// Data of which people judge single fields: for them, the whole is its fields.
import { variablesOf } from '../language/conditions.ts';
import type { Workflow } from '../language/model.ts';
import { type DataPath, pathOf } from './data-paths.ts';

/** Data that someone judges field by field is taken field by field: approving all of them is approving the whole. */
export function inParts(consumes: readonly DataPath[], workflow: Workflow): readonly DataPath[] {
  const judged = workflow.derived(dataJudgedInParts);
  const variables = variablesOf(workflow);
  return consumes.flatMap((path) => {
    const fields = judged.has(path) ? [...(variables.get(path)?.fields?.keys() ?? [])] : [];
    return fields.length > 0 ? fields.map((field) => `${path}.${field}`) : [path];
  });
}

/** Data of which someone judges a part. */
function dataJudgedInParts({ steps }: Workflow): ReadonlySet<DataPath> {
  const judged = [...steps.values()].flatMap(({ fields }) => [...(fields.covers ?? []), ...(fields.reviews ?? [])]);
  return new Set(
    judged.map(pathOf).flatMap((path) => {
      const parts = path.split('.');
      return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'));
    }),
  );
}
