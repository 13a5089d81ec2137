// What differs between two revisions of one workflow: what was added, removed or changed, and above all which controls were
// lost and which were gained, each with what proves it. What only looks different says nothing here.
import type { Analyses } from '../analysis/analyses.ts';
import { renamedSteps } from '../analysis/renamed-steps.ts';
import type { Declared, Workflow } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import type { MapNode, SyntaxNode } from '../language/syntax.ts';
import type { ControlLoss } from '../rules/improvement/control-loss.ts';
import { controlLosses } from '../rules/improvement/control-regression.ts';
import { changedKeys, type KeyChange, textOf } from './changed-keys.ts';

/** What a change is about. */
export type ElementKind =
  | 'workflow'
  | 'step'
  | 'handoff'
  | 'actor'
  | 'data'
  | 'store'
  | 'event'
  | 'calendar'
  | 'contract'
  | 'policy'
  | 'waiver'
  | 'configuration';

/** One element that is not as it was. */
export interface ElementChange {
  readonly kind: ElementKind;
  readonly change: 'added' | 'removed' | 'renamed' | 'changed';
  /** In the later revision, where it is there. */
  readonly id: string;
  /** Of a renamed one: its id before. */
  readonly idBefore?: string;
  /** Title where it has one. */
  readonly title?: string;
  readonly keys: readonly KeyChange[];
  /** Place in the later text, or in the earlier one for what is removed. */
  readonly range: Range;
}

/** Nothing in it: the two say the same. */
export interface Difference {
  /** Controls that the earlier revision had; places are those of the later text. */
  readonly lost: readonly ControlLoss[];
  /** Controls that going back would lose; places are those of the earlier text. */
  readonly gained: readonly ControlLoss[];
  readonly changes: readonly ElementChange[];
}

/** Compares two revisions; undefined where the file was not there, or is there no more. */
export function differenceOf(before: Analyses | undefined, after: Analyses | undefined): Difference {
  if (!before || !after) return { lost: [], gained: [], changes: wholeChange(before?.workflow, after?.workflow) };
  return {
    lost: controlLosses(before, after),
    gained: controlLosses(after, before),
    changes: changesOf(before, after),
  };
}

/** True where the two revisions say the same. */
export function isSame({ lost, gained, changes }: Difference): boolean {
  return lost.length + gained.length + changes.length === 0;
}

function wholeChange(before: Workflow | undefined, after: Workflow | undefined): readonly ElementChange[] {
  const workflow = after ?? before;
  if (!workflow) return [];
  const range = workflow.fields?.workflow?.range ?? workflow.fields?.library?.range ?? { start: 0, end: 0 };
  const title = workflow.fields?.title?.value;
  const id = workflow.id ?? 'workflow';
  return [{ kind: 'workflow', change: after ? 'added' : 'removed', id, ...(title ? { title } : {}), keys: [], range }];
}

/** Keys of a file whose values declare, and what they declare. */
const declaring = {
  actors: 'actor',
  data: 'data',
  stores: 'store',
  events: 'event',
  calendars: 'calendar',
  handoffs: 'contract',
  policies: 'policy',
} as const satisfies Partial<Record<keyof Workflow, ElementKind>>;

const declaringKeys: ReadonlySet<string> = new Set([...Object.keys(declaring), 'steps', 'waivers']);
/** Steps inside a scope are compared as steps. */
const innerSteps: ReadonlySet<string> = new Set(['steps']);

function changesOf(before: Analyses, after: Analyses): readonly ElementChange[] {
  const [was, is] = [before.workflow, after.workflow];
  const renamed = renamedSteps(was, is);
  const ofFile = changedKeys(was.file.root, is.file.root, { without: declaringKeys, renamed });
  const whole = wholeChange(undefined, is).map((change) => ({ ...change, change: 'changed' as const, keys: ofFile }));
  return [
    ...(ofFile.length > 0 ? whole : []),
    ...paired('step', elements(was.steps.values(), was), elements(is.steps.values(), is), renamed, innerSteps),
    ...handoffChanges(before, after, renamed),
    ...(Object.keys(declaring) as (keyof typeof declaring)[]).flatMap((key) => {
      const [old, fresh] = [own(was[key].values(), was), own(is[key].values(), is)];
      return paired(declaring[key], old, fresh, sameUnderNewName(old, fresh), new Set(), renamed);
    }),
    ...paired('waiver', waiversOf(was), waiversOf(is), new Map(), new Set(), renamed),
  ];
}

interface Element {
  readonly id: string;
  readonly title?: string;
  readonly node: MapNode | undefined;
  readonly range: Range;
}

