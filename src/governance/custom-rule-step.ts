// What custom rules see of a step, and of what lies around it on the paths of the workflow.
import type { Analyses } from '../analysis/analyses.ts';
import { writesOf } from '../analysis/data-paths.ts';
import { effectsOf } from '../analysis/effects.ts';
import type { FlowNode } from '../analysis/flow-graph.ts';
import { logOf } from '../analysis/logging.ts';
import { isJudgment, type Step } from '../language/model.ts';
import { outcomesOf } from '../language/outcomes.ts';
import {
  actorOf,
  actorsOf,
  always,
  dataOf,
  maybe,
  minutesOf,
  namesOf,
  type Subjects,
  type TypeTable,
  values,
} from './custom-rule-field.ts';

const undeclared = 'where one that is named is not declared';

export const stepTable: TypeTable<Subjects['Step']> = {
  doc: 'A step.',
  fields: {
    id: always('string', 'Its id.', ({ id }) => id),
    kind: maybe(
      'string',
      'task, review, approval, decision, contest, wait, disclose, route, scope, call or end.',
      ({ kind }) => kind,
    ),
    title: always('string', 'Its title, else its id.', ({ title }) => title),
    description: maybe('string', 'Its description.', ({ fields }) => fields.description?.value),
    phase: maybe('string', 'Phase it belongs to.', ({ fields }) => fields.phase?.value),
    scope: maybe('Step', 'The scope step around it.', ({ scope }) => scope, 'outside of scopes'),
    by: maybe(
      'list<Actor>',
      'Who performs it.',
      ({ fields }, { workflow }) => actorsOf(fields.by, workflow),
      undeclared,
    ),
    assistedBy: maybe(
      'list<Actor>',
      'Who helps and does not decide.',
      ({ fields }, { workflow }) => actorsOf(fields.assistedBy, workflow),
      undeclared,
    ),
    decides: maybe('Actor', 'Who has the last word.', ({ fields }, { workflow }) => actorOf(fields.decides, workflow)),
    accountable: maybe(
      'list<Actor>',
      'Who answers for the result, the accountable of the workflow where it names none.',
      ({ fields }, { workflow }) => actorsOf(fields.accountable ?? workflow.fields?.accountable, workflow),
      undeclared,
    ),
    consulted: maybe(
      'list<Actor>',
      'Who is asked.',
      ({ fields }, { workflow }) => actorsOf(fields.consulted, workflow),
      undeclared,
    ),
    informed: maybe(
      'list<Actor>',
      'Who is told.',
      ({ fields }, { workflow }) => actorsOf(fields.informed, workflow),
      undeclared,
    ),
    delegatesTo: maybe(
      'list<Actor>',
      'Agents the performer may pass the work to.',
      ({ fields }, { workflow }) => actorsOf(fields.delegatesTo, workflow),
      undeclared,
    ),
    mode: maybe('string', 'ai-executed, ai-augmented or collaborative.', ({ fields }) => fields.mode?.value),
    needs: always('list<string>', 'Capabilities the performer must have.', ({ fields }) => values(fields.needs)),
    uses: maybe('list<string>', 'Tools and grants it names.', ({ fields: { uses } }) => uses && namesOf(uses)),
    reads: maybe(
      'list<Data>',
      'Data it uses.',
      ({ fields }, { workflow }) => dataOf(fields.reads, workflow),
      undeclared,
    ),
    writes: maybe(
      'list<Data>',
      'Data it makes, what an awaited event gives as well.',
      (step, { workflow }) =>
        dataOf(
          writesOf(step, workflow).map(({ out }) => out),
          workflow,
        ),
      undeclared,
    ),
    covers: maybe(
      'list<Data>',
      'Exactly what is approved or judged.',
      ({ fields }, { workflow }) => dataOf(fields.covers, workflow),
      undeclared,
    ),
    reviews: maybe(
      'list<Data>',
      'Data the judge looks at.',
      ({ fields }, { workflow }) => dataOf(fields.reviews, workflow),
      undeclared,
    ),
    marks: maybe(
      'list<Data>',
      'Data marked as made by AI.',
      ({ fields }, { workflow }) => dataOf(fields.marks, workflow),
      undeclared,
    ),
    purpose: maybe('string', 'Purpose the data is processed for.', ({ fields }) => fields.purpose?.value),
    duties: always('list<string>', 'Its duties.', ({ fields }) => values(fields.duty)),
    basis: maybe('string', 'Legal basis.', ({ fields }) => fields.basis?.value),
    biometric: maybe('string', 'verification or remote-identification.', ({ fields }) => fields.biometric?.value),
    says: always('list<string>', 'What is disclosed.', ({ fields }) => values(fields.says)),
    subject: maybe('Actor', 'Whom a judgment is about.', ({ fields }, { workflow }) =>
      actorOf(fields.subject, workflow),
    ),
    significance: maybe(
      'string',
      'legal, significant or none.',
      (step) => step.fields.significance?.value ?? (isJudgment(step) ? 'none' : undefined),
      'at steps that judge nothing',
    ),
    dual: always('bool', 'Two different holders judge independently.', ({ fields }) => fields.dual?.value ?? false),
    minMinutes: maybe('double', 'Least minutes a careful judge needs.', ({ fields }) => fields.minMinutes?.value),
    controls: always('list<string>', 'Controls against automation bias.', ({ fields }) => values(fields.controls)),
    records: always('list<string>', 'What is recorded of the judgment or end.', ({ fields }) => values(fields.records)),
    outcomes: always('list<string>', 'Outcomes it has.', (step, { workflow }) =>
      outcomesOf(step, step.performers, workflow).map(({ name }) => name),
    ),
    handles: always('list<string>', 'Outcomes and events that `on` names, by default as well.', ({ handlers }) => [
      ...handlers.keys(),
    ]),
    outcome: maybe(
      'string',
      'Outcome of an end: completed, rejected, cancelled or failed.',
      ({ kind, fields }) => (kind === 'end' ? (fields.outcome?.value ?? 'completed') : undefined),
      'at steps that are no end',
    ),
    withinMinutes: maybe(
      'double',
      'Time limit in minutes, by default as well; a day has 24 hours.',
      ({ within }) => minutesOf(within),
      'where it has none, or reads it from data',
    ),
    batch: maybe('double', 'Items judged at once.', ({ fields }) => fields.batch?.value),
    sandbox: always('bool', 'Runs where it can do no harm.', ({ fields }) => fields.sandbox?.value ?? false),
    detached: always(
      'bool',
      'The work goes on after the step is left.',
      ({ fields }) => fields.detached?.value ?? false,
    ),
    logTo: maybe('Store', 'Store of its log, by default as well.', (step, { workflow }) => logOf(step, workflow).store),
    logFields: always('list<string>', 'What is logged of it, by default as well.', (step, { workflow }) => [
      ...logOf(step, workflow).fields,
    ]),
    emits: always('list<string>', 'Events it emits.', ({ fields }) => namesOf(fields.emits)),
    effects: always('list<Effect>', 'What it does in the world.', (step, { workflow }) => effectsOf(step, workflow)),
    next: always('list<Step>', 'Steps that some edge leads to from here.', (step, analyses) =>
      neighbours(step, analyses, 'out'),
    ),
    previous: always('list<Step>', 'Steps that some edge leads here from.', (step, analyses) =>
      neighbours(step, analyses, 'in'),
    ),
    reachable: always('bool', 'Some path from a start leads here.', (step, { graph, reachability }) =>
      graph.nodesOf(step).some((node) => reachability.isReachable(node)),
    ),
    alwaysBefore: maybe(
      'list<Step>',
      'Other steps that every path from a start to here passes, whatever their outcome.',
      stepsAlwaysBefore,
      'at a step that no path leads to',
    ),
  },
};

