// Which terms of conditions are still asked for behind a node: what nobody asks for again need not be known there.
import type { Step } from '../language/model.ts';
import type { ConditionText } from '../language/parts.ts';
import type { Analyses } from './analyses.ts';
import type { Region } from './boxes.ts';
import { termsInForce } from './contract-terms.ts';
import { pathOf } from './data-paths.ts';
import { reversePostorder } from './dominators.ts';
import { addFact, addFacts, addNewFacts, dropFact, type FactSet, noFacts } from './fact-sets.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { conditionsOf, type Guards } from './guards.ts';

/** Conditions that a step with a person or system promises when it completes. */
export function ensuredBy({ fields, performers }: Step): readonly ConditionText[] {
  return performers.some(({ kind }) => kind === 'agent') ? [] : (fields.ensures ?? []);
}

/**
 * The terms that are still asked for on entry to each node, by its index: live variables (Aho, Lam, Sethi and Ullman, "Compilers", 2nd
 * edition, section 9.2.5). Always among them are those that conditions outside the flow ask for, and those whose values
 * are not exactly known, since they decide whether a value is certainly possible.
 */
export function liveTerms(
  analyses: Analyses,
  guards: Guards,
  touched: (edge: FlowEdge) => Iterable<number>,
): readonly FactSet[] {
  const { graph } = analyses;
  const count = guards.terms.length;
  const conditionsByEdge = graph.edges.map((edge) => conditionsOn(edge, analyses));
  const inFlow = new Set(conditionsByEdge.flat());
  const always = noFacts(count);
  for (const [term, { variable }] of guards.terms.entries()) if (!variable?.exact) addFact(always, term);
  for (const condition of conditionsOf(analyses)) if (!inFlow.has(condition)) addTerms(always, guards, condition);
  const asked = graph.edges.map((edge, index) => {
    const terms = noFacts(count);
    for (const condition of conditionsByEdge[index] ?? []) addTerms(terms, guards, condition);
    const { on, atLeast } = edge.from.step?.fields.gate ?? {};
    if (on && atLeast) addTermsOf(terms, guards, guards.gate(pathOf(on), atLeast.value).holds);
    return terms;
  });
  const live = graph.nodes.map(() => Uint32Array.from(always));
  const needed = noFacts(count);
  const order = [...reversePostorder(graph.root)].reverse();
  const add = (node: FlowNode): boolean => {
    const own = live[node.index] ?? always;
    let grew = false;
    for (const edge of node.out) {
      needed.set(live[edge.to.index] ?? always);
      addFacts(needed, asked[edge.index] ?? always);
      // A wait finds what held where its event was sent.
      if (node.step?.kind !== 'wait') for (const term of touched(edge)) dropFact(needed, term);
      grew = addNewFacts(own, needed) || grew;
    }
    return grew;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of order) changed = add(node) || changed;
  }
  return live;
}

/** What is asked once the work of the node is done: by the branches, by what it promises and by who receives it. */
function conditionsOn({ from, to, guard, when, contract }: FlowEdge, { graph }: Analyses): readonly ConditionText[] {
  const found = [when, from.start?.fields.when, termsInForce(to.step?.accepts, contract, graph.workflow).acceptIf];
  for (let one = guard; one; one = one.before) found.push(one.when);
  return [...found.filter((condition) => condition !== undefined), ...(from.step ? ensuredBy(from.step) : [])];
}

function addTerms(terms: FactSet, guards: Guards, condition: ConditionText): void {
  const { holds, fails } = guards.formula(condition);
  addTermsOf(terms, guards, holds);
  addTermsOf(terms, guards, fails);
}

/** Those a region names, and what these say to be equal. */
function addTermsOf(terms: FactSet, guards: Guards, region: Region): void {
  for (const box of region)
    for (const term of box.variables) {
      addFact(terms, term);
      for (const side of guards.terms[term]?.equal ?? []) addFact(terms, side);
    }
}
