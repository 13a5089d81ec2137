// Editor, command line, every report and AI tools find the same: in every example, in a project with overrides, waivers and
// a baseline, and in generated projects. What each of them says is read back and put side by side.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import fc, { type GeneratorValue } from 'fast-check';
import { startOfDay } from '../../src/language/values.ts';
import { topLevelShape } from '../../src/language/vocabulary.ts';
import { createWorkflowIndex } from '../../src/server/workflow-index.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { drawText } from '../support/any-workflow.ts';
import { bundleCli, folderOf, runCli } from '../support/cli.ts';
import { workflowShapes, workflowText } from '../support/random-workflow.ts';
import { runOf, schemaFaults, shown } from '../support/sarif.ts';

let cli = '';
before(async () => {
  cli = await bundleCli();
});

interface Place {
  readonly line: number;
  readonly column: number;
}
interface Said {
  readonly rule: string;
  readonly severity: string;
  readonly verdict: string;
  readonly message: string;
  readonly file: string;
  readonly range: { readonly start: Place; readonly end: Place };
  readonly place: string;
  readonly witness: readonly { readonly step: string }[];
  readonly fixes: readonly { readonly title: string }[];
  readonly also: readonly string[];
}
interface Report {
  readonly files: number;
  readonly findings: readonly Said[];
  readonly accepted?: readonly Said[];
}

/** What every speaker says of a finding. */
function inShort({ file, range: { start, end }, severity, rule, message, also }: Omit<Said, 'place'>): string {
  const more = also.length > 0 ? `\nAlso: ${also.join(', ')}.` : '';
  return `${file} ${start.line}:${start.column}-${end.line}:${end.column} ${severity} ${rule} ${message}${more}`;
}

/** What programs say beyond that; the order of a witness is told by those that keep it whole. */
function inFull(said: Said): string {
  const steps = said.rule.startsWith('language/') ? [] : said.witness.map(({ step }) => step).sort();
  const titles = said.fixes.map(({ title }) => title);
  return `${inShort(said)} ${said.verdict} ${said.place} ${steps.join(' ')} ${titles.join('; ')}`;
}

const sorted = (lines: readonly string[]) => [...lines].sort();

function jsonOf(folder: string): Report {
  return JSON.parse(runCli(cli, ['check', '--format', 'json'], folder).output) as Report;
}

function workflowsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.aiwf.yaml') && statSync(join(folder, name)).isFile())
    .sort();
}

