// Findings in the picture: where their badges stand, that the witness of each is a way over what is drawn, and what the
// page is told of them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DiagramFinding } from '../../src/protocol.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { openMarked } from '../support/service.ts';

function findingsIn(marked: string): readonly DiagramFinding[] {
  const { service, uri } = openMarked(marked);
  return service.diagram(uri)?.findings ?? [];
}

function ofRule(marked: string, rule: string): DiagramFinding {
  const findings = findingsIn(marked);
  const found = findings.find((finding) => finding.rule === rule);
  assert.ok(found, `no ${rule} among ${findings.map((finding) => finding.rule).join(', ')}`);
  return found;
}

function badge({ node, edge, lane }: DiagramFinding) {
  return { node, edge, lane };
}

const head = `aiwf: 1
workflow: w
profile: [strict]
accountable: boss
actors:
  boss: { kind: human }
  clerk: { kind: human }
  bot: { kind: agent }
`;

test('a finding about a step stands on the step', () => {
  const finding = ofRule(
    `${head}start: { on: manual, next: a }
steps:
  a: { task: Work, by: clerk, next: b }
  lost: { task: Never, by: clerk, next: b }
  b: { end: done }
`,
    'structure/unreachable-step',
  );
  assert.deepEqual(badge(finding), { node: 'lost', edge: undefined, lane: undefined });
});

test('a finding about an actor stands on the lane; on nothing, where no lane is drawn', () => {
  const text = `${head}start: { on: manual, next: a }
steps:
  a: { task: Work, by: bot, mode: automate, next: b }
  b: { end: done }
`;
  const rule = 'ownership/agent-identity-and-sponsor';
  assert.deepEqual(badge(ofRule(text, rule)), { node: undefined, edge: undefined, lane: 'bot' });
  const idle = text.replace('bot:', 'other: { kind: agent }\n  bot:');
  const ofOther = findingsIn(idle).filter(({ id }) => id.startsWith(`${rule} actor:other`));
  for (const finding of ofOther)
    assert.deepEqual(badge(finding), { node: undefined, edge: undefined, lane: undefined });
});

test('a finding in the text of an edge stands on the edge, and a badge has one place', () => {
  const finding = ofRule(
    `${head}data: { draft: { class: internal } }
start: { on: manual, next: a }
steps:
  a: { task: Write, by: bot, mode: automate, writes: [draft], next: b }
  b:
    approval: Sign
    by: boss
    covers: [draft]
    within: 2h
    on: { approve: c, reject: a, timeout: c }
  c: { task: Send, by: clerk, reads: [draft], effects: [{ kind: message-out, irreversible: true, consumes: [draft] }], next: d }
  d: { end: done }
`,
    'flow/timeout-fails-open',
  );
  assert.equal(finding.node, undefined);
  assert.match(finding.edge ?? '', /^edge:\d+$/);
  assert.equal(finding.witness.at(-1)?.edge, finding.edge, 'the path comes over the same edge');
});

test('an edge that is drawn once for several texts is found by each of them', () => {
  const text = `${head}start: { on: manual, next: a }
steps:
  a:
    task: Work
    by: bot
    mode: automate
    on: { error: b, low-confidence: b }
    next: c
  b: { task: Help, by: clerk, within: 1h, next: c }
  c: { end: done }
`;
  const { service, uri } = openMarked(text);
  const answer = service.diagram(uri);
  const edge = answer?.diagram.edges.find(({ from, to }) => from === 'a' && to === 'b');
  assert.equal(edge?.label, 'error, low-confidence');
  const steps = answer?.findings.flatMap(({ witness }) =>
    witness.map((step, at) => ({ step, before: witness[at - 1] })),
  );
  const over = steps?.filter(({ step, before }) => before?.node === 'a' && step.node === 'b') ?? [];
  assert.ok(over.length > 0, 'a path goes there');
  for (const { step } of over) assert.equal(step.edge, edge?.id);
});

test('what strikes anywhere in a scope is lit as it is drawn: from the scope', () => {
  const text = `${head}events: { stop-it: { from: boss } }
start: { on: manual, next: s }
steps:
  s:
    scope: Part
    start: i
    steps:
      i: { task: Inner, by: clerk, next: e }
      e: { end: fine }
    on: { stop-it: u }
    next: d
  u:
    wait: Something
    until: stop-it
    next: d
  d: { end: done }
`;
  const { service, uri } = openMarked(text);
  const answer = service.diagram(uri);
  const struck = answer?.diagram.edges.find(({ from, to }) => from === 's' && to === 'u');
  assert.ok(struck, 'drawn from the scope');
  const wait = answer?.findings.find(({ rule }) => rule === 'flow/wait-without-timeout');
  assert.equal(wait?.witness.at(-1)?.node, 'u');
  assert.equal(wait?.witness.at(-1)?.edge, struck.id);
});

