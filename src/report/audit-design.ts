// The model of one workflow for an audit: what it is for, who takes part, its steps, who is responsible, and what is agreed
// for times, stops and incidents.
import type { Analyses } from '../analysis/analyses.ts';
import { pathOf, writesOf } from '../analysis/data-paths.ts';
import type { DiagramModel } from '../diagram/diagram.ts';
import { responsibilitiesView } from '../diagram/responsibilities-view.ts';
import type { Actor, Step, Workflow } from '../language/model.ts';
import { outcomesOf } from '../language/outcomes.ts';
import { isList } from '../language/source.ts';
import type { FileFields } from '../language/vocabulary.ts';
import { dayOf, type Known, known, namesOf, spanOf, stepsOf, textOf, valuesOf } from './audit-values.ts';

/** Who takes part. */
export interface ActorRecord {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  /** How many people hold the role. */
  readonly holders?: number;
  readonly team?: string;
  readonly backup?: string;
}

/** One step; lists hold ids. */
export interface StepRecord {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly by: readonly string[];
  readonly assistedBy: readonly string[];
  readonly mode?: string;
  readonly decides?: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly within?: string;
  /** Where work goes when it is done. */
  readonly next: readonly string[];
  /** Where it goes otherwise, by outcome. */
  readonly on: Readonly<Record<string, readonly string[]>>;
}

/** Roles by actor: responsible, accountable, supports, verifies, consulted, informed. */
export interface ResponsibilityRecord {
  readonly step: string;
  readonly title: string;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** Accountable is whoever is for the whole workflow. */
  readonly inherited: boolean;
}

/** What is stated of the workflow as a whole; what is not stated is absent. */
export interface DesignRecord {
  readonly about: Known<ReturnType<typeof aboutOf>>;
  readonly actors: readonly ActorRecord[];
  readonly steps: readonly StepRecord[];
  readonly responsibilities: readonly ResponsibilityRecord[];
}

/** The model of one workflow, steps and actors in the order of the file. */
export function designOf(analyses: Analyses, diagram: DiagramModel): DesignRecord {
  const { workflow } = analyses;
  return {
    about: known(aboutOf(workflow.fields)),
    actors: actorsIn(workflow).map(actorOf),
    steps: [...workflow.steps.values()].map((step) => stepOf(step, workflow)),
    responsibilities: responsibilitiesView(analyses, diagram).rows.map(({ step, title, roles, inherited }) => ({
      step,
      title,
      roles,
      inherited,
    })),
  };
}

function aboutOf(fields: FileFields | undefined) {
  const { risk, review, stop, incident, sla, obligations, volume, assessments, metrics } = fields ?? {};
  return {
    title: textOf(fields?.title),
    description: textOf(fields?.description),
    purpose: textOf(fields?.purpose),
    version: textOf(fields?.version),
    status: fields?.status?.value,
    effective: fields?.effective && dayOf(fields.effective.value),
    accountable: namesOf(fields?.accountable),
    risk:
      risk && known({ tier: risk.tier?.value, regimes: valuesOf(risk.regimes), intendedPurpose: textOf(risk.purpose) }),
    contexts: fields?.context && valuesOf(fields.context),
    review:
      review &&
      known({
        every: spanOf(review.every),
        last: review.last && dayOf(review.last.value),
        by: review.by?.name,
      }),
    serviceLevels: sla?.map(({ max, from, to, when }) =>
      known({ max: spanOf(max), from: from && pathOf(from), to: namesOf(to), when: when?.text }),
    ),
    obligations: obligations?.map(({ from, to, within, ref }) =>
      known({ within: spanOf(within), from: from && pathOf(from), to: namesOf(to), law: textOf(ref) }),
    ),
    casesPerDay: volume && (volume.perDay ?? []).map(({ value }) => value),
    stop:
      stop &&
      known({
        by: stop.by?.name,
        scope: namesOf(stop.scope),
        safeState: stop.safeState?.name,
        within: spanOf(stop.within),
        includesDelegates: stop.includesDelegates?.value ?? false,
      }),
    incident:
      incident &&
      known({
        detect: namesOf(incident.detect),
        suspend: incident.suspend?.name,
        notify: (incident.notify ?? []).map(({ to, when, within, ref }) =>
          known({ to: to?.name, when: textOf(when), within: spanOf(within), law: textOf(ref) }),
        ),
        correctedBy: incident.correct?.by?.name,
        correctedWithin: spanOf(incident.correct?.within),
      }),
    assessments: assessments?.map(({ kind, ref, date, covers }) =>
      known({ kind: kind?.value, ref: textOf(ref), date: date && dayOf(date.value), covers: valuesOf(covers) }),
    ),
    metrics: metrics?.map(({ id, kind, of, source, owner, onBreach }) =>
      known({
        id: id?.value,
        kind: kind?.value,
        of: namesOf(of),
        source: source?.name,
        owner: owner?.name,
        onBreach: onBreach?.name,
      }),
    ),
  };
}

