// The inventory of AI of one workflow: every agent with its models, rights, autonomy, evidence, and who looks after it.
import { aiReviews } from '../analysis/ai-reviews.ts';
import type { Analyses } from '../analysis/analyses.ts';
import { autonomyOf } from '../analysis/autonomy.ts';
import { rootOf, writesOf } from '../analysis/data-paths.ts';
import { delegationsOf } from '../analysis/delegation.ts';
import { type Actor, isAi } from '../language/model.ts';
import { amountOf, dayOf, namesOf, spanOf, textOf, valuesOf } from './audit-values.ts';

/** One agent. */
export interface AgentRecord {
  readonly id: string;
  readonly title: string;
  /** The human who answers for it. */
  readonly sponsor?: string;
  readonly identity?: string;
  readonly onBehalfOf?: string;
  readonly models: readonly ModelRecord[];
  readonly autonomy: {
    readonly declared?: string;
    /** Worked out from the flow: the highest level at which it works, and where; absent: it takes no part, or it cannot be told. */
    readonly derived?: { readonly level: string; readonly step: string };
  };
  readonly tools: readonly ToolRecord[];
  readonly grants: readonly string[];
  readonly clearance?: string;
  readonly limits: Readonly<Record<string, string>>;
  readonly fallback?: string;
  readonly passesWorkTo: readonly string[];
  readonly performs: readonly string[];
  readonly assists: readonly string[];
  readonly evidence: readonly EvidenceRecord[];
  /** Judgments by people of what it makes. */
  readonly judgedIn: readonly { readonly step: string; readonly by: readonly string[]; readonly data: string }[];
  readonly monitors: readonly MonitorRecord[];
}

export interface ModelRecord {
  readonly id?: string;
  readonly provider?: string;
  readonly version?: string;
  readonly family?: string;
  readonly region?: string;
  readonly trainsOnInput: boolean;
}

export interface ToolRecord {
  readonly name: string;
  /** `none`, `reversible` or `irreversible`; nothing is said: irreversible. */
  readonly effect: string;
  readonly external: boolean;
  readonly outbound: boolean;
  readonly server?: string;
  readonly version?: string;
}

export interface EvidenceRecord {
  readonly ref?: string;
  readonly model?: string;
  readonly date?: string;
  readonly contexts: readonly string[];
}

export interface MonitorRecord {
  readonly of: string;
  readonly signal?: string;
  readonly alert?: string;
  readonly responder?: string;
  readonly action?: string;
}

/** Agents of the file, and imported ones that take part; in the order in which they are declared. */
export function agentsOf(analyses: Analyses): readonly AgentRecord[] {
  const { workflow } = analyses;
  const steps = [...workflow.steps.values()];
  return [...workflow.actors.values()].filter(isAi).flatMap((agent) => {
    const performs = steps.filter(({ performers }) => performers.includes(agent)).map(({ id }) => id);
    const assists = steps.filter(({ assistants }) => assistants.includes(agent)).map(({ id }) => id);
    const isOwn = agent.uri === workflow.file.uri;
    return isOwn || performs.length + assists.length > 0 || standsIn(agent, analyses)
      ? [agentOf(agent, performs, assists, analyses)]
      : [];
  });
}

/** Takes over for another, or is passed work. */
function standsIn(agent: Actor, { graph, workflow }: Analyses): boolean {
  return (
    graph.nodes.some(({ performers }) => performers.includes(agent)) ||
    delegationsOf(workflow).some(({ to }) => to === agent)
  );
}

function agentOf(
  agent: Actor,
  performs: readonly string[],
  assists: readonly string[],
  analyses: Analyses,
): AgentRecord {
  const { workflow } = analyses;
  const { id, fields } = agent;
  const { sponsor, identity, onBehalfOf, autonomy, clearance, fallback, limits, model, tools } = fields;
  const derived = analyses.derived(autonomyOf).get(id);
  const where = derived?.node.step?.id;
  const spend = {
    cost: amountOf(limits?.cost),
    calls: limits?.calls && String(limits.calls.value),
    tokens: limits?.tokens && String(limits.tokens.value),
    time: spanOf(limits?.wall),
  };
  const named = new Set([id, ...performs, ...assists]);
  const written = new Set(
    [...performs, ...assists].flatMap((step) => {
      const found = workflow.steps.get(step);
      return found ? writesOf(found, workflow).map(({ out }) => rootOf(out)) : [];
    }),
  );
  return {
    id,
    title: textOf(fields.title) ?? id,
    ...(sponsor ? { sponsor: sponsor.name } : {}),
    ...(identity ? { identity: identity.value } : {}),
    ...(onBehalfOf ? { onBehalfOf: onBehalfOf.name } : {}),
    models: (model ?? []).map((one) => ({
      ...(one.id ? { id: one.id.value } : {}),
      ...(one.provider ? { provider: one.provider.value } : {}),
      ...(one.version ? { version: one.version.value } : {}),
      ...(one.family ? { family: one.family.value } : {}),
      ...(one.region ? { region: one.region.value } : {}),
      trainsOnInput: one.trainsOnInput?.value ?? false,
    })),
    autonomy: {
      ...(autonomy ? { declared: autonomy.value } : {}),
      ...(derived && where !== undefined ? { derived: { level: `L${derived.level}`, step: where } } : {}),
    },
    tools: [...(tools ?? [])].map(([name, { value }]) => ({
      name,
      effect: value?.effect?.value ?? 'irreversible',
      external: value?.external?.value ?? false,
      outbound: value?.outbound?.value ?? false,
      ...(value?.server ? { server: value.server.value } : {}),
      ...(value?.version ? { version: value.version.value } : {}),
    })),
    grants: namesOf(fields.grants),
    ...(clearance?.max ? { clearance: clearance.max.value } : {}),
    limits: Object.fromEntries(Object.entries(spend).filter((entry): entry is [string, string] => Boolean(entry[1]))),
    ...(fallback ? { fallback: fallback.name } : {}),
    passesWorkTo: [
      ...new Set(
        delegationsOf(workflow)
          .filter(({ from }) => from === agent)
          .map(({ to }) => to.id),
      ),
    ],
    performs,
    assists,
    evidence: (workflow.fields?.evidence ?? [])
      .filter(({ of }) => of?.name === id)
      .map((one) => ({
        ...(one.ref ? { ref: one.ref.value } : {}),
        ...(one.model ? { model: one.model.value } : {}),
        ...(one.date ? { date: dayOf(one.date.value) } : {}),
        contexts: valuesOf(one.context),
      })),
    judgedIn: analyses
      .derived(aiReviews)
      .filter(({ judged }) => written.has(rootOf(judged)))
      .map(({ step, judged }) => ({ step: step.id, by: step.performers.map((actor) => actor.id), data: judged })),
    monitors: (workflow.fields?.monitors ?? [])
      .filter(({ of }) => of && named.has(of.name))
      .map((one) => ({
        of: one.of?.name ?? id,
        ...(one.signal ? { signal: one.signal.value } : {}),
        ...(one.alert ? { alert: one.alert.value } : {}),
        ...(one.responder ? { responder: one.responder.name } : {}),
        ...(one.action ? { action: one.action.name } : {}),
      })),
  };
}
