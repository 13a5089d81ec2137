/**
 * When something fails or somebody is away, the work takes another way, and an approval, a check, a disclosure or a record
 * that stands before the effect on the usual way is missing there. Lead that way back before what is missing.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { anyData } from '../../analysis/approvals.ts';
import { effectRoot } from '../../analysis/effects.ts';
import type { FlowEdge, FlowNode } from '../../analysis/flow-graph.ts';
import { type Control, type LostControl, lostControls } from '../../analysis/lost-controls.ts';
import { shortestPath } from '../../analysis/reachability.ts';
import { groupBy } from '../../language/groups.ts';
import { isAi } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { joined } from '../../language/wording.ts';
import { along } from '../evidence.ts';
import { effectInWords } from '../oversight/effect-words.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, finos, iso42001, nistAiRmf } from '../standards.ts';

export const fallbackDropsControl: Rule = {
  id: 'flow/fallback-drops-control',
  severity: 'error',
  summary: 'What stands before an effect on the usual way stands before it on every fallback as well.',
  seed: ['S19', 'S20'],
  starred: true,
  across: true,
  specializes: ['oversight/irreversible-unapproved', 'accountability/unreviewed-ai-to-sink'],
  clauses: [nistAiRmf('GOVERN 6.2'), euAiAct('15(4)'), finos('RI-7'), finos('RI-24'), iso42001('A.6.2.6')],
  check(analyses, report) {
    for (const losses of byEdge(analyses.derived(lostControls))) reportLoss(losses, analyses, report);
    for (const edge of analyses.graph.edges) if (leavesSandbox(edge)) reportSandbox(edge, report);
  },
};

type Losses = readonly [LostControl, ...LostControl[]];

/** One text is one fault, however much is lost by it. */
function byEdge(losses: readonly LostControl[]): Iterable<Losses> {
  return groupBy(losses, ({ edge }) => edge.range.start).values();
}

function reportLoss(losses: Losses, analyses: Analyses, report: Report): void {
  const [{ edge, way }] = losses;
  const effects = [...new Map(losses.map(({ occurrence: { effect } }) => [effectRoot(effect), effect])).values()];
  const named = [...new Set(losses.map(({ control, nodes }) => inWords(control, nodes)))];
  const approvals = losses.filter(({ control }) => control.kind === 'approval');
  report({
    range: edge.range,
    place: edge.from.step?.id ?? 'workflow',
    message:
      `When '${edge.from.step?.id}' ends with '${edge.outcome}', ${joined(effects.map(effectInWords))} comes about without ` +
      `${joined(named)}, which stands before it otherwise. Lead this way back before it.`,
    witness: along(way, `takes effect without ${joined(named)}`),
    fixes: () => rejoin(losses, analyses),
    ...(approvals.length > 0
      ? { root: [...new Set(approvals.map(({ occurrence }) => effectRoot(occurrence.effect)))] }
      : {}),
  });
}

function inWords({ kind, what }: Control, nodes: readonly FlowNode[]): string {
  const where = nodes[0]?.step ? ` ('${nodes[0].step.id}')` : '';
  switch (kind) {
    case 'approval':
      return `the approval of ${what === anyData ? 'it' : `'${what}'`}${where}`;
    case 'validation':
      return `the check of '${what}'${where}`;
    case 'disclosure':
      return `what '${what}' is told of the AI${where}`;
    case 'log':
      return `a record in '${what}'`;
  }
}

/** The step behind the fallback goes on with the control, where that does not lead back to it. */
function rejoin([{ edge, way, nodes }, ...others]: Losses, { graph }: Analyses): readonly Fix[] {
  const [node] = nodes;
  const { text } = graph.workflow.file;
  if (others.length > 0 || nodes.length !== 1 || !node?.step) return [];
  const onward = node.out.map(({ to }) => to);
  const back = way.find((at) => at !== edge && onward.includes(at.to));
  if (!back || back.from.step?.scope !== node.step.scope) return [];
  const isPlain = text.slice(back.range.start, back.range.end) === back.to.step?.id;
  if (!isPlain || shortestPath([node], (at) => at === back.from)) return [];
  const title = `Let '${back.from.step?.id}' go on with '${node.step.id}'`;
  return [{ title, edits: [{ range: back.range, text: node.step.id }], safety: 'meaning-changing' }];
}

/** An AI in a sandbox hands over to one that is not, where it fails. */
function leavesSandbox({ from, to, outcome }: FlowEdge): boolean {
  const failed = outcome === 'error' || outcome === 'unavailable' || outcome === 'timeout';
  const isSafe = (node: FlowNode) => node.step?.fields.sandbox?.value === true;
  return failed && from.performers.some(isAi) && to.performers.some(isAi) && isSafe(from) && !isSafe(to);
}

function reportSandbox(edge: FlowEdge, report: Report): void {
  const [from, to] = [edge.from.step?.id ?? 'workflow', edge.to.step?.id];
  report({
    range: edge.range,
    place: from,
    message: `'${from}' runs in a sandbox, and when it ends with '${edge.outcome}' an AI goes on in '${to}' without one. Add 'sandbox: true' to '${to}'.`,
    witness: along([edge], 'an AI works here without a sandbox'),
  });
}
