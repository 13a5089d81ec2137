// The audit pack: valid by its schema, the same each time, complete for what the designs hold, careful in what it claims,
// and safe with texts that want to be markup.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { renderAuditJson } from '../../src/report/audit-pack.ts';
import { audited, auditedSample } from '../support/audited.ts';
import { checkGolden } from '../support/golden.ts';
import { exampleTexts } from '../support/reported.ts';

const schema = JSON.parse(readFileSync('docs/audit.schema.json', 'utf8'));
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

function checkSchema(pack: unknown): void {
  assert.ok(validate(JSON.parse(JSON.stringify(pack))), JSON.stringify(validate.errors?.slice(0, 5)));
}

const everything = auditedSample(exampleTexts, {
  commit: 'a'.repeat(40),
  unread: [{ path: 'lost.aiwf.yaml', reason: 'no such file or folder' }],
});

test('audit.json is valid by its schema, whatever the designs hold', () => {
  checkSchema(everything.pack);
  checkSchema(audited({}).pack);
  checkSchema(
    audited({ 'broken.aiwf.yaml': 'aiwf: 1\nworkflow: w\nsteps: {a: {task: [}, b: {by: nobody, on: {x: y}}}' }).pack,
  );
  checkSchema(audited({ 'library.aiwf.yaml': 'aiwf: 1\nlibrary: l\nactors: { a: { kind: agent } }\n' }).pack);
});

test('the schema admits nothing that it does not name', () => {
  const pack = JSON.parse(renderAuditJson(everything.pack));
  for (const change of [
    () => {
      pack.surplus = 1;
    },
    () => {
      delete pack.surplus;
      pack.workflows[0].surplus = 1;
    },
    () => {
      delete pack.workflows[0].surplus;
      pack.workflows[0].findings = [{ id: 'F1' }];
    },
  ]) {
    change();
    assert.equal(validate(pack), false);
  }
});

test('the pack of an example is as it was', () => {
  const name = 'technical-translation.aiwf.yaml';
  const { pack, page } = audited(exampleTexts, { paths: [name] });
  checkGolden('test/golden/audit-technical-translation.json', renderAuditJson(pack));
  checkGolden('test/golden/audit-technical-translation.html', page);
});

test('the order in which files are named changes nothing', () => {
  const paths = Object.keys(exampleTexts);
  const [one, other] = [audited(exampleTexts), audited(exampleTexts, { paths: [...paths].reverse() })];
  assert.equal(renderAuditJson(one.pack), renderAuditJson(other.pack));
  assert.equal(one.page, other.page);
});

test('every agent, effect, handoff and step of a design is in its registers', () => {
  for (const { design, agents, effects, responsibilities, handoffs } of everything.pack.workflows.map((one) => ({
    ...one,
    responsibilities: one.design.responsibilities,
  }))) {
    const steps = new Set(design.steps.map(({ id }) => id));
    const working = new Set(design.steps.flatMap(({ by, assistedBy }) => [...by, ...assistedBy]));
    const ai = design.actors.filter(({ id, kind }) => kind === 'agent' && working.has(id)).map(({ id }) => id);
    const listed = new Set(agents.map(({ id }) => id));
    assert.deepEqual(
      ai.filter((id) => !listed.has(id)),
      [],
    );
    for (const { step } of [...effects, ...responsibilities]) assert.ok(steps.has(step), step);
    for (const { toStep, from, to } of handoffs) {
      assert.ok(steps.has(toStep), toStep);
      assert.ok(from.length > 0 && to.length > 0);
    }
  }
  const all = everything.pack.workflows;
  assert.ok(all.some(({ agents }) => agents.some(({ autonomy }) => autonomy.derived)));
  assert.ok(all.some(({ agents }) => agents.some(({ judgedIn }) => judgedIn.length > 0)));
  assert.ok(
    all.some(({ effects }) => effects.some(({ standing, judgedBy }) => standing === 'approved' && judgedBy.length > 0)),
  );
  assert.ok(all.some(({ decisions }) => decisions.some(({ significant }) => significant)));
  assert.ok(all.some(({ data }) => data.some(({ comesTo }) => comesTo.some(({ kind }) => kind === 'actor'))));
});

test('findings are numbered once, under their clauses, and waivers stand with what they accept', () => {
  const { workflows, clauses, statement } = everything.pack;
  const findings = workflows.flatMap((one) => one.findings);
  assert.deepEqual(
    findings.map(({ id }) => id),
    findings.map((_, index) => `F${index + 1}`),
  );
  const cited = new Map(
    clauses.map(({ standard, edition, ref, findings: ids }) => [`${standard} ${edition} ${ref}`, ids]),
  );
  for (const { id, clauses: own } of findings)
    for (const { standard, edition, ref } of own)
      assert.ok(cited.get(`${standard} ${edition} ${ref}`)?.includes(id), id);
  const waivers = workflows.flatMap((one) => one.waivers);
  assert.deepEqual(waivers.map(({ state }) => state).sort(), ['active', 'expired']);
  assert.equal(waivers.find(({ state }) => state === 'active')?.daysLeft, 68);
  const accepted = findings.filter(({ state }) => state === 'waived');
  assert.ok(accepted.length > 0);
  for (const { waiver } of accepted) assert.equal(waiver, waivers.find(({ state }) => state === 'active')?.id);
  assert.equal(statement.counts.known, 1);
  assert.equal(statement.counts.waived, accepted.length);
  assert.ok(findings.every(({ rule, witness }) => rule.startsWith('language/') || witness.length > 0));
});

