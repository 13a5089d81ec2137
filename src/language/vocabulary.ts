// The one table of the language: every key, its shape, its meaning in one or two sentences, its default.
// Reading, validation, completion, hover, the JSON Schema and `docs/language.md` are all made from it.
import type { Entry, FromData } from './parts.ts';
import {
  choice,
  condition,
  declarations,
  type Fields,
  key,
  lazy,
  list,
  mapFrom,
  mapOf,
  name,
  oneOrMore,
  record,
  reference,
  type Shape,
  scalar,
  targetOr,
  word,
} from './shape.ts';
import {
  type Amount,
  type Duration,
  parseAmount,
  parseDate,
  parseDays,
  parseDuration,
  parseHours,
  parseNumber,
  parseShare,
} from './values.ts';

// Values

/** Text for people. */
export const text = scalar<string>('text', (raw) => raw, { jsonType: ['string', 'number', 'boolean'] });
/** Path of another file. */
export const file = scalar<string>('a relative path such as ./people.aiwf.yaml', (raw) =>
  raw.length > 0 && !raw.includes('://') ? raw : undefined,
);
const flag = scalar<boolean>('true or false', (_, value) => (typeof value === 'boolean' ? value : undefined), {
  jsonType: 'boolean',
});
const count = wholeNumber('a whole number, 1 or more', 1);
const number = scalar<number>('a number such as 30, 200k or 1.5M', parseNumber, { jsonType: ['number', 'string'] });
const share = scalar<number>('a share such as 25% or 50/1200', parseShare, { samples: ['5%', '10%', '25%', '50%'] });
const threshold = scalar<number>(
  'a number or a share such as 0.85 or 85%',
  (raw) => parseNumber(raw) ?? parseShare(raw),
  { jsonType: ['number', 'string'], samples: ['0.8', '0.9', '0.95'] },
);
/** A span of time. */
export const duration = scalar<Duration | FromData>('a duration such as 30m, 4h, 5d, 1d12h or PT48H', parseDuration, {
  samples: ['15m', '30m', '1h', '4h', '8h', '1d', '2d', '5d', '14d', '30d', '90d', '1y', '7y'],
  fromData: true,
});
const amount = scalar<Amount>('an amount such as 200 EUR', parseAmount, { samples: ['100 EUR'] });
/** A day. */
export const date = scalar<number>('a date such as 2026-09-01', parseDate);
/** A moment; `DATA.field` may stand for it. */
export const moment = scalar<string>('a date, a cron expression or DATA.field', (raw) =>
  raw.trim() ? raw : undefined,
);
const target = targetOr({});
const anything = { kind: 'any' } as const;

function wholeNumber(expected: string, least: number) {
  const parse = (raw: string) => {
    const value = parseNumber(raw);
    return value !== undefined && Number.isInteger(value) && value >= least ? value : undefined;
  };
  return scalar<number>(expected, parse, { jsonType: 'integer' });
}

const described = {
  title: key(text, 'Name for the reader.'),
  description: key(text, 'For the reader.'),
};

// Mentions

const actor = reference('actor');
const actors = oneOrMore(actor);
const data = reference('data', { field: true });
const dataList = oneOrMore(data);
const store = reference('store');
const step = reference('step');
const stepOrStop = reference('step', { words: { stop: 'The stop control of this workflow.' } });
const calendar = reference('calendar');
/** A moment in the flow: `STEP.OUTCOME`, a step or an event. */
const point = reference(['step', 'event'], { field: true });
const points = oneOrMore(point);
const none = word({ none: 'Drops the default.' });

/** Classes of data, lowest first. */
export const dataClasses = {
  public: 'Anyone may see it.',
  internal: 'For people of the organization.',
  confidential: 'For those who need it.',
  personal: 'About an identifiable person.',
  'special-category': 'Health, biometric, political and other data of special categories (GDPR Art. 9).',
} as const;
const dataClass = word(dataClasses);

const clearanceKeys = {
  max: key(dataClass, 'Highest class of data that may reach it.'),
  labels: key(oneOrMore(name('label')), 'Labels of data that may reach it.'),
  regions: key(oneOrMore(name('region')), 'Regions it runs in or belongs to.'),
};
const clearance = record('clearance', clearanceKeys, { short: 'max' });

const retainKeys = {
  min: key(duration, 'Kept at least this long.', { example: '7y' }),
  max: key(duration, 'Deleted at the latest after this.', { example: '30d' }),
};
const retain = choice({ scalar: duration, map: record('retention', retainKeys) });

// Handoff contracts

/** Terms of a handoff contract. */
export const contractKeys = {
  payload: key(dataList, 'What is handed over.', { default: "the receiver's reads" }),
  'accept-if': key(condition(), 'Condition on the payload under which the receiver takes it.', { default: 'true' }),
  ack: key(duration, 'Time in which the receiver confirms. A contract counts when this is set.', { example: '30m' }),
  'owner-until-ack': key(
    reference('actor', { words: { sender: 'The one who hands over.', receiver: 'The one who receives.' } }),
    'Who owns the work until it is confirmed.',
    { default: 'sender' },
  ),
  'on-reject': key(
    targetOr({ sender: 'Back to the one who handed over.' }),
    'Where work goes that the receiver refuses, before anything of the receiver has begun. `sender` returns it.',
  ),
  context: key(
    oneOrMore(
      word({
        proposal: 'The proposed action, rendered exactly.',
        evidence: 'Evidence or references to sources.',
        confidence: 'Confidence or uncertainty.',
        actions: 'What the AI has done already.',
        limits: 'Known limits.',
      }),
    ),
    'What a human is shown when work comes from an AI.',
  ),
  label: key(text, 'Text on the edge in the diagram.'),
  auto: key(flag, 'The receiver confirms automatically.', { default: 'false' }),
  instructions: key(text, 'What the receiver is told.'),
  channel: key(anything, 'How it is sent: a name, or auth, integrity and schema.'),
} as const;
const contractTerms = record('handoff contract', contractKeys, { limits: { condition: 'accept-if', to: 'payload' } });
/** A contract by name, inline, or a name with terms over it. */
export const contractShape = choice({
  scalar: reference('handoff', { words: { none: 'Drops the default.' } }),
  list: list(choice({ scalar: reference('handoff'), map: contractTerms })),
  map: contractTerms,
});

