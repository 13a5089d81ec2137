// The tree of the Coverage view: standards, their clauses, the rules that serve each, and what these found.
import type { CoverageResult, CoverageState, CoveredRule, CoveredStandard } from '../protocol.ts';
import { coverageStates } from '../protocol.ts';
import { type FindingNode, findingNode, type StepNode } from './governance-nodes.ts';
import type { Row } from './governance-rows.ts';

export interface StandardNode {
  readonly type: 'standard';
  readonly id: string;
  readonly parent: undefined;
  readonly standard: CoveredStandard;
  /** The worst of its clauses. */
  readonly state: CoverageState;
  /** How many of its rules, each once, are in each state. */
  readonly counts: Readonly<Record<CoverageState, number>>;
  readonly children: readonly ClauseNode[];
}

export interface ClauseNode {
  readonly type: 'clause';
  readonly id: string;
  readonly parent: StandardNode;
  readonly clause: CoveredStandard['clauses'][number];
  readonly children: readonly RuleNode[];
}

/** `rule` stands where the command that explains it looks for it. */
export interface RuleNode {
  readonly type: 'rule';
  readonly id: string;
  readonly parent: ClauseNode;
  readonly rule: string;
  readonly covered: CoveredRule;
  readonly children: readonly FindingNode[];
}

export type CoverageNode = StandardNode | ClauseNode | RuleNode | FindingNode | StepNode;

/** Standards of which something was looked at come first; otherwise the order is that of the answer. */
export function coverageNodes({ standards, rules }: CoverageResult, rows: readonly Row[]): readonly StandardNode[] {
  const byId = new Map(rules.map((rule) => [rule.rule, rule]));
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    for (const rule of new Set([row.finding.rule, ...row.finding.also])) {
      const list = found.get(rule);
      if (list) list.push(row);
      else found.set(rule, [row]);
    }
  }
  const nodes = standards.map((standard) => standardNode(standard, byId, found));
  const isLookedAt = ({ state }: StandardNode) => state !== 'not-checked';
  return [...nodes.filter(isLookedAt), ...nodes.filter((node) => !isLookedAt(node))];
}

function standardNode(
  standard: CoveredStandard,
  rules: ReadonlyMap<string, CoveredRule>,
  found: ReadonlyMap<string, readonly Row[]>,
): StandardNode {
  const id = `${standard.standard} ${standard.edition}`;
  const serving = new Set(standard.clauses.flatMap((clause) => clause.rules));
  const states = [...serving].map((rule) => rules.get(rule)?.state ?? 'not-checked');
  const node: StandardNode & { children: readonly ClauseNode[] } = {
    type: 'standard',
    id,
    parent: undefined,
    standard,
    state: coverageStates.find((state) => states.includes(state)) ?? 'not-checked',
    counts: countStates(states),
    children: [],
  };
  node.children = standard.clauses.map((clause) => {
    const inner: ClauseNode & { children: readonly RuleNode[] } = {
      type: 'clause',
      id: `${id}/${clause.ref}`,
      parent: node,
      clause,
      children: [],
    };
    inner.children = clause.rules.flatMap((rule) => {
      const covered = rules.get(rule);
      return covered ? [ruleNode(covered, inner, found.get(rule) ?? [])] : [];
    });
    return inner;
  });
  return node;
}

function ruleNode(covered: CoveredRule, parent: ClauseNode, rows: readonly Row[]): RuleNode {
  const id = `${parent.id}/${covered.rule}`;
  const node: RuleNode & { children: readonly FindingNode[] } = {
    type: 'rule',
    id,
    parent,
    rule: covered.rule,
    covered,
    children: [],
  };
  node.children = rows.map((row) => findingNode(row, id, node));
  return node;
}

function countStates(states: readonly CoverageState[]): StandardNode['counts'] {
  const count = (state: CoverageState) => states.filter((each) => each === state).length;
  return {
    violated: count('violated'),
    unknown: count('unknown'),
    waived: count('waived'),
    satisfied: count('satisfied'),
    'not-applicable': count('not-applicable'),
    'not-checked': count('not-checked'),
  };
}