/** Diagnostics of every file of the folder, as they stand under its lines. */
function editorSays(folder: string): readonly string[] {
  const uris = workflowsIn(folder).map((name) => pathToFileURL(join(folder, name)).href);
  const read = (uri: string) => {
    try {
      return readFileSync(new URL(uri), 'utf8');
    } catch {
      return undefined;
    }
  };
  const index = createWorkflowIndex({ read, workflowFiles: () => uris });
  index.setFolders([pathToFileURL(folder).href]);
  const today = () => startOfDay(Date.now());
  const service = createLanguageService({
    read,
    workflowFiles: () => uris,
    workflowUri: index.workflowUri,
    today,
  });
  const words = ['', 'error', 'warning', 'info'];
  return uris.flatMap((uri) =>
    (service.check(uri)?.diagnostics ?? []).map(({ range: { start, end }, severity = 0, code, message }) => {
      const file = decodeURIComponent(uri.slice(pathToFileURL(`${folder}/`).href.length));
      const range = `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
      return `${file} ${range} ${words[severity]} ${code} ${message}`;
    }),
  );
}

/** Results of the log, by what a reader of SARIF can know. */
function sarifSays(folder: string): { readonly open: readonly string[]; readonly accepted: readonly string[] } {
  const log = runCli(cli, ['check', '--format', 'sarif'], folder).output;
  assert.deepEqual(schemaFaults(log), []);
  const levels: Readonly<Record<string, string>> = { error: 'error', warning: 'warning', info: 'note' };
  const said = runOf(log).results.map((result) => {
    const { ruleId, kind, level, message, locations, properties, suppressions = [] } = result;
    const { severity, verdict, place, also = [] } = properties;
    assert.deepEqual([kind, level], verdict === 'unknown' ? ['open', 'none'] : ['fail', levels[severity]]);
    const { artifactLocation, region } = locations[0]?.physicalLocation ?? assert.fail();
    const flows = (result.codeFlows ?? []).flatMap(({ threadFlows }) => threadFlows);
    const steps = flows.flatMap((flow) => flow.locations.map(({ location }) => location));
    const finding: Said = {
      rule: ruleId,
      severity,
      verdict,
      message: shown(message),
      file: decodeURIComponent(artifactLocation.uri),
      range: {
        start: { line: region.startLine, column: region.startColumn },
        end: { line: region.endLine, column: region.endColumn },
      },
      place,
      witness: [...steps, ...(result.relatedLocations ?? [])].map(({ logicalLocations }) => ({
        step: logicalLocations[0]?.fullyQualifiedName ?? '',
      })),
      fixes: (result.fixes ?? []).map(({ description }) => ({ title: shown(description) })),
      also,
    };
    return { finding, isAccepted: suppressions.length > 0 };
  });
  const those = (isAccepted: boolean) => said.filter((each) => each.isAccepted === isAccepted);
  return {
    open: those(false).map(({ finding }) => inFull(finding)),
    accepted: those(true).map(({ finding }) => inShort({ ...finding, also: [] })),
  };
}

/** Answers of the tool `check` to an AI, file by file. */
async function toolSays(folder: string): Promise<readonly string[]> {
  const client = new Client({ name: 'test', version: '1' }, { capabilities: {} });
  const env = { PATH: process.env.PATH ?? '' };
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [cli, 'mcp'], cwd: folder, env }));
  try {
    const lines: string[] = [];
    for (const file of workflowsIn(folder)) {
      const answer = await client.callTool({ name: 'check', arguments: { file } });
      const { findings } = answer.structuredContent as { findings: readonly Said[] };
      lines.push(...findings.map(inFull));
    }
    return lines;
  } finally {
    await client.close();
  }
}

/** Errors, warnings, infos, waived and known, as the forms for people count them. */
function countsSaid(folder: string): Readonly<Record<string, readonly number[]>> {
  const output = (format: string) => runCli(cli, ['check', '--format', format], folder).output;
  const numberOf = (line: string, noun: string) => Number(new RegExp(`(\\d+) ${noun}`).exec(line)?.[1] ?? 0);
  const all = (line: string) =>
    ['errors?', 'warnings?', 'infos?', 'waived', 'known'].map((noun) => numberOf(line, noun));
  const text = output('text');
  const summary = text.split('\n').filter((line) => /^\d+ files?, \d+ errors?, /.test(line));
  assert.equal(summary.length, 1);
  const html = output('html');
  const marked = (pattern: RegExp, within: string) => within.match(pattern)?.length ?? 0;
  return {
    text: all(summary[0] ?? ''),
    // Blocks of findings begin with the place, and a caret line stands below each.
    blocks: ['error', 'warning', 'info'].map((severity) =>
      marked(new RegExp(`^\\S.*:\\d+:\\d+ ${severity} [\\w-]+\\/[\\w-]+ `, 'gm'), text),
    ),
    markdown: all(output('markdown').split('\n')[2] ?? ''),
    html: ['error', 'warning', 'info', 'accepted'].map((kind) =>
      marked(new RegExp(`<article class="finding ${kind} `, 'g'), html),
    ),
    github: ['error', 'warning', 'notice'].map((level) => marked(new RegExp(`^::${level} `, 'gm'), output('github'))),
  };
}

async function assertAgreement(folder: string): Promise<Report> {
  const report = jsonOf(folder);
  const { findings, accepted = [] } = report;
  const short = sorted(findings.map(inShort));
  const full = sorted(findings.map(inFull));
  assert.deepEqual(sorted(editorSays(folder)), short, 'the editor');
  const sarif = sarifSays(folder);
  assert.deepEqual(sorted(sarif.open), full, 'SARIF');
  assert.deepEqual(sorted(sarif.accepted), sorted(accepted.map((each) => inShort({ ...each, also: [] }))), 'accepted');
  assert.deepEqual(sorted(await toolSays(folder)), full, 'AI tools');
  const open = ['error', 'warning', 'info'].map(
    (severity) => findings.filter((each) => each.severity === severity).length,
  );
  const waived = accepted.filter((each) => (each as { waiver?: unknown }).waiver).length;
  const known = accepted.length - waived;
  const { text, blocks, markdown, html, github } = countsSaid(folder);
  assert.deepEqual(text, [...open, waived, known], 'text');
  assert.deepEqual(blocks, open, 'blocks of the text');
  assert.deepEqual(markdown, [...open, waived, known], 'Markdown');
  assert.deepEqual(html, [...open, accepted.length], 'HTML');
  assert.deepEqual(github, open, 'notes for GitHub');
  return report;
}

const exampleNames = readdirSync('examples').filter((name) => name.endsWith('.aiwf.yaml'));
const textsIn = (folder: string, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

test('in every example', async () => {
  const { findings } = await assertAgreement('examples');
  assert.ok(findings.length > 10, `${findings.length} findings`);
});

test('in a project with overrides, waivers and a baseline', async () => {
  const waiver = `waivers:
  - rule: flow/wait-without-timeout
    at: wait-for-parts
    reason: The parts list is looked through every Monday.
    owner: workshop-lead
    approved-by: service-manager
    expires: 2027-01-31
`;
  const texts = textsIn('examples', exampleNames);
  const configuration = 'baseline: ./known.json\ntoday: 2026-11-24\noverrides: [{ files: "*a*", profile: strict }]\n';
  const name = 'warranty-return.aiwf.yaml';
  const folder = folderOf({ ...texts, [name]: `${texts[name]}${waiver}`, 'aiwf.config.yaml': configuration });
  const all = await assertAgreement(folder);
  assert.equal(all.accepted?.length, 1);
  const names = exampleNames.filter((_, at) => at % 2 === 0);
  assert.equal(runCli(cli, ['check', ...names, '--update-baseline'], folder).code, 0);
  const some = await assertAgreement(folder);
  assert.ok(some.findings.length < all.findings.length && some.findings.length > 0);
  assert.ok((some.accepted?.length ?? 0) > 1);
});

test('in a generated project', async () => {
  const drawn = fc.gen().map((draw: GeneratorValue) => drawText(topLevelShape, draw));
  const folder = folderOf({
    ...textsIn('test/mutation/clean', readdirSync('test/mutation/clean')),
    ...Object.fromEntries(workflowShapes.map((shape) => [`made/${shape}.aiwf.yaml`, workflowText(shape, 24)])),
    ...Object.fromEntries(
      fc.sample(drawn, { numRuns: 25, seed: 6 }).map((text, at) => [`drawn/ü ${at}.aiwf.yaml`, text]),
    ),
    'aiwf.config.yaml': 'profile: [strict]\ntoday: 2026-11-24\n',
  });
  const { findings } = await assertAgreement(folder);
  assert.ok(findings.length > 300, `${findings.length} findings`);
  assert.ok(findings.some(({ verdict }) => verdict === 'unknown'));
});
