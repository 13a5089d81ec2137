// Findings as workflow commands of GitHub Actions, which show them at their lines in a pull request.
import type { Severity } from '../language/problem.ts';
import type { Finding, WitnessStep } from '../rules/finding.ts';
import { docsOf } from '../rules/rule.ts';
import { type CheckedFile, inOrder, placeOf } from './checked-file.ts';
import { printable } from './excerpt.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** One line for each finding, files in order. */
export function renderGithub(files: readonly CheckedFile[]): string {
  return inOrder(files)
    .flatMap((file) => file.findings.map((finding) => `${renderFinding(file, finding)}\n`))
    .join('');
}

function renderFinding(file: CheckedFile, { rule, severity, message, range, witness, own }: Finding): string {
  const start = placeOf(file, range.start);
  const end = placeOf(file, Math.max(range.start, range.end));
  // A column counts within one line only; with an end on another line it would be wrong.
  const columns = start.line === end.line ? { col: start.column, endColumn: end.column } : {};
  const properties = { file: file.path, line: start.line, endLine: end.line, ...columns, title: rule };
  const path = witness.length > 1 ? [`Path: ${witness.map(renderStep).join(' ')}`] : [];
  const text = [printable(message), ...path, docsOf(rule, own) ?? []].flat().join('\n');
  const named = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${levels[severity]} ${named.join(',')}::${escapeData(text)}`;
}

function renderStep({ step, edge }: WitnessStep): string {
  const label = edge && printable(edge.label);
  return edge ? `—${label ? `[${label}]` : ''}→ ${printable(step)}` : printable(step);
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