// Targets

/** Keys of a branch or link, wherever a TARGET stands. */
export const linkKeys = {
  to: key(target, 'Where work goes.'),
  when: key(condition(), 'Condition under which this branch is taken; branches are tried in order.', {
    example: 'claim.amount <= 2000',
  }),
  else: key(target, 'Where work goes when no other branch holds.'),
  all: key(list(target), 'Parallel split: every branch is taken.'),
  any: key(list(target), 'Inclusive split: each branch whose condition holds is taken.'),
  label: key(text, 'Text on the edge. Branches with a label and no condition are an open choice of the performer.'),
  handoff: key(contractShape, 'Contract of the handoff on this edge.'),
  max: key(count, 'How often the case may pass here; bounds a loop.', { example: '3' }),
  exhausted: key(target, 'Where work goes when `max` is used up.'),
  share: key(share, 'Share of what arrives that goes this way, for capacity.', { example: '60%' }),
  keep: key(flag, 'The step goes on and a second path starts.', { default: 'false' }),
} as const;
/** A branch or link. */
export const linkShape = record('branch', linkKeys);

const timerKeys = {
  after: key(duration, 'Time from the start of the step to the first firing.'),
  every: key(duration, 'Repeats after this time.'),
  times: key(count, 'How often it fires.'),
  at: key(moment, 'Fires at a date, by a cron expression or at a moment read from data.'),
  to: key(target, 'Where the path goes.', { required: true }),
  keep: key(flag, 'The step goes on and a second path starts.', { default: 'false' }),
};
const timers = oneOrMore(record('timer', timerKeys));

const logKeys = {
  to: key(store, 'Store the record goes to.', { required: true }),
  fields: key(
    oneOrMore(name('log field')),
    'What is recorded: case, actor, model, version, prompt, inputs, output, decision, reason, time, or a data id, which is copied.',
  ),
  retain: key(retain, 'How long the record is kept.'),
};
const log = choice({ scalar: none, map: record('log', logKeys) });

// Steps

/** The kinds of step, each told by the key it begins with. */
export const stepKinds = {
  task: 'Someone works.',
  review: 'Someone looks at data and gives an opinion.',
  approval: 'A human with authority approves exact data.',
  decision: 'A choice about someone, by an actor or a rule.',
  contest: "An affected person's way to challenge a decision.",
  wait: 'Waits for time or an event.',
  disclose: 'Someone is told that AI takes part.',
  route: 'A point with no work and no performer.',
  scope: 'A step that holds steps.',
  call: 'A sub-workflow.',
  end: 'A final outcome.',
} as const;
export type StepKind = keyof typeof stepKinds;

const allKinds = Object.keys(stepKinds) as StepKind[];
const judgment: readonly StepKind[] = ['review', 'approval', 'decision', 'contest'];
const performed: readonly StepKind[] = [
  'task',
  'review',
  'approval',
  'decision',
  'contest',
  'disclose',
  'scope',
  'call',
];
const receiving: readonly StepKind[] = [...performed, 'wait'];
const flowing: readonly StepKind[] = allKinds.filter((kind) => kind !== 'end');
const timed: readonly StepKind[] = flowing.filter((kind) => kind !== 'route');

/** Outcomes whose meaning is the same at every step. */
export const builtInOutcomes = {
  approve: 'The judge approves exactly what `covers` names.',
  modify: 'The judge changed what `covers` names; approves nothing.',
  reject: 'The judge refuses.',
  done: 'The work is done.',
  error: 'The performer failed.',
  timeout: 'The time of the step is over.',
  'low-confidence': 'The value of the gate is below its threshold.',
  unavailable: 'The performer cannot be reached.',
  absent: 'The person is away.',
  cancel: 'A stop or a `terminate` ended the step.',
  'not-filed': 'Nobody challenged the decision in time.',
} as const;

/** Outcomes of a contest that declares none of its own, besides `not-filed`. */
export const contestOutcomes = {
  uphold: 'The decision stands.',
  reverse: 'The decision is reversed.',
} as const;

/** Outcomes of a scope or a call: those of the ends reached inside. */
export const endOutcomes = {
  completed: 'The work reached its purpose.',
  rejected: 'The case was refused.',
  cancelled: 'The case was withdrawn.',
  failed: 'The work could not be done.',
} as const;

/** How AI takes part. */
export const modes = {
  'ai-executed': 'The AI performs, no human performer.',
  'ai-augmented': 'A human performs and decides, assisted by an AI.',
  collaborative: 'Humans and AI perform together, one of them decides.',
} as const;

const outcomeTargets = mapOf('outcome', targetOr({ none: 'Drops the default.' }));

const significance = word({
  legal: 'Legal effect on a person.',
  significant: 'Similarly significant effect.',
  none: 'Neither.',
});

