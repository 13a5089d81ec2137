/**
 * A workflow that few people can read: too many steps, too many branches in one place, branches of which any number is
 * taken, titles that do not say what is done. Put a part into a file of its own, split in two, begin titles with a verb.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import type { FlowEdge } from '../../analysis/flow-graph.ts';
import { largestPart } from '../../analysis/single-entry-parts.ts';
import type { Step } from '../../language/model.ts';
import { here } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { sevenGuidelines } from '../standards.ts';

export const readability: Rule = {
  id: 'structure/readability',
  severity: 'info',
  summary: 'The workflow can be read at a glance: few steps, few branches in one place, titles that say what is done.',
  seed: ['S16', 'S20'],
  clauses: [sevenGuidelines('G2'), sevenGuidelines('G5'), sevenGuidelines('G6'), sevenGuidelines('G7')],
  check(analyses, report, { parameters }) {
    const { workflow } = analyses;
    if (workflow.library) return;
    reportSize(analyses, report, parameters.maxSteps);
    for (const step of workflow.steps.values()) {
      reportSplits(step, analyses, report, parameters.maxBranches);
      reportTitle(step, report);
    }
  },
};

function reportSize(analyses: Analyses, report: Report, most: number): void {
  const { workflow } = analyses;
  const { size } = workflow.steps;
  if (size <= most) return;
  const range = workflow.fields?.$.keyRange('steps') ?? { start: 0, end: 0 };
  const part = largestPart(analyses, most);
  const advice = part
    ? `The ${part.size} steps from '${part.first.id}' to '${part.last.id}' have one way in and one way out: put them into a file of their own and 'call' it.`
    : "Put a part of it into a file of its own and 'call' it.";
  report({
    range,
    place: 'workflow',
    message: `The workflow has ${size} steps, more than the ${most} that can be read at a glance. ${advice}`,
    witness: here('workflow', range, `${size} steps`),
  });
}

/** The splits of a step: one that branches too often, and each that takes any number of its branches. */
function reportSplits(step: Step, { graph }: Analyses, report: Report, most: number): void {
  const said = new Set<string>();
  const out =
    graph.nodeOf(step)?.out.filter(({ interrupt, departure }) => !interrupt && departure.of === undefined) ?? [];
  for (const { mode, branches, edge } of splitsOf(out)) {
    const at = { range: keyOf(step, edge), place: step.id };
    const key = `${at.range.start}`;
    if (branches > most && !said.has(`branches ${key}`)) {
      const message = `'${step.id}' splits into ${branches} branches, more than the ${most} that can be read at a glance. Decide in two steps, one after the other.`;
      report({ ...at, message, witness: here(step.id, at.range, `${branches} branches`) });
      said.add(`branches ${key}`);
    }
    if (mode === 'inclusive' && !said.has(`any ${key}`)) {
      const message = `Any number of the branches behind '${step.id}' may be taken, which is hard to follow. Use a choice, or 'all' with a choice in each branch.`;
      report({ ...at, message, witness: here(step.id, at.range, "branches of 'any'") });
      said.add(`any ${key}`);
    }
  }
}

interface Split {
  readonly mode: 'exclusive' | 'parallel' | 'inclusive';
  readonly branches: number;
  readonly edge: FlowEdge;
}

function splitsOf(out: readonly FlowEdge[]): readonly Split[] {
  const splits = new Map<number, { mode: Split['mode']; branches: Set<number>; edge: FlowEdge }>();
  for (const edge of out) {
    for (const { split, mode, branch } of edge.departure.branches) {
      const known = splits.get(split) ?? { mode, branches: new Set<number>(), edge };
      splits.set(split, known);
      known.branches.add(branch);
    }
  }
  return [...splits.values()].map(({ mode, branches, edge }) => ({ mode, branches: branches.size, edge }));
}

/** The key the split stands under. */
function keyOf({ fields, range, handlers }: Step, { outcome }: FlowEdge): Step['range'] {
  const handler = outcome === undefined ? undefined : handlers.get(outcome);
  if (handler && !handler.inherited) return handler.range;
  return fields.$.keyRange('next') ?? fields.$.keyRange('start') ?? range;
}

const working: ReadonlySet<string> = new Set(['task', 'review', 'approval', 'decision']);

/** Words that end like a noun made of a verb, and are verbs. */
const verbs =
  /^(mention|question|position|condition|caution|petition|commission|function|ration|station|comment|document|implement|supplement|complement|experiment|augment|bring|ring|sing|swing|string|fling|sling|sting|wring|spring|ping|king|wing)$/i;

/** A title that begins with a noun made of a verb: `Verification of the claim` where `Verify the claim` is meant. */
function reportTitle({ id, kind, title, fields }: Step, report: Report): void {
  const range = kind && fields.$.valueRange(kind);
  const [word = ''] = title.split(/\s/);
  if (!kind || !range || !working.has(kind) || title === id) return;
  if (!/^[A-Za-z]+(tion|sion|ment|ing|ance|ence)$/.test(word) || word.length < 6 || verbs.test(word)) return;
  report({
    range,
    place: id,
    message: `The title '${title}' names a thing and not what is done. Begin it with a verb, as in 'Check the claim'.`,
    witness: here(id, range, `'${word}' is no verb`),
  });
}
