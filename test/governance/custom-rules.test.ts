// Rules that a project brings: what they find, what they leave open, and what is said of mistakes in them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assess } from '../../src/governance/assess.ts';
import { parseConfiguration } from '../../src/governance/configuration.ts';
import { coverageOf } from '../../src/governance/coverage.ts';
import { parseFile } from '../../src/language/parse.ts';
import type { ProjectHost } from '../../src/language/project.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { ruleById } from '../../src/rules/registry.ts';

const uri = 'file:///work/aiwf.config.yaml';
const alone: ProjectHost = { text: () => undefined, file: () => undefined };

/** A rule with what the test is about, and the rest as short as it can be. */
function ruleOf(keys: Readonly<Record<string, string>>): string {
  const all = { id: 'acme/x', message: 'It is not so.', for: 'steps', require: 'true', ...keys };
  const lines = Object.entries(all).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `custom-rules:\n  - ${lines.join('\n    ')}\n`;
}

function findingsOf(configuration: string, workflow: string, only: readonly string[] = ['acme/x']): readonly Finding[] {
  const parsed = parseConfiguration(uri, configuration);
  assert.deepEqual(
    parsed.problems.map(({ message }) => message),
    [],
  );
  const file = parseFile('file:///work/a.aiwf.yaml', workflow);
  return assess(file, alone, { configuration: parsed, today: undefined, only }).findings.filter(
    ({ rule }) => rule === 'acme/x',
  );
}

function saidOf(configuration: string, workflow: string): readonly string[] {
  return findingsOf(configuration, workflow).map(({ place, verdict, message }) => `${place} ${verdict}: ${message}`);
}

/** What is said of a configuration, each with the characters it stands at. */
function mistakesIn(text: string): readonly string[] {
  return parseConfiguration(uri, text).problems.map(
    ({ range, message }) => `${text.slice(range.start, range.end)}: ${message}`,
  );
}

const payroll = `aiwf: 1
workflow: payroll
actors:
  clerk: { kind: human, holders: 2 }
  ours: { kind: agent, sponsor: clerk, model: { provider: acme, id: a, version: "1" } }
  theirs: { kind: agent, sponsor: clerk, model: { provider: other, id: b, version: "1" } }
  bare: { kind: agent, sponsor: clerk }
data:
  salary: { class: personal, labels: [payroll] }
  menu: { class: public }
start: { next: one }
steps:
  one: { task: Sums, by: ours, mode: ai-executed, reads: [salary], next: two }
  two: { task: Sends, by: theirs, mode: ai-executed, reads: [salary], next: three }
  three: { task: Cooks, by: theirs, mode: ai-executed, reads: [menu], next: four }
  four: { task: Prints, by: clerk, reads: [salary], next: five }
  five: { task: Files, by: bare, mode: ai-executed, reads: [salary], next: done }
  done: { end: Done }
`;

const noVendorModel = ruleOf({
  message: '{step.title}: payroll data must stay on our own models',
  when: 'step.reads.exists(d, "payroll" in d.labels)',
  require: 'step.by.all(a, a.kind != "agent" || a.model.provider == "acme")',
  severity: 'error',
});

test('the rule of the language description finds the model of a vendor, and leaves open what nobody states', () => {
  assert.deepEqual(saidOf(noVendorModel, payroll), [
    'two violation: Sends: payroll data must stay on our own models',
    "five unknown: Not known for 'five': `a.model` is not stated. State it, or let the rule ask with has(…) whether it is there.",
  ]);
});

test('a finding has the severity, the clauses and the page of its rule, and stands at the element', () => {
  const [finding] = findingsOf(
    `${noVendorModel}    clauses: [{ standard: ACME AI Policy, edition: "2026", ref: "4.2" }]
    docs: https://example.com/no-x
    summary: Payroll data stays on our own models.
`,
    payroll,
  );
  assert.equal(finding?.severity, 'error');
  assert.deepEqual(finding?.clauses, [
    { standard: 'ACME AI Policy', edition: '2026', ref: '4.2', status: 'unverified' },
  ]);
  assert.equal(finding?.own?.docs, 'https://example.com/no-x');
  assert.equal(finding?.own?.summary, 'Payroll data stays on our own models.');
  assert.deepEqual(
    finding?.witness.map(({ step, range, note }) => [step, payroll.slice(range.start, range.end), note]),
    [['two', 'two', 'the rule does not hold here']],
  );
});

