// What the Governance view shows of plain rows: filters, groups, counts, the tree, and the text that is copied.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { coverageNodes } from '../../src/extension/coverage-nodes.ts';
import { code, escapeMarkdown, findingsAsMarkdown } from '../../src/extension/governance-markdown.ts';
import { buildNodes, type GovernanceNode, rowsBelow } from '../../src/extension/governance-nodes.ts';
import {
  countRows,
  filterRows,
  firstSentence,
  type Group,
  groupings,
  groupRows,
  noFilter,
  type Row,
  type Rules,
  readFilter,
  rowsOf,
  severities,
  standardsOf,
  states,
} from '../../src/extension/governance-rows.ts';
import type { GovernanceFile, GovernanceFinding } from '../../src/protocol.ts';

const range = (line: number) => ({ start: { line, character: 2 }, end: { line, character: 5 } });
const clause = (standard: string, ref: string) => ({ standard, ref, edition: '1' });

const rules: Rules = new Map([
  ['flow/loop', { summary: 'Loops end.', clauses: [clause('Act', 'Article 14'), clause('Act', 'Article 9')] }],
  ['flow/wait', { summary: 'Waits end.', clauses: [clause('Norm', 'A.2'), clause('Act', 'Article 14')] }],
  ['language/yaml', { summary: '', clauses: [] }],
]);

function finding(given: Partial<GovernanceFinding>): GovernanceFinding {
  return {
    id: `${given.rule} ${given.place} 1`,
    rule: 'flow/loop',
    severity: 'error',
    state: 'open',
    message: "The loop at 'a' has no bound. Add 'max'.",
    place: 'a',
    range: range(3),
    witness: [{ text: 'a', range: range(3) }],
    owners: ['lead'],
    also: [],
    fixable: true,
    ...given,
  };
}

function file(name: string, ...findings: readonly GovernanceFinding[]): GovernanceFile {
  return { uri: `file:///work/${name}.aiwf.yaml`, title: name, profile: [], asked: [], findings, waivers: [] };
}

const files = [
  file(
    'one',
    finding({ place: 'a' }),
    finding({ place: 'b', rule: 'flow/wait', severity: 'warning', owners: ['lead', 'boss'], range: range(9) }),
    finding({ place: 'c', state: 'waived', range: range(1) }),
  ),
  file(
    'two',
    finding({ place: 'd', rule: 'language/yaml', owners: [] }),
    finding({ place: 'e', severity: 'info', state: 'unknown', also: ['flow/wait'], message: 'Nobody knows.' }),
  ),
];
const rows = rowsOf(files);

const placesOf = (all: readonly Row[]) => all.map((row) => row.finding.place).join('');
const said = (groups: readonly Group[]): readonly string[] =>
  groups.flatMap((group) => [
    `${group.name || group.kind}: ${placesOf(group.rows)}`,
    ...said(group.groups).map((line) => `  ${line}`),
  ]);

test('by clause: under its standard, those of more general rules too; what has none comes last', () => {
  assert.deepEqual(said(groupRows(rows, 'clause', rules)), [
    'Act: abec',
    '  Article 9: aec',
    '  Article 14: abec',
    'Norm: be',
    '  A.2: be',
    'none: d',
  ]);
});

test('by rule the gravest first; by owner a finding stands with each of them; by file in their order', () => {
  assert.deepEqual(said(groupRows(rows, 'rule', rules)), ['flow/loop: aec', 'language/yaml: d', 'flow/wait: b']);
  assert.deepEqual(said(groupRows(rows, 'owner', rules)), ['boss: b', 'lead: abec', 'none: d']);
  assert.deepEqual(
    groupRows(rows, 'file', rules).map(({ name, rows: all }) => `${name} ${placesOf(all)}`),
    ['file:///work/one.aiwf.yaml abc', 'file:///work/two.aiwf.yaml de'],
  );
});

test('a filter keeps what it names, in each of its parts', () => {
  const kept = (filter: object) => placesOf(filterRows(rows, { ...noFilter, ...filter }, rules));
  assert.equal(kept({}), 'abcde');
  assert.equal(kept({ severities: ['warning', 'info'] }), 'be');
  assert.equal(kept({ states: ['waived', 'known'] }), 'c');
  assert.equal(kept({ standards: ['Norm'] }), 'be');
  assert.equal(kept({ standards: ['Act'], severities: ['info'] }), 'e');
  assert.equal(kept({ text: 'NOBODY' }), 'e');
  assert.equal(kept({ text: 'two.aiwf' }), 'de');
  assert.equal(kept({ text: 'boss' }), 'b');
  assert.equal(kept({ text: 'flow/wait', states: ['waived'] }), '');
});

test('standards are those that findings touch, each once and in order', () => {
  assert.deepEqual(standardsOf(rows, rules), ['Act', 'Norm']);
});

test('what counts is counted by severity; unknown and accepted ones apart', () => {
  assert.deepEqual(countRows(rows), { errors: 2, warnings: 1, infos: 0, unknown: 1, accepted: 1 });
});

test('a filter that was kept is read again, and anything else is none', () => {
  const filter = { severities: ['error'], states: ['known'], standards: ['Act'], text: 'x' } as const;
  assert.deepEqual(readFilter(JSON.parse(JSON.stringify(filter))), filter);
  assert.deepEqual(readFilter({ ...filter, severities: ['fatal', 'error', 3], states: 'open', text: 1 }), {
    ...filter,
    states: [],
    text: '',
  });
  fc.assert(
    fc.property(fc.anything(), (value) => {
      assert.equal(
        filterRows(rows, { ...readFilter(value), standards: [], text: '' }, rules).length <= rows.length,
        true,
      );
    }),
  );
});

