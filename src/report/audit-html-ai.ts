// The inventory of AI of one workflow on the page of an audit.
import { tag } from '../picture/markup.ts';
import type { AgentRecord } from './audit-ai.ts';
import { facts, heading, lines, type Names, nothing, notStated, row, said, titled } from './audit-html-parts.ts';
import type { WorkflowRecord } from './audit-records.ts';
import { text } from './html-finding.ts';

/** One card an agent; empty where there is none. */
export function aiPart({ agents }: WorkflowRecord, id: string, names: Names): string {
  if (agents.length === 0) return '';
  return heading(3, `${id}-ai`, 'AI inventory') + agents.map((agent) => agentPart(agent, names)).join('');
}

function agentPart(agent: AgentRecord, names: Names): string {
  const { autonomy, limits } = agent;
  const entries: readonly (readonly [string, string])[] = [
    ['Answers for it', agent.sponsor === undefined ? notStated : `${text(names.actor(agent.sponsor))} (sponsor)`],
    ['Identity', `${said(agent.identity)}${actsFor(agent, names)}`],
    [
      'Models',
      lines(
        agent.models.map((model) =>
          [
            said(model.id),
            `version ${said(model.version)}`,
            `provider ${said(model.provider)}`,
            `region ${said(model.region)}`,
            model.trainsOnInput
              ? 'the provider trains on what it is sent'
              : 'the provider does not train on what it is sent',
          ].join(', '),
        ),
        notStated,
      ),
    ],
    [
      'Autonomy',
      `declared ${said(autonomy.declared)}; by the flow ${autonomy.derived ? `${text(autonomy.derived.level)}, at ${text(names.step(autonomy.derived.step))}` : 'not known'}`,
    ],
    ['Performs', row(agent.performs.map(names.step))],
    ['Assists in', row(agent.assists.map(names.step))],
    [
      'Tools',
      lines(
        agent.tools.map((tool) =>
          [
            `${tag('code', {}, text(tool.name))}: ${tool.effect === 'none' ? 'only reads' : text(tool.effect)}`,
            ...(tool.external ? ['reaches outside'] : []),
            ...(tool.outbound ? ['can send data out'] : []),
            ...(tool.server ? [`server ${text(tool.server)}, version ${said(tool.version)}`] : []),
          ].join(', '),
        ),
      ),
    ],
    ['Grants', row(agent.grants)],
    ['Cleared for', agent.clearance === undefined ? 'public data (nothing is stated)' : text(agent.clearance)],
    [
      'Limits of one step',
      row(
        Object.entries(limits).map(([what, most]) => `${what} ${most}`),
        notStated,
      ),
    ],
    ['Fallback', agent.fallback === undefined ? notStated : text(names.actor(agent.fallback))],
    ...(agent.passesWorkTo.length > 0 ? ([['Passes work to', row(agent.passesWorkTo.map(names.actor))]] as const) : []),
    [
      'Evaluated',
      lines(
        agent.evidence.map(
          ({ ref, model, date, contexts }) =>
            `${said(ref)}: model ${said(model)}, on ${said(date)}${contexts.length > 0 ? `, for ${row(contexts)}` : ''}`,
        ),
        notStated,
      ),
    ],
    [
      'People judge it',
      lines(
        agent.judgedIn.map(
          ({ step, by, data }) =>
            `${text(names.data(data))} in ${text(names.step(step))}, by ${row(by.map(names.actor), notStated)}`,
        ),
      ),
    ],
    [
      'Watched in operation',
      lines(
        agent.monitors.map(
          ({ of, signal, alert, responder, action }) =>
            `${text(of)}: ${said(signal)}, alert ${said(alert)}, responder ${said(responder && names.actor(responder))}, action ${said(action)}`,
        ),
        nothing,
      ),
    ],
  ];
  return tag('div', { class: 'agent' }, tag('h4', {}, titled(agent.title, agent.id)), facts(entries));
}

function actsFor({ onBehalfOf }: AgentRecord, names: Names): string {
  if (onBehalfOf === undefined) return '';
  return onBehalfOf === 'self' ? ', acts for itself' : `, acts for ${text(names.actor(onBehalfOf))}`;
}
