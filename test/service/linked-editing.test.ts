// Linked editing: an anchor and its aliases, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMarked } from '../support/service.ts';

/** The names that carets mark, and no others, are edited together with the one at the cursor. */
function check(marked: string): void {
  const { service, uri, position, file } = openMarked(marked);
  const linked = service.linkedRanges(uri, position);
  assert.deepEqual(
    (linked?.ranges ?? []).map(({ start, end }) => [start.line, start.character, end.character]),
    file.expectations.map(({ line, startColumn, endColumn }) => [line, startColumn, endColumn]),
  );
}

test('from the anchor and from an alias', () => {
  for (const [anchor, alias] of [
    ['<|>log', 'log'],
    ['lo<|>g', 'log'],
    ['log', 'l<|>og'],
    ['log', 'log<|>'],
  ])
    check(`
a: &${anchor} { to: x }
#   ^^^ linked
b: [*${alias}, *other]
#    ^^^ linked
c: *log
#   ^^^ linked
`);
});

test('a name that is given again', () => {
  check(`
a: &x 1
b: *x
c: &<|>x 2
#   ^ linked
d: *x
#   ^ linked
`);
});

test('nothing is linked to an anchor without aliases, an alias without anchor, an id, or the text between', () => {
  check('a: &<|>x 1\n');
  check('a: *<|>x\n');
  check('actors: { cl<|>erk: { kind: human } }\nsteps: { a: { by: clerk } }\n');
  check('a: &x 1\nb: <|> *x\n');
  check('a: "&<|>x"\nb: "*x"\n');
  check('<|>');
});

test('what is typed may have the characters of an anchor', () => {
  const { service, uri, position } = openMarked('a: &<|>x 1\nb: *x\n');
  const pattern = new RegExp(`^${service.linkedRanges(uri, position)?.wordPattern}$`);
  assert.ok(pattern.test('a-b.c') && !pattern.test('a b') && !pattern.test('a,'));
});
