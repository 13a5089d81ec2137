// The tree of the Governance view: groups, findings below them, and below a finding the path that proves it.
import type { GovernanceFile, Range } from '../protocol.ts';
import { type Group, type Grouping, groupRows, type Row, type Rules } from './governance-rows.ts';

export interface GroupNode {
  readonly type: 'group';
  readonly id: string;
  readonly parent: GroupNode | undefined;
  readonly group: Group;
  readonly children: readonly (GroupNode | FindingNode)[];
}

/** What a command that accepts or explains a finding is given: uri, rule and place stand where it looks for them. */
export interface FindingNode {
  readonly type: 'finding';
  readonly id: string;
  readonly parent: object | undefined;
  readonly uri: string;
  readonly rule: string;
  readonly place: string;
  readonly row: Row;
  readonly children: readonly StepNode[];
}

export interface StepNode {
  readonly type: 'step';
  readonly id: string;
  readonly parent: FindingNode;
  readonly uri: string;
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly range: Range;
}

export type GovernanceNode = GroupNode | FindingNode | StepNode;

export function buildNodes(rows: readonly Row[], by: Grouping, rules: Rules): readonly GroupNode[] {
  return groupRows(rows, by, rules).map((group) => groupNode(group, by, undefined));
}

function groupNode(group: Group, path: string, parent: GroupNode | undefined): GroupNode {
  const id = `${path}/${group.kind}:${group.name}`;
  const node: GroupNode & { children: GroupNode['children'] } = { type: 'group', id, parent, group, children: [] };
  node.children =
    group.groups.length > 0
      ? group.groups.map((inner) => groupNode(inner, id, node))
      : group.rows.map((row) => findingNode(row, id, node));
  return node;
}

/** The same finding may stand at several places of the tree: its id says where. */
export function findingNode(row: Row, path: string, parent: object | undefined): FindingNode {
  const { uri } = row.file;
  const { rule, place } = row.finding;
  const id = `${path}/${uri}#${row.finding.id}`;
  const node: FindingNode & { children: FindingNode['children'] } = {
    type: 'finding',
    id,
    parent,
    uri,
    rule,
    place,
    row,
    children: [],
  };
  node.children = pathOf(row).map(({ text, range }, at) => ({
    type: 'step',
    id: `${id}/${at}`,
    parent: node,
    uri,
    number: at + 1,
    text,
    range,
  }));
  return node;
}

/** A witness of one step at the finding itself says nothing that the finding does not. */
export function pathOf({ finding: { witness, range } }: Row): GovernanceFile['findings'][number]['witness'] {
  const [first] = witness;
  const isOwn = witness.length === 1 && first && JSON.stringify(first.range) === JSON.stringify(range);
  return isOwn ? [] : witness;
}

/** The findings of the nodes and of all below them, each once. */
export function rowsBelow(nodes: readonly object[]): readonly Row[] {
  const found = new Map<string, Row>();
  const visit = (node: object): void => {
    if (!('type' in node)) return;
    if (node.type === 'step' && 'parent' in node && typeof node.parent === 'object' && node.parent) visit(node.parent);
    const { row } = node as Partial<FindingNode>;
    if (row) found.set(`${row.file.uri}#${row.finding.id}`, row);
    else if ('children' in node && Array.isArray(node.children)) for (const child of node.children) visit(child);
  };
  for (const node of nodes) visit(node);
  return [...found.values()];
}

/** A finding among what a menu hands to a command. */
export function isFindingNode(value: unknown): value is FindingNode {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'finding';
}
