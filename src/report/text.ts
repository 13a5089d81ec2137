// Findings as text for people: where, what, the source line with carets, the path that proves it, and what mends it.
import type { Finding, WitnessStep } from '../rules/finding.ts';
import { docsOf } from '../rules/rule.ts';
import { type CheckedFile, countFindings, inOrder, placeOf } from './checked-file.ts';
import { printable, renderExcerpt } from './excerpt.ts';
import { edgeInWords, pathsOf } from './witness-paths.ts';

interface TextOptions {
  /** Version of the rules, named where nothing was found. */
  readonly version: string;
  readonly color?: boolean;
}

const width = 100;

/** A block for each finding, then a line that counts them. */
export function renderText(files: readonly CheckedFile[], options: TextOptions): string {
  const paint = options.color ? painted : plain;
  const blocks = inOrder(files).flatMap((file) => file.findings.map((finding) => renderFinding(file, finding, paint)));
  return `${[...blocks, renderSummary(files, options.version)].join('\n\n')}\n`;
}

/** How many files and findings there are, on one line; a second one says by which presets nothing was found. */
export function renderSummary(files: readonly CheckedFile[], version: string): string {
  const { errors, warnings, infos, unknown, waived, known } = countFindings(files);
  const summary = [
    counted(files.length, 'file'),
    counted(errors, 'error'),
    counted(warnings, 'warning'),
    counted(infos, 'info'),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(known > 0 ? [`${known} known before`] : []),
  ].join(', ');
  const violated = files.some((file) => file.findings.some(({ verdict }) => verdict === 'violation'));
  if (files.length === 0 || violated) return summary;
  const profiles = [...new Set(files.flatMap((file) => file.profile))]
    .sort()
    .map((id) => `${printable(id)}@${version}`);
  if (profiles.length === 0) return `${summary}\nno rule was asked for: no known profile is named`;
  return `${summary}\nno violation of ${profiles.join(', ')}; ${unknown} unknown; ${waived} waived`;
}

/** A number with its noun. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function renderFinding(file: CheckedFile, finding: Finding, paint: Paint): string {
  const { line, column } = placeOf(file, finding.range.start);
  const { severity } = finding;
  const docs = docsOf(finding.rule, finding.own);
  const [source = '', carets = ''] = renderExcerpt(file.text, file.lineStarts, finding.range);
  return [
    `${paint.bold(`${printable(file.path)}:${line}:${column}`)} ${paint[severity](severity)} ${finding.rule} ${printable(finding.message)}`,
    source,
    paint[severity](carets),
    ...(finding.verdict === 'unknown' ? ['  verdict: unknown'] : []),
    ...renderWitness(file, finding),
    ...(finding.also ? [`  also: ${finding.also.map(({ rule }) => rule).join(', ')}`] : []),
    ...finding.fixes.map(({ title }) => `  fix: ${printable(title)}`),
    ...(docs === undefined ? [] : [`  docs: ${docs}`]),
  ].join('\n');
}

/** The path edge by edge, then what happens at its steps. A problem of the text is its own proof. */
function renderWitness(file: CheckedFile, { rule, witness }: Finding): readonly string[] {
  if (rule.startsWith('language/') && witness.length === 1) return [];
  const notes = witness.flatMap(({ step, note, range }) =>
    note === '' ? [] : [`${printable(step)} (line ${placeOf(file, range.start).line}): ${printable(note)}`],
  );
  if (witness.length < 2) return notes.map((note) => `  at: ${note}`);
  const paths = pathsOf(witness).flatMap((path) => wrap(path.map(renderStep), path.length > 1 ? '  path: ' : '  at: '));
  return [...paths, ...[...new Set(notes)].map((note) => `    ${note}`)];
}

function renderStep({ edge, step }: WitnessStep): string {
  return edge ? `${renderEdge(edge)} ${printable(step)}` : printable(step);
}

function renderEdge(edge: NonNullable<WitnessStep['edge']>): string {
  const words = printable(edgeInWords(edge));
  return words === '' ? '—→' : `—[${words}]→`;
}

/** Words on as many lines as they need; the lines after the first are indented as far as its text. */
function wrap(words: readonly string[], first: string): readonly string[] {
  const lines: string[] = [];
  let current = first.trimEnd();
  for (const word of words) {
    if (current.length + word.length >= width && current.trim() !== first.trim()) {
      lines.push(current);
      current = ' '.repeat(first.length - 1);
    }
    current += ` ${word}`;
  }
  return [...lines, current];
}

type Paint = Readonly<Record<'bold' | 'error' | 'warning' | 'info', (text: string) => string>>;

const same = (text: string) => text;
const plain: Paint = { bold: same, error: same, warning: same, info: same };

const sgr = (code: number) => (text: string) => `\u001B[${code}m${text}\u001B[0m`;
const painted: Paint = { bold: sgr(1), error: sgr(31), warning: sgr(33), info: sgr(36) };
