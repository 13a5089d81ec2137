// The pages: every rule and every problem code has one, its examples yield what they claim, and what is known to the
// program stands on it as the program knows it. `UPDATE_GOLDEN=1` writes the made parts anew.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseConfiguration } from '../src/governance/configuration.ts';
import { configurationKeys } from '../src/governance/configuration-keys.ts';
import type { Key } from '../src/language/shape.ts';
import { lineStartsOf, positionAt } from '../src/language/source.ts';
import { renderText } from '../src/report/text.ts';
import { defaultParameters, parameters } from '../src/rules/parameters.ts';
import { presets } from '../src/rules/presets.ts';
import { ruleById, rules } from '../src/rules/registry.ts';
import type { Rule } from '../src/rules/rule.ts';
import { hostOf, lintText, uriOf } from './support/check.ts';
import { mainFile } from './support/markers.ts';

const folder = 'docs/rules';
/** The closed list in `language/problem.ts`. */
const codes = [...readFileSync('src/language/problem.ts', 'utf8').matchAll(/'(language\/[\w-]+)'/g)].map(
  ([, code = '']) => code,
);
const ids = [...rules.map(({ id }) => id), ...codes];
const pages = readdirSync(folder, { recursive: true })
  .map((name) => String(name).replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.md') && name !== 'README.md');

test('there is a page for every rule and every problem code, and no other', () => {
  assert.deepEqual(pages.map((name) => name.replace(/\.md$/, '')).sort(), [...ids].sort());
});

test('there is a test file for every rule', () => {
  for (const { id } of rules) assert.ok(existsSync(`test/rules/${id}.test.ts`), id);
});

const sections = ['Wrong', 'Right', 'Why', 'Fix', 'Limits'];

for (const id of ids) {
  const path = `${folder}/${id}.md`;
  if (!existsSync(path)) continue;
  const rule = ruleById(id);

  test(`${path} has its sections in order`, () => {
    const prose = readFileSync(path, 'utf8').replaceAll(/^```.*?^```$/gms, '');
    const headings = [...prose.matchAll(/^(#+ .*)$/gm)].map(([, heading]) => heading);
    const wanted = [`# ${id}`, ...sections.map((name) => `## ${name}`), ...(rule ? ['## Clauses'] : [])];
    assert.deepEqual(
      headings.filter((heading) => !heading?.startsWith('###')),
      wanted,
    );
  });

  if (rule) {
    test(`${path} says what the rule says of itself`, () => {
      const page = readFileSync(path, 'utf8');
      const made = withSection(withHead(page, rule), 'Clauses', clauseTable(rule));
      compare(path, page, made);
    });
  }

  test(`${path}: the wrong example yields exactly what it marks`, () => {
    const files = examplesIn(path, 'Wrong');
    const marked = checkExample(files, [id]);
    assert.ok(marked.length > 0, 'nothing is marked');
    for (const mark of marked) assert.equal(mark.replace(/^\d+ /, ''), id);
  });

  test(`${path}: the right example keeps the rule`, () => {
    assert.deepEqual(checkExample(examplesIn(path, 'Right'), [id]), []);
  });
}

test(`${folder}/README.md lists every rule and every problem code`, () => {
  const path = `${folder}/README.md`;
  const page = readFileSync(path, 'utf8');
  compare(path, page, withSection(withSection(page, 'Rules', ruleTable()), 'Problems of the text', codeTable()));
});

test('docs/configuration.md lists every key, preset and parameter', () => {
  const path = 'docs/configuration.md';
  const page = readFileSync(path, 'utf8');
  const keys = Object.entries(configurationKeys).map(
    ([name, { doc, default: standard }]: [string, Key]) => `| \`${name}\` | ${doc} | ${standard ?? ''} |`,
  );
  const sets = [...presets.values()].map(
    ({ id, title, rules: members }) => `| \`${id}\` | ${title} | ${members.length} |`,
  );
  const values = [...parameters.values()].map(
    ({ name, key, doc }) => `| \`${name}\` | ${doc} | ${shownDefault(defaultParameters[key])} |`,
  );
  const made = withTable(
    withTable(withTable(page, ['key', 'meaning', 'default'], keys), ['preset', 'what for', 'rules'], sets),
    ['parameter', 'meaning', 'default'],
    values,
  );
  compare(path, page, made);
  const example = yamlBlocks(page)[0] ?? '';
  assert.deepEqual(parseConfiguration('file:///work/aiwf.config.yaml', example).problems, []);
});

function shownDefault(value: unknown): string {
  return value === undefined || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)
    ? 'not judged'
    : String(value);
}

/** The page with the rows of the table that has this head. */
function withTable(page: string, head: readonly string[], rows: readonly string[]): string {
  const made = table(head, rows);
  const [first = '', second = ''] = made.split('\n');
  const start = page.indexOf(`${first}\n${second}\n`);
  const end = page.indexOf('\n\n', start);
  return start < 0 ? page : `${page.slice(0, start)}${made.trimEnd()}${end < 0 ? '\n' : page.slice(end)}`;
}

const otherPages = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)].filter(
  (path) => path.endsWith('.md') && existsSync(path),
);
for (const path of otherPages) {
  for (const [index, text] of yamlBlocks(readFileSync(path, 'utf8')).entries()) {
    if (!text.startsWith('aiwf:')) continue;
    test(`${path}: the workflow ${index + 1} on it is read, and has the findings it marks`, () => {
      const problems = lintText(text).filter(({ rule }) => rule.startsWith('language/'));
      assert.deepEqual(
        problems.map(({ message }) => message),
        [],
      );
      if (/# ← /.test(text)) checkExample(new Map([[mainFile, text]]), undefined);
    });
  }
}

test('README.md counts the rules and shows what the tool says of its workflow', () => {
  const page = readFileSync('README.md', 'utf8');
  const [text = ''] = yamlBlocks(page);
  const findings = lintText(text);
  assert.match(page, new RegExp(`\\b${rules.length} rules\\b`));
  assert.match(page, new RegExp(`\`recommended\` asks for ${presets.get('recommended')?.rules.length} of them`));
  assert.match(page, /finds four things/);
  assert.equal(findings.length, 4);
  const path = 'reply.aiwf.yaml';
  const file = { path, text, lineStarts: lineStartsOf(text), profile: ['recommended'], findings };
  const words = (output: string) => output.replaceAll(/\s+/g, ' ').trim();
  const shown = page.split(/^```.*\n/m).find((block) => block.startsWith(`${path}:`)) ?? assert.fail();
  assert.ok(words(renderText([file], { version: '1' })).includes(words(shown)), shown);
});

/**
 * Fails unless the findings are exactly those that `# ← rule` marks at the end of a line; answers `line rule` of each.
 * `running` are the rules that run: the page's own, since a small example cannot hold all.
 */
function checkExample(files: ReadonlyMap<string, string>, running: readonly string[] | undefined): readonly string[] {
  const texts = new Map([...files].map(([name, text]) => [uriOf(name), text]));
  const text = files.get(mainFile) ?? '';
  assert.match(text, /^aiwf: 1\n(workflow|library): /, 'an example is a whole file');
  const starts = lineStartsOf(text);
  const marks = text
    .split('\n')
    .flatMap((line, index) => [...line.matchAll(/# ← ([\w/-]+)/g)].map(([, rule]) => `${index + 1} ${rule}`));
  // A rule that judges a change is shown with the file as it was before.
  const base = files.get('before.aiwf.yaml');
  const options = { ...(running ? { rules: running } : {}), ...(base === undefined ? {} : { base }) };
  const found = lintText(text, hostOf(texts), options).map(
    ({ rule, range }) => `${positionAt(starts, range.start).line + 1} ${rule}`,
  );
  assert.deepEqual([...found].sort(), [...marks].sort());
  return marks;
}

/** Files of a section: a block that begins with a comment `# name.aiwf.yaml` is that file, the other one the main file. */
function examplesIn(path: string, section: string): ReadonlyMap<string, string> {
  const blocks = yamlBlocks(sectionOf(readFileSync(path, 'utf8'), section));
  return new Map(blocks.map((text) => [/^# (\S+\.aiwf\.yaml)\n/.exec(text)?.[1] ?? mainFile, text]));
}

function yamlBlocks(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);
}

function sectionOf(page: string, heading: string): string {
  return page.split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? '';
}

function withSection(page: string, heading: string, body: string): string {
  const old = sectionOf(page, heading);
  const isLast = page.endsWith(old);
  return page.replace(`## ${old}`, () => `## ${heading}\n\n${body}${isLast ? '' : '\n'}`);
}

/** Title, summary, and how grave it is, up to the first section. */
function withHead(page: string, { id, summary, severity }: Rule): string {
  const named = [...presets.values()].filter(({ rules: members }) => members.includes(id));
  const checked = `Severity: ${severity}. Checked with the presets ${named.map((preset) => `\`${preset.id}\``).join(', ')}.`;
  return page.replace(/^.*?(?=^## )/ms, () => `# ${id}\n\n${summary}\n\n${checked}\n\n`);
}

const statuses = {
  verified: 'read in the text itself',
  secondary: 'read in a description of the text',
  unverified: 'not verified',
};

function clauseTable({ clauses }: Rule): string {
  const rows = clauses.map(
    ({ standard, edition, ref, status, appliesFrom }) =>
      `| ${standard} | ${edition} | ${ref} | ${statuses[status]}${appliesFrom ? `; applies from ${appliesFrom}` : ''} |`,
  );
  return table(['Standard', 'Edition', 'Clause', 'Status'], rows);
}

function ruleTable(): string {
  const rows = rules.map(({ id, severity, summary }) => {
    const named = [...presets.values()].filter(({ rules: members }) => members.includes(id));
    return `| [${id}](${id}.md) | ${severity} | ${summary} | ${named.map((preset) => preset.id).join(', ')} |`;
  });
  return table(['Rule', 'Severity', 'What holds in a good design', 'Presets'], rows);
}

function codeTable(): string {
  const rows = codes.map((code) => {
    const [, , sentence = ''] = readFileSync(`${folder}/${code}.md`, 'utf8').split('\n');
    return `| [${code}](${code}.md) | ${sentence} |`;
  });
  return table(['Code', 'What is wrong'], rows);
}

function table(head: readonly string[], rows: readonly string[]): string {
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---|').join('')}`, ...rows, ''].join('\n');
}

function compare(path: string, page: string, made: string): void {
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, made);
  else assert.equal(page, made, `${path} differs. UPDATE_GOLDEN=1 writes it anew.`);
}
