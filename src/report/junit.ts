// Findings as JUnit XML, for servers that show test results: a suite for each file, in it a test case for each rule that
// was asked of it. So a rule that held is seen as passed, and a fault that is gone as mended.
import { problemCodes } from '../language/problem.ts';
import type { Finding } from '../rules/finding.ts';
import { type Acceptance, acceptanceOf } from './accepted.ts';
import { type CheckedFile, inOrder, placeOf, type UnreadFile } from './checked-file.ts';
import { factsOf } from './rule-facts.ts';
import { edgeInWords, pathsOf } from './witness-paths.ts';

interface JunitOptions {
  /** What was asked for and could not be read. */
  readonly unread?: readonly UnreadFile[];
}

/** What became of one rule in one file; only an error fails it, as only an error fails a run. */
interface TestCase {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** What was found, line by line. */
  readonly lines: readonly string[];
}

/** One document, files in order; ends with a line break. */
export function renderJunit(files: readonly CheckedFile[], { unread = [] }: JunitOptions = {}): string {
  const suites = inOrder(files).map((file) => ({ file, cases: casesOf(file) }));
  const all = suites.flatMap(({ cases }) => cases);
  const failures = all.filter(({ state }) => state === 'failed').length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'aiwf', tests: all.length + unread.length, failures, errors: unread.length })}>`,
    ...suites.flatMap(({ file, cases }) => suite(file, cases)),
    ...unread.flatMap(unreadSuite),
    '</testsuites>',
    '',
  ].join('\n');
}

/** Rules in the order of their ids; those that found something without having been asked stand among them. */
function casesOf(file: CheckedFile): readonly TestCase[] {
  const { findings, accepted = [], asked = [] } = file;
  const all = [...findings, ...accepted.map(({ finding }) => finding)];
  const found = all.flatMap(({ rule, also = [] }) => [rule, ...also.map((folded) => folded.rule)]);
  const names = [...new Set([...problemCodes, ...asked, ...found])].sort();
  return names.map((name) => {
    const open = findings.filter(({ rule }) => rule === name);
    const closed = accepted.filter(({ finding }) => finding.rule === name);
    const isFailed = open.some(({ severity }) => severity === 'error');
    const folded = all.filter(({ also = [] }) => also.some(({ rule }) => rule === name));
    // A rule has not held where nobody can decide, where its finding is accepted, or where a more exact rule tells the fault.
    const isSkipped = open.some(({ verdict }) => verdict === 'unknown') || closed.length > 0 || folded.length > 0;
    return {
      name,
      state: isFailed ? 'failed' : isSkipped ? 'skipped' : 'passed',
      lines: [
        ...open.flatMap((finding) => describe(file, finding)),
        ...closed.flatMap((each) => [...describe(file, each.finding), `  ${inWords(acceptanceOf(each))}`]),
        ...folded.map(({ rule, range }) => {
          const { line, column } = placeOf(file, range.start);
          return `${file.path}:${line}:${column}: the fault is told by ${rule}`;
        }),
      ],
    };
  });
}

function suite({ path }: CheckedFile, cases: readonly TestCase[]): readonly string[] {
  const count = (wanted: TestCase['state']) => cases.filter(({ state }) => state === wanted).length;
  const numbers = { tests: cases.length, failures: count('failed'), errors: 0, skipped: count('skipped') };
  return [
    `  <testsuite${attributes({ name: path, ...numbers })}>`,
    ...cases.flatMap((testCase) => xmlOf(testCase, classOf(path))),
    '  </testsuite>',
  ];
}

function unreadSuite({ path, reason }: UnreadFile): readonly string[] {
  return [
    `  <testsuite${attributes({ name: path, tests: 1, failures: 0, errors: 1, skipped: 0 })}>`,
    `    <testcase${attributes({ name: 'read', classname: classOf(path) })}>`,
    `      <error${attributes({ message: reason, type: 'unread' })}>${escapeXml(`${path}: ${reason}`)}</error>`,
    '    </testcase>',
    '  </testsuite>',
  ];
}

/** Jenkins shows the output of a skipped case, GitLab its text, so both carry the words. */
function xmlOf({ name, state, lines }: TestCase, classname: string): readonly string[] {
  const open = `    <testcase${attributes({ name, classname })}`;
  if (lines.length === 0) return [`${open}/>`];
  const text = escapeXml(lines.join('\n'));
  const [first = ''] = lines;
  const output = `      <system-out>${text}</system-out>`;
  const body =
    state === 'failed'
      ? [`      <failure${attributes({ message: first, type: 'error' })}>${text}</failure>`]
      : state === 'skipped'
        ? [`      <skipped>${escapeXml(first)}</skipped>`, output]
        : [output];
  return [`${open}>`, ...body, '    </testcase>'];
}

/** Where and what, then the path. */
function describe(
  file: CheckedFile,
  { range, severity, verdict, message, witness, rule, own }: Finding,
): readonly string[] {
  const { line, column } = placeOf(file, range.start);
  const paths = pathsOf(witness).filter((path) => path.length > 1);
  const { url } = factsOf(rule, own);
  return [
    `${file.path}:${line}:${column}: ${verdict === 'unknown' ? 'unknown' : severity}: ${message}`,
    ...paths.map(
      (path) =>
        `  path: ${path
          .map(({ step, edge }) => {
            const words = edge ? edgeInWords(edge) : '';
            return edge ? `-${words === '' ? '' : `[${words}]`}-> ${step}` : step;
          })
          .join(' ')}`,
    ),
    ...(url === undefined ? [] : [`  docs: ${url}`]),
  ];
}

function inWords({ kind, reason, owner, expires }: Acceptance): string {
  const who = [owner, expires === undefined ? undefined : `until ${expires}`].filter((part) => part !== undefined);
  return `${kind}: ${reason}${who.length > 0 ? ` (${who.join(', ')})` : ''}`;
}

/** Servers take what stands before the last dot for a package, so folders become packages and the file a class. */
function classOf(path: string): string {
  return path
    .replace(/^(\.\/)+/, '')
    .replace(/\.aiwf\.ya?ml$/, '')
    .replaceAll('.', '_')
    .replaceAll(/[\\/]+/g, '.');
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

/** Text of an element or an attribute: characters that XML 1.0 has no place for are replaced. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
