// The words of the command line -> one command with its options, or the reason why they are none.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { didYouMean, suggest } from '../language/suggest.ts';
import { type AuditCommand, auditOptions, readAudit } from './arguments/audit.ts';
import { type CheckCommand, checkOptions, readCheck } from './arguments/check.ts';
import { type DiagramCommand, diagramOptions, readDiagram } from './arguments/diagram.ts';
import { type DiffCommand, diffOptions, readDiff } from './arguments/diff.ts';
import { type RulesCommand, readRules, rulesOptions } from './arguments/rules.ts';
import { type Values, type Wrong, wrong } from './arguments/values.ts';
import { readWaivers, type WaiversCommand, waiversOptions } from './arguments/waivers.ts';

/** What the words ask for. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | Wrong
  | CheckCommand
  | RulesCommand
  | { readonly name: 'explain'; readonly rule: string }
  | DiagramCommand
  | AuditCommand
  | DiffCommand
  | WaiversCommand
  | { readonly name: 'format'; readonly paths: readonly string[]; readonly check: boolean }
  | { readonly name: 'lsp' }
  | { readonly name: 'mcp'; readonly folders: readonly string[] };

type Options = NonNullable<ParseArgsConfig['options']>;

const optionsOf = {
  check: checkOptions,
  rules: rulesOptions,
  explain: {},
  diagram: diagramOptions,
  audit: auditOptions,
  diff: diffOptions,
  waivers: waiversOptions,
  format: { check: { type: 'boolean' } },
  // Clients add what they use themselves; the connection reads it from the process.
  lsp: { stdio: { type: 'boolean' }, clientProcessId: { type: 'string' } },
  mcp: {},
} as const satisfies Record<string, Options>;
type Name = keyof typeof optionsOf;

/** Never throws: what cannot be understood is the command `wrong`. */
export function parseArguments(args: readonly string[]): Command {
  const [first, ...rest] = args;
  if (first === undefined) return wrong('name a command');
  if (first === '--version') return { name: 'version' };
  if (first === '--help' || first === '-h') return { name: 'help' };
  if (!isCommand(first)) {
    const what = first.startsWith('-') ? 'option' : 'command';
    const known = what === 'option' ? ['--help', '--version'] : Object.keys(optionsOf);
    return wrong(`unknown ${what} '${first}'.${didYouMean(suggest(first, known))}`);
  }
  // What stands behind `--` is a path, whatever it looks like.
  const options = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (options.includes('--help') || options.includes('-h')) return { name: 'help' };
  const parsed = parse(rest, optionsOf[first]);
  if ('reason' in parsed) return wrong(parsed.reason);
  return read(first, parsed.words, parsed.values);
}

/** How many words a command takes; none where it is not named here. */
const mostWords: Partial<Record<Name, number>> = {
  check: Number.POSITIVE_INFINITY,
  audit: Number.POSITIVE_INFINITY,
  waivers: Number.POSITIVE_INFINITY,
  format: Number.POSITIVE_INFINITY,
  mcp: Number.POSITIVE_INFINITY,
  rules: Number.POSITIVE_INFINITY,
  diff: 2,
  explain: 1,
  diagram: 1,
};

function read(name: Name, words: readonly string[], values: Values): Command {
  const [word] = words;
  const most = mostWords[name] ?? 0;
  if (words.length > most) return wrong(`${name}: '${words[most]}' is one word too many`);
  switch (name) {
    case 'check':
      return readCheck(words, values);
    case 'rules':
      return readRules(words, values);
    case 'explain':
      return word === undefined ? wrong('explain: name a rule; `aiwf rules` lists them') : { name, rule: word };
    case 'diagram':
      return readDiagram(word, values);
    case 'audit':
      return readAudit(words, values);
    case 'waivers':
      return readWaivers(words, values);
    case 'diff':
      return readDiff(words, values);
    case 'format':
      return word === undefined
        ? wrong('format: name files or folders')
        : { name, paths: words, check: values.check ?? false };
    case 'lsp':
      return values.stdio ? { name } : wrong('lsp: say how the client is connected: --stdio');
    case 'mcp':
      return { name, folders: words };
  }
}

function parse(
  args: readonly string[],
  options: Options,
): { words: readonly string[]; values: Values } | { reason: string } {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { words: positionals, values: values as Values };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const unknown = /^Unknown option '(--?[^']+)'/.exec(message)?.[1];
    if (unknown === undefined) return { reason: message.split(/[.\n]/)[0] ?? message };
    const known = [...Object.keys(options), 'help'].map((name) => `--${name}`);
    return { reason: `unknown option '${unknown}'.${didYouMean(suggest(unknown, known))}` };
  }
}

function isCommand(word: string): word is Name {
  return Object.hasOwn(optionsOf, word);
}