/** Over the ends of scopes, which are no steps of their own. */
function neighbours(step: Step, { graph }: Analyses, way: 'in' | 'out'): readonly Step[] {
  const found = new Set<Step>();
  const seen = new Set<FlowNode>(graph.nodesOf(step));
  for (const node of seen) {
    for (const edge of node[way]) {
      const other = way === 'out' ? edge.to : edge.from;
      if (edge.kind === 'message' || seen.has(other)) continue;
      if (other.kind === 'step' && other.step) found.add(other.step);
      else if (other.kind === 'exit') seen.add(other);
    }
  }
  return [...found];
}

function stepsAlwaysBefore(step: Step, analyses: Analyses): readonly Step[] | undefined {
  const { graph, workflow } = analyses;
  const nodes = graph.nodesOf(step);
  const without = analyses.derived(reachedWithout);
  if (!nodes.some((node) => without(undefined).has(node))) return undefined;
  return [...workflow.steps.values()].filter(
    (other) => other !== step && !nodes.some((node) => without(other).has(node)),
  );
}

/** What paths from the root reach when none may pass a step, whoever performs it. */
function reachedWithout({ graph }: Analyses): (step: Step | undefined) => ReadonlySet<FlowNode> {
  const known = new Map<Step | undefined, ReadonlySet<FlowNode>>();
  return (step) => {
    const before = known.get(step);
    if (before) return before;
    const reached = new Set([graph.root]);
    for (const node of reached)
      for (const { to } of node.out) if (step === undefined || to.step !== step) reached.add(to);
    known.set(step, reached);
    return reached;
  };
}
