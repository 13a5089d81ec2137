// Analyses of a workflow -> who is responsible, accountable, consulted and informed for each step (RACI), who helps, and
// who judges what an AI made.
import { aiReviews } from '../analysis/ai-reviews.ts';
import type { Analyses } from '../analysis/analyses.ts';
import { isHuman, type Step, type Workflow } from '../language/model.ts';
import type { Reference } from '../language/parts.ts';
import type { ResponsibilitiesView, ResponsibilityRow, Role } from '../picture/views.ts';
import type { DiagramModel } from './diagram.ts';
import { flowOrder } from './flow-order.ts';
import { laneOf, namedActor } from './view-names.ts';

/** Steps in flow order; those in which nobody has a part are left out. */
export function responsibilitiesView(analyses: Analyses, diagram: DiagramModel): ResponsibilitiesView {
  const { workflow } = analyses;
  const order = flowOrder(diagram);
  const place = (id: string) => order.get(id) ?? order.size;
  const judging = new Set(aiReviews(analyses).map(({ step }) => step));
  const rows = [...workflow.steps.values()]
    .map((step) => rowOf(step, judging.has(step), workflow))
    .filter((row) => Object.keys(row.roles).length > 0)
    .sort((a, b) => place(a.step) - place(b.step));
  const used = new Set(rows.flatMap((row) => Object.keys(row.roles)));
  const drawn = diagram.lanes.filter(({ id }) => used.delete(id));
  const others = [...workflow.actors.values()].filter(({ id }) => used.has(id)).map(laneOf);
  return { view: 'responsibilities', actors: [...drawn, ...others], rows };
}

function rowOf(step: Step, judges: boolean, workflow: Workflow): ResponsibilityRow {
  const { id, title, kind, performers, assistants, fields } = step;
  const { mode, decides, consulted, informed } = fields;
  const roles = new Map<string, Role[]>();
  const give = (actor: string, role: Role) => {
    const held = roles.get(actor) ?? [];
    if (!held.includes(role)) roles.set(actor, [...held, role]);
  };
  const giveAll = (references: readonly Reference[] | undefined, role: Role) => {
    for (const { name } of references ?? []) if (workflow.actors.has(name)) give(name, role);
  };
  for (const performer of performers) give(performer.id, 'responsible');
  giveAll(accountableFor(step, workflow), 'accountable');
  for (const assistant of assistants) give(assistant.id, 'supports');
  if (judges) for (const performer of performers) if (isHuman(performer)) give(performer.id, 'verifies');
  giveAll(consulted, 'consulted');
  giveAll(informed, 'informed');
  return {
    step: id,
    title,
    kind: kind ?? 'task',
    performer: performers[0]?.kind ?? 'unassigned',
    ...(mode
      ? { participation: { mode: mode.value, ...(decides ? { decides: namedActor(decides, workflow) } : {}) } }
      : {}),
    roles: Object.fromEntries(roles),
    inherited: fields.accountable === undefined,
  };
}

/** Its own, else the workflow's. Nobody answers for a mere point of the flow; an end is one unless it says otherwise. */
function accountableFor({ kind, fields }: Step, workflow: Workflow): readonly Reference[] | undefined {
  if (fields.accountable) return fields.accountable;
  return kind === undefined || kind === 'route' || kind === 'end' ? undefined : workflow.fields?.accountable;
}
