// What custom rules see of a workflow as a whole, of its handoffs and of its effects.
import { effectsOf } from '../analysis/effects.ts';
import type { Workflow } from '../language/model.ts';
import {
  actorOf,
  actorsOf,
  always,
  dataOf,
  maybe,
  minutesOf,
  namesOf,
  type Subjects,
  type TypeTable,
  values,
} from './custom-rule-field.ts';

const undeclared = 'where one that is named is not declared';

export const workflowTable: TypeTable<Subjects['Workflow']> = {
  doc: 'The workflow of the file that is checked.',
  fields: {
    id: maybe('string', 'Its id.', ({ workflow }) => workflow.id),
    title: maybe('string', 'Its title.', ({ workflow: { fields } }) => fields?.title?.value),
    description: maybe('string', 'Its description.', ({ workflow: { fields } }) => fields?.description?.value),
    purpose: maybe('string', 'Outcome the work exists for.', ({ workflow: { fields } }) => fields?.purpose?.value),
    version: maybe('string', 'Version of the design.', ({ workflow: { fields } }) => fields?.version?.value),
    status: maybe('string', 'draft, approved, active or retired.', ({ workflow: { fields } }) => fields?.status?.value),
    tier: maybe(
      'string',
      'Risk tier: minimal, limited or high.',
      ({ workflow: { fields } }) => fields?.risk?.tier?.value,
    ),
    regimes: always('list<string>', 'Laws and standards that apply.', ({ workflow: { fields } }) =>
      values(fields?.risk?.regimes),
    ),
    context: always('list<string>', 'Where the design is used.', ({ workflow: { fields } }) => values(fields?.context)),
    accountable: maybe(
      'list<Actor>',
      'Who answers for the outcome.',
      ({ workflow }) => actorsOf(workflow.fields?.accountable, workflow),
      undeclared,
    ),
    reviewEveryDays: maybe('double', 'Days between reviews of the design.', ({ workflow: { fields } }) => {
      const minutes = minutesOf(fields?.review?.every);
      return minutes === undefined ? undefined : minutes / (24 * 60);
    }),
    assessments: always('list<string>', 'Kinds of impact assessments: fria, dpia, aiia.', ({ workflow: { fields } }) =>
      (fields?.assessments ?? []).flatMap(({ kind }) => kind?.value ?? []),
    ),
    hasStop: always('bool', 'It has a stop control.', ({ workflow: { fields } }) => fields?.stop !== undefined),
    stopBy: maybe('Actor', 'Who can stop it.', ({ workflow }) => actorOf(workflow.fields?.stop?.by, workflow)),
    steps: always('list<Step>', 'Its steps, those inside scopes as well.', ({ workflow }) => [
      ...workflow.steps.values(),
    ]),
    actors: always('list<Actor>', 'Everyone declared, imported ones as well.', ({ workflow }) => [
      ...workflow.actors.values(),
    ]),
    data: always('list<Data>', 'All data declared, imported as well.', ({ workflow }) => [...workflow.data.values()]),
    stores: always('list<Store>', 'All stores declared, imported as well.', ({ workflow }) => [
      ...workflow.stores.values(),
    ]),
    handoffs: always('list<Handoff>', 'Its handoffs.', ({ handoffs }) => handoffs),
    effects: always('list<Effect>', 'Effects of all its steps.', ({ workflow }) => allEffects(workflow)),
  },
};