function elements(
  all: Iterable<{ readonly id: string; readonly title?: string; readonly range: Range; readonly fields: object }>,
  { file }: Workflow,
): readonly Element[] {
  return [...all].map(({ id, title, range, fields }) => {
    const { $: origin, title: own } = fields as { $?: { node?: MapNode; range: Range }; title?: { value: unknown } };
    const called = title ?? (typeof own?.value === 'string' ? own.value : undefined);
    const at = range.end <= file.text.length ? range : { start: 0, end: 0 };
    return { id, ...(called === undefined ? {} : { title: called }), node: origin?.node, range: at };
  });
}

/** Those that the file declares itself; what it imports is compared where it stands. */
function own(all: Iterable<Declared<object>>, workflow: Workflow): readonly Element[] {
  return elements(
    [...all].filter(({ uri }) => uri === workflow.file.uri),
    workflow,
  );
}

/** By rule and place, the second of the same two by its number. */
function waiversOf({ fields }: Workflow): readonly Element[] {
  const seen = new Map<string, number>();
  return (fields?.waivers ?? []).map(({ rule, at, $: { node, range } }) => {
    const key = `${rule?.value ?? '?'} at ${at?.value ?? '?'}`;
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    return { id: number > 1 ? `${key} (${number})` : key, node, range };
  });
}

/** `idsNow` maps ids of elements of this kind to the new ones; `names` are new names that may stand in their values. */
function paired(
  kind: ElementKind,
  before: readonly Element[],
  after: readonly Element[],
  idsNow: ReadonlyMap<string, string>,
  without: ReadonlySet<string>,
  names: ReadonlyMap<string, string> = idsNow,
): readonly ElementChange[] {
  const old = new Map(before.map((element) => [idsNow.get(element.id) ?? element.id, element]));
  const there = new Set(after.map(({ id }) => id));
  const shown = ({ id, title, range }: Element) => ({ kind, id, ...(title === undefined ? {} : { title }), range });
  const changes = after.flatMap((element): ElementChange[] => {
    const was = old.get(element.id);
    if (!was) return [{ ...shown(element), change: 'added', keys: [] }];
    const keys = changedKeys(was.node, element.node, { without, renamed: names });
    if (was.id !== element.id) return [{ ...shown(element), change: 'renamed', idBefore: was.id, keys }];
    return keys.length > 0 ? [{ ...shown(element), change: 'changed', keys }] : [];
  });
  const gone = [...old].filter(([id]) => !there.has(id)).map(([, element]) => element);
  return [...changes, ...gone.map((element) => ({ ...shown(element), change: 'removed' as const, keys: [] }))];
}

/** New id by old id of declarations that say the same under another name: one that is gone and one that came. */
function sameUnderNewName(before: readonly Element[], after: readonly Element[]): ReadonlyMap<string, string> {
  const [old, fresh] = [new Set(before.map(({ id }) => id)), new Set(after.map(({ id }) => id))];
  const said = ({ node }: Element) => (node ? textOf(node as SyntaxNode) : '');
  const gone = before.filter(({ id }) => !fresh.has(id));
  const came = after.filter(({ id }) => !old.has(id));
  return new Map(
    gone.flatMap((element) => {
      const text = said(element);
      const same = came.filter((other) => said(other) === text);
      const [match] = same;
      const isOnly = same.length === 1 && gone.filter((other) => said(other) === text).length === 1;
      return match && isOnly && text !== '' ? [[element.id, match.id] as const] : [];
    }),
  );
}

/** Ways that work changes hands, between steps that both revisions have: those of a new or removed step go without saying. */
function handoffChanges(
  before: Analyses,
  after: Analyses,
  renamed: ReadonlyMap<string, string>,
): readonly ElementChange[] {
  const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).join(' and ');
  const listed = ({ handoffs }: Analyses, name: (id: string) => string) =>
    new Map(
      handoffs.flatMap(({ senders, receiver, path }) => {
        const [from, to] = [path[0]?.from.step, receiver.step];
        if (!to) return [];
        const id = `${idsOf(senders)} → ${idsOf(receiver.performers)} at ${name(to.id)}`;
        return [
          [id, { id, node: undefined, range: to.range, steps: [from?.id, to.id].map((step) => step && name(step)) }],
        ];
      }),
    );
  const [was, is] = [listed(before, (id) => renamed.get(id) ?? id), listed(after, (id) => id)];
  const stays = (id: string | undefined) =>
    id === undefined ||
    (after.workflow.steps.has(id) && (before.workflow.steps.has(id) || [...renamed.values()].includes(id)));
  const change = (one: 'added' | 'removed', from: typeof was, other: typeof was) =>
    [...from.values()]
      .filter(({ id, steps }) => !other.has(id) && steps.every(stays))
      .map(({ id, range }): ElementChange => ({ kind: 'handoff', change: one, id, keys: [], range }));
  return [...change('added', is, was), ...change('removed', was, is)];
}
