// The language server as a web worker, for VS Code in a browser. It has no files of its own: the client reads them for it.
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { startServer } from './connection.ts';
import { dropCancelled } from './requests.ts';

// The types of this project are those of a page, where `self` is a window; here it is the worker.
const scope = self as unknown as Worker;
const connection = createConnection(
  ProposedFeatures.all,
  new BrowserMessageReader(scope),
  new BrowserMessageWriter(scope),
  { connectionStrategy: dropCancelled },
);

startServer(connection, {
  reads: () => false,
  read: () => undefined,
  workflowFiles: () => [],
  rulePage: () => undefined,
});
