/**
 * A step that nobody can do: its role has no holder, or its performer lacks a capability or a right that the step needs.
 * Name someone who can, or give the performer what is missing.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { delegationsOf, grantName, isCovered, permissionsOf } from '../../analysis/delegation.ts';
import type { FlowNode } from '../../analysis/flow-graph.ts';
import { holdersOf } from '../../analysis/principals.ts';
import { singlePoints } from '../../analysis/single-points.ts';
import { type Actor, isHuman, type Workflow } from '../../language/model.ts';
import { quoted } from '../../language/wording.ts';
import { pathTo, standsAt } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { iso42001, nistAiRmf } from '../standards.ts';

export const performerResolvable: Rule = {
  id: 'ownership/performer-resolvable',
  severity: 'warning',
  summary: 'Every step has a performer who exists, can do it and may do it.',
  seed: ['S4', 'S6'],
  clauses: [iso42001('A.4.6'), iso42001('A.3.2'), nistAiRmf('GOVERN 2.2'), nistAiRmf('MAP 3.4')],
  check(analyses, report) {
    const { graph, reachability } = analyses;
    const vacant = new Set<Actor>();
    // What a step lacks is said once, whoever takes it over.
    const said = new Set<number>();
    for (const node of graph.nodes) {
      if (!node.step || node.kind !== 'step' || !reachability.isReachable(node)) continue;
      for (const actor of node.performers) {
        if (!isHuman(actor) || holdersOf(actor) !== 0 || vacant.has(actor)) continue;
        vacant.add(actor);
        reportVacant(actor, node, analyses, report);
      }
      checkCapabilities(node, said, analyses, report);
      checkRights(node, said, analyses, report);
    }
    for (const { node, actor, path } of analyses.derived(singlePoints)) {
      const step = node.step;
      if (!step || path.length === 0) continue;
      report({
        range: step.fields.$.valueRange('by') ?? step.range,
        place: step.id,
        message: `'${step.id}' is under a service level, and when the one holder of '${actor.id}' is away, the work waits. Give the role a 'backup', or the step a 'within' and a way on.`,
        witness: pathTo(node, reachability, `only one person holds '${actor.id}', without a backup`),
      });
    }
  },
};

function reportVacant(actor: Actor, node: FlowNode, { workflow, reachability }: Analyses, report: Report): void {
  const place = `actor:${actor.id}`;
  report({
    range: standsAt(actor, workflow, actor.fields.$.valueRange('holders') ?? actor.range),
    place,
    message: `Nobody holds '${actor.id}', and '${node.step?.id}' is performed by it. Give the role a holder, or let another one perform the step.`,
    witness: pathTo(node, reachability, `is performed by '${actor.id}', a role without holders`),
  });
}

/** As one of several, or as who takes over, the performer has to be able to do it as well. */
function checkCapabilities(
  node: FlowNode,
  said: Set<number>,
  { workflow, reachability }: Analyses,
  report: Report,
): void {
  const { step } = node;
  const needs = step?.fields.needs ?? [];
  if (!step || needs.length === 0) return;
  const delegates = delegatesOf(node, workflow);
  // What a helper who declares nothing can do is not known.
  if (delegates.some(({ fields }) => !fields.capabilities)) return;
  const helped = new Set(delegates.flatMap(({ fields }) => (fields.capabilities ?? []).map(({ value }) => value)));
  for (const need of needs) {
    const lacking = node.performers.filter(
      ({ fields }) => fields.capabilities && !fields.capabilities.some(({ value }) => value === need.value),
    );
    if (lacking.length === 0 || helped.has(need.value) || said.has(need.range.start)) continue;
    said.add(need.range.start);
    const who = quoted(lacking.map(({ id }) => id));
    const takesOver = node.takenOver ? `, who takes over as the ${node.takenOver},` : '';
    report({
      range: need.range,
      place: step.id,
      message: `'${step.id}' needs '${need.value}', which ${who}${takesOver} ${lacking.length > 1 ? 'do' : 'does'} not have among the 'capabilities'. Let someone perform it who can.`,
      witness: pathTo(node, reachability, `${who} cannot do '${need.value}'`),
    });
  }
}

/** Who takes over lacks a tool or grant. A name that the step's own performers lack is reported as that. */
function checkRights(node: FlowNode, said: Set<number>, { workflow, reachability }: Analyses, report: Report): void {
  const { step, performers } = node;
  const machines = performers.filter(({ kind }) => kind === 'agent' || kind === 'system');
  if (!step || !node.takenOver || machines.length === 0 || machines.length < performers.length) return;
  const atWork = [...machines, ...step.assistants, ...delegatesOf(node, workflow)];
  const known = atWork.map((actor) => permissionsOf(actor, workflow));
  if (known.some((permissions) => !permissions)) return;
  const own = new Set(known.flatMap((permissions) => [...(permissions ?? [])]));
  for (const use of step.fields.uses ?? []) {
    const name = grantName(use);
    if (isCovered(name, own) || !workflow.derived(allPermissions).has(name) || said.has(use.range.start)) continue;
    said.add(use.range.start);
    const who = quoted(machines.map(({ id }) => id));
    report({
      range: use.range,
      place: step.id,
      message: `'${step.id}' uses '${name}', which ${who}, who takes over as the ${node.takenOver}, may not. Give it to ${who}, or let another one take over.`,
      witness: pathTo(node, reachability, `${who} has no '${name}'`),
    });
  }
}

function delegatesOf({ step, performers }: FlowNode, workflow: Workflow): readonly Actor[] {
  const named = (step?.fields.delegatesTo ?? []).flatMap(({ name }) => workflow.actors.get(name) ?? []);
  return [...named, ...delegationsOf(workflow).flatMap(({ from, to }) => (performers.includes(from) ? [to] : []))];
}

function allPermissions(workflow: Workflow): ReadonlySet<string> {
  return new Set([...workflow.actors.values()].flatMap((actor) => [...(permissionsOf(actor, workflow) ?? [])]));
}
