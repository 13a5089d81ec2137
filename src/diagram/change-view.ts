// What differs between two revisions: both in one picture, and every difference in words, with lost controls first.
import type { Analyses } from '../analysis/analyses.ts';
import { renamedSteps } from '../analysis/renamed-steps.ts';
import { durationText, statedDuration } from '../analysis/step-time.ts';
import type { Actor, Step, Workflow } from '../language/model.ts';
import type { LaneKind, Picture, PictureEdge, PictureLane, PictureNode } from '../picture/picture.ts';
import type { Change, ChangeNote, ChangeView } from '../picture/views.ts';
import { buildDiagram } from './build-diagram.ts';
import type { DiagramModel } from './diagram.ts';

/** A control that the earlier revision had, as the rule about changes names it. */
export interface LostControl {
  /** Step id or another place. */
  readonly place: string;
  /** As a sentence without its end. */
  readonly what: string;
}

/** `before` is undefined where there was no file; `name` is the earlier revision in words. */
export function changeView(
  before: Analyses | undefined,
  after: Analyses,
  name: string,
  losses: readonly LostControl[],
): ChangeView {
  const now = buildDiagram(after);
  const nowIds = new Set(now.nodes.map(({ id }) => id));
  const renamed = before ? renamedSteps(before.workflow, after.workflow) : new Map<string, string>();
  const was = before ? underNewNames(buildDiagram(before), renamed) : undefined;
  const earlier = new Map(was?.picture.nodes.map((node) => [node.id, node]));
  const notes: ChangeNote[] = losses.map(({ place, what }) => ({
    kind: 'control-lost',
    text: `${what.slice(0, 1).toUpperCase()}${what.slice(1)}.`,
    ...(nowIds.has(place) ? { node: place } : {}),
  }));
  const nodes: Record<string, Change> = {};
  for (const node of now.nodes) {
    const { id, kind } = node;
    const old = earlier.get(id);
    const step = after.workflow.steps.get(id);
    if (!old) {
      nodes[id] = 'added';
      const isControl = ['approval', 'review', 'contest', 'disclose'].includes(kind);
      notes.push({ kind: isControl ? 'control-added' : 'added', text: `${named(node)} is new.`, node: id });
      continue;
    }
    const oldStep = before?.workflow.steps.get(was?.idBefore(id) ?? id);
    const texts = [
      ...(kind === 'start' && old.title !== node.title ? [`the title was “${old.title}”`] : []),
      ...(step && oldStep && before ? stepChanges(oldStep, step, before.workflow, after.workflow) : []),
    ];
    if (texts.length > 0) nodes[id] = 'changed';
    for (const text of texts) notes.push({ kind: 'changed', text: `${named(node)}: ${text}.`, node: id });
  }
  for (const node of was?.picture.nodes ?? []) {
    if (nowIds.has(node.id)) continue;
    nodes[node.id] = 'removed';
    notes.push({ kind: 'removed', text: `${named(node)} is gone.`, node: node.id });
  }
  const union = unionOf(was?.picture, now);
  const titles = new Map(union.picture.nodes.map((node) => [node.id, node.title || node.id]));
  notes.push(...edgeNotes(union, nodes, titles));
  notes.push(...actorNotes(before?.workflow, after.workflow));
  const weights: readonly ChangeNote['kind'][] = ['control-lost', 'control-added', 'removed', 'added', 'changed'];
  notes.sort((a, b) => weights.indexOf(a.kind) - weights.indexOf(b.kind));
  return { view: 'change', base: name, picture: union.picture, nodes, edges: union.edges, notes };
}

function named({ title, id }: PictureNode): string {
  return `“${title || id}”`;
}

interface Earlier {
  readonly picture: Picture;
  /** Id in the earlier revision of what has `id` here. */
  idBefore(id: string): string;
}

