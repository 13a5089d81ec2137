// Fuzz targets of what is written for people and programs: every report, the audit pack, the difference of two revisions.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseConfiguration } from '../../src/governance/configuration.ts';
import { configurationDifference } from '../../src/governance/configuration-difference.ts';
import { differenceOf, isSame } from '../../src/governance/difference.ts';
import { parseFile } from '../../src/language/parse.ts';
import { lineStartsOf } from '../../src/language/source.ts';
import { renderAuditJson } from '../../src/report/audit-pack.ts';
import type { Comparison } from '../../src/report/compared-file.ts';
import { renderDifferenceJson } from '../../src/report/difference-json.ts';
import { renderDifferenceMarkdown } from '../../src/report/difference-markdown.ts';
import { renderDifferenceSarif } from '../../src/report/difference-sarif.ts';
import { renderDifferenceText } from '../../src/report/difference-text.ts';
import { renderReport } from '../../src/report/render.ts';
import { analysesAt } from '../../src/rules/lint.ts';
import { authorTools, runAuthorTool } from '../../src/server/author-tools.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { hostOf, mainUri } from '../language/parsing.ts';
import { audited } from '../support/audited.ts';
import { damage, damagedBy } from '../support/damaged-text.ts';
import { reportedFiles, reportOptions } from '../support/reported.ts';
import { configurationText, each, type Target, text } from './drawn.ts';

export const reportTargets: Readonly<Record<string, Target>> = {
  /** Every form of a report on any text and configuration. */
  report: each(fc.tuple(text, configurationText), ([drawn, configuration]) => {
    const files = reportedFiles({ 'a "b" <i>.aiwf.yaml': drawn }, configuration);
    for (const format of ['json', 'sarif'] as const) JSON.parse(renderReport(format, files, reportOptions));
    const junit = renderReport('junit', files, reportOptions);
    assert.ok(!hasControl(junit.replaceAll(/[\n\t\r]/g, '')), 'a control character in XML');
    for (const format of ['text', 'github', 'markdown'] as const)
      assert.ok(!renderReport(format, files, reportOptions).includes('\u001b'), `an escape for terminals in ${format}`);
    pageHolds(renderReport('html', files, reportOptions));
  }),
  /** The audit pack, as JSON and as a page with its pictures. */
  audit: each(text, (drawn) => {
    const { pack, page } = audited({ 'a.aiwf.yaml': drawn }, { pictures: true });
    JSON.parse(renderAuditJson(pack));
    pageHolds(page);
  }),
  /** Two revisions of a workflow: the same one has no difference, and what differs can be written in every form. */
  diff: each(fc.tuple(text, text, fc.boolean(), fc.array(damage, { maxLength: 3 })), ([one, two, isEdit, all]) => {
    const next = isEdit ? all.reduce(damagedBy, one) : two;
    const [before, after] = [one, next].map((source) => analysesAt(parseFile(mainUri, source), hostOf()));
    assert.ok(isSame(differenceOf(before, before)), 'a revision differs from itself');
    for (const [was, is] of [
      [before, after],
      [undefined, after],
      [before, undefined],
    ])
      differenceHolds(differenceOf(was, is), was && one, is && next);
  }),
  /** Two revisions of a configuration. */
  'diff-configuration': each(fc.tuple(configurationText, configurationText), (texts) => {
    const [before, after] = texts.map((source) =>
      parseConfiguration('file:///work/aiwf.config.yaml', source, () => undefined),
    );
    assert.ok(isSame(configurationDifference(before, before)), 'a revision differs from itself');
    differenceHolds(configurationDifference(before, after), texts[0], texts[1]);
  }),
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

function differenceHolds(
  difference: Comparison['files'][number]['difference'],
  was: string | undefined,
  is: string | undefined,
): void {
  const side = (source: string | undefined) =>
    source === undefined ? undefined : { text: source, lineStarts: lineStartsOf(source) };
  for (const { change, range } of difference.changes) {
    const length = (change === 'removed' ? was : is)?.length ?? 0;
    assert.ok(range.start >= 0 && range.start <= range.end && range.end <= length, 'a change outside of the text');
  }
  const files = [{ path: 'a.aiwf.yaml', difference, before: side(was), after: side(is) }];
  const comparison: Comparison = { base: 'BASE', head: 'HEAD', files };
  JSON.parse(renderDifferenceJson(comparison));
  JSON.parse(renderDifferenceSarif(comparison, reportOptions));
  assert.ok(!renderDifferenceText(comparison, { color: false }).includes('\u001b'), 'an escape for terminals');
  renderDifferenceMarkdown(comparison);
}

/** Nothing of a text becomes an element of the page. */
function pageHolds(page: string): void {
  assert.ok(!/<b onclick|<script(?! type="application\/json")/i.test(page), 'an element out of a text');
  assert.ok(page.endsWith('\n') && page.includes('</html>'), 'the page has no end');
}

function hasControl(written: string): boolean {
  return [...written].some((sign) => sign < ' ' || sign === '\ufffe' || sign === '\uffff');
}
