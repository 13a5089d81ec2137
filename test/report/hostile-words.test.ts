// Titles, ids and messages that would be markup, links or pictures: wherever Markdown is made of them, what a renderer makes
// of it holds nothing but text out of files.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import { findingsAsMarkdown } from '../../src/extension/governance-markdown.ts';
import type { Row } from '../../src/extension/governance-rows.ts';
import { differenceOf } from '../../src/governance/difference.ts';
import { parseFile } from '../../src/language/parse.ts';
import { renderDifferenceMarkdown } from '../../src/report/difference-markdown.ts';
import { renderReport } from '../../src/report/render.ts';
import { analysesAt } from '../../src/rules/lint.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { hostOf, mainUri } from '../language/parsing.ts';
import { reportedFiles, reportOptions } from '../support/reported.ts';

const words = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '[click](command:workbench.action.terminal.new)',
  '![picture](https://example.org/track.png)',
  '<https://example.org/out>',
  '`code` </code><b>bold</b>',
  '| cell | <a href="javascript:alert(1)">x</a>',
  '# heading',
  '--> <!-- comment',
  '&lt;b&gt;&#60;b&#62;',
  '\\<b\\> \\`',
  '[ref]: https://example.org/ref',
];

/** As lenient as any renderer: HTML in it counts. */
const renderer = new MarkdownIt({ html: true, linkify: false });
const uri = 'file:///work/any.aiwf.yaml';

/** Throws where a rendered text has an element, a link or a picture that came out of a file. */
function holdsOnlyText(markdown: string, surface: string): void {
  const html = renderer.render(markdown);
  assert.doesNotMatch(html, /<(img|script|iframe|svg|style)\b|<b>bold/i, `${surface}: ${html.slice(0, 900)}`);
  for (const [, target = ''] of html.matchAll(/<a [^>]*href="([^"]*)"/g))
    assert.doesNotMatch(target, /^(javascript|command|data):|example\.org/, `${surface} links to ${target}`);
  assert.ok(!html.includes('<!-- comment'), surface);
}

const workflow = (word: string, approved: boolean) => `aiwf: 1
workflow: hostile
title: ${JSON.stringify(word)}
accountable: anna
actors:
  anna: { kind: human, title: ${JSON.stringify(word)} }
  bot: { kind: agent, sponsor: anna }
start: { on: manual, next: ${approved ? 'check' : 'pay'} }
steps:
  check: { approval: ${JSON.stringify(word)}, by: anna, on: { approve: pay, reject: done } }
  pay: { task: ${JSON.stringify(word)}, by: bot, effects: [{ kind: payment, reversible: no }], next: ${JSON.stringify(word)} }
  done: { end: ${JSON.stringify(word)} }
${JSON.stringify(word)}: 1
`;

for (const word of words)
  test(`${word} is text in reports, differences, hovers and the Governance view`, () => {
    const [before, after] = [workflow(word, true), workflow(word, false)];
    holdsOnlyText(renderReport('markdown', reportedFiles({ [`${word}.aiwf.yaml`]: after }), reportOptions), 'report');
    const [was, is] = [before, after].map((text) => analysesAt(parseFile(mainUri, text), hostOf()));
    const side = (text: string) => ({ text, lineStarts: parseFile(mainUri, text).lineStarts });
    const difference = differenceOf(was, is);
    assert.ok(difference.changes.length > 0);
    const files = [{ path: `${word}.aiwf.yaml`, difference, before: side(before), after: side(after) }];
    holdsOnlyText(renderDifferenceMarkdown({ base: word, head: word, files }), 'difference');
    const service = createLanguageService({ read: () => undefined });
    service.open(uri, 1, after);
    const lines = after.split('\n');
    let hovers = 0;
    for (const [line, { length }] of lines.entries())
      for (let character = 0; character < length; character += 5) {
        const contents = service.hover(uri, { line, character })?.contents;
        const value = typeof contents === 'object' && 'value' in contents ? contents.value : undefined;
        if (value === undefined) continue;
        hovers++;
        holdsOnlyText(value, 'hover');
      }
    assert.ok(hovers > 10);
    const { findings } = service.inspect(uri)?.checked.lint ?? { findings: [] };
    const rows = findings.map(({ rule, severity, message, place, witness }) => ({
      file: { uri },
      finding: {
        ...{
          rule,
          severity,
          message: `${message} ${word}`,
          place: `${place} ${word}`,
          state: 'open',
          clauses: [],
          also: [],
        },
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
        ...{ witness: witness.map(({ note }) => ({ text: `${note} ${word}` })), owners: [word], waiver: undefined },
      },
    })) as unknown as readonly Row[];
    assert.ok(rows.length > 0);
    const plainWords = {
      severities: { error: 'error', warning: 'warning', info: 'info' },
      states: { open: 'open', waived: 'waived', known: 'known' },
      owners: (names: string) => `${names} answers for it`,
      path: 'Path:',
      clauses: 'Clauses:',
      waiver: () => '',
    } as unknown as Parameters<typeof findingsAsMarkdown>[3];
    holdsOnlyText(
      findingsAsMarkdown(
        rows,
        new Map() as unknown as Parameters<typeof findingsAsMarkdown>[1],
        () => `${word}.aiwf.yaml`,
        plainWords,
      ),
      'Governance view',
    );
  });
