/**
 * Code, a query or a command that an AI wrote is run where it can do harm, and nobody has checked it. Run it in a sandbox,
 * or let a check that is no AI validate it and a person review it first.
 */
import { toolRoot } from '../../analysis/callable-tools.ts';
import { effectRoot } from '../../analysis/effects.ts';
import { type RunCode, runCodes } from '../../analysis/generated-code.ts';
import { addEntry } from '../../language/edit.ts';
import type { Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { here } from '../evidence.ts';
import { insertApproval } from '../oversight/insert-approval.ts';
import type { Rule } from '../rule.ts';
import { mgf, mitreAtlas, owaspAgentic, owaspLlm } from '../standards.ts';
import { hasOpenTarget } from '../structure/unreachable-step.ts';
import { madeByAi, taintWitness } from '../taint-evidence.ts';

export const generatedCodeUnsandboxed: Rule = {
  id: 'agent/generated-code-unsandboxed',
  severity: 'error',
  summary: 'What an AI programs is run in a sandbox, or validated by rule and reviewed by a human first.',
  seed: ['S19'],
  across: true,
  specializes: ['oversight/irreversible-unapproved', 'accountability/unreviewed-ai-to-sink', 'agent/undeclared-effect'],
  clauses: [owaspAgentic('ASI05'), owaspLlm('LLM05', 2025), owaspLlm('LLM10', 2026), mgf('2.3.1'), mitreAtlas('M0032')],
  check(analyses, report) {
    if (hasOpenTarget(analyses.graph.workflow)) return;
    for (const found of runCodes(analyses)) {
      const { node, range, data, path, isUnreviewed } = found;
      const last = `${data === undefined ? 'what the AI makes up' : `'${data}'`} is run by ${wayOf(found)}`;
      report({
        range,
        place: node.step?.id ?? 'workflow',
        message: messageOf(found),
        severity: isUnreviewed ? 'error' : 'warning',
        witness: path
          ? taintWitness(path, node, range, `the AI writes '${path.written}'`, last)
          : here(node.step?.id ?? 'workflow', range, last),
        fixes: () => fixesOf(found, analyses.graph.workflow),
        ...rootOf(found),
      });
    }
  },
};

/** What runs it; where only a check is missing, the effect itself is no fault. */
function rootOf({ node, by, isUnreviewed }: RunCode): { readonly root?: string } {
  if ('tool' in by && node.step) return { root: toolRoot(node.step, by.tool) };
  return isUnreviewed && 'effect' in by ? { root: effectRoot(by.effect) } : {};
}

function wayOf({ by }: RunCode): string {
  return 'effect' in by ? `the ${by.effect.kind}` : `the tool '${by.tool.name}'`;
}

function messageOf(found: RunCode): string {
  const { node, by, data, path, isUnreviewed, isUnvalidated } = found;
  const step = node.step?.id;
  if (data === undefined || !path) {
    const tool = 'tool' in by ? by.tool : undefined;
    return (
      `The AI '${tool?.owner.id}' runs in '${step}' whatever it makes up, by ${wayOf(found)}, and outside a sandbox. ` +
      "Add 'sandbox: true' if the step runs where it can do no harm, or give the tool a narrow 'scope'."
    );
  }
  const code = `'${data}' is run by ${wayOf(found)} of '${step}' outside a sandbox`;
  if (!isUnreviewed) {
    return `${code}, and no check that is no AI has validated ${madeByAi(path, data)}. Add 'validates: [${data}]' to a step before that is no AI, or run it in a sandbox.`;
  }
  const missing = isUnvalidated ? 'nobody has validated or reviewed' : 'no human has reviewed';
  return `${code}, and on one path ${missing} ${madeByAi(path, data)}. Run it in a sandbox, or lead that path through ${isUnvalidated ? 'a check that is no AI and ' : ''}a review of [${data}].`;
}

function fixesOf({ node, by, data, entries, isUnreviewed }: RunCode, workflow: Workflow): readonly Fix[] {
  const { step } = node;
  if ('effect' in by) {
    if (!isUnreviewed || data === undefined) return [];
    const open = [{ path: data, by: 'approval-or-review' as const }];
    // Where a check is missing as well, an approval alone does not mend it, and which check is for the author to say.
    return node.performers.some(({ kind }) => kind === 'agent' || kind === 'system')
      ? []
      : insertApproval({ effect: by.effect, node, open, entries }, workflow);
  }
  const map = step?.fields.$.node;
  const edits = map && addEntry(workflow.file.text, map, 'sandbox', 'true', 'uses');
  return edits ? [{ title: 'Declare that it runs in a sandbox', edits, safety: 'meaning-changing' }] : [];
}
