// Folding: what takes several lines, comments and regions; and that what editors keep in view has a range that folds.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { openMarked } from '../support/service.ts';

/** Each line that folds must say `#> LAST LINE [KIND]`, counted from 1; no other may fold. */
function check(text: string): void {
  const { service, uri, file } = openMarked(text);
  const wanted = file.text.split('\n').flatMap((line, index) => {
    const mark = /#> (\d+)(?: (\w+))?/.exec(line);
    return mark ? [`${index + 1} to ${mark[1]} ${mark[2] ?? ''}`.trim()] : [];
  });
  const folds = service
    .foldingRanges(uri)
    .map(({ startLine, endLine, kind }) => `${startLine + 1} to ${endLine + 1} ${kind ?? ''}`.trim());
  assert.deepEqual(folds, wanted);
}

test('sections, declarations, steps and the keys of a step', () => {
  check(
    `
aiwf: 1
actors: #> 6
  clerk: #> 5
    kind: human
    holders: 2
  bot: { kind: agent }

steps: #> 16
  draft: #> 16
    task: Draft
    # one comment line
    next: #> 16
      - when: a > 1 #> 14
        to: check
      - else: done
        # the end
`
      .replace('to 16', 'to 15')
      .replaceAll('#> 16', '#> 16'),
  );
});

test('imports are of a kind of their own', () => {
  check('use: #> 3 imports\n  - ./a.aiwf.yaml\n  - ./b.aiwf.yaml\n');
});

test('braces over several lines: the closing one stays in view', () => {
  check(`
a: { #> 4
  b: [ #> 3
    1,
  ],
}
c: [1,  #> 7
  2]
d: [1
]
`);
});

test('block scalars, and text in them that looks like a comment or a region', () => {
  check(`
a: | #> 5
  # one
  # two
  # region x
  # endregion
b: 1
`);
});

test('comments of several lines, and regions inside each other', () => {
  check(`
# one #> 2 comment
# two
#region A #> 10 region
a: 1
  # region B #> 7 region
b: 1
#endregion
# three #> 9 comment
# four
# endregion A
# endregion
# region left open
`);
});

test('half-typed text folds as far as it can be read', () => {
  check('steps: #> 3\n  a: #> 3\n    task: [1, 2\n');
  check('');
  check('# a #> 2 comment\n#\n');
});

test('whatever the outline shows over several lines folds where it begins', () => {
  for (const name of ['warranty-return', 'agentic-bug-fix']) {
    const { service, uri } = openMarked(readFileSync(`examples/${name}.aiwf.yaml`, 'utf8'));
    const folds = new Map(service.foldingRanges(uri).map(({ startLine, endLine }) => [startLine, endLine]));
    const checkSymbol = ({ name, range, selectionRange, children }: DocumentSymbol) => {
      // Sticky lines and breadcrumbs show the first line of a symbol as its head.
      assert.equal(range.start.line, selectionRange.start.line, name);
      if (range.end.line > range.start.line) assert.ok((folds.get(range.start.line) ?? 0) >= range.end.line - 1, name);
      for (const child of children ?? []) {
        assert.ok(range.start.line <= child.range.start.line && child.range.end.line <= range.end.line, child.name);
        checkSymbol(child);
      }
    };
    const symbols = service.symbols(uri);
    assert.ok(symbols.some(({ children }) => (children?.length ?? 0) > 5));
    for (const symbol of symbols) checkSymbol(symbol);
  }
});
