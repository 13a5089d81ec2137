/**
 * A step that no path from any start reaches will never run.
 * Lead a path to it, or delete it.
 */
import { cyclicComponents } from '../../analysis/components.ts';
import type { FlowNode } from '../../analysis/flow-graph.ts';
import { removeEntry } from '../../language/edit.ts';
import type { Step, Workflow } from '../../language/model.ts';
import { resolve } from '../../language/names.ts';
import type { Reference, Target } from '../../language/parts.ts';
import type { Fix } from '../../language/problem.ts';
import type { Range } from '../../language/source.ts';
import type { SyntaxNode } from '../../language/syntax.ts';
import { quoted } from '../../language/wording.ts';
import { here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { soundness } from '../standards.ts';

export const unreachableStep: Rule = {
  id: 'structure/unreachable-step',
  severity: 'error',
  summary: 'Every step is reachable from some start, over normal or exceptional edges.',
  seed: ['S3'],
  clauses: [soundness('(iii) no dead transitions')],
  check({ workflow, graph, reachability }, report) {
    // A target that names nothing may be the missing way in: that is reported, and this cannot be known.
    if (workflow.library || hasOpenTarget(workflow)) return;
    if (workflow.starts.length === 0) {
      if (!workflow.fields?.$.keyRange('start')) reportNoStart(workflow, report);
      return;
    }
    const dead = graph.nodes.filter(
      (node) => node.step && node.kind === 'step' && !node.takenOver && !reachability.isReachable(node),
    );
    for (const node of heads(dead)) {
      const step = node.step as Step;
      const behind = [...reachedFrom(node)].filter((other) => dead.includes(other) && other !== node);
      const more =
        behind.length === 0 ? '' : ` ${quoted(behind.map((other) => other.step?.id))} can only be reached through it.`;
      report({
        range: step.range,
        place: step.id,
        message: `'${step.id}' is never reached from the start.${more} Lead a path to it, or delete it.`,
        witness: here(
          step.id,
          step.range,
          node.in.length === 0 ? 'no edge leads here' : 'only steps that are never reached lead here',
        ),
        fixes: () => (node.out.length === 0 || behind.length === 0 ? deletion(step, workflow) : []),
      });
    }
  },
};

function reportNoStart(workflow: Workflow, report: Parameters<Rule['check']>[1]): void {
  const first = [...workflow.steps.values()][0];
  if (!first) return;
  const range = workflow.fields?.$.keyRange('steps') ?? first.range;
  report({
    range,
    place: 'workflow',
    message: "No step is ever reached: the workflow has no 'start'. Say how a case begins and which step comes first.",
    witness: here('workflow', range, 'nothing leads into the steps'),
  });
}

/** Some target is still empty or resolves to nothing, so the graph may lack edges. */
export function hasOpenTarget(workflow: Workflow): boolean {
  return workflow.derived(someTargetIsOpen);
}

function someTargetIsOpen(workflow: Workflow): boolean {
  const { file, steps, starts, fields } = workflow;
  const unresolved = (reference: Reference) =>
    reference.to[0] === 'step' && !reference.word && !resolve(reference, workflow);
  return (
    file.references.some(unresolved) ||
    starts.some(({ fields: start }) => isOpen(start.next)) ||
    [...steps.values()].some((step) => isHalfTyped(step)) ||
    hasOpenHandler(fields?.on) ||
    hasOpenHandler(fields?.defaults?.on)
  );
}

/** A target is begun and not there yet, or nothing says what the step is. */
function isHalfTyped({ kind, fields }: Step): boolean {
  const { $: origin, next, start, on } = fields;
  const begun = (key: string) => origin.keyRange(key) !== undefined;
  return (
    kind === undefined || (isOpen(next) && begun('next')) || (isOpen(start) && begun('start')) || hasOpenHandler(on)
  );
}

function hasOpenHandler(on: Step['fields']['on']): boolean {
  for (const { value } of on?.values() ?? []) if (isOpen(value)) return true;
  return false;
}

function isOpen(target: Target | undefined): boolean {
  if (!target) return true;
  if (target.kind === 'step') return false;
  return target.kind === 'link' ? isOpen(target.link.to) : target.links.some(({ to }) => isOpen(to));
}

/** Unreachable nodes that no other unreachable node outside their own cycle leads to. */
function heads(dead: readonly FlowNode[]): readonly FlowNode[] {
  const isDead = new Set(dead);
  const cycles = cyclicComponents(dead, (edge) => isDead.has(edge.to));
  const cycleOf = new Map(cycles.flatMap((cycle) => [...cycle].map((node) => [node, cycle] as const)));
  return dead.filter((node) => {
    const cycle = cycleOf.get(node);
    const members = cycle ? [...cycle] : [node];
    const entered = members.some((member) =>
      member.in.some(({ from }) => isDead.has(from) && from !== node && !cycle?.has(from)),
    );
    return !entered && members[0] === node;
  });
}

function reachedFrom(node: FlowNode): ReadonlySet<FlowNode> {
  const reached = new Set([node]);
  for (const at of reached) for (const { to } of at.out) if (to.kind === 'step' && !to.takenOver) reached.add(to);
  return reached;
}

/** Only where nothing else in the file speaks of it. */
function deletion(step: Step, { file }: Workflow): readonly Fix[] {
  const full = file.declarations.find(({ kind, name }) => kind === 'step' && name === step.id)?.full;
  const isWithin = (range: Range) => full !== undefined && full.start <= range.start && range.end <= full.end;
  const gone = new Set(
    file.declarations.filter(({ kind, range }) => kind === 'step' && isWithin(range)).map((d) => d.name),
  );
  const named = file.references.some(
    ({ to, name, range }) => to.includes('step') && gone.has(name) && !isWithin(range),
  );
  const anchored = full && /(^|\s)&\w/.test(file.text.slice(full.start, full.end));
  const map = mapHolding(file.root, step);
  const edits = map && !named && !anchored && removeEntry(file.text, map, step.id);
  return edits ? [{ title: `Delete the step '${step.id}'`, edits, safety: 'meaning-changing' }] : [];
}

function mapHolding(root: SyntaxNode | undefined, step: Step) {
  const owner = step.scope ? step.scope.fields.$.node : root?.kind === 'map' ? root : undefined;
  const steps = owner?.entries.find(({ key }) => key.text === 'steps')?.value;
  return steps?.kind === 'map' ? steps : undefined;
}
