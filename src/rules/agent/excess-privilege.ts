/**
 * An agent has a tool or a grant that no step uses: it helps nobody but an attacker. Take it away. A wildcard grants what
 * nobody has listed; name the rights instead.
 */
import { delegationsOf, grantName } from '../../analysis/delegation.ts';
import { unusedPermissions } from '../../analysis/used-permissions.ts';
import { type Actor, isAi, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { dropPermission } from '../drop-permission.ts';
import { here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { aicm, mgf, mitreAtlas, owaspAgentic, owaspLlm } from '../standards.ts';

export const excessPrivilege: Rule = {
  id: 'agent/excess-privilege',
  severity: 'warning',
  summary: 'An agent has exactly the tools and grants that its steps use, each by its name.',
  seed: ['S6', 'S19'],
  clauses: [
    owaspLlm('LLM06', 2025),
    owaspAgentic('ASI03'),
    aicm('IAM-19'),
    mitreAtlas('M0026'),
    mitreAtlas('M0028'),
    mgf('2.1.2'),
  ],
  check(analyses, report) {
    const { workflow } = analyses;
    for (const agent of workflow.actors.values()) {
      // An agent of an imported file may need its rights in another workflow.
      if (!isAi(agent) || agent.uri !== workflow.file.uri) continue;
      const place = `actor:${agent.id}`;
      const wild = new Set<string>();
      for (const { name, range } of rightsOf(agent)) {
        if (!name.includes('*')) continue;
        wild.add(name);
        report({
          range,
          place,
          message: `'${name}' gives '${agent.id}' rights that nobody has listed. Name each right it needs.`,
          witness: here(place, range, 'is a wildcard'),
          severity: 'error',
        });
      }
      const unused = analyses.derived(unusedPermissions).get(agent);
      for (const { name, range } of rightsOf(agent)) {
        if (wild.has(name) || !unused?.names.has(name)) continue;
        const isTool = agent.fields.tools?.has(name) === true;
        report({
          range,
          place,
          message: `'${agent.id}' has the ${isTool ? 'tool' : 'grant'} '${name}', and no step uses it. Take it away, or name it in 'uses' of the step that needs it.`,
          witness: [
            ...here(place, range, `'${agent.id}' has '${name}'`),
            ...unused.steps.flatMap((step) =>
              here(
                step.id,
                step.fields.$.valueRange('uses') ?? step.range,
                `'${agent.id}' takes part here without '${name}'`,
              ),
            ),
          ],
          severity: isGrave(agent, name, workflow) ? 'error' : 'warning',
          fixes: () => take(agent, name, workflow),
        });
      }
    }
  },
};

function rightsOf({ fields }: Actor): readonly { readonly name: string; readonly range: Actor['range'] }[] {
  const tools = [...(fields.tools ?? [])].map(([name, { key }]) => ({ name, range: key.range }));
  return [...tools, ...(fields.grants ?? []).map((grant) => ({ name: grantName(grant), range: grant.range }))];
}

/** Rights to change what cannot be changed back. */
function isGrave({ fields }: Actor, name: string, { stores }: Workflow): boolean {
  const tool = fields.tools?.get(name)?.value;
  if (tool) return (tool.effect?.value ?? (tool.$.keyRange('effect') ? 'none' : 'irreversible')) === 'irreversible';
  const grant = fields.grants?.find((reference) => grantName(reference) === name);
  return grant?.field !== undefined && grant.field !== 'read' && stores.has(grant.name);
}

/** Not what a delegation grants, which would then be granted without being held. */
function take(agent: Actor, name: string, workflow: Workflow): readonly Fix[] {
  const isGranted = delegationsOf(workflow).some(({ from, grants }) => from === agent && grants?.has(name));
  const edits = isGranted ? undefined : dropPermission(agent, name, workflow);
  return edits ? [{ title: `Take '${name}' from '${agent.id}'`, edits, safety: 'meaning-changing' }] : [];
}
