// Tools and grants a step can use: those of its performers and of whom they delegate to, else those of everyone.
import { pathOf } from '../analysis/data-paths.ts';
import type { Actor, Workflow } from '../language/model.ts';
import { declarationDocumentation } from './describe-declaration.ts';

interface UsableTool {
  readonly name: string;
  readonly detail: string;
  readonly documentation: string | undefined;
}

/** One of each name. */
export function usableTools(stepId: string | undefined, workflow: Workflow): readonly UsableTool[] {
  const own = actorsOf(stepId, workflow);
  const actors = own.length > 0 ? own : [...workflow.actors.values()];
  const found = new Map<string, UsableTool>();
  for (const { id, fields } of actors) {
    for (const [name, { value }] of fields.tools ?? []) {
      const effect = value?.effect?.value ?? 'irreversible';
      found.set(name, {
        name,
        detail: `tool of ${id}, ${effect}`,
        documentation: declarationDocumentation('tool', name, workflow),
      });
    }
    for (const name of (fields.grants ?? []).map(pathOf)) {
      if (!found.has(name)) found.set(name, { name, detail: `grant of ${id}`, documentation: undefined });
    }
  }
  return [...found.values()];
}

/** Where the tool that a step mentions is declared: at its own performers before anyone else's. */
export function toolDeclaration(name: string, stepId: string | undefined, workflow: Workflow) {
  for (const { fields, uri } of [...actorsOf(stepId, workflow), ...workflow.actors.values()]) {
    const tool = fields.tools?.get(name);
    if (tool) return { range: tool.key.range, uri };
  }
  return undefined;
}

function actorsOf(stepId: string | undefined, workflow: Workflow): readonly Actor[] {
  const step = workflow.steps.get(stepId ?? '');
  if (!step) return [];
  const delegates = (step.fields.delegatesTo ?? []).flatMap(({ name }) => workflow.actors.get(name) ?? []);
  return [...step.performers, ...step.assistants, ...delegates];
}
