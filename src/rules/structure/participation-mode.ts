/**
 * A step in which an AI takes part and that does not say how, or one that says so and has none.
 * Add `mode`, or delete it.
 */
import { addEntry, removeEntry } from '../../language/edit.ts';
import { type Actor, isAi, isHuman, type Step, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import type { modes } from '../../language/vocabulary.ts';
import { here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { nistAiRmf, nistGenAi } from '../standards.ts';

export const participationMode: Rule = {
  id: 'structure/participation-mode',
  severity: 'error',
  summary: 'Every step in which an AI takes part says how: ai-executed, ai-augmented or collaborative.',
  seed: ['S9', 'S10', 'S23a'],
  starred: true,
  clauses: [nistAiRmf('GOVERN 3.2'), nistAiRmf('MAP 3.5'), nistGenAi('GV-3.2-003')],
  check({ workflow }, report) {
    for (const step of workflow.steps.values()) {
      const { by, assistedBy, mode, $: origin } = step.fields;
      const agents = [...step.performers, ...step.assistants].filter(isAi);
      const modeKey = origin.keyRange('mode');
      if (agents.length > 0 && !modeKey) {
        const range =
          (agents.some((agent) => step.performers.includes(agent))
            ? origin.keyRange('by')
            : origin.keyRange('assisted-by')) ?? step.range;
        report({
          range,
          place: step.id,
          message: `The AI '${agents[0]?.id}' takes part in '${step.id}', but the step does not say how. Add 'mode'.`,
          witness: here(step.id, range, `'${agents[0]?.id}' is an AI agent and 'mode' is missing`),
          fixes: () => insertMode(step, workflow),
        });
      }
      const named = (by?.length ?? 0) + (assistedBy?.length ?? 0);
      const allRead = (!origin.keyRange('by') || by) && (!origin.keyRange('assisted-by') || assistedBy);
      const allKnown = allRead && named === step.performers.length + step.assistants.length && !hasUnknownKind(step);
      if (agents.length === 0 && mode && modeKey && allKnown) {
        report({
          range: modeKey,
          place: step.id,
          message: `'${step.id}' has the mode '${mode.value}', but no AI takes part in it. Delete 'mode', or name the AI.`,
          witness: here(
            step.id,
            modeKey,
            named === 0 ? 'nobody performs or assists' : 'none of those who perform or assist is an AI agent',
          ),
          fixes: () => removal(step, workflow),
        });
      }
    }
  },
};

function hasUnknownKind(step: Step): boolean {
  return [...step.performers, ...step.assistants].some(({ kind }) => kind === undefined);
}

/** A person performs, or someone outside who may be one. */
export function mayBeHuman(actor: Actor): boolean {
  return isHuman(actor) || actor.kind === 'external' || actor.kind === 'vendor';
}

/** The mode that fits the kinds of those who take part. */
export function inferredMode({ performers, assistants }: Step): keyof typeof modes | undefined {
  const human = performers.some(mayBeHuman);
  if (performers.some(isAi)) return human ? 'collaborative' : 'ai-executed';
  return human && assistants.some(isAi) ? 'ai-augmented' : undefined;
}

function insertMode(step: Step, { file }: Workflow): readonly Fix[] {
  const mode = inferredMode(step);
  const node = step.fields.$.node;
  const after = step.fields.assistedBy ? 'assisted-by' : 'by';
  const edits = mode && node && addEntry(file.text, node, 'mode', mode, after);
  // Two kinds of performers also need someone to decide: what the author means then is not ours to state.
  return edits
    ? [{ title: `Add 'mode: ${mode}'`, edits, safety: mode === 'collaborative' ? 'meaning-changing' : 'safe' }]
    : [];
}

function removal(step: Step, { file }: Workflow): readonly Fix[] {
  const edits = step.fields.$.node && removeEntry(file.text, step.fields.$.node, 'mode');
  return edits ? [{ title: "Delete 'mode'", edits, safety: 'meaning-changing' }] : [];
}
