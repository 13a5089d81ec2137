// Starts and stops the extension: everything it is made of is put together here, by hand. The client comes from the
// entry, `node.ts` or `web.ts`; all else is the same on the desktop and in a browser.
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type AuthorToolResult,
  authorToolRequest,
  type CoverageResult,
  coverageRequest,
  type DiagramResult,
  diagramRequest,
  type EditDiagramResult,
  editDiagramRequest,
  type MermaidResult,
  mermaidRequest,
} from '../protocol.ts';
import { checkFile, checkWorkspace } from './check-commands.ts';
import { ask } from './client.ts';
import { answerFileRequests } from './client-files.ts';
import { createConfigurationStatus } from './configuration-status.ts';
import { CoverageView } from './coverage-view.ts';
import { createConfiguration } from './create-configuration.ts';
import { DiagramPanel } from './diagram-panel.ts';
import { explainRule, provideRulePages } from './explain-rule.ts';
import { GovernanceStore } from './governance-store.ts';
import { createGovernanceView } from './governance-view.ts';
import { registerLanguageModelTools } from './language-model-tools.ts';
import { lensCommands } from './lens-commands.ts';
import { newWorkflow } from './new-workflow.ts';
import { RuleTests } from './rule-tests.ts';
import { createStatus } from './status.ts';
import { activeWorkflow, openDocument, pickWorkflow } from './workflow-files.ts';

let running: BaseLanguageClient | undefined;

/** `client` is not started yet, so that the extension is up before the server is. */
export function startExtension(context: vscode.ExtensionContext, client: BaseLanguageClient): void {
  const { extensionUri, workspaceState } = context;
  const version = String(context.extension.packageJSON.version);
  const diagram = new DiagramPanel({
    extensionUri,
    memory: workspaceState,
    diagram: (params) => ask<DiagramResult | null>(client, diagramRequest, params),
    mermaid: (params) => ask<MermaidResult | null>(client, mermaidRequest, params),
    editDiagram: (params) => ask<EditDiagramResult>(client, editDiagramRequest, params),
    log: (message) => client.warn(message),
  });

  const store = new GovernanceStore(client);
  const governance = createGovernanceView({
    store,
    memory: workspaceState,
    extension: context.extension,
    showInDiagram: async (uri, finding) => {
      await vscode.window.showTextDocument(uri);
      diagram.showFinding(uri, finding);
    },
  });

  /** The file a command is called for, by a menu or a code lens, else the one the user looks at, else one that is asked for. */
  const subject = async (given: unknown, question: string): Promise<vscode.Uri | undefined> =>
    given instanceof vscode.Uri
      ? given
      : typeof given === 'string'
        ? vscode.Uri.parse(given)
        : (activeWorkflow()?.uri ?? diagram.active ?? (await pickWorkflow(question)));

  const commands: Readonly<Record<string, (argument?: unknown, selection?: unknown) => unknown>> = {
    'aiwf.newWorkflow': (template) => newWorkflow(extensionUri, typeof template === 'string' ? template : undefined),
    'aiwf.createConfiguration': () => createConfiguration(extensionUri),
    'aiwf.openDiagram': async (given) => {
      const uri = await subject(given, vscode.l10n.t('Draw which workflow?'));
      if (!uri) return;
      if (!openDocument(uri)) await vscode.window.showTextDocument(uri);
      diagram.open(uri);
    },
    'aiwf.exportDiagram': () => diagram.exportPicture(),
    'aiwf.checkFile': async (given, selection) => {
      const selected = Array.isArray(selection) ? selection.filter((each) => each instanceof vscode.Uri) : [];
      if (selected.length > 1) return await checkWorkspace(client, selected);
      const uri = await subject(given, vscode.l10n.t('Check which workflow?'));
      if (uri) await checkFile(client, version, uri);
    },
    'aiwf.checkWorkspace': () => store.watch((watch) => checkWorkspace(client, undefined, watch)),
    'aiwf.explainRule': (rule) => explainRule(client, rule),
    'aiwf.showOutput': () => client.outputChannel.show(true),
  };

  context.subscriptions.push(
    diagram,
    createStatus(client),
    createConfigurationStatus(client),
    store,
    governance.view,
    new CoverageView({ store, coverage: () => ask<CoverageResult | null>(client, coverageRequest, {}) }),
    new RuleTests(client),
    provideRulePages(client),
    answerFileRequests(client, extensionUri),
    registerLanguageModelTools((params, token) => ask<AuthorToolResult>(client, authorToolRequest, params, token)),
    ...Object.entries({ ...commands, ...lensCommands, ...governance.commands }).map(([name, command]) =>
      vscode.commands.registerCommand(name, command),
    ),
  );
  running = client;
  client.start().catch((error: unknown) => client.error('The language server does not start', error));
}

/** VS Code waits for the answer, so the server can end by itself. */
export async function stopExtension(): Promise<void> {
  await running?.dispose();
  running = undefined;
}
