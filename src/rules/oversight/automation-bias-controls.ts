/**
 * People decide on what an AI recommends where the risk is high, and nothing keeps them from just agreeing: no control is
 * declared, many items are judged at once, or silence counts as approval. Declare a control, and let them look at each.
 */
import { aiReviews } from '../../analysis/ai-reviews.ts';
import type { Analyses } from '../../analysis/analyses.ts';
import { effectsOf } from '../../analysis/effects.ts';
import { addEntry } from '../../language/edit.ts';
import type { Handler, Step, Workflow } from '../../language/model.ts';
import type { Target } from '../../language/parts.ts';
import type { Fix } from '../../language/problem.ts';
import { here } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, mgf, nistGenAi } from '../standards.ts';

export const automationBiasControls: Rule = {
  id: 'oversight/automation-bias-controls',
  severity: 'warning',
  summary: 'Where the risk is high, whoever decides on what an AI recommends is kept from just agreeing.',
  seed: ['S12', 'S21'],
  clauses: [euAiAct('14(4)(b)'), mgf('2.2.2'), { ...nistGenAi('section 2.7'), status: 'secondary' }],
  check(analyses, report) {
    const { workflow } = analyses.graph;
    if (workflow.fields?.risk?.tier?.value !== 'high') return;
    for (const { step, judged } of analyses.derived(aiReviews)) {
      checkControls(step, judged, workflow, report);
      checkBatch(step, judged, report);
      checkSilence(step, judged, analyses, report);
    }
  },
};

const controls: ReadonlySet<string> = new Set(['independent-first', 'reason-on-agree', 'seeded-cases', 'rotation']);

function checkControls({ id, range, fields }: Step, judged: string, { file }: Workflow, report: Report): void {
  const { controls: declared, $: origin } = fields;
  const key = origin.keyRange('controls');
  // A control that cannot be read is said elsewhere.
  if (key && (!declared || declared.length === 0 || declared.some(({ value }) => controls.has(value)))) return;
  const at = key ?? range;
  const edits = origin.node && !key ? addEntry(file.text, origin.node, 'controls', '[reason-on-agree]') : undefined;
  const fix: Fix | undefined = edits && {
    title: 'Ask for a reason also when agreeing',
    edits,
    safety: 'meaning-changing',
  };
  report({
    range: at,
    place: id,
    message:
      `In '${id}' people judge '${judged}', which an AI made, where the risk is high, and nothing keeps them from just ` +
      "agreeing. Add 'controls': independent-first, reason-on-agree, seeded-cases or rotation.",
    witness: here(id, at, `judges '${judged}' without a control against just agreeing`),
    fixes: fix ? [fix] : [],
  });
}

function checkBatch({ id, fields: { batch, $: origin } }: Step, judged: string, report: Report): void {
  if (!batch || batch.value < 2) return;
  const range = origin.keyRange('batch') ?? batch.range;
  report({
    range,
    place: id,
    message:
      `In '${id}' ${batch.value} items of '${judged}', which an AI made, are judged at once where the risk is high. ` +
      "Have each judged by itself: remove 'batch'.",
    witness: here(id, range, `judges ${batch.value} items at once`),
  });
}

/** Silence that leads where approval leads; where an effect comes behind it, that is `flow/timeout-fails-open`. */
function checkSilence(step: Step, judged: string, { graph }: Analyses, report: Report): void {
  const [approve, timeout] = [step.handlers.get('approve'), step.handlers.get('timeout')];
  const to = stepOf(timeout?.target);
  if (!timeout || timeout.inherited || to === undefined || to !== approvedTo(step, approve)) return;
  const target = graph.workflow.steps.get(to);
  const seen = new Set(target ? graph.nodesOf(target) : []);
  for (const node of seen) for (const edge of node.out) seen.add(edge.to);
  if ([...seen].some((node) => node.step && effectsOf(node.step, graph.workflow).length > 0)) return;
  report({
    range: timeout.range,
    place: step.id,
    message:
      `When nobody judges '${judged}' in time, '${step.id}' goes on as if it were approved, where the risk is high. ` +
      "Lead 'timeout' to a person.",
    witness: here(step.id, timeout.range, `leads to '${to}', as 'approve' does`),
  });
}

function approvedTo({ fields }: Step, approve: Handler | undefined): string | undefined {
  return stepOf(approve ? approve.target : fields.next);
}

function stepOf(target: Target | undefined): string | undefined {
  if (target?.kind === 'link') return target.link.when ? undefined : stepOf(target.link.to);
  return target?.kind === 'step' ? target.step.name : undefined;
}
