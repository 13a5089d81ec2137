/**
 * Work changes hands without a contract: nobody confirms that it arrived, so it can be lost between two owners.
 * Say on the edge, or for all incoming edges under `accepts`, what is handed over and how soon it is confirmed (`ack`).
 */
import { pathOf } from '../../analysis/data-paths.ts';
import type { Handoff } from '../../analysis/handoffs.ts';
import { pathSteps } from '../../analysis/witness.ts';
import { addBlock, addEntry } from '../../language/edit.ts';
import { addTo } from '../../language/groups.ts';
import { isAi, type Step, type Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { joined, quoted } from '../../language/wording.ts';
import type { Report, Rule } from '../rule.ts';
import { iso42001, nistAiRmf } from '../standards.ts';
import { stepsInWords } from '../visibility/log-report.ts';

export const contractRequired: Rule = {
  id: 'handoff/contract-required',
  severity: 'warning',
  summary:
    'Where work passes to another kind of performer, team or trust zone, a contract says what and how soon it is confirmed.',
  seed: ['S4', 'S12'],
  starred: true,
  clauses: [nistAiRmf('GOVERN 3.2'), nistAiRmf('MAP 2.2'), iso42001('A.10.2')],
  specializes: ['handoff/ai-to-human-context'],
  check({ workflow, handoffs, reachability }, report) {
    const open = new Map<Step, Handoff[]>();
    for (const handoff of handoffs) {
      const { receiver, terms, path, isUnknown } = handoff;
      const reachable = path[0] && reachability.isReachable(path[0].from);
      // A contract whose name resolves to nothing is reported as that.
      if (!receiver.step || !reachable || isUnknown || terms.ack || terms.auto?.value) continue;
      addTo(open, receiver.step, handoff);
    }
    if (open.size > 1 && !handoffs.some(({ hasContract }) => hasContract) && !workflow.fields?.defaults?.accepts) {
      reportNone(open, workflow, report);
      return;
    }
    for (const [step, missing] of open) {
      const first = missing[0];
      if (!first) continue;
      const senders = [...new Set(missing.flatMap(({ senders: actors }) => actors.map(({ id }) => `'${id}'`)))];
      const receivers = quoted(
        first.receiver.performers.map(({ id }) => id),
        'or',
      );
      const partial = missing.every(({ hasContract }) => hasContract);
      const fault = partial ? "a contract that sets no 'ack', so it does not count" : 'no contract';
      report({
        range: step.fields.$.keyRange('accepts') ?? step.range,
        place: step.id,
        message: `'${step.id}' gets work from ${joined(senders)} with ${fault}; it is performed by ${receivers}. Set 'ack' in 'accepts' or on the edge.`,
        witness: missing.flatMap((handoff) => witnessOf(handoff, step)),
        severity: severityOf(missing, workflow),
        fixes: () => skeleton(step, workflow),
        root: `contract ${step.id}`,
      });
    }
  },
};

/** A design that has no contract yet lacks one thing, however many handoffs it has. */
function reportNone(open: ReadonlyMap<Step, readonly Handoff[]>, workflow: Workflow, report: Report): void {
  const { fields, file } = workflow;
  const steps = [...open.keys()];
  const { root, text } = file;
  const isOwn = root?.kind === 'map' && !root.entries.some(({ key }) => key.text === 'defaults');
  const before = isOwn ? root.entries.findIndex(({ key }) => key.text === 'start' || key.text === 'steps') : -1;
  const lines = ['defaults:', '  accepts: { ack: 1d }'];
  const edits = isOwn && before > 0 ? addBlock(text, root, lines, root.entries[before - 1]?.key.text) : undefined;
  report({
    range: fields?.$.keyRange('workflow') ?? steps[0]?.range ?? { start: 0, end: 0 },
    place: 'workflow',
    message: `${stepsInWords(steps)} get work from another kind of performer, team or trust zone, and no handoff has a contract. Set 'ack' in 'accepts' under 'defaults', or at each of them.`,
    witness: [...open].flatMap(([step, missing]) => missing.flatMap((handoff) => witnessOf(handoff, step))),
    severity: severityOf([...open.values()].flat(), workflow),
    fixes: edits ? [{ title: 'Expect a confirmation within 1 day everywhere', edits, safety: 'meaning-changing' }] : [],
    root: steps.map(({ id }) => `contract ${id}`),
  });
}

function witnessOf({ path, senders }: Handoff, step: Step) {
  const names = quoted(
    senders.map(({ id }) => id),
    'or',
  );
  return pathSteps(path, (node) => (node.step === step ? `${names} hands over here` : ''));
}

function severityOf(missing: readonly Handoff[], { fields }: Workflow) {
  return fields?.risk?.tier?.value === 'high' && missing.some(touchesAi) ? 'error' : 'warning';
}

function touchesAi({ senders, receiver }: Handoff): boolean {
  return senders.some(isAi) || receiver.performers.some(isAi);
}

/** A contract made of what the receiver reads. */
function skeleton(step: Step, { file }: Workflow): readonly Fix[] {
  const { node } = step.fields.$;
  if (!node) return [];
  const existing = node.entries.find(({ key }) => key.text === 'accepts')?.value;
  const title = `Expect a confirmation within 1 day`;
  if (existing?.kind === 'map') {
    const edits = addEntry(file.text, existing, 'ack', '1d');
    return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
  }
  if (existing) return [];
  const payload = (step.fields.reads ?? []).map(pathOf);
  const terms = payload.length > 0 ? `{ payload: [${payload.join(', ')}], ack: 1d }` : '{ ack: 1d }';
  const edits = addEntry(file.text, node, 'accepts', terms);
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}