test('what decides alone decides, whatever is absent: && and ||, all and exists, has, and when', () => {
  const verdictsOf = (keys: Readonly<Record<string, string>>) =>
    findingsOf(ruleOf({ for: 'actors', ...keys }), payroll).map(({ place, verdict }) => `${place} ${verdict}`);
  const others = ['actor:ours violation', 'actor:theirs violation', 'actor:bare violation'];
  // Nobody but the agents is looked at, and a human has no model.
  assert.deepEqual(verdictsOf({ require: 'actor.kind == "human" || actor.model.provider == "nobody"' }), [
    ...others.slice(0, 2),
    'actor:bare unknown',
  ]);
  assert.deepEqual(verdictsOf({ require: 'actor.model.provider == "nobody" && actor.kind == "human"' }), [
    // False && unknown is false for the agent without a model; true && unknown stays open for the human.
    'actor:clerk unknown',
    ...others,
  ]);
  assert.deepEqual(verdictsOf({ require: 'has(actor.model)' }), ['actor:clerk violation', 'actor:bare violation']);
  assert.deepEqual(verdictsOf({ when: 'has(actor.model)', require: 'actor.model.provider == "acme"' }), [
    'actor:theirs violation',
  ]);
  // A `when` that is not known matters only where `require` fails.
  assert.deepEqual(verdictsOf({ when: 'actor.model.provider == "acme"', require: 'true' }), []);
  assert.deepEqual(verdictsOf({ when: 'actor.model.provider == "acme"', require: 'actor.kind == "human"' }), [
    'actor:ours violation',
    'actor:bare unknown',
  ]);
});

test('one unknown for one reason, however many elements it is about', () => {
  const [finding, ...more] = findingsOf(
    ruleOf({ require: 'step.withinMinutes <= 60' }),
    payroll.replaceAll('menu', 'menus'),
  );
  assert.equal(more.length, 0);
  assert.equal(
    finding?.message,
    "Not known for 'one', 'two' and 'three' and 3 more: `step.withinMinutes` is not stated. State it, or let the rule ask with has(…) whether it is there.",
  );
  assert.equal(finding?.severity, 'info');
  assert.equal(finding?.witness.length, 6);
});

test('a list that names something undeclared is absent, so that nothing is concluded from the rest of it', () => {
  const text = payroll.replace('by: clerk', 'by: [clerk, nobody]');
  const said = saidOf(ruleOf({ when: 'step.id == "four"', require: 'step.by.exists(a, a.kind == "agent")' }), text);
  assert.match(said.join(), /^four unknown: Not known for 'four': `step.by` is not stated/);
});

test('several models: `model` is absent and `models` has them all', () => {
  const text = payroll.replace('{ provider: acme, id: a, version: "1" }', '[{ provider: acme }, { provider: other }]');
  const verdict = (require: string) => saidOf(ruleOf({ for: 'actors', when: 'actor.id == "ours"', require }), text);
  assert.match(verdict('actor.model.provider == "acme"').join(), /unknown/);
  assert.match(verdict('actor.models.all(m, m.provider == "acme")').join(), /violation/);
});

const desk = `aiwf: 1
workflow: desk
actors:
  customer: { kind: external }
  lead: { kind: human, holders: 2 }
  bot: { kind: agent, sponsor: lead }
data: { mail: { class: personal } }
stores: { book: { kind: log } }
start: { from: customer, on: message, gives: [mail], next: read }
steps:
  read: { task: Reads, by: bot, mode: ai-executed, reads: [mail], next: look }
  look: { review: Looks, by: lead, reviews: [mail], next: [{ label: yes, to: pay }, { label: no, to: done }] }
  pay:
    task: Pays
    by: lead
    effects: [{ kind: payment, irreversible: true }]
    next: done
  done: { end: Done }
`;

test('a handoff is shown from one end to the other', () => {
  const [finding] = findingsOf(
    ruleOf({
      for: 'handoffs',
      when: 'handoff.betweenHumanAndAi && has(handoff.from)',
      require: 'has(handoff.ackMinutes)',
      message: '{handoff.senders.map(a, a.id).join(", ")} gives to {handoff.receivers.map(a, a.id).join(", ")}',
    }),
    desk,
  );
  assert.equal(finding?.message, 'bot gives to lead');
  assert.equal(finding?.place, 'look');
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['read', 'look'],
  );
});

test('every kind of element can be looked at', () => {
  const said = (kind: string, variable: string, require: string) =>
    saidOf(ruleOf({ for: kind, require, message: `{${variable}} fails` }), desk);
  assert.deepEqual(said('workflow', 'workflow.id', 'workflow.hasStop'), ['workflow violation: desk fails']);
  assert.deepEqual(said('effects', 'effect.step.id', 'effect.step.alwaysBefore.exists(s, s.kind == "approval")'), [
    'pay violation: pay fails',
  ]);
  assert.deepEqual(said('effects', 'effect.step.id', 'effect.step.alwaysBefore.exists(s, s.kind == "review")'), []);
  assert.deepEqual(said('data', 'data.id', 'data.class == "public"'), ['data:mail violation: mail fails']);
  assert.deepEqual(said('stores', 'store.id', 'store.appendOnly'), ['store:book violation: book fails']);
  assert.deepEqual(said('steps', 'step.id', 'step.kind != "end" || step.previous.size() == 1'), [
    'done violation: done fails',
  ]);
});

