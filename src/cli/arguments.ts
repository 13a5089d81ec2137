// The words of the command line -> one command with its options, or the reason why they are none.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { didYouMean, suggest } from '../language/suggest.ts';
import { pictureThemes } from '../picture/palette.ts';
import { presets } from '../rules/presets.ts';
import { ruleById, rules } from '../rules/registry.ts';
import { type CheckFormat, checkFormats } from './check.ts';
import type { DiagramOptions } from './diagram.ts';

/** What the words ask for. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | { readonly name: 'wrong'; readonly reason: string }
  | {
      readonly name: 'check';
      readonly paths: readonly string[];
      readonly format: CheckFormat;
      readonly profile: readonly string[];
      readonly rules: readonly string[];
      readonly base: string | undefined;
      readonly color: boolean;
      readonly fix: boolean;
      readonly maxWarnings: number | undefined;
      readonly updateBaseline: boolean;
    }
  | { readonly name: 'rules'; readonly format: 'text' | 'json' }
  | { readonly name: 'explain'; readonly rule: string }
  | ({ readonly name: 'diagram' } & DiagramOptions)
  | { readonly name: 'format'; readonly paths: readonly string[]; readonly check: boolean }
  | { readonly name: 'lsp' }
  | { readonly name: 'mcp'; readonly folders: readonly string[] };

/** What `--help` shows. */
export const help = `Usage: aiwf COMMAND

  check [PATH…]     check workflows: files, or folders searched for *.aiwf.yaml and *.aiwf.yml; default: this folder
    --format FORMAT   text (default), json, or github: notes at the lines of a pull request
    --profile ID      preset of rules, may be repeated: ${[...presets.keys()].join(', ')};
                      default: that of aiwf.config.yaml, else recommended
    --rule ID         check this rule alone, may be repeated
    --base REVISION   compare with this git revision, or for one file with this FILE, for the rules that judge a change
    --fix             make all safe fixes in the files first, and report what is left
    --max-warnings N  more warnings than this are a failure
    --update-baseline take what is found now as known, in the baseline that aiwf.config.yaml names; then only what is
                      new is reported
    --color           colored text, unless NO_COLOR is set
  rules             list the rules
    --format FORMAT   text (default) or json
  explain RULE      what a rule asks for, why, and how to fix it
  diagram FILE      draw a workflow
    --format FORMAT   mermaid (default), markdown with that in it and a link to the file, or svg
    --view VIEW       of svg: flow (default), handoffs or time
    --direction WAY   of the flow as svg: down (default) or right
    --theme THEME     of svg: ${pictureThemes.join(', ')}; default: ${pictureThemes[0]}
    --output FILE     write this file instead of standard output
  format PATH…      format workflows in place: files, or all in these folders; lists what has changed
    --check           change nothing, list what is not formatted
  lsp --stdio       language server for editors
  mcp [FOLDER…]     Model Context Protocol on standard input and output, for AI that writes workflows; reads these
                    folders and nothing else; default: those the client has open, else this folder
  --help            this text
  --version         version of aiwf

Exit code: 0 no errors, 1 findings of severity error, too many warnings or files not formatted, 2 wrong use or unreadable input.
`;

type Options = NonNullable<ParseArgsConfig['options']>;

const format = { type: 'string' } as const;
const optionsOf = {
  check: {
    format,
    profile: { type: 'string', multiple: true },
    rule: { type: 'string', multiple: true },
    base: { type: 'string' },
    color: { type: 'boolean' },
    fix: { type: 'boolean' },
    'max-warnings': { type: 'string' },
    'update-baseline': { type: 'boolean' },
  },
  rules: { format },
  explain: {},
  diagram: {
    format,
    view: { type: 'string' },
    direction: { type: 'string' },
    theme: { type: 'string' },
    output: { type: 'string' },
  },
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
  if (rest.includes('--help') || rest.includes('-h')) return { name: 'help' };
  const parsed = parse(rest, optionsOf[first]);
  if ('reason' in parsed) return wrong(parsed.reason);
  return build(first, parsed.words, parsed.values);
}

interface Values {
  readonly format?: string;
  readonly view?: string;
  readonly direction?: string;
  readonly theme?: string;
  readonly output?: string;
  readonly profile?: readonly string[];
  readonly rule?: readonly string[];
  readonly base?: string;
  readonly color?: boolean;
  readonly check?: boolean;
  readonly fix?: boolean;
  readonly stdio?: boolean;
  readonly 'max-warnings'?: string;
  readonly 'update-baseline'?: boolean;
}

