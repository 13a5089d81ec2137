// Findings as diagnostics of the protocol: where, how severe, which rule, and the path that proves it.
import { type Diagnostic, type DiagnosticRelatedInformation, DiagnosticSeverity } from 'vscode-languageserver-types';
import type { Severity } from '../language/problem.ts';
import type { Finding, WitnessStep } from '../rules/finding.ts';
import { docsOf } from '../rules/rule.ts';
import type { Judged } from './configurations.ts';
import { toRange } from './positions.ts';

/** What a diagnostic carries so that its fixes are found again. */
export interface DiagnosticData {
  /** Version of the document it belongs to. */
  readonly version: number | undefined;
  /** Index of the finding in that version's list. */
  readonly finding: number;
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

const longestPath = 50;

export function diagnosticsOf(checked: Judged): Diagnostic[] {
  return checked.lint.findings.map((finding, index) => toDiagnostic(finding, index, checked));
}

function toDiagnostic(finding: Finding, index: number, { uri, version, file }: Judged): Diagnostic {
  const data: DiagnosticData = { version, finding: index };
  const docs = docsOf(finding.rule, finding.own);
  const path = isPath(finding) ? finding.witness.slice(0, longestPath) : [];
  return {
    range: toRange(file, finding.range),
    severity: severities[finding.severity],
    source: 'aiwf',
    code: finding.rule,
    ...(docs === undefined ? {} : { codeDescription: { href: docs } }),
    message: messageOf(finding),
    ...(path.length > 0
      ? {
          relatedInformation: path.map(
            (step, at): DiagnosticRelatedInformation => ({
              location: { uri, range: toRange(file, step.range) },
              message: `${at + 1}. ${stepInWords(step)}`,
            }),
          ),
        }
      : {}),
    data,
  };
}

/** The fault, and the more general rules that it breaks as well. */
function messageOf({ message, also }: Finding): string {
  return also ? `${message}\nAlso: ${also.map(({ rule }) => rule).join(', ')}.` : message;
}

/** A witness of one step at the finding itself says nothing that the message does not. */
function isPath({ witness, range }: Finding): boolean {
  const [first, ...more] = witness;
  return first !== undefined && (more.length > 0 || first.range.start !== range.start || first.range.end !== range.end);
}

/** `—[exceptional: reject]→ draft: writes it again`. */
export function stepInWords({ step, edge, note }: WitnessStep): string {
  const label = edge?.label.replace(/\s+/g, ' ').trim() ?? '';
  const named = edge?.kind === 'exceptional' || edge?.kind === 'message';
  const text = named ? [edge.kind, label].filter(Boolean).join(': ') : label;
  const arrow = edge === undefined ? '' : text ? `—[${text}]→ ` : '→ ';
  return `${arrow}${step}${note ? `: ${note}` : ''}`;
}
