// What an AI that writes a workflow can ask: check it, explain a rule, describe the language, list the graph of a file.
// Read only. The same engine answers a language model in the editor and any client of the Model Context Protocol.

import type { Handoff } from '../analysis/handoffs.ts';
import { buildDiagram } from '../diagram/build-diagram.ts';
import type { DiagramModel } from '../diagram/diagram.ts';
import { problemCodes } from '../language/problem.ts';
import { didYouMean, suggest } from '../language/suggest.ts';
import { type CheckedFile, countFindings, placeOf } from '../report/checked-file.ts';
import { findingsAsData } from '../report/json.ts';
import { describeLanguage, languageKeys, languageTopics, wholeLanguage } from '../report/language-brief.ts';
import { problemFinding } from '../rules/lint.ts';
import { ruleById, rules } from '../rules/registry.ts';
import { docsUrl } from '../rules/rule.ts';
import type { Inspected } from '../service/documents.ts';

/** What the tools need of the place they run at. */
export interface AuthorHost {
  /** The file that a caller names, or why it is not read. It need not be there yet. */
  locate(file: string): { readonly uri: string } | { readonly reason: string };
  /** What a caller knows the file as. */
  nameOf(uri: string): string;
  /** A file as it is now, or with `text` in place of what it holds; undefined where it cannot be read. */
  inspect(uri: string, text?: string): Inspected | undefined;
  /** The page `docs/rules/<id>.md`. */
  rulePage(id: string): string | undefined;
  /** A rule that no page of ours describes: one that the project brings. */
  describeRule?(id: string): string | undefined;
}

/** `data` for programs, `text` for a prompt; or why there is no answer, in one or two sentences. */
export type AuthorAnswer = { readonly data: object; readonly text: string } | { readonly reason: string };

interface AuthorTool {
  readonly title: string;
  /** For the model: what comes back and when to ask. */
  readonly description: string;
  /** All are texts. */
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly required: boolean }>>;
  readonly run: (input: Input, host: AuthorHost) => AuthorAnswer;
}

type Input = Readonly<Record<string, string | undefined>>;

const fileInput = {
  description: 'Path of a file named *.aiwf.yaml, relative to the folder of the project.',
  required: false,
};
const textInput = {
  description:
    'The whole text of a workflow. With file, it stands in the place of what that file holds, so that its imports and the configuration of its folder count.',
  required: false,
};

export const authorTools: Readonly<Record<string, AuthorTool>> = {
  check: {
    title: 'Check a workflow',
    description:
      'Checks an AI workflow (*.aiwf.yaml) by text, by file, or as a text that will be that file. Returns every finding: rule, severity, verdict, message, range (lines and columns from 1), the path that proves it as witness, clauses of standards, and fixes as edits of the text; with counts. Check whatever you write, and again after each change, until there are no errors. Apply fixes with the safety safe as they are; those that are meaning-changing are decisions for the author.',
    inputs: { file: fileInput, text: textInput },
    run: check,
  },
  explain_rule: {
    title: 'Explain a rule',
    description:
      'The page of one rule of AI workflows, in Markdown: what it asks, why, a wrong and a right example, how to fix it, and the standards it comes from. Ask before you change a design because of a finding you do not understand.',
    inputs: {
      rule: { description: 'Id of a rule as findings give it, such as flow/unbounded-loop.', required: true },
    },
    run: explainRule,
  },
  describe_language: {
    title: 'Describe the language',
    description:
      'How AI workflows (*.aiwf.yaml) are written, in Markdown. Without a topic: the whole language in short, with an example; read it before you write a workflow. With a topic: one record, kind of step or actor, or key in detail.',
    inputs: {
      topic: {
        description:
          'overview, example, targets, outcomes, values, rules, configuration; a record (step, actor, data, start, branch, effect, …); a kind of step or actor (approval, agent, …); or any key (within, covers, …).',
        required: false,
      },
    },
    run: describe,
  },
  workflow_graph: {
    title: 'List the graph of a workflow',
    description:
      'What an AI workflow (*.aiwf.yaml) does, as data: lanes (who takes part), nodes (starts and steps with kind, performer and line), edges (kind, outcome or condition, whether work passes between people and AI), and handoffs with their contracts. Ask it to understand a flow or to see where a change belongs.',
    inputs: { file: fileInput, text: textInput },
    run: graph,
  },
};

