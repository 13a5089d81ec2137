/**
 * A person judges what comes from an AI, and the handoff does not say that they are shown what it proposes, on what
 * grounds, how sure it is, what it has done already and what it cannot do. Add the missing parts to `context`.
 */
import { completes } from '../../analysis/completion.ts';
import { pathOf, rootOf, type Write, writesOf } from '../../analysis/data-paths.ts';
import type { Handoff } from '../../analysis/handoffs.ts';
import { pathSteps } from '../../analysis/witness.ts';
import { addEntry } from '../../language/edit.ts';
import { addTo } from '../../language/groups.ts';
import { isAi, isJudgment, isPerson, type Step, type Workflow } from '../../language/model.ts';
import type { Contract } from '../../language/parts.ts';
import type { Fix } from '../../language/problem.ts';
import type { Range, TextEdit } from '../../language/source.ts';
import { joined } from '../../language/wording.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, mgf, nistAiRmf, owaspLlm } from '../standards.ts';

export const aiToHumanContext: Rule = {
  id: 'handoff/ai-to-human-context',
  severity: 'warning',
  summary:
    'Whoever judges the work of an AI is shown the proposal, its evidence and confidence, what was done and its limits.',
  seed: ['S5', 'S12'],
  starred: true,
  clauses: [
    euAiAct('13(1)'),
    euAiAct('14(4)(a)'),
    euAiAct('14(4)(c)'),
    mgf('2.2.2'),
    owaspLlm('LLM01', 2026),
    nistAiRmf('MAP 2.2'),
  ],
  check({ workflow, handoffs, reachability }, report) {
    const made = new Set(
      [...workflow.steps.values()].filter(isByAi).flatMap((step) => rootsOf(writesOf(step, workflow))),
    );
    const open = new Map<Step, Handoff[]>();
    for (const handoff of handoffs) {
      const { step } = handoff.receiver;
      const isReachable = handoff.path[0] && reachability.isReachable(handoff.path[0].from);
      if (!step || !isReachable || !isJudged(handoff) || isEmpty(handoff, made) || missingIn(handoff).length === 0)
        continue;
      addTo(open, step, handoff);
    }
    for (const [step, lacking] of open) {
      const missing = parts.filter((part) => lacking.some((handoff) => missingIn(handoff).includes(part)));
      const agents = [...new Set(lacking.flatMap(({ senders }) => senders.filter(isAi).map(({ id }) => `'${id}'`)))];
      const judges = step.performers.map(({ id }) => `'${id}'`);
      report({
        range: placeOf(step, lacking),
        place: step.id,
        message:
          `${joined(judges, 'or')} ${judges.length > 1 ? 'judge' : 'judges'} the work of ${joined(agents)} in '${step.id}', and the handoff ` +
          `does not say that the person is shown ${joined(missing.map((part) => meaning[part]))}. ` +
          `Add ${joined(missing)} to 'context'.`,
        witness: lacking.flatMap(({ path }) =>
          pathSteps(path, (node) => (node.step === step ? `without ${joined(missing)}` : '')),
        ),
        severity: workflow.fields?.risk?.tier?.value === 'high' ? 'error' : 'warning',
        fixes: () => showMore(step, lacking, missing, workflow),
        // A contract that says nothing is another fault than none.
        ...(lacking.some(({ hasContract }) => hasContract) ? {} : { root: `contract ${step.id}` }),
      });
    }
  },
};

const parts = ['proposal', 'evidence', 'confidence', 'actions', 'limits'] as const;
type Part = (typeof parts)[number];

const meaning: Readonly<Record<Part, string>> = {
  proposal: 'what it proposes',
  evidence: 'on what grounds',
  confidence: 'how sure it is',
  actions: 'what it has done already',
  limits: 'what it cannot do',
};

/** From an AI to a step in which people judge. A contract whose name resolves to nothing is reported as that. */
function isJudged({ senders, receiver: { step, performers }, isUnknown }: Handoff): boolean {
  return !isUnknown && senders.some(isAi) && performers.every(isPerson) && step !== undefined && isJudgment(step);
}

/** The AI has failed, and whoever judges then looks at nothing that an AI has made. */
function isEmpty({ path: [first], receiver: { step } }: Handoff, made: ReadonlySet<string>): boolean {
  if (!first || completes(first)) return false;
  const { reads = [], reviews = [], covers = [] } = step?.fields ?? {};
  const seen = [...reads, ...reviews, ...covers].map((one) => rootOf(pathOf(one)));
  return seen.length > 0 && !seen.some((data) => made.has(data));
}

function isByAi({ performers }: Step): boolean {
  return performers.some(isAi);
}

function rootsOf(writes: readonly Write[]): readonly string[] {
  return writes.map(({ out }) => rootOf(out));
}

function missingIn({ terms }: Handoff): readonly Part[] {
  const shown = new Set((terms.context ?? []).map(({ value }) => value));
  return parts.filter((part) => !shown.has(part));
}

/** The contract of the only edge at fault, else what the step accepts, else the step. */
function placeOf(step: Step, lacking: readonly Handoff[]): Range {
  const written = writtenFor(lacking);
  const own = written ?? (step.fields.accepts ? step.accepts : undefined);
  const context = own?.terms.find((terms) => terms.context)?.$.valueRange('context');
  return context ?? written?.range ?? step.fields.$.keyRange('accepts') ?? step.range;
}

function writtenFor(lacking: readonly Handoff[]): Contract | undefined {
  const contracts = lacking.map(({ path }) => path.findLast((edge) => edge.contract)?.contract);
  return contracts.every((contract) => contract === contracts[0]) ? contracts[0] : undefined;
}

/** The missing parts, at the contract that is in force; a default or named one gets them laid over it. */
function showMore(
  step: Step,
  lacking: readonly Handoff[],
  missing: readonly Part[],
  { file }: Workflow,
): readonly Fix[] {
  const { text } = file;
  const contract = writtenFor(lacking) ?? step.accepts;
  const title = `Show ${joined(missing)} as well`;
  const fix = (edits: readonly TextEdit[] | undefined): readonly Fix[] =>
    edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
  const terms = contract?.terms.find(({ context }) => context) ?? contract?.terms.at(-1);
  const isOwn = contract && (writtenFor(lacking) !== undefined || step.fields.accepts !== undefined);
  if (isOwn && terms?.$.node) {
    const value = terms.$.node.entries.find(({ key }) => key.text === 'context')?.value;
    const last = value?.kind === 'list' && value.flow ? value.items.at(-1) : undefined;
    if (last) return fix([{ range: { start: last.range.end, end: last.range.end }, text: `, ${missing.join(', ')}` }]);
    if (value) return [];
    return fix(addEntry(text, terms.$.node, 'context', `[${parts.join(', ')}]`));
  }
  const [name, ...more] = contract?.names ?? [];
  // In a list of names, or over terms that stand elsewhere, there is no one place to put it.
  if (!name || more.length > 0 || (contract?.terms.length ?? 0) > 0 || text[name.range.start - 1] === '[') return [];
  const value = `[${name.name}, { context: [${parts.join(', ')}] }]`;
  if (isOwn) return fix([{ range: name.range, text: value }]);
  return fix(step.fields.$.node && addEntry(text, step.fields.$.node, 'accepts', value));
}
