// All analyses of one workflow, each computed once and only when a rule asks for it.
import { type AskedKeys, derivedFrom, notingAs, numberOf, once } from '../language/asked-keys.ts';
import type { Conditions } from '../language/conditions.ts';
import type { Workflow } from '../language/model.ts';
import { buildFlowGraph } from './build-flow-graph.ts';
import { type Dominators, dominatorsOf } from './dominators.ts';
import type { FlowGraph } from './flow-graph.ts';
import { type Handoff, handoffsOf } from './handoffs.ts';
import { type Reachability, reachabilityOf } from './reachability.ts';
import { openCalls } from './sub-workflows.ts';

export interface Analyses {
  readonly workflow: Workflow;
  readonly conditions: Conditions;
  readonly graph: FlowGraph;
  /** The graph and the keys of steps that it was made from; undefined until somebody asks for it. */
  readonly builtGraph: { readonly answer: FlowGraph; readonly asked: AskedKeys } | undefined;
  readonly reachability: Reachability;
  readonly dominators: Dominators;
  readonly handoffs: readonly Handoff[];
  /** A file that the workflow imports cannot be read, so declarations are missing. */
  readonly isIncomplete: boolean;
  /** Those of the workflow with the sub-workflows it calls put in place; itself where it calls none. */
  readonly whole: Analyses;
  /** Those of the same file at an earlier revision, where a change is judged. */
  readonly base: Analyses | undefined;
  /** What `compute` answers, worked out once however many rules ask for it. */
  derived<T>(compute: (analyses: Analyses) => T): T;
}

interface AnalysisOptions {
  readonly isIncomplete?: boolean;
  readonly base?: Analyses | undefined;
  /** Its sub-workflows are in place already. */
  readonly isOpened?: boolean;
}

const graphNumber = numberOf('(graph)');

export function analyze(workflow: Workflow, conditions: Conditions, options: AnalysisOptions = {}): Analyses {
  let builtGraph: Analyses['builtGraph'];
  const graph = once(() => {
    builtGraph = notingAs(graphNumber, () => buildFlowGraph(workflow));
    return builtGraph.answer;
  });
  const reachability = once(() => reachabilityOf(graph()));
  const dominators = once(() => dominatorsOf(graph()));
  const handoffs = once(() => handoffsOf(graph(), workflow));
  const whole = once(() => {
    const opened = options.isOpened ? { workflow, conditions } : openCalls(workflow, conditions);
    if (opened.workflow === workflow) return analyses;
    return analyze(opened.workflow, opened.conditions, { ...options, base: options.base?.whole, isOpened: true });
  });
  const analyses: Analyses = {
    workflow,
    conditions,
    isIncomplete: options.isIncomplete ?? false,
    base: options.base,
    derived: derivedFrom((): Analyses => analyses),
    get graph() {
      return graph();
    },
    get builtGraph() {
      return builtGraph;
    },
    get reachability() {
      return reachability();
    },
    get dominators() {
      return dominators();
    },
    get handoffs() {
      return handoffs();
    },
    get whole() {
      return whole();
    },
  };
  return analyses;
}