const effectKeys = {
  kind: key(
    name('effect kind'),
    'What it is: payment, message, publish, record, deploy, delete, decision, train or another word.',
    {
      required: true,
    },
  ),
  to: key(reference(['actor', 'store', 'data'], { field: true }), 'Who or what it reaches.'),
  irreversible: key(flag, 'It cannot be undone.', { default: 'false' }),
  external: key(flag, 'It leaves the organization.', { default: 'false' }),
  amount: key(data, 'Field that holds the amount of money.'),
  uses: key(dataList, 'Data it consumes: what an approval has to cover.'),
  max: key(
    choice({
      scalar: scalar<Amount | number>('a number or an amount', (raw) => parseAmount(raw) ?? parseNumber(raw), {
        jsonType: ['string', 'number'],
      }),
    }),
    'Upper bound of one effect.',
  ),
  scope: key(text, 'What it may touch.'),
  'admitted-by': key(reference('policy'), 'Policy that admits it without approval.'),
  'idempotency-key': key(data, 'Field that makes a repetition harmless.'),
  rollback: key(
    record('rollback', {
      by: key(reference('tool'), 'Tool that undoes it.'),
      within: key(duration, 'Time in which it can be undone.'),
    }),
    'How it is undone.',
  ),
  subject: key(actor, 'Whom a decision is about.'),
  outcome: key(name('outcome'), 'Outcome of a decision, looked up in `authority`.'),
  adverse: key(flag, 'The decision is adverse for its subject.', { default: 'false' }),
  significance: key(significance, 'Weight of a decision for its subject.', { default: 'none' }),
  basis: key(text, 'Legal basis that allows it.'),
} as const;

const forEachKeys = {
  item: key(name('item'), 'Name of the element inside.', { required: true }),
  in: key(data, 'List it runs over.', { required: true }),
  mode: key(word({ parallel: 'All elements at once.', sequence: 'One after another.' }), 'How the elements are done.', {
    default: 'sequence',
  }),
  until: key(condition(), 'Ends early when this holds.'),
  max: key(count, 'At most this many elements.'),
} as const;

const title = (kind: StepKind) => key(text, `${stepKinds[kind]} The value is the title of the step.`, { on: [kind] });

/** Inner steps of a scope have the same keys as any step. */
export interface StepFields extends Fields<typeof stepKeys> {}
export type StepMap = ReadonlyMap<string, Entry<StepFields>>;

