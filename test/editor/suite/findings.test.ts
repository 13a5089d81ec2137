// Findings while typing: they appear, a quick fix mends one and keeps the file's comments, and names stay true.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEverything, replace } from './diagram-view.ts';
import { openFile, untilDiagnostics } from './workspace.ts';

const ruleOf = ({ code }: vscode.Diagnostic): string => String(typeof code === 'object' ? code.value : code);
const rulesIn = (diagnostics: readonly vscode.Diagnostic[]): string[] => diagnostics.map(ruleOf).sort();

describe('findings', () => {
  afterEach(closeEverything);

  it('appear when an example is opened: those its first comment names, with rule, link and path', async () => {
    const { document } = await openFile('warranty-return.aiwf.yaml');
    const found = await untilDiagnostics(document.uri);
    const named = [...document.getText().matchAll(/^# - (\S+\/\S+) at /gm)].map(([, rule = '']) => rule);
    assert.ok(named.length >= 4);
    assert.deepEqual(rulesIn(found), named.sort());
    const payment = found.find((each) => ruleOf(each) === 'flow/timeout-fails-open');
    assert.ok(payment);
    assert.equal(payment.source, 'aiwf');
    assert.equal(payment.severity, vscode.DiagnosticSeverity.Error);
    assert.ok(typeof payment.code === 'object' && payment.code.target.path.endsWith('/timeout-fails-open.md'));
    assert.ok((payment.relatedInformation?.length ?? 0) > 1, 'the path edge by edge');
    // The finding stands at the approval that is not waited for, and its path leads to the payment.
    assert.match(payment.relatedInformation?.at(-1)?.message ?? '', /pay-refund/);
    const before = document.getText(new vscode.Range(new vscode.Position(0, 0), payment.range.start));
    assert.equal([...before.matchAll(/^ {2}([\w-]+):/gm)].at(-1)?.[1], 'approve-refund');
  });

  it('follow the text, and go when the fault goes', async () => {
    const { document } = await openFile('clinical-trial-recruitment.aiwf.yaml');
    await replace(document, 'accountable: principal-investigator', 'accountable: principle-investigator');
    const [found] = await untilDiagnostics(document.uri);
    assert.equal(found && ruleOf(found), 'structure/unresolved-reference');
    assert.equal(document.getText(found?.range), 'principle-investigator');
    await replace(document, 'accountable: principle-investigator', 'accountable: principal-investigator');
    await untilDiagnostics(document.uri, (diagnostics) => diagnostics.length === 0);
  });

  it('a quick fix mends one finding and keeps every comment', async () => {
    const { document } = await openFile('contract-review.aiwf.yaml');
    const isMode = (each: vscode.Diagnostic): boolean => ruleOf(each) === 'structure/mode-actor-mismatch';
    const found = await untilDiagnostics(document.uri, (diagnostics) => diagnostics.some(isMode));
    const finding = found.find(isMode);
    assert.ok(finding);
    const before = document.getText();
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      finding.range,
      vscode.CodeActionKind.QuickFix.value,
      10,
    );
    const fix = actions.find(({ title }) => title.startsWith("Change the mode to 'ai-augmented'"));
    assert.ok(fix?.edit, `no such fix among ${actions.map(({ title }) => title).join(', ')}`);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));

    const left = await untilDiagnostics(document.uri, (diagnostics) => !diagnostics.some(isMode));
    assert.deepEqual(rulesIn(left), rulesIn(found.filter((each) => !isMode(each))));
    const comments = (text: string): string[] => text.match(/#.*$/gm) ?? [];
    assert.deepEqual(comments(document.getText()), comments(before));
    const changed = document
      .getText()
      .split('\n')
      .filter((line, at) => line !== before.split('\n')[at]);
    assert.equal(changed.length, 1);
    assert.match(changed[0] ?? '', /^ {4}mode: ai-augmented +# should be/);
  });

  it('an actor that is renamed at its declaration is unresolved at each use', async () => {
    const { document } = await openFile('warranty-return.aiwf.yaml');
    await untilDiagnostics(document.uri);
    await replace(document, '  service-clerk:\n', '  returns-clerk:\n');
    const isUnresolved = (each: vscode.Diagnostic): boolean => ruleOf(each) === 'structure/unresolved-reference';
    const found = await untilDiagnostics(document.uri, (diagnostics) => diagnostics.some(isUnresolved));
    const uses = document
      .getText()
      .split('\n')
      .flatMap((line, at) => (line.replace(/#.*/, '').includes('service-clerk') ? [at] : []));
    const unresolved = found.filter(isUnresolved);
    assert.ok(uses.length >= 4);
    assert.deepEqual(
      unresolved.map(({ range }) => range.start.line),
      uses,
    );
    for (const { range } of unresolved) assert.equal(document.getText(range), 'service-clerk');
  });

  it('completion, hover, definition and outline answer', async () => {
    const { document } = await openFile('warranty-return.aiwf.yaml');
    await untilDiagnostics(document.uri);
    const at = (text: string, offset: number): vscode.Position =>
      document.positionAt(document.getText().indexOf(text) + offset);
    const next = at('    next: check-diagnosis', 12);
    const offered = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      next,
    );
    const labels = offered.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('check-diagnosis') && labels.includes('pay-refund'), labels.join());
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      next,
    );
    assert.ok(hovers.length > 0);
    const targets = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      next,
    );
    const [target] = targets;
    const line = target && ('range' in target ? target.range : target.targetRange).start.line;
    assert.equal(line, at('\n  check-diagnosis:', 3).line);
    const outline = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    const names = (symbols: readonly vscode.DocumentSymbol[]): string[] =>
      symbols.flatMap(({ name, children }) => [name, ...names(children)]);
    assert.ok(names(outline).some((name) => name.includes('pay-refund')));
  });
});
