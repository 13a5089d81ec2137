// `aiwf lsp --stdio`: the language server for any editor, in this process.

/** The server starts as it is loaded, so only this command may load it. */
export async function serve(): Promise<void> {
  await import('../server/main.ts');
}
