// Coverage by standard: a rule that finds something has a subject, one without a subject is never called satisfied, and the
// states of clauses follow from those of their rules.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { applicability, isApplicable } from '../../src/governance/applicability.ts';
import { type Assessment, assess } from '../../src/governance/assess.ts';
import { type Configuration, parseConfiguration } from '../../src/governance/configuration.ts';
import { type CoverageState, coverageOf, stateIn } from '../../src/governance/coverage.ts';
import { parseFile } from '../../src/language/parse.ts';
import type { ProjectHost } from '../../src/language/project.ts';
import { ruleById, rules } from '../../src/rules/registry.ts';
import { cleanDesigns } from '../mutation/measure.ts';
import { operators } from '../mutation/operators.ts';
import { workflowShapes, workflowText } from '../support/random-workflow.ts';

const today = Date.parse('2026-11-23');

/** Files below a folder of this repository, under an address of its own. */
function hostOf(prefix: string, folder: string): ProjectHost {
  const host: ProjectHost = {
    text(uri) {
      try {
        return readFileSync(uri.replace(prefix, folder), 'utf8');
      } catch {
        return undefined;
      }
    },
    file(uri) {
      const text = host.text(uri);
      return text === undefined ? undefined : parseFile(uri, text);
    },
  };
  return host;
}

const examples = hostOf('file:///examples', 'examples');
const clean = hostOf('file:///clean', 'test/mutation/clean');

interface Options {
  readonly profile?: readonly string[];
  readonly base?: string | undefined;
  readonly host?: ProjectHost;
  readonly uri?: string;
  readonly today?: number | undefined;
  readonly configuration?: Configuration;
}

function judged(text: string, options: Options = {}): Assessment {
  const { profile = ['strict'], base, host = examples, uri = 'file:///examples/w.aiwf.yaml', configuration } = options;
  return assess(parseFile(uri, text), host, {
    configuration,
    today: 'today' in options ? options.today : today,
    profile,
    ...(base === undefined ? {} : { base: parseFile(uri, base) }),
  });
}

/** Rules that find something in a design in which they have no subject. */
function withoutSubject(assessment: Assessment): readonly string[] {
  const { findings, analyses, settings } = assessment;
  const found = findings
    .filter(({ message }) => !message.startsWith('Internal:'))
    .flatMap(({ rule, also = [] }) => [rule, ...also.map((one) => one.rule)]);
  return [...new Set(found)].filter((id) => {
    const rule = ruleById(id);
    return rule !== undefined && !isApplicable(rule, analyses, settings);
  });
}

test('every rule says what it needs to have a subject, in the order of the registry', () => {
  assert.deepEqual(
    [...applicability.keys()],
    rules.map(({ id }) => id),
  );
});

const exampleFiles = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.aiwf.yaml'),
);

test('what a rule finds in an example it has a subject for', () => {
  assert.ok(exampleFiles.length > 5);
  for (const name of exampleFiles) {
    const text = readFileSync(`examples/${name}`, 'utf8');
    const found = withoutSubject(judged(text, { uri: `file:///examples/${name}` }));
    assert.deepEqual(found, [], name);
  }
});

test('what a rule finds in a design with a fault of any kind it has a subject for', () => {
  for (const operator of operators) {
    for (const { uri, text, design } of cleanDesigns()) {
      // One of each kind in each design: the places of a fault differ, and what it needs does not.
      const [mutant] = [...operator.mutants(design)];
      if (!mutant) continue;
      const base = operator.againstBase ? text : undefined;
      const found = withoutSubject(judged(JSON.stringify(mutant.design), { uri, host: clean, base }));
      assert.deepEqual(found, [], `${operator.rule}: ${operator.name} in ${uri}`);
    }
  }
});

test('what a rule finds in a generated workflow it has a subject for', () => {
  for (const shape of workflowShapes) assert.deepEqual(withoutSubject(judged(workflowText(shape, 12))), [], shape);
});

test('the wrong example of the page of a rule is violated, and everything found in the pages has a subject', () => {
  for (const rule of rules) {
    for (const section of ['Wrong', 'Right']) {
      const files = filesOf(`docs/rules/${rule.id}.md`, section);
      const host: ProjectHost = {
        text: (uri) => files.get(uri.replace('file:///page/', '')),
        file: (uri) => {
          const text = host.text(uri);
          return text === undefined ? undefined : parseFile(uri, text);
        },
      };
      const text = files.get('main') ?? '';
      const options = {
        uri: 'file:///page/main',
        host,
        base: files.get('before.aiwf.yaml'),
        profile: ['strict', 'sox'],
      };
      const one = judged(text, options);
      assert.deepEqual(withoutSubject(one), [], `${rule.id}: ${section}`);
      if (section === 'Wrong') assert.equal(stateIn(rule, one), 'violated', rule.id);
    }
  }
});

