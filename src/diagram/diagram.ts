// The picture of one workflow with the text range of each part.
import type { Range } from '../language/source.ts';
import type { Picture, PictureEdge, PictureNode } from '../picture/picture.ts';

/** A start or a step. */
export interface DiagramNode extends PictureNode {
  /** Of its id. */
  readonly range: Range;
  /** Of its whole text, inner steps included. */
  readonly block: Range;
}

export interface DiagramEdge extends PictureEdge {
  readonly range: Range;
  /** Every text that says so: what goes the same way is drawn once. */
  readonly ranges: readonly Range[];
}

export interface DiagramModel extends Picture {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}
