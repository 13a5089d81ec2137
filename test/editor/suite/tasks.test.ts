// Tasks as a user runs them: offered for the folder, run in a terminal as the command line runs, and what they find stands
// under Problems once, also where the language server says it as well.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { browser, itInBrowser } from './browser.ts';
import { closeEverything } from './diagram-view.ts';
import { fileUri, openFile, until } from './workspace.ts';

const name = 'tasks/closed one.aiwf.yaml';
const broken = 'aiwf: 1\nworkflow: closed-one\nstart: { next: one }\nsteps:\n  one: { task: One, next: nowhere }\n';
const message = "No step 'nowhere' is declared";

const offered = async () => vscode.tasks.fetchTasks({ type: 'aiwf' });
const taskWith = async (expected: object) =>
  until(async () =>
    (await offered()).find(({ definition }) =>
      Object.entries(expected).every(([key, value]) => definition[key] === value),
    ),
  );

/** Runs to its end; answers the exit code. */
async function run(task: vscode.Task): Promise<number | undefined> {
  const ended = new Promise<number | undefined>((resolve) => {
    const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== task.name) return;
      listener.dispose();
      resolve(exitCode);
    });
  });
  await vscode.tasks.executeTask(task);
  return await ended;
}

const write = async (file: string, text: string) =>
  vscode.workspace.fs.writeFile(fileUri(file), new TextEncoder().encode(text));

describe('tasks', () => {
  before(async () => write(name, broken));
  afterEach(closeEverything);
  after(async () => {
    await vscode.commands.executeCommand('problems.action.clearFilterText');
    for (const terminal of vscode.window.terminals) terminal.dispose();
    for (const each of ['tasks', '.vscode', '.git'])
      await vscode.workspace.fs.delete(fileUri(each), { recursive: true }).then(undefined, () => undefined);
  });

  it('are offered for what is there', async () => {
    const check = await taskWith({ task: 'check' });
    assert.equal(check.source, 'aiwf');
    assert.ok(check.execution instanceof vscode.ProcessExecution);
    await taskWith({ task: 'test-rules' });
    assert.equal((await offered()).length, 2, 'the folder is in no repository');
    execFileSync('git', ['init'], { cwd: fileUri('.').fsPath });
    await taskWith({ task: 'check', base: 'HEAD' });
    assert.equal((await offered()).length, 3);
  });

  itInBrowser('find in closed files what the command line finds, and nobody says it twice', async () => {
    const rows = `.markers-panel .monaco-list-row:has-text("${message}")`;
    /** Resolves when the finding stands there once, and comes from the language server, which links to the page of the rule. */
    const once = async (fromServer: boolean) =>
      until(async () => {
        // The terminal of a task takes its place.
        await vscode.commands.executeCommand('workbench.panel.markers.view.focus');
        const all = await browser('count', { within: 'workbench', selector: rows });
        const linked = await browser('count', { within: 'workbench', selector: `${rows}:has(a .marker-code)` });
        return all === 1 && linked === (fromServer ? 1 : 0);
      });
    await openFile('tasks/note.txt', 'Nothing to check.\n');
    assert.equal(await run(await taskWith({ task: 'check', base: undefined })), 1);
    await vscode.commands.executeCommand('workbench.panel.markers.view.focus');
    // Of many rows only those are there that can be seen, so the other files are left out.
    await browser('click', { within: 'workbench', selector: '.viewpane-filter input' });
    await browser('type', { text: '**/tasks/**' });
    await once(false);
    await vscode.commands.executeCommand('aiwf.checkWorkspace');
    await once(true);
    const editor = await openFile(name);
    await once(true);
    assert.equal(await run(await taskWith({ task: 'check', base: undefined })), 1);
    await once(true);
    const edit = new vscode.WorkspaceEdit();
    const at = editor.document.positionAt(broken.indexOf('nowhere'));
    edit.replace(editor.document.uri, new vscode.Range(at, at.translate(0, 'nowhere'.length)), 'one');
    await vscode.workspace.applyEdit(edit);
    await browser('waitFor', { within: 'workbench', selector: rows, state: 'detached' });
    await editor.document.save();
  });

  it('are run as tasks.json says, in the folder, and no shell reads what stands there', async () => {
    const paths = ['tasks/closed one.aiwf.yaml', '$(touch ran)'];
    await write(name, broken);
    await write(
      '.vscode/tasks.json',
      JSON.stringify({ version: '2.0.0', tasks: [{ type: 'aiwf', task: 'check', label: 'ours', paths }] }),
    );
    const task = await until(async () => (await vscode.tasks.fetchTasks()).find((each) => each.name === 'ours'));
    assert.equal(await run(task), 2, 'one of the paths names nothing');
    await assert.rejects(async () => vscode.workspace.fs.stat(fileUri('ran')));
    await write(
      '.vscode/tasks.json',
      JSON.stringify({
        version: '2.0.0',
        tasks: [{ type: 'aiwf', task: 'check', label: 'ours', paths: paths.slice(0, 1) }],
      }),
    );
    const mended = await until(async () =>
      (await vscode.tasks.fetchTasks()).find((each) => each.name === 'ours' && each.definition.paths?.length === 1),
    );
    assert.equal(await run(mended), 1);
  });
});
