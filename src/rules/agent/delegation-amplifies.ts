/**
 * An agent passes work to another one that may do more than it may itself, or more than the delegation grants: whoever
 * talks the first into something gets the rights of the second. Take the surplus away, or grant it on the way.
 */
import {
  type Amplification,
  amplifications,
  type Delegation,
  delegationsOf,
  grantName,
  isCovered,
  pairsOf,
} from '../../analysis/delegation.ts';
import { addItem } from '../../language/edit.ts';
import { isAi, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { quoted } from '../../language/wording.ts';
import { dropPermission } from '../drop-permission.ts';
import { here, standsAt } from '../evidence.ts';
import type { WitnessStep } from '../finding.ts';
import type { Report, Rule } from '../rule.ts';
import { mgf, mitreAtlas, owaspAgentic, owaspLlm } from '../standards.ts';

export const delegationAmplifies: Rule = {
  id: 'agent/delegation-amplifies',
  severity: 'error',
  summary:
    'Nobody who is passed work may do more with it than whoever passes it on may and grants, and for the same user.',
  seed: ['S18', 'S19'],
  starred: true,
  clauses: [
    owaspAgentic('ASI03'),
    owaspAgentic('ASI07'),
    owaspLlm('LLM03', 2026),
    mitreAtlas('M0027'),
    mitreAtlas('M0028'),
    mgf('2.1.2'),
  ],
  check(analyses, report) {
    const { workflow } = analyses;
    for (const amplification of analyses.derived(amplifications)) reportSurplus(amplification, workflow, report);
    for (const delegation of pairsOf(delegationsOf(workflow))) checkUser(delegation, workflow, report);
  },
};

/** What two declarations of another file do to each other is said in that file. */
function isOwn({ from, step }: Delegation, { file }: Workflow): boolean {
  return step !== undefined || from.uri === file.uri;
}

function reportSurplus({ delegation, excess, chain }: Amplification, workflow: Workflow, report: Report): void {
  if (!isOwn(delegation, workflow)) return;
  const { from, to, grants, mention } = delegation;
  const place = `actor:${from.id}`;
  const bound = chain[0]?.from ?? from;
  const names = quoted(excess);
  const reason = excess.some((name) => grants && !isCovered(name, grants))
    ? `the delegation grants ${grants?.size === 0 ? 'nothing' : `only ${quoted([...(grants ?? [])])}`}`
    : `'${bound.id}' may not`;
  report({
    range: mention.range,
    place,
    message: `'${from.id}' passes work to '${to.id}', which may use ${names}, but ${reason}. Take ${excess.length > 1 ? 'them' : 'it'} from '${to.id}', or give '${bound.id}' the same rights.`,
    witness: [
      ...chain.flatMap((link) => shown(link, workflow)),
      ...here(`actor:${to.id}`, standsAt(to, workflow, permissionRange(to, excess[0] ?? '')), `may use ${names}`),
    ],
    fixes: [...grantIt(delegation, excess, bound === from, workflow), ...takeIt(delegation, excess, workflow)],
  });
}

function shown(delegation: Delegation, workflow: Workflow): readonly WitnessStep[] {
  const { from, to, mention, step } = delegation;
  const range = step === undefined ? standsAt(from, workflow, mention.range) : mention.range;
  return here(step ?? `actor:${from.id}`, range, `'${from.id}' passes work to '${to.id}'`);
}

function permissionRange({ fields, range }: Delegation['to'], permission: string): Delegation['mention']['range'] {
  const grant = fields.grants?.find((reference) => grantName(reference) === permission);
  return fields.tools?.get(permission)?.key.range ?? grant?.range ?? range;
}

/** Work that is done for a user stays work for that user. */
function checkUser(delegation: Delegation, workflow: Workflow, report: Report): void {
  const { from, to, mention } = delegation;
  const [user, other] = [from.fields.onBehalfOf, to.fields.onBehalfOf];
  if (!isOwn(delegation, workflow) || !isAi(to) || !user || user.word || !other) return;
  if (!other.word && other.name === user.name) return;
  const self = other.word ? 'for itself' : `on behalf of '${other.name}'`;
  report({
    range: mention.range,
    place: `actor:${from.id}`,
    message: `'${from.id}' acts on behalf of '${user.name}' and passes work to '${to.id}', which acts ${self}: it may reach what '${user.name}' may not. Let '${to.id}' act on behalf of '${user.name}', too.`,
    witness: [
      ...shown(delegation, workflow),
      ...here(`actor:${to.id}`, standsAt(to, workflow, other.range), `acts ${self}`),
    ],
    fixes:
      to.uri === workflow.file.uri
        ? [
            {
              title: `Let '${to.id}' act on behalf of '${user.name}'`,
              edits: [{ range: other.range, text: user.name }],
              safety: 'meaning-changing',
            },
          ]
        : [],
  });
}

/** Where the delegator has what it does not grant. */
function grantIt(
  { from, to, entry, grants }: Delegation,
  excess: readonly string[],
  isDirect: boolean,
  { file }: Workflow,
): readonly Fix[] {
  const list = entry?.$.node?.entries.find(({ key }) => key.text === 'grants')?.value;
  const { tools, grants: own } = from.fields;
  const has = (name: string) => tools?.has(name) || own?.some((grant) => grantName(grant) === name);
  if (!isDirect || !grants || list?.kind !== 'list' || from.uri !== file.uri || !excess.every(has)) return [];
  const edits = addItem(file.text, list, excess);
  const title = `Grant ${quoted(excess)} to '${to.id}'`;
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}

/** One surplus right that no step names. */
function takeIt({ to }: Delegation, excess: readonly string[], workflow: Workflow): readonly Fix[] {
  const [permission] = excess;
  if (permission === undefined || excess.length > 1) return [];
  const isUsed = [...workflow.steps.values()].some(({ fields }) =>
    [...(fields.uses ?? []), ...(fields.effects ?? []).flatMap(({ rollback }) => rollback?.by ?? [])].some(
      (reference) => grantName(reference) === permission,
    ),
  );
  const edits = isUsed ? undefined : dropPermission(to, permission, workflow);
  return edits ? [{ title: `Take '${permission}' from '${to.id}'`, edits, safety: 'meaning-changing' }] : [];
}
