/**
 * A machine talks to a tool server or a vendor outside, and nothing says how the two know each other, how a change on the
 * way is seen, or what a message must look like: whoever gets in between gives the orders. Declare the `channel`.
 */
import { channelParts, missingParts, type ZoneMessage, zoneMessages } from '../../analysis/channels.ts';
import { addEntry } from '../../language/edit.ts';
import type { Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import type { MapNode } from '../../language/syntax.ts';
import { joined } from '../../language/wording.ts';
import { along, here } from '../evidence.ts';
import type { Report, Rule } from '../rule.ts';
import { finos, owaspAgentic } from '../standards.ts';

export const interagentUnauthenticated: Rule = {
  id: 'agent/interagent-unauthenticated',
  severity: 'warning',
  summary: 'Messages between machines and outside servers or vendors have authentication, integrity and a schema.',
  seed: ['S4'],
  clauses: [owaspAgentic('ASI07'), finos('MI-22'), finos('RI-28')],
  check(analyses, report) {
    checkTools(analyses.workflow, report);
    for (const message of zoneMessages(analyses)) checkMessage(message, analyses.graph.workflow, report);
  },
};

/** Tools of a server that reach outside; an imported agent is checked in the file that declares it. */
function checkTools(workflow: Workflow, report: Report): void {
  for (const actor of workflow.actors.values()) {
    if (actor.uri !== workflow.file.uri) continue;
    for (const { key, value: tool } of actor.fields.tools?.values() ?? []) {
      const reachesOut = tool?.external?.value === true || tool?.outbound?.value === true;
      if (!tool?.server || !reachesOut || (!tool.channel && tool.$.keyRange('channel'))) continue;
      const missing = channelParts.filter((part) => !tool.channel?.$.keyRange(part));
      if (missing.length === 0) continue;
      const place = `actor:${actor.id}`;
      const range = tool.$.keyRange('channel') ?? key.range;
      report({
        range,
        place,
        message: `'${key.value}' of '${actor.id}' talks to the server '${tool.server.value}' outside, over a channel without ${inWords(missing)}. Declare ${missing.length > 1 ? 'them' : 'it'} in 'channel'.`,
        witness: here(place, range, `declares no ${inWords(missing)}`),
        fixes: tool.channel ? [] : addChannel(tool.$.node, workflow),
      });
    }
  }
}

function checkMessage(message: ZoneMessage, workflow: Workflow, report: Report): void {
  const { step, machine, vendor, toVendor, channel, range, path, into } = message;
  const missing = missingParts(channel);
  if (missing?.length === 0) return;
  const [from, to] = toVendor ? [machine, vendor] : [vendor, machine];
  const ways = `Messages from '${from.id}' to '${to.id}' leave or enter the house at '${step.id}'`;
  const at = {
    range,
    place: step.id,
    witness:
      path.length > 0
        ? along(path, `'${to.id}' gets it here`)
        : here(step.id, range, `'${from.id}' sends it to '${to.id}'`),
  };
  if (missing === undefined) {
    const name = channel?.kind === 'scalar' ? ` '${channel.text}'` : '';
    report({
      ...at,
      message: `${ways} over the channel${name}, and whether it has ${inWords(channelParts)} is not known. State them in 'channel'.`,
      verdict: 'unknown',
    });
    return;
  }
  report({
    ...at,
    message: `${ways}, over a channel without ${inWords(missing)}. Declare ${missing.length > 1 ? 'them' : 'it'} in 'channel' of the contract or the event.`,
    fixes: channel ? [] : addChannel(into, workflow),
  });
}

const names: Readonly<Record<string, string>> = { auth: 'authentication', integrity: 'integrity', schema: 'a schema' };

function inWords(parts: readonly string[]): string {
  return joined(
    parts.map((part) => `${names[part]} ('${part}')`),
    'or',
  );
}

/** Common values to begin with. */
function addChannel(node: MapNode | undefined, { file }: Workflow): readonly Fix[] {
  const channel = '{ auth: mutual-tls, integrity: signed, schema: message-v1 }';
  const edits = node && addEntry(file.text, node, 'channel', channel);
  return edits ? [{ title: 'Add a channel to begin with', edits, safety: 'meaning-changing' }] : [];
}
