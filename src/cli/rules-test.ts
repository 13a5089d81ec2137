// `aiwf rules test`: runs the examples of the rules that projects bring.
import { type ExampleResult, type RuleTest, testRule } from '../governance/custom-rule-examples.ts';
import { positionAt } from '../language/source.ts';
import { printable } from '../report/excerpt.ts';
import { counted } from '../report/text.ts';
import { problemFinding } from '../rules/lint.ts';
import { pathOf } from './files.ts';
import { exitCodes, type Outcome } from './outcome.ts';
import { type BroughtRules, findBroughtRules, rulesIn } from './rules-brought.ts';

/** Exit code 0: every example is as it should be; 1: some are not; 2: a file cannot be read, or there is no rule to test. */
export function testRules(paths: readonly string[], format: 'text' | 'json'): Outcome {
  const brought = findBroughtRules(paths);
  const tests = rulesIn(brought).map(testRule);
  const mistakes = mistakesIn(brought);
  const errors = brought.faults.map(({ path, reason }) => `${path}: ${reason}`);
  if (tests.length === 0 && mistakes.length === 0 && errors.length === 0)
    errors.push(`rules test: no rules of a project are found in ${paths.join(', ')}`);
  const place = placesIn(brought);
  const failed = mistakes.length > 0 || tests.some(({ passed }) => !passed);
  return {
    output: format === 'json' ? asJson(tests, mistakes, place) : asText(tests, mistakes, place),
    errors,
    exitCode: errors.length > 0 ? exitCodes.failed : failed ? exitCodes.violated : exitCodes.ok,
  };
}

interface Mistake {
  readonly uri: string;
  readonly message: string;
  readonly start: number;
}

/** What is wrong with the files of the rules: a rule that cannot be read has no examples to run. */
function mistakesIn({ configurations, packs }: BroughtRules): readonly Mistake[] {
  const files = new Map([...configurations, ...packs].map((file) => [file.uri, file]));
  return [...files.values()].flatMap(({ uri, problems }) =>
    [...problems]
      .sort((a, b) => a.range.start - b.range.start)
      .map((problem) => problemFinding(problem, 'workflow'))
      .filter(({ severity }) => severity === 'error')
      .map(({ message, range }) => ({ uri, message, start: range.start })),
  );
}

type PlaceOf = (
  uri: string,
  offset: number,
) => { readonly file: string; readonly line: number; readonly column: number };

function placesIn({ configurations, packs }: BroughtRules): PlaceOf {
  const files = new Map([...configurations, ...packs].map((file) => [file.uri, file.lineStarts]));
  return (uri, offset) => {
    const { line, column } = positionAt(files.get(uri) ?? [0], offset);
    return { file: pathOf(uri), line: line + 1, column: column + 1 };
  };
}

function asText(tests: readonly RuleTest[], mistakes: readonly Mistake[], placeOf: PlaceOf): string {
  const at = (uri: string, offset: number) => {
    const { file, line, column } = placeOf(uri, offset);
    return `${printable(file)}:${line}:${column}`;
  };
  const lines = mistakes.map(({ uri, message, start }) => `${at(uri, start)} error ${printable(message)}`);
  for (const { rule, passed, results } of tests) {
    lines.push(`${passed ? 'ok    ' : 'failed'} ${rule.id}`);
    for (const result of results)
      for (const { message, range } of result.faults)
        lines.push(`  ${at(rule.uri, range.start)} ${nameOf(result)}${printable(message)}`);
  }
  const failed = tests.filter(({ passed }) => !passed).length;
  const examples = tests.reduce((sum, { results }) => sum + results.filter(({ kind }) => kind !== 'rule').length, 0);
  lines.push(`${counted(tests.length, 'rule')}, ${counted(examples, 'example')}, ${failed} failed`);
  return `${lines.join('\n')}\n`;
}

function nameOf({ kind, number }: ExampleResult): string {
  return kind === 'rule' ? '' : `${kind} ${number}: `;
}

function asJson(tests: readonly RuleTest[], mistakes: readonly Mistake[], placeOf: PlaceOf): string {
  const rules = tests.map(({ rule, passed, results }) => ({
    id: rule.id,
    passed,
    at: placeOf(rule.uri, rule.range.start),
    examples: results.map(({ kind, number, range, faults }) => ({
      kind,
      number,
      passed: faults.length === 0,
      at: placeOf(rule.uri, range.start),
      faults: faults.map((fault) => ({ message: fault.message, at: placeOf(rule.uri, fault.range.start) })),
    })),
  }));
  const problems = mistakes.map(({ uri, message, start }) => ({ message, at: placeOf(uri, start) }));
  return `${JSON.stringify({ version: 1, passed: problems.length === 0 && rules.every(({ passed }) => passed), rules, problems }, undefined, 2)}\n`;
}
