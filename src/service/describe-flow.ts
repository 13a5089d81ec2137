// What a step or data is in the flow, for hover: who answers after inheritance, what is handed over and on which terms,
// where data comes from, what class it gets and who sees it. Asks the analyses, so completion does without.
import type { Analyses } from '../analysis/analyses.ts';
import { pathOf } from '../analysis/data-paths.ts';
import type { FlowNode } from '../analysis/flow-graph.ts';
import type { Handoff } from '../analysis/handoffs.ts';
import type { Actor, Step, Workflow } from '../language/model.ts';
import { computedClass, computedOrigin, readersOf, writersOf } from './data-facts.ts';
import { durationWithHours } from './describe-duration.ts';
import { code, facts, paragraphs } from './markdown.ts';

const maxShown = 6;

export function stepInFlow(id: string, analyses: Analyses): string | undefined {
  const { workflow, handoffs } = analyses;
  const step = workflow.steps.get(id);
  if (!step) return undefined;
  const incoming = handoffs.filter(({ receiver }) => receiver.step === step);
  const outgoing = handoffs.filter(({ path }) => path[0]?.from.step === step);
  return paragraphs(
    facts([['Accountable', accountableOf(step, workflow)]]),
    listOf(
      'Handed over to it',
      incoming.map((handoff) => `from ${senderOf(handoff)}: ${termsOf(handoff)}`),
    ),
    listOf(
      'Handed over by it',
      outgoing.map((handoff) => `to ${receiverOf(handoff.receiver)}${outcomeOf(handoff)}: ${termsOf(handoff)}`),
    ),
  );
}

function accountableOf({ kind, fields }: Step, workflow: Workflow): string | undefined {
  if (kind === undefined || kind === 'route' || kind === 'end') return undefined;
  if (fields.accountable) return fields.accountable.map(({ name }) => code(name)).join(', ');
  const [owner] = workflow.fields?.accountable ?? [];
  return owner ? `${code(owner.name)}, by the workflow` : '**nobody**';
}

function senderOf({ senders, path }: Handoff): string {
  const from = path[0]?.from;
  const where = from?.step ? ` in ${code(from.step.id)}` : from?.kind === 'start' ? ' at the start' : '';
  return `${actorsOf(senders)}${where}`;
}

function receiverOf({ performers, step }: FlowNode): string {
  return `${actorsOf(performers)}${step ? ` in ${code(step.id)}` : ''}`;
}

function actorsOf(actors: readonly Actor[]): string {
  return actors.map(({ id }) => code(id)).join(' or ');
}

function outcomeOf({ path }: Handoff): string {
  const outcome = path[0]?.outcome;
  return outcome === undefined || outcome === 'done' ? '' : ` at ${code(outcome)}`;
}

/** The contract in a few words; without a time to confirm in, it does not count as one. */
function termsOf({ terms, hasContract, isUnknown }: Handoff): string {
  if (isUnknown) return 'a contract that nothing declares';
  if (!hasContract) return 'no contract';
  const { payload, ack, ownerUntilAck } = terms;
  const parts = [
    payload?.length
      ? payload
          .slice(0, maxShown)
          .map((path) => code(pathOf(path)))
          .join(', ')
      : undefined,
    ack && 'parts' in ack.value
      ? `confirmed within ${durationWithHours(ack.value, [])}`
      : ack
        ? undefined
        : 'no time to confirm in',
    ownerUntilAck && `owner until then ${code(ownerUntilAck.name)}`,
  ];
  return parts.filter(Boolean).join('; ');
}

export function dataInFlow(id: string, analyses: Analyses): string | undefined {
  const { workflow } = analyses;
  if (!workflow.data.has(id)) return undefined;
  const origin = computedOrigin(id, analyses);
  const unreviewed = origin.unreviewedAt.map(code).slice(0, maxShown).join(', ');
  const kinds = origin.kinds.join(', ');
  const sources = writersOf(id, analyses);
  const readers = [...readersOf(id, analyses)];
  return facts([
    ['Class by what it is made of', computedClass(id, analyses)],
    ['Made by', kinds && `${kinds}${unreviewed ? `; not looked at by a human yet behind ${unreviewed}` : ''}`],
    ['Comes from', cut(sources.map((source) => (source === 'start' ? 'the start' : code(source))))],
    ['Read by', cut(readers.map(([step, actors]) => `${code(step)} (${actors.map(code).join(', ')})`))],
  ]);
}

function cut(items: readonly string[]): string | undefined {
  if (items.length === 0) return undefined;
  const more = items.length - maxShown;
  return `${items.slice(0, maxShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function listOf(heading: string, items: readonly string[]): string | undefined {
  const unique = [...new Set(items)];
  if (unique.length === 0) return undefined;
  const more = unique.length - maxShown;
  const lines = unique.slice(0, maxShown).map((item) => `- ${item}`);
  return `${heading}:\n${[...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n')}`;
}
