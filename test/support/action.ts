// Runs the steps of `action.yml` as a runner of GitHub does: each `run` is a script for bash, inputs come as variables, and
// lines of the log that look like commands are obeyed unless they are switched off.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { parse } from 'yaml';

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly shell: string;
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What `action.yml` says. */
export interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const action: Action = parse(readFileSync('action.yml', 'utf8'));

/** What a run left. */
export interface ActionRun {
  readonly code: number | null;
  readonly log: string;
  /** Names of the commands in the log that the runner obeys. */
  readonly commands: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

interface Surroundings {
  /** Folder that holds the action. */
  readonly action: string;
  /** The folder that is checked. */
  readonly workspace: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** One step with these inputs, the others as the action has them by default. Throws for an input the action does not have. */
export function runStep(
  name: string,
  inputs: Readonly<Record<string, string>>,
  { action: folder, workspace, env = {} }: Surroundings,
): ActionRun {
  const step = action.runs.steps.find((each) => each.name === name);
  const unknown = Object.keys(inputs).find((input) => !Object.hasOwn(action.inputs, input));
  if (!step || unknown !== undefined) throw new Error(`no step or input ${step ? unknown : name}`);
  const temporary = mkdtempSync(join(tmpdir(), 'aiwf-action-'));
  after(() => rmSync(temporary, { recursive: true, force: true }));
  const fileOf = (file: string, text = '') => {
    writeFileSync(join(temporary, file), text);
    return join(temporary, file);
  };
  const [outputs, summary] = [fileOf('outputs'), fileOf('summary')];
  const given = Object.entries(step.env ?? {}).map(([variable, expression]) => {
    const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? '';
    return [variable, inputs[input] ?? action.inputs[input]?.default ?? ''];
  });
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', fileOf('step.sh', step.run)],
    {
      cwd: workspace,
      encoding: 'utf8',
      timeout: 120_000,
      maxBuffer: 1e8,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        NODE_TEST_CONTEXT: '',
        CI: 'true',
        GITHUB_ACTION_PATH: folder,
        GITHUB_OUTPUT: outputs,
        GITHUB_STEP_SUMMARY: summary,
        RUNNER_TEMP: temporary,
        ...Object.fromEntries(given),
        ...env,
      },
    },
  );
  const log = stdout + stderr;
  const lines = readFileSync(outputs, 'utf8').split('\n').filter(Boolean);
  return {
    code: status,
    log,
    commands: commandsIn(log),
    outputs: Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ),
    summary: readFileSync(summary, 'utf8'),
  };
}

/** The runner looks for `::command::` where a line begins, and for the older `##[command]` anywhere in it. */
function commandsIn(log: string): readonly string[] {
  let stopped: string | undefined;
  return log.split(/\r?\n|\r/).flatMap((line) => {
    const [, name = '', value = ''] =
      /^\s*::([\w-]+)(?: [^:]*)?::(.*)$/.exec(line) ?? /##\[([\w-]+)[^\]]*\](.*)/.exec(line) ?? [];
    if (stopped !== undefined) {
      if (name === stopped) stopped = undefined;
      return [];
    }
    if (name === 'stop-commands') stopped = value;
    return name === '' ? [] : [name];
  });
}
