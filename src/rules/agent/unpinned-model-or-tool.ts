/**
 * A model or a tool of a server that can change overnight: it has no version, or one that moves, such as `latest`. What was
 * tested is then not what works. Name the exact version or digest.
 */
import { addEntry } from '../../language/edit.ts';
import { type Actor, isAi, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import type { Located, Range } from '../../language/source.ts';
import { here } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { euAiAct, finos, mgf, nistGenAi, owaspAgentic } from '../standards.ts';

export const unpinnedModelOrTool: Rule = {
  id: 'agent/unpinned-model-or-tool',
  severity: 'warning',
  summary: 'Every model, and every tool that a server offers, is named with a version that never changes.',
  seed: ['S16', 'S20'],
  clauses: [
    finos('MI-10'),
    finos('MI-20'),
    owaspAgentic('ASI04'),
    nistGenAi('GV-1.6-003'),
    euAiAct('15(1)'),
    mgf('2.3.1'),
  ],
  check({ workflow }, report) {
    for (const agent of workflow.actors.values()) {
      // An imported agent is checked in the file that declares it.
      if (!isAi(agent) || agent.uri !== workflow.file.uri) continue;
      checkModels(agent, workflow, report);
      checkTools(agent, report);
    }
  },
};

type Model = NonNullable<Actor['fields']['model']>[number];

function checkModels(agent: Actor, workflow: Workflow, report: Report): void {
  const said = new Set<number>();
  for (const model of agent.fields.model ?? []) {
    const { id, version, $: origin } = model;
    const moving = version && movingPart(version);
    const unstated = !version && !origin.keyRange('version') && id && !isExact(id.value);
    const range = moving ? version.range : unstated ? id.range : undefined;
    if (!range || said.has(range.start)) continue;
    said.add(range.start);
    const name = id ? ` '${id.value}'` : '';
    const fault = moving ? `'${version.value}' is no version but moves` : 'it has no version';
    const place = `actor:${agent.id}`;
    report({
      range,
      place,
      message: `The model${name} of '${agent.id}' can change unnoticed: ${fault}. Name the exact version.`,
      witness: here(place, range, fault),
      fixes: () => pin(model, workflow),
    });
  }
}

/** A tool without a server is built in, and changes with the agent itself. */
function checkTools(agent: Actor, report: Report): void {
  for (const { key, value: tool } of agent.fields.tools?.values() ?? []) {
    const { server, version, $: origin } = tool ?? {};
    const moving = [version, server].find((text) => text && movingPart(text));
    const unstated = server && !version && !origin?.keyRange('version') && !isExact(server.value);
    const range: Range | undefined = moving?.range ?? (unstated ? key.range : undefined);
    if (!range) continue;
    const fault = moving ? `'${moving.value}' moves` : `the server '${server?.value}' may offer another one any day`;
    const place = `actor:${agent.id}`;
    report({
      range,
      place,
      message: `The tool '${key.value}' of '${agent.id}' can change unnoticed: ${fault}. Name the exact version or digest.`,
      witness: here(place, range, fault),
    });
  }
}

const aliases = /^(latest|newest|current|stable|default|main|master|head|trunk|preview|beta|nightly|edge|lts|auto)$/i;

/** An alias, a range or a wildcard, also as the tag at the end of a name: `writer:latest`, `^2`, `1.x`. */
function movingPart({ value }: Located<string>): string | undefined {
  const tag = /(?:^|[:@])([^:@/]+)$/.exec(value.trim())?.[1] ?? value.trim();
  const isMoving = aliases.test(tag) || /-latest$/i.test(tag) || /^[\^~<>=]|[*|]|(^|\.)x(\.|$)/i.test(tag);
  return isMoving ? tag : undefined;
}

/** A name that carries a date, a digest or a tag of its own. */
function isExact(name: string): boolean {
  return /\d{4}-?\d{2}-?\d{2}|sha\d+[:-]|@v?\d|:v?\d+\.\d/i.test(name);
}

/** The version another agent of this file uses of the same model. */
function pin({ id, provider, version, $: origin }: Model, { actors, file }: Workflow): readonly Fix[] {
  const models = [...actors.values()].filter(({ uri }) => uri === file.uri).flatMap(({ fields }) => fields.model ?? []);
  const pinned = models.find(
    (other) =>
      id !== undefined &&
      other.id?.value === id.value &&
      other.provider?.value === provider?.value &&
      other.version !== undefined &&
      !movingPart(other.version),
  );
  const range = pinned?.version?.range;
  if (!range) return [];
  const text = file.text.slice(range.start, range.end);
  const edits = version
    ? [{ range: version.range, text }]
    : origin.node && addEntry(file.text, origin.node, 'version', text, 'id');
  return edits ? [{ title: `Pin it to ${text}, as elsewhere in this file`, edits, safety: 'meaning-changing' }] : [];
}