/** Never throws for what a caller sends. */
export function runAuthorTool(name: string, input: unknown, host: AuthorHost): AuthorAnswer {
  const tool = Object.hasOwn(authorTools, name) ? authorTools[name] : undefined;
  if (!tool) return { reason: `There is no tool '${name}'.${didYouMean(suggest(name, Object.keys(authorTools)))}` };
  const read = readInput(input ?? {}, tool);
  return 'reason' in read ? read : tool.run(read.input, host);
}

function readInput(given: unknown, { inputs }: AuthorTool): { input: Input } | { reason: string } {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { reason: 'The input has to be an object.' };
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(inputs, name))
      return { reason: `There is no input '${name}'.${didYouMean(suggest(name, Object.keys(inputs)))}` };
    if (typeof value !== 'string') return { reason: `The input '${name}' has to be a text.` };
  }
  const input: Input = { ...given };
  const missing = Object.entries(inputs).find(([name, { required }]) => required && input[name] === undefined)?.[0];
  return missing === undefined ? { input } : { reason: `The input '${missing}' is missing.` };
}

export function notAWorkflow(file: string): string {
  return `${file} is no workflow: its name does not end in .aiwf.yaml or .aiwf.yml.`;
}

/** Name that a text without a file is reported by. */
const unnamed = 'untitled.aiwf.yaml';

function inspect({ file, text }: Input, host: AuthorHost): Inspected | { reason: string } {
  if (file === undefined && text === undefined) return { reason: "Give a 'file', a 'text', or both." };
  const place = host.locate(file ?? unnamed);
  if ('reason' in place) return place;
  const found = host.inspect(place.uri, text);
  return found ?? { reason: `${file} cannot be read: there is no such file, or it is not text.` };
}

function check(input: Input, host: AuthorHost): AuthorAnswer {
  const inspected = inspect(input, host);
  if ('reason' in inspected) return inspected;
  const { checked, configuration } = inspected;
  const { file, lint, uri } = checked;
  const name = host.nameOf(uri);
  const files: CheckedFile[] = [
    { path: name, text: file.text, lineStarts: file.lineStarts, profile: lint.profile, findings: lint.findings },
  ];
  // Settings that do not count are a reason why the findings are not what the author expects.
  for (const each of configuration ? [configuration, ...configuration.packs] : []) {
    if (each.problems.length === 0) continue;
    const findings = each.problems.map((problem) => problemFinding(problem, 'configuration'));
    files.push({ ...each, path: host.nameOf(each.uri), profile: [], findings });
  }
  const { errors, warnings, infos, unknown } = countFindings(files);
  const findings = findingsAsData(files);
  const violations = findings.length - unknown;
  const counts = { errors, warnings, infos, violations, unknown };
  return asJson({ version: 1, file: name, profile: lint.profile, counts, findings });
}

function explainRule({ rule = '' }: Input, host: AuthorHost): AuthorAnswer {
  const brought = host.describeRule?.(rule);
  if (brought !== undefined && !ruleById(rule))
    return { data: { rule, severity: null, documentation: null, text: brought }, text: brought };
  const found = findRule(rule);
  if (!('id' in found)) return { reason: `No rule is called '${rule}'.${didYouMean(found.meant)}` };
  const { id } = found;
  const known = ruleById(id);
  const documentation = docsUrl(id);
  const text = host.rulePage(id) ?? ruleInShort(id);
  return { data: { rule: id, severity: known?.severity ?? null, documentation, text }, text };
}