const anyRows = fc
  .array(
    fc.record({
      rule: fc.constantFrom(...rules.keys()),
      severity: fc.constantFrom(...severities),
      state: fc.constantFrom(...states),
      owners: fc.subarray(['lead', 'boss', 'bot']),
      also: fc.subarray([...rules.keys()]),
      line: fc.nat(9),
    }),
  )
  .map((all) =>
    rowsOf([
      file('any', ...all.map(({ line, ...more }, at) => finding({ ...more, place: `p${at}`, range: range(line) }))),
    ]),
  );

test('grouping loses nothing, whatever the rows', () => {
  fc.assert(
    fc.property(anyRows, fc.constantFrom(...groupings), (all, by) => {
      const nodes = buildNodes(all, by, rules);
      assert.deepEqual(new Set(rowsBelow(nodes)), new Set(all));
      const ids: string[] = [];
      const visit = (node: GovernanceNode): void => {
        ids.push(node.id);
        if (node.type !== 'step') for (const child of node.children) visit(child);
      };
      nodes.forEach(visit);
      assert.equal(new Set(ids).size, ids.length, 'each node has an id of its own');
    }),
  );
});

test('below a finding stands its path, unless it is the finding itself', () => {
  const long = [
    { text: 'start', range: range(0) },
    { text: '→ a', range: range(3) },
  ];
  const [group] = buildNodes(rowsOf([file('x', finding({ witness: long }))]), 'file', rules);
  const [node] = group?.children ?? [];
  assert.ok(node?.type === 'finding');
  assert.deepEqual(
    node.children.map(({ number, text }) => `${number} ${text}`),
    ['1 start', '2 → a'],
  );
  assert.deepEqual([node.uri, node.rule, node.place], ['file:///work/x.aiwf.yaml', 'flow/loop', 'a']);
  assert.equal(rowsBelow([...node.children]).length, 1, 'a step stands for its finding');
  const [plain] = buildNodes(rows, 'file', rules)[0]?.children ?? [];
  assert.ok(plain?.type === 'finding' && plain.children.length === 0);
});

test('a line tells the fault without what to do about it', () => {
  assert.equal(firstSentence("The loop at 'a' has no bound. Add 'max'."), "The loop at 'a' has no bound");
  assert.equal(firstSentence("Wait for 'x.y' e.g. 3.5 days: never"), "Wait for 'x.y' e.g. 3.5 days: never");
  assert.equal(firstSentence('One\n line only.'), 'One line only');
});

const words = {
  severities: { error: 'Error', warning: 'Warning', info: 'Information' },
  states: { open: 'open', unknown: 'unknown', waived: 'waived', known: 'known' },
  owners: (names: string) => `Answers: ${names}`,
  path: 'Path:',
  clauses: 'Clauses:',
  waiver: () => 'Accepted',
};

test('copied, a finding is an item of a list with place, state, owners, clauses and path', () => {
  const witness = [
    { text: 'start', range: range(0) },
    { text: '—[x_y]→ a', range: range(3) },
  ];
  const row = rowsOf([file('x', finding({ rule: 'flow/wait', witness }))]);
  assert.equal(
    findingsAsMarkdown(row, rules, () => 'x.aiwf.yaml', words),
    [
      "- **The loop at 'a' has no bound. Add 'max'.**",
      '  `flow/wait` · `x.aiwf.yaml:4` · `a`',
      '  - Error, open',
      '  - Answers: lead',
      '  - Clauses: Norm A.2; Act Article 14',
      '  - Path:',
      '    1. start',
      '    2. —\\[x\\_y\\]→ a',
      '',
    ].join('\n'),
  );
});

test('no text of a file becomes markup', () => {
  assert.equal(escapeMarkdown('<b> [x](y) `c` *d* & # | ~'), '&lt;b> \\[x\\](y) \\`c\\` \\*d\\* &amp; # \\| \\~');
  assert.equal(escapeMarkdown('- item\n# two'), '\\- item # two');
  assert.equal(code('a`b``c'), '``` a`b``c ```');
});

test('coverage: what was looked at first, rules counted once, findings below their rule', () => {
  const covered = (rule: string, state: 'violated' | 'satisfied' | 'not-checked') => ({
    rule,
    summary: '',
    state,
    doubts: [],
  });
  const of = (ref: string, ...ids: readonly string[]) =>
    ({ ref, status: 'verified', state: 'violated', partly: false, rules: ids }) as const;
  const nodes = coverageNodes(
    {
      files: 2,
      unchecked: 0,
      rules: [covered('flow/loop', 'violated'), covered('flow/wait', 'satisfied'), covered('x/y', 'not-checked')],
      standards: [
        { standard: 'Aside', edition: '1', profiles: [], clauses: [of('1', 'x/y')] },
        {
          standard: 'Norm',
          edition: '1',
          profiles: [],
          clauses: [of('1', 'flow/loop', 'flow/wait'), of('2', 'flow/loop')],
        },
      ],
    },
    rows,
  );
  assert.deepEqual(
    nodes.map(({ standard, state, counts }) => [standard.standard, state, counts.violated, counts.satisfied]),
    [
      ['Norm', 'violated', 1, 1],
      ['Aside', 'not-checked', 0, 0],
    ],
  );
  const below = nodes[0]?.children[0]?.children.map(
    ({ rule, children }) => `${rule} ${placesOf(children.map(({ row }) => row))}`,
  );
  assert.deepEqual(below, ['flow/loop ace', 'flow/wait be']);
});
