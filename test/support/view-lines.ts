// The views of a workflow as lines that a test can compare, and the workflows of the project to make them from.
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Analyses, analyze } from '../../src/analysis/analyses.ts';
import { buildDiagram } from '../../src/diagram/build-diagram.ts';
import { dataView } from '../../src/diagram/data-view.ts';
import { handoffsView } from '../../src/diagram/handoffs-view.ts';
import { responsibilitiesView } from '../../src/diagram/responsibilities-view.ts';
import { checkConditions } from '../../src/language/conditions.ts';
import { parseFile } from '../../src/language/parse.ts';
import { type ProjectHost, resolveWorkflow } from '../../src/language/project.ts';
import { factInWords } from '../../src/picture/facts-in-words.ts';
import {
  type AiPart,
  type ChangeView,
  type DataFlowView,
  type DataUse,
  type HandoffsView,
  type ResponsibilitiesView,
  roles,
  type StepName,
  type TimeView,
} from '../../src/picture/views.ts';
import { pictureWords } from '../../src/picture/words.ts';

export const words = pictureWords((text) => text);

/** The three views that are drawn from one revision alone. */
export function viewsOf(analyses: Analyses) {
  const diagram = buildDiagram(analyses);
  return {
    handoffs: handoffsView(analyses, diagram),
    responsibilities: responsibilitiesView(analyses, diagram),
    data: dataView(analyses, diagram),
  };
}

const host: ProjectHost = {
  text(uri) {
    try {
      return readFileSync(new URL(uri), 'utf8');
    } catch {
      return undefined;
    }
  },
  file(uri) {
    const text = host.text(uri);
    return text === undefined ? undefined : parseFile(uri, text);
  },
};

export const projectWorkflows = ['examples', 'media/templates'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.aiwf.yaml'))
    .map((name) => `${folder}/${name}`),
);

export function analysesOfFile(path: string): Analyses {
  const uri = pathToFileURL(path).href;
  const { workflow } = resolveWorkflow(parseFile(uri, readFileSync(path, 'utf8')), host);
  return analyze(workflow, checkConditions(workflow));
}

/** `bot in draft -> anna in check: offer; at reject; confirmed within 1 hour; human-ai; exceptional`. */
export function handoffLines({ rows }: HandoffsView): readonly string[] {
  return rows.map((row) => {
    const who = (lane: string, several: readonly string[] | undefined, { id }: StepName) =>
      `${several?.join('|') ?? lane} in ${id}`;
    const parts = [
      row.gives.join(', ') || '-',
      ...(row.label ? [`at ${row.label}`] : []),
      ...row.contract.map((fact) => factInWords(fact, words.handoffs.contract, words)),
      row.kind,
      ...(row.exceptional ? ['exceptional'] : []),
    ];
    return `${who(row.from, row.senders, row.fromNode)} -> ${who(row.to, row.receivers, row.toNode)}: ${parts.join('; ')}`;
  });
}

/** `draft (ai-executed): anna accountable*, bot responsible`; `*` where it comes from the workflow. */
export function responsibilityLines({ rows }: ResponsibilitiesView): readonly string[] {
  return rows.map((row) => {
    const held = Object.entries(row.roles).flatMap(([actor, own]) =>
      roles
        .filter((role) => own.includes(role))
        .map((role) => `${actor} ${role}${role === 'accountable' && row.inherited ? '*' : ''}`),
    );
    const { mode, decides } = row.participation ?? {};
    const how = [mode, decides && `${decides} decides`].filter(Boolean).join(', ');
    return `${row.step}${how ? ` (${how})` : ''}: ${held.sort().join(', ')}`;
  });
}

/** One line of facts, one each of who writes and who reads, and one of where output of AI goes. */
export function dataLines({ rows }: DataFlowView): readonly string[] {
  return rows.flatMap(({ id, class: of, facts, writes, reads, ai }) => [
    [`${id}: ${of ?? 'no class'}`, ...facts.map((fact) => factInWords(fact, words.data.facts, words))].join('; '),
    ...(writes.length > 0 ? [`  in: ${usesShown(writes)}`] : []),
    ...(reads.length > 0 ? [`  out: ${usesShown(reads)}`] : []),
    ...(ai ? [`  ai: ${aiShown(ai)}`] : []),
  ]);
}

function usesShown(uses: readonly DataUse[]): string {
  return uses.map(({ actor, how, id }) => `${actor || '?'} ${how} in ${id}`).join(', ');
}

function aiShown({ madeIn, derivedIn, reaches }: AiPart): string {
  const ids = (steps: readonly StepName[]) => steps.map(({ id }) => id).join(', ');
  return [
    ...(madeIn.length > 0 ? [`made in ${ids(madeIn)}`] : []),
    ...(derivedIn.length > 0 ? [`derived in ${ids(derivedIn)}`] : []),
    ...reaches.map(({ id, lane, review }) => `${id} of ${lane} reviewed ${review}`),
  ].join('; ');
}

/** `draft 0-60 min of bot`, then limits as `Time limit 1h of draft: kept`, then what is not known. */
export function timeLines({ bars, limits, unknown }: TimeView): readonly string[] {
  const minutes = (time: number | undefined) => (time === undefined ? '?' : Math.round(time / 60_000));
  return [
    ...bars.map(
      ({ step, start, end, lane, isUnknown }) =>
        `${step} ${minutes(start)}-${minutes(end)} min of ${lane}${isUnknown ? ', not known' : ''}`,
    ),
    ...limits.map(
      ({ title, allowed, from, to, verdict, because, place }) =>
        `${title} ${allowed} of ${place}, ${minutes(from)}-${minutes(to)} min: ${verdict}${because ? `, ${because}` : ''}`,
    ),
    ...unknown.map(({ step, because }) => `unknown ${step}: ${because}`),
  ];
}

/** Nodes and edges with what happened to them, then the notes. */
export function changeLines({ base, nodes, edges, notes }: ChangeView): readonly string[] {
  return [
    `compared with ${base}`,
    ...Object.entries(nodes).map(([id, change]) => `node ${id} ${change}`),
    ...Object.entries(edges).map(([id, change]) => `edge ${id} ${change}`),
    ...notes.map(({ kind, text, node }) => `${kind} at ${node ?? '-'}: ${text}`),
  ];
}