export const handoffTable: TypeTable<Subjects['Handoff']> = {
  doc: 'One way work passes to another kind of performer, team or trust zone.',
  fields: {
    senders: always('list<Actor>', 'Who hands over, any one of them.', ({ senders }) => senders),
    receivers: always('list<Actor>', 'Who receives, any one of them.', ({ receiver }) => receiver.performers),
    from: maybe('Step', 'The step the work comes from.', ({ path }) => path[0]?.from.step, 'at a start'),
    to: maybe('Step', 'The step that receives.', ({ receiver }) => receiver.step, 'where it is not known'),
    betweenHumanAndAi: always(
      'bool',
      'Work passes between people and AI.',
      ({ betweenHumanAndAi }) => betweenHumanAndAi,
    ),
    hasContract: always('bool', 'Some contract is written for it.', ({ hasContract }) => hasContract),
    ackMinutes: maybe(
      'double',
      'Minutes in which the receiver confirms.',
      ({ terms, isUnknown }) => (isUnknown ? undefined : minutesOf(terms.ack)),
      'where no `ack` is set, or the contract that is named is not declared',
    ),
    auto: maybe(
      'bool',
      'The receiver confirms automatically.',
      ({ terms, isUnknown }) => (isUnknown ? undefined : (terms.auto?.value ?? false)),
      undeclared,
    ),
    payload: maybe(
      'list<Data>',
      'What is handed over; what the receiver reads where the contract says nothing.',
      ({ terms, isUnknown, receiver }, { workflow }) =>
        isUnknown ? undefined : dataOf(terms.payload ?? receiver.step?.fields.reads, workflow),
      undeclared,
    ),
    context: maybe(
      'list<string>',
      'What a human is shown: proposal, evidence, confidence, actions, limits.',
      ({ terms, isUnknown }) => (isUnknown ? undefined : values(terms.context)),
      undeclared,
    ),
  },
};

export const effectTable: TypeTable<Subjects['Effect']> = {
  doc: 'Something a step does in the world; a message that it emits to someone outside is one as well.',
  fields: {
    kind: always(
      'string',
      'payment, message, publish, record, deploy, delete, decision, train or another word.',
      ({ kind }) => kind,
    ),
    step: always('Step', 'The step that does it.', ({ step }) => step),
    to: maybe('string', 'Id of the actor, store or data it reaches.', ({ fields }) => fields?.to?.name),
    recipient: maybe(
      'Actor',
      'The actor it reaches.',
      ({ fields }, { workflow }) => actorOf(fields?.to, workflow),
      'where it reaches no actor',
    ),
    irreversible: always('bool', 'It cannot be undone.', ({ irreversible }) => irreversible),
    external: always('bool', 'It leaves the organization.', ({ external }) => external),
    uses: maybe(
      'list<Data>',
      'Data it consumes; what its step reads where it names none.',
      ({ consumes }, { workflow }) => dataOf(consumes, workflow),
      undeclared,
    ),
    amount: maybe(
      'string',
      'Field that holds the amount of money.',
      ({ fields }) => namesOf(fields?.amount ? [fields.amount] : [])[0],
    ),
    max: maybe('double', 'Upper bound of one effect.', ({ fields }) => {
      const max = fields?.max?.value;
      return typeof max === 'object' ? max.value : max;
    }),
    scope: maybe('string', 'What it may touch.', ({ fields }) => fields?.scope?.value),
    admittedBy: maybe('string', 'Id of the policy that admits it.', ({ admittedBy }) => admittedBy?.name),
    subject: maybe('Actor', 'Whom a decision is about.', ({ fields }, { workflow }) =>
      actorOf(fields?.subject, workflow),
    ),
    outcome: maybe('string', 'Outcome of a decision.', ({ fields }) => fields?.outcome?.value),
    adverse: always(
      'bool',
      'The decision is adverse for its subject.',
      ({ fields }) => fields?.adverse?.value ?? false,
    ),
    significance: always(
      'string',
      'legal, significant or none.',
      ({ fields }) => fields?.significance?.value ?? 'none',
    ),
    basis: maybe('string', 'Legal basis that allows it.', ({ fields }) => fields?.basis?.value),
  },
};

/** Every effect, in the order of the steps. */
export function allEffects(workflow: Workflow) {
  return [...workflow.steps.values()].flatMap((step) => effectsOf(step, workflow));
}
