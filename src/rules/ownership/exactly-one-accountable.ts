/**
 * A workflow or step for which nobody answers, or more than one.
 * Name one person or role under `accountable`; every step without its own inherits the workflow's.
 */
import { addBlock, replace } from '../../language/edit.ts';
import { isHuman, type Step, type Workflow } from '../../language/model.ts';
import type { Origin, Reference } from '../../language/parts.ts';
import type { Fix } from '../../language/problem.ts';
import { quoted } from '../../language/wording.ts';
import { here } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, iso42001, nistAiRmf, raci } from '../standards.ts';

export const exactlyOneAccountable: Rule = {
  id: 'ownership/exactly-one-accountable',
  severity: 'error',
  summary: 'Exactly one owner answers for the workflow and for every step.',
  seed: ['S4', 'S18'],
  starred: true,
  clauses: [raci('exactly one A'), nistAiRmf('GOVERN 2.1'), iso42001('A.3.2'), euAiAct('17(1)(m)')],
  check({ workflow }, report) {
    const { fields, library } = workflow;
    if (library || !fields) return;
    if (fields.accountable?.length)
      reportSeveral(fields.accountable, 'the workflow', 'workflow', fields.$, workflow, report);
    else if ((fields.accountable || !fields.$.keyRange('accountable')) && workflow.steps.size > 0)
      reportNone(workflow, report);
    for (const step of workflow.steps.values()) {
      const { accountable, $: origin } = step.fields;
      if (accountable?.length) reportSeveral(accountable, `'${step.id}'`, step.id, origin, workflow, report);
      else if (accountable) reportEmpty(step, report);
    }
  },
};

function reportSeveral(
  named: readonly Reference[],
  what: string,
  place: string,
  origin: Origin,
  { file }: Workflow,
  report: Report,
): void {
  const names = [...new Set(named.map(({ name }) => name))];
  const range = origin.valueRange('accountable');
  if (names.length < 2 || !range) return;
  const both = names.length === 2 ? 'both' : 'all';
  // A comment between the names would be lost.
  const kept = file.text.slice(range.start, range.end).includes('#') ? [] : names.slice(0, 3);
  report({
    range,
    place,
    message: `${quoted(names)} are ${both} accountable for ${what}, so nobody is. Keep one; the others can be 'consulted' or 'informed'.`,
    witness: here(place, range, `names ${names.length} owners`),
    fixes: kept.map((name) => ({
      title: `Keep '${name}'`,
      edits: [{ range, text: name }],
      safety: 'meaning-changing',
    })),
  });
}

function reportEmpty(step: Step, report: Report): void {
  const range = step.fields.$.keyRange('accountable') ?? step.range;
  report({
    range,
    place: step.id,
    message: `Nobody answers for '${step.id}': its 'accountable' names no one. Name one role, or delete the key to inherit the workflow's.`,
    witness: here(step.id, range, 'names no owner'),
  });
}

function reportNone(workflow: Workflow, report: Report): void {
  const uncovered = [...workflow.steps.values()].filter(
    (step) => !step.fields.accountable && step.kind !== 'end' && step.kind !== 'route',
  );
  const range =
    workflow.fields?.$.keyRange('accountable') ??
    workflow.fields?.$.keyRange('workflow') ??
    workflow.fields?.$.keyRange('steps');
  if (!range) return;
  const example = uncovered[0] ? ` '${uncovered[0].id}', for one, inherits nobody.` : '';
  report({
    range,
    place: 'workflow',
    message: `Nobody answers for the outcome of this workflow.${example} Add 'accountable' with one role.`,
    witness: here('workflow', range, "has no 'accountable'"),
    fixes: () => owners(workflow),
  });
}

function owners({ actors, file, fields }: Workflow): readonly Fix[] {
  const { root } = file;
  if (root?.kind !== 'map') return [];
  const empty = fields?.$.valueRange('accountable');
  const after = ['purpose', 'description', 'title', 'workflow'].find((key) =>
    root.entries.some((entry) => entry.key.text === key),
  );
  return [...actors.values()]
    .filter((actor) => isHuman(actor) && (actor.kind === 'human' || actor.fields.lead))
    .slice(0, 3)
    .flatMap(({ id }) => {
      const edits = empty ? replace(empty, id) : addBlock(file.text, root, [`accountable: ${id}`], after);
      return edits ? [{ title: `Make '${id}' accountable`, edits, safety: 'meaning-changing' as const }] : [];
    });
}
