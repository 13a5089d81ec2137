// The Governance and Coverage views as a user sees them: what stands in their trees, grouped, filtered, mended, copied,
// and a check that is stopped.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { browser, itInBrowser } from './browser.ts';
import { closeEverything, replace, step } from './diagram-view.ts';
import { changeSetting, fileUri, openFile, until } from './workspace.ts';

const findings = '.part.sidebar .pane:has([aria-label^="Governance"])';
const rows = `${findings} .monaco-list-row`;
const labels = `${rows} .label-name`;
const rowOf = (text: string) => `${rows}:has-text("${text}")`;
const see = async (selector: string, state: 'visible' | 'hidden' = 'visible') =>
  browser('waitFor', { within: 'workbench', selector, state });
const click = async (selector: string) => browser('click', { within: 'workbench', selector });
const texts = async (selector: string) => browser('texts', { within: 'workbench', selector });
const press = async (...keys: string[]) => browser('press', { keys });
const run = async (command: string, ...given: unknown[]) => vscode.commands.executeCommand(command, ...given);

/** A library without findings but for what is said of its agent; waived by `waivers` of a workflow. */
const waived = `aiwf: 1
workflow: waived
title: Answering by a bot
accountable: boss
actors:
  boss: { kind: human, holders: 1 }
  lead: { kind: human, holders: 2 }
  bot: { kind: agent, sponsor: boss, identity: bot, autonomy: L2 }
waivers:
  - rule: structure/participation-mode
    at: draft
    reason: The trial ends with the year
    owner: lead
    approved-by: boss
    expires: 2099-12-31
start: { on: manual, from: lead, next: draft }
steps:
  draft: { task: Draft, by: bot, next: done }
  done: { end: Done }
`;

/** Shows the view and waits until every workflow of the folder is checked. */
async function openView(grouping = 'clause'): Promise<void> {
  await run('aiwf.governance.focus');
  await run('aiwf.groupFindings', grouping);
  await see(`${rows} >> nth=0`);
  await see(`${findings} .message:has-text("Checking")`, 'hidden');
}

/** Leaves the findings with this text, so that the tree is short enough to be seen whole. */
async function search(text: string): Promise<void> {
  const asked = run('aiwf.searchFindings');
  await see('.quick-input-title:has-text("Filter Findings by Text")');
  await browser('type', { text });
  await press('Enter');
  await asked;
  await see(`${findings} .message:has-text("“${text}”"), ${findings} .welcome-view-content`);
}