test('inside a called file everything stands on the call', () => {
  const findings = findingsIn(`#- main.aiwf.yaml
${head}start: { on: manual, next: pay }
sla: [{ max: 1h }]
steps:
  pay: { call: part.aiwf.yaml, by: clerk, next: d }
  d: { end: done }
#- part.aiwf.yaml
aiwf: 1
workflow: part
accountable: boss
actors: { boss: { kind: human } }
start: { on: manual, next: first }
steps:
  first: { task: One, by: boss, within: 3h, next: second }
  second: { task: Two, by: boss, within: 3h, next: end }
  end: { end: done }
`);
  const overrun = findings.find(({ rule }) => rule === 'performance/sla-overrun');
  assert.ok(overrun, findings.map(({ rule }) => rule).join(', '));
  assert.deepEqual(
    [...new Set(overrun.witness.map(({ node }) => node))],
    ['start:0', 'pay', 'd'],
    'inner steps are lit as the call',
  );
});

test('standards are named once, fixes are announced, and the id outlives an edit elsewhere', () => {
  const text = `${head}start: { on: manual, next: a }
steps:
  a: { task: Work, by: bot, mode: automate, next: b }
  b: { end: done }
`;
  const before = findingsIn(text);
  assert.equal(new Set(before.map(({ id }) => id)).size, before.length, 'ids differ');
  for (const { standards } of before) assert.equal(new Set(standards).size, standards.length);
  const sponsor = before.find(({ rule }) => rule === 'ownership/agent-identity-and-sponsor');
  assert.ok(sponsor && sponsor.standards.length > 1);
  assert.ok(before.some(({ fixable }) => fixable) && before.some(({ fixable }) => !fixable));
  const after = findingsIn(text.replace('Work', 'Work longer'));
  assert.deepEqual(
    after.map(({ id }) => id),
    before.map(({ id }) => id),
  );
});

test('places: declarations of this file, whatever they are called', () => {
  const { service, uri } = openMarked(`${head}  constructor: { kind: system }
data: { report: { class: internal } }
stores: { shelf: { kind: record } }
events: { bell: { from: boss } }
policies: { care: { text: Take care } }
start: { on: manual, next: a }
steps:
  a: { task: Work, by: clerk, next: b }
  b: { end: done }
`);
  const places = service.diagram(uri)?.places ?? {};
  assert.deepEqual(Object.keys(places), [
    'actor:boss',
    'actor:clerk',
    'actor:bot',
    'actor:constructor',
    'data:report',
    'store:shelf',
    'event:bell',
    'policy:care',
  ]);
  assert.deepEqual(places['actor:bot'], { start: { line: 7, character: 2 }, end: { line: 7, character: 5 } });
});

const names = readdirSync('examples').filter((name) => name.endsWith('.aiwf.yaml'));
let steps = 0;

for (const name of names) {
  const text = readFileSync(`examples/${name}`, 'utf8');
  const strict = /^profile:/m.test(text)
    ? text.replace(/^profile:.*$/m, 'profile: [strict]')
    : text.replace(/^workflow:.*$/m, '$&\nprofile: [strict]');
  // With many demands dropped there is much to find.
  const bare = strict.replace(/^ +(accepts|within|log|covers|validates|reads|max): [^\n]*[^\n{[,:|>]\n/gm, '');
  for (const [kind, given] of [
    ['strict', strict],
    ['bare', bare],
  ] as const) {
    test(`${name}, ${kind}: every witness is a way through the picture`, () => {
      const uri = pathToFileURL(`examples/${name}`).href;
      const service = createLanguageService({ read });
      service.open(uri, 1, given);
      const answer = service.diagram(uri);
      const raw = service.inspect(uri, given)?.checked.lint.findings ?? [];
      assert.ok(answer);
      assert.equal(answer.findings.length, raw.length);
      const nodes = new Set(answer.diagram.nodes.map(({ id }) => id));
      const edges = new Map(answer.diagram.edges.map((edge) => [edge.id, edge]));
      answer.findings.forEach((finding, at) => {
        finding.witness.forEach((step, nth) => {
          const said = raw[at]?.witness[nth];
          const where = `${finding.id}, ${nth}: ${step.text}`;
          if (step.node !== undefined) assert.ok(nodes.has(step.node), where);
          else assert.match(said?.step ?? '', /^(workflow|stop|\w+:.*)$/, where);
          const before = finding.witness[nth - 1];
          const edge = edges.get(step.edge ?? '');
          if (step.edge !== undefined) assert.equal(edge?.to, step.node, where);
          if (!said?.edge || before?.node === undefined || step.node === undefined) return;
          if (before.node === step.node && !edge) return;
          assert.ok(edge, `not connected: ${where}`);
          steps++;
          if (edge.from === before.node) return;
          const strikes = edge.from === 'start:0' || scopesOf(before.node).includes(edge.from);
          assert.ok(strikes, `a wrong edge: ${where}`);
        });
      });
      function scopesOf(id: string): readonly string[] {
        const scope = answer?.diagram.nodes.find((node) => node.id === id)?.scope;
        return scope === undefined ? [] : [scope, ...scopesOf(scope)];
      }
    });
  }
}

test('the examples prove much by paths', () => {
  assert.ok(steps > 300, `${steps} steps of paths`);
});

function read(uri: string): string | undefined {
  try {
    return readFileSync(fileURLToPath(uri), 'utf8');
  } catch {
    return undefined;
  }
}