/** The files of a section of a page, by name; one without a name is `main`. */
function filesOf(path: string, section: string): ReadonlyMap<string, string> {
  const [, body = ''] = readFileSync(path, 'utf8').split(`\n## ${section}\n`);
  const [own = ''] = body.split('\n## ');
  const blocks = [...own.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);
  return new Map(blocks.map((text) => [/^# (\S+\.aiwf\.yaml)\n/.exec(text)?.[1] ?? 'main', text]));
}

test('in a bare workflow only the rules for every workflow have a subject', () => {
  const bare = judged(bareText);
  const satisfied = rules.filter((rule) => stateIn(rule, bare) === 'satisfied').map(({ id }) => id);
  assert.deepEqual(satisfied, [
    'structure/unresolved-reference',
    'structure/unreachable-step',
    'structure/no-path-to-end',
    'structure/unsound-join',
    'structure/readability',
    'ownership/exactly-one-accountable',
    'ownership/accountable-is-human',
    'ownership/performer-resolvable',
    'visibility/silent-outcome',
    'improvement/review-cadence',
  ]);
});

/** One person does one thing. */
const bareText = `aiwf: 1
workflow: bare
accountable: owner
actors:
  owner: { kind: human, holders: 2 }
start: { on: manual, from: owner, next: work }
steps:
  work: { task: Do the work, by: owner, next: done }
  done: { end: Work is done, records: [outcome] }
review: { every: 1y, by: owner, last: 2026-01-01 }
`;

/** The same with a waiver, a fault that is known, or an error of the text. */
function stateOf(rule: string, text: string, options: Options = {}): CoverageState | undefined {
  return coverageOf([judged(text, options)]).rules.find((one) => one.rule === rule)?.state;
}

const owned = 'ownership/exactly-one-accountable';
const unowned = bareText.replace('accountable: owner\n', '');

test('a rule is violated, waived, satisfied, not applicable or not checked', () => {
  assert.equal(stateOf(owned, unowned), 'violated');
  assert.equal(stateOf(owned, bareText), 'satisfied');
  assert.equal(stateOf('agent/trifecta', bareText), 'not-applicable');
  assert.equal(stateOf('agent/delegation-depth', bareText, { profile: ['recommended'] }), 'not-checked');
  const waiver = `actors_: 1
waivers:
  - rule: ${owned}
    at: workflow
    reason: The team is being formed.
    owner: owner
    approved-by: board
    expires: 2026-12-31
`.replace('actors_: 1\n', '');
  const waived = unowned.replace('actors:\n', 'actors:\n  board: { kind: human, holders: 1 }\n') + waiver;
  assert.equal(stateOf(owned, waived), 'waived');
  assert.equal(stateOf(owned, waived.replace('2026-12-31', '2026-11-01')), 'violated');
});

test('what is only in the baseline is violated, and counted as known', () => {
  const [finding] = judged(unowned).findings.filter(({ rule }) => rule === owned);
  assert.ok(finding);
  const { rule, place, message } = finding;
  const baseline = JSON.stringify({
    version: 1,
    files: { 'w.aiwf.yaml': [{ rule, place, message, count: 1 }] },
  });
  const configuration = parseConfiguration(
    'file:///examples/aiwf.config.yaml',
    'baseline: ./known.json\n',
    () => baseline,
  );
  const covered = coverageOf([judged(unowned, { configuration })]).rules.find((one) => one.rule === owned);
  assert.equal(covered?.state, 'violated');
  assert.deepEqual(covered?.findings, { open: 0, known: 1, waived: 0, unknown: 0 });
});

test('a rule that finds nothing in what is half known is unknown, with the reason', () => {
  const doubtsOf = (text: string, options: Options = {}) => {
    const found = coverageOf([judged(text, options)]).rules.find(({ rule }) => rule === 'improvement/review-cadence');
    return { state: found?.state, doubts: found?.doubts };
  };
  const lost = bareText.replace('actors:', 'use: [./nowhere.aiwf.yaml]\nactors:');
  assert.deepEqual(doubtsOf(lost).state, 'unknown');
  assert.deepEqual(doubtsOf(bareText, { today: undefined }), {
    state: 'unknown',
    doubts: ['there is no day to judge dates by'],
  });
  assert.deepEqual(doubtsOf(bareText.replace('next: work', 'next: wrok')), {
    state: 'unknown',
    doubts: ['a step leads to one that does not exist'],
  });
  assert.deepEqual(doubtsOf(bareText.replace('kind: human', 'kind: humna')), {
    state: 'unknown',
    doubts: ['a text has errors, so that not all of it is understood'],
  });
  assert.equal(doubtsOf(bareText).state, 'satisfied');
});

test('over several files the worst state of a rule stands, and the files are counted by state', () => {
  const covered = coverageOf([judged(bareText), judged(unowned)]).rules.find(({ rule }) => rule === owned);
  assert.equal(covered?.state, 'violated');
  assert.equal(covered?.files.violated, 1);
  assert.equal(covered?.files.satisfied, 1);
});

test('every clause that a rule cites is there once, with its edition, and in the worst state of its rules', () => {
  const coverage = coverageOf([judged(bareText, { profile: ['recommended'] }), judged(unowned, { profile: ['sox'] })]);
  const order: readonly CoverageState[] = [
    'violated',
    'unknown',
    'waived',
    'satisfied',
    'not-applicable',
    'not-checked',
  ];
  const states = new Map(coverage.rules.map(({ rule, state }) => [rule, state]));
  const cited = new Set(
    rules.flatMap(({ clauses }) => clauses.map((one) => `${one.standard} ${one.edition} ${one.ref}`)),
  );
  const shown: string[] = [];
  for (const { standard, edition, clauses, counts } of coverage.standards) {
    assert.equal(
      Object.values(counts).reduce((sum, count) => sum + count, 0),
      clauses.length,
    );
    for (const { ref, state, rules: serving, status, appliesFrom } of clauses) {
      shown.push(`${standard} ${edition} ${ref}`);
      const own = serving.map((rule) => order.indexOf(states.get(rule) ?? 'not-checked'));
      assert.equal(state, order[Math.min(...own)]);
      for (const rule of serving) {
        const clause = ruleById(rule)?.clauses.find((one) => one.standard === standard && one.ref === ref);
        assert.equal(clause?.status, status);
        assert.equal(clause?.appliesFrom, appliesFrom);
      }
    }
  }
  assert.deepEqual([...shown].sort(), [...cited].sort());
  const articles = coverage.standards.find(({ standard }) => standard === 'EU AI Act')?.clauses.map(({ ref }) => ref);
  assert.ok((articles?.indexOf('Article 4') ?? -1) < (articles?.indexOf('Article 12(1)') ?? -1));
});

test('a clause of which only some rules were asked for says so', () => {
  const { standards } = coverageOf([judged(bareText, { profile: ['recommended'] })]);
  const partly = standards.flatMap(({ clauses }) => clauses.filter((clause) => clause.partly));
  assert.ok(partly.length > 0);
  const all = coverageOf([judged(bareText)]).standards.flatMap(({ clauses }) => clauses);
  assert.deepEqual(
    all.filter((clause) => clause.partly),
    [],
  );
});

test('the preset of a standard is named where it asks for every rule that serves it', () => {
  const { standards } = coverageOf([]);
  const profiles = new Map(standards.map((one) => [`${one.standard} ${one.edition}`, one.profiles]));
  assert.deepEqual(profiles.get('EU AI Act Regulation (EU) 2024/1689'), ['eu-ai-act-high-risk']);
  assert.deepEqual(profiles.get('NIST AI RMF 1.0 (2023)'), ['nist-ai-rmf']);
  for (const names of profiles.values()) assert.ok(names.length > 0);
});

test('coverage is plain data and the same each time', () => {
  const files = [judged(bareText), judged(unowned)];
  const coverage = coverageOf(files);
  assert.deepEqual(JSON.parse(JSON.stringify(coverage)), coverage);
  assert.equal(JSON.stringify(coverageOf(files)), JSON.stringify(coverage));
});

test('rules of a project are covered with their clauses, and have a subject where something is looked at', () => {
  const configuration = parseConfiguration(
    'file:///examples/aiwf.config.yaml',
    `custom-rules:
  - id: acme/titles
    message: "{step.id} needs a longer title"
    summary: Titles say what is done.
    for: steps
    require: step.title.size() > 20
    clauses:
      - { standard: House rules, edition: "3", ref: "7" }
      - { standard: EU AI Act, edition: Regulation (EU) 2024/1689, ref: Article 14(4)(a) }
  - id: acme/agents
    message: "{step.id} is done by an agent"
    for: steps
    when: step.by.exists(a, a.kind == "agent")
    require: "false"
    clauses: [{ standard: House rules, edition: "3", ref: "8" }]
  - id: acme/holds
    message: "{step.id} has no id"
    for: steps
    require: step.id != ""
    clauses: [{ standard: House rules, edition: "3", ref: "9" }]
`,
  );
  assert.deepEqual(configuration.problems, []);
  const { rules: covered, standards } = coverageOf([judged(bareText, { configuration }), judged(bareText)]);
  const own = covered.filter(({ rule }) => rule.startsWith('acme/'));
  assert.deepEqual(
    own.map(({ rule, state }) => [rule, state]),
    [
      ['acme/agents', 'not-applicable'],
      ['acme/holds', 'satisfied'],
      ['acme/titles', 'violated'],
    ],
  );
  // The other file is of a project without them.
  assert.deepEqual(
    own.map(({ files }) => files['not-checked']),
    [1, 1, 1],
  );
  assert.equal(own[2]?.summary, 'Titles say what is done.');
  const house = standards.find(({ standard }) => standard === 'House rules');
  assert.deepEqual(
    house?.clauses.map(({ ref, state, status }) => [ref, state, status]),
    [
      ['7', 'violated', 'unverified'],
      ['8', 'not-applicable', 'unverified'],
      ['9', 'satisfied', 'unverified'],
    ],
  );
  const article = standards
    .find(({ standard }) => standard === 'EU AI Act')
    ?.clauses.find(({ ref }) => ref === 'Article 14(4)(a)');
  assert.equal(article?.state, 'violated');
  assert.equal(article?.status, 'verified');
  assert.ok(article?.rules.includes('acme/titles'));
});
