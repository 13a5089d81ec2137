/**
 * The evaluation of an agent is of another model, of another use, or too old: it says nothing about what is at work now.
 * Evaluate the model that is pinned, where it is used, and renew the evidence in time.
 */
import type { Analyses } from '../../analysis/analyses.ts';
import { type Actor, isAi, type Workflow } from '../../language/model.ts';
import type { Range } from '../../language/source.ts';
import type { FileFields } from '../../language/vocabulary.ts';
import { joined, quoted } from '../../language/wording.ts';
import { here, standsAt } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import type { Settings } from '../settings.ts';
import { euAiAct, iso42001, mgf, nistAiRmf, nistGenAi } from '../standards.ts';

export const evalEvidenceStale: Rule = {
  id: 'performance/eval-evidence-stale',
  severity: 'warning',
  summary: 'Evaluation evidence is of the model in use, of every context it is used in, and young enough.',
  seed: ['S6', 'S7'],
  clauses: [
    euAiAct('9(6)'),
    euAiAct('9(8)'),
    euAiAct('15(1)'),
    nistAiRmf('MEASURE 2.3'),
    nistAiRmf('MEASURE 2.5'),
    iso42001('A.6.2.4'),
    nistGenAi('MG-3.1-003'),
    mgf('2.3.2'),
  ],
  check(analyses, report, settings) {
    const { workflow } = analyses;
    const { fields } = workflow;
    const isHigh = fields?.risk?.tier?.value === 'high';
    for (const agent of agentsAtWork(analyses)) {
      const all = (fields?.evidence ?? []).filter(({ of }) => of?.name === agent.id);
      const judged = all.map((evidence) => ({ evidence, faults: faultsOf(evidence, agent, all, workflow, settings) }));
      // One that holds is enough; else the newest is the one to renew.
      if (judged.some(({ faults }) => faults.length === 0)) continue;
      const place = `actor:${agent.id}`;
      const [newest] = judged.sort((a, b) => (b.evidence.date?.value ?? 0) - (a.evidence.date?.value ?? 0));
      if (newest) {
        const { ref, $: origin } = newest.evidence;
        const range = newest.faults[0]?.range ?? origin.range;
        const isUnknown = newest.faults.every(({ isUnknown }) => isUnknown);
        report({
          range,
          place,
          message: `The evidence ${ref ? `'${ref.value}' ` : ''}for '${agent.id}' ${joined(newest.faults.map(({ words }) => words))}. Evaluate what is in use now, and state it.`,
          witness: newest.faults.flatMap((fault) => here(place, fault.range, fault.words)),
          severity: isHigh ? 'error' : 'warning',
          verdict: isUnknown ? 'unknown' : 'violation',
        });
      } else if (isHigh && !isHalfTyped(workflow)) {
        const range = standsAt(agent, workflow);
        report({
          range,
          place,
          message: `The risk of this workflow is high, and nothing shows that '${agent.id}' was evaluated. Add 'evidence' for it.`,
          witness: here(place, range, 'works here without evaluation evidence'),
          severity: 'error',
        });
      }
    }
  },
};

/** Agents that perform, take over or help somewhere a case comes. */
function agentsAtWork({ graph, workflow, reachability }: Analyses): readonly Actor[] {
  const atWork = graph.nodes
    .filter((node) => reachability.isReachable(node))
    .flatMap(({ performers, step }) => [...performers, ...(step?.assistants ?? [])]);
  return [...new Set(atWork)].filter((actor) => isAi(actor) && workflow.actors.get(actor.id) === actor);
}

function isHalfTyped({ fields }: Workflow): boolean {
  const { evidence, $: origin } = fields ?? {};
  if (!evidence) return origin?.keyRange('evidence') !== undefined;
  return evidence.some(({ of }) => of === undefined);
}

type Evidence = NonNullable<FileFields['evidence']>[number];

interface Fault {
  readonly range: Range;
  readonly words: string;
  readonly isUnknown?: boolean;
}

function faultsOf(
  evidence: Evidence,
  agent: Actor,
  all: readonly Evidence[],
  { fields }: Workflow,
  settings: Settings,
): readonly Fault[] {
  const { model, date, context, ref, $: origin } = evidence;
  const own = ref?.range ?? origin.range;
  const pinned = (agent.fields.model ?? []).flatMap(({ id, version }) =>
    id && version ? [`${id.value}@${version.value}`] : [],
  );
  const faults: Fault[] = [];
  if (pinned.length > 0 && !model && !origin.keyRange('model'))
    faults.push({ range: own, words: 'does not say of which model it is' });
  if (pinned.length > 0 && model && !pinned.includes(model.value))
    faults.push({
      range: model.range,
      words: `is of the model '${model.value}' and not of '${pinned.join("' or '")}'`,
    });
  // What other evidence of the same model shows counts as well.
  const shown = all.filter((other) => other.model?.value === model?.value).flatMap((other) => other.context ?? []);
  const missing = (fields?.context ?? []).filter(({ value }) => !shown.some((one) => one.value === value));
  if (missing.length > 0 && (context || !origin.keyRange('context'))) {
    const named = quoted(missing.map(({ value }) => value));
    faults.push({ range: origin.valueRange('context') ?? own, words: `does not name the context ${named}` });
  }
  const { today, parameters } = settings;
  if (today === undefined || parameters.maxEvidenceAge === undefined) return faults;
  const days = Math.floor(parameters.maxEvidenceAge / (24 * 60));
  if (!date && !origin.keyRange('date'))
    faults.push({
      range: own,
      words: `has no date, so whether it is older than ${days} days is not known`,
      isUnknown: true,
    });
  if (date && today - date.value > parameters.maxEvidenceAge * 60_000)
    faults.push({ range: date.range, words: `is older than ${days} days` });
  return faults;
}