/** Those of the file, and the imported ones that take part in it. */
export function actorsIn(workflow: Workflow): readonly Actor[] {
  const named = new Set<string>();
  const name = (references: readonly { readonly name: string }[] | undefined) => {
    for (const reference of references ?? []) named.add(reference.name);
  };
  const { fields } = workflow;
  name(fields?.accountable);
  name([fields?.stop?.by, fields?.review?.by].flatMap((reference) => reference ?? []));
  name(workflow.starts.flatMap(({ fields: { from } }) => from ?? []));
  for (const { performers, assistants, fields: own } of workflow.steps.values()) {
    name([...performers, ...assistants].map(({ id }) => ({ name: id })));
    name([...(own.accountable ?? []), ...(own.consulted ?? []), ...(own.informed ?? [])]);
    name([own.decides, own.to, own.subject, own.from].flatMap((reference) => reference ?? []));
    name((own.escalate ?? []).flatMap(({ to }) => to ?? []));
    name((own.effects ?? []).flatMap(({ to, subject }) => [to, subject].flatMap((reference) => reference ?? [])));
  }
  const taking = [...workflow.actors.values()].filter(({ id, uri }) => uri === workflow.file.uri || named.has(id));
  const behind = new Set(
    taking.flatMap(({ fields: { sponsor, backup, fallback, lead, team } }) =>
      [sponsor, backup, fallback, lead, team].flatMap((reference) => reference?.name ?? []),
    ),
  );
  return [...workflow.actors.values()].filter((actor) => taking.includes(actor) || behind.has(actor.id));
}

function actorOf({ id, kind, fields }: Actor): ActorRecord {
  const { holders, team, backup } = fields;
  return {
    id,
    title: textOf(fields.title) ?? id,
    kind: kind ?? 'unknown',
    ...(holders === undefined ? {} : { holders: isList(holders) ? holders.length : holders.value }),
    ...(team ? { team: team.name } : {}),
    ...(backup ? { backup: backup.name } : {}),
  };
}

function stepOf(step: Step, workflow: Workflow): StepRecord {
  const { id, title, kind, performers, assistants, fields, handlers } = step;
  const { mode, decides, next, reads = [], reviews = [], covers = [] } = fields;
  const within = spanOf(step.within);
  const possible = new Set(outcomesOf(step, performers, workflow).map(({ name }) => name));
  return {
    id,
    title,
    kind: kind ?? 'unknown',
    by: performers.map((actor) => actor.id),
    assistedBy: assistants.map((actor) => actor.id),
    ...(mode ? { mode: mode.value } : {}),
    ...(decides ? { decides: decides.name } : {}),
    reads: namesOf([...reads, ...reviews, ...covers]),
    writes: [...new Set(writesOf(step, workflow).map(({ out }) => out))],
    ...(within === undefined ? {} : { within }),
    next: stepsOf(next),
    on: Object.fromEntries(
      [...handlers]
        // A default for what cannot happen here says nothing.
        .filter(([outcome, { inherited }]) => !inherited || possible.has(outcome))
        .map(([outcome, { target }]) => [outcome, stepsOf(target)]),
    ),
  };
}
