// Sends diagnostics: a moment after the last edit, of every open document whose findings have changed since.
import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import type { DocumentDiagnostics, LanguageService } from '../service/language-service.ts';

interface Publisher {
  /** Publishes after `milliseconds` without a further call. */
  soon(milliseconds?: number): void;
  publish(diagnostics: DocumentDiagnostics): void;
  /** Takes back what was published of a document. */
  closed(uri: string): void;
  /** A file changed on disk: what was published of it while it was not open is made anew. */
  changedOnDisk(uri: string): void;
}

const pause = 150;

export function createPublisher(
  service: LanguageService,
  send: (diagnostics: PublishDiagnosticsParams) => void,
  logError: (name: string, error: unknown) => void,
): Publisher {
  const published = new Map<string, DocumentDiagnostics>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const publish = (result: DocumentDiagnostics) => {
    published.set(result.uri, result);
    const { uri, version, diagnostics } = result;
    send({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  };
  const publishChanged = () => {
    for (const uri of service.openUris()) {
      try {
        const result = service.diagnostics(uri);
        if (result && published.get(uri) !== result) publish(result);
      } catch (error) {
        logError(`diagnostics of ${uri}`, error);
      }
    }
  };
  const closed = (uri: string) => {
    if (published.delete(uri)) send({ uri, diagnostics: [] });
  };
  return {
    soon: (milliseconds = pause) => {
      clearTimeout(timer);
      timer = setTimeout(publishChanged, milliseconds);
    },
    publish,
    closed,
    changedOnDisk: (uri) => {
      if (!published.has(uri) || service.openUris().includes(uri)) return;
      const result = service.check(uri);
      if (result) publish(result);
      else closed(uri);
    },
  };
}
