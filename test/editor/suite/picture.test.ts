// The picture as a place to work in: findings lit, changes made in it, views, files, and what survives.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import * as vscode from 'vscode';
import { browser, itInBrowser } from './browser.ts';
import { closeEverything, openDiagram, step, untilDrawn } from './diagram-view.ts';
import { fileUri, until } from './workspace.ts';

/** Small enough to be seen whole; the reply goes out unapproved when nobody looks at it in time. */
const reply = `aiwf: 1
workflow: picture-reply
title: Answer a question
accountable: lead
actors:
  customer: { kind: external }
  lead: { kind: human }
  clerk: { kind: human }
  writer: { kind: agent, sponsor: lead }
data:
  question: { class: internal }
  reply: { class: internal }
start: { on: manual, from: customer, gives: [question], next: draft }
steps:
  draft: # keep this comment
    task: Draft a reply
    by: writer
    mode: ai-executed
    reads: [question]
    writes: [reply]
    next: check
  check:
    approval: Check the reply
    by: lead
    covers: [reply]
    within: 4h
    on: { approve: send, reject: draft, timeout: send }
  send:
    task: Send the reply
    by: clerk
    reads: [reply]
    effects: [{ kind: message, to: customer, irreversible: true }]
    next: done
  done: { end: Answered }
`;

const name = 'picture-reply.aiwf.yaml';

describe('picture', () => {
  afterEach(closeEverything);

  itInBrowser('a finding that is chosen lights the path that proves it and is selected in the text', async () => {
    const { document } = await openDiagram(name, reply);
    await browser('click', { selector: '#aiwf-show-findings' });
    const finding = '.aiwf-finding:has(code:text-is("flow/timeout-fails-open")) > button';
    await browser('click', { selector: finding });
    await browser('waitFor', { selector: `${step('send')}.aiwf-lit` });
    const lit = await browser('attributes', { selector: '.aiwf-node.aiwf-lit', name: 'data-step' });
    assert.deepEqual(lit, ['check', 'send']);
    const path = { selector: '.aiwf-edge-group.aiwf-lit', name: 'data-to' };
    assert.deepEqual(await browser('attributes', path), ['send']);
    assert.equal((await browser('texts', { selector: '.aiwf-proof li' })).length, lit.length);
    const found = vscode.languages
      .getDiagnostics(document.uri)
      .find(({ code }) => typeof code === 'object' && code.value === 'flow/timeout-fails-open');
    await until(() => found && vscode.window.activeTextEditor?.selection.isEqual(found.range));
  });

  itInBrowser('a step dragged to another lane changes who does it, as one step to undo', async () => {
    const { document } = await openDiagram(name, reply);
    await browser('click', { selector: '#aiwf-fit' });
    await browser('drag', { selector: step('send'), to: '.aiwf-lane[data-lane="lead"] rect' });
    await until(() => /send:\n {4}task: Send the reply\n {4}by: lead\n/.test(document.getText()));
    assert.ok(document.getText().includes('# keep this comment'));
    await untilDrawn(document);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), reply);
  });

  itInBrowser('a step is renamed in its place', async () => {
    const { document } = await openDiagram(name, reply);
    await browser('click', { selector: '#aiwf-fit' });
    await browser('focus', { selector: step('send') });
    await browser('press', { keys: ['F2', 'Control+A'] });
    await browser('type', { text: 'Send it off' });
    await browser('press', { keys: ['Enter'] });
    await until(() => document.getText() === reply.replace('task: Send the reply', 'task: Send it off'));
  });

  itInBrowser('shows every view of the workflow', async () => {
    await openDiagram(name, reply);
    for (const [view, shown] of [
      ['handoffs', '#aiwf-canvas .aiwf-edge-group'],
      ['responsibilities', '#aiwf-page table'],
      ['data', '#aiwf-page table'],
      ['time', '#aiwf-canvas .aiwf-time-row'],
      ['flow', step('send')],
    ] as const) {
      await browser('click', { selector: `#aiwf-view-${view}` });
      await browser('waitFor', { selector: `#aiwf-diagram[data-view="${view}"] ${shown}` });
    }
  });

  itInBrowser('keeps view, direction and chosen finding while it is hidden', async () => {
    await openDiagram(name, reply);
    await browser('click', { selector: '#aiwf-direction' });
    await browser('click', { selector: '#aiwf-show-findings' });
    await browser('click', { selector: '.aiwf-finding > button' });
    const chosen = await browser('texts', { selector: '.aiwf-chosen code' });
    const notes = await vscode.workspace.openTextDocument({ content: 'Notes.' });
    await vscode.window.showTextDocument(notes, vscode.ViewColumn.Two);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await browser('waitFor', { selector: '#aiwf-direction[aria-pressed="true"]' });
    await browser('waitFor', { selector: '.aiwf-node.aiwf-lit' });
    assert.deepEqual(await browser('texts', { selector: '.aiwf-chosen code' }), chosen);
  });

  itInBrowser('is saved as an SVG file', async () => {
    await openDiagram(name, reply);
    const target = fileUri('picture-reply.svg');
    await browser('click', { selector: '#aiwf-export' });
    const item = '.quick-input-list .monaco-list-row';
    await browser('click', { within: 'workbench', selector: `${item}:has-text("SVG")` });
    await browser('waitFor', { within: 'workbench', selector: '#quickInput_list[aria-label="Folder path"]' });
    await browser('press', { keys: ['Enter'] });
    const svg = await until(() =>
      Promise.resolve(vscode.workspace.fs.readFile(target)).then(
        (bytes) => new TextDecoder().decode(bytes),
        () => undefined,
      ),
    );
    assert.match(svg, /^<\?xml[^>]*>\s*<svg /);
    assert.ok(svg.includes('Send the'));
    await vscode.workspace.fs.delete(target);
  });

  itInBrowser('axe finds no fault in the panel', async () => {
    await openDiagram(name, reply);
    await browser('click', { selector: '#aiwf-show-findings' });
    for (const view of ['flow', 'handoffs', 'responsibilities', 'data', 'time']) {
      await browser('click', { selector: `#aiwf-view-${view}` });
      await browser('waitFor', { selector: `#aiwf-diagram[data-view="${view}"]` });
      const faults = await browser('evaluate', {
        script: axe.source,
        expression: `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
          violations.map(({ id, nodes }) => id + ': ' + nodes[0].target.join(' ')))`,
      });
      assert.deepEqual(faults, [], view);
    }
  });
});
