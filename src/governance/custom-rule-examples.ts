// The examples of custom rules, run: a rule must find nothing in those that pass and something in those that fail.
import { parseFile } from '../language/parse.ts';
import type { ProjectHost } from '../language/project.ts';
import { lineStartsOf, positionAt, type Range } from '../language/source.ts';
import { lint } from '../rules/lint.ts';
import type { CustomRule, Example } from './custom-rules.ts';

/** What became of one example, or of what all examples of a rule need. */
export interface ExampleResult {
  /** `rule`: the rule itself cannot be tested. */
  readonly kind: 'pass' | 'fail' | 'rule';
  /** From 1, among those of its kind. */
  readonly number: number;
  /** Of the example, or of the id of the rule, in the file of the rule. */
  readonly range: Range;
  /** Undefined: it is as it should be. Else one sentence for each fault, and where in the file of the rule it is. */
  readonly faults: readonly { readonly message: string; readonly range: Range }[];
}

/** What became of one rule. */
export interface RuleTest {
  readonly rule: CustomRule;
  readonly passed: boolean;
  readonly results: readonly ExampleResult[];
}

/** Examples stand alone: they use no other file. */
const alone: ProjectHost = { text: () => undefined, file: () => undefined };

/** Runs the examples of a rule. Never throws. */
export function testRule(rule: CustomRule): RuleTest {
  const results: ExampleResult[] = [];
  const ofRule = (message: string) =>
    results.push({ kind: 'rule', number: 1, range: rule.range, faults: [{ message, range: rule.range }] });
  if (!rule.rule) ofRule('The rule has a mistake and cannot run.');
  for (const kind of ['pass', 'fail'] as const) {
    const examples = rule[kind];
    const what = kind === 'pass' ? 'in which the rule finds nothing' : 'in which the rule finds something';
    if (examples.length === 0) ofRule(`The rule has no example ${what}: write one under '${kind}'.`);
    for (const [index, example] of examples.entries()) {
      const faults = rule.rule ? faultsOf(rule, example, kind) : [];
      results.push({ kind, number: index + 1, range: example.range, faults });
    }
  }
  return { rule, passed: results.every(({ faults }) => faults.length === 0), results };
}

function faultsOf({ id, rule }: CustomRule, { text, range, placeOf }: Example, kind: 'pass' | 'fail') {
  if (!rule) return [];
  const file = parseFile('file:///example.aiwf.yaml', text);
  const { findings } = lint(file, alone, { only: [id], additional: [rule] });
  const lineStarts = lineStartsOf(text);
  const line = (offset: number) => positionAt(lineStarts, offset).line + 1;
  const broken = findings.filter((finding) => finding.rule !== id && finding.severity === 'error');
  if (broken.length > 0)
    return broken.map((finding) => ({
      message: `The example is no sound text, line ${line(finding.range.start)}: ${finding.message}`,
      range: placeOf(finding.range),
    }));
  const found = findings.filter((finding) => finding.rule === id);
  if (kind === 'pass')
    return found.map((finding) => ({
      message: `The rule finds something, line ${line(finding.range.start)}: ${finding.message}`,
      range: placeOf(finding.range),
    }));
  if (found.some(({ verdict }) => verdict === 'violation')) return [];
  const [unknown] = found;
  return [
    unknown
      ? { message: `The rule finds nothing that is certain: ${unknown.message}`, range: placeOf(unknown.range) }
      : { message: 'The rule finds nothing.', range },
  ];
}
