/**
 * Branches that leave some values out: then none of them is taken, and the case stands still.
 * Add an `else` branch, or conditions for the values that are missing.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { type Gap, gapsOf } from '../../analysis/branches.ts';
import type { Choice } from '../../analysis/flow-graph.ts';
import { nodesReaching } from '../../analysis/reachability.ts';
import { lineStart } from '../../language/edit.ts';
import { isHuman, type Step } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { joined } from '../../language/wording.ts';
import { along, here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, nistAiRmf } from '../standards.ts';
import { choicePlace } from './choice-place.ts';
import { ownStep } from './own-step.ts';

export const conditionGap: Rule = {
  id: 'flow/condition-gap',
  severity: 'error',
  summary: 'Where conditions choose the way, some branch is taken for every value the data can have there.',
  seed: ['S1', 'S16'],
  starred: true,
  clauses: [nistAiRmf('MEASURE 2.6'), euAiAct('15(4)')],
  check(analyses, report) {
    for (const gap of gapsOf(analyses)) {
      const { proof, doubt, choice } = gap;
      const { range, place } = choicePlace(choice);
      const fixes = elseBranch(choice, analyses);
      if (!proof) {
        const message = `Whether some branch is always taken here is not known: ${doubt}. Add an 'else' branch.`;
        report({ range, place, message, verdict: 'unknown', witness: here(place, range, "has no 'else'"), fixes });
        continue;
      }
      report({
        range,
        place,
        message: messageOf(proof.values),
        witness: along(proof.way, `${proof.values.length > 0 ? `${joined(proof.values)}: ` : ''}no branch is taken`),
        fixes,
      });
    }
  },
};

function messageOf(values: NonNullable<Gap['proof']>['values']): string {
  const when = values.length > 0 ? ` when ${joined(values)}` : '';
  return `No branch is taken here${when}, and the case stands still. Add an 'else' branch, or one for what is missing.`;
}

/** `- else: desk` behind the last branch, where there is a step of a person from which work does not come back here. */
function elseBranch(choice: Choice, analyses: Analyses): readonly Fix[] {
  const { workflow } = analyses.graph;
  const { text } = workflow.file;
  const last = choice.links.at(-1)?.range;
  const to = last && personsStep(choice, analyses);
  if (!last || !to || choice.range.start === choice.links[0]?.range.start) return [];
  const before = text.slice(lineStart(text, last.start), last.start);
  const isFlow = text[choice.range.start] === '[';
  if (!isFlow && !/^\s*- $/.test(before)) return [];
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const at = isFlow ? last.end : endOfEntry(text, last.end);
  const added = isFlow ? `, { else: ${to.id} }` : `${newline}${before}else: ${to.id}`;
  return [
    {
      title: `Otherwise go on with '${to.id}'`,
      edits: [{ range: { start: at, end: at }, text: added }],
      safety: 'meaning-changing',
    },
  ];
}

/** End of the line that `offset` ends in, a comment behind it included. */
function endOfEntry(text: string, offset: number): number {
  const rest = /[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
  return offset + rest.trimEnd().length;
}

/** A task of whoever is accountable, else the first task of people beside it. */
function personsStep({ from }: Choice, { graph }: Analyses): Step | undefined {
  const { step } = from;
  if (!step) return undefined;
  const own = ownStep(step, graph, graph.workflow, ({ kind }) => kind === 'task');
  if (own) return own;
  const leadBack = nodesReaching(graph.nodesOf(step));
  return [...graph.workflow.steps.values()].find((other) => {
    const isPersons = other.performers.length > 0 && other.performers.every(isHuman);
    const node = graph.nodeOf(other);
    return other.kind === 'task' && isPersons && other.scope === step.scope && node && !leadBack.has(node);
  });
}
