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
  const order = new Map<N, number>();
  const low = new Map<N, number>();
  const open: N[] = [];
  const isOpen = new Set<N>();
  const components: Set<N>[] = [];

  const visit = (root: N) => {
    const work: { node: N; next: number }[] = [];
    const enter = (node: N) => {
      order.set(node, order.size);
      low.set(node, order.size - 1);
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
        if (!order.has(edge.to)) enter(edge.to);
        else if (isOpen.has(edge.to)) low.set(node, Math.min(low.get(node) ?? 0, order.get(edge.to) ?? 0));
        continue;
      }
      work.pop();
      const parent = work.at(-1)?.node;
      if (parent) low.set(parent, Math.min(low.get(parent) ?? 0, low.get(node) ?? 0));
      if (low.get(node) === order.get(node)) close(node);
    }
  };

  const close = (node: N) => {
    const component = new Set<N>();
    for (let member = open.pop(); member; member = open.pop()) {
      isOpen.delete(member);
      component.add(member);
      if (member === node) break;
    }
    const selfLoop = node.out.some((edge) => edge.to === node && counts(edge));
    if (component.size > 1 || selfLoop) components.push(new Set([...component].sort((a, b) => a.index - b.index)));
  };

  for (const node of nodes) if (!order.has(node)) visit(node);
  return components.sort((a, b) => firstIndex(a) - firstIndex(b));
}

function firstIndex(component: ReadonlySet<{ readonly index: number }>): number {
  for (const node of component) return node.index;
  return 0;
}
