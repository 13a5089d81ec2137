/**
 * Between handing over and taking over, nobody owns the work: neither a person nor a role that somebody holds.
 * Let a person's role own it until it is confirmed, or name who answers for the one that does.
 */

import type { Handoff } from '../../analysis/handoffs.ts';
import { pathSteps } from '../../analysis/witness.ts';
import { type Actor, isHuman, type Step, type Workflow } from '../../language/model.ts';
import { keyOfPlace } from '../../language/moved-ranges.ts';
import type { Fix } from '../../language/problem.ts';
import type { Range } from '../../language/source.ts';
import type { Rule } from '../rule.ts';
import { iso42001, nistAiRmf, raci } from '../standards.ts';

export const ownershipGap: Rule = {
  id: 'handoff/ownership-gap',
  severity: 'warning',
  summary: 'From handing over to taking over, a person or a role with a holder owns the work.',
  seed: ['S4', 'S18'],
  clauses: [raci('Accountable'), nistAiRmf('GOVERN 2.1'), iso42001('A.3.2')],
  check({ workflow, handoffs, reachability, isIncomplete }, report) {
    if (isIncomplete) return;
    const said = new Set<string>();
    for (const handoff of handoffs) {
      const { receiver, path, terms, isUnknown } = handoff;
      const { step } = receiver;
      // Without a time to confirm there is no contract: that is a fault of its own.
      if (!step || isUnknown || !terms.ack || terms.auto?.value) continue;
      const gap = path[0] && reachability.isReachable(path[0].from) ? gapOf(handoff, workflow) : undefined;
      // One who cannot own it is one fault, wherever they hand over.
      if (!gap || said.has(gap.text)) continue;
      said.add(gap.text);
      const range = placeOf(handoff, step);
      report({
        range,
        place: step.id,
        message: `Until '${step.id}' has confirmed that it got the work, ${gap.text}. ${gap.advice}`,
        witness: pathSteps(path, (node) => (node.step === step ? 'not yet confirmed here' : '')),
        fixes: () => letSenderOwn(handoff, step, workflow),
        ...(gap.root === undefined ? {} : { root: gap.root }),
      });
    }
  },
};

interface Gap {
  readonly text: string;
  readonly advice: string;
  /** Who is accountable and cannot answer for anything. */
  readonly root?: string | undefined;
}

/** Why nobody owns the work before it is confirmed; undefined where somebody does, or where that is not known. */
function gapOf({ terms, senders, receiver, path }: Handoff, workflow: Workflow): Gap | undefined {
  const { ownerUntilAck: owner } = terms;
  if (owner && !owner.word) {
    const actor = workflow.actors.get(owner.name);
    return actor && gapAt(actor, undefined, workflow);
  }
  const atReceiver = owner?.name === 'receiver';
  const owners = atReceiver ? receiver.performers : senders;
  const step = atReceiver ? receiver.step : path[0]?.from.step;
  const gaps = owners.map((actor) => gapAt(actor, step, workflow));
  return gaps.every((gap) => gap) ? gaps[0] : undefined;
}

/** An agent or system owns through its sponsor or whoever is accountable for the step (language.md, section 5). */
function gapAt(actor: Actor, step: Step | undefined, workflow: Workflow): Gap | undefined {
  if (isHuman(actor) && isEmpty(actor, workflow))
    return {
      text: `'${actor.id}' owns it, a role that nobody holds`,
      advice: "Set 'holders', or let another role own it with 'owner-until-ack'.",
    };
  if (actor.kind !== 'agent' && actor.kind !== 'system') return undefined;
  const named = [actor.fields.sponsor, ...(step?.fields.accountable ?? workflow.fields?.accountable ?? [])];
  const references = named.filter((reference) => reference !== undefined);
  const answering = references.flatMap(({ name }) => workflow.actors.get(name) ?? []);
  // That nobody is named at all, or a name that resolves to nothing, is reported as that.
  if (references.length === 0 || answering.length < references.length) return undefined;
  if (answering.some((person) => isHuman(person) && !isEmpty(person, workflow))) return undefined;
  const machine = references.find(
    ({ name }) => workflow.actors.get(name)?.kind !== 'human' && name !== actor.fields.sponsor?.name,
  );
  const what = actor.kind === 'agent' ? 'the AI' : 'the system';
  return {
    text: `only ${what} '${actor.id}' owns it, and no person answers for it`,
    advice: "Set 'owner-until-ack' to a person's role, or name who is accountable.",
    root: machine && `accountable at ${keyOfPlace(machine.range.start)}`,
  };
}

/** No holder, in the role itself or in the team's lead. */
function isEmpty({ kind, fields }: Actor, { actors }: Workflow): boolean {
  const { holders, lead } = fields;
  const nobody = holders !== undefined && ('value' in holders ? holders.value === 0 : holders.length === 0);
  const led = kind === 'team' && lead !== undefined && actors.get(lead.name)?.fields.holders;
  return nobody && !led;
}

function placeOf({ path, terms }: Handoff, step: Step): Range {
  const written = path.findLast((edge) => edge.contract)?.contract;
  const contracts = [...(written ? [written] : []), ...(step.fields.accepts && step.accepts ? [step.accepts] : [])];
  const own = contracts
    .flatMap((contract) => contract.terms)
    .find((each) => each.ownerUntilAck === terms.ownerUntilAck);
  const range = own?.$.valueRange('owner-until-ack');
  return range ?? written?.range ?? step.fields.$.keyRange('accepts') ?? step.range;
}

/** Back to the default, where someone hands over who can own it. */
function letSenderOwn(handoff: Handoff, step: Step, workflow: Workflow): readonly Fix[] {
  const { terms, senders, path } = handoff;
  const { ownerUntilAck: owner } = terms;
  const canOwn = senders.some((sender) => !gapAt(sender, path[0]?.from.step, workflow));
  const range = placeOf(handoff, step);
  if (!owner || !canOwn || workflow.file.text.slice(range.start, range.end) !== owner.name) return [];
  return [
    { title: 'Let the sender own it until then', edits: [{ range, text: 'sender' }], safety: 'meaning-changing' },
  ];
}
