// `aiwf lsp --stdio`: the language server for any editor, in this process.
import { startStdio } from '../server/main.ts';

export function serve(): void {
  startStdio();
}
