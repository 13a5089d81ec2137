// The examples of the rules that configurations and rule packs bring, run for an editor: by file, with places.
import type { Range as LspRange } from 'vscode-languageserver-types';
import { isConfigurationName } from '../governance/configuration.ts';
import { testRule } from '../governance/custom-rule-examples.ts';
import { isPackName } from '../governance/custom-rule-keys.ts';
import type { CustomRule } from '../governance/custom-rules.ts';
import { parsePack } from '../governance/rule-packs.ts';
import type { ParsedText } from '../language/parse.ts';
import type { DocumentCache } from './documents.ts';
import { toRange } from './positions.ts';

/** The rules that the configurations of all workflows bring, each once. */
export function broughtRules(documents: DocumentCache): readonly CustomRule[] {
  const configurations = new Set(documents.workflowUris().flatMap((uri) => documents.configurationOf(uri) ?? []));
  return [
    ...new Map([...configurations].flatMap(({ customRules }) => customRules.map((rule) => [rule.id, rule]))).values(),
  ];
}

/** `RuleTestFile` of `protocol.ts`. */
export interface RuleTestFile {
  readonly uri: string;
  readonly rules: readonly {
    readonly id: string;
    readonly range: LspRange;
    readonly examples: readonly {
      readonly kind: 'pass' | 'fail' | 'rule';
      readonly number: number;
      readonly range: LspRange;
      readonly faults: readonly { readonly message: string; readonly range: LspRange }[];
    }[];
  }[];
}

/** Runs those of the files `uris` and of the packs that they name, each file once; nothing where the workspace is not trusted. */
export function ruleTestsIn(uris: readonly string[], documents: DocumentCache): readonly RuleTestFile[] {
  if (!documents.isTrusted()) return [];
  const files = new Map<string, { readonly file: ParsedText; readonly rules: readonly CustomRule[] }>();
  for (const uri of uris.filter(isConfigurationName)) {
    const configuration = documents.configurationFile(uri)?.configuration;
    if (!configuration) continue;
    const own = configuration.customRules.filter((rule) => rule.uri === configuration.uri);
    files.set(uri, { file: configuration, rules: own });
    for (const pack of configuration.packs) files.set(pack.uri, { file: pack, rules: pack.rules });
  }
  for (const uri of uris.filter(isPackName)) {
    const text = files.has(uri) ? undefined : documents.project().text(uri);
    if (text === undefined) continue;
    const pack = parsePack(uri, text);
    files.set(uri, { file: pack, rules: pack.rules });
  }
  return [...files].flatMap(([uri, { file, rules }]) =>
    rules.length === 0
      ? []
      : {
          uri,
          rules: rules.map((rule) => ({
            id: rule.id,
            range: toRange(file, rule.range),
            examples: testRule(rule).results.map(({ kind, number, range, faults }) => ({
              kind,
              number,
              range: toRange(file, range),
              faults: faults.map((fault) => ({ message: fault.message, range: toRange(file, fault.range) })),
            })),
          })),
        },
  );
}
