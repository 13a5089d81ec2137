// Texts as they come about while people type, paste and delete: the examples, and what can happen to them.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';

/** The texts of the examples. */
export const examples = readdirSync('examples')
  .filter((name) => name.endsWith('.aiwf.yaml'))
  .map((name) => readFileSync(`examples/${name}`, 'utf8'));

/** Pieces that mean something to YAML. */
export const piece: fc.Arbitrary<string> = fc.constantFrom(
  '{',
  '}',
  '[',
  ']',
  ':',
  ': ',
  '- ',
  '"',
  "'",
  '|',
  '>',
  '&a ',
  '*a',
  '#',
  '!',
  '?',
  '\t',
  '\n',
  ' ',
  '@',
  '%',
  '\ud800',
  '<<: ',
  'null',
  '---\n',
  '...\n',
  ',',
  '\r',
);
/** Something that happens to a text. */
export const damage = fc.oneof(
  fc.record({
    kind: fc.constantFrom('delete' as const, 'double' as const, 'swap' as const, 'indent' as const),
    at: fc.nat(),
  }),
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), text: piece }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), length: fc.nat(40) }),
);

/** The text after it. */
export function damagedBy(text: string, change: typeof damage extends fc.Arbitrary<infer T> ? T : never): string {
  if (change.kind === 'insert') {
    const at = change.at % (text.length + 1);
    return text.slice(0, at) + change.text + text.slice(at);
  }
  if (change.kind === 'cut') {
    const at = change.at % (text.length + 1);
    return text.slice(0, at) + text.slice(at + change.length);
  }
  const rows = text.split('\n');
  const at = change.at % rows.length;
  const row = rows[at] ?? '';
  if (change.kind === 'delete') rows.splice(at, 1);
  else if (change.kind === 'double') rows.splice(at, 0, row);
  else if (change.kind === 'indent') rows[at] = ` ${row}`;
  else rows.splice(at, 2, rows[at + 1] ?? '', row);
  return rows.join('\n');
}
