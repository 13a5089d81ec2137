// What a name of a field means: the field, and where it is declared, in a file of the language or in a JSON Schema.
import type { Workflow } from '../language/model.ts';
import type { DataField } from '../language/parts.ts';
import { resolveUri } from '../language/project.ts';
import type { Place } from '../language/source.ts';
import { listBoundAs, namesOf, typeOf } from './condition-text.ts';
import type { Slot } from './slot.ts';

export interface FieldMeaning {
  readonly kind: 'field';
  /** From the data, or from the name that a macro or `for-each` gives an element. */
  readonly path: readonly string[];
  readonly field: DataField;
  /** Where the field is declared: in a file of the language or in a JSON Schema. */
  readonly at: Place | undefined;
}

/** The field whose declaration the key is, through the elements of lists. */
export function declaredField({ trail, scalar }: Slot, workflow: Workflow): FieldMeaning | undefined {
  const data = trail.findLastIndex(({ shape }) => shape?.kind === 'map' && shape.keys.kind === 'declares');
  const path = [trail[data]?.entry?.key.text ?? ''];
  let field = namesOf('', workflow).get(path[0] ?? '');
  for (const { shape, entry } of trail.slice(data + 1)) {
    const key = entry?.key.text;
    if (shape?.kind === 'fields' && key !== undefined) {
      field = field?.fields?.get(key);
      path.push(key);
    } else if (shape?.kind === 'list' || key === 'items') field = field?.items;
  }
  const at = { uri: workflow.file.uri, range: scalar.range };
  return field && path.length > 1 ? { kind: 'field', path, field, at } : undefined;
}

/** The field that a path leads to from data, or from what `condition` or a `for-each` calls an element. */
export function fieldMeaning(path: readonly string[], condition: string, workflow: Workflow): FieldMeaning | undefined {
  const found = typeOf(path.join('.'), namesOf(condition, workflow));
  if (!found) return undefined;
  const uri = fieldsUri(path[0] ?? '', condition, workflow);
  return { kind: 'field', path, field: found, at: uri === undefined ? undefined : { uri, range: found.name.range } };
}

/** The file in which the fields of `name` are written: that of the data, or its JSON Schema. */
function fieldsUri(name: string, condition: string, workflow: Workflow, depth = 0): string | undefined {
  const data = workflow.data.get(name);
  if (data) return data.fields.fields ? data.uri : data.fields.schema && resolveUri(data.uri, data.fields.schema.value);
  if (depth > 5) return undefined;
  const item = [...workflow.steps.values()].find(({ fields }) => fields.forEach?.item?.value === name);
  const list = item?.fields.forEach?.in?.name ?? listBoundAs(condition, name);
  return list === undefined || list === name ? undefined : fieldsUri(list, condition, workflow, depth + 1);
}
