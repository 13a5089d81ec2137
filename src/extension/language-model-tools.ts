// The tools that language models in the editor can call, among them agents that write workflows. The language server
// answers, as it answers `aiwf mcp`; nothing is changed, so nobody is asked before.
import * as vscode from 'vscode';
import type { AuthorToolParams, AuthorToolResult } from '../protocol.ts';

type Input = Readonly<Record<string, unknown>>;
type Ask = (params: AuthorToolParams, token: vscode.CancellationToken) => Promise<AuthorToolResult | undefined>;

/** What the editor shows while a tool runs, by the name it is contributed with. */
const tools: Readonly<Record<string, (input: Input) => string>> = {
  aiwf_check: ({ file }) =>
    typeof file === 'string' ? vscode.l10n.t('Checking {0}', file) : vscode.l10n.t('Checking a workflow'),
  aiwf_explain_rule: ({ rule }) => vscode.l10n.t('Reading about the rule {0}', String(rule)),
  aiwf_describe_language: ({ topic }) =>
    typeof topic === 'string'
      ? vscode.l10n.t('Reading about {0} in the workflow language', topic)
      : vscode.l10n.t('Reading about the workflow language'),
  aiwf_workflow_graph: ({ file }) =>
    typeof file === 'string'
      ? vscode.l10n.t('Listing the graph of {0}', file)
      : vscode.l10n.t('Listing the graph of a workflow'),
};

export function registerLanguageModelTools(ask: Ask): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(tools).map(([name, message]) =>
      vscode.lm.registerTool<Input>(name, {
        prepareInvocation: ({ input }) => ({ invocationMessage: message(input) }),
        invoke: async ({ input }, token) => {
          const result = await ask({ tool: name.replace(/^aiwf_/, ''), input }, token);
          // The model reads the message of an error and can do better.
          if (!result?.data) throw new Error(result?.text ?? vscode.l10n.t('The language server does not answer.'));
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(result.text)]);
        },
      }),
    ),
  );
}
