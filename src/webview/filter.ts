// Which findings are shown: by severity, by the standard they touch, and by the actor in whose lane they stand.
import type { Picture } from '../picture/picture.ts';
import type { DiagramFinding } from '../protocol.ts';

export interface Filter {
  /** Severities that are left out. */
  readonly hidden: readonly DiagramFinding['severity'][];
  /** Name of a standard; undefined for any. */
  readonly standard?: string | undefined;
  /** Id of a lane; undefined for any. */
  readonly actor?: string | undefined;
}

export const everyFinding: Filter = { hidden: [] };

/** The findings that pass, in their order. */
export function passingFilter(
  findings: readonly DiagramFinding[],
  { hidden, standard, actor }: Filter,
  picture: Picture,
): readonly DiagramFinding[] {
  const laneOf = new Map(picture.nodes.map(({ id, lane }) => [id, lane]));
  const edges = new Map(picture.edges.map((edge) => [edge.id, edge]));
  const touches = ({ node, edge, lane }: DiagramFinding): boolean => {
    const ends = edge === undefined ? undefined : edges.get(edge);
    const nodes = [node, ends?.from, ends?.to].flatMap((id) => (id === undefined ? [] : laneOf.get(id)));
    return lane === actor || nodes.includes(actor);
  };
  return findings.filter(
    (finding) =>
      !hidden.includes(finding.severity) &&
      (standard === undefined || finding.standards.includes(standard)) &&
      (actor === undefined || touches(finding)),
  );
}
