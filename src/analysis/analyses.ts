// All analyses of one workflow, each computed once and only when a rule asks for it.
import type { Conditions } from '../language/conditions.ts';
import type { Workflow } from '../language/model.ts';
import { buildFlowGraph, type FlowGraph } from './flow-graph.ts';
import { type Reachability, reachabilityOf } from './reachability.ts';

export interface Analyses {
  readonly workflow: Workflow;
  readonly conditions: Conditions;
  readonly graph: FlowGraph;
  readonly reachability: Reachability;
}

export function analyze(workflow: Workflow, conditions: Conditions): Analyses {
  const graph = once(() => buildFlowGraph(workflow));
  const reachability = once(() => reachabilityOf(graph()));
  return {
    workflow,
    conditions,
    get graph() {
      return graph();
    },
    get reachability() {
      return reachability();
    },
  };
}

function once<T>(compute: () => T): () => T {
  let value: { readonly result: T } | undefined;
  return () => {
    value ??= { result: compute() };
    return value.result;
  };
}
