// Hover over what stands in aiwf.config.yaml.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hoverIn } from '../support/service.ts';

const text = `#- aiwf.config.yaml
profile: [recommended, sox]
rules:
  flow/unbounded-loop: warning
  'visibility/audit-log': off
parameters:
  dual-approval: 5k EUR
  max-autonomy: { high: L3 }
sod: [[initiate, approve]]
include: [teams, nowhere]
baseline: ./aiwf.baseline.json
overrides:
  - files: [teams/*]
    parameters: { utilization: 70% }
#- aiwf.baseline.json
{ "version": 1, "files": { "a": [{ "rule": "r", "place": "p", "message": "m", "count": 3 }] } }
#- teams/a.aiwf.yaml
aiwf: 1
workflow: a
`;

/** Hover over the first character of \`word\` inside \`where\`. */
function hover(where: string, word = where): string {
  const at = text.indexOf(where) + where.lastIndexOf(word);
  assert.ok(text.includes(where), where);
  return hoverIn(`${text.slice(0, at)}<|>${text.slice(at)}`) ?? '';
}

test('keys say what they mean and take', () => {
  assert.match(hover('profile: ['), /\*\*profile\*\*[\s\S]*Presets of rules[\s\S]*Default: \\\[recommended\\\]/);
  assert.match(hover('files: [teams/*]'), /Globs relative to this file\.[\s\S]*Required/);
});

test('presets say what they are for and which rules they hold', () => {
  assert.match(
    hover('[recommended, sox]', 'sox'),
    /`sox` — preset[\s\S]*Internal control[\s\S]*- `oversight\/two-person`/,
  );
});

test('rules say what they ask, as in a workflow, also in quotes', () => {
  assert.match(hover('flow/unbounded-loop'), /`flow\/unbounded-loop` — error[\s\S]*Documentation\]\(/);
  assert.match(hover("'visibility/audit-log'", 'visibility'), /`visibility\/audit-log`/);
});

test('severities', () => {
  assert.match(hover('flow/unbounded-loop: warning', 'warning'), /A warning\./);
});

test('parameters say what they take, what holds otherwise, and which presets set them', () => {
  const said = hover('dual-approval');
  assert.match(said, /Effects of this amount/);
  assert.match(said, /an amount such as 10000 USD/);
  assert.match(said, /Default: not judged/);
  assert.match(said, /Set by the presets .*`sox`.*; a value here wins/);
  assert.doesNotMatch(hover('utilization'), /Set by the presets `sox`/);
  assert.match(hover('{ high: L3 }', 'high'), /High risk/);
  assert.match(hover('{ high: L3 }', 'L3'), /Consultant/);
});

test('globs say which workflows they name', () => {
  assert.match(hover('include: [teams, nowhere]', 'teams'), /names 1 workflow[\s\S]*- `teams\/a\.aiwf\.yaml`/);
  assert.match(hover('include: [teams, nowhere]', 'nowhere'), /names no workflow/);
  assert.match(hover('[teams/*]', 'teams'), /names 1 workflow/);
});

test('the baseline says how many findings it knows', () => {
  assert.match(hover('./aiwf.baseline.json'), /3 known findings in 1 file/);
  assert.match(hoverIn('#- aiwf.config.yaml\nbaseline: ./n<|>one.json\n') ?? '', /not there yet/);
});

test('duties, and nothing where nothing is known', () => {
  assert.match(hover('initiate'), /`initiate` — duty/);
  assert.equal(hoverIn('#- aiwf.config.yaml\nnonsense: t<|>rue\n'), undefined);
  assert.equal(hoverIn('#- aiwf.config.yaml\nrules: { no/such<|>: off }\n'), undefined);
});

const rules = `custom-rules:
  - id: acme/own-models
    message: "{step.title}: no"
    for: steps
    when: step.by.exists(a, a.kind == "agent")
    require: size(step.reads) > 0
    severity: error
    summary: Our own models
rules: { acme/own-models: warning }
packs: [./acme.aiwf.rules.yaml]
#- acme.aiwf.rules.yaml
pack: acme
custom-rules:
  - { id: acme/other, message: No, for: actors, require: actor.kind == "human" }
`;
const inRules = (where: string, word = where) => {
  const at = rules.indexOf(where) + where.lastIndexOf(word);
  assert.ok(rules.includes(where), where);
  return hoverIn(`#- aiwf.config.yaml\n${rules.slice(0, at)}<|>${rules.slice(at)}`) ?? '';
};

test('conditions of own rules: fields, variables of macros, functions, and in messages', () => {
  assert.match(inRules('step.by', 'by'), /`by` — list/);
  assert.match(inRules('a.kind', 'kind'), /`kind` — string/);
  assert.match(inRules('size(step', 'size'), /`size` — size\\\(list\\\)/);
  assert.match(inRules('{step.title}', 'title'), /`title` — string/);
  assert.equal(inRules('"agent"', 'agent'), '');
});

test('own rules and packs', () => {
  assert.match(inRules('{ acme/own-models', 'acme'), /`acme\/own-models` — error[\s\S]*Our own models/);
  assert.match(inRules('./acme.aiwf.rules.yaml'), /brings 1 rule[\s\S]*- `acme\/other`/);
});

test('what a file is called never becomes markup', () => {
  assert.doesNotMatch(
    hoverIn('#- aiwf.config.yaml\nbaseline: "./[x](command:y)`<|>z`.json"\n') ?? '',
    /`[^`]*\]\(command[^`]*$/,
  );
});
