/**
 * A supplier performs a step, and nobody here answers for it, no contract is named, or nothing goes on when the supplier is
 * lost. Name an accountable role, the `agreements`, and an `exit` or another way on.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import type { FlowNode } from '../../analysis/flow-graph.ts';
import type { Actor, Step, Workflow } from '../../language/model.ts';
import { here, pathTo, standsAt } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, iso42001, mgf, nistAiRmf } from '../standards.ts';

export const externalPartyAllocated: Rule = {
  id: 'ownership/external-party-allocated',
  severity: 'warning',
  summary: 'Who works from outside has someone inside who answers for it, a contract, and a way on without them.',
  seed: ['S4', 'S18'],
  clauses: [iso42001('A.10.2'), iso42001('A.10.3'), nistAiRmf('GOVERN 6.1'), mgf('2.2.1'), euAiAct('25')],
  check(analyses, report) {
    const { graph, reachability } = analyses;
    const vendors = new Set<Actor>();
    const owned = new Set<Step>();
    for (const node of graph.nodes) {
      const { step, performers } = node;
      if (!step || node.kind !== 'step' || !reachability.isReachable(node)) continue;
      const outside = performers.find(({ kind }) => kind === 'vendor' || kind === 'external');
      if (outside && !owned.has(step)) {
        owned.add(step);
        checkOwner(step, outside, analyses, report);
      }
      for (const vendor of performers) {
        if (vendor.kind !== 'vendor') continue;
        if (!vendors.has(vendor)) {
          vendors.add(vendor);
          checkAgreements(vendor, node, analyses, report);
        }
        checkExit(vendor, node, step, analyses, report);
      }
    }
  },
};

/** Where nobody at all is accountable, or a supplier is, other rules say so. */
function checkOwner(step: Step, outside: Actor, { workflow }: Analyses, report: Report): void {
  const own = step.fields.accountable;
  const named = own ?? workflow.fields?.accountable;
  const [owner] = (named ?? []).flatMap(({ name }) => workflow.actors.get(name) ?? []);
  if (named?.length !== 1 || owner?.kind !== 'external') return;
  const range = own?.[0]?.range ?? step.fields.$.valueRange('by') ?? step.range;
  report({
    range,
    place: step.id,
    message: `'${outside.id}' performs '${step.id}', and '${owner.id}', who is accountable for it, is outside as well. Make someone of yours accountable.`,
    witness: here(step.id, range, `'${owner.id}' is outside`),
  });
}

function checkAgreements(vendor: Actor, node: FlowNode, { workflow, reachability }: Analyses, report: Report): void {
  const { agreements, $: origin } = vendor.fields;
  if (agreements ? agreements.length > 0 : origin.keyRange('agreements')) return;
  report({
    range: standsAt(vendor, workflow, origin.keyRange('agreements') ?? vendor.range),
    place: `actor:${vendor.id}`,
    message: `'${vendor.id}' performs '${node.step?.id}', and no contract with this supplier is named. Add 'agreements'.`,
    witness: pathTo(node, reachability, `is performed by '${vendor.id}', without a contract`),
  });
}

/** An exit of the supplier, another performer, or an outcome by which the work goes on elsewhere. */
function checkExit(vendor: Actor, node: FlowNode, step: Step, analyses: Analyses, report: Report): void {
  const { workflow, reachability } = analyses;
  const { exit, $: origin } = vendor.fields;
  if (exit || origin.keyRange('exit') || node.takenOver) return;
  const others = node.performers.some((other) => other !== vendor && other.kind !== 'vendor');
  if (others || leadsOn(node, vendor) || isHalfTyped(step, workflow)) return;
  report({
    range: step.fields.$.valueRange('by') ?? step.range,
    place: step.id,
    message: `When '${vendor.id}' is lost, nobody goes on with '${step.id}'. Give the supplier an 'exit', or the step a 'within' and a way on.`,
    witness: pathTo(node, reachability, `is performed by '${vendor.id}' alone`),
  });
}

const troubles: ReadonlySet<string> = new Set(['timeout', 'error', 'unavailable', 'absent', 'escalation', 'timer']);

/** Work goes on at someone else's step when the supplier does not deliver. */
function leadsOn({ out }: FlowNode, vendor: Actor): boolean {
  return out.some(
    ({ outcome, to }) =>
      outcome !== undefined &&
      troubles.has(outcome) &&
      to.step !== undefined &&
      to.step.kind !== 'end' &&
      !to.performers.includes(vendor),
  );
}

/** A way on that is only half typed, or leads to a step that is not there. */
function isHalfTyped(step: Step, workflow: Workflow): boolean {
  return [...step.handlers.values(), ...workflow.handlers.values()].some(
    ({ outcome, target }) =>
      troubles.has(outcome) && (!target || (target.kind === 'step' && !workflow.steps.has(target.step.name))),
  );
}