/** How many words a command takes; none where it is not named here. */
const mostWords: Partial<Record<Name, number>> = {
  check: Number.POSITIVE_INFINITY,
  format: Number.POSITIVE_INFINITY,
  mcp: Number.POSITIVE_INFINITY,
  explain: 1,
  diagram: 1,
};

function build(name: Name, words: readonly string[], values: Values): Command {
  const [word] = words;
  const most = mostWords[name] ?? 0;
  if (words.length > most) return wrong(`${name}: '${words[most]}' is one word too many`);
  switch (name) {
    case 'check': {
      const format = oneOf(values.format, checkFormats);
      if (!format) return wrongFormat(name, values.format, 'text, json or github');
      const profile = values.profile ?? [];
      const unknown = profile.find((id) => !presets.has(id));
      if (unknown !== undefined) {
        const hint = didYouMean(suggest(unknown, presets.keys()));
        return wrong(`check: unknown profile '${unknown}'.${hint} Known: ${[...presets.keys()].join(', ')}`);
      }
      const asked = values.rule ?? [];
      const strange = asked.find((id) => !ruleById(id));
      if (strange !== undefined) {
        const hint = didYouMean(
          suggest(
            strange,
            rules.map(({ id }) => id),
          ),
        );
        return wrong(`check: unknown rule '${strange}'.${hint} \`aiwf rules\` lists them.`);
      }
      const { base, color = false, fix = false, 'update-baseline': updateBaseline = false } = values;
      const most = values['max-warnings'];
      if (most !== undefined && !/^\d{1,9}$/.test(most))
        return wrong(`check: --max-warnings takes a number, not '${most}'`);
      const narrowed = base !== undefined || profile.length > 0 || asked.length > 0;
      if (updateBaseline && narrowed)
        return wrong('check: --update-baseline goes with neither --base nor --profile nor --rule');
      const paths = words.length > 0 ? words : ['.'];
      const maxWarnings = most === undefined ? undefined : Number(most);
      return { name, paths, format, profile, rules: asked, base, color, fix, maxWarnings, updateBaseline };
    }
    case 'rules': {
      const format = oneOf(values.format, ['text', 'json']);
      return format ? { name, format } : wrongFormat(name, values.format, 'text or json');
    }
    case 'explain':
      return word === undefined ? wrong('explain: name a rule; `aiwf rules` lists them') : { name, rule: word };
    case 'diagram':
      return buildDiagram(word, values);
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

function buildDiagram(file: string | undefined, values: Values): Command {
  const name = 'diagram';
  if (file === undefined) return wrong('diagram: name a file');
  const format = oneOf(values.format, ['mermaid', 'svg', 'markdown']);
  if (!format) return wrongFormat(name, values.format, 'mermaid, svg or markdown');
  const view = oneOf(values.view, ['flow', 'handoffs', 'time']);
  if (!view) return wrongValue(name, 'view', values.view, 'flow, handoffs or time');
  const direction = oneOf(values.direction, ['down', 'right']);
  if (!direction) return wrongValue(name, 'direction', values.direction, 'down or right');
  const theme = oneOf(values.theme, pictureThemes);
  if (!theme) return wrongValue(name, 'theme', values.theme, pictureThemes.join(', '));
  const ofPictures = (['view', 'direction', 'theme'] as const).find((option) => values[option] !== undefined);
  if (format !== 'svg' && ofPictures) return wrong(`diagram: --${ofPictures} is for --format svg`);
  if (view !== 'flow' && values.direction !== undefined) return wrong('diagram: --direction is for --view flow');
  if (values.output === '') return wrong('diagram: --output names a file');
  return { name, file, format, view, direction, theme, output: values.output };
}

/** The value if it is one of the known, the first one where none is given. */
function oneOf<T extends string>(value: string | undefined, known: readonly [T, ...T[]]): T | undefined {
  return value === undefined ? known[0] : known.find((candidate) => candidate === value);
}

function wrongFormat(name: Name, value: string | undefined, known: string): Command {
  return wrongValue(name, 'format', value, known);
}

function wrongValue(name: Name, option: string, value: string | undefined, known: string): Command {
  return wrong(`${name}: unknown ${option} '${value}', expected ${known}`);
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

function wrong(reason: string): Command {
  return { name: 'wrong', reason };
}
