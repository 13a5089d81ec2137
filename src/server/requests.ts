// What every request has in common: it stops when it is cancelled, its positions are in the client's unit, it is put
// again when files it asked for have come, and a fault in it is an empty answer and a line in the log.
import {
  type CancellationToken,
  type ConnectionStrategy,
  LSPErrorCodes,
  type RequestMessage,
  ResponseError,
  type ResponseMessage,
} from 'vscode-languageserver';
import type { ClientFiles } from './client-files.ts';
import { type PositionEncoding, uriOf } from './encoding.ts';

export interface Requests {
  /** The handler of a request. */
  guarded<P, R, T extends readonly unknown[]>(
    name: string,
    otherwise: R,
    handle: (params: P, token: CancellationToken, ...more: T) => R | Promise<R>,
  ): (params: P, token?: CancellationToken | null, ...more: T) => Promise<R>;
  /** The handler of a request that answers with what it is given and more. */
  guardedItem<T>(name: string, handle: (item: T) => T): (item: T, token?: CancellationToken) => Promise<T>;
  /** The handler of a notification, which is done when it returns. */
  noted<P>(name: string, handle: (params: P) => void): (params: P) => void;
  /** What the client was asked and need not answer: a refusal is no fault of ours. */
  asked(name: string, answer: Promise<unknown>): void;
  logError(name: string, error: unknown): void;
}

interface Surroundings {
  readonly encoding: () => PositionEncoding;
  readonly files: ClientFiles | undefined;
  log(message: string): void;
}

const cancelledMessage = 'The request was cancelled.';

/** Imports of imports of imports: each round finds the files that those of the round before name. */
const maxRounds = 30;

const never: CancellationToken = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };

export function createRequests({ encoding, files, log }: Surroundings): Requests {
  const logError = (name: string, error: unknown) =>
    log(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const guarded: Requests['guarded'] =
    (name, otherwise, handle) =>
    async (given, asked, ...more) => {
      const token = asked ?? never;
      if (token.isCancellationRequested) throw cancelled();
      try {
        const params = encoding().incoming(given);
        for (let round = 1; ; round++) {
          const result = await handle(params, token, ...more);
          if (token.isCancellationRequested) throw cancelled();
          if (result instanceof ResponseError) return result;
          if (!files?.isMissing || round > maxRounds) return encoding().outgoing(result, uriOf(params));
          await files.fetch();
        }
      } catch (error) {
        if (error instanceof ResponseError) throw error;
        logError(name, error);
        return otherwise;
      }
    };
  return {
    guarded,
    guardedItem: (name, handle) => (item, token) => guarded(name, item, handle)(item, token),
    noted: (name, handle) => (params) => {
      try {
        handle(params);
      } catch (error) {
        logError(name, error);
      }
    },
    asked: (name, answer) => void answer.catch((error: unknown) => logError(name, error)),
    logError,
  };
}

/** Lets requests that have come meanwhile go first, and edits and cancellations be known. */
export function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

export function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, cancelledMessage);
}

/** A request that is cancelled while it waits for its turn is answered at once and never begun. */
export const dropCancelled: ConnectionStrategy = {
  cancelUndispatched: (message): ResponseMessage => ({
    jsonrpc: '2.0',
    id: (message as RequestMessage).id,
    error: { code: LSPErrorCodes.RequestCancelled, message: cancelledMessage },
  }),
};
