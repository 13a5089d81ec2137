// The diagram beside the editor: it shows the workflow, follows the text and the cursor, and leads back to the text.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { browser, itInBrowser } from './browser.ts';
import { closeEverything, openDiagram, replace, step, untilDrawn } from './diagram-view.ts';
import { changeSetting, fileUri, openFile, until, untilDiagnostics } from './workspace.ts';

const example = 'warranty-return.aiwf.yaml';
const shortest = `aiwf: 1
workflow: short-lived
title: Short
actors:
  me: { kind: human }
start: { on: manual, from: me, next: done }
steps:
  done: { end: Done }
`;

describe('diagram', () => {
  afterEach(closeEverything);

  itInBrowser('shows every lane and step of the example', async () => {
    const { document } = await openDiagram(example);
    const [, body = ''] = /\nsteps:\n([\s\S]*?)\n\w/.exec(document.getText()) ?? [];
    const steps = [...body.matchAll(/^ {2}([\w-]+):/gm)].map(([, id = '']) => id);
    assert.ok(steps.length > 20);
    const drawn = await browser('attributes', { selector: '.aiwf-node', name: 'data-step' });
    assert.deepEqual(
      steps.filter((id) => !drawn.includes(id)),
      [],
    );
    assert.ok(drawn.some((id) => id?.startsWith('start:')));
    const lanes = await browser('texts', { selector: '.aiwf-lane-header title' });
    for (const lane of ['diagnosis-agent', 'service-manager', 'Authorized repair shop']) {
      assert.ok(lanes.includes(lane), `${lane} is not among ${lanes.join(', ')}`);
    }
    const exceptional = await browser('count', { selector: 'path.aiwf-edge.aiwf-exceptional' });
    const handoffs = await browser('count', { selector: 'path.aiwf-edge.aiwf-handoff-human-ai' });
    assert.ok(exceptional > 3 && handoffs > 3);
    const tab = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(({ label }) => label.startsWith('Diagram'));
    assert.equal(tab?.label, 'Diagram: warranty-return');
    assert.equal(vscode.window.activeTextEditor?.document, document, 'the text keeps the focus');
  });

  itInBrowser('opens beside the text from the title of the editor, once', async () => {
    await openFile(example);
    const button = '.editor-actions .action-label[aria-label^="Open Diagram to the Side"]';
    await browser('click', { within: 'workbench', selector: button });
    await browser('waitFor', { selector: step('pay-refund') });
    await vscode.commands.executeCommand('aiwf.openDiagram');
    const panels = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview);
    assert.equal(panels.length, 1);
    assert.equal(panels[0]?.group.viewColumn, vscode.ViewColumn.Two);
  });

  itInBrowser('follows an edit, together with the findings', async () => {
    const { document } = await openDiagram(example);
    await replace(document, '  gave-up:  {', '  never-came:  {');
    await untilDrawn(document);
    await browser('waitFor', { selector: step('never-came') });
    await browser('waitFor', { selector: step('gave-up'), state: 'detached' });
    await untilDiagnostics(document.uri, (diagnostics) =>
      diagnostics.some(({ range }) => document.getText(range) === 'gave-up'),
    );
  });

  itInBrowser('selects the text of the step that is clicked, and of the edge', async () => {
    const { document } = await openDiagram(example);
    await browser('click', { selector: '#aiwf-fit' });
    await browser('click', { selector: step('approve-refund'), force: true });
    const selected = await until(() => {
      const editor = vscode.window.activeTextEditor;
      return editor && !editor.selection.isEmpty && editor;
    });
    assert.equal(selected.document, document);
    assert.equal(document.getText(selected.selection), 'approve-refund');
    assert.match(document.lineAt(selected.selection.start.line).text, /^ {2}approve-refund:$/);
    await until(() => selected.visibleRanges.some((range) => range.contains(selected.selection)));

    await browser('evaluate', {
      expression: `document.querySelector('.aiwf-edge-group[data-from="approve-refund"][data-to="propose-refund"]').focus()`,
    });
    await browser('focus', { selector: '.aiwf-edge-group[data-from="approve-refund"][data-to="propose-refund"]' });
    await browser('press', { keys: ['Enter'] });
    const line = await until(() => {
      const { start } = vscode.window.activeTextEditor?.selection ?? {};
      return (
        start &&
        start.line !== selected.document.positionAt(0).line &&
        document.lineAt(start.line).text.includes('reject') &&
        document.lineAt(start.line).text
      );
    });
    assert.match(line, /reject: \{ to: propose-refund, max: 2/);
  });

  itInBrowser('selects the right text while the text has just moved', async () => {
    const { document } = await openDiagram(example);
    await browser('click', { selector: '#aiwf-fit' });
    await replace(document, 'aiwf: 1\n', '# a line\n# and another\naiwf: 1\n');
    await browser('click', { selector: step('bench-test'), force: true });
    await until(() => document.getText(vscode.window.activeTextEditor?.selection) === 'bench-test');
  });

  itInBrowser('marks the step with the cursor, and no other', async () => {
    const editor = await openDiagram(example);
    const put = (text: string): void => {
      const at = editor.document.positionAt(editor.document.getText().indexOf(text));
      editor.selection = new vscode.Selection(at, at);
    };
    put('covers: [refund]');
    await browser('waitFor', { selector: `${step('approve-refund')}[aria-current="step"]` });
    put('kind: payment, to: customer');
    await browser('waitFor', { selector: `${step('pay-refund')}[aria-current="step"]` });
    assert.equal(await browser('count', { selector: '[aria-current="step"]' }), 1);
    put('actors:');
    await browser('waitFor', { selector: '[aria-current="step"]', state: 'detached' });
  });

  itInBrowser('keeps the last good picture while the text is broken, and says so', async () => {
    const { document } = await openDiagram(example);
    const before = await browser('attributes', { selector: '.aiwf-node', name: 'data-step' });
    await replace(document, 'actors:\n', 'actors: {{{\n');
    await browser('waitFor', { selector: '#aiwf-notice:not([hidden])' });
    assert.match((await browser('texts', { selector: '#aiwf-notice' })).join(), /last good picture/);
    assert.deepEqual(await browser('attributes', { selector: '.aiwf-node', name: 'data-step' }), before);
    await replace(document, 'actors: {{{\n', 'actors:\n');
    await browser('waitFor', { selector: '#aiwf-notice', state: 'hidden' });
    await untilDrawn(document);
  });

  itInBrowser('follows the active editor, but not to a library, which has no flow', async () => {
    await openDiagram(example);
    const other = await vscode.window.showTextDocument(
      (await openFile('grant-application.aiwf.yaml')).document,
      vscode.ViewColumn.One,
    );
    await browser('waitFor', { selector: step('rank') });
    await untilDrawn(other.document);
    const library = await openFile('shared/people.aiwf.yaml');
    await untilDiagnostics(library.document.uri, () => true);
    await openFile('grant-application.aiwf.yaml');
    await replace(other.document, '  rank:\n', '  ranking:\n');
    await browser('waitFor', { selector: step('ranking') });
    await browser('waitFor', { selector: '#aiwf-notice', state: 'hidden' });
  });

  itInBrowser('keeps the picture of a file that is closed or gone, and no error pops up', async () => {
    const uri = fileUri('short-lived.aiwf.yaml');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(shortest));
    await vscode.commands.executeCommand('vscode.open', uri);
    await vscode.commands.executeCommand('aiwf.openDiagram');
    await browser('waitFor', { selector: step('done') });
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(uri);
    await browser('waitFor', { selector: '#aiwf-notice >> text=is closed' });
    await browser('click', { selector: step('done') });
    await openDiagram(example);
    await browser('waitFor', { selector: '#aiwf-notice', state: 'hidden' });
    await browser('waitFor', { selector: step('pay-refund') });
    await vscode.commands.executeCommand('notifications.showList');
    assert.deepEqual(await browser('texts', { within: 'workbench', selector: '.notification-list-item' }), []);
  });

  itInBrowser('is there again after it was hidden behind another editor', async () => {
    await openDiagram(example);
    const readme = await openFile('notes.txt', 'Notes.\n');
    await vscode.window.showTextDocument(readme.document, vscode.ViewColumn.Two);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await browser('waitFor', { selector: step('pay-refund') });
  });

  itInBrowser('holds in light, dark and high contrast themes', async () => {
    await openDiagram(example);
    const back: unknown[] = [];
    for (const [theme, className] of [
      ['Light Modern', 'vscode-light'],
      ['Dark Modern', 'vscode-dark'],
      ['Default High Contrast', 'vscode-high-contrast'],
    ] as const) {
      const restore = await changeSetting('workbench.colorTheme', theme);
      await browser('waitFor', { selector: `body.${className} .aiwf-svg` });
      back.push(await browser('evaluate', { expression: 'getComputedStyle(document.body).backgroundColor' }));
      await restore();
    }
    assert.equal(new Set(back).size, 3, `backgrounds ${back.join(' ')}`);
  });

  itInBrowser('reaches nothing but its own files', async () => {
    await openDiagram(example);
    const policy = await browser('attributes', { selector: 'meta[http-equiv]', name: 'content' });
    assert.ok(
      policy.some((each) => each?.includes("default-src 'none'") && /script-src 'nonce-[\w+/=]{20,}'/.test(each)),
    );
  });
});