test('a waiver of the configuration has one number, whatever it accepts in which file', () => {
  const text = (id: string) => `aiwf: 1
workflow: ${id}
actors: { owner: { kind: human, holders: 2 }, board: { kind: human, holders: 1 } }
start: { on: manual, from: owner, next: work }
steps:
  work: { task: Do the work, by: owner, next: done }
  done: { end: Work is done, records: [outcome] }
`;
  const { pack, page } = audited(
    {
      'a.aiwf.yaml': text('a'),
      'b.aiwf.yaml': text('b'),
      'c.aiwf.yaml': text('c').replace('workflow: c', 'workflow: c\naccountable: owner'),
    },
    {
      configuration: `waivers:
  - in: ["*.aiwf.yaml"]
    rule: ownership/exactly-one-accountable
    at: workflow
    reason: The team is being formed.
    owner: owner
    approved-by: board
    expires: 2026-12-31
`,
    },
  );
  checkSchema(pack);
  const waivers = pack.workflows.flatMap((one) => one.waivers);
  assert.deepEqual(
    waivers.map(({ id, in: place, state, count }) => [id, place, state, count]),
    [
      ['W1', 'configuration', 'active', 1],
      ['W1', 'configuration', 'active', 1],
      ['W1', 'configuration', 'unused', 0],
    ],
  );
  assert.equal(pack.statement.counts.waived, 2);
  assert.equal(page.match(/id="W1"/g)?.length, 1);
});

test('it says what was checked, by which day, what was not, and never that a standard is met', () => {
  const { pack, page } = everything;
  const { checked, notChecked, limits } = pack.statement;
  assert.match(checked, /^9 workflows and 1 library were checked with 90 of the 90 rules of this version \(strict\)/);
  assert.match(checked, /dates were judged by 2026-11-24/);
  assert.ok(notChecked.includes("'lost.aiwf.yaml' was not checked: no such file or folder."));
  assert.ok(limits.length >= 4);
  assert.doesNotMatch(page, /complian|certif|conforms/i);
  assert.match(audited(exampleTexts).pack.statement.notChecked[0] ?? '', /^37 rules that no profile asks for/);
});

test('texts of files are never markup', () => {
  const evil = '</title><script>alert(1)</script><img src=x onerror=alert(1)>"\'&';
  const quoted = JSON.stringify(evil);
  const text = `aiwf: 1
workflow: w
title: ${quoted}
purpose: ${quoted}
accountable: owner
risk: { tier: high, purpose: ${quoted} }
actors:
  owner: { kind: human, title: ${quoted}, holders: 1 }
  bot:
    kind: agent
    title: ${quoted}
    sponsor: owner
    model: { provider: ${quoted}, id: ${quoted}, version: ${quoted}, region: ${quoted} }
    tools: { send: { effect: irreversible, server: ${quoted}, version: ${quoted} } }
data: { claim: { title: ${quoted}, class: personal, labels: [${quoted}], basis: { ref: ${quoted} } } }
stores: { box: { kind: log, title: ${quoted}, region: ${quoted} } }
start: { on: manual, from: owner, gives: [claim], next: a }
steps:
  a:
    task: ${quoted}
    by: bot
    mode: ai-executed
    reads: [claim]
    accepts: { ack: 1h, context: [${quoted}], accept-if: ${JSON.stringify('claim.x == "<b>"')} }
    effects: [{ kind: ${quoted}, irreversible: true, uses: [claim] }]
    next: b
  b: { approval: ${quoted}, by: owner, covers: [claim], on: { approve: c, modify: a, reject: c } }
  c: { end: ${quoted} }
evidence: [{ ref: ${quoted}, of: bot, model: ${quoted} }]
monitors: [{ of: bot, signal: ${quoted}, alert: ${quoted}, responder: owner }]
waivers:
  - { rule: ${quoted}, at: ${quoted}, reason: ${quoted}, owner: owner, approved-by: ${quoted}, ticket: ${quoted}, expires: 2027-01-01 }
`;
  const { pack, page } = audited(
    { '<i>&.aiwf.yaml': text },
    { pictures: true, unread: [{ path: '<u>', reason: '<s>' }] },
  );
  checkSchema(pack);
  assert.doesNotMatch(page, /<script|<img|<i>|<u>|<s>|onerror="|<b>/i);
  assert.ok(page.includes('&#60;script&#62;'));
  assert.match(page, /<title>Audit pack of AI workflows<\/title>/);
});

test('every link within the page leads somewhere, and no id stands twice', () => {
  const { page } = everything;
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  );
  const known = new Set(ids);
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  assert.ok(links.length > 50);
  assert.deepEqual(
    links.filter((id) => !known.has(id)),
    [],
  );
  // Beside pages of rules nothing outside is named, and nothing is loaded.
  assert.doesNotMatch(page, /<(link|script|iframe|object|embed|img)\b|url\(|@import/);
});