test('a message stays on one line, says what is not stated, and keeps doubled braces', () => {
  const text = desk.replace('task: Pays', 'task: "Pays\\n\\u0007now"');
  const said = saidOf(
    ruleOf({ when: 'step.id == "pay"', require: 'false', message: '{{{step.title}}}: {step.phase}' }),
    text,
  );
  assert.deepEqual(
    said.map((each) => each.replace('\u0007', '?')),
    ['pay violation: {Pays ?now}: (not stated)'],
  );
});

test('mistakes in expressions are said at their characters', () => {
  const at = (keys: Readonly<Record<string, string>>) => mistakesIn(ruleOf(keys));
  assert.deepEqual(at({ require: 'step.by.exists(a, a.modle.id == "x")' }), [
    "modle: `a` has no field 'modle'. Did you mean 'model'?",
  ]);
  assert.deepEqual(at({ require: 'stp.id == "x"' }), [
    "stp: 'stp' is nothing that a rule for steps can name. Did you mean 'step'?",
  ]);
  assert.deepEqual(at({ require: 'step.id' }), [
    '"step.id": The expression is to be true or false; this one is a value of type string.',
  ]);
  assert.match(at({ require: 'step.scope != null' }).join(), /has\(…\) asks whether a field is there/);
  assert.deepEqual(at({ require: 'step.id == 3' }), [
    'step.id == 3: These types do not go together: string == number.',
  ]);
  assert.deepEqual(at({ message: 'a {step.titel} b' }), ["titel: `step` has no field 'titel'. Did you mean 'title'?"]);
  assert.deepEqual(at({ message: 'a {step.by} b' }), [
    'step.by: This is a value of type list<Actor>, and no text. Name a field of it, or join texts: x.map(each, each.id).join(", ").',
  ]);
  assert.deepEqual(at({ message: 'a } b' }), ["}: '}' stands alone. Write '}}' for the character itself."]);
});

test('a rule with a mistake does not run, and the others do', () => {
  const both = `${ruleOf({ id: 'acme/broken', require: 'step.nothing' })}${ruleOf({ require: 'false' }).replace('custom-rules:\n', '')}`;
  const configuration = parseConfiguration(uri, both);
  assert.deepEqual(
    configuration.customRules.map(({ id, rule }) => [id, rule !== undefined]),
    [
      ['acme/broken', false],
      ['acme/x', true],
    ],
  );
});

test('an id has a namespace that is not ours, and stands once', () => {
  const of = (id: string) => mistakesIn(ruleOf({ id }));
  assert.match(of('no-x').join(), /cannot be the id of a rule/);
  assert.match(of('flow/unbounded-loop').join(), /is a rule of aiwf/);
  assert.match(of('flow/mine').join(), /Ids that begin with 'flow\/' are those of aiwf/);
  assert.ok(ruleById('flow/unbounded-loop'));
  const twice = `${ruleOf({})}${ruleOf({}).replace('custom-rules:\n', '')}`;
  assert.deepEqual(mistakesIn(twice), ['"acme/x": There are two rules \'acme/x\'.']);
});

test('severities, overrides and off count for custom rules, and their names are known', () => {
  const rule = ruleOf({ require: 'false' });
  const severities = (more: string) => [...new Set(findingsOf(`${rule}${more}`, desk).map(({ severity }) => severity))];
  const all = (more: string) =>
    assess(parseFile('file:///work/a.aiwf.yaml', desk), alone, {
      configuration: parseConfiguration(uri, `${rule}${more}`),
      today: undefined,
    }).findings.filter(({ rule: id }) => id === 'acme/x');
  assert.deepEqual(severities(''), ['warning']);
  assert.deepEqual(severities('rules: { acme/x: error }\n'), ['error']);
  assert.deepEqual(severities('overrides: [{ files: a.aiwf.yaml, rules: { acme/x: info } }]\n'), ['info']);
  assert.equal(all('').length, 4);
  assert.equal(all('rules: { acme/x: off }\n').length, 0);
  assert.match(
    mistakesIn(`${rule}rules: { acme/y: off }\n`).join(),
    /There is no rule 'acme\/y'. Did you mean 'acme\/x'/,
  );
});

