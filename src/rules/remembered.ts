// What was found before an edit of one step, by the rules that asked for nothing that the edit has changed: it holds still,
// at the places where it stands now. Incremental computation with noted dependencies and change propagation (Acar, 2005).
import type { Analyses } from '../analysis/analyses.ts';
import { isSameGraph } from '../analysis/same-graph.ts';
import { type AskedKeys, haveCommon, noting, numberOf } from '../language/asked-keys.ts';
import type { Step, Workflow } from '../language/model.ts';
import { type Edited, editBetween, movedKey, movedRange } from '../language/moved-ranges.ts';
import { changedKeys } from '../language/observed-steps.ts';
import type { Range } from '../language/source.ts';
import type { Finding } from './finding.ts';
import type { Found } from './fold.ts';
import type { Rule } from './rule.ts';
import { withFixes } from './run-rule.ts';

/** What one rule found, and the keys of steps that it asked for. */
export interface CheckedBy {
  readonly rule: Rule;
  readonly found: readonly Found[];
  readonly asked: AskedKeys;
}

/** A check that came to its end, as far as the next one needs it. */
export interface Remembered {
  readonly workflow: Workflow;
  /** What the types of conditions were made from. */
  readonly askedByConditions: AskedKeys;
  readonly builtGraph: Analyses['builtGraph'];
  /** Without fixes, so that nothing that the check was made with is held. */
  readonly byRule: ReadonlyMap<Rule, CheckedBy>;
}

export function checkedBy(rule: Rule, run: (rule: Rule) => readonly Found[]): CheckedBy {
  const { answer: found, asked } = noting(() => run(rule));
  return { rule, found, asked };
}

export function rememberedOf(
  { workflow, builtGraph }: Analyses,
  askedByConditions: AskedKeys,
  checked: readonly CheckedBy[],
  before: true | Remembered,
): Remembered {
  // Rules that a project brings are run each time: what their expressions are made from is not noted.
  const byRule = checked
    .filter(({ rule }) => rule.own === undefined)
    .map(({ rule, found, asked }): [Rule, CheckedBy] => [
      rule,
      { rule, found: found.map((each) => ({ ...each, finding: withoutFixes(each.finding) })), asked },
    ]);
  // Where nobody asked for the new graph, it says the same as the one before.
  const graph = builtGraph ?? (before === true ? undefined : before.builtGraph);
  return { workflow, askedByConditions, builtGraph: graph, byRule: new Map(byRule) };
}

/** By rule, what holds now as well; `run` works out the fixes when somebody asks for them. */
export function findingsThatHold(
  { workflow: before, askedByConditions, builtGraph, byRule }: Remembered,
  analyses: Analyses,
  run: (rule: Rule) => readonly Found[],
): ReadonlyMap<Rule, CheckedBy> | undefined {
  const { workflow } = analyses;
  const edited = editBetween(before.file.text, workflow.file.text);
  const changed = changeOf(before, workflow, edited);
  if (!changed || haveCommon(askedByConditions, changed)) return undefined;
  if (builtGraph && haveCommon(builtGraph.asked, changed) && !isSameGraph(builtGraph.answer, analyses.graph))
    changed[numberOf('(graph)')] = 1;
  const held = new Map<Rule, CheckedBy>();
  for (const [rule, { found, asked }] of byRule) {
    if (haveCommon(asked, changed)) continue;
    let again: readonly Found[] | undefined;
    const moved = allMoved(found, edited, (finding) => {
      again ??= run(rule);
      return again.find((each) => isSame(each.finding, finding))?.finding.fixes ?? [];
    });
    if (moved) held.set(rule, { rule, found: moved, asked });
  }
  return held;
}

/** The keys of a step that an edit has changed; undefined where it may have changed anything else. */
function changeOf(before: Workflow, workflow: Workflow, edited: Edited): AskedKeys | undefined {
  const [was, is] = [before.file, workflow.file];
  // Read as a whole, a change at one place may change what is read elsewhere.
  if (was.broken || is.broken || was.tree.blocks.size === 0 || is.tree.blocks.size === 0) return undefined;
  // What a call puts in place is made from copies that note nothing; what is imported has places in other texts.
  if (is.fields?.use || before.steps.size !== workflow.steps.size) return undefined;
  let innermost: Step | undefined;
  for (const step of workflow.steps.values()) {
    if (step.kind === 'call') return undefined;
    const { start, end } = step.fields.$.range;
    if (start <= edited.start && edited.after <= end && step.range.end < edited.start) innermost = step;
  }
  const former = innermost && before.steps.get(innermost.id);
  if (!innermost || !former || former.range.start !== innermost.range.start) return undefined;
  if (former.fields.$.range.end < edited.before || !haveSameSteps(before, workflow)) return undefined;
  // Conditions are judged all together.
  if (before.file.conditions.length !== workflow.file.conditions.length) return undefined;
  if (before.file.conditions.some(({ text }, at) => text !== workflow.file.conditions[at]?.text)) return undefined;
  return changedKeys({ step: former, text: was.text }, { step: innermost, text: is.text });
}

function haveSameSteps(before: Workflow, workflow: Workflow): boolean {
  const others = workflow.steps.values();
  for (const { id, scope } of before.steps.values()) {
    const other = others.next().value;
    if (other?.id !== id || other.scope?.id !== scope?.id) return false;
  }
  return true;
}

/** Undefined where the edit touches one of them. */
function allMoved(
  found: readonly Found[],
  edited: Edited,
  fixesOf: (moved: Finding) => Finding['fixes'],
): readonly Found[] | undefined {
  const moved: Found[] = [];
  for (const { rule, root, finding } of found) {
    const at = movedFinding(finding, edited);
    const about = root === undefined ? [] : [root].flat().map((each) => movedKey(each, edited));
    if (!at || about.includes(undefined)) return undefined;
    const roots = about as readonly string[];
    moved.push({
      rule,
      root: typeof root === 'string' ? roots[0] : root && roots,
      finding: withFixes(at, () => fixesOf(at as Finding)),
    });
  }
  return moved;
}

function movedFinding(finding: Finding, edited: Edited): Omit<Finding, 'fixes'> | undefined {
  const range = movedRange(finding.range, edited);
  if (!range) return undefined;
  const witness: Finding['witness'][number][] = [];
  for (const step of finding.witness) {
    const at: Range | undefined = movedRange(step.range, edited);
    if (!at) return undefined;
    witness.push(at === step.range ? step : { ...step, range: at });
  }
  const { rule, severity, verdict, message, place, clauses, own } = finding;
  return { rule, severity, verdict, message, range, place, witness, clauses, ...(own ? { own } : {}) };
}

function withoutFixes({ rule, severity, verdict, message, range, place, witness, clauses, own }: Finding): Finding {
  const known = { rule, severity, verdict, message, range, place, witness, clauses, fixes: [] };
  return own ? { ...known, own } : known;
}

function isSame(one: Finding, other: Finding): boolean {
  return (
    one.range.start === other.range.start &&
    one.range.end === other.range.end &&
    one.place === other.place &&
    one.message === other.message
  );
}
