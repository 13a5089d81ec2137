/**
 * An AI agent for which no person answers, or that shares its identity with another agent, so that nobody can tell who
 * did what. Give it a sponsor and an identity of its own.
 */
import { addEntry } from '../../language/edit.ts';
import { type Actor, isAi, isHuman, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { here } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { iso42001, mgf, mitreAtlas, owaspAgentic } from '../standards.ts';

export const agentIdentityAndSponsor: Rule = {
  id: 'ownership/agent-identity-and-sponsor',
  severity: 'error',
  summary: 'Every AI agent has a human sponsor and an identity that no other agent uses.',
  seed: ['S4', 'S13'],
  clauses: [mgf('2.1.2'), owaspAgentic('ASI03'), mitreAtlas('M0027'), iso42001('A.3.2')],
  check({ workflow }, report) {
    const agents = [...workflow.actors.values()].filter(isAi);
    for (const agent of agents) {
      // An imported agent is checked in the file that declares it.
      if (agent.uri !== workflow.file.uri) continue;
      checkSponsor(agent, workflow, report);
      checkIdentity(agent, agents, report);
    }
  },
};

function checkSponsor(agent: Actor, workflow: Workflow, report: Report): void {
  const { sponsor, $: origin } = agent.fields;
  const place = `actor:${agent.id}`;
  if (!origin.keyRange('sponsor')) {
    report({
      range: agent.range,
      place,
      message: `No person answers for the AI agent '${agent.id}'. Add 'sponsor'.`,
      witness: here(place, agent.range, "has no 'sponsor'"),
      fixes: () => sponsors(agent, workflow),
    });
    return;
  }
  const person = sponsor && workflow.actors.get(sponsor.name);
  if (!sponsor || !person || person.kind === undefined || isHuman(person)) return;
  report({
    range: sponsor.range,
    place,
    message: `The sponsor '${person.id}' of '${agent.id}' is of the kind '${person.kind}' and cannot answer for it. Name a person's role.`,
    witness: here(place, sponsor.range, `names '${person.id}', who is not a person`),
  });
}

function checkIdentity(agent: Actor, agents: readonly Actor[], report: Report): void {
  const { identity } = agent.fields;
  if (!identity) return;
  const others = agents.filter((other) => other !== agent && other.fields.identity?.value === identity.value);
  const other = others[0];
  // Said at the later one of two in the same file.
  const isLater = others.some(({ uri, range }) => uri !== agent.uri || range.start < agent.range.start);
  if (!other || !isLater) return;
  const place = `actor:${agent.id}`;
  report({
    range: identity.range,
    place,
    message: `'${agent.id}' and '${other.id}' share the identity '${identity.value}': nobody can tell which of them acted. Give each its own.`,
    witness: [
      ...(other.uri === agent.uri
        ? here(`actor:${other.id}`, other.fields.identity?.range ?? other.range, 'uses the same identity')
        : []),
      ...here(place, identity.range, `uses the identity '${identity.value}' as well`),
    ],
    fixes: [
      {
        title: `Give it the identity '${agent.id}'`,
        edits: [{ range: identity.range, text: agent.id }],
        safety: 'meaning-changing',
      },
    ],
  });
}

/** Roles of people who do not perform or judge in this file come first: a sponsor must not check the agent's work. */
function sponsors(agent: Actor, workflow: Workflow): readonly Fix[] {
  const { node } = agent.fields.$;
  const busy = new Set([...workflow.steps.values()].flatMap(({ performers }) => performers.map(({ id }) => id)));
  const people = [...workflow.actors.values()].filter(({ kind }) => kind === 'human');
  const ordered = [...people.filter(({ id }) => !busy.has(id)), ...people.filter(({ id }) => busy.has(id))];
  return ordered.slice(0, 3).flatMap(({ id }) => {
    const edits = node && addEntry(workflow.file.text, node, 'sponsor', id, 'kind');
    return edits ? [{ title: `Make '${id}' its sponsor`, edits, safety: 'meaning-changing' as const }] : [];
  });
}