describe('governance view', () => {
  afterEach(async () => {
    await run('aiwf.clearFindingsFilter');
    await run('aiwf.groupFindings', 'clause');
    await closeEverything();
  });
  after(async () => {
    await run('workbench.view.explorer');
  });

  itInBrowser('shows what was found in files that nobody opened, by standard and clause', async () => {
    await openView();
    const found = await texts(labels);
    assert.ok(found.includes('EU AI Act') && found.includes('NIST AI RMF'), found.join());
    await click(rowOf('EU AI Act'));
    await see(rowOf('Article 14'));
  });

  itInBrowser('counts the errors on its icon', async () => {
    await openView('file');
    const summary = await vscode.commands.executeCommand<{ readonly errors: number }>('aiwf.checkWorkspace');
    const badge = '.activitybar .action-item:has([aria-label^="AI Workflow"]) .badge-content';
    await until(async () => (await texts(badge))[0] === String(summary.errors));
  });

  itInBrowser('groups by rule, by file and by who answers', async () => {
    await openView('rule');
    await see(rowOf('flow/timeout-fails-open'));
    await run('aiwf.groupFindings', 'file');
    await see(rowOf('warranty-return'));
    await run('aiwf.groupFindings', 'owner');
    await see(rowOf('service-manager'));
  });

  itInBrowser('asks how to group, and keeps it', async () => {
    await openView();
    const asked = run('aiwf.groupFindings');
    await see('.quick-input-list-row >> text=Who answers for it');
    await browser('type', { text: 'File' });
    await press('Enter');
    await asked;
    await see(rowOf('warranty-return'));
  });

  itInBrowser('shows what the text filter lets through, says so, and clears it', async () => {
    await openView('rule');
    await search('approve-refund');
    await see(rowOf('flow/timeout-fails-open'));
    await see(rowOf('unbounded-loop'), 'hidden');
    await see(`${findings} .message:has-text("findings: “approve-refund”")`);
    await run('aiwf.clearFindingsFilter');
    await see(rowOf('unbounded-loop'));
    await see(`${findings} .message:has-text("refund")`, 'hidden');
  });

  itInBrowser('filters by what is ticked, and says when nothing is left', async () => {
    await openView('rule');
    const asked = run('aiwf.filterFindings');
    await click('.quick-input-list-row:has-text("Error") .label-name');
    await press('Enter');
    await asked;
    await see(`${findings} .message:has-text("findings: Warning, Information")`);
    await see(rowOf('flow/timeout-fails-open'), 'hidden');
    await search('nothing has this text');
    await click(`${findings} .welcome-view-content .monaco-button:has-text("Clear the Filter")`);
    await see(rowOf('flow/timeout-fails-open'));
  });

  itInBrowser('leads to the place of a finding and along the path that proves it', async () => {
    await openView('rule');
    await search('parts_arrived');
    await click(rowOf("'wait-for-parts' waits"));
    const editor = await until(() => vscode.window.activeTextEditor);
    assert.match(editor.document.uri.path, /warranty-return/);
    assert.ok(!editor.selection.isEmpty);
    const { line } = editor.selection.start;
    await run('aiwf.governance.focus');
    const second = rowOf('2. → register');
    if ((await texts(second)).length === 0) await press('ArrowRight');
    await see(second);
    await press('ArrowDown', 'ArrowDown', 'Enter');
    await until(() => (vscode.window.activeTextEditor?.selection.start.line ?? line) < line);
  });

  itInBrowser('fixes a finding from the keyboard, and the finding goes', async () => {
    await openFile('contract-review.aiwf.yaml');
    await openView('rule');
    await click(rowOf("'summarize' is ai-executed"));
    await run('aiwf.governance.focus');
    // It is the only thing that mends it, so nothing is asked.
    await press('Control+.');
    await see(rowOf("'summarize' is ai-executed"), 'hidden');
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /mode: ai-augmented/);
  });

  itInBrowser('follows an edit', async () => {
    await openView('file');
    const { document } = await openFile('clinical-trial-recruitment.aiwf.yaml');
    await replace(document, 'accountable: principal-investigator', 'accountable: principle-investigator');
    await see(rowOf('clinical-trial-recruitment'));
    await run('workbench.action.files.revert');
    await see(rowOf('clinical-trial-recruitment'), 'hidden');
  });

  itInBrowser('shows what a waiver accepts, which no diagnostic does, and a new file at once', async () => {
    const uri = fileUri('waived.aiwf.yaml');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(waived));
    try {
      await openView('file');
      await see(rowOf('waived'));
      await see(`${rows} .codicon-shield`);
      assert.deepEqual(vscode.languages.getDiagnostics(uri), []);
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
    await see(`${rows} .codicon-shield`, 'hidden');
  });

  itInBrowser('copies findings as Markdown', async () => {
    await openView('rule');
    await click(rowOf('flow/timeout-fails-open'));
    // VS Code tells what is selected a moment later; before that, everything is copied.
    const copied = await until(async () => {
      await run('aiwf.copyFindings');
      const text = await vscode.env.clipboard.readText();
      return text.split('\n- ').length === 1 && text;
    });
    assert.match(copied, /^- \*\*'timeout' of 'approve-refund'/);
    assert.match(copied, /`warranty-return\.aiwf\.yaml:\d+`/);
    assert.match(copied, /^ {4}1\. /m);
  });

  itInBrowser('lights a finding in the picture', async () => {
    await openView('owner');
    await search('approve-refund');
    await click(rowOf("'timeout' of 'approve-refund'"));
    await until(() => vscode.window.activeTextEditor?.document.uri.path.includes('warranty-return'));
    await run('aiwf.showFindingInDiagram');
    await browser('waitFor', { selector: `${step('pay-refund')}.aiwf-lit` });
  });

  itInBrowser('stops a check, and says what is not checked', async () => {
    const restore = await changeSetting('aiwf.governance.checkAutomatically', false);
    const checked = vscode.commands.executeCommand<{ readonly files: number; readonly stopped: boolean }>(
      'aiwf.checkWorkspace',
    );
    await run('aiwf.stopChecking');
    const { files, stopped } = await checked;
    const all = await vscode.workspace.findFiles('**/*.aiwf.{yaml,yml}');
    assert.ok(stopped);
    assert.ok(files < all.length, `${files} of ${all.length}`);
    await restore();
    const whole = await vscode.commands.executeCommand<{ readonly files: number }>('aiwf.checkWorkspace');
    assert.equal(whole.files, all.length);
  });

  itInBrowser('the Coverage view tells by standard and clause what was looked at', async () => {
    await openView();
    await run('aiwf.coverage.focus');
    // The findings leave it little room: a row that does not fit is not there.
    const header = '.pane-header[aria-label^="Governance"] .title';
    await click(header);
    const coverage = '.part.sidebar .pane:has([aria-label^="Coverage"])';
    await see(`${coverage} .monaco-list-row:has-text("EU AI Act")`);
    await see(`${coverage} .message:has-text("never that a standard is met")`);
    const [standard] = await texts(`${coverage} .monaco-list-row:has-text("EU AI Act") .label-description`);
    assert.match(standard ?? '', /^\d+ violated, .*\d+ satisfied/);
    assert.doesNotMatch((await texts(coverage)).join(), /complian/i);
    await click(header);
  });
});
