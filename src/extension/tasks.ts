// Tasks: the command line tool run in a terminal of VS Code, so that a person sees what a gate will say. What it finds
// stands under Problems, by the problem matcher of the manifest.
import * as vscode from 'vscode';
import { type TaskDefinition, taskType, wordsOfTask } from './task-words.ts';
import { workflowPattern } from './workflow-files.ts';

/** What runs in the terminal. */
interface Tool {
  /** A Node.js, or a VS Code that can be one. */
  readonly program: string;
  /** The file of the command line tool. */
  readonly script: string;
}

/** Offers tasks for the folders of the workspace, and makes those that `tasks.json` names. */
export function registerTasks(tool: Tool): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(taskType, {
    provideTasks: async (token) => {
      const offered = (vscode.workspace.workspaceFolders ?? []).map((folder) => tasksOf(folder, tool, token));
      return (await Promise.all(offered)).flat();
    },
    resolveTask: ({ definition, scope, name }) => {
      const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
      return folder && taskIn(folder, { definition, name, scope: scope ?? folder }, tool);
    },
  });
}

/** None where there is nothing to check. */
async function tasksOf(
  folder: vscode.WorkspaceFolder,
  tool: Tool,
  token: vscode.CancellationToken,
): Promise<readonly vscode.Task[]> {
  if (!isRunnable(folder)) return [];
  const [hasWorkflows, hasRules, hasRevisions] = await Promise.all([
    hasFile(folder, workflowPattern, token),
    hasFile(folder, '**/{aiwf.rules.yaml,*.aiwf.rules.yaml}', token),
    isInRepository(folder.uri),
  ]);
  const offered: readonly (readonly [string, TaskDefinition])[] = [
    ...(hasWorkflows ? [[vscode.l10n.t('check the folder'), { type: taskType, task: 'check' }] as const] : []),
    ...(hasWorkflows && hasRevisions
      ? [
          [
            vscode.l10n.t('check what has changed since the last commit'),
            { type: taskType, task: 'check', base: 'HEAD' },
          ] as const,
        ]
      : []),
    ...(hasRules ? [[vscode.l10n.t('test the rules'), { type: taskType, task: 'test-rules' }] as const] : []),
  ];
  return offered.flatMap(([name, definition]) => taskIn(folder, { definition, name, scope: folder }, tool) ?? []);
}

/** No shell reads the words, so nothing in them is run. */
function taskIn(
  folder: vscode.WorkspaceFolder,
  {
    definition,
    name,
    scope,
  }: {
    readonly definition: vscode.TaskDefinition;
    readonly name: string;
    readonly scope: vscode.WorkspaceFolder | vscode.TaskScope;
  },
  { program, script }: Tool,
): vscode.Task | undefined {
  const words = wordsOfTask(definition);
  if (!words || !isRunnable(folder)) return undefined;
  const execution = new vscode.ProcessExecution(program, [script, ...words], {
    cwd: folder.uri.fsPath,
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  const matchers = definition.task === 'check' ? ['$aiwf', '$aiwf-absolute'] : [];
  const task = new vscode.Task(definition, scope, name, taskType, execution, matchers);
  task.group = vscode.TaskGroup.Test;
  task.presentationOptions = { clear: true, showReuseMessage: false };
  return task;
}

/** The tool reads files of this machine; git, which it asks, obeys what a repository says. */
function isRunnable({ uri }: vscode.WorkspaceFolder): boolean {
  return vscode.workspace.isTrusted && uri.scheme === 'file';
}

async function hasFile(
  folder: vscode.WorkspaceFolder,
  pattern: string,
  token: vscode.CancellationToken,
): Promise<boolean> {
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, pattern),
    '**/node_modules/**',
    1,
    token,
  );
  return found.length > 0;
}

/** A folder of its own has `.git`, and so has one above where the repository is larger than what is open. */
async function isInRepository(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(vscode.Uri.joinPath(uri, '.git'));
    return true;
  } catch {
    const above = vscode.Uri.joinPath(uri, '..');
    return above.path !== uri.path && (await isInRepository(above));
  }
}