/** Keys of a step of any kind. */
export const stepKeys = {
  task: title('task'),
  review: title('review'),
  approval: title('approval'),
  decision: title('decision'),
  contest: title('contest'),
  wait: title('wait'),
  disclose: title('disclose'),
  route: title('route'),
  scope: title('scope'),
  call: key(text, 'A sub-workflow: a relative path, or the id of a workflow in the project.', {
    on: ['call'],
    example: './payout.aiwf.yaml',
  }),
  end: title('end'),
  title: key(text, 'Title of a call.', { on: ['call'] }),
  description: key(text, 'For the reader.'),

  by: key(actors, 'Who performs the step; any one of a list.', { on: performed }),
  'assisted-by': key(actors, 'Who helps and does not decide.', { on: performed }),
  decides: key(actor, 'Who has the last word where humans and AI work together.', { on: performed }),
  accountable: key(actors, 'Who answers for the result (RACI A), exactly one.', {
    default: "the workflow's `accountable`",
  }),
  consulted: key(actors, 'Who is asked (RACI C).'),
  informed: key(actors, 'Who is told (RACI I).'),
  lane: key(actor, 'Lane the step is drawn in, when it is not the performer.'),
  mode: key(word(modes), 'How AI takes part. Required where an AI takes part, absent elsewhere.', { on: performed }),
  instructions: key(text, 'What the performer is told: text or a relative path.', { on: performed }),
  needs: key(oneOrMore(name('capability')), 'Capabilities the performer must have.', { on: performed }),
  uses: key(
    oneOrMore(reference('tool', { field: true })),
    'Tools and grants the step uses. Without it an AI step may use all its agent has.',
    {
      on: performed,
    },
  ),
  'delegates-to': key(actors, 'Agents the performer may pass the work to.', { on: performed }),
  detached: key(flag, 'The work goes on after the step is left.', { on: performed, default: 'false' }),
  sandbox: key(flag, 'Runs where it can do no harm.', { on: performed, default: 'false' }),

  reads: key(dataList, 'Data the step uses.', { on: performed }),
  writes: key(
    choice({ scalar: data, list: list(data), map: mapFrom(data, oneOrMore(data)) }),
    'Data the step makes; `{ OUT: [IN] }` says what each output derives from, the list form: from all reads.',
    { on: receiving },
  ),
  ensures: key(oneOrMore(condition()), 'What holds afterwards; counts only if the performer is not an AI.', {
    on: performed,
  }),
  validates: key(
    oneOrMore(
      choice({
        scalar: data,
        map: record('validation', {
          data: key(data, 'What is checked.', { required: true }),
          against: key(reference('data', { field: true, open: true }), 'Data or schema file it is checked against.'),
        }),
      }),
    ),
    'Data checked by rule; counts only if the performer is not an AI.',
    { on: performed },
  ),
  redacts: key(oneOrMore(reference('data', { field: true, open: true })), 'Data or labels removed from the outputs.', {
    on: performed,
  }),
  marks: key(dataList, 'Data marked as made by AI.', { on: performed }),
  purpose: key(name('purpose'), 'Purpose the data is processed for.', { on: performed }),
  duty: key(oneOrMore(name('duty')), 'Duty that must not meet an incompatible one in one principal.', {
    on: performed,
  }),
  basis: key(text, 'Legal basis of the step.', { on: performed }),
  biometric: key(
    word({ verification: 'One to one.', 'remote-identification': 'One to many, at a distance.' }),
    'Biometric processing.',
    { on: performed },
  ),
  says: key(oneOrMore(name('disclosure')), 'What is disclosed to `to`.', { on: performed }),
  to: key(actor, 'Who is told.', { on: performed }),
  phase: key(text, 'Phase the step belongs to.'),

  covers: key(dataList, 'Exactly what is approved or judged.', { on: judgment }),
  reviews: key(dataList, 'Data the judge looks at.', { on: judgment }),
  outcomes: key(
    choice({
      list: list(name('outcome')),
      map: mapOf(
        'outcome',
        word({ favourable: 'Good for its subject.', adverse: 'Bad for its subject.', neutral: 'Neither.' }),
      ),
    }),
    'The outcomes of the judgment, in addition each classified.',
    {
      on: judgment,
      default:
        'approve, modify, reject by a human; done for a review by an AI; uphold, reverse, not-filed for a contest',
    },
  ),
  'min-minutes': key(number, 'Least time a careful judge needs for one item, in minutes.', { on: judgment }),
  dual: key(flag, 'Two different holders judge independently.', { on: judgment, default: 'false' }),
  subject: key(actor, 'Whom the judgment is about.', { on: judgment }),
  significance: key(significance, 'Weight of the judgment for its subject.', { on: judgment, default: 'none' }),
  records: key(oneOrMore(name('record')), 'What is recorded of the judgment or end.', { on: [...judgment, 'end'] }),
  controls: key(
    oneOrMore(
      word({
        'independent-first': 'Judges before seeing the AI result.',
        'reason-on-agree': 'Writes a reason also when agreeing.',
        'seeded-cases': 'Known cases are mixed in.',
        rotation: 'Judges rotate.',
        independent: 'Judges work without seeing each other.',
      }),
    ),
    'Controls against automation bias.',
    { on: judgment },
  ),
  rule: key(text, 'The rule that decides: a DMN file, an id or a condition.', { on: ['decision'] }),
  from: key(actor, 'Who sends what is waited for, or who may challenge.', { on: ['wait', 'contest'] }),
  'file-within': key(duration, 'Time to challenge, from entry.', { on: ['contest'] }),
  'distinct-from': key(oneOrMore(step), 'Steps whose judges must not judge again.', { on: judgment }),
  'may-reverse': key(flag, 'The decision can be reversed.', { on: ['contest'], default: 'false' }),
  compensates: key(step, 'Step whose effect this one undoes.', { on: ['task'] }),

  for: key(duration, 'Waits this long.', { on: ['wait'], example: '14d' }),
  until: key(reference('event', { words: { message: 'Any message.' } }), 'Waits for this event.', { on: ['wait'] }),
  start: key(target, 'First step inside.', { on: ['scope'] }),
  steps: key(
    lazy<StepMap>((): Shape => stepsShape),
    'The steps inside.',
    { on: ['scope'] },
  ),
  order: key(word({ free: 'The performer picks, in any order and number.' }), 'Inner steps have no fixed order.', {
    on: ['scope'],
  }),
  'done-when': key(condition(), 'When a scope of free order is done.', { on: ['scope'] }),
  with: key(mapOf('data of the sub-workflow', data), 'What the sub-workflow is given: its data from ours.', {
    on: ['call'],
  }),
  returns: key(mapFrom(data, name('data of the sub-workflow')), 'What comes back: our data from its.', {
    on: ['call'],
  }),
  outcome: key(word(endOutcomes), 'Kind of the final outcome.', { on: ['end'], default: 'completed' }),
  terminate: key(flag, 'Ends every other path of the nearest scope.', { on: ['end'], default: 'false' }),

  within: key(duration, 'Time limit; `timeout` when it is over.', { on: timed, example: '4h' }),
  effort: key(oneOrMore(duration), 'Working time: one value, or lower and upper bound.', { on: performed }),
  cost: key(amount, 'Cost of one run.', { on: performed }),
  every: key(duration, 'Done in a run per period.', { on: timed }),
  batch: key(count, 'Items judged at once.', { on: performed }),
  sample: key(
    record('sample', {
      share: key(share, 'Share of the cases.', { required: true }),
      to: key(target, 'Where the sample goes.', { required: true }),
      keep: key(flag, 'The sample goes there as well, not instead.', { default: 'false' }),
    }),
    'A share of the cases is looked at elsewhere.',
    { on: performed },
  ),
  log: key(log, 'What is recorded of the step. `none` drops the default.', { on: performed }),
  gate: key(
    record('gate', {
      on: key(data, 'Field that holds the confidence.', { required: true }),
      'at-least': key(threshold, 'Threshold; below it the outcome is `low-confidence`.'),
      source: key(
        word({ calibrated: 'Measured against known cases.', self: 'The AI assesses itself.' }),
        'Where the value comes from.',
      ),
      below: key(target, 'Where work goes below the threshold.'),
    }),
    'Work continues only above a confidence threshold.',
    { on: performed },
  ),
  retry: key(
    record('retry', {
      max: key(count, 'How often it is tried again.', { required: true }),
      backoff: key(duration, 'Time between the tries.'),
      on: key(
        oneOrMore(
          reference('event', {
            words: { error: 'The performer failed.', timeout: 'Time is over.', unavailable: 'Cannot be reached.' },
          }),
        ),
        'What is retried.',
      ),
    }),
    'The step is tried again.',
    { on: performed },
  ),
  'for-each': key(record('for-each', forEachKeys), 'Runs once per element of a list.', { on: performed }),
  emits: key(oneOrMore(reference('event')), 'Events the step emits.', { on: [...performed, 'route', 'end'] }),
  undo: key(
    choice({ scalar: reference('step', { words: { all: 'Everything that can be compensated.' } }), list: list(step) }),
    'Steps compensated here.',
    { on: [...performed, 'end'] },
  ),
  effects: key(oneOrMore(record('effect', effectKeys)), 'What the step does in the world.', { on: performed }),

  accepts: key(contractShape, 'Contract for all incoming handoffs. `none` drops the default.', { on: receiving }),
  join: key(
    word({
      any: 'Each arriving path goes on.',
      all: 'Waits for a token on every incoming edge.',
      live: 'Waits for every path that can still arrive.',
    }),
    'How arriving paths meet.',
    { default: 'any' },
  ),
  next: key(target, 'Where work goes when the step is done.', { on: flowing }),
  on: key(outcomeTargets, 'Where work goes at an outcome or event.', { on: flowing, example: '{ timeout: escalate }' }),
  timers: key(timers, 'Paths that start at a time.', { on: timed }),
  escalate: key(
    oneOrMore(
      record('escalation', {
        to: key(actor, 'Who takes over.', { required: true }),
        after: key(duration, 'Time from the start of the step.', { required: true }),
      }),
    ),
    'Moves the performer after a time; the step stays.',
    { on: timed },
  ),
} as const;

