// Strongly connected components: which nodes lie on common cycles.

/** As much of a node as its components are found by. */
interface Node<N> {
  readonly index: number;
  readonly out: readonly { readonly to: N }[];
}

/**
 * Components with at least one cycle, over the edges that `counts` allows; each in order of node index.
 * Tarjan, "Depth-first search and linear graph algorithms" (SIAM J. Comput. 1972), with an explicit stack so that long
 * workflows cannot exhaust the call stack. O(nodes + edges).
 */
export function cyclicComponents<N extends Node<N>>(
  nodes: readonly N[],
  counts: (edge: N['out'][number]) => boolean = () => true,
): readonly ReadonlySet<N>[] {
  // By index: when a node was entered, from 1, and the earliest open node it leads back to.
  let order = new Int32Array(nodes.length + 1);
  let low = new Int32Array(nodes.length + 1);
  let entered = 0;
  const open: N[] = [];
  const isOpen = new Set<N>();
  const components: Set<N>[] = [];

  const visit = (root: N) => {
    const work: { node: N; next: number }[] = [];
    const enter = (node: N) => {
      if (node.index >= order.length) {
        order = grown(order, node.index);
        low = grown(low, node.index);
      }
      order[node.index] = ++entered;
      low[node.index] = entered;
      open.push(node);
      isOpen.add(node);
      work.push({ node, next: 0 });
    };
    enter(root);
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const { node } = frame;
      const edge = node.out[frame.next++];
      if (edge) {
        if (!counts(edge)) continue;
        const { index } = edge.to;
        if (!order[index]) enter(edge.to);
        else if (isOpen.has(edge.to)) low[node.index] = Math.min(low[node.index] ?? 0, order[index] ?? 0);
        continue;
      }
      work.pop();
      const parent = work.at(-1)?.node;
      if (parent) low[parent.index] = Math.min(low[parent.index] ?? 0, low[node.index] ?? 0);
      if (low[node.index] === order[node.index]) close(node);
    }
  };

  const close = (node: N) => {
    const members: N[] = [];
    for (let member = open.pop(); member; member = open.pop()) {
      isOpen.delete(member);
      members.push(member);
      if (member === node) break;
    }
    const turns = members.length > 1 || node.out.some((edge) => edge.to === node && counts(edge));
    if (turns) components.push(new Set(members.sort((a, b) => a.index - b.index)));
  };

  for (const node of nodes) if (!order[node.index]) visit(node);
  return components.sort((a, b) => firstIndex(a) - firstIndex(b));
}

function grown(numbers: Int32Array<ArrayBuffer>, index: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(2 * numbers.length, index + 1));
  larger.set(numbers);
  return larger;
}

function firstIndex(component: ReadonlySet<{ readonly index: number }>): number {
  for (const node of component) return node.index;
  return 0;
}
