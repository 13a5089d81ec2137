// Decisions about someone: where they are made, about whom, how grave they are, and which AI had a part in them.
import { addTo } from '../language/groups.ts';
import type { Step, Workflow } from '../language/model.ts';
import { type DataPath, overlap, pathOf, rootOf, sourcesOf, writesOf } from './data-paths.ts';
import { agentsIn } from './logging.ts';

/** One decision about one person or party. */
export interface Decision {
  readonly step: Step;
  /** Id of whom it is about; the actor may be missing. */
  readonly subject: string;
  /** It has a legal or similarly significant effect. */
  readonly significant: boolean;
  /** The first AI that had a part in it: at the step itself, or by writing what the decision derives from. */
  readonly byAi: AiPart | undefined;
}

export interface AiPart {
  readonly step: Step;
  readonly agent: string;
  /** What it wrote; the subject of the decision itself where it takes part in that. */
  readonly path: DataPath | undefined;
}

/** Judgments with a `subject`, and effects of the kind `decision` with one; a step and subject once. */
export function decisionsAbout(workflow: Workflow): readonly Decision[] {
  return workflow.derived(allDecisions);
}

function allDecisions(workflow: Workflow): readonly Decision[] {
  return [...workflow.steps.values()].flatMap((step) => {
    const { subject, significance, effects = [] } = step.fields;
    const found = new Map<string, boolean>();
    const add = (id: string, weight: string | undefined) =>
      found.set(id, found.get(id) === true || weight === 'legal' || weight === 'significant');
    if (subject && step.kind !== 'contest') add(subject.name, significance?.value);
    for (const effect of effects)
      if (effect.kind?.value === 'decision' && effect.subject) add(effect.subject.name, effect.significance?.value);
    return [...found].map(([id, significant]) => ({
      step,
      subject: id,
      significant,
      byAi: aiPartsIn(step, workflow)[0],
    }));
  });
}

/** Every step with an AI that had a part in what `step` decides, the step itself first. */
export function aiPartsIn(step: Step, workflow: Workflow): readonly AiPart[] {
  const own = agentsIn(step, workflow)[0];
  const consumed = consumedBy(step);
  const sources = new Set(consumed.flatMap((path) => [path, ...sourcesOf(path, workflow)]));
  const written = workflow.derived(writtenByAi);
  const authors = [...sources].flatMap((path) =>
    (written.get(rootOf(path)) ?? []).filter((part) => part.path !== undefined && overlap(part.path, path)),
  );
  const parts = authors.filter((part) => part.step !== step);
  return [...(own ? [{ step, agent: own.id, path: undefined }] : []), ...new Set(parts)];
}

function consumedBy({ fields }: Step): readonly DataPath[] {
  const { reads = [], reviews = [], covers = [], effects = [] } = fields;
  const used = effects.flatMap(({ uses = [], amount }) => [...uses, ...(amount ? [amount] : [])]);
  return [...reads, ...reviews, ...covers, ...used].map(pathOf);
}

function writtenByAi(workflow: Workflow): ReadonlyMap<string, readonly AiPart[]> {
  const found = new Map<string, AiPart[]>();
  for (const step of workflow.steps.values()) {
    const agent = agentsIn(step, workflow)[0];
    if (!agent) continue;
    for (const { out } of writesOf(step, workflow)) addTo(found, rootOf(out), { step, agent: agent.id, path: out });
  }
  return found;
}