const stepShape = record('step', stepKeys, { kindBy: 'first-key' });
const stepsShape = declarations('step', stepShape);

// Declarations

/** The kinds of actor. */
export const actorKinds = {
  human: 'A role held by people.',
  team: 'A group of people with a lead.',
  agent: 'An AI agent.',
  system: 'Software that is not AI.',
  external: 'Someone outside the organization.',
  vendor: 'A supplier under contract.',
} as const;
export type ActorKind = keyof typeof actorKinds;

const people: readonly ActorKind[] = ['human', 'team'];
const machines: readonly ActorKind[] = ['agent', 'system'];

export const actorKeys = {
  kind: key(word(actorKinds), 'What it is.', { required: true }),
  ...described,
  team: key(actor, 'Team it belongs to.'),
  holders: key(
    choice({
      scalar: wholeNumber('a number of people', 0),
      list: list(name('person')),
    }),
    'How many people hold the role, or their ids.',
    { on: people },
  ),
  lead: key(actor, 'Who leads the team.', { on: ['team'] }),
  backup: key(actor, 'Who performs when the person is away.', { on: people }),
  calendar: key(calendar, 'Working time.', { on: [...people, 'external', 'vendor', 'system'] }),
  capacity: key(
    record('capacity', {
      'minutes-per-day': key(number, 'Minutes per holder and day.'),
      utilization: key(threshold, 'Share of it that can be planned, 0 to 1.', { default: '0.8' }),
    }),
    'Time there is for reviews.',
    { on: people },
  ),
  authority: key(
    mapOf('outcome', condition()),
    'Which outcomes the role may take: true, false or a condition on what the step covers. Absent: all; present: an outcome not named is false.',
    { on: people },
  ),
  competence: key(
    record('competence', {
      training: key(text, 'Reference of the training.'),
      'valid-to': key(date, 'Valid until.'),
    }),
    'Training the role has.',
    { on: people },
  ),
  'distinct-from': key(oneOrMore(actor), 'Roles never held by the same person.', { on: people }),
  sponsor: key(actor, 'The human who answers for the agent.', { on: ['agent'] }),
  identity: key(name('identity'), 'Non-human identity; a shared one is one principal.', { on: machines }),
  'on-behalf-of': key(reference('actor', { words: { self: 'Acts for itself.' } }), 'Acting capacity.', {
    on: machines,
  }),
  model: key(
    oneOrMore(
      record('model', {
        provider: key(text, 'Who runs it.'),
        id: key(text, 'Its name.'),
        version: key(text, 'Immutable version.', { example: '"2026-09-01"' }),
        family: key(text, 'Models of one family do not review each other.'),
        region: key(text, 'Where it runs.'),
        'trains-on-input': key(flag, 'The provider trains on what it is sent.', { default: 'false' }),
      }),
    ),
    'The model, or a list tried in order.',
    { on: ['agent'] },
  ),
  instructions: key(text, 'What the model is told: text or a relative path.', { on: ['agent'] }),
  autonomy: key(
    word({
      L1: 'Operator: the human drives, the AI supports.',
      L2: 'Collaborator: human and AI work together.',
      L3: 'Consultant: the AI works, the human is asked.',
      L4: 'Approver: the human is asked only at risky points.',
      L5: 'Observer: the human watches.',
    }),
    'The role left to the human (Feng, McDonald, Zhang 2025).',
    { on: ['agent'] },
  ),
  capabilities: key(oneOrMore(name('capability')), 'What it can do.', { on: ['agent', 'system', 'human', 'team'] }),
  card: key(file, 'Path of a real agent definition.', { on: ['agent'] }),
  tools: key(
    declarations(
      'tool',
      record('tool', {
        effect: key(
          word({ none: 'Only reads.', reversible: 'Can be undone.', irreversible: 'Cannot be undone.' }),
          'What it does in the world.',
          {
            default: 'irreversible',
          },
        ),
        external: key(flag, 'It reaches outside the organization.', { default: 'false' }),
        outbound: key(flag, 'It can send data out.', { default: 'false' }),
        scope: key(text, 'What it may touch.'),
        version: key(text, 'Version or digest.'),
        server: key(text, 'Server that offers it.'),
        returns: key(dataList, 'Data it shows the agent.'),
        channel: key(
          record('channel', {
            auth: key(text, 'How the parties prove who they are.'),
            integrity: key(text, 'How a change on the way is seen.'),
            schema: key(text, 'What the message must look like.'),
          }),
          'How it is reached.',
        ),
      }),
    ),
    'Tools it may call.',
    { on: machines },
  ),
  grants: key(
    oneOrMore(reference('store', { field: true, open: true })),
    'Permissions: free ids, or STORE.read/write/delete/admin.',
    {
      on: machines,
    },
  ),
  clearance: key(clearance, 'What data may reach it. Absent: humans unlimited, everyone else public.'),
  agreements: key(oneOrMore(name('agreement')), 'Contracts with it.'),
  delegates: key(
    oneOrMore(
      record('delegate', {
        to: key(actor, 'Whom it may pass work to.', { required: true }),
        grants: key(oneOrMore(name('grant')), 'What the delegate may do.'),
        'max-depth': key(count, 'How far delegation may go.'),
        'max-parallel': key(count, 'How many at once.'),
      }),
    ),
    'Agents it may pass work to.',
    { on: ['agent'] },
  ),
  limits: key(
    record('limits', {
      cost: key(amount, 'Cost of one step.', { example: '2 EUR' }),
      calls: key(number, 'Tool calls of one step.'),
      tokens: key(number, 'Tokens of one step.', { example: '200k' }),
      wall: key(duration, 'Time of one step.', { example: '10m' }),
      cumulative: key(
        record('cumulative limit', {
          per: key(text, 'Period or thing it adds up over.'),
          amount: key(amount, 'The bound.'),
        }),
        'Bound over many steps.',
      ),
    }),
    'Budget.',
    { on: ['agent'] },
  ),
  fallback: key(actor, 'Who performs the step when the agent is unavailable.', { on: ['agent'] }),
  outbound: key(oneOrMore(name('host')), 'Hosts it may send to, or none.', { on: machines }),
  exit: key(step, 'Step to continue with when the vendor is lost.', { on: ['vendor'] }),
} as const;

