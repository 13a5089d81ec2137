// Titles and ids with characters of every plane of Unicode, and with those that have no form of their own: each is said and
// shown as it was written, or refused where it stands, and every range lies in the text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderReport } from '../../src/report/render.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { formatHolds } from '../fuzz/language-targets.ts';
import { askDocument, askEverything } from '../service/questions.ts';
import { reportedFiles, reportOptions } from '../support/reported.ts';
import { survive } from './surviving.ts';

const uri = 'file:///work/any.aiwf.yaml';

/** A sample of each plane, some that are no characters, and those that change direction, join or take no room. */
const samples = [
  ...Array.from({ length: 17 }, (_, plane) => String.fromCodePoint(plane * 0x1_0000 + 0x1234)),
  ...Array.from({ length: 17 }, (_, plane) => String.fromCodePoint(plane * 0x1_0000 + 0xfffd)),
  ...['\u202e', '\u2066', '\u200d', '\u200b', '\ufeff', '\u0301', '\u2028', '\u0085', '\ud800', '\udc00', '\ufdd0'],
  ...['👩‍👩‍👧‍👦', 'ﷺ', 'ß', 'İ', 'ﬁ', '𝒳', '\u{e0041}', '\u{10fffe}'],
];

const workflow = (word: string) => `aiwf: 1
workflow: planes
title: ${JSON.stringify(`Title ${word} end`).replaceAll(/[\u2028\u0085]/g, ' ')}
accountable: anna
actors: { anna: { kind: human, title: "An ${word} na" } }
start: { on: manual, next: "s${word}" }
steps:
  "s${word}": { task: "Do ${word} it", by: anna, next: done }
  done: { end: 'Done ${word}' }
`;

for (const sample of samples) {
  const name = [...sample].map((sign) => `U+${(sign.codePointAt(0) ?? 0).toString(16)}`).join(' ');
  test(`${name} in titles and ids`, () => {
    const text = workflow(sample);
    survive(text);
    formatHolds(text);
    const service = createLanguageService({ read: () => undefined });
    service.open(uri, 1, text);
    askDocument({ service, uri, text });
    for (const at of [text.indexOf('Do '), text.indexOf('next: "s') + 8]) askEverything({ service, uri, text }, at);
    const files = reportedFiles({ 'a.aiwf.yaml': text });
    for (const format of ['json', 'sarif'] as const) JSON.parse(renderReport(format, files, reportOptions));
    for (const format of ['text', 'html', 'markdown', 'junit', 'github'] as const)
      assert.ok(renderReport(format, files, reportOptions).length > 0);
  });
}
