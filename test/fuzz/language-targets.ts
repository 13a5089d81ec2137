// Fuzz targets of the core: every analysis and rule on any text, edits one after the other, formatting.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applied } from '../../src/language/edit.ts';
import { formatEdits } from '../../src/language/format.ts';
import { type ParsedFile, parseFile } from '../../src/language/parse.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { mainUri } from '../language/parsing.ts';
import { survive } from '../language/surviving.ts';
import { damage, damagedBy } from '../support/damaged-text.ts';
import { each, type Target, text } from './drawn.ts';

/** Milliseconds for one check of one text: far more than any takes, far less than for ever. */
export const patience = 10_000;

export const languageTargets: Readonly<Record<string, Target>> = {
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
};

/** Throws where a check of this text goes wrong. */
export function checkHolds(drawn: string): void {
  survive(drawn, patience);
}

/** Throws where formatting this text changes what it says, or is not done at once. */
export function formatHolds(drawn: string): void {
  const once = applied(drawn, formatEdits(parseFile(mainUri, drawn)));
  assert.equal(applied(once, formatEdits(parseFile(mainUri, once))), once);
  const said = (source: string) =>
    parseFile(mainUri, source)
      .declarations.map(({ kind, name }) => `${kind} ${name}`)
      .join();
  assert.equal(said(once), said(drawn));
}

/** What a value holds; the functions that values carry are new ones each time. */
function plain(value: unknown): string {
  const skipped = new Set(['known', 'tree']);
  return JSON.stringify(value, (key, inner) =>
    skipped.has(key) ? undefined : inner instanceof Map ? [...inner] : inner,
  );
}