export const dataKeys = {
  ...described,
  class: key(dataClass, 'How sensitive it is.'),
  labels: key(oneOrMore(name('label')), 'Labels; `deep-fake` and `public-interest` have a meaning.'),
  media: key(
    oneOrMore(word({ text: 'Text.', code: 'Program text.', image: 'Pictures.', audio: 'Sound.', video: 'Film.' })),
    'What it consists of.',
  ),
  trust: key(
    word({ trusted: 'Can be relied on.', untrusted: 'May be made to deceive.' }),
    'Whether its content can be relied on.',
  ),
  origin: key(
    oneOrMore(word({ human: 'Made by people.', ai: 'Made by AI.', system: 'Made by software.' })),
    'Who made it, as declared.',
  ),
  fields: key({ kind: 'fields' }, 'Its fields as JSON Schema properties; short: `amount: number`.'),
  schema: key(file, 'Path of a JSON Schema.'),
  purpose: key(oneOrMore(name('purpose')), 'Purposes it may be used for.'),
  retain: key(retain, 'How long it is kept; a single duration is the maximum.'),
  optional: key(condition(), 'It may be missing, always or under a condition.', { default: 'false' }),
  store: key(store, 'Store it lives in; outlives the case.'),
  'trusted-record': key(flag, 'A master record, available everywhere.', { default: 'false' }),
  merge: key(
    word({ last: 'The last write wins.', union: 'Writes are united.', manual: 'A person merges.' }),
    'What happens when parallel paths write it.',
  ),
  basis: key(
    record('legal basis', {
      ref: key(text, 'The exception relied on.'),
      safeguards: key(oneOrMore(name('safeguard')), 'Safeguards that come with it.'),
    }),
    'Legal exception for its use.',
  ),
} as const;

const storeKeys = {
  ...described,
  kind: key(
    word({
      log: 'Records of what happened.',
      record: 'Business records.',
      dataset: 'Data for training or evaluation.',
      memory: 'What an agent remembers.',
      index: 'What an agent searches.',
      feedback: 'Rejects and overrides.',
    }),
    'What it is for.',
    { required: true },
  ),
  'append-only': key(flag, 'Nothing in it can be changed.', { default: 'false' }),
  retain: key(retain, 'How long entries are kept; a single duration is the minimum for logs and records.'),
  writers: key(actors, 'Who may write.'),
  admins: key(actors, 'Who may change it.'),
  clearance: key(clearance, 'What data may be put in.'),
  region: key(text, 'Where it is.'),
} as const;

export const eventKeys = {
  ...described,
  kind: key(
    word({
      message: 'Sent by someone to someone.',
      signal: 'Sent to everyone.',
      error: 'Something failed.',
      escalation: 'Something needs attention.',
      condition: 'Something became true.',
    }),
    'What it is.',
    { required: true },
  ),
  from: key(actor, 'Who sends it.'),
  to: key(actor, 'Who receives it.'),
  gives: key(dataList, 'Data it brings.'),
  match: key(data, 'Field that tells which case it belongs to.'),
  when: key(condition(), 'Condition that raises it.'),
  channel: key(anything, 'How it is sent.'),
} as const;

const calendarKeys = {
  ...described,
  days: key(scalar('working days such as mon-fri', parseDays, { samples: ['mon-fri', 'mon-sat'] }), 'Working days.', {
    default: 'mon-fri',
    example: 'mon-fri',
  }),
  hours: key(
    scalar('working hours such as 08:00-18:00, or 24x7', parseHours, { samples: ['08:00-18:00', '24x7'] }),
    'Working hours.',
    { example: '08:00-18:00' },
  ),
  zone: key(text, 'Time zone.', { example: 'Europe/Berlin' }),
  holidays: key(oneOrMore(date), 'Days off.'),
} as const;

const policyKeys = {
  ...described,
  admits: key(oneOrMore(name('effect kind')), 'Kinds of effect it admits without approval.', { required: true }),
  when: key(condition(), 'Holds only where path and data imply this.'),
  owner: key(actor, 'Who answers for it.'),
  'approved-by': key(actor, 'Who approved it.'),
  ref: key(text, 'Where it is written.'),
  expires: key(date, 'Ends on this day.'),
} as const;

