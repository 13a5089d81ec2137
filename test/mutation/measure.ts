// Runs every operator on every clean design: which faults are found, and what else is said.
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { parseFile } from '../../src/language/parse.ts';
import type { ProjectHost } from '../../src/language/project.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { lint } from '../../src/rules/lint.ts';
import type { Design, Operator } from './operator.ts';
import { operators } from './operators.ts';

/** What became of the mutants of one rule. */
export interface Score {
  readonly rule: string;
  readonly mutants: number;
  readonly found: number;
  /** Each mutant that its rule did not find. */
  readonly missed: readonly string[];
  /** Each finding of another rule that nobody expected. */
  readonly unexpected: readonly string[];
}

export interface CleanDesign {
  readonly name: string;
  readonly uri: string;
  readonly text: string;
  readonly design: Design;
}

const folder = 'test/mutation/clean';
/** A file that `aiwf.config.yaml` stands for in a project: every rule, and a day that stands still. */
const settings = { profile: ['strict'], today: Date.parse('2026-11-23') };

/** Clean designs by name; libraries and called files are read through the host. */
export function cleanDesigns(): readonly CleanDesign[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.aiwf.yaml'))
    .map((name) => {
      const text = readFileSync(`${folder}/${name}`, 'utf8');
      return { name: name.replace('.aiwf.yaml', ''), uri: `file:///clean/${name}`, text, design: parse(text) };
    });
}

const host: ProjectHost = {
  text(uri) {
    try {
      return readFileSync(uri.replace('file:///clean', folder), 'utf8');
    } catch {
      return undefined;
    }
  },
  file(uri) {
    const text = host.text(uri);
    return text === undefined ? undefined : parseFile(uri, text);
  },
};

/** Findings of a text under every rule; `base` is the text it is compared with. */
export function findingsOf(uri: string, text: string, base?: string): readonly Finding[] {
  const compared = base === undefined ? {} : { base: parseFile(uri, base) };
  return lint(parseFile(uri, text), host, { settings, ...compared }).findings;
}

/** Scores of the rules, in the order of `rules`; `only` keeps operators whose rule contains it. */
export function measure(rules: readonly string[], only = ''): readonly Score[] {
  const designs = cleanDesigns();
  return rules
    .filter((rule) => rule.includes(only))
    .map((rule) => {
      const own = operators.filter((operator) => operator.rule === rule);
      const results = own.flatMap((operator) => designs.flatMap((clean) => runOperator(operator, clean)));
      return {
        rule,
        mutants: results.length,
        found: results.filter(({ found }) => found).length,
        missed: results.filter(({ found }) => !found).map(({ what }) => what),
        unexpected: results.flatMap(({ what, unexpected }) => unexpected.map((finding) => `${what}: ${finding}`)),
      };
    });
}

interface Result {
  readonly what: string;
  readonly found: boolean;
  readonly unexpected: readonly string[];
}

function runOperator(operator: Operator, { name, uri, text, design }: CleanDesign): readonly Result[] {
  const { rule, also = [], againstBase = false } = operator;
  return [...operator.mutants(design)].map((mutant) => {
    const findings = findingsOf(uri, JSON.stringify(mutant.design), againstBase ? text : undefined);
    const names = (finding: Finding) => [finding.rule, ...(finding.also ?? []).map((folded) => folded.rule)];
    const expected = (finding: Finding) => names(finding).some((id) => id === rule || also.includes(id));
    return {
      what: `${name}: ${operator.name} (${mutant.what})`,
      found: findings.some((finding) => finding.verdict === 'violation' && names(finding).includes(rule)),
      unexpected: findings
        .filter((finding) => !expected(finding))
        .map((finding) => `${finding.rule} at ${finding.place}: ${finding.message}`),
    };
  });
}
