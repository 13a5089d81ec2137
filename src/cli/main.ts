// The command line tool: the only file of it that knows the process. Arguments in, text and exit code out.
import packageJson from '../../package.json';
import { printable } from '../report/excerpt.ts';
import type { AuditCommand } from './arguments/audit.ts';
import type { DiffCommand } from './arguments/diff.ts';
import { type Command, parseArguments } from './arguments.ts';
import { isWorker, serveJobs } from './check-pool.ts';
import { checkInProcess } from './check-process.ts';
import { diagram } from './diagram.ts';
import { explain, pageOf } from './explain.ts';
import { format } from './format.ts';
import { help } from './help.ts';
import { serve } from './lsp.ts';
import { exitCodes, failed, type Outcome, succeeded } from './outcome.ts';
import { listRules } from './rules.ts';
import { testRules } from './rules-test.ts';
import { waivers } from './waivers.ts';

const { version } = packageJson;

if (isWorker()) serveJobs();
else start(parseArguments(process.argv.slice(2)));

function start(command: Command): void {
  if (command.name === 'lsp') void serve();
  else if (command.name === 'mcp') void serveAuthors(command.folders);
  else void Promise.resolve(run(command)).then(finish);
}

function run(command: Exclude<Command, { readonly name: 'lsp' | 'mcp' }>): Outcome | Promise<Outcome> {
  switch (command.name) {
    case 'help':
      return succeeded(help);
    case 'version':
      return succeeded(`${version}\n`);
    case 'wrong':
      return failed(`${command.reason} (see aiwf --help)`);
    case 'check':
      return checkInProcess(command, version, __filename);
    case 'rules':
      return command.action === 'test' ? testRules(command.paths, command.format) : listRules(command.format);
    case 'explain':
      return explain(command.rule, __dirname);
    case 'diagram':
      return diagram(command);
    case 'audit':
      return audit(command);
    case 'waivers':
      return waivers(command);
    case 'diff':
      return diff(command);
    case 'format':
      return format(command);
  }
}

/** What makes the page is loaded for this command alone. */
async function audit(command: AuditCommand): Promise<Outcome> {
  return (await import('./audit.ts')).audit(command, { version, program: __filename });
}

/** Comparing is loaded for this command alone. */
async function diff(command: DiffCommand): Promise<Outcome> {
  const color = command.color && !process.env.NO_COLOR;
  return (await import('./diff.ts')).diff({ ...command, color }, { version, program: __filename });
}

/** The protocol and its schemas are loaded for this command alone. */
async function serveAuthors(folders: readonly string[]): Promise<void> {
  const { serveMcp, wrongFolder } = await import('./mcp.ts');
  const wrong = wrongFolder(folders);
  if (wrong === undefined) await serveMcp({ folders, version, rulePage: (id) => pageOf(id, __dirname) });
  else finish(failed(`mcp: '${wrong}' is not a folder`));
}

/** Leaves the exit to the event loop, so that everything written arrives first, also in a pipe. */
function finish({ output, errors, report, exitCode }: Outcome): void {
  process.exitCode = exitCode;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as `head` may have heard enough.
    if (error.code === 'EPIPE') return;
    process.exitCode = exitCodes.failed;
    process.stderr.write(`aiwf: cannot write the output: ${error.message}\n`);
  });
  process.stderr.on('error', () => undefined);
  process.stdout.write(output);
  if (report !== undefined) process.stderr.write(report);
  // Paths stand in it, and whoever adds a file to a repository names it.
  for (const error of errors) process.stderr.write(`aiwf: ${printable(error)}\n`);
}