/** The id of a rule or of a problem of the text, which may be named without its category. */
export function findRule(name: string): { readonly id: string } | { readonly meant: string | undefined } {
  const known = [...rules.map(({ id }) => id), ...problemCodes];
  const id = known.find((candidate) => candidate === name) ?? known.find((candidate) => candidate.endsWith(`/${name}`));
  if (id !== undefined) return { id };
  const bare = suggest(
    name,
    known.map((candidate) => candidate.slice(candidate.indexOf('/') + 1)),
  );
  return { meant: suggest(name, known) ?? known.find((candidate) => candidate.endsWith(`/${bare}`)) };
}

/** What is known of a rule where its page is not at hand. */
export function ruleInShort(id: string): string {
  const rule = ruleById(id);
  return `# ${id}\n\n${rule ? `${rule.summary}\n\n` : ''}${docsUrl(id)}\n`;
}

function describe({ topic = wholeLanguage }: Input): AuthorAnswer {
  const found = describeLanguage(topic);
  if (found) return { data: { topic: found.topic, text: found.text }, text: found.text };
  const meant = suggest(topic, [...languageTopics(), ...languageKeys()]);
  const hint = meant === undefined ? ` Topics: ${languageTopics().join(', ')}; or any key.` : didYouMean(meant);
  return { reason: `The language has no '${topic}'.${hint}` };
}

function graph(input: Input, host: AuthorHost): AuthorAnswer {
  const inspected = inspect(input, host);
  if ('reason' in inspected) return inspected;
  const { file, lint, uri } = inspected.checked;
  const name = host.nameOf(uri);
  if (lint.workflow.library) return { reason: `${name} is a library: it declares what others use and has no flow.` };
  const picture = buildDiagram(lint.analyses);
  const lineOf = (offset: number) => placeOf({ ...file, path: name, profile: [], findings: [] }, offset).line;
  return asJson({
    version: 1,
    file: name,
    workflow: lint.workflow.id ?? null,
    title: picture.title,
    // A text that cannot be read to its end has a graph that may lack parts.
    complete: !file.broken,
    ...graphAsData(picture, lineOf),
    handoffs: lint.analyses.handoffs.map(handoffAsData),
  });
}

function graphAsData({ lanes, nodes, edges }: DiagramModel, lineOf: (offset: number) => number) {
  return {
    lanes: lanes.map(({ id, title, kind }) => ({ id, title, kind })),
    nodes: nodes.map(({ id, title, kind, lane, performer, scope, range, block }) => ({
      id,
      title,
      kind,
      lane,
      performer,
      scope: scope ?? null,
      line: lineOf(range.start),
      lastLine: lineOf(block.end),
    })),
    edges: edges.map(({ from, to, kind, label, handoff, range }) => ({
      from,
      to,
      kind,
      label: label ?? null,
      handoff,
      line: lineOf(range.start),
    })),
  };
}

function handoffAsData({ senders, receiver, path, terms, hasContract, betweenHumanAndAi }: Handoff) {
  const { payload, ack, acceptIf, ownerUntilAck, context } = terms;
  return {
    from: senders.map(({ id }) => id),
    to: receiver.performers.map(({ id }) => id),
    sentBy: path[0]?.from.step?.id ?? null,
    step: receiver.step?.id ?? null,
    betweenHumanAndAi,
    contract: hasContract
      ? {
          confirmed: ack !== undefined,
          payload: payload?.map(({ name, field }) => (field === undefined ? name : `${name}.${field}`)) ?? null,
          acceptIf: acceptIf?.text ?? null,
          ownerUntilAck: ownerUntilAck?.name ?? null,
          context: context?.map(({ value }) => value) ?? [],
        }
      : null,
  };
}

function asJson(data: object): AuthorAnswer {
  return { data, text: JSON.stringify(data) };
}
