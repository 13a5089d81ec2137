// The requests about the form of a document: formatting, folding, growing selections, linked editing, semantic tokens.
import {
  type Connection,
  type InitializeResult,
  PositionEncodingKind,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensDelta,
  type SemanticTokensEdit,
} from 'vscode-languageserver';
import type { LanguageService } from '../service/language-service.ts';
import { type SemanticToken, semanticTokensLegend } from '../service/semantic-tokens.ts';
import type { Requests } from './requests.ts';

interface Parts {
  readonly service: LanguageService;
  readonly guarded: Requests['guarded'];
}

interface Sent {
  readonly resultId: string;
  readonly tokens: readonly SemanticToken[];
}

export function formOffer(encoding: PositionEncodingKind): InitializeResult['capabilities'] {
  // The difference between two lists of tokens holds no positions that could be counted in another unit.
  const full = encoding === PositionEncodingKind.UTF16 ? { delta: true } : true;
  return {
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n', moreTriggerCharacter: [':'] },
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    linkedEditingRangeProvider: true,
    semanticTokensProvider: { legend: semanticTokensLegend, full, range: true },
  };
}

export function answerForm(connection: Connection, { service, guarded }: Parts): void {
  /** The tokens sent last of each open document. */
  const sent = new Map<string, Sent>();
  let results = 0;
  connection.onDocumentFormatting(
    guarded('formatting', [], ({ textDocument }) => service.formatting(textDocument.uri)),
  );
  connection.onDocumentRangeFormatting(
    guarded('range formatting', [], ({ textDocument, range }) => service.formatting(textDocument.uri, range)),
  );
  connection.onDocumentOnTypeFormatting(
    guarded('formatting on type', [], ({ textDocument, position, ch }) =>
      service.formattingAfter(textDocument.uri, position, ch),
    ),
  );
  connection.onFoldingRanges(guarded('folding', [], ({ textDocument }) => service.foldingRanges(textDocument.uri)));
  connection.onSelectionRanges(
    guarded('selection ranges', [], ({ textDocument, positions }) =>
      service.selectionRanges(textDocument.uri, positions),
    ),
  );
  connection.languages.onLinkedEditingRange(
    guarded('linked editing', null, ({ textDocument, position }) => service.linkedRanges(textDocument.uri, position)),
  );
  connection.languages.semanticTokens.on(
    guarded('semantic tokens', noTokens, ({ textDocument: { uri } }) => encoded(remembered(uri))),
  );
  connection.languages.semanticTokens.onDelta(
    guarded(
      'changed semantic tokens',
      noTokens,
      ({ textDocument: { uri }, previousResultId }): SemanticTokens | SemanticTokensDelta => {
        const before = sent.get(uri);
        const now = remembered(uri);
        if (before?.resultId !== previousResultId) return encoded(now);
        return { resultId: now.resultId, edits: editsBetween(before.tokens, now.tokens) };
      },
    ),
  );
  connection.languages.semanticTokens.onRange(
    guarded('semantic tokens of a range', noTokens, ({ textDocument, range }) => ({
      data: filled(new SemanticTokensBuilder(), service.semanticTokens(textDocument.uri, range)).build().data,
    })),
  );

  function remembered(uri: string): Sent {
    const open = new Set(service.openUris());
    for (const known of sent.keys()) if (!open.has(known)) sent.delete(known);
    const result = { resultId: String(++results), tokens: service.semanticTokens(uri) };
    sent.set(uri, result);
    return result;
  }
}

const noTokens: SemanticTokens = { data: [] };

function encoded({ resultId, tokens }: Sent): SemanticTokens {
  return { resultId, data: filled(new SemanticTokensBuilder(), tokens).build().data };
}

function editsBetween(before: readonly SemanticToken[], now: readonly SemanticToken[]): SemanticTokensEdit[] {
  const builder = filled(new SemanticTokensBuilder(), before);
  builder.previousResult(builder.build().resultId ?? '');
  const result = filled(builder, now).buildEdits();
  return 'edits' in result ? result.edits : [];
}

function filled(builder: SemanticTokensBuilder, tokens: readonly SemanticToken[]): SemanticTokensBuilder {
  for (const { line, character, length, type, modifiers } of tokens)
    builder.push(line, character, length, type, modifiers);
  return builder;
}
