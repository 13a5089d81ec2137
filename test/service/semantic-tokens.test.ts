// Semantic tokens: which name is shown as what.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import packageJson from '../../package.json' with { type: 'json' };
import { semanticTokensLegend as legend, type SemanticToken } from '../../src/service/semantic-tokens.ts';
import { openMarked } from '../support/service.ts';

function named({ type, modifiers }: SemanticToken): string {
  return [legend.tokenTypes[type], ...legend.tokenModifiers.filter((_, bit) => modifiers & (1 << bit))].join('.');
}

/** In a line with carets below, exactly what they mark is a token, of the type and modifiers they say. */
function check(marked: string): void {
  const { service, uri, file } = openMarked(marked);
  const lines = new Set(file.expectations.map(({ line }) => line));
  assert.deepEqual(
    service
      .semanticTokens(uri)
      .filter(({ line }) => lines.has(line))
      .map((token) => `${token.line}:${token.character}-${token.character + token.length} ${named(token)}`),
    file.expectations
      .toSorted((a, b) => a.line - b.line || a.startColumn - b.startColumn)
      .map(({ line, startColumn, endColumn, text }) => `${line}:${startColumn}-${endColumn} ${text}`),
  );
}

test('actors by what they are, where they are declared and where they are named', () => {
  check(`
aiwf: 1
actors:
  clerk: { kind: human }
# ^^^^^ class.declaration.human
  office: { kind: team, lead: clerk }
# ^^^^^^ class.declaration.human
#                             ^^^^^ class.human
  bot: { kind: agent, sponsor: clerk }
# ^^^ class.declaration.ai
#                              ^^^^^ class.human
  erp: { kind: system }
# ^^^ class.declaration.system
  customer: { kind: external }
# ^^^^^^^^ class.declaration.external
  host: { kind: vendor }
# ^^^^ class.declaration.external
  someone: {}
# ^^^^^^^ class.declaration
steps:
  a:
    task: A
    by: [bot, clerk, nobody]
    #    ^^^ class.ai
    #         ^^^^^ class.human
`);
});

test('steps, data, fields, stores, events, outcomes and what else is declared', () => {
  check(`
aiwf: 1
workflow: w
#         ^ namespace.declaration
data:
  claim: { fields: { amount: number } }
# ^^^^^ variable.declaration
#                    ^^^^^^ property.declaration
  rates: { trusted-record: true }
# ^^^^^ variable.declaration.readonly
stores: { audit: { kind: log } }
#         ^^^^^ struct.declaration
events: { paid: { kind: message } }
#         ^^^^ event.declaration
calendars: { office: { days: mon-fri } }
#            ^^^^^^ type.declaration
handoffs: { standard: { ack: 1h } }
#           ^^^^^^^^ interface.declaration
policies: { small: { admits: [payment] } }
#           ^^^^^ macro.declaration
steps:
  a:
# ^ function.declaration
    decision: A
    reads: [claim.amount]
    #       ^^^^^ variable
    #             ^^^^^^ property
    outcomes: [grant]
    #          ^^^^^ enumMember.declaration
    accepts: standard
    #        ^^^^^^^^ interface
    on: { grant: b, paid: b }
    #     ^^^^^ enumMember
    #            ^ function
    #               ^^^^ event
    #                     ^ function
  b: { end: B }
# ^ function.declaration
`);
});

test('names inside a condition, through quotes', () => {
  check(`
aiwf: 1
data: { claim: { fields: { lines: [{ price: number }] } } }
steps:
  a:
    task: A
    next:
      - { when: "claim.lines.exists(l, l.price > 1) && size('claim') > 1", to: a }
      #          ^^^^^ variable
      #                ^^^^^ property
      #                      ^^^^^^ function.defaultLibrary
      #                                  ^^^^^ property
      #                                                ^^^^ function.defaultLibrary
      #                                                                        ^ function
`);
});

test('labels, keys, words of the language and text are no tokens', () => {
  const { service, uri } = openMarked('aiwf: 1\ntitle: clerk\nrisk: high\ndata: { claim: { labels: [claim] } }\n');
  assert.deepEqual(service.semanticTokens(uri).map(named), ['variable.declaration']);
});

test('tokens of a range are those of the file in it', () => {
  const text = readFileSync('examples/warranty-return.aiwf.yaml', 'utf8');
  const { service, uri } = openMarked(text);
  const all = service.semanticTokens(uri);
  const range = { start: { line: 30, character: 0 }, end: { line: 60, character: 0 } };
  assert.ok(all.length > 100);
  assert.deepEqual(
    service.semanticTokens(uri, range),
    all.filter(({ line }) => line >= 30 && line < 60),
  );
});

test('VS Code is told every modifier that is ours, and a color for each kind of actor', () => {
  const standard = ['declaration', 'readonly', 'defaultLibrary'];
  const { semanticTokenModifiers, semanticTokenScopes } = packageJson.contributes;
  assert.deepEqual(
    semanticTokenModifiers.map(({ id }) => id),
    legend.tokenModifiers.filter((modifier) => !standard.includes(modifier)),
  );
  const [{ language, scopes } = { language: '', scopes: {} }] = semanticTokenScopes;
  assert.equal(language, 'aiwf');
  for (const { id } of semanticTokenModifiers) assert.ok(Object.hasOwn(scopes, `class.${id}`), id);
});
