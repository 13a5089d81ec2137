/**
 * Someone judges their own work: what they or their own agent wrote, what they have changed before, or an AI that judges
 * what the same model made. Such a judgment finds nothing. Let someone who is not behind the work judge it.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import type { FlowNode } from '../../analysis/flow-graph.ts';
import { actorOf, isDirect, principalsOf } from '../../analysis/principals.ts';
import { type SelfReview, selfReviews } from '../../analysis/self-reviews.ts';
import { addEntry } from '../../language/edit.ts';
import { isAi, type Step } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { along, pathTo } from '../evidence.ts';
import { declarationsBehind, sharedBecause } from '../principal-evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { finos, mitreAtlas, nistAiRmf, nistGenAi } from '../standards.ts';

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
    for (const review of selfReviews(analyses)) reportReview(review, analyses, report);
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

function reportReview(review: SelfReview, analyses: Analyses, report: Report): void {
  const { author, judge, data, modified, shared, path } = review;
  const [wrote, judges] = [author.step, judge.step];
  if (!wrote || !judges) return;
  // An AI that approves is reported as that.
  if (judges.kind === 'approval' && judge.performers.some(isAi)) return;
  const { workflow } = analyses.graph;
  const verb = judges.kind === 'approval' ? 'approved' : judges.kind === 'review' ? 'reviewed' : 'decided on';
  const act = modified ? 'changes' : 'writes';
  const handler = modified ? wrote.handlers.get('modify') : undefined;
  const range = (handler?.inherited ? undefined : handler?.range) ?? wrote.fields.$.valueRange('by') ?? wrote.range;
  const fixes = [...keepApart(review, workflow.file.text), ...otherJudge(review, analyses)];
  const roleOnly = shared && !shared.certain && isDirect(shared.first) && isDirect(shared.second);
  report({
    range,
    place: wrote.id,
    message:
      `What '${wrote.id}' ${act} ('${data}') is ${verb} in '${judges.id}' by one who can be behind it: ${reasonOf(review)}. ` +
      `Let someone else perform '${judges.id}'.`,
    witness: [
      ...along(path, `'${data}' is judged here by ${named(judge)}`, (node) =>
        node === author ? `${act} '${data}', performed by ${named(author)}` : '',
      ),
      ...(shared ? declarationsBehind(shared.first, workflow) : []),
      ...(shared ? declarationsBehind(shared.second, workflow) : []),
    ],
    severity: roleOnly ? 'warning' : 'error',
    fixes,
  });
}

function reasonOf({ author, judge, shared, family }: SelfReview): string {
  if (shared) return sharedBecause(shared, author, judge);
  return `${named(author)} and ${named(judge)} can both run on '${family}'`;
}

function named({ performers }: FlowNode): string {
  return performers.map(({ id }) => `'${id}'`).join(' or ');
}

/** Where any of several holders may do both, the judge can be another one of them. */
function keepApart({ author, judge, shared }: SelfReview, text: string): readonly Fix[] {
  const { step } = judge;
  const direct = shared && !shared.certain && isDirect(shared.first) && isDirect(shared.second);
  if (!direct || !step || !author.step || author.step === step || judge.takenOver || step.fields.distinctFrom)
    return [];
  const edits = step.fields.$.node && addEntry(text, step.fields.$.node, 'distinct-from', `[${author.step.id}]`);
  const title = `Keep the judge of '${step.id}' apart from whoever performed '${author.step.id}'`;
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}

/** A person's role that is not behind the work and may take every outcome; whoever is accountable comes first. */
function otherJudge({ author, judge }: SelfReview, analyses: Analyses): readonly Fix[] {
  const { workflow } = analyses.graph;
  const by = judge.step?.fields.by;
  if (!by?.[0] || by.length > 1 || judge.takenOver || judge.step === author.step || isElsewhere(judge.step)) return [];
  const behind = analyses.derived(principalsOf).of(author);
  const involved = new Set(behind.flatMap(({ chain }) => chain.map(({ actor }) => actor)));
  const sponsors = new Set([...workflow.actors.values()].map(({ fields }) => fields.sponsor?.name));
  const accountable = workflow.fields?.accountable?.[0]?.name;
  const people = [...workflow.actors.values()].filter(
    (actor) =>
      actor.kind === 'human' &&
      !involved.has(actor) &&
      !sponsors.has(actor.id) &&
      !actor.fields.authority &&
      !actor.fields.backup &&
      actor.fields.holders !== undefined &&
      'value' in actor.fields.holders &&
      actor.fields.holders.value > 0 &&
      !behind.some((principal) => actorOf(principal) === actor),
  );
  const other = people.find(({ id }) => id === accountable) ?? people[0];
  if (!other) return [];
  const edits = [{ range: by[0].range, text: other.id }];
  return [{ title: `Let '${other.id}' judge in '${judge.step?.id}'`, edits, safety: 'meaning-changing' }];
}

/** A step of a file that is called, which no fix of this file can change. */
function isElsewhere(step: Step | undefined): boolean {
  return step?.id.includes('/') === true;
}