// Top level

/** Keys of a start. */
export const startKeys = {
  on: key(
    reference('event', {
      words: { manual: 'Someone starts it.', message: 'A message arrives.', schedule: 'At set times.' },
    }),
    'What starts a case.',
    { default: 'manual' },
  ),
  from: key(actor, 'Who sends or starts.'),
  every: key(duration, 'Period of a schedule.'),
  at: key(moment, 'Date or cron expression of a schedule.'),
  when: key(condition(), 'Only cases for which this holds.'),
  pool: key(actor, 'Participant this start belongs to.'),
  gives: key(dataList, 'Data the case begins with.'),
  next: key(target, 'First step.', { required: true }),
  label: key(text, 'Text in the diagram.'),
} as const;

const defaultsKeys = {
  log: stepKeys.log,
  on: stepKeys.on,
  accepts: stepKeys.accepts,
  within: stepKeys.within,
} as const;

/** Keys of a waiver: an accepted finding. */
export const waiverKeys = {
  rule: key(text, 'Rule that is waived.', { required: true }),
  at: key(text, 'Place: a step, actor:ID, data:ID, store:ID, policy:ID, stop or workflow.', { required: true }),
  when: key(condition(), 'Only where this holds.'),
  reason: key(text, 'Why the finding is accepted.', { required: true }),
  owner: key(reference('actor', { open: true }), 'Who answers for it.', { required: true }),
  'approved-by': key(reference('actor', { open: true }), 'Who approved it; not the author.', { required: true }),
  ticket: key(text, 'Where it was discussed.'),
  expires: key(date, 'Last day.', { required: true }),
} as const;

