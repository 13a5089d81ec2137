// `aiwf.config.yaml`: what it asks for, what is said of what is wrong in it, and which files it is for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configurationUris, parseConfiguration, settingsFor } from '../../src/governance/configuration.ts';
import { isIncluded } from '../../src/governance/included.ts';

const uri = 'file:///work/aiwf.config.yaml';

function problemsOf(text: string): readonly string[] {
  return parseConfiguration(uri, text).problems.map(
    ({ range, message }) => `${text.slice(range.start, range.end)}: ${message}`,
  );
}

test('profile, severities, parameters, duties, the day and globs are read', () => {
  const { settings, include, exclude, problems } = parseConfiguration(
    uri,
    `profile: [recommended, sox]
rules: { flow/unbounded-loop: warning, structure/participation-mode: off }
parameters: { utilization: 70%, adverse-only: false, max-autonomy: { high: L3 }, log-retention: 7y, dual-approval: 5k EUR }
sod: [[initiate, approve]]
today: 2026-11-23
include: workflows
exclude: [workflows/old, "**/draft-*"]
`,
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(settings, {
    profile: ['recommended', 'sox'],
    severities: new Map([
      ['flow/unbounded-loop', 'warning'],
      ['structure/participation-mode', 'off'],
    ]),
    parameters: {
      utilization: 0.7,
      adverseOnly: false,
      maxAutonomy: { high: 3 },
      logRetention: 7 * 365 * 24 * 60,
      dualApproval: { value: 5000, currency: 'EUR' },
    },
    sod: [['initiate', 'approve']],
    today: Date.parse('2026-11-23'),
  });
  assert.deepEqual(include, ['workflows']);
  assert.deepEqual(exclude, ['workflows/old', '**/draft-*']);
});

test('an empty, half-typed or foreign text asks for nothing and never throws', () => {
  for (const text of ['', '{', '- a', 'profile:', 'rules: { a', 'parameters: 3', 'sod: [a, [b], [c, d, e]]', '\u0000'])
    assert.deepEqual(parseConfiguration(uri, text).settings.severities ?? new Map(), new Map());
});

test('names that nothing bears are said with what may have been meant', () => {
  assert.deepEqual(
    problemsOf('profile: [recomended]\nrules: { flow/unbound-loop: off }\nparameters: { utilisation: 0.8 }\n'),
    [
      "recomended: There is no profile 'recomended'. Did you mean 'recommended'?",
      "flow/unbound-loop: There is no rule 'flow/unbound-loop'. Did you mean 'flow/unbounded-loop'?",
      "utilisation: There is no parameter 'utilisation'. Did you mean 'utilization'?",
    ],
  );
});

test('values that are none, unknown keys and duties that are no pair are said', () => {
  assert.deepEqual(problemsOf('parameters: { utilization: 120% }\nsod: [[a, b, c]]\nprofiles: x\n'), [
    "profiles: 'profiles' is not a key of a configuration. Did you mean 'profile'?",
    "120%: 'utilization' is not understood. Write a share such as 0.8 or 80%.",
    'c: Duties are incompatible in pairs: write [[initiate, approve]].',
  ]);
});

test('an override adds presets and replaces severities and parameters, for the files that it names alone', () => {
  const configuration = parseConfiguration(
    uri,
    `rules: { flow/unbounded-loop: error, data/clearance: off }
parameters: { utilization: 70%, max-steps: 20 }
overrides:
  - { files: payments, profile: sox, rules: { flow/unbounded-loop: info }, parameters: { max-steps: 9 } }
  - { files: ["**/draft-*"], rules: { flow/unbounded-loop: off } }
`,
  );
  assert.deepEqual(configuration.problems, []);
  const settings = (path: string) => settingsFor(configuration, `file:///work/${path}`);
  assert.equal(settings('a.aiwf.yaml'), configuration.settings);
  const payments = settings('payments/a.aiwf.yaml');
  assert.deepEqual(payments.profile, ['recommended', 'sox']);
  assert.deepEqual(payments.parameters, { utilization: 0.7, maxSteps: 9 });
  assert.deepEqual(Object.fromEntries(payments.severities ?? []), {
    'flow/unbounded-loop': 'info',
    'data/clearance': 'off',
  });
  const draft = settings('payments/draft-1.aiwf.yaml');
  assert.equal(draft.severities?.get('flow/unbounded-loop'), 'off');
});

test('what an override names wrongly is said, and a baseline that is none', () => {
  const text = 'overrides: [{ rules: { a/b: off } }]\nbaseline: ./b.json\n';
  const read = (other: string) => (other === 'file:///work/b.json' ? 'no' : undefined);
  assert.deepEqual(
    parseConfiguration(uri, text, read).problems.map(({ message }) => message),
    [
      "An override needs the key 'files': Globs relative to this file.",
      "'./b.json' is no file of known findings. Write it again: aiwf check --update-baseline.",
      "There is no rule 'a/b'.",
    ],
  );
  assert.deepEqual(problemsOf('baseline: ./b.json\n'), []);
});

test('a configuration is looked for upwards, the nearest first; an unsaved file has none', () => {
  assert.deepEqual(configurationUris('file:///work/a/b/x.aiwf.yaml'), [
    'file:///work/a/b/aiwf.config.yaml',
    'file:///work/a/aiwf.config.yaml',
    'file:///work/aiwf.config.yaml',
    'file:///aiwf.config.yaml',
  ]);
  assert.deepEqual(configurationUris('untitled:Untitled-1'), []);
});

test('include and exclude are globs from the folder of the configuration; a folder stands for all in it', () => {
  const included = (globs: string, path: string) => isIncluded(parseConfiguration(uri, globs), `file:///work/${path}`);
  assert.equal(included('', 'x.aiwf.yaml'), true);
  assert.equal(included('include: flows', 'flows/a/x.aiwf.yaml'), true);
  assert.equal(included('include: flows', 'other/x.aiwf.yaml'), false);
  assert.equal(included('include: "./flows/**/*.aiwf.yaml"', 'flows/a/x.aiwf.yaml'), true);
  assert.equal(included('exclude: [flows/old/]', 'flows/old/x.aiwf.yaml'), false);
  assert.equal(included('exclude: ["**/draft-*"]', 'flows/draft-1.aiwf.yaml'), false);
  assert.equal(included('include: "a b"', 'a%20b/x.aiwf.yaml'), true);
  assert.equal(isIncluded(parseConfiguration(uri, 'include: flows'), 'file:///elsewhere/x.aiwf.yaml'), true);
});

test('a glob that could keep a check busy, or says nothing, is refused at its place and names no file', () => {
  for (const glob of ['', '(a+)+b', '*a*a*a*b', '[a]+[a]+[a]+[a]+b', '**/**/**/**/**/**/x', 'x'.repeat(201)]) {
    const text = `exclude: ["${glob}"]\n`;
    const configuration = parseConfiguration('file:///work/aiwf.config.yaml', text);
    assert.equal(configuration.problems.length, 1, glob);
    assert.match(configuration.problems[0]?.message ?? '', /glob/);
    assert.deepEqual(configuration.exclude, []);
    assert.ok(isIncluded(configuration, `file:///work/${'a'.repeat(200)}b`));
  }
});
