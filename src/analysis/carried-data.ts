// Whether a step would find the data it needs, if work came to it by one more edge.
import { addTo } from '../language/groups.ts';
import type { Analyses } from './analyses.ts';
import { dataNeeds } from './data-needs.ts';
import type { DataPath } from './data-paths.ts';
import { type Definitions, definitionsOf } from './definitions.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';

interface Needed {
  readonly byNode: ReadonlyMap<FlowNode, readonly DataPath[]>;
  readonly definitions: Definitions;
}

/** All that `node` begins with is there on every path that takes `edge` now. */
export function bringsWhatIsNeeded(edge: FlowEdge, node: FlowNode, analyses: Analyses): boolean {
  const { byNode, definitions } = analyses.derived(needed);
  return (byNode.get(node) ?? []).every((path) => definitions.holdsAlong(path, edge));
}

function needed(analyses: Analyses): Needed {
  const byNode = new Map<FlowNode, DataPath[]>();
  for (const { node, path, on } of dataNeeds(analyses)) if (!on) addTo(byNode, node, path);
  return { byNode, definitions: definitionsOf([...byNode.values()].flat(), new Map(), analyses) };
}
