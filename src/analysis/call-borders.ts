// The borders of an opened call: the scope in its place, the step that hands data in by `with`, and those that hand it
// back by `returns`. Both hand over values as they are, so what was approved outside is approved inside, and back.

import type { ASTNode } from '@marcbachmann/cel-js';
import type { Handler, Step, Workflow } from '../language/model.ts';
import { unobserved } from '../language/observed-steps.ts';
import type { ConditionText, Entry, Link, Origin, Reference, Target } from '../language/parts.ts';
import type { Range } from '../language/source.ts';
import { endOutcomes, type StepFields } from '../language/vocabulary.ts';
import { pathOf } from './data-paths.ts';
import { type Renaming, renamed, renamedHandlers } from './rename.ts';

/** What stands in place of a call. */
interface Borders {
  /** In place of the call itself, under its id. */
  readonly scope: Step;
  /** The scope that the steps of the sub-workflow stand in. */
  readonly inside: Step;
  /** The steps at the borders, and `inside` where it is not `scope`. */
  readonly steps: readonly Step[];
  /** What the border steps ensure, as conditions. */
  readonly equalities: readonly { readonly condition: ConditionText; readonly ast: ASTNode }[];
}

/** A step that stands at a border and in no text. */
export function isBorder(id: string): boolean {
  return id.endsWith(')');
}

/** A border at which a call hands over what there has to be; one that failed or was refused has what it has come to. */
export function handsOver(id: string): boolean {
  return isBorder(id) && !['rejected', 'cancelled', 'failed'].some((outcome) => id.endsWith(`(${outcome})`));
}

/** The borders of the step `calling`, which calls `callee`. */
export function bordersOf(calling: Step, callee: Workflow, renaming: Renaming): Borders {
  const call = unobserved(calling);
  const { at } = renaming;
  const equalities: { condition: ConditionText; ast: ASTNode }[] = [];
  const entry = `${call.id}/(in)`;
  const hasCase = callee.handlers.size > 0 || (callee.fields?.timers ?? []).length > 0;
  const caseId = `${call.id}/(case)`;
  const returned = returnsOf(call, callee, renaming);
  const backs: Step[] = [];
  const back = (outcome: string, target: Target | undefined): Target | undefined => {
    if (returned.length === 0) return target;
    const id = `${call.id}/(${outcome})`;
    backs.push(handOver(id, call.scope, returned, target, at, equalities));
    return stepTarget(id, at);
  };
  const scope: Step = {
    ...call,
    kind: 'scope',
    fields: {
      ...without(call.fields),
      start: stepTarget(hasCase ? caseId : entry, at),
      ...(call.fields.next ? { next: back('out', call.fields.next) as Target } : {}),
    },
    handlers: new Map(
      [...call.handlers].map(([outcome, handler]): [string, Handler] => [
        outcome,
        Object.hasOwn(endOutcomes, outcome) ? { ...handler, target: back(outcome, handler.target) } : handler,
      ]),
    ),
  };
  const inside = hasCase ? caseScope(caseId, scope, callee, entry, renaming) : scope;
  const given = givenTo(call, callee, renaming);
  const first = handOver(entry, inside, given, startTarget(callee, renaming), at, equalities);
  return { scope, inside, steps: [...(hasCase ? [inside] : []), first, ...backs], equalities };
}

/** The keys of a call that are drawn out into border steps are gone. */
function without({ call: _call, with: _with, returns: _returns, ...fields }: StepFields): StepFields {
  return fields;
}

/** The whole case of the sub-workflow, where it has handlers and timers of its own. */
function caseScope(id: string, around: Step, callee: Workflow, entry: string, renaming: Renaming): Step {
  const { at } = renaming;
  const timers = callee.fields?.timers;
  return {
    ...bare(id, around, at),
    kind: 'scope',
    fields: { $: originAt(at), start: stepTarget(entry, at), ...(timers ? { timers: renamed(timers, renaming) } : {}) },
    handlers: renamedHandlers(callee.handlers, renaming),
  };
}

interface Given {
  readonly to: Reference;
  readonly from: Reference;
}

function givenTo({ fields }: Step, callee: Workflow, { names, at }: Renaming): readonly Given[] {
  return [...(fields.with ?? [])].flatMap(([theirs, { value }]) => {
    const name = names.data.get(theirs) ?? theirs;
    return value && callee.data.has(theirs) && name !== value.name ? [{ to: dataAt(name, at), from: value }] : [];
  });
}

function returnsOf({ fields }: Step, callee: Workflow, { names, at }: Renaming): readonly Given[] {
  return [...(fields.returns ?? [])].flatMap(([ours, { value }]) => {
    const name = value && (names.data.get(value.value) ?? value.value);
    return name && callee.data.has(value.value) && name !== ours
      ? [{ to: dataAt(ours, at), from: dataAt(name, at) }]
      : [];
  });
}

/** A point without work that writes each `to` from its `from`, and goes on to `next`. */
function handOver(
  id: string,
  scope: Step | undefined,
  given: readonly Given[],
  next: Target | undefined,
  at: Range,
  equalities: { condition: ConditionText; ast: ASTNode }[],
): Step {
  const writes = new Map<string, Entry<readonly Reference[]>>();
  const ensures = given.map(({ to, from }): ConditionText => {
    writes.set(pathOf(to), { key: { value: pathOf(to), range: at }, value: [from], range: at });
    const condition = { text: `${pathOf(to)} == ${pathOf(from)}`, range: at, node: undefined };
    equalities.push({ condition, ast: equality(to, from) });
    return condition;
  });
  const fields = { $: originAt(at), ...(next ? { next } : {}), writes, ensures };
  return { ...bare(id, scope, at), kind: 'route', fields };
}

/** One of the ways the sub-workflow starts: where there are several, which one is open. */
function startTarget(callee: Workflow, renaming: Renaming): Target | undefined {
  const { at } = renaming;
  const targets = callee.starts.flatMap(({ fields }) => (fields.next ? [renamed(fields.next, renaming)] : []));
  if (targets.length < 2) return targets[0];
  const links = targets.map((to): Link => ({ range: at, to, otherwise: false, label: { value: 'start', range: at } }));
  return { kind: 'split', mode: 'exclusive', links, range: at };
}

function bare(id: string, scope: Step | undefined, at: Range): Step {
  return {
    ...{ id, range: at, kind: 'route', title: id, fields: { $: originAt(at) }, scope, performers: [], assistants: [] },
    ...{ handlers: new Map(), within: undefined, accepts: undefined },
  };
}

function originAt(at: Range): Origin {
  return { range: at, node: undefined, keyRange: () => undefined, valueRange: () => undefined };
}

function stepTarget(name: string, at: Range): Target {
  return { kind: 'step', step: { to: ['step'], name, range: at, word: false } };
}

function dataAt(path: string, range: Range): Reference {
  const dot = path.indexOf('.');
  const [name, field] = dot === -1 ? [path, undefined] : [path.slice(0, dot), path.slice(dot + 1)];
  return { to: ['data'], name, ...(field === undefined ? {} : { field }), range, word: false };
}

function equality(left: Reference, right: Reference): ASTNode {
  return { op: '==', args: [pathNode(left), pathNode(right)], range: left.range } as unknown as ASTNode;
}

function pathNode({ name, field, range }: Reference): ASTNode {
  const parts = field?.split('.') ?? [];
  const root = { op: 'id', args: name, range };
  return parts.reduce((owner, part) => ({ op: '.', args: [owner, part], range }) as never, root) as unknown as ASTNode;
}
