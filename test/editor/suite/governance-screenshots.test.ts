// The pictures of the Governance view for its page: findings by standard and clause, by who answers with the hover of one,
// and the coverage, in a light and a dark theme.
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { browser, itInBrowser } from './browser.ts';
import { closeEverything } from './diagram-view.ts';
import { changeSetting, fileUri, until, untilDiagnostics } from './workspace.ts';

const themes = [
  ['light', 'Light Modern'],
  ['dark', 'Dark Modern'],
  ['high-contrast', 'Default High Contrast'],
] as const;

/** What is left out, so that tree and text have the room. */
const quiet: Readonly<Record<string, unknown>> = {
  'breadcrumbs.enabled': false,
  'editor.codeLens': false,
  'editor.fontSize': 12,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'editor.wordWrap': 'on',
  'workbench.statusBar.visible': false,
  'workbench.layoutControl.enabled': false,
};

/** A workflow whose only finding is accepted. */
const waived = `aiwf: 1
workflow: complaint-letters
title: Answering complaints
accountable: service-lead
actors:
  service-lead: { kind: human, holders: 1 }
  quality: { kind: human, holders: 2 }
  letter-bot: { kind: agent, sponsor: service-lead, identity: letter-bot, autonomy: L2 }
waivers:
  - rule: structure/participation-mode
    at: draft
    reason: The trial ends with the year
    owner: service-lead
    approved-by: quality
    ticket: RISK-417
    expires: 2099-12-31
start: { on: manual, from: service-lead, next: draft }
steps:
  draft: { task: Draft the letter, by: letter-bot, next: done }
  done: { end: Answered }
`;

const rows = '.part.sidebar .pane:has([aria-label^="Governance"]) .monaco-list-row';
/** Between tree and text; a double click puts it back. */
const sash = '.monaco-sash.primary-sidebar-sash';
const see = async (selector: string) => browser('waitFor', { within: 'workbench', selector });
const click = async (selector: string) => browser('click', { within: 'workbench', selector });
const run = async (command: string, ...given: unknown[]) => vscode.commands.executeCommand(command, ...given);

describe('screenshots of the governance view', () => {
  const restores: (() => Promise<void>)[] = [];
  const uri = (): vscode.Uri => fileUri('complaint-letters.aiwf.yaml');

  before(async () => {
    for (const [name, value] of Object.entries(quiet)) restores.push(await changeSetting(name, value));
    await run('workbench.action.closePanel');
    await vscode.workspace.fs.writeFile(uri(), new TextEncoder().encode(waived));
    await run('aiwf.governance.focus');
    await see(`${rows} >> nth=0`);
    await browser('drag', { within: 'workbench', selector: sash, to: '.monaco-workbench' });
  });
  after(async () => {
    for (const restore of restores) await restore();
    await vscode.workspace.fs.delete(uri());
    await browser('click', { within: 'workbench', selector: sash, clickCount: 2, force: true });
    await run('aiwf.groupFindings', 'clause');
    await run('workbench.view.explorer');
    await closeEverything();
  });

  for (const [name, theme] of themes) {
    itInBrowser(`by who answers, with one that is accepted, ${name}`, async () => {
      const restore = await changeSetting('workbench.colorTheme', theme);
      await run('aiwf.governance.focus');
      await run('aiwf.groupFindings', 'owner');
      await see(`${rows} .codicon-shield`);
      const document = await vscode.workspace.openTextDocument(fileUri('warranty-return.aiwf.yaml'));
      const place = document.positionAt(document.getText().indexOf('timeout: pay-refund'));
      await vscode.window.showTextDocument(document, { selection: new vscode.Range(place, place) });
      await untilDiagnostics(document.uri);
      await see('.monaco-editor .view-line >> text=approve-refund');
      // A tree that is drawn anew at this moment shows no hover.
      await until(async () => {
        await browser('hover', { within: 'workbench', selector: '.part.activitybar' });
        await browser('hover', { within: 'workbench', selector: `${rows}:has-text("'timeout' of 'approve-refund'")` });
        await pause(1_500);
        return (
          (await browser('count', { within: 'workbench', selector: '.workbench-hover >> text=service-manager' })) > 0
        );
      });
      await browser('screenshot', { name: `governance-${name}` });
      await restore();
    });
  }

  itInBrowser('the coverage of a standard', async () => {
    await run('aiwf.groupFindings', 'clause');
    await run('aiwf.coverage.focus');
    const header = '.pane-header[aria-label^="Governance"] .title';
    await click(header);
    const coverage = '.part.sidebar .pane:has([aria-label^="Coverage"]) .monaco-list-row';
    await click(`${coverage}:has-text("EU AI Act")`);
    await see(`${coverage}:has-text("Article")`);
    for (const key of ['ArrowDown', 'ArrowRight']) await browser('press', { keys: [key] });
    await see(`${coverage}:has-text("/") >> nth=0`);
    await browser('hover', { within: 'workbench', selector: '.part.activitybar' });
    await see(`${coverage}:has-text("Article 9")`);
    await browser('screenshot', { name: 'governance-coverage' });
    await click(header);
  });
});
