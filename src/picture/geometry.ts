// Sizes and boxes that layout and drawing share, in pixels at scale 1.
import type { Measure } from './text.ts';

/** The flow goes down, with lanes as columns, or to the right, with lanes as rows. */
export type Direction = 'down' | 'right';

/** Its corner at the top left. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Box {
  /** Middle of the box. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Measures {
  readonly node: Measure;
  readonly label: Measure;
  readonly header: Measure;
}

export const lineHeight = { node: 16, label: 14, header: 16 } as const;
export const iconWidth = 21;
/** Distance between lines that run beside each other. */
export const trackWidth = 12;
