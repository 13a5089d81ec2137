/**
 * Someone judges their own work: what they or their own agent wrote, what they have changed before, or an AI that judges
 * what the same model made. Such a judgment finds nothing. Let someone who is not behind the work judge it.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import type { FlowNode } from '../../analysis/flow-graph.ts';
import { type SelfReview, selfReviews } from '../../analysis/self-reviews.ts';
import { addTo } from '../../language/groups.ts';
import { isAi, type Workflow } from '../../language/model.ts';
import { joined, quoted } from '../../language/wording.ts';
import { along, pathTo } from '../evidence.ts';
import { declarationsBehind, sharedBecause } from '../principal-evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { finos, mitreAtlas, nistAiRmf, nistGenAi } from '../standards.ts';
import { isRoleOnly, otherJudges } from './self-review-fixes.ts';

export const selfReview: Rule = {
  id: 'oversight/self-review',
  severity: 'error',
  summary:
    'Work is judged by someone who is not behind it: another person, and never just another run of the same model.',
  seed: ['S11', 'S12'],
  starred: true,
  across: true,
  clauses: [finos('MI-15'), nistAiRmf('MEASURE 1.3'), nistGenAi('MS-1.3-003'), mitreAtlas('M0029')],
  check(analyses, report) {
    checkApprovals(analyses, report);
    for (const reviews of grouped(analyses)) reportReviews(reviews, analyses, report);
  },
};

/** An approval is a human's: what an AI says there approves nothing. */
function checkApprovals({ graph, reachability }: Analyses, report: Report): void {
  for (const step of graph.workflow.steps.values()) {
    if (step.kind !== 'approval') continue;
    const node = graph.nodesOf(step).find(({ performers }) => performers.some(isAi));
    const agent = node?.performers.find(isAi);
    if (!node || !agent || !reachability.isReachable(node)) continue;
    const takesOver = node.takenOver ? ` as the ${node.takenOver}` : '';
    report({
      range: step.fields.$.valueRange('by') ?? step.range,
      place: step.id,
      message: `The AI '${agent.id}' approves in '${step.id}'${takesOver}, and what an AI says is no approval. Let a person approve, or make it a review.`,
      witness: pathTo(node, reachability, `the AI '${agent.id}' is to approve here`),
    });
  }
}

/** Judgments of one piece of work with one and the same reason against them are one fault, however many there are. */
function grouped(analyses: Analyses): readonly (readonly SelfReview[])[] {
  const groups = new Map<string, SelfReview[]>();
  for (const review of selfReviews(analyses)) {
    const { author, judge, modified } = review;
    // An AI that approves is reported as that.
    if (!author.step || !judge.step || (judge.step.kind === 'approval' && judge.step.performers.some(isAi))) continue;
    const key = `${author.step.id} ${modified} ${reasonOf(review)}`;
    addTo(groups, key, review);
  }
  return [...groups.values()];
}

function reportReviews(reviews: readonly SelfReview[], analyses: Analyses, report: Report): void {
  const [first] = reviews;
  const wrote = first?.author.step;
  if (!first || !wrote) return;
  const { workflow } = analyses.graph;
  const act = first.modified ? 'changes' : 'writes';
  const handler = first.modified ? wrote.handlers.get('modify') : undefined;
  const range = (handler?.inherited ? undefined : handler?.range) ?? wrote.fields.$.valueRange('by') ?? wrote.range;
  const data = quoted([...new Set(reviews.map((review) => review.data))]);
  const judges = stepsOf(reviews);
  const verbs = [...new Set(reviews.map(({ judge }) => verbOf(judge)))];
  const judged = joined(
    verbs.map((verb) => `${verb} in ${stepsOf(reviews.filter(({ judge }) => verbOf(judge) === verb))}`),
  );
  report({
    range,
    place: wrote.id,
    message:
      `What '${wrote.id}' ${act} (${data}) is ${judged} by one who can be behind it: ${reasonOf(first)}. ` +
      `Let someone else perform ${judges}.`,
    witness: reviews.flatMap((review) => witnessOf(review, act, workflow)),
    severity: reviews.every(isRoleOnly) ? 'warning' : 'error',
    fixes: () => otherJudges(reviews, judges, analyses),
  });
}

/** The steps of the judges, in words. */
function stepsOf(reviews: readonly SelfReview[]): string {
  return quoted([...new Set(reviews.map(({ judge }) => judge.step?.id))]);
}

function verbOf({ step }: FlowNode): string {
  return step?.kind === 'approval' ? 'approved' : step?.kind === 'review' ? 'reviewed' : 'decided on';
}

function witnessOf({ author, judge, data, shared, path }: SelfReview, act: string, workflow: Workflow) {
  return [
    ...along(path, `'${data}' is judged here by ${named(judge)}`, (node) =>
      node === author ? `${act} '${data}', performed by ${named(author)}` : '',
    ),
    ...(shared ? declarationsBehind(shared.first, workflow) : []),
    ...(shared ? declarationsBehind(shared.second, workflow) : []),
  ];
}

function reasonOf({ author, judge, shared, family }: SelfReview): string {
  if (shared) return sharedBecause(shared, author, judge);
  return `${named(author)} and ${named(judge)} can both run on '${family}'`;
}

function named({ performers }: FlowNode): string {
  return performers.map(({ id }) => `'${id}'`).join(' or ');
}