/** The earlier picture with the names that steps have now. A new name was nobody's before, so no two steps share one. */
function underNewNames(model: DiagramModel, renamed: ReadonlyMap<string, string>): Earlier {
  const back = new Map([...renamed].map(([old, name]) => [name, old]));
  const nameOf = (id: string) => renamed.get(id) ?? id;
  const nodes = model.nodes.map(
    ({ range: _range, block: _block, ...node }): PictureNode => ({
      ...node,
      id: nameOf(node.id),
      ...(node.scope === undefined ? {} : { scope: nameOf(node.scope) }),
    }),
  );
  const edges = model.edges.map((edge) => ({ ...plainEdge(edge), from: nameOf(edge.from), to: nameOf(edge.to) }));
  return { picture: { title: model.title, lanes: model.lanes, nodes, edges }, idBefore: (id) => back.get(id) ?? id };
}

function plainEdge({ id, from, to, kind, label, handoff }: PictureEdge): PictureEdge {
  return { id, from, to, kind, ...(label === undefined ? {} : { label }), handoff };
}

interface Union {
  readonly picture: Picture;
  readonly edges: Readonly<Record<string, Change>>;
  /** Labels that edges had before. */
  readonly labels: ReadonlyMap<string, string | undefined>;
}

/** All of the later picture, and what of the earlier one is no longer there, near where it was. */
function unionOf(was: Picture | undefined, now: DiagramModel): Union {
  const keyOf = ({ from, to, kind }: PictureEdge) => JSON.stringify([from, to, kind]);
  const earlier = new Map((was?.edges ?? []).map((edge) => [keyOf(edge), edge]));
  const edges: Record<string, Change> = {};
  const labels = new Map<string, string | undefined>();
  for (const edge of now.edges) {
    const old = earlier.get(keyOf(edge));
    if (!old) edges[edge.id] = 'added';
    else if (old.label !== edge.label) {
      edges[edge.id] = 'changed';
      labels.set(edge.id, old.label);
    }
  }
  const kept = new Set(now.edges.map(keyOf));
  const gone = (was?.edges ?? []).filter((edge) => !kept.has(keyOf(edge)));
  const removed = gone.map((edge): PictureEdge => ({ ...edge, id: `removed:${edge.id}` }));
  for (const { id } of removed) edges[id] = 'removed';
  const plain = now.nodes.map(({ range: _range, block: _block, ...node }): PictureNode => node);
  const nodes = interleaved(was?.nodes ?? [], plain);
  const used = new Set(nodes.map(({ lane }) => lane));
  const known = new Set(now.lanes.map(({ id }) => id));
  const lanes: PictureLane[] = [...now.lanes, ...(was?.lanes ?? []).filter(({ id }) => !known.has(id))];
  return {
    picture: {
      title: now.title,
      lanes: lanes.filter(({ id }) => used.has(id)),
      nodes,
      edges: [...now.edges.map(plainEdge), ...removed],
    },
    edges,
    labels,
  };
}

/** What is gone stands behind the step that it stood behind. */
function interleaved(was: readonly PictureNode[], now: readonly PictureNode[]): readonly PictureNode[] {
  const current = new Set(now.map(({ id }) => id));
  const behind = new Map<string | undefined, PictureNode[]>();
  let last: string | undefined;
  for (const node of was) {
    if (current.has(node.id)) last = node.id;
    else behind.set(last, [...(behind.get(last) ?? []), node]);
  }
  return [...(behind.get(undefined) ?? []), ...now.flatMap((node) => [node, ...(behind.get(node.id) ?? [])])];
}