test('a waiver accepts a finding of a custom rule', () => {
  const waived = `${desk}waivers: [{ rule: acme/x, at: pay, reason: Old, owner: lead, approved-by: board, expires: 2999-01-01 }]\n`;
  const { findings, accepted } = assess(parseFile('file:///work/a.aiwf.yaml', waived), alone, {
    configuration: parseConfiguration(uri, ruleOf({ when: 'step.id == "pay"', require: 'false' })),
    today: Date.parse('2026-11-24'),
  });
  assert.equal(
    findings.some(({ rule }) => rule === 'acme/x'),
    false,
  );
  assert.deepEqual(
    accepted.map(({ finding }) => finding.rule),
    ['acme/x'],
  );
});

test('lists gone through inside each other end at a limit, which is said as an unknown', () => {
  const steps = Array.from({ length: 120 }, (_, i) => `  s${i}: { task: T, by: lead, next: s${i + 1} }`).join('\n');
  const long = `aiwf: 1\nworkflow: long\nactors: { lead: { kind: human } }\nstart: { next: s0 }\nsteps:\n${steps}\n  s120: { end: E }\n`;
  const nested = 'workflow.steps.all(a, workflow.steps.all(b, workflow.steps.all(c, a.id != "x" || b.id != c.id)))';
  const began = performance.now();
  assert.match(
    saidOf(ruleOf({ for: 'workflow', require: nested }), long).join(),
    /^workflow unknown: Not known for 'workflow': more than 200000 elements of lists were to be looked at/,
  );
  assert.ok(performance.now() - began < 5_000);
  const deeper = 'workflow.steps.all(a, workflow.steps.all(b, workflow.steps.all(c, workflow.steps.all(d, true))))';
  assert.match(mistakesIn(ruleOf({ for: 'workflow', require: deeper })).join(), /more than 3 deep/);
});

test('what nothing bounds is refused', () => {
  for (const require of [
    'step.id.matches("(a+)+$")',
    'cel.bind(a, 1, a == 1)',
    '[step.id] == ["x"]',
    'step.id + "x" == "x"',
    '{"a": true}.a',
    'step.by.map(a, a.tools).size() == 1',
    'timestamp("2026-01-01T00:00:00Z") == timestamp("2026-01-01T00:00:00Z")',
    `${'('.repeat(60)}true${')'.repeat(60)}`,
    `${'true && '.repeat(500)}true`,
    `step.id in [${'"a", '.repeat(31)}"b"]`,
  ])
    assert.equal(parseConfiguration(uri, ruleOf({ require })).customRules[0]?.rule, undefined, require);
});

test('in a workspace that is not trusted no rule is read, and that is said', () => {
  const text = `${noVendorModel}packs: ./acme.rules.yaml\nrules: { acme/x: off }\n`;
  const read = (each: string) => assert.fail(`${each} is read`);
  const { customRules, packs, problems } = parseConfiguration(uri, text, read, { trusted: false });
  assert.deepEqual([customRules, packs], [[], []]);
  assert.deepEqual(
    problems.map(({ range, severity, message }) => [text.slice(range.start, range.end), severity, message]),
    [
      ['custom-rules', 'info', 'These rules are not run, since this workspace is not trusted.'],
      ['packs', 'info', 'These rules are not run, since this workspace is not trusted.'],
    ],
  );
});

test('half-typed rules never throw', () => {
  const whole = `${noVendorModel}packs: [./a.rules.yaml, "@acme/rules"]\n`;
  for (let length = 0; length <= whole.length; length++) parseConfiguration(uri, whole.slice(0, length));
});

test('coverage counts custom rules and the clauses that they serve', () => {
  const clauses = '    clauses: [{ standard: House, edition: "1", ref: "4.2" }]\n';
  const stateOf = (keys: Readonly<Record<string, string>>, more = '') => {
    const configuration = parseConfiguration(uri, `${ruleOf(keys)}${clauses}${more}`);
    const file = parseFile('file:///work/a.aiwf.yaml', desk);
    const { rules, standards } = coverageOf([assess(file, alone, { configuration, today: 0 })]);
    const house = standards.find(({ standard }) => standard === 'House');
    const rule = rules.find((each) => each.rule === 'acme/x');
    assert.equal(house?.clauses[0]?.state, rule?.state);
    return rule?.state;
  };
  const pays = 'step.effects.exists(e, e.kind == "payment")';
  assert.equal(stateOf({ when: pays, require: 'step.by.all(a, a.kind == "human")' }), 'satisfied');
  assert.equal(stateOf({ when: pays, require: 'step.by.all(a, a.kind == "agent")' }), 'violated');
  assert.equal(stateOf({ when: pays, require: 'step.withinMinutes < 60' }), 'unknown');
  assert.equal(stateOf({ when: 'step.kind == "contest"', require: 'false' }), 'not-applicable');
  assert.equal(stateOf({ require: 'false' }, 'rules: { acme/x: off }\n'), undefined);
});
