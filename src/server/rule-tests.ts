// The rules that a project brings: their examples are run when the client asks, and none is run where the user does not
// trust the workspace.
import type { Connection } from 'vscode-languageserver';
import {
  type RuleTestFile,
  type TestRulesParams,
  testRulesRequest,
  trustedNotification,
} from '../protocol/rule-tests.ts';
import type { LanguageService } from '../service/language-service.ts';
import type { Requests } from './requests.ts';

interface Surroundings {
  readonly service: LanguageService;
  readonly requests: Pick<Requests, 'guarded' | 'noted'>;
  /** What was found so far is out of date. */
  outdated(): void;
}

export function answerRuleTests(connection: Connection, { service, requests, outdated }: Surroundings): void {
  connection.onRequest(
    testRulesRequest,
    requests.guarded('test rules', [], ({ uris }: TestRulesParams): readonly RuleTestFile[] => service.testRules(uris)),
  );
  connection.onNotification(
    trustedNotification,
    requests.noted('trusted', () => {
      if (service.useTrust(true)) outdated();
    }),
  );
}
