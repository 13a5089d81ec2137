// Badges of findings on the picture: by severity in shape as well as color, with how many there are.
import { type Attributes, escapeMarkup, tag } from './markup.ts';
import { fill, type PictureWords } from './words.ts';

export type Severity = 'error' | 'warning' | 'info';

/** How many findings of each severity a place has. */
export type Mark = Readonly<Record<Severity, number>>;

/** By the ids of nodes, edges and lanes. */
export interface Marks {
  readonly nodes: ReadonlyMap<string, Mark>;
  readonly edges: ReadonlyMap<string, Mark>;
  readonly lanes: ReadonlyMap<string, Mark>;
}

export const noMarks: Marks = { nodes: new Map(), edges: new Map(), lanes: new Map() };

const severities = ['error', 'warning', 'info'] as const;

/** Marks for findings, each counted at the one place where its badge stands. */
export function marksOf(
  findings: readonly {
    readonly severity: Severity;
    readonly node?: string | undefined;
    readonly edge?: string | undefined;
    readonly lane?: string | undefined;
  }[],
): Marks {
  const nodes = new Map<string, Mark>();
  const edges = new Map<string, Mark>();
  const lanes = new Map<string, Mark>();
  const count = (marks: Map<string, Mark>, id: string, severity: Severity) => {
    const known = marks.get(id) ?? { error: 0, warning: 0, info: 0 };
    marks.set(id, { ...known, [severity]: known[severity] + 1 });
  };
  for (const { severity, node, edge, lane } of findings) {
    if (node !== undefined) count(nodes, node, severity);
    else if (edge !== undefined) count(edges, edge, severity);
    else if (lane !== undefined) count(lanes, lane, severity);
  }
  return { nodes, edges, lanes };
}

/** The most severe there is. */
export function severityOf(mark: Mark): Severity {
  return severities.find((severity) => mark[severity] > 0) ?? 'info';
}

/** `2 errors, 1 warning`, for screen readers. */
export function markInWords(mark: Mark, words: PictureWords): string {
  return severities
    .filter((severity) => mark[severity] > 0)
    .map((severity) => fill(words.counts[severity], String(mark[severity])))
    .join(', ');
}

/** Outlines 16 by 16 around a middle: an octagon, a triangle, a circle. */
export const severityShapes: Readonly<Record<Severity, string>> = {
  error: 'M-3.3 -8H3.3L8 -3.3V3.3L3.3 8H-3.3L-8 3.3V-3.3Z',
  warning: 'M0 -8.5L9 7.5H-9Z',
  info: 'M0 -8a8 8 0 1 1 0 16a8 8 0 1 1 0-16Z',
};

const signs: Readonly<Record<Severity, string>> = {
  error: 'M-2.8 -2.8L2.8 2.8M2.8 -2.8L-2.8 2.8',
  warning: 'M0 -3.2V2M0 4.4V4.8',
  info: 'M0 -1V4M0 -4.2V-3.8',
};

/** A badge whose middle is at x, y: a sign for one finding, the number for several. */
export function drawMark(mark: Mark | undefined, x: number, y: number): string {
  if (!mark) return '';
  const severity = severityOf(mark);
  const count = mark.error + mark.warning + mark.info;
  const at: Attributes = {
    class: `aiwf-mark aiwf-mark-${severity}`,
    transform: `translate(${x} ${y})`,
    'aria-hidden': 'true',
  };
  const shape = tag('path', { class: 'aiwf-mark-back', d: severityShapes[severity] });
  const number = { class: 'aiwf-mark-count', x: 0, y: severity === 'warning' ? 2.5 : 0.5 };
  return count === 1
    ? tag('g', at, shape, tag('path', { class: 'aiwf-mark-sign', d: signs[severity] }))
    : tag('g', at, shape, tag('text', number, escapeMarkup(count > 99 ? '99+' : String(count))));
}
