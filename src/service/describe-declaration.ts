// A declaration in short, for hover and completion: what it is, who answers for it, what governance turns on.
import { pathOf, rootOf, writesOf } from '../analysis/data-paths.ts';
import { variablesOf } from '../language/conditions.ts';
import type { Actor, Data, Step, Workflow } from '../language/model.ts';
import type { Resolution } from '../language/names.ts';
import { outcomesOf } from '../language/outcomes.ts';
import type { DeclarationKind, Reference, Target } from '../language/parts.ts';
import { baseName } from '../language/project.ts';
import { actorKinds, type StepFields, type StoreFields, sectionOf, stepKinds } from '../language/vocabulary.ts';
import { calendarsOf, durationWithHours } from './describe-duration.ts';
import { durationInWords, fieldInWords } from './describe-language.ts';
import { code, facts, paragraphs, plain } from './markdown.ts';

/** Markdown that says what `id` of `kind` is; undefined where it is not declared. */
export function declarationDocumentation(kind: DeclarationKind, id: string, workflow: Workflow): string | undefined {
  switch (kind) {
    case 'actor':
      return actorDocumentation(workflow.actors.get(id), workflow);
    case 'data':
      return dataDocumentation(id, workflow.data.get(id), workflow);
    case 'step':
      return stepDocumentation(workflow.steps.get(id), workflow);
    case 'store':
    case 'event':
    case 'calendar':
    case 'handoff':
    case 'policy':
      return otherDocumentation(kind, id, workflow);
    case 'tool':
      return toolDocumentation(id, workflow);
    case 'workflow':
    case 'metric':
      return undefined;
  }
}

/** One short line about a declaration, for the list of completions. */
export function declarationDetail(kind: DeclarationKind, id: string, workflow: Workflow): string {
  if (kind === 'actor') return workflow.actors.get(id)?.kind ?? 'actor';
  if (kind === 'data') return workflow.data.get(id)?.fields.class?.value ?? 'data';
  if (kind === 'step') return workflow.steps.get(id)?.kind ?? 'step';
  if (kind === 'event') return workflow.events.get(id)?.fields.kind?.value ?? 'event';
  if (kind === 'store') return workflow.stores.get(id)?.fields.kind?.value ?? 'store';
  return kind;
}

function actorDocumentation(actor: Actor | undefined, workflow: Workflow): string | undefined {
  if (!actor) return undefined;
  const { fields, kind } = actor;
  const holders = fields.holders;
  const model = fields.model?.[0];
  return paragraphs(
    heading(actor.id, kind ? `${kind}: ${actorKinds[kind]}` : 'actor'),
    fields.title && `**${plain(fields.title.value)}**`,
    fields.description && plain(fields.description.value),
    facts([
      ['Sponsor', kind === 'agent' ? (mention(fields.sponsor) ?? '**none**') : undefined],
      ['Autonomy', fields.autonomy?.value],
      [
        'Model',
        model &&
          [model.provider, model.id, model.version].flatMap((part) => (part ? [plain(part.value)] : [])).join(' '),
      ],
      ['Identity', fields.identity && code(fields.identity.value)],
      ['Team', mention(fields.team)],
      ['Lead', mention(fields.lead)],
      ['Holders', holders && ('value' in holders ? String(holders.value) : `${holders.length} named`)],
      ['Authority', authorityOf(fields.authority)],
      ['Calendar', mention(fields.calendar)],
      ['Backup', mention(fields.backup)],
      ['Fallback', mention(fields.fallback)],
      ['Clearance', fields.clearance?.max?.value],
      ['Tools', fields.tools && [...fields.tools.keys()].slice(0, 12).map(code).join(', ')],
    ]),
    declaredIn(actor.uri, workflow),
  );
}

/** Which outcomes a role may take; an outcome that is not named is none of them. */
function authorityOf(authority: Actor['fields']['authority']): string | undefined {
  if (!authority) return undefined;
  const outcomes = [...authority.values()].map(({ key, value }) => {
    const condition = value?.text.trim() ?? '';
    if (condition === 'true' || condition === '') return code(key.value);
    return condition === 'false' ? `not ${code(key.value)}` : `${code(key.value)} if ${code(condition)}`;
  });
  return outcomes.length > 0 ? outcomes.slice(0, 8).join(', ') : 'none';
}

function dataDocumentation(id: string, data: Data | undefined, workflow: Workflow): string | undefined {
  const variable = variablesOf(workflow).get(id);
  if (!data) return variable && paragraphs(heading(id, 'element of a `for-each`'), fieldInWords(variable));
  const { fields } = data;
  const shown = [...(variable?.fields?.values() ?? [])].slice(0, 15);
  const writers = [...workflow.steps.values()]
    .filter((step) => writesOf(step, workflow).some(({ out }) => rootOf(out) === id))
    .map((step) => code(step.id));
  return paragraphs(
    heading(id, 'data'),
    fields.title && `**${plain(fields.title.value)}**`,
    fields.description && plain(fields.description.value),
    facts([
      ['Class', fields.class?.value ?? 'not stated'],
      ['Trust', fields.trust?.value],
      ['Origin', fields.origin?.map(({ value }) => value).join(', ')],
      ['Store', mention(fields.store)],
      ['Written by', writers.slice(0, 8).join(', ')],
    ]),
    shown.length > 0
      ? `Fields:\n${facts(shown.map((field) => [code(field.name.value), fieldInWords(field)]))}`
      : undefined,
    declaredIn(data.uri, workflow),
  );
}

