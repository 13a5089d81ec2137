// Who was told that an AI takes part, and which AI meets a person, or works toward a decision about them, before that.
import { groupBy } from '../language/groups.ts';
import { type Actor, isAi, isHuman, isPerson, type Step, type Workflow } from '../language/model.ts';
import type { Analyses } from './analyses.ts';
import { completes } from './completion.ts';
import { overlap, pathOf, rootOf, writesOf } from './data-paths.ts';
import { aiPartsIn, decisionsAbout } from './decisions-about.ts';
import { type Effect, effectsOf } from './effects.ts';
import type { FlowEdge, FlowNode } from './flow-graph.ts';
import { agentsIn } from './logging.ts';
import { outcomeFacts } from './outcome-facts.ts';
import { shortestPath } from './reachability.ts';
import { saysOf } from './recorded-words.ts';

/** A person whom an AI meets, or about whom it helps to decide, and who has not been told on some path. */
export interface Undisclosed {
  readonly person: Actor;
  readonly contact: Contact;
  readonly node: FlowNode;
  /** A shortest path to it on which nobody tells the person. */
  readonly path: readonly FlowEdge[];
  /** The edges by which it is entered first and on which the person may not have been told. */
  readonly open: readonly FlowEdge[];
  /** Every other contact that comes without a word comes behind this one, so telling the person here is enough. */
  readonly isFirstOfAll: boolean;
}

/** One point at which an AI has to do with a person. */
export interface Contact {
  readonly step: Step;
  readonly person: string;
  readonly agent: string;
  /** It writes to the person itself, its words go out unseen, or it works toward the decision of another step. */
  readonly how: 'message' | 'unseen-words' | 'decision';
  /** The step that decides; the same one where the AI takes part in it. */
  readonly decides: Step | undefined;
}

/** At most one entry a person: the contact nearest to the start that a path reaches without a word about the AI. */
export function undisclosed(analyses: Analyses): readonly Undisclosed[] {
  const { graph, dominators, reachability } = analyses;
  const { workflow } = graph;
  const byPerson = groupBy(contactsIn(workflow), ({ person }) => person);
  return [...byPerson].flatMap(([id, contacts]): readonly Undisclosed[] => {
    const person = workflow.actors.get(id);
    if (!person) return [];
    const tells = (edge: FlowEdge) => completes(edge) && edge.from.step !== undefined && discloses(edge.from.step, id);
    const told = graph.edges.map((edge) => (tells(edge) ? 1 : 0));
    const facts = outcomeFacts(analyses, told, []);
    const open = contacts
      .filter(({ step }) => !discloses(step, id))
      .flatMap((contact) => graph.nodesOf(contact.step).map((node) => ({ contact, node })))
      .filter(({ node }) => Number.isFinite(reachability.distanceTo(node)) && (facts.at(node) & 1) === 0)
      .filter(({ contact, node }) => contact.how !== 'message' || node.performers.some(isAi))
      .sort((a, b) => reachability.distanceTo(a.node) - reachability.distanceTo(b.node));
    const [first] = open;
    if (!first) return [];
    const { node } = first;
    const path = shortestPath(
      [graph.root],
      (other) => other === node,
      (edge) => !tells(edge) && passes(edge),
    );
    // What comes back to it has passed it before.
    const entries = node.in.filter(
      (edge) => passes(edge) && (facts.along(edge) & 1) === 0 && !dominators.dominates(node, edge.from),
    );
    const isFirstOfAll = open.every((other) => dominators.dominates(node, other.node));
    return path ? [{ person, ...first, path, open: entries, isFirstOfAll }] : [];
  });
}

function passes({ kind, to }: FlowEdge): boolean {
  return kind !== 'message' || to.kind === 'start';
}

/** A `disclose` step to the person, or any other step that says to them that an AI takes part. */
function discloses({ kind, fields: { to, says = [] } }: Step, person: string): boolean {
  if (to?.name !== person) return false;
  const names = says.map(({ value }) => value);
  return kind === 'disclose' || saysOf(names, 'ai') === 'yes';
}

function contactsIn(workflow: Workflow): readonly Contact[] {
  return [...messages(workflow), ...decisions(workflow)];
}

/** Messages to someone outside that an AI sends, or that software sends with words of an AI that nobody judges. */
function messages(workflow: Workflow): readonly Contact[] {
  const judged = workflow.derived(judgedData);
  return [...workflow.steps.values()].flatMap((step) => {
    const agents = agentsAtWork(step, workflow);
    const bySoftware = step.performers.length > 0 && step.performers.every(({ kind }) => kind === 'system');
    return receivers(step, workflow).flatMap(({ person, effect }): readonly Contact[] => {
      const [agent] = agents;
      const contact = { step, person, decides: undefined };
      if (agent) return [{ ...contact, agent: agent.id, how: 'message' }];
      if (!bySoftware) return [];
      const author = wordsOfAi(effect, workflow).find(({ root }) => !judged.has(root));
      return author ? [{ ...contact, agent: author.agent, how: 'unseen-words' }] : [];
    });
  });
}

/** Who performs, or stands in for someone who does; whoever only assists meets nobody. */
function agentsAtWork(step: Step, workflow: Workflow): readonly Actor[] {
  return agentsIn(step, workflow).filter(
    (agent) => !step.assistants.includes(agent) || step.performers.includes(agent),
  );
}

function receivers(step: Step, workflow: Workflow): readonly { person: string; effect: Effect }[] {
  const { effects = [], emits = [] } = step.fields;
  const all = effectsOf(step, workflow);
  const declared = effects.flatMap(({ kind, to }, i) => {
    const effect = all[i];
    return kind?.value === 'message' && to && effect ? [{ person: to.name, effect }] : [];
  });
  const emitted = emits.flatMap(({ name, range }) => {
    const effect = all.slice(effects.length).find((other) => other.range === range);
    const to = workflow.events.get(name)?.fields.to;
    return effect && to ? [{ person: to.name, effect }] : [];
  });
  return [...declared, ...emitted].filter(({ person }) => workflow.actors.get(person)?.kind === 'external');
}

/** What an effect sends that an AI has written as it is. */
function wordsOfAi({ consumes }: Effect, workflow: Workflow): readonly { agent: string; root: string }[] {
  return [...workflow.steps.values()].flatMap((step) => {
    const agent = step.performers.find(isAi);
    if (!agent) return [];
    const sent = writesOf(step, workflow).filter(({ out }) => consumes.some((path) => overlap(out, path)));
    return sent.map(({ out }) => ({ agent: agent.id, root: rootOf(out) }));
  });
}

/** Data that people look at, or write themselves, anywhere in the workflow: its words are theirs as well. */
function judgedData(workflow: Workflow): ReadonlySet<string> {
  const roots = [...workflow.steps.values()]
    .filter(({ performers }) => performers.some(isPerson))
    .flatMap((step) => {
      const { covers = [], reviews = [] } = step.fields;
      return [...[...covers, ...reviews].map(pathOf), ...writesOf(step, workflow).map(({ out }) => out)].map(rootOf);
    });
  return new Set(roots);
}

/** Work of an AI toward a decision about a person: at the step that decides, and where its material is written. */
function decisions(workflow: Workflow): readonly Contact[] {
  return decisionsAbout(workflow).flatMap(({ step, subject }): readonly Contact[] => {
    const person = workflow.actors.get(subject);
    if (!person || !(person.kind === 'external' || isHuman(person))) return [];
    return aiPartsIn(step, workflow).map((part) => ({
      step: part.step,
      person: subject,
      agent: part.agent,
      how: 'decision',
      decides: step,
    }));
  });
}
