// Branches by which more cases come to an effect with no person judging them than did at an earlier revision.
import type { Analyses } from '../../analysis/analyses.ts';
import { completes } from '../../analysis/completion.ts';
import type { Choice, FlowEdge, FlowNode } from '../../analysis/flow-graph.ts';
import { shortestPath } from '../../analysis/reachability.ts';
import { effectApprovals, type GraveEffect } from '../../analysis/unapproved-effects.ts';
import { isHuman } from '../../language/model.ts';
import type { Link, Target } from '../../language/parts.ts';
import { along } from '../evidence.ts';
import type { ControlLoss } from './control-loss.ts';
import { wideningOf } from './wider-conditions.ts';

/**
 * A branch to an effect that nobody judges now takes cases for which each later branch is judged; or a judged branch leaves
 * cases to later ones of which none is. Only where targets and their order are the same, and only where it is certain.
 */
export function widenedGuards(before: Analyses, now: Analyses): readonly ControlLoss[] {
  const { isWider, isNarrower } = wideningOf(before.conditions, now.conditions);
  const old = new Map(before.graph.choices.map((choice) => [nameOf(choice), choice]));
  const { occurrences } = now.derived(effectApprovals);
  return now.graph.choices.flatMap((choice): readonly ControlLoss[] => {
    const { from, mode, links } = choice;
    const was = old.get(nameOf(choice));
    if (mode !== 'exclusive' || !from.step || from.takenOver || !was) return [];
    const changed = links.flatMap((link, i) => {
      const wider = isWider(was.links[i]?.when, link.when);
      return wider || isNarrower(was.links[i]?.when, link.when) ? [{ link, i, wider }] : [];
    });
    if (changed.length === 0 || judges(from) || !comesUnjudged(from, now)) return [];
    const ways = links.map((link) => unjudgedWay(from, link, occurrences));
    return changed.flatMap(({ link, i, wider }): readonly ControlLoss[] => {
      const later = ways.slice(i + 1);
      const open = wider ? ways[i] : later.find((way) => way !== undefined);
      const isLost = wider ? later.every((way) => !way) : !ways[i] && later.length > 0 && later.every((way) => way);
      if (!open || !isLost || !link.when || !from.step) return [];
      const { effect } = open.occurrence;
      const change = `'${was.links[i]?.when?.text}' became '${link.when.text}'`;
      return [
        {
          place: from.step.id,
          range: link.when.range,
          what: `more cases come from '${from.step.id}' to the ${effect.kind} of '${effect.step.id}' with no person judging them: ${change}`,
          witness: along(open.path, 'nobody has judged it on this path'),
        },
      ];
    });
  });
}

/** The same where step, outcome, targets and their order are the same. */
function nameOf({ from, outcome, links }: Choice): string {
  return [from.step?.id, from.takenOver, outcome, ...links.map(({ to }) => targetName(to))].join(' ');
}

function targetName(target: Target | undefined): string {
  if (!target) return '';
  if (target.kind === 'link') return targetName(target.link.to);
  if (target.kind === 'split') return `(${target.mode} ${target.links.map(({ to }) => targetName(to)).join(' ')})`;
  return target.step.name;
}

interface Way {
  readonly occurrence: GraveEffect;
  readonly path: readonly FlowEdge[];
}

/** A shortest way over the branch to an effect with weight, on which no person gives a judgment. */
function unjudgedWay({ out }: FlowNode, { range }: Link, occurrences: readonly GraveEffect[]): Way | undefined {
  const isGoal = (node: FlowNode) => occurrences.some((one) => one.node === node);
  const ways = out
    .filter((edge) => range.start <= edge.range.start && edge.range.end <= range.end)
    .flatMap((edge) => {
      const rest = shortestPath([edge.to], isGoal, isUnjudged);
      return rest ? [[edge, ...rest]] : [];
    })
    .sort((a, b) => a.length - b.length);
  const [path] = ways;
  const goal = path?.at(-1)?.to;
  const occurrence = occurrences.find(({ node }) => node === goal);
  return path && occurrence ? { occurrence, path } : undefined;
}

/** Some case has been judged by nobody when it comes there. */
function comesUnjudged(node: FlowNode, { graph }: Analyses): boolean {
  return shortestPath([graph.root], (other) => other === node, isUnjudged) !== undefined;
}

function isUnjudged(edge: FlowEdge): boolean {
  return edge.kind !== 'message' && !(judges(edge.from) && completes(edge));
}

const judging: ReadonlySet<string> = new Set(['approval', 'review', 'decision']);

function judges({ step, performers }: FlowNode): boolean {
  return judging.has(step?.kind ?? '') && performers.length > 0 && performers.every(isHuman);
}
