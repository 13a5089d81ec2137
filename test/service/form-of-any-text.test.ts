// Formatting, folding, selection, linked names and colors of texts cut anywhere: each answers, inside the text, and no
// answer of the formatter makes a text say something else.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Position, SelectionRange } from 'vscode-languageserver-types';
import { lineStartsOf, positionAt } from '../../src/language/source.ts';
import { createLanguageService, type LanguageService } from '../../src/service/language-service.ts';
import { edited } from '../support/service.ts';

const uri = 'file:///work/cut.aiwf.yaml';
const examples = readdirSync('examples')
  .filter((name) => name.endsWith('.aiwf.yaml'))
  .map((name) => readFileSync(`examples/${name}`, 'utf8'))
  .sort((a, b) => a.length - b.length);

/** What needs no more than the text. */
function askText(service: LanguageService, text: string): Position {
  const lineStarts = lineStartsOf(text);
  const { line, column } = positionAt(lineStarts, text.length);
  const end = { line, character: column };
  let last = -1;
  for (const { startLine, endLine } of service.foldingRanges(uri)) {
    assert.ok(last < startLine && startLine < endLine && endLine <= line, `${startLine} to ${endLine}`);
    last = startLine;
  }
  for (const linked of service.linkedRanges(uri, end)?.ranges ?? []) assert.ok(linked.end.line <= line);
  for (const typed of ['\n', ':'])
    for (const { range, newText } of service.formattingAfter(uri, end, typed)) {
      assert.deepEqual([range.start.line, range.end.line, range.start.character], [line, line, 0]);
      assert.equal(newText.trim(), '');
    }
  return end;
}

/** What needs to know what the names of the file stand for. */
function askMeaning(service: LanguageService, text: string, end: Position): void {
  const lines = text.split('\n');
  let before = { line: 0, end: 0 };
  for (const { line, character, length } of service.semanticTokens(uri)) {
    assert.ok(line > before.line || (line === before.line && character >= before.end), 'tokens overlap');
    assert.ok(character + length <= (lines[line]?.length ?? 0), 'a token ends behind its line');
    before = { line, end: character + length };
  }
  const middle = { line: Math.floor(end.line / 2), character: 7 };
  for (const [index, selection] of service.selectionRanges(uri, [end, middle]).entries()) {
    const at = [end, middle][index] ?? end;
    for (let inner: SelectionRange | undefined = selection; inner; inner = inner.parent) {
      const outer = inner.parent?.range;
      assert.ok(!isBefore(at, inner.range.start) || at === middle, 'the cursor lies outside');
      if (!outer) continue;
      assert.ok(!isBefore(inner.range.start, outer.start) && !isBefore(outer.end, inner.range.end), 'not nested');
      assert.notDeepEqual(inner.range, outer);
    }
  }
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

test('an example cut at every 7th offset, the others at some', () => {
  const service = createLanguageService({ read: () => undefined });
  let version = 0;
  for (const [index, example] of examples.entries()) {
    const step = index === 0 ? 7 : 7 * 41;
    for (let end = 0; end <= example.length; end += step) {
      const text = example.slice(0, end);
      service.open(uri, version++, text);
      const position = askText(service, text);
      if (version % 20 === 0) askMeaning(service, text, position);
      if (version % 3 !== 0) continue;
      const formatted = edited(text, service.formatting(uri));
      assert.equal(formatted.replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''));
      service.open(uri, version++, formatted);
      assert.deepEqual(service.formatting(uri), []);
    }
  }
});
