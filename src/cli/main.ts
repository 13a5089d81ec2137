// The command line tool: the only file of it that knows the process. Arguments in, text and exit code out.
import packageJson from '../../package.json';
import { type Command, parseArguments } from './arguments.ts';
import { check } from './check.ts';
import { diagram } from './diagram.ts';
import { explain, pageOf } from './explain.ts';
import { format } from './format.ts';
import { help } from './help.ts';
import { serve } from './lsp.ts';
import { exitCodes, failed, type Outcome, succeeded } from './outcome.ts';
import { listRules } from './rules.ts';

const { version } = packageJson;

const command = parseArguments(process.argv.slice(2));
if (command.name === 'lsp') void serve();
else if (command.name === 'mcp') void serveAuthors(command.folders);
else finish(run(command));

function run(command: Exclude<Command, { readonly name: 'lsp' | 'mcp' }>): Outcome {
  switch (command.name) {
    case 'help':
      return succeeded(help);
    case 'version':
      return succeeded(`${version}\n`);
    case 'wrong':
      return failed(`${command.reason} (see aiwf --help)`);
    case 'check':
      return check({ ...command, color: command.color && !process.env.NO_COLOR, version });
    case 'rules':
      return listRules(command.format);
    case 'explain':
      return explain(command.rule, __dirname);
    case 'diagram':
      return diagram(command);
    case 'format':
      return format(command);
  }
}

/** The protocol and its schemas are loaded for this command alone. */
async function serveAuthors(folders: readonly string[]): Promise<void> {
  const { serveMcp, wrongFolder } = await import('./mcp.ts');
  const wrong = wrongFolder(folders);
  if (wrong === undefined) await serveMcp({ folders, version, rulePage: (id) => pageOf(id, __dirname) });
  else finish(failed(`mcp: '${wrong}' is not a folder`));
}

/** Leaves the exit to the event loop, so that everything written arrives first, also in a pipe. */
function finish({ output, errors, exitCode }: Outcome): void {
  process.exitCode = exitCode;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as `head` may have heard enough.
    if (error.code === 'EPIPE') return;
    process.exitCode = exitCodes.failed;
    process.stderr.write(`aiwf: cannot write the output: ${error.message}\n`);
  });
  process.stderr.on('error', () => undefined);
  process.stdout.write(output);
  for (const error of errors) process.stderr.write(`aiwf: ${error}\n`);
}
