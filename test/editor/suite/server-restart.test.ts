// The language server ends as in a crash: VS Code starts another one, which finds what is wrong with what is edited meanwhile.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { openFile, until, untilDiagnostics } from './workspace.ts';

const workflow = `aiwf: 1
workflow: restarted
title: A workflow whose server ends
nonsense: 1
`;

describe('the language server', () => {
  it('is started again when it was killed, and knows what was edited meanwhile', async function () {
    if (process.platform === 'win32') this.skip();
    const editor = await openFile('restarted.aiwf.yaml', workflow);
    const { uri } = editor.document;
    const has = (word: string) => (all: vscode.Diagnostic[]) => all.some(({ message }) => message.includes(word));
    await untilDiagnostics(uri, has('nonsense'));
    const [first] = await until(() => (serverPids().length > 0 ? serverPids() : undefined));
    assert.ok(first);
    process.kill(first, 'SIGKILL');
    // Typed while there is none, or none that knows the document.
    const row = editor.document.lineAt(3).range;
    assert.ok(await editor.edit((edit) => edit.replace(row, 'rubbish: 1')));
    const found = await untilDiagnostics(uri, (all) => has('rubbish')(all) && !has('nonsense')(all));
    assert.ok(found.length > 0);
    const pids = await until(() => (serverPids().length > 0 ? serverPids() : undefined));
    assert.ok(!pids.includes(first), 'another server runs');
    // All of its features are back.
    const place = new vscode.Position(1, 2);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, place);
    assert.ok(hovers.length > 0);
  });
});

/** The language servers that this extension host has started. */
function serverPids(): readonly number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return rows.flatMap((row) => {
    const [, pid, parent, program = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
    return Number(parent) === process.pid && /dist[\\/]server\.js/.test(program) ? [Number(pid)] : [];
  });
}
