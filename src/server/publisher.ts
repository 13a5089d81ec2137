// Sends diagnostics: a moment after the last edit, of every open document whose findings have changed since, for a long one
// in two waves: what is wrong with its language at once, what its paths show when it is checked. Between two documents other
// requests have their turn, and a newer edit ends the round. A client that asks for diagnostics gets them when it asks; it is
// told when those of other documents have changed by an edit.
import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import type { DocumentDiagnostics, LanguageService } from '../service/language-service.ts';
import { turnOfOthers } from './requests.ts';

export interface Publisher {
  /** `uri` was opened or edited; the pause after it begins, none after the first time. */
  edited(uri: string, isFirst: boolean): void;
  /** Publishes after a pause without a further call. */
  soon(): void;
  publish(diagnostics: DocumentDiagnostics): void;
  /** Publishes what was found in a file that is not open, such as a configuration, where there is anything new to tell. */
  show(uri: string): void;
  /** Takes back what was published of a document. */
  closed(uri: string): void;
  /** A file changed on disk: what was published of it while it was not open is made anew. */
  changedOnDisk(uri: string): void;
  /** Resolves when the pause after the last edit of a document is over. */
  pauseOf(uri: string): Promise<void>;
  /**
   * Sends what is known of a long document before it is checked. Resolves when that is on its way and others have had their
   * turn; undefined where there is nothing to send first.
   */
  publishFirst(uri: string): Promise<void> | undefined;
  /** The client has asked for these, and gets them. */
  pulled(diagnostics: DocumentDiagnostics): void;
  /** Open documents that the client has asked about, whose diagnostics are others now; `except` is being answered. */
  outdated(except: string): readonly DocumentDiagnostics[];
}

interface Sink {
  /** The client asks for diagnostics. */
  readonly pulls: () => boolean;
  /** What is sent takes the place of what was asked for; otherwise both would be shown. */
  readonly replaces: () => boolean;
  /** Resolves when it is written. */
  send(diagnostics: PublishDiagnosticsParams): Promise<void>;
  /** Asks the client to ask again. */
  refresh(): void;
  logError(name: string, error: unknown): void;
  /** Files are still to come without which what is found is not all. */
  isIncomplete(): boolean;
  /** Whether files have come that were missing, so that what was found without them is to be found again. */
  arrived(): Promise<boolean>;
}

const pause = 150;
/** Milliseconds of work after which others have their turn. */
const shortWork = 5;

export function createPublisher(service: LanguageService, sink: Sink): Publisher {
  const published = new Map<string, DocumentDiagnostics>();
  /** What the client asked for last, of open documents. */
  const pulled = new Map<string, DocumentDiagnostics>();
  /** When each document was edited last. */
  const edits = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const send = async (params: PublishDiagnosticsParams) => {
    try {
      await sink.send(params);
    } catch (error) {
      sink.logError('sending diagnostics', error);
    }
  };
  const publish = async (result: DocumentDiagnostics) => {
    if (pulled.has(result.uri) && !sink.replaces()) return;
    published.set(result.uri, result);
    const { uri, version, diagnostics } = result;
    await send({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  };
  const takeBack = (uri: string) => {
    if (published.delete(uri)) void send({ uri, diagnostics: [] });
  };
  /** The newest round of diagnostics; one that is older ends. */
  let round = 0;

  const publishFirst = (uri: string) => {
    const first = service.firstDiagnostics(uri);
    return first && !sink.isIncomplete() ? publish(first).then(turnOfOthers) : undefined;
  };
  /** Publishes what is new of each open document, the newest edit first; undefined where a newer round has begun. */
  const changed = async (): Promise<readonly DocumentDiagnostics[] | undefined> => {
    const own = ++round;
    const results: DocumentDiagnostics[] = [];
    for (const uri of service.openUris().toSorted((a, b) => (edits.get(b) ?? 0) - (edits.get(a) ?? 0))) {
      try {
        await publishFirst(uri);
        if (own !== round) return undefined;
        const begin = Date.now();
        const result = service.diagnostics(uri);
        if (result && published.get(uri) !== result) {
          // Answers made without files that are still to come are not shown.
          if (sink.isIncomplete()) results.push(result);
          else void publish(result);
        }
        if (Date.now() - begin < shortWork) continue;
      } catch (error) {
        sink.logError(`diagnostics of ${uri}`, error);
      }
      await turnOfOthers();
      if (own !== round) return undefined;
    }
    return results;
  };
  const outdated = (except: string) =>
    [...pulled].flatMap(([uri, known]) => {
      const result = uri === except ? undefined : service.diagnostics(uri);
      return result && result !== known ? [result] : [];
    });
  const tell = async () => {
    if (sink.pulls()) {
      // The client asks for the document it edits by itself.
      const others = outdated('').filter(({ uri, version }) => pulled.get(uri)?.version === version);
      if (others.length > 0) sink.refresh();
      return;
    }
    let results = await changed();
    while (results && (await sink.arrived())) results = await changed();
    for (const result of results ?? []) void publish(result);
  };
  const soon = (milliseconds = pause) => {
    clearTimeout(timer);
    round++;
    timer = setTimeout(() => void tell().catch((error) => sink.logError('diagnostics', error)), milliseconds);
  };
  return {
    edited: (uri, isFirst) => {
      if (!isFirst) edits.set(uri, Date.now());
      soon(isFirst ? 0 : pause);
    },
    soon: () => soon(),
    publish: (result) => void publish(result),
    publishFirst,
    show: (uri) => {
      const result = service.openUris().includes(uri) ? undefined : service.check(uri);
      const isNew = result && published.get(uri) !== result;
      if (isNew && (published.has(uri) || result.diagnostics.length > 0)) void publish(result);
    },
    closed: (uri) => {
      pulled.delete(uri);
      edits.delete(uri);
      takeBack(uri);
    },
    changedOnDisk: (uri) => {
      if (!published.has(uri) || service.openUris().includes(uri)) return;
      const result = service.check(uri);
      if (result) void publish(result);
      else takeBack(uri);
    },
    pauseOf: async (uri) => {
      for (let left = pause; left > 0; ) {
        left = (edits.get(uri) ?? 0) + pause - Date.now();
        if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
      }
    },
    pulled: (result) => {
      if (sink.replaces()) published.delete(result.uri);
      else takeBack(result.uri);
      if (result.version !== undefined) pulled.set(result.uri, result);
    },
    outdated,
  };
}
