// What the page shows and how: all of it survives a reload of the page.
import { type Grouping, groupings } from '../picture/collapse.ts';
import type { Direction } from '../picture/geometry.ts';
import { type ViewName, viewNames } from '../picture/views.ts';
import type { ShowMessage } from '../protocol.ts';
import { everyFinding, type Filter } from './filter.ts';
import { parseMessage } from './messages.ts';
import type { View } from './viewport.ts';

export type Side = 'none' | 'findings' | 'outline';

export interface State {
  readonly shown: ShowMessage | undefined;
  readonly name: ViewName;
  readonly direction: Direction;
  readonly grouping: Grouping;
  /** Groups that were opened in place. */
  readonly expanded: readonly string[];
  readonly side: Side;
  readonly filter: Filter;
  /** Id of the finding whose path is lit. */
  readonly finding: string | undefined;
  readonly view: View | undefined;
}

export const firstState: State = {
  shown: undefined,
  name: 'flow',
  direction: 'down',
  grouping: 'none',
  expanded: [],
  side: 'none',
  filter: everyFinding,
  finding: undefined,
  view: undefined,
};

/** What was kept, as far as it can be read: it may be from an earlier version of the page. */
export function parseState(kept: unknown): State {
  if (typeof kept !== 'object' || kept === null) return firstState;
  const { shown, name, direction, grouping, expanded, side, filter, finding, view }: Readonly<Record<string, unknown>> =
    {
      ...kept,
    };
  const message = parseMessage(shown);
  return {
    shown: message?.type === 'show' ? message : undefined,
    name: viewNames.find((one) => one === name) ?? firstState.name,
    direction: direction === 'right' ? 'right' : 'down',
    grouping: groupings.find((one) => one === grouping) ?? firstState.grouping,
    expanded: Array.isArray(expanded) ? expanded.filter((id) => typeof id === 'string') : [],
    side: side === 'findings' || side === 'outline' ? side : 'none',
    filter: parseFilter(filter),
    finding: typeof finding === 'string' ? finding : undefined,
    view: parseView(view),
  };
}

function parseFilter(kept: unknown): Filter {
  if (typeof kept !== 'object' || kept === null) return everyFinding;
  const { hidden, standard, actor }: Readonly<Record<string, unknown>> = { ...kept };
  return {
    hidden: (['error', 'warning', 'info'] as const).filter((one) => Array.isArray(hidden) && hidden.includes(one)),
    ...(typeof standard === 'string' ? { standard } : {}),
    ...(typeof actor === 'string' ? { actor } : {}),
  };
}

function parseView(kept: unknown): View | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { scale, x, y }: Readonly<Record<string, unknown>> = { ...kept };
  const isView = [scale, x, y].every((value) => Number.isFinite(value));
  return isView ? { scale: Number(scale), x: Number(x), y: Number(y) } : undefined;
}
