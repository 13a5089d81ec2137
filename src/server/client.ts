// What the client can do, read once from what it says of itself.
import type { InitializeParams } from 'vscode-languageserver';

export type Client = ReturnType<typeof clientOf>;

/**
 * Its initialization options: `suggestCommand` is its command that opens completion again, `readsFiles` says that it
 * answers `aiwf/readFiles`, `rulePages` in which folder it has the pages of the rules, `workspaceCommand`
 * that it has its own way to check the whole workspace, `commands` which commands of code lenses it has, `settings` what
 * is turned off where it cannot be asked, `oneCollection` that it shows the diagnostics it is sent in the place of those it
 * asked for, not beside them, `trusted: false` that the user does not trust the workspace.
 */
export function clientOf(params: InitializeParams | undefined) {
  const { textDocument, workspace, window } = params?.capabilities ?? {};
  const { completion, codeAction, diagnostic, definition } = textDocument ?? {};
  const given = (params?.initializationOptions ?? {}) as Readonly<Record<string, unknown>>;
  return {
    snippets: completion?.completionItem?.snippetSupport === true,
    resolvesDocumentation: completion?.completionItem?.resolveSupport?.properties.includes('documentation') === true,
    commits: completion?.completionItem?.commitCharactersSupport === true,
    links: definition?.linkSupport === true,
    versioned: workspace?.workspaceEdit?.documentChanges === true,
    creates: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    showsDisabled: codeAction?.disabledSupport === true,
    resolvesEdits: codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
    watches: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    folders: workspace?.workspaceFolders === true,
    /** It asks for diagnostics, so none are sent unasked. */
    pulls: diagnostic !== undefined,
    pullsRelated: diagnostic?.relatedDocumentSupport === true,
    refreshes: workspace?.diagnostics?.refreshSupport === true,
    showsProgress: window?.workDoneProgress === true,
    againCommand: typeof given.suggestCommand === 'string' ? given.suggestCommand : undefined,
    readsFiles: given.readsFiles === true,
    rulePages: typeof given.rulePages === 'string' ? given.rulePages : undefined,
    trusted: given.trusted !== false,
    oneCollection: given.oneCollection === true,
    workspaceCommand: given.workspaceCommand === true,
    commands: new Set(Array.isArray(given.commands) ? given.commands.map(String) : []),
    settings: given.settings,
    asksSettings: workspace?.configuration === true,
    watchesSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
  };
}
