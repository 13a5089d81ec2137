// Positions of every kind of answer in the unit of the client, and columns of UTF-8 and UTF-16 into each other.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { PositionEncodingKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createEncoding } from '../../src/server/encoding.ts';
import { toUtf8Column, toUtf16Column } from '../../src/service/positions.ts';

const here = 'file:///here.aiwf.yaml';
const other = 'file:///other.aiwf.yaml';
const texts = new Map([
  [here, 'plain\nö😀 word: ö😀 end\n'],
  [other, 'plain\nööö word\n'],
]);
const document = (uri: string) => {
  const text = texts.get(uri);
  return text === undefined ? undefined : TextDocument.create(uri, 'aiwf', 1, text);
};
const utf8 = createEncoding(PositionEncodingKind.UTF8, document);

const range = (start: number, end: number) => ({
  start: { line: 1, character: start },
  end: { line: 1, character: end },
});
// `word` stands behind ö😀 and a space: 4 units or 7 bytes; in the other file behind ööö and a space: 4 or 7 as well.
const [units, bytes] = [range(4, 8), range(7, 11)];

describe('what goes out', () => {
  const cases: readonly (readonly [string, unknown, unknown])[] = [
    ['a hover', { contents: 'x', range: units }, { contents: 'x', range: bytes }],
    ['places', [{ uri: other, range: units }], [{ uri: other, range: bytes }]],
    ['a place in an unknown file', { uri: 'file:///gone', range: units }, { uri: 'file:///gone', range: units }],
    [
      'a link',
      { originSelectionRange: range(3, 3), targetUri: other, targetRange: units, targetSelectionRange: range(1, 1) },
      { originSelectionRange: range(6, 6), targetUri: other, targetRange: bytes, targetSelectionRange: range(2, 2) },
    ],
    [
      'an edit by file',
      { changes: { [other]: [{ range: range(1, 1), newText: 'x' }], [here]: [{ range: range(1, 1), newText: 'y' }] } },
      { changes: { [other]: [{ range: range(2, 2), newText: 'x' }], [here]: [{ range: range(2, 2), newText: 'y' }] } },
    ],
    [
      'an edit of a version',
      {
        documentChanges: [{ textDocument: { uri: other, version: 1 }, edits: [{ range: range(2, 2), newText: 'x' }] }],
      },
      {
        documentChanges: [{ textDocument: { uri: other, version: 1 }, edits: [{ range: range(4, 4), newText: 'x' }] }],
      },
    ],
    [
      'callers, whose places are theirs',
      [{ from: { uri: other, range: units, selectionRange: units }, fromRanges: [range(2, 2)] }],
      [{ from: { uri: other, range: bytes, selectionRange: bytes }, fromRanges: [range(4, 4)] }],
    ],
    [
      'what is called, whose places are the caller’s',
      [{ to: { uri: other, range: units, selectionRange: units }, fromRanges: [range(3, 3)] }],
      [{ to: { uri: other, range: bytes, selectionRange: bytes }, fromRanges: [range(6, 6)] }],
    ],
    [
      'related documents',
      { kind: 'full', items: [{ range: units }], relatedDocuments: { [other]: { items: [{ range: range(3, 3) }] } } },
      { kind: 'full', items: [{ range: bytes }], relatedDocuments: { [other]: { items: [{ range: range(6, 6) }] } } },
    ],
    ['what belongs to the server', { data: { range: units } }, { data: { range: units } }],
    [
      'growing selections',
      { range: range(4, 4), parent: { range: units } },
      { range: range(7, 7), parent: { range: bytes } },
    ],
  ];
  for (const [name, given, expected] of cases)
    test(name, () => {
      assert.deepEqual(utf8.outgoing(given, here), expected);
      assert.equal(createEncoding(PositionEncodingKind.UTF16, document).outgoing(given, here), given);
    });

  test('semantic tokens', () => {
    // `plain`, `word` and, on the same line, `ö😀` behind it.
    const data = [0, 0, 5, 1, 0, 1, 4, 4, 2, 0, 0, 6, 3, 3, 1];
    const expected = [0, 0, 5, 1, 0, 1, 7, 4, 2, 0, 0, 6, 6, 3, 1];
    assert.deepEqual(utf8.outgoing({ data }, here), { data: expected });
  });
});

describe('what comes in', () => {
  test('a position in a document', () => {
    const params = { textDocument: { uri: here }, position: { line: 1, character: 7 } };
    assert.deepEqual(utf8.incoming(params), { textDocument: { uri: here }, position: { line: 1, character: 4 } });
  });

  test('an item of the call hierarchy', () => {
    assert.deepEqual(utf8.incoming({ item: { uri: other, range: bytes } }), { item: { uri: other, range: units } });
  });

  test('changes, each counted in the text before it', () => {
    const known = TextDocument.create(here, 'aiwf', 1, 'ö word\n');
    const at = (start: number, end: number) => ({
      start: { line: 0, character: start },
      end: { line: 0, character: end },
    });
    const changes = [
      { range: at(0, 2), text: '😀' },
      { range: at(5, 9), text: 'end' },
    ];
    const changed = utf8.update(known, changes, 2);
    assert.equal(changed.getText(), '😀 end\n');
    assert.equal(changed.version, 2);
    assert.equal(utf8.update(changed, [{ text: 'new' }], 3).getText(), 'new');
  });
});

describe('columns', () => {
  test('there and back again, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (line, at) => {
        const column = [...line].slice(0, at).join('').length;
        const inBytes = toUtf8Column(line, column);
        assert.equal(inBytes, Buffer.byteLength(line.slice(0, column)));
        assert.equal(toUtf16Column(line, inBytes), column);
      }),
    );
  });

  test('within a character they are moved before it, behind the line they stay behind it', () => {
    assert.equal(toUtf8Column('a😀b', 2), 1);
    for (const inside of [2, 3, 4]) assert.equal(toUtf16Column('a😀b', inside), 1);
    assert.equal(toUtf8Column('ö', 5), 6);
    assert.equal(toUtf16Column('ö', 6), 5);
    assert.equal(toUtf8Column('ö', -1), 0);
  });
});
