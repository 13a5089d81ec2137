// The rules that configurations and rule packs bring, in the Test Explorer: an item for each rule and its examples, at their
// places in the file. The language server runs them; nothing is asked of it where the workspace is not trusted.
import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import {
  type RuleTestFile,
  type TestedExample,
  type TestRulesParams,
  testRulesRequest,
  trustedNotification,
} from '../protocol/rule-tests.ts';
import { ask } from './client.ts';

const pattern = '**/{aiwf.config.yaml,aiwf.rules.yaml,*.aiwf.rules.yaml}';
const isRuleFile = ({ path }: vscode.Uri): boolean => /\/(aiwf\.config|([^/]+\.)?aiwf\.rules)\.yaml$/.test(path);

/** Milliseconds after the last change before the examples are looked for again. */
const pause = 300;

type Fault = TestedExample['faults'][number];

/** An item that is run, with what is wrong with it. */
interface Outcome {
  readonly item: vscode.TestItem;
  readonly faults: readonly Fault[];
}

export class RuleTests implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #controller: vscode.TestController;
  readonly #disposables: vscode.Disposable[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    this.#controller = vscode.tests.createTestController('aiwf.rules', vscode.l10n.t('AI Workflow Rules'));
    this.#controller.refreshHandler = async (token) => {
      await this.#find(token);
    };
    this.#controller.createRunProfile(
      vscode.l10n.t('Run Examples'),
      vscode.TestRunProfileKind.Run,
      (request, token) => this.#run(request, token),
      true,
    );
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const soon = () => this.#findSoon();
    this.#disposables.push(
      this.#controller,
      watcher,
      watcher.onDidCreate(soon),
      watcher.onDidChange(soon),
      watcher.onDidDelete(soon),
      // What is edited counts before it is saved.
      vscode.workspace.onDidChangeTextDocument(({ document }) => isRuleFile(document.uri) && soon()),
      client.onDidChangeState(({ newState }) => newState === State.Running && soon()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        if (client.state !== State.Running) return;
        void client.sendNotification(trustedNotification).then(soon);
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of this.#disposables) each.dispose();
  }

  #findSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#find(), pause);
  }

  /** Asks for the rules as they are now and makes items of them; answers what became of each. */
  async #find(token?: vscode.CancellationToken): Promise<readonly Outcome[]> {
    if (!vscode.workspace.isTrusted || this.#client.state !== State.Running) return [];
    const found = await vscode.workspace.findFiles(pattern, '**/node_modules/**', undefined, token);
    const params: TestRulesParams = { uris: found.map((uri) => uri.toString()).sort() };
    const files = await ask<readonly RuleTestFile[]>(this.#client, testRulesRequest, params, token);
    if (!files) return [];
    const outcomes: Outcome[] = [];
    this.#controller.items.replace(files.map((file) => this.#fileItem(file, outcomes)));
    return outcomes;
  }

  #fileItem({ uri, rules }: RuleTestFile, outcomes: Outcome[]): vscode.TestItem {
    const place = vscode.Uri.parse(uri);
    const file = this.#controller.createTestItem(uri, vscode.workspace.asRelativePath(place), place);
    file.children.replace(
      rules.map(({ id, range, examples }) => {
        const item = this.#controller.createTestItem(`${uri} ${id}`, id, place);
        item.range = toRange(range);
        const ofRule = examples.filter(({ kind }) => kind === 'rule').flatMap(({ faults }) => faults);
        if (ofRule.length > 0) outcomes.push({ item, faults: ofRule });
        const runs = examples.filter(({ kind }) => kind !== 'rule');
        item.children.replace(
          runs.map((example) => {
            const child = this.#controller.createTestItem(
              `${item.id} ${example.kind} ${example.number}`,
              example.kind === 'pass'
                ? vscode.l10n.t('Pass {0}', example.number)
                : vscode.l10n.t('Fail {0}', example.number),
              place,
            );
            child.range = toRange(example.range);
            // In the order of the file, not of the words.
            child.sortText = String(example.range.start.line).padStart(6, '0');
            outcomes.push({ item: child, faults: example.faults });
            return child;
          }),
        );
        return item;
      }),
    );
    return file;
  }

  /** Runs the examples as they are now; items of the request may be of an earlier text, so they are known by their ids. */
  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.#controller.createTestRun(request);
    const outcomes = await this.#find(token);
    const asked = request.include && new Set(request.include.map(({ id }) => id));
    const left = new Set((request.exclude ?? []).map(({ id }) => id));
    for (const { item, faults } of outcomes) {
      if (token.isCancellationRequested) break;
      if ((asked && !isAmong(item, asked)) || isAmong(item, left)) continue;
      run.started(item);
      if (faults.length === 0) run.passed(item);
      else
        run.failed(
          item,
          faults.map((fault) => messageOf(fault, item)),
        );
    }
    run.end();
  }
}

/** The item or one that it stands in. */
function isAmong(item: vscode.TestItem, ids: ReadonlySet<string>): boolean {
  return ids.has(item.id) || (item.parent !== undefined && isAmong(item.parent, ids));
}

function messageOf({ message, range }: Fault, { uri }: vscode.TestItem): vscode.TestMessage {
  const shown = new vscode.TestMessage(message);
  if (uri) shown.location = new vscode.Location(uri, toRange(range));
  return shown;
}

function toRange({ start, end }: Fault['range']): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
