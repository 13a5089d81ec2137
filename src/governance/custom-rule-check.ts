// Runs one custom rule over a workflow: what does not hold is found, what cannot be told is said once, with the reason.
import type { Analyses } from '../analysis/analyses.ts';
import type { Range } from '../language/source.ts';
import { quoted } from '../language/wording.ts';
import { along, here } from '../rules/evidence.ts';
import type { WitnessStep } from '../rules/finding.ts';
import type { Report } from '../rules/rule.ts';
import type { Expression, Outcome } from './custom-expressions.ts';
import type { MessageTemplate } from './custom-message.ts';
import type { Subjects, TypeName } from './custom-rule-field.ts';
import { type RuleKind, type RuleKindName, ruleKinds } from './custom-rule-model.ts';
import { elementLimit, viewOf } from './custom-rule-view.ts';

/** A rule whose expressions are checked. */
export interface CompiledRule {
  readonly kind: RuleKindName;
  /** Undefined: it is about all of them. */
  readonly when: Expression | undefined;
  readonly require: Expression;
  readonly message: MessageTemplate;
}

/** Where an element stands, and what shows it. */
interface Standing {
  readonly place: string;
  readonly range: Range;
  readonly witness: (note: string) => readonly WitnessStep[];
}

/** Reports each element for which the rule does not hold, and once for each reason those that cannot be told. */
export function checkCustomRule(rule: CompiledRule, analyses: Analyses, report: Report): void {
  const { type, variable, subjects } = ruleKinds[rule.kind] as RuleKind;
  const view = analyses.derived(viewOf);
  view.budget.left = elementLimit;
  const unknown = new Map<string, Standing[]>();
  const workflow = view.wrap('Workflow', analyses);
  for (const subject of subjects(analyses)) {
    const standing = standingOf(type, subject, analyses);
    const values = { workflow, [variable]: view.wrap(type, subject) };
    const verdict = judge(rule, values);
    if (verdict === 'holds') continue;
    const reason = verdict === 'fails' ? incomplete(analyses) : verdict.unknown;
    if (reason === undefined) {
      const { place, range, witness } = standing;
      report({ place, range, message: rule.message.render(values), witness: witness('the rule does not hold here') });
    } else {
      const known = unknown.get(reason);
      if (known) known.push(standing);
      else unknown.set(reason, [standing]);
    }
    // What is left would be cut off at the same limit.
    if (view.budget.left <= 0) break;
  }
  for (const [reason, standings] of unknown) reportUnknown(reason, standings, report);
}

/** Whether there is an element that the rule is about, as far as that can be told. */
export function hasSubject({ kind, when }: CompiledRule, analyses: Analyses): boolean {
  const { type, variable, subjects } = ruleKinds[kind] as RuleKind;
  const all = subjects(analyses);
  if (!when) return all.length > 0;
  const view = analyses.derived(viewOf);
  view.budget.left = elementLimit;
  const workflow = view.wrap('Workflow', analyses);
  return all.some((subject) => {
    const outcome = when.evaluate({ workflow, [variable]: view.wrap(type, subject) });
    return !('value' in outcome) || outcome.value !== false;
  });
}

/** `when` implies `require`, each true, false or unknown. */
function judge(
  { when, require: required }: CompiledRule,
  values: Readonly<Record<string, unknown>>,
): 'holds' | 'fails' | { readonly unknown: string } {
  const applies: Outcome = when ? when.evaluate(values) : { value: true };
  if ('value' in applies && applies.value === false) return 'holds';
  const outcome = required.evaluate(values);
  if ('unknown' in outcome) return outcome;
  if (outcome.value === true) return 'holds';
  return 'unknown' in applies ? applies : 'fails';
}

/** Declarations of a file that cannot be read may be what the rule looks for. */
function incomplete({ isIncomplete }: Analyses): string | undefined {
  return isIncomplete ? 'a file that this one uses cannot be read' : undefined;
}

function reportUnknown(reason: string, standings: readonly Standing[], report: Report): void {
  const [first] = standings;
  if (!first) return;
  const places = [...new Set(standings.map(({ place }) => place))];
  const named = quoted(places.slice(0, 3), 'and');
  const more = places.length > 3 ? ` and ${places.length - 3} more` : '';
  report({
    place: first.place,
    range: first.range,
    verdict: 'unknown',
    message: `Not known for ${named}${more}: ${reason}. State it, or let the rule ask with has(…) whether it is there.`,
    witness: standings.flatMap(({ witness }) => witness('cannot be told here')),
  });
}

function standingOf(type: TypeName, subject: Subjects[TypeName], analyses: Analyses): Standing {
  switch (type) {
    case 'Step': {
      const { id, range } = subject as Subjects['Step'];
      return at(id, range);
    }
    case 'Handoff': {
      const { receiver, path } = subject as Subjects['Handoff'];
      const range = receiver.step?.range ?? { start: 0, end: 0 };
      return { place: receiver.step?.id ?? 'workflow', range, witness: (note) => along(path, note) };
    }
    case 'Effect': {
      const { step, range } = subject as Subjects['Effect'];
      return at(step.id, range);
    }
    case 'Actor':
    case 'Data':
    case 'Store': {
      const { id, range } = subject as Subjects['Actor'];
      return at(`${type.toLowerCase()}:${id}`, range);
    }
    default: {
      const { fields } = analyses.workflow;
      return at('workflow', fields?.$.valueRange('workflow') ?? { start: 0, end: 0 });
    }
  }
}

function at(place: string, range: Range): Standing {
  return { place, range, witness: (note) => here(place, range, note) };
}
