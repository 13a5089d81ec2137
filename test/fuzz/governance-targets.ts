// Fuzz targets of what a project asks: configurations, waivers, baselines, files of shared rules.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { type Assessment, assess } from '../../src/governance/assess.ts';
import { baselineEntries, parseBaseline, renderBaseline } from '../../src/governance/baseline.ts';
import { parseConfiguration } from '../../src/governance/configuration.ts';
import { testRule } from '../../src/governance/custom-rule-examples.ts';
import { parsePack } from '../../src/governance/rule-packs.ts';
import { parseFile } from '../../src/language/parse.ts';
import type { Problem } from '../../src/language/problem.ts';
import { byPlace } from '../../src/rules/lint.ts';
import { hostOf, mainUri } from '../language/parsing.ts';
import { survive } from '../language/surviving.ts';
import { damage, damagedBy, examples } from '../support/damaged-text.ts';
import { configurationText, each, packText, type Target, text } from './drawn.ts';
import { patience } from './language-targets.ts';

const day = 86_400_000;

const configurationUri = 'file:///work/aiwf.config.yaml';

/** What a waiver may say or leave out; where it is for nothing, it says so itself. */
const waiver = fc.record(
  {
    reason: fc.constantFrom('Accepted.', '', 7, null),
    owner: fc.constantFrom('anna', 'bot', '', 3),
    'approved-by': fc.constantFrom('bob', 'anna', null),
    ticket: fc.constantFrom('T-1', ['x']),
    expires: fc.constantFrom('1970-02-01', '1970-12-31', '2030-01-01', 'never', 0),
    at: fc.constantFrom('workflow', 'nowhere'),
  },
  { requiredKeys: [] },
);

export const governanceTargets: Readonly<Record<string, Target>> = {
  /** A configuration, and a check that it counts for. */
  configuration: each(fc.tuple(configurationText, fc.constantFrom(...examples)), ([source, example]) =>
    configurationHolds(source, example),
  ),
  /** What is written as a baseline is read again; anything else is refused or read, never thrown. */
  baseline: each(
    fc.tuple(fc.oneof(fc.json(), fc.constantFrom(...examples)), fc.array(damage, { maxLength: 3 })),
    ([base, all]) => {
      const { findings } = survive(all.reduce(damagedBy, base), patience);
      const entries = baselineEntries(findings);
      const known = new Map(entries.length > 0 ? [['a "b".aiwf.yaml', entries]] : []);
      const written = renderBaseline(known);
      assert.deepEqual(parseBaseline(written), known);
      parseBaseline(all.reduce(damagedBy, written));
      parseBaseline(base);
    },
  ),
  /** A JSON of any form in the place of a baseline, read by the configuration that names it. */
  'baseline-file': each(fc.tuple(fc.oneof(fc.json(), baselineLike()), text), ([written, drawn]) => {
    const configuration = parseConfiguration(configurationUri, 'baseline: ./known.json\n', () => written);
    const file = parseFile(mainUri, drawn);
    const bare = assess(file, hostOf(), { configuration: undefined, today: 0 });
    assert.deepEqual(places(assess(file, hostOf(), { configuration, today: 0 })), places(bare));
  }),
  /** Waivers of any kind: each finding is open or accepted, none is lost and none is made. */
  waivers: each(
    fc.tuple(text, fc.array(fc.tuple(fc.nat(), waiver), { maxLength: 5 }), fc.nat(400)),
    ([drawn, chosen, today]) => {
      const file = parseFile(mainUri, drawn);
      const bare = assess(file, hostOf(), { configuration: undefined, today: today * day });
      const waivers = chosen.map(([at, fields]) => {
        const finding = bare.findings[at % Math.max(1, bare.findings.length)];
        return { files: ['**'], rule: finding?.rule ?? 'x', at: finding?.place ?? 'x', ...fields };
      });
      const source = stringify({ waivers });
      const configuration = parseConfiguration(configurationUri, source, () => undefined);
      const judged = assess(file, hostOf(), { configuration, today: today * day });
      assert.deepEqual(places(judged), places(bare));
      // A waiver that has ended accepts nothing.
      for (const { waiver: fields } of judged.accepted)
        assert.ok(!fields?.expires || fields.expires.value >= today * day - day, source);
    },
  ),
  /** A file of shared rules: its problems lie in it, and its rules run on any example without a fault. */
  rules: each(fc.tuple(packText, fc.constantFrom(...examples)), ([source, example]) => packHolds(source, example)),
};

/** Throws where a configuration makes trouble, for itself or for the check of a file. */
export function configurationHolds(source: string, example: string): void {
  const configuration = parseConfiguration(configurationUri, source, () => example);
  problemsHold(source, configuration.problems);
  const { findings } = assess(parseFile(mainUri, example), hostOf(), { configuration, today: 0 });
  for (const { message } of findings) assert.ok(!message.startsWith('Internal'), message);
}

/** Throws where a file of shared rules makes trouble, for itself or for the check of a file. */
export function packHolds(source: string, example: string): void {
  const pack = parsePack('file:///work/own.rules.yaml', source);
  problemsHold(source, pack.problems);
  for (const rule of pack.rules) testRule(rule);
  const read = () => source;
  const configuration = parseConfiguration(configurationUri, 'packs: [./own.rules.yaml]\n', read);
  const { findings } = assess(parseFile(mainUri, example), hostOf(), { configuration, today: 0 });
  for (const { message } of findings) assert.ok(!message.startsWith('Internal'), message);
}

function problemsHold(source: string, problems: readonly Problem[]): void {
  for (const { range, message } of problems) {
    assert.ok(range.start >= 0 && range.start <= range.end && range.end <= source.length, message);
    assert.ok(message.length > 5 && !/undefined|\[object/.test(message.replaceAll(source, '')), message);
  }
}

/** What is found where, accepted or not. */
function places({ findings, accepted }: Assessment): readonly string[] {
  return [...findings, ...accepted.map(({ finding }) => finding)]
    .sort(byPlace)
    .map(({ rule, range, message }) => `${range.start} ${rule} ${message}`);
}

/** Nearly a baseline. */
function baselineLike() {
  const entry = fc.record(
    {
      rule: fc.constantFrom('flow/unbounded-loop', 1, ''),
      place: fc.constantFrom('workflow', null),
      message: fc.oneof(fc.string(), fc.nat()),
      count: fc.constantFrom(1, -1, 1e300, '2', null),
    },
    { requiredKeys: [] },
  );
  return fc
    .record({
      version: fc.constantFrom(1, 2, '1'),
      files: fc.oneof(
        fc.dictionary(fc.constantFrom('main.aiwf.yaml', '../x', '__proto__'), fc.array(entry, { maxLength: 3 })),
        fc.jsonValue(),
      ),
    })
    .map((value) => JSON.stringify(value));
}
