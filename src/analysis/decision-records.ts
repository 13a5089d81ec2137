// What is recorded of a decision: at the step that brings it about, and by those who judged the case before.
import { isHuman, isJudgment, type Step, type Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import type { Decision } from './decisions-about.ts';
import { logOf } from './logging.ts';
import { mustFacts } from './must-facts.ts';
import { saysOf } from './recorded-words.ts';

/** What every log holds of the step itself says nothing of the part an AI had before. */
const ofStepItself: ReadonlySet<string> = new Set(['actor', 'model', 'version', 'prompt']);

/** Names under which the step itself records something of the decision. */
export function recordedAt(step: Step, workflow: Workflow): readonly string[] {
  // Only judgments have `records`; whoever brings a decision about that was judged before has a log alone.
  const own = (step.fields.records ?? []).map(({ value }) => value);
  if (isJudgment(step)) return own;
  return [...logOf(step, workflow).fields].filter((name) => saysOf([name], 'ai') === 'yes' && !ofStepItself.has(name));
}

/** What people who judge the case record on every path to the decision. */
export function recordedBefore(
  { step, subject }: Decision,
  { graph, dominators }: Analyses,
): { readonly reasons: boolean; readonly roleOfAi: boolean } {
  const node = graph.nodeOf(step);
  if (!node) return { reasons: false, roleOfAi: false };
  const facts = mustFacts(graph, dominators, ({ from }, entry) => {
    if (!from.step || !isJudgmentOf(from.step, subject) || !from.performers.every(isHuman)) return entry;
    const names = (from.step.fields.records ?? []).map(({ value }) => value);
    return entry | (saysOf(names, 'reason') === 'no' ? 0 : 1) | (saysOf(names, 'ai') === 'no' ? 0 : 2);
  }).at(node);
  return { reasons: (facts & 1) !== 0, roleOfAi: (facts & 2) !== 0 };
}

function isJudgmentOf(step: Step, subject: string): boolean {
  return isJudgment(step) && (!step.fields.subject || step.fields.subject.name === subject);
}

/** The nearest judgment that every path to the decision passes. */
export function judgeBefore({ step, subject }: Decision, { graph, dominators }: Analyses): Step | undefined {
  let node = graph.nodeOf(step);
  while (node && !(node.step && node.step !== step && isJudgmentOf(node.step, subject)))
    node = dominators.immediate(node);
  return node?.step;
}
