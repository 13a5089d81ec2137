/**
 * A mode that its performers contradict: "AI-executed" with a human performer, "collaborative" with nobody to decide.
 * Change the mode or the performers, or say who decides.
 */
import { addEntry, replace } from '../../language/edit.ts';
import { isAi, isHuman, type Step, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, nistAiRmf } from '../standards.ts';
import { inferredMode, mayBeHuman } from './participation-mode.ts';

export const modeActorMismatch: Rule = {
  id: 'structure/mode-actor-mismatch',
  severity: 'error',
  summary: 'The mode of a step agrees with who performs, who assists and who decides.',
  seed: ['S9', 'S12'],
  starred: true,
  clauses: [nistAiRmf('GOVERN 3.2'), euAiAct('14(3)')],
  check({ workflow }, report) {
    for (const step of workflow.steps.values()) {
      const { mode, by, assistedBy } = step.fields;
      const named = (by?.length ?? 0) + (assistedBy?.length ?? 0);
      const taking = [...step.performers, ...step.assistants];
      // Without an AI the mode itself is the fault; with an unknown actor nothing can be said.
      if (!mode || named !== taking.length || taking.some(({ kind }) => kind === undefined) || !taking.some(isAi))
        continue;
      const fault = faultOf(step, workflow);
      if (!fault) continue;
      const range = step.fields.$.valueRange('mode') ?? step.range;
      report({
        range,
        place: step.id,
        message: `'${step.id}' is ${mode.value}, but ${fault}.`,
        witness: here(step.id, range, fault.split('.')[0] ?? fault),
        fixes: () => fixesOf(step, workflow),
      });
    }
  },
};

function faultOf(step: Step, workflow: Workflow): string | undefined {
  const { performers, assistants, fields } = step;
  const human = performers.find(isHuman);
  const person = performers.find(mayBeHuman);
  const agent = performers.find(isAi);
  const decides = fields.decides && workflow.actors.get(fields.decides.name);
  switch (fields.mode?.value) {
    case 'ai-executed':
      if (human) return `the human '${human.id}' performs it. Use 'collaborative', or leave the work to the AI`;
      if (agent) return undefined;
      return `no AI performs it. Name the AI under 'by'${person ? ", or use 'ai-augmented'" : ''}`;
    case 'ai-augmented':
      if (agent) return `the AI '${agent.id}' performs it. Move it to 'assisted-by', or use another mode`;
      if (!person) return `no human performs it. Name the human under 'by'`;
      if (!assistants.some(isAi)) return `no AI assists. Name it under 'assisted-by'`;
      return decides && !mayBeHuman(decides)
        ? `'${decides.id}' decides, who is not human. Let '${person.id}' decide`
        : undefined;
    case 'collaborative':
      if (!person) return `no human performs it. Add one under 'by', or use 'ai-executed'`;
      if (!agent) return `no AI performs it. Add it under 'by', or use 'ai-augmented'`;
      return fields.decides ? undefined : `nobody is named who decides. Add 'decides'`;
    default:
      return undefined;
  }
}

function fixesOf(step: Step, workflow: Workflow): readonly Fix[] {
  const { mode, decides, $: origin } = step.fields;
  const fixes: Fix[] = [];
  const inferred = inferredMode(step);
  const range = origin.valueRange('mode');
  if (inferred && range && inferred !== mode?.value && (inferred !== 'collaborative' || decides)) {
    fixes.push({
      title: `Change the mode to '${inferred}'`,
      edits: replace(range, inferred),
      safety: 'meaning-changing',
    });
  }
  const human = step.performers.find(mayBeHuman);
  if (mode?.value === 'collaborative' && inferred === 'collaborative' && !decides && human && origin.node) {
    const edits = addEntry(workflow.file.text, origin.node, 'decides', human.id, 'mode');
    if (edits) fixes.push({ title: `Let '${human.id}' decide`, edits, safety: 'meaning-changing' });
  }
  const decider = decides && workflow.actors.get(decides.name);
  if (mode?.value === 'ai-augmented' && decides && decider && !mayBeHuman(decider) && human) {
    fixes.push({
      title: `Let '${human.id}' decide`,
      edits: replace(decides.range, human.id),
      safety: 'meaning-changing',
    });
  }
  return fixes;
}
