// What custom rules see of those who take part and of what is worked on: actors, their models and tools, data, stores.
import type { Analyses } from '../analysis/analyses.ts';
import { rootOf, writesOf } from '../analysis/data-paths.ts';
import type { Step } from '../language/model.ts';
import {
  actorOf,
  actorsOf,
  always,
  daysOf,
  maybe,
  minutesOf,
  namesOf,
  type Subjects,
  type TypeTable,
  values,
} from './custom-rule-field.ts';

const undeclared = 'where one that is named is not declared';

export const actorTable: TypeTable<Subjects['Actor']> = {
  doc: 'Someone or something that takes part.',
  fields: {
    id: always('string', 'Its id.', ({ id }) => id),
    kind: maybe('string', 'human, team, agent, system, external or vendor.', ({ kind }) => kind),
    title: always('string', 'Its title, else its id.', ({ id, fields }) => fields.title?.value ?? id),
    description: maybe('string', 'Its description.', ({ fields }) => fields.description?.value),
    team: maybe('Actor', 'Team it belongs to.', ({ fields }, { workflow }) => actorOf(fields.team, workflow)),
    lead: maybe('Actor', 'Who leads the team.', ({ fields }, { workflow }) => actorOf(fields.lead, workflow)),
    backup: maybe('Actor', 'Who performs when the person is away.', ({ fields }, { workflow }) =>
      actorOf(fields.backup, workflow),
    ),
    holders: maybe('double', 'How many people hold the role.', ({ fields: { holders } }) =>
      holders === undefined ? undefined : 'value' in holders ? holders.value : holders.length,
    ),
    sponsor: maybe('Actor', 'The human who answers for the agent.', ({ fields }, { workflow }) =>
      actorOf(fields.sponsor, workflow),
    ),
    fallback: maybe('Actor', 'Who performs when the agent is unavailable.', ({ fields }, { workflow }) =>
      actorOf(fields.fallback, workflow),
    ),
    identity: maybe('string', 'Its identity.', ({ fields }) => fields.identity?.value),
    onBehalfOf: maybe('Actor', 'Whom it acts for.', ({ fields }, { workflow }) => actorOf(fields.onBehalfOf, workflow)),
    model: maybe(
      'Model',
      'The model of an agent that has exactly one.',
      ({ fields: { model = [] } }) => (model.length === 1 ? model[0] : undefined),
      'where none or several are written; `models` has them all',
    ),
    models: always(
      'list<Model>',
      'Every model it may use, in the order they are tried.',
      ({ fields }) => fields.model ?? [],
    ),
    autonomy: maybe('string', 'L1 to L5, as declared.', ({ fields }) => fields.autonomy?.value),
    capabilities: always('list<string>', 'What it can do.', ({ fields }) => values(fields.capabilities)),
    tools: always('list<Tool>', 'Tools it may call.', ({ fields: { tools } }) =>
      [...(tools ?? [])].map(([name, { value }]) => ({ name, fields: value })),
    ),
    grants: always('list<string>', 'Permissions, as they are written.', ({ fields }) => namesOf(fields.grants)),
    delegates: maybe(
      'list<Actor>',
      'Agents it may pass work to.',
      ({ fields }, { workflow }) =>
        actorsOf(
          (fields.delegates ?? []).flatMap(({ to }) => to ?? []),
          workflow,
        ),
      undeclared,
    ),
    agreements: always('list<string>', 'Contracts with it.', ({ fields }) => values(fields.agreements)),
    outbound: maybe(
      'list<string>',
      'Hosts it may send to; `none` is an empty list.',
      ({ fields: { outbound } }) => outbound && values(outbound).filter((host) => host !== 'none'),
    ),
    clearance: maybe(
      'string',
      'Highest class of data that may reach it.',
      ({ fields }) => fields.clearance?.max?.value,
    ),
    clearanceLabels: always('list<string>', 'Labels of data that may reach it.', ({ fields }) =>
      values(fields.clearance?.labels),
    ),
    regions: always('list<string>', 'Regions it runs in or belongs to.', ({ fields }) =>
      values(fields.clearance?.regions),
    ),
    distinctFrom: maybe(
      'list<Actor>',
      'Roles never held by the same person.',
      ({ fields }, { workflow }) => actorsOf(fields.distinctFrom, workflow),
      undeclared,
    ),
    maxCalls: maybe('double', 'Tool calls of one step, at most.', ({ fields }) => fields.limits?.calls?.value),
    maxTokens: maybe('double', 'Tokens of one step, at most.', ({ fields }) => fields.limits?.tokens?.value),
    maxMinutes: maybe('double', 'Minutes of one step, at most.', ({ fields }) => minutesOf(fields.limits?.wall)),
    maxCost: maybe(
      'double',
      'Cost of one step, at most, in `maxCostCurrency`.',
      ({ fields }) => fields.limits?.cost?.value.value,
    ),
    maxCostCurrency: maybe(
      'string',
      'ISO 4217 code of `maxCost`.',
      ({ fields }) => fields.limits?.cost?.value.currency,
    ),
    steps: always('list<Step>', 'Steps it performs.', (actor, { workflow }) =>
      [...workflow.steps.values()].filter(({ performers }) => performers.includes(actor)),
    ),
  },
};

export const modelTable: TypeTable<Subjects['Model']> = {
  doc: 'The model of an agent.',
  fields: {
    provider: maybe('string', 'Who runs it.', ({ provider }) => provider?.value),
    id: maybe('string', 'Its name.', ({ id }) => id?.value),
    version: maybe('string', 'Its version.', ({ version }) => version?.value),
    family: maybe('string', 'Its family.', ({ family }) => family?.value),
    region: maybe('string', 'Where it runs.', ({ region }) => region?.value),
    trainsOnInput: always(
      'bool',
      'The provider trains on what it is sent.',
      ({ trainsOnInput }) => trainsOnInput?.value ?? false,
    ),
  },
};

