// What one file is checked with: presets, severities, parameters and duties of the project and of the file itself.
import type { Workflow } from '../language/model.ts';
import type { Severity } from '../language/problem.ts';
import type { SyntaxNode } from '../language/syntax.ts';
import {
  defaultParameters,
  type Parameter,
  type ParameterValues,
  parameters as parameterTable,
  strictestOf,
} from './parameters.ts';
import { presets } from './presets.ts';

/** What a project asks for, in its configuration or on the command line. */
export interface ProjectSettings {
  /** Presets; none named: `recommended`. */
  readonly profile?: readonly string[];
  /** By rule id: off, or the severity to report it with. */
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
  /** They win over those of a preset, stricter or not. */
  readonly parameters?: Partial<ParameterValues>;
  /** Pairs of duties that must not meet in one principal. */
  readonly sod?: readonly DutyPair[];
  /** Start of the day to judge dates by, milliseconds since the epoch; undefined: dates are not judged. */
  readonly today?: number | undefined;
}

export type DutyPair = readonly [string, string];

/** What one file is checked with. */
export interface Settings {
  /** Ids of known presets. */
  readonly profile: readonly string[];
  readonly parameters: ParameterValues;
  readonly sod: readonly DutyPair[];
  readonly today: number | undefined;
}

/** Settings of a file: those of the project, and what the file adds, which can only be stricter. */
export function settingsOf(workflow: Workflow, project: ProjectSettings): Settings {
  const profile = profileOf(workflow, project);
  const ofPresets = profile.reduce(
    (values, id) => strictestOf(values, presets.get(id)?.parameters ?? {}),
    defaultParameters,
  );
  const ofProject = { ...ofPresets, ...project.parameters };
  return {
    profile,
    parameters: strictestOf(ofProject, ownParameters(workflow)),
    sod: [...(project.sod ?? []), ...ownDuties(workflow)],
    today: project.today,
  };
}

function profileOf(workflow: Workflow, { profile = [] }: ProjectSettings): readonly string[] {
  const base = profile.length > 0 ? profile : ['recommended'];
  const added = (workflow.fields?.profile ?? []).map(({ value }) => value);
  return [...new Set([...base, ...added])].filter((id) => presets.has(id));
}

function ownParameters(workflow: Workflow): Partial<ParameterValues> {
  const entries = [...(workflow.fields?.parameters?.values() ?? [])];
  return readParameters(entries.flatMap(({ key, value }) => (value ? [{ name: key.value, node: value }] : [])));
}

/** Values of the known parameters among `entries`; what cannot be read is left out. */
export function readParameters(
  entries: readonly { readonly name: string; readonly node: SyntaxNode }[],
): Partial<ParameterValues> {
  const found: [Parameter['key'], unknown][] = [];
  for (const { name, node } of entries) {
    const parameter = parameterTable.get(name);
    const value = parameter?.read(node);
    if (parameter && value !== undefined) found.push([parameter.key, value]);
  }
  return Object.fromEntries(found);
}

function ownDuties({ fields }: Workflow): readonly DutyPair[] {
  return (fields?.sod ?? []).flatMap((pair): readonly DutyPair[] => {
    const [first, second] = pair;
    return first && second ? [[first.value, second.value]] : [];
  });
}