/** Keys at the top of a file. */
export const topLevelKeys = {
  aiwf: key(
    scalar<number>('the language version 1', (raw) => (raw === '1' ? 1 : undefined), {
      jsonType: 'integer',
    }),
    'Version of the language, first key of every file.',
    { required: true, example: '1' },
  ),
  workflow: key(name('workflow'), 'Id of the workflow.', { example: 'support-reply' }),
  library: key(name('library'), 'Id of a file of shared declarations without flow.'),
  ...described,
  purpose: key(text, 'Outcome the work exists for.'),
  accountable: key(actors, 'Who answers for the outcome (RACI A); inherited by every step that names none.'),
  version: key(text, 'Version of this design.'),
  status: key(
    word({
      draft: 'Being written.',
      approved: 'Approved, not yet in use.',
      active: 'In use.',
      retired: 'No longer in use.',
    }),
    'State of this design.',
  ),
  effective: key(date, 'In use from this day.'),
  review: key(
    record('design review', {
      every: key(duration, 'Interval.', { example: '90d' }),
      last: key(date, 'Day of the last review.'),
      by: key(actor, 'Who reviews.'),
      reads: key(oneOrMore(store), 'Feedback the review looks at.'),
    }),
    'When the design itself is reviewed.',
  ),
  risk: key(
    record(
      'risk',
      {
        tier: key(word({ minimal: 'Minimal risk.', limited: 'Limited risk.', high: 'High risk.' }), 'Risk tier.'),
        regimes: key(oneOrMore(name('regime')), 'Laws and standards that apply.'),
        purpose: key(text, 'Intended purpose, as assessed.'),
      },
      { short: 'tier' },
    ),
    'Risk of the workflow; short form `risk: high`.',
  ),
  context: key(oneOrMore(name('context')), 'Where the design is used; evaluation evidence must name all of them.'),
  profile: key(
    oneOrMore(name('profile')),
    'Presets of rules this file is checked with, in addition to those of the project.',
  ),
  parameters: key(mapOf('parameter', anything), "Parameters of rules; only stricter than the project's."),
  sod: key(list(list(name('duty'))), 'Pairs of duties that must not meet in one principal.'),
  use: key(oneOrMore(file), 'Files whose declarations are imported.', { example: '[./people.aiwf.yaml]' }),
  sla: key(
    oneOrMore(
      record('service level', {
        max: key(duration, 'Longest time.', { required: true }),
        when: key(condition(), 'Only for cases for which this holds.'),
        from: key(point, 'From this point.', { default: 'start' }),
        to: key(points, 'To the first of these points.', { default: 'any end' }),
        calendar: key(calendar, 'Calendar the time is counted in.'),
        'clock-stops': key(oneOrMore(step), 'Steps in which the clock stands still.'),
      }),
    ),
    'Time from end to end, or between points.',
  ),
  volume: key(
    record('volume', {
      'per-day': key(oneOrMore(number), 'Cases arriving a day: one value, or lower and upper bound.'),
    }),
    'Cases arriving.',
  ),
  calendars: key(declarations('calendar', record('calendar', calendarKeys)), 'Working times.'),
  actors: key(
    declarations('actor', record('actor', actorKeys, { kindBy: { key: 'kind' } })),
    'Who takes part: people, teams, AI agents, systems, outside parties.',
  ),
  data: key(
    declarations('data', record('data', dataKeys), 'cel'),
    'What is worked on. Ids are names that conditions can use.',
  ),
  stores: key(declarations('store', record('store', storeKeys)), 'Where data lives longer than a case.'),
  events: key(declarations('event', record('event', eventKeys)), 'What can happen.'),
  handoffs: key(declarations('handoff', contractTerms), 'Named handoff contracts.'),
  policies: key(
    declarations('policy', record('policy', policyKeys)),
    'Thresholds that admit an effect without approval.',
  ),
  defaults: key(record('defaults', defaultsKeys), 'Keys for every step that does not set them.'),
  start: key(oneOrMore(record('start', startKeys)), 'How a case begins; several are alternatives.'),
  steps: key(stepsShape, 'The steps. Their order in the file means nothing.'),
  on: key(outcomeTargets, 'Where the whole case goes at an outcome or event.'),
  timers: key(timers, 'Timers of the whole case.'),
  stop: key(
    record('stop control', {
      by: key(actor, 'Human who can stop.', { required: true }),
      scope: key(oneOrMore(reference('actor', { words: { workflow: 'Everything.' } })), 'What is stopped.', {
        default: 'workflow',
      }),
      'safe-state': key(step, 'Step the work is brought to.', { required: true }),
      within: key(duration, 'Longest time until everything stands.', { required: true, example: '60s' }),
      'includes-delegates': key(flag, 'Delegates and spawned jobs stop as well.', { default: 'false' }),
    }),
    'How a human stops the AI.',
  ),
  obligations: key(
    oneOrMore(
      record('obligation', {
        from: key(point, 'Point the clock starts at.', { required: true }),
        to: key(points, 'Point it ends at.', { required: true }),
        within: key(duration, 'Legal limit.', { required: true }),
        ref: key(text, 'The law.'),
      }),
    ),
    'Legal clocks.',
  ),
  metrics: key(
    oneOrMore(
      record('metric', {
        id: key(name('metric'), 'Name.', { required: true }),
        kind: key(
          word({
            outcome: 'Whether the work reaches its purpose.',
            quality: 'Quality of a step.',
            'override-rate': 'How often people overrule the AI.',
            'review-time': 'Time people take to judge.',
            cost: 'Cost.',
            volume: 'Number of cases.',
          }),
          'What it measures.',
          { required: true },
        ),
        of: key(oneOrMore(reference('step', { words: { workflow: 'The whole workflow.' } })), 'What is measured.'),
        source: key(store, 'Where the numbers come from.'),
        target: key(list(anything), 'Lower and upper bound, in its own unit.'),
        owner: key(actor, 'Who watches it.'),
        'on-breach': key(
          reference(['step', 'actor'], { words: { stop: 'The stop control.' } }),
          'What happens outside the bounds.',
        ),
      }),
    ),
    'Performance in operation.',
  ),
  evidence: key(
    oneOrMore(
      record('evidence', {
        ref: key(text, 'Where the evaluation is kept.', { required: true }),
        of: key(actor, 'Agent that was evaluated.', { required: true }),
        model: key(text, 'Model that was evaluated, `id@version`.'),
        date: key(date, 'Day of the evaluation.'),
        context: key(oneOrMore(name('context')), 'Contexts it holds for.'),
        metric: key(anything, 'Results.'),
      }),
    ),
    'Evaluation evidence.',
  ),
  assessments: key(
    oneOrMore(
      record('assessment', {
        kind: key(
          word({
            fria: 'Fundamental rights impact assessment.',
            dpia: 'Data protection impact assessment.',
            aiia: 'AI impact assessment.',
          }),
          'What it is.',
          { required: true },
        ),
        ref: key(text, 'Where it is kept.', { required: true }),
        date: key(date, 'Its day.'),
        covers: key(oneOrMore(name('workflow')), 'Workflows it covers.', { default: 'this workflow' }),
      }),
    ),
    'Impact assessments.',
  ),
  monitors: key(
    oneOrMore(
      record('monitor', {
        of: key(reference(['step', 'actor']), 'What is watched.', { required: true }),
        signal: key(text, 'What is measured.', { required: true }),
        alert: key(text, 'When it alerts.'),
        responder: key(actor, 'Who responds.'),
        action: key(stepOrStop, 'What happens.'),
      }),
    ),
    'How operation is watched.',
  ),
  feedback: key(
    oneOrMore(
      record('feedback', {
        from: key(points, 'Rejects and overrides.', { required: true }),
        to: key(store, 'Where they go.', { required: true }),
      }),
    ),
    'Where rejects and overrides go.',
  ),
  incident: key(
    record('incident path', {
      detect: key(oneOrMore(reference('step', { open: true })), 'Steps or signals that detect it.'),
      suspend: key(stepOrStop, 'How work is suspended.'),
      notify: key(
        oneOrMore(
          record('notification', {
            to: key(actor, 'Who is told.', { required: true }),
            when: key(text, 'In which case.'),
            within: key(duration, 'How soon, from awareness.'),
            ref: key(text, 'The law.'),
          }),
        ),
        'Who is told, how soon.',
      ),
      correct: key(
        record('correction', {
          by: key(actor, 'Who corrects.', { required: true }),
          within: key(duration, 'How soon.'),
        }),
        'Who corrects the cause.',
      ),
    }),
    'What happens in a serious incident.',
  ),
  waivers: key(oneOrMore(record('waiver', waiverKeys)), 'Accepted findings.'),
} as const;

/** A whole file. */
export const topLevelShape = record('file', topLevelKeys);

/** The key under which each kind of declaration stands. */
export const sectionOf = {
  actor: 'actors',
  data: 'data',
  store: 'stores',
  event: 'events',
  calendar: 'calendars',
  handoff: 'handoffs',
  policy: 'policies',
} as const;

/** Keys that a file may take over from others by `use`. */
export const importableKeys = Object.values(sectionOf);

export type FileFields = Fields<typeof topLevelKeys>;
export type ActorFields = Fields<typeof actorKeys>;
export type DataFields = Fields<typeof dataKeys>;
export type StoreFields = Fields<typeof storeKeys>;
export type EventFields = Fields<typeof eventKeys>;
export type CalendarFields = Fields<typeof calendarKeys>;
export type PolicyFields = Fields<typeof policyKeys>;
export type StartFields = Fields<typeof startKeys>;
export type WaiverFields = Fields<typeof waiverKeys>;
export type EffectFields = Fields<typeof effectKeys>;
