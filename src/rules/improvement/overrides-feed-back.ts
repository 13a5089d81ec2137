/**
 * People reject and change what an AI makes, and nobody learns from it: what they overrule goes nowhere, or into a store
 * that nobody reads. Lead rejects and overrides into a feedback store, and let the design review or a metric read it.
 */
import { type AiReview, aiReviews } from '../../analysis/ai-reviews.ts';
import { addBlock, addEntry, addItem } from '../../language/edit.ts';
import type { Workflow } from '../../language/model.ts';
import { outcomesOf } from '../../language/outcomes.ts';
import type { Fix } from '../../language/problem.ts';
import { quoted } from '../../language/wording.ts';
import { here } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { finos, iso42001, nistAiRmf } from '../standards.ts';
import { judgmentWitness } from './judgment-witness.ts';

export const overridesFeedBack: Rule = {
  id: 'improvement/overrides-feed-back',
  severity: 'warning',
  summary: 'What people reject or change of the work of an AI goes to a store that an evaluation or improvement reads.',
  seed: ['S15'],
  clauses: [
    nistAiRmf('MANAGE 4.1'),
    nistAiRmf('MANAGE 4.2'),
    nistAiRmf('GOVERN 5.2'),
    finos('MI-11'),
    iso42001('10.1'),
  ],
  check(analyses, report) {
    const { workflow } = analyses;
    const { feedback, $: origin } = workflow.fields ?? {};
    // Steps of a called file feed back there.
    const reviews = analyses.derived(aiReviews).filter(({ step }) => workflow.steps.has(step.id));
    if (reviews.length === 0 || (!feedback && origin?.keyRange('feedback'))) return;
    const open = reviews.map((review) => ({ review, points: openPoints(review, workflow) }));
    checkPoints(
      open.filter(({ points }) => points.length > 0),
      workflow,
      report,
    );
    for (const { to } of feedback ?? []) if (to && workflow.stores.has(to.name)) checkReader(to, workflow, report);
  },
};

/** `STEP.reject`, `STEP.modify`; where a step has other outcomes, the step itself as long as nothing of it feeds back. */
function openPoints({ step }: AiReview, workflow: Workflow): readonly string[] {
  const points = (workflow.fields?.feedback ?? [])
    .flatMap(({ from }) => from ?? [])
    .filter(({ name }) => name === step.id);
  const outcomes = outcomesOf(step, step.performers, workflow).map(({ name }) => name);
  const overriding = outcomes.filter((name) => name === 'modify' || name === 'reject');
  if (overriding.length === 0) return points.length > 0 ? [] : [step.id];
  return overriding
    .filter((name) => !points.some(({ field }) => field === undefined || field === name))
    .map((name) => `${step.id}.${name}`);
}

interface Open {
  readonly review: AiReview;
  readonly points: readonly string[];
}

function checkPoints(open: readonly Open[], workflow: Workflow, report: Report): void {
  const points = open.flatMap((one) => one.points);
  if (points.length === 0) return;
  const { $: origin, workflow: id } = workflow.fields ?? {};
  const range = origin?.keyRange('feedback') ?? id?.range ?? { start: 0, end: 0 };
  const names = quoted(points, 'and');
  report({
    range,
    place: 'workflow',
    message: `What people overrule of the AI at ${names} goes nowhere, so nobody learns from it. Add ${points.length > 1 ? 'them' : 'it'} to 'feedback', with a store.`,
    witness: judgmentWitness(
      open.map(({ review }) => review),
      'and what is overruled is not kept',
    ),
    fixes: () => keep(points, workflow),
  });
}

/** An entry for the points, to the first store for feedback, or a new one. */
function keep(points: readonly string[], { fields, file, stores }: Workflow): readonly Fix[] {
  const { root, text } = file;
  const store = [...stores.values()].find((one) => one.fields.kind?.value === 'feedback')?.id;
  if (root?.kind !== 'map' || (!store && fields?.$.keyRange('stores') && !root.entries.some(isStoreMap))) return [];
  const name = store ?? (stores.has('feedback') ? 'overrides' : 'feedback');
  const item = `{ from: [${points.join(', ')}], to: ${name} }`;
  const list = root.entries.find(({ key }) => key.text === 'feedback')?.value;
  if (list && list.kind !== 'list') return [];
  const declared = root.entries.find(isStoreMap)?.value;
  const newStore = store
    ? []
    : declared?.kind === 'map'
      ? addEntry(text, declared, name, '{ kind: feedback }')
      : addEntry(text, root, 'stores', `{ ${name}: { kind: feedback } }`);
  const entry = list
    ? addItem(text, list, [item])
    : root.flow
      ? addEntry(text, root, 'feedback', `[${item}]`)
      : addBlock(text, root, ['feedback:', `  - ${item}`]);
  if (!newStore || !entry) return [];
  return [{ title: `Keep them in '${name}'`, edits: [...newStore, ...entry], safety: 'meaning-changing' }];
}

function isStoreMap({ key, value }: { readonly key: { readonly text: string }; readonly value: unknown }): boolean {
  return key.text === 'stores' && (value as { kind?: string } | undefined)?.kind === 'map';
}

/** Read by the design review, a metric, or a step that reads data kept in it. */
function checkReader(
  { name, range }: { name: string; range: { start: number; end: number } },
  workflow: Workflow,
  report: Report,
): void {
  const { fields, data, steps, actors, file } = workflow;
  const kept = [...data.values()].filter((one) => one.fields.store?.name === name).map(({ id }) => id);
  const isRead =
    fields?.review?.reads?.some((store) => store.name === name) ||
    fields?.metrics?.some(({ source }) => source?.name === name) ||
    [...steps.values()].some((step) => step.fields.reads?.some((read) => kept.includes(read.name))) ||
    [...actors.values()].some((actor) =>
      actor.fields.grants?.some((grant) => grant.name === name && grant.field === 'read'),
    );
  const isHalfTyped = fields?.review && !fields.review.reads && fields.review.$.keyRange('reads');
  if (isRead || isHalfTyped) return;
  const node = fields?.review?.$.node;
  const edits = node && addEntry(file.text, node, 'reads', `[${name}]`);
  report({
    range,
    place: 'workflow',
    message: `'${name}' takes what people overrule, but nobody reads it. Name it in 'reads' of the design 'review', or as the 'source' of a metric.`,
    witness: here(`store:${name}`, range, 'is read by no review, metric or step'),
    fixes: edits ? [{ title: `Let the design review read '${name}'`, edits, safety: 'meaning-changing' }] : [],
  });
}
