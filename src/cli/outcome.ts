// What a command answers; only `main.ts` touches the process.

/** `ok`: 0, `violated`: 1, `failed`: wrong use or unreadable input, 2. */
export const exitCodes = { ok: 0, violated: 1, failed: 2 } as const;

/** Output, errors and exit code. */
export interface Outcome {
  readonly output: string;
  /** Each one line on the error stream. */
  readonly errors: readonly string[];
  /** A whole text on the error stream, where the output is something else. */
  readonly report?: string;
  readonly exitCode: (typeof exitCodes)[keyof typeof exitCodes];
}

/** Nothing is wrong. */
export function succeeded(output: string): Outcome {
  return { output, errors: [], exitCode: exitCodes.ok };
}

/** The command could not do its work. */
export function failed(reason: string): Outcome {
  return { output: '', errors: [reason], exitCode: exitCodes.failed };
}