/** Ways between steps that both revisions have; those of a step that came or went go without saying. */
function edgeNotes(
  { picture, edges, labels }: Union,
  nodes: Readonly<Record<string, Change>>,
  titles: ReadonlyMap<string, string>,
): readonly ChangeNote[] {
  const words = { added: 'is new', removed: 'is gone', changed: 'has changed' } as const;
  return picture.edges.flatMap((edge): ChangeNote[] => {
    const change = edges[edge.id];
    const stays = (id: string) => nodes[id] === undefined || nodes[id] === 'changed';
    if (!change || !stays(edge.from) || !stays(edge.to)) return [];
    const label = edge.label ? ` (${edge.label})` : '';
    const what = edge.handoff === 'none' ? 'The way' : 'The handoff';
    const old = labels.has(edge.id) ? `, it was “${labels.get(edge.id) ?? 'always'}”` : '';
    const text = `${what} from “${titles.get(edge.from)}” to “${titles.get(edge.to)}”${label} ${words[change]}${old}.`;
    return [{ kind: change, text, node: edge.from }];
  });
}

/** Each difference of one step, as the end of a sentence. */
function stepChanges(old: Step, step: Step, before: Workflow, after: Workflow): readonly string[] {
  const time = (value: Step['within']) => {
    const duration = statedDuration(value);
    return duration ? durationText(duration) : value ? 'read from data' : undefined;
  };
  const performers = (of: Step, { actors }: Workflow) =>
    (of.fields.by ?? []).map(({ name }) => titleOf(actors.get(name), name)).join(' and ') || undefined;
  const names = (list: Step['fields']['accountable']) => list?.map(({ name }) => name).join(' and ');
  const word = (located: { readonly value: unknown } | undefined) =>
    located === undefined ? undefined : String(located.value);
  const facts: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['the id', old.id, step.id],
    ['the title', old.title, step.title],
    ['the kind', old.kind, step.kind],
    ['the performer', performers(old, before), performers(step, after)],
    ['the mode', word(old.fields.mode), word(step.fields.mode)],
    ['the time limit', time(old.within), time(step.within)],
    ['the accountable', names(old.fields.accountable), names(step.fields.accountable)],
    ['the lane', old.fields.lane?.name, step.fields.lane?.name],
    ['the scope', old.scope?.title, step.scope?.title],
  ];
  return facts.flatMap(([what, a, b]) => {
    if (a === b) return [];
    if (a === undefined) return [`${what} is new: “${b}”`];
    return b === undefined ? [`${what} “${a}” is gone`] : [`${what} was “${a}” and is “${b}”`];
  });
}

function titleOf(actor: Actor | undefined, name: string): string {
  return actor?.fields.title?.value ?? name;
}

function actorNotes(before: Workflow | undefined, { actors }: Workflow): readonly ChangeNote[] {
  const kinds: Readonly<Record<LaneKind, string>> = {
    human: 'a person',
    team: 'a team',
    agent: 'an AI agent',
    system: 'a system',
    external: 'an outside party',
    vendor: 'a vendor',
    unassigned: 'of no kind',
  };
  const kindOf = ({ kind }: Actor) => kinds[kind ?? 'unassigned'];
  const notes: ChangeNote[] = [];
  for (const [id, actor] of actors) {
    const old = before?.actors.get(id);
    const title = `“${titleOf(actor, id)}”`;
    if (!old) notes.push({ kind: 'added', text: `${title}, ${kindOf(actor)}, takes part.` });
    else if (old.kind !== actor.kind)
      notes.push({ kind: 'changed', text: `${title} was ${kindOf(old)} and is ${kindOf(actor)}.` });
    else if (titleOf(old, id) !== titleOf(actor, id))
      notes.push({ kind: 'changed', text: `“${titleOf(old, id)}” is now called ${title}.` });
  }
  for (const [id, { fields }] of actors) {
    const old = before?.actors.get(id);
    const [was, is] = [old?.fields.autonomy?.value, fields.autonomy?.value];
    if (!old || was === is) continue;
    const title = titleOf(actors.get(id), id);
    notes.push({ kind: 'changed', text: `“${title}”: the autonomy was “${was ?? 'none'}” and is “${is ?? 'none'}”.` });
  }
  for (const [id, actor] of before?.actors ?? [])
    if (!actors.has(id))
      notes.push({ kind: 'removed', text: `“${titleOf(actor, id)}”, ${kindOf(actor)}, no longer takes part.` });
  return notes;
}
