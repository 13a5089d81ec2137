/**
 * A step may call a tool that does more in the world than the step says: what it does is approved, logged and bounded by
 * its `effects`, so a tool behind them slips past all of that. Declare the effect, or leave the tool out of `uses`.
 */
import { type CallableTool, callableTools, type EffectClass, toolRoot } from '../../analysis/callable-tools.ts';
import { effectsOf } from '../../analysis/effects.ts';
import type { FlowNode } from '../../analysis/flow-graph.ts';
import { addEntry, addItem } from '../../language/edit.ts';
import { isAi, type Step, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { joined, quoted } from '../../language/wording.ts';
import { pathTo } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { mgf, nistAiRmf, owaspAgentic } from '../standards.ts';

export const undeclaredEffect: Rule = {
  id: 'agent/undeclared-effect',
  severity: 'error',
  summary: 'The effects of a step are as grave as those of every tool it may call.',
  seed: ['S5', 'S6'],
  clauses: [owaspAgentic('ASI02'), mgf('2.1.1'), nistAiRmf('MAP 4.2')],
  check({ graph, reachability }, report) {
    const { workflow } = graph;
    for (const step of workflow.steps.values()) {
      const { fields, kind } = step;
      if (kind === 'scope' || kind === 'call' || fields.sandbox?.value === true || isHalfTyped(step)) continue;
      const declared = classOf(step, workflow);
      const nodes = graph.nodesOf(step).filter((node) => reachability.isReachable(node));
      const graver = (node: FlowNode) =>
        callableTools(node, workflow.actors).filter(({ effect }) => exceeds(effect, declared));
      const node = nodes.find((candidate) => graver(candidate).length > 0);
      const tools = node ? graver(node) : [];
      const [first] = tools;
      if (!node || !first) continue;
      report({
        range: first.use?.range ?? fields.$.valueRange('by') ?? step.range,
        place: step.id,
        message: messageOf(step, node, tools),
        witness: pathTo(node, reachability, `may call ${quoted(tools.map(({ name }) => name))}`),
        root: tools.map((tool) => toolRoot(step, tool)),
        fixes: [...declareThem(tools, step, workflow), ...leaveThem(tools, node, workflow)],
      });
    }
  },
};

/** Someone is typing what the step does or uses. */
function isHalfTyped({ fields }: Step): boolean {
  const { $: origin, effects, uses } = fields;
  return (!effects && origin.keyRange('effects') !== undefined) || (!uses && origin.keyRange('uses') !== undefined);
}

function classOf(step: Step, workflow: Workflow): EffectClass {
  const effects = effectsOf(step, workflow);
  const weight = effects.some(({ irreversible }) => irreversible) ? 2 : effects.length > 0 ? 1 : 0;
  return { weight, external: effects.some(({ external }) => external) };
}

function exceeds(tool: EffectClass, step: EffectClass): boolean {
  return tool.weight > step.weight || (tool.external && !step.external);
}

function messageOf({ id, fields }: Step, { takenOver }: FlowNode, tools: readonly CallableTool[]): string {
  const named = joined(tools.map((tool) => `'${tool.name}' of '${tool.owner.id}' (${inWords(tool)})`));
  const instead = takenOver ? `, once '${tools[0]?.owner.id}' takes over,` : '';
  const effects = fields.effects ? 'no effect of the step says so' : 'the step declares no effect';
  const leave = fields.uses ? "take it out of 'uses'" : "name what the step needs in 'uses'";
  return `'${id}'${instead} may call ${named}, but ${effects}. Declare it in 'effects', or ${leave}.`;
}

function inWords({ effect, because }: CallableTool): string {
  const weight = ['', 'reversible', 'irreversible'][effect.weight];
  const words = effect.external ? `${weight} and external` : `${weight}`;
  if (because === 'free-form') return `${words}, as it runs whatever it is told`;
  return because === 'unstated' ? `${words}, as its 'effect' is not stated` : words;
}

/** An effect for each tool, in words that the author will want to make better. */
function declareThem(tools: readonly CallableTool[], { fields }: Step, { file }: Workflow): readonly Fix[] {
  const { node } = fields.$;
  const effects = tools.map(({ name, effect }) => {
    const flags = [
      ...(effect.weight === 2 ? ['irreversible: true'] : []),
      ...(effect.external ? ['external: true'] : []),
    ];
    return `{ ${[`kind: ${name}`, ...flags].join(', ')} }`;
  });
  const existing = node?.entries.find(({ key }) => key.text === 'effects')?.value;
  const edits =
    existing?.kind === 'list'
      ? addItem(file.text, existing, effects)
      : node && addEntry(file.text, node, 'effects', `[${effects.join(', ')}]`);
  const title = `Declare what ${quoted(tools.map(({ name }) => name))} ${tools.length > 1 ? 'do' : 'does'} in 'effects'`;
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}

/** `uses` with the other tools of the agents at work. */
function leaveThem(tools: readonly CallableTool[], flowNode: FlowNode, { file, actors }: Workflow): readonly Fix[] {
  const node = flowNode.step?.fields.$.node;
  if (!node || flowNode.takenOver || flowNode.step?.fields.uses) return [];
  const kept = callableTools(flowNode, actors).filter((tool) => !tools.some(({ name }) => name === tool.name));
  const agents = flowNode.performers.filter(isAi);
  const grants = agents.flatMap(({ fields }) => fields.grants ?? []);
  const names = [
    ...kept.map(({ name }) => name),
    ...grants.map(({ name, field }) => (field === undefined ? name : `${name}.${field}`)),
  ];
  const edits = addEntry(file.text, node, 'uses', `[${[...new Set(names)].join(', ')}]`);
  const title = kept.length > 0 ? `Let it use only ${quoted(kept.map(({ name }) => name))}` : 'Let it use no tool';
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}
