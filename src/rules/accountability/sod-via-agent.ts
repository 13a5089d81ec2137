/**
 * Someone gets two incompatible duties through an AI agent: by sponsoring it, by letting it act or delegate for them, or
 * because one agent does both. Let someone who does not stand behind the agent perform one of the steps.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { type DutyConflict, dutyConflicts } from '../../analysis/duty-conflicts.ts';
import type { PrincipalLink } from '../../analysis/principals.ts';
import type { Actor, Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { sharedBecause } from '../principal-evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { finos, mgf, owaspAgentic, soc2 } from '../standards.ts';
import { conflictRoot, conflictWitness } from './duty-evidence.ts';

export const sodViaAgent: Rule = {
  id: 'accountability/sod-via-agent',
  severity: 'error',
  summary: 'Nobody gets two incompatible duties through an AI agent that works for them.',
  seed: ['S11', 'S18'],
  starred: true,
  across: true,
  clauses: [soc2('CC5.1'), finos('MI-18'), mgf('2.1.2'), owaspAgentic('ASI03')],
  specializes: ['accountability/segregation-of-duties'],
  check(analyses, report, settings) {
    for (const conflict of dutyConflicts(analyses, settings.sod)) {
      if (conflict.viaAgent) reportConflict(conflict, analyses, report);
    }
  },
};

function reportConflict(conflict: DutyConflict, { graph, reachability }: Analyses, report: Report): void {
  const { duties, earlier, later, shared } = conflict;
  const [first, second] = [earlier.step, later.step];
  if (!first || !second) return;
  const { workflow } = graph;
  const chains = [...shared.first.chain, ...shared.second.chain];
  const sponsored = sponsoredAgent(chains);
  const other = sponsored ? `, or give '${sponsored.id}' another sponsor` : '';
  const message =
    first === second
      ? `The agent in '${second.id}' has the incompatible duties '${duties[0]}' and '${duties[1]}'. Make it two steps, and let someone else perform one.`
      : `One principal is behind the duty '${duties[0]}' in '${first.id}' and '${duties[1]}' in '${second.id}': ` +
        `${sharedBecause(shared, earlier, later)}. Let someone else perform '${second.id}'${other}.`;
  const isReachable = (actor: Actor) =>
    graph.nodes.some((node) => node.performers.includes(actor) && reachability.isReachable(node));
  report({
    range: second.fields.$.valueRange(first === second ? 'duty' : 'by') ?? second.range,
    place: second.id,
    message,
    witness: conflictWitness(conflict, workflow),
    fixes: () => (sponsored ? otherSponsor(sponsored, workflow, isReachable) : []),
    root: conflictRoot(conflict),
  });
}

/** The agent that a sponsor stands behind, where that is the only thing that links the two steps. */
function sponsoredAgent(chains: readonly PrincipalLink[]): Actor | undefined {
  const links = chains.filter(({ relation }) => relation !== 'performer' && relation !== 'lead');
  if (links.length !== 1 || links[0]?.relation !== 'sponsor') return undefined;
  return chains[chains.indexOf(links[0]) - 1]?.actor;
}

/** A person's role that does no work in this flow. */
function otherSponsor(agent: Actor, workflow: Workflow, works: (actor: Actor) => boolean): readonly Fix[] {
  const { sponsor } = agent.fields;
  if (!sponsor || agent.uri !== workflow.file.uri) return [];
  const idle = [...workflow.actors.values()].find(
    (actor) => actor.kind === 'human' && actor.id !== sponsor.name && !works(actor),
  );
  if (!idle) return [];
  const title = `Make '${idle.id}' the sponsor of '${agent.id}'`;
  return [{ title, edits: [{ range: sponsor.range, text: idle.id }], safety: 'meaning-changing' }];
}
