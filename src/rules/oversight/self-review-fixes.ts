// How someone else comes to judge: another holder of the role, or another role.
import type { Analyses } from '../../analysis/analyses.ts';
import { actorOf, isDirect, principalsOf } from '../../analysis/principals.ts';
import type { SelfReview } from '../../analysis/self-reviews.ts';
import { addEntry } from '../../language/edit.ts';
import type { Step } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';

/** Fixes for judgments of one piece of work, `judges` their steps in words. */
export function otherJudges(reviews: readonly SelfReview[], judges: string, analyses: Analyses): readonly Fix[] {
  const author = reviews[0]?.author.step?.id;
  const { text } = analyses.graph.workflow.file;
  const apart = reviews.map((review) => keepApart(review, text));
  const others = reviews.map((review) => otherJudge(review, analyses));
  return [
    ...together(apart, `Keep ${judges} apart from whoever performed '${author}'`),
    ...together(others, `Let others judge in ${judges}`),
  ];
}

/** A fix for each judgment as one; none where one of them has none. */
function together(all: readonly (readonly Fix[])[], title: string): readonly Fix[] {
  const firsts = all.map(([fix]) => fix);
  if (firsts.length === 1) return all[0] ?? [];
  if (firsts.some((fix) => fix === undefined)) return [];
  return [{ title, edits: firsts.flatMap((fix) => fix?.edits ?? []), safety: 'meaning-changing' }];
}

/** Several people of one role: it can be the same one, and need not. */
export function isRoleOnly({ shared }: SelfReview): boolean {
  return shared !== undefined && !shared.certain && isDirect(shared.first) && isDirect(shared.second);
}

/** Where any of several holders may do both, the judge can be another one of them. */
function keepApart(review: SelfReview, text: string): readonly Fix[] {
  const { author, judge } = review;
  const { step } = judge;
  if (
    !isRoleOnly(review) ||
    !step ||
    !author.step ||
    author.step === step ||
    judge.takenOver ||
    step.fields.distinctFrom
  )
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