function stepDocumentation(step: Step | undefined, workflow: Workflow): string | undefined {
  if (!step) return undefined;
  const performers = (step.fields.by ?? []).map(({ name }) => {
    const kind = workflow.actors.get(name)?.kind;
    return kind ? `${code(name)} (${kind})` : code(name);
  });
  const outcomes = outcomesOf(step, step.performers, workflow).map(({ name }) => {
    const target = step.handlers.get(name)?.target;
    return `${code(name)}${target ? ` → ${targetInWords(target)}` : ''}`;
  });
  return paragraphs(
    heading(step.id, step.kind ? `${step.kind}: ${stepKinds[step.kind]}` : 'step'),
    step.title === step.id ? undefined : `**${plain(step.title)}**`,
    step.fields.description && plain(step.fields.description.value),
    facts([
      ['By', performers.join(', ')],
      ['Mode', step.fields.mode?.value],
      ['Deadline', deadlineOf(step, workflow)],
      ['Waits for', durationOf(step.fields.for)],
      ['Next', step.fields.next && targetInWords(step.fields.next)],
      ['Outcomes', outcomes.join(', ')],
      ['In scope', step.scope && code(step.scope.id)],
    ]),
  );
}

/** With what it is in working time, where it comes from and where work goes then. */
function deadlineOf(step: Step, workflow: Workflow): string | undefined {
  const { within } = step;
  if (!within || !('parts' in within.value)) return undefined;
  const inherited = step.fields.within === undefined ? ', by the defaults' : '';
  const target = step.handlers.get('timeout')?.target;
  const then = target ? `, then ${targetInWords(target)}` : '';
  return `${durationWithHours(within.value, calendarsOf(step, workflow))}${inherited}${then}`;
}

/** Where a target leads, in a few words. */
export function targetInWords(target: Target): string {
  if (target.kind === 'step') return code(target.step.name);
  if (target.kind === 'link') return target.link.to ? targetInWords(target.link.to) : '…';
  const ways = target.links.flatMap(({ to }) => (to ? [targetInWords(to)] : []));
  return [...new Set(ways)].slice(0, 6).join(target.mode === 'parallel' ? ' and ' : ' or ');
}

function otherDocumentation(
  kind: 'store' | 'event' | 'calendar' | 'handoff' | 'policy',
  id: string,
  workflow: Workflow,
): string | undefined {
  if (kind === 'handoff') {
    const contract = workflow.handoffs.get(id);
    if (!contract) return undefined;
    const { payload, ack, ownerUntilAck } = contract.fields;
    return paragraphs(
      heading(id, 'handoff contract'),
      facts([
        ['Payload', mentions(payload)],
        ['Confirmed within', durationOf(ack)],
        ['Owner until then', mention(ownerUntilAck)],
      ]),
      declaredIn(contract.uri, workflow),
    );
  }
  const declared = workflow[sectionOf[kind]].get(id);
  if (!declared) return undefined;
  const { fields } = declared;
  return paragraphs(
    heading(id, 'kind' in fields && fields.kind ? `${fields.kind.value} ${kind}` : kind),
    fields.title && `**${plain(fields.title.value)}**`,
    fields.description && plain(fields.description.value),
    facts([
      ['From', 'from' in fields ? mention(fields.from) : undefined],
      ['Gives', 'gives' in fields ? mentions(fields.gives) : undefined],
      ['Kept', 'retain' in fields ? retention(fields.retain) : undefined],
      ['Writers', 'writers' in fields ? mentions(fields.writers) : undefined],
      ['Zone', 'zone' in fields && fields.zone ? plain(fields.zone.value) : undefined],
      ['Admits', 'admits' in fields ? fields.admits?.map(({ value }) => code(value)).join(', ') : undefined],
      ['Owner', 'owner' in fields ? mention(fields.owner) : undefined],
    ]),
    declaredIn(declared.uri, workflow),
  );
}

function retention(retain: StoreFields['retain']): string | undefined {
  if (!retain) return undefined;
  if ('value' in retain) return durationOf(retain);
  const [least, most] = [durationOf(retain.min), durationOf(retain.max)];
  return [least && `at least ${least}`, most && `at most ${most}`].filter(Boolean).join(', ');
}

/** Undefined where it is only known when a case runs. */
function durationOf(time: StepFields['within']): string | undefined {
  return time && 'parts' in time.value ? durationInWords(time.value) : undefined;
}

function toolDocumentation(id: string, workflow: Workflow): string | undefined {
  for (const actor of workflow.actors.values()) {
    const tool = actor.fields.tools?.get(id);
    if (!tool) continue;
    return paragraphs(
      heading(id, `tool of ${code(actor.id)}`),
      facts([
        ['Effect', tool.value?.effect?.value ?? 'irreversible (default)'],
        ['External', tool.value?.external?.value ? 'yes' : undefined],
        ['Scope', tool.value?.scope && plain(tool.value.scope.value)],
        ['Returns', mentions(tool.value?.returns)],
      ]),
      declaredIn(actor.uri, workflow),
    );
  }
  return undefined;
}

function heading(id: string, what: string): string {
  return `${code(id)} — ${what}`;
}

function mention(reference: Reference | undefined): string | undefined {
  return reference && code(pathOf(reference));
}

function mentions(references: readonly Reference[] | undefined): string | undefined {
  return references
    ?.slice(0, 12)
    .flatMap((reference) => mention(reference) ?? [])
    .join(', ');
}

function declaredIn(uri: Resolution['uri'], workflow: Workflow): string | undefined {
  return uri === workflow.file.uri ? undefined : `Declared in ${code(baseName(uri))}.`;
}