export const toolTable: TypeTable<Subjects['Tool']> = {
  doc: 'A tool of an actor.',
  fields: {
    name: always('string', 'Its name.', ({ name }) => name),
    effect: always(
      'string',
      'none, reversible or irreversible.',
      ({ fields }) => fields?.effect?.value ?? 'irreversible',
    ),
    external: always('bool', 'It reaches outside the organization.', ({ fields }) => fields?.external?.value ?? false),
    outbound: always('bool', 'It can send data out.', ({ fields }) => fields?.outbound?.value ?? false),
    scope: maybe('string', 'What it may touch.', ({ fields }) => fields?.scope?.value),
    version: maybe('string', 'Version or digest.', ({ fields }) => fields?.version?.value),
    server: maybe('string', 'Server that offers it.', ({ fields }) => fields?.server?.value),
  },
};

export const dataTable: TypeTable<Subjects['Data']> = {
  doc: 'Something that is worked on.',
  fields: {
    id: always('string', 'Its id.', ({ id }) => id),
    title: always('string', 'Its title, else its id.', ({ id, fields }) => fields.title?.value ?? id),
    description: maybe('string', 'Its description.', ({ fields }) => fields.description?.value),
    class: maybe(
      'string',
      'public, internal, confidential, personal or special-category, as declared.',
      ({ fields }) => fields.class?.value,
    ),
    labels: always('list<string>', 'Its labels.', ({ fields }) => values(fields.labels)),
    media: always('list<string>', 'text, code, image, audio, video.', ({ fields }) => values(fields.media)),
    trust: maybe('string', 'trusted or untrusted.', ({ fields }) => fields.trust?.value),
    origin: always('list<string>', 'human, ai, system, as declared.', ({ fields }) => values(fields.origin)),
    purpose: always('list<string>', 'Purposes it may be used for.', ({ fields }) => values(fields.purpose)),
    basis: maybe('string', 'The legal exception relied on.', ({ fields }) => fields.basis?.ref?.value),
    fields: maybe(
      'list<string>',
      'Names of its fields, those of a schema file as well.',
      ({ fields, uri }, { workflow }) => {
        const known = fields.fields ?? workflow.schemaFields(fields.schema?.value, uri);
        return known || !fields.schema ? [...(known?.keys() ?? [])] : undefined;
      },
      'where its schema cannot be read',
    ),
    trustedRecord: always('bool', 'A master record.', ({ fields }) => fields.trustedRecord?.value ?? false),
    store: maybe('Store', 'Store it lives in.', ({ fields }, { workflow }) =>
      workflow.stores.get(fields.store?.name ?? ''),
    ),
    retainMinDays: maybe('double', 'Kept at least so many days.', ({ fields: { retain } }) =>
      retain && 'min' in retain ? daysOf(retain.min) : undefined,
    ),
    retainMaxDays: maybe('double', 'Deleted after so many days at the latest.', ({ fields: { retain } }) =>
      retain && 'value' in retain ? daysOf(retain) : daysOf(retain?.max),
    ),
    readBy: always('list<Step>', 'Steps that read, review or judge it.', ({ id }, { workflow }) =>
      stepsThat(workflow, ({ fields: { reads = [], reviews = [], covers = [] } }) =>
        [...reads, ...reviews, ...covers].some(({ name }) => name === id),
      ),
    ),
    writtenBy: always('list<Step>', 'Steps that write it.', ({ id }, { workflow }) =>
      stepsThat(workflow, (step) => writesOf(step, workflow).some(({ out }) => rootOf(out) === id)),
    ),
  },
};

export const storeTable: TypeTable<Subjects['Store']> = {
  doc: 'A place where data lives longer than a case.',
  fields: {
    id: always('string', 'Its id.', ({ id }) => id),
    kind: maybe('string', 'log, record, dataset, memory, index or feedback.', ({ fields }) => fields.kind?.value),
    title: always('string', 'Its title, else its id.', ({ id, fields }) => fields.title?.value ?? id),
    description: maybe('string', 'Its description.', ({ fields }) => fields.description?.value),
    appendOnly: always('bool', 'Nothing in it can be changed.', ({ fields }) => fields.appendOnly?.value ?? false),
    retainMinDays: maybe('double', 'Kept at least so many days.', ({ fields }) => {
      const { retain, kind } = fields;
      if (retain && 'value' in retain)
        return kind?.value === 'log' || kind?.value === 'record' ? daysOf(retain) : undefined;
      return daysOf(retain?.min);
    }),
    retainMaxDays: maybe('double', 'Deleted after so many days at the latest.', ({ fields }) => {
      const { retain, kind } = fields;
      if (retain && 'value' in retain)
        return kind?.value === 'log' || kind?.value === 'record' ? undefined : daysOf(retain);
      return daysOf(retain?.max);
    }),
    writers: maybe(
      'list<Actor>',
      'Who may write.',
      ({ fields }, { workflow }) => actorsOf(fields.writers, workflow),
      undeclared,
    ),
    admins: maybe(
      'list<Actor>',
      'Who may change it.',
      ({ fields }, { workflow }) => actorsOf(fields.admins, workflow),
      undeclared,
    ),
    clearance: maybe(
      'string',
      'Highest class of data that may be put in.',
      ({ fields }) => fields.clearance?.max?.value,
    ),
    region: maybe('string', 'Where it is.', ({ fields }) => fields.region?.value),
  },
};

function stepsThat({ steps }: Analyses['workflow'], holds: (step: Step) => boolean): readonly Step[] {
  return [...steps.values()].filter(holds);
}
