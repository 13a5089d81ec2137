// What was found in every workflow of the workspace, kept as rows: a file is checked when somebody asks for it, and again
// when it or a file it was made from has changed. Who has asked is told what is out of date.
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { joinCoverage } from '../governance/coverage.ts';
import { isWorkflowName } from '../language/project.ts';
import {
  type CoverageResult,
  coverageRequest,
  type GovernanceChangedParams,
  type GovernanceParams,
  type GovernanceResult,
  governanceChangedNotification,
  governanceRequest,
} from '../protocol.ts';
import { fileKey } from '../service/file-key.ts';
import type { Governance } from '../service/governance.ts';
import type { DocumentDiagnostics, LanguageService } from '../service/language-service.ts';
import { cancelled, type Requests } from './requests.ts';

export interface WorkspaceGovernance {
  answer(params: GovernanceParams, token: CancellationToken): Promise<GovernanceResult>;
  /** Of the files that are known. */
  coverage(): CoverageResult;
  /** Checks one file anew, for whoever shows its diagnostics, and keeps what was found. */
  check(uri: string): DocumentDiagnostics | undefined;
  /** A file was edited, closed or changed on disk. */
  changed(uri: string): void;
  /** A file is new or is gone. */
  cameOrWent(uri: string): void;
  /** Any file may have come or gone. */
  forget(): void;
}

interface Surroundings {
  /** Uris of all workflow files, in order. */
  uris(): readonly string[];
  /** Files are still to come, so that what is found now is not kept. */
  isIncomplete(): boolean;
  /** The day that dates are judged by. */
  today(): number;
  tell(params: GovernanceChangedParams): void;
}

interface Known extends Governance {
  /** Keys of the files it was made from. */
  readonly dependencies: ReadonlySet<string>;
  readonly day: number;
}

/** Longer than the pause after which findings are shown, so that an edit is checked once for both. */
const pause = 400;

const nothing: GovernanceResult = { files: [], unchecked: [], rules: {} };

export function createGovernance(service: LanguageService, around: Surroundings): WorkspaceGovernance {
  const known = new Map<string, Known>();
  /** By key; undefined: all are. */
  let outdated: Map<string, string> | undefined = new Map();
  let isAsked = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tellSoon = () => {
    if (!isAsked) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const uris = outdated && [...outdated.values()].sort();
      outdated = new Map();
      around.tell(uris ? { uris } : {});
    }, pause);
  };
  const check = (uri: string) => {
    const found = service.governance(uri);
    const key = fileKey(uri);
    if (!found) known.delete(key);
    if (!found || around.isIncomplete()) return found;
    const { diagnostics, ...governance } = found;
    const dependencies = new Set([...diagnostics.dependencies].map(fileKey));
    known.set(key, { ...governance, dependencies, day: around.today() });
    return found;
  };
  const rowsOf = (uri: string): Governance | undefined => {
    const found = known.get(fileKey(uri));
    return found && found.day === around.today() ? found : check(uri);
  };
  /** Forgets what was made from a file, and what else `isOutdated` says. */
  const drop = (uri: string, isOutdated: (each: Known) => boolean) => {
    const changed = fileKey(uri);
    for (const [key, each] of known) {
      if (key !== changed && !each.dependencies.has(changed) && !isOutdated(each)) continue;
      known.delete(key);
      outdated?.set(key, each.rows.uri);
    }
    if (isWorkflowName(uri) || service.openUris().includes(uri)) outdated?.set(changed, uri);
    if (!outdated || outdated.size > 0) tellSoon();
  };
  return {
    answer: async ({ uris }, token) => {
      isAsked = true;
      const all = around.uris();
      const found: Governance[] = [];
      for (const uri of uris ?? all) {
        if (token.isCancellationRequested) throw cancelled();
        const isKnown = known.has(fileKey(uri));
        const governance = uris || isKnown ? rowsOf(uri) : undefined;
        if (governance) found.push(governance);
        // Between two files other requests have their turn.
        if (!isKnown && governance) await new Promise((resolve) => setTimeout(resolve, 0));
      }
      return {
        files: found.map(({ rows }) => rows).sort((a, b) => (a.uri < b.uri ? -1 : 1)),
        unchecked: all.filter((uri) => !known.has(fileKey(uri)) && !uris?.includes(uri)),
        rules: Object.fromEntries(found.flatMap(({ rules }) => [...rules])),
      };
    },
    coverage: () => {
      const all = around.uris();
      const checked = all.flatMap((uri) => known.get(fileKey(uri)) ?? []);
      const covered = joinCoverage(checked.flatMap(({ coverage }) => coverage ?? []));
      const { files, standards } = covered;
      const rules = covered.rules.map(({ rule, summary, state, doubts }) => ({ rule, summary, state, doubts }));
      return { files, unchecked: all.length - checked.length, rules, standards };
    },
    check: (uri) => {
      const found = check(uri);
      // A configuration has diagnostics and no rows.
      if (!found) return service.check(uri);
      outdated?.set(fileKey(uri), uri);
      tellSoon();
      return found.diagnostics;
    },
    changed: (uri) => drop(uri, () => false),
    // A workflow that is new may be the one that others call.
    cameOrWent: (uri) => drop(uri, ({ callsById }) => callsById && isWorkflowName(uri)),
    forget: () => {
      known.clear();
      outdated = undefined;
      tellSoon();
    },
  };
}

/** The requests about what was found, and about what was looked at. */
export function answerGovernance(
  connection: Connection,
  { governance, guarded }: { readonly governance: WorkspaceGovernance; readonly guarded: Requests['guarded'] },
): void {
  connection.onRequest(governanceRequest, guarded('governance', nothing, governance.answer));
  connection.onRequest(
    coverageRequest,
    guarded('coverage', null, (): CoverageResult | null => governance.coverage()),
  );
}

/** Sends it to the client. */
export function tellOf(connection: Connection): (params: GovernanceChangedParams) => void {
  return (params) => void connection.sendNotification(governanceChangedNotification, params);
}
