// What an AI at work in a step gets to see: what the step reads and judges, and what the tools it may call return.
import { type Actor, isAi, type Workflow } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import { callableTools } from './callable-tools.ts';
import { type DataPath, pathOf } from './data-paths.ts';
import type { FlowNode } from './flow-graph.ts';

export interface AiInput {
  readonly agent: Actor;
  readonly path: DataPath;
  /** The tool that shows it; undefined for what the step reads. */
  readonly tool: string | undefined;
  /** In the checked file. */
  readonly range: Range;
}

/** One entry for each agent that performs the step at `node`, and each mention of data. */
export function aiInputs(node: FlowNode, { actors }: Workflow): readonly AiInput[] {
  const { step } = node;
  const agents = node.kind === 'step' ? node.performers.filter(isAi) : [];
  if (!step || agents.length === 0) return [];
  const { reads = [], reviews = [], covers = [] } = step.fields;
  const read = [...reads, ...reviews, ...covers].map((reference) => ({ path: pathOf(reference), reference }));
  const shown = callableTools(node, actors).flatMap(({ name, owner, use }) =>
    (owner.fields.tools?.get(name)?.value?.returns ?? []).map((returned) => ({
      agent: owner,
      path: pathOf(returned),
      tool: name,
      range: use?.range ?? step.fields.$.valueRange('by') ?? step.range,
    })),
  );
  return [
    ...agents.flatMap((agent) =>
      read.map(({ path, reference }) => ({ agent, path, tool: undefined, range: reference.range })),
    ),
    ...shown.filter(({ agent }) => agents.includes(agent)),
  ];
}
