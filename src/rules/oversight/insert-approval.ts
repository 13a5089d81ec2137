// The fix of `irreversible-unapproved`: an approval step in front of the effect, on every edge that comes unapproved.
import { anyData } from '../../analysis/approvals.ts';
import { overlap, writesOf } from '../../analysis/data-paths.ts';
import type { UnapprovedEffect } from '../../analysis/unapproved-effects.ts';
import { addBlock, unusedId } from '../../language/edit.ts';
import { type Actor, isAi, isHuman, type Step, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';

type Unapproved = Pick<UnapprovedEffect, 'effect' | 'node' | 'open' | 'entries'>;

/**
 * Leads the open edges through a new approval by whoever is accountable, or by another person who sponsors none of the
 * agents. None where an edge is not written as a plain step id, where the step makes the data itself, or in a scope.
 */
export function insertApproval({ effect, node, open, entries }: Unapproved, workflow: Workflow): readonly Fix[] {
  const { step } = effect;
  const { text, root } = workflow.file;
  const steps = root?.kind === 'map' ? root.entries.find(({ key }) => key.text === 'steps')?.value : undefined;
  const judge = judgeFor(step, workflow);
  const covers = open.map(({ path }) => path).filter((path) => path !== anyData);
  const makesItself = writesOf(step, workflow).some(({ out }) => covers.some((path) => overlap(out, path)));
  if (steps?.kind !== 'map' || !judge || step.scope || node.takenOver || makesItself) return [];
  const ways = entries();
  const isPlain = ways.every(({ range }) => text.slice(range.start, range.end) === step.id);
  if (!isPlain || ways.length === 0) return [];
  const id = unusedId(`approve-${step.id}`, workflow.steps);
  const end = unusedId('not-approved', workflow.steps);
  const list = `[${covers.join(', ')}]`;
  const lines = [
    `${id}:`,
    `  approval: Approve what '${step.id}' does`,
    `  by: ${judge.id}`,
    ...(covers.length > 0 ? [`  covers: ${list}`] : []),
    `  accepts: { ${covers.length > 0 ? `payload: ${list}, ` : ''}ack: 1d }`,
    `  on: { approve: ${step.id}, modify: ${end}, reject: ${end} }`,
    `${end}: { end: Not approved, outcome: rejected }`,
  ];
  const ranges = new Map(ways.map(({ range }) => [range.start, range]));
  const added = addBlock(text, steps, lines, step.id);
  if (!added) return [];
  const edits = [...[...ranges.values()].map((range) => ({ range, text: id })), ...added];
  return [{ title: `Let '${judge.id}' approve it first`, edits, safety: 'meaning-changing' }];
}

/**
 * Whoever is accountable, else someone at work here, and if possible not the one who then does it; never a sponsor, who
 * would judge the work of their own agent.
 */
function judgeFor(step: Step, workflow: Workflow): Actor | undefined {
  const people = workflow.derived(judges);
  return people.find((actor) => !step.performers.includes(actor)) ?? people[0];
}

function judges({ actors, fields, steps }: Workflow): readonly Actor[] {
  const sponsors = new Set([...actors.values()].filter(isAi).map((agent) => agent.fields.sponsor?.name));
  const owner = actors.get(fields?.accountable?.[0]?.name ?? '');
  const working = [...steps.values()].flatMap(({ performers }) => performers);
  return [...new Set([...(owner ? [owner] : []), ...working, ...actors.values()])].filter(
    (actor) => isHuman(actor) && !sponsors.has(actor.id) && mayApprove(actor),
  );
}

/** Authority that is stated has to name the outcome; a condition on it is for the author to look at. */
function mayApprove({ fields }: Actor): boolean {
  const approve = fields.authority?.get('approve');
  return !fields.authority || (approve !== undefined && approve.value?.text !== 'false');
}
