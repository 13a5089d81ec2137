// Findings as SARIF 2.1.0, for code scanning and other tools that collect findings: one log with one run. Every finding is
// a result; accepted ones carry a suppression. The same input gives the same bytes, and no path of the machine is in it.
import type { AcceptedFinding } from '../governance/assess.ts';
import type { Range } from '../language/source.ts';
import type { Finding, WitnessStep } from '../rules/finding.ts';
import { byPlace } from '../rules/lint.ts';
import { acceptanceOf } from './accepted.ts';
import { type CheckedFile, inOrder, placeOf, type UnreadFile } from './checked-file.ts';
import { type SarifMetadata, sarifMetadata } from './sarif-rules.ts';
import { sarifLevels, sarifMessage } from './sarif-text.ts';
import { edgeInWords, pathsOf } from './witness-paths.ts';

interface SarifOptions {
  /** Of this tool. */
  readonly version: string;
  /** SHA-256 of a text in UTF-8, as hexadecimal digits. */
  sha256(text: string): string;
  /** The page `docs/rules/<id>.md`. */
  rulePage?(id: string): string | undefined;
  /** What was asked for and could not be read. */
  readonly unread?: readonly UnreadFile[];
}

/** The folder that paths are relative to; where it lies is not said. */
const base = '%SRCROOT%';

/** Longest piece of text that is given with a place. */
const longestSnippet = 1000;

/** One log, files in order; ends with a line break. */
export function renderSarif(files: readonly CheckedFile[], options: SarifOptions): string {
  const ordered = inOrder(files);
  const metadata = sarifMetadata(ordered, options.rulePage);
  const { version, unread = [] } = options;
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'aiwf',
            fullName: `AI Workflow Architect ${version}`,
            version,
            semanticVersion: version,
            informationUri: 'https://github.com/aiwf/aiwf',
            language: 'en-US',
            rules: metadata.rules,
            notifications: [
              {
                id: 'unread-file',
                name: 'UnreadFile',
                shortDescription: { text: 'A file could not be read.' },
                fullDescription: { text: 'A file that was asked for could not be read, so nothing is known of it.' },
                help: { text: 'Name files and folders that are there, in UTF-8, and may be read.' },
              },
            ],
            supportedTaxonomies: metadata.supportedTaxonomies,
          },
        },
        automationDetails: { id: 'aiwf/' },
        originalUriBaseIds: {
          [base]: { description: { text: 'The folder that aiwf was started in, such as the root of the repository.' } },
        },
        invocations: [invocation(unread)],
        columnKind: 'utf16CodeUnits',
        newlineSequences: ['\r\n', '\n', '\r'],
        artifacts: ordered.map(({ path, sha256, title }) => ({
          location: { uri: relativeUri(path), uriBaseId: base },
          ...(title === undefined ? {} : { description: sarifMessage(title) }),
          mimeType: 'application/yaml',
          encoding: 'UTF-8',
          roles: ['analysisTarget'],
          ...(sha256 === undefined ? {} : { hashes: { 'sha-256': sha256 } }),
        })),
        taxonomies: metadata.taxonomies,
        results: ordered.flatMap((file, index) => resultsOf(file, index, metadata, options)),
        properties: { profile: [...new Set(ordered.flatMap(({ profile }) => profile))].sort() },
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function invocation(unread: readonly UnreadFile[]): object {
  return {
    executionSuccessful: unread.length === 0,
    toolExecutionNotifications: unread.map(({ path, reason }) => ({
      descriptor: { id: 'unread-file', index: 0 },
      level: 'error',
      message: sarifMessage(`${path}: ${reason}`),
      locations: [{ physicalLocation: { artifactLocation: { uri: relativeUri(path), uriBaseId: base } } }],
    })),
  };
}

/** Open and accepted findings of a file by position; equal ones are numbered, so that each has a fingerprint of its own. */
function resultsOf(
  file: CheckedFile,
  fileIndex: number,
  metadata: SarifMetadata,
  { sha256 }: SarifOptions,
): readonly object[] {
  const all = [
    ...file.findings.map((finding) => ({ finding, suppressions: [] as readonly object[] })),
    ...(file.accepted ?? []).map((accepted) => ({
      finding: accepted.finding,
      suppressions: [suppression(file, fileIndex, accepted)],
    })),
  ].sort((a, b) => byPlace(a.finding, b.finding));
  const seen = new Map<string, number>();
  return all.map(({ finding, suppressions }) => {
    const { rule, place, message } = finding;
    const key = sha256(JSON.stringify([rule, place, message]));
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    const result = resultOf(file, fileIndex, metadata, finding);
    // Neither lines nor columns, so that a finding stays the same one when it moves. GitHub reads the second.
    const partialFingerprints = { 'aiwfFinding/v1': `${key}:${count}`, primaryLocationLineHash: `${key}:${count}` };
    return { ...result, partialFingerprints, ...(suppressions.length > 0 ? { suppressions } : {}) };
  });
}

function resultOf(file: CheckedFile, fileIndex: number, metadata: SarifMetadata, finding: Finding): object {
  const { rule, severity, verdict, message, range, place, witness, clauses, fixes, also = [] } = finding;
  const paths = pathsOf(witness);
  const ways = paths.filter((path) => path.length > 1);
  const points = rule.startsWith('language/') ? [] : paths.filter((path) => path.length === 1).flat();
  const taxa = metadata.taxaOf([...clauses, ...also.flatMap((folded) => folded.clauses)]);
  return {
    ruleId: rule,
    ruleIndex: metadata.ruleIndex(rule),
    // 'open' is what SARIF calls a rule that could not be decided; for it the level has to be 'none'.
    ...(verdict === 'unknown' ? { kind: 'open', level: 'none' } : { kind: 'fail', level: sarifLevels[severity] }),
    message: sarifMessage(message),
    locations: [{ physicalLocation: physical(file, fileIndex, range, true), logicalLocations: [logical(place)] }],
    ...(ways.length > 0 ? { codeFlows: ways.map((path) => codeFlow(file, fileIndex, path)) } : {}),
    ...(points.length > 0
      ? {
          relatedLocations: points.map(({ step, note, range: at }, index) => ({
            id: index + 1,
            physicalLocation: physical(file, fileIndex, at),
            logicalLocations: [logical(step)],
            message: sarifMessage(note === '' ? step : `${step}: ${note}`),
          })),
        }
      : {}),
    ...(fixes.length > 0
      ? {
          fixes: fixes.map(({ title, edits, safety }) => ({
            description: sarifMessage(title),
            artifactChanges: [
              {
                artifactLocation: { uri: relativeUri(file.path), uriBaseId: base, index: fileIndex },
                replacements: edits.map((edit) => ({
                  deletedRegion: region(file, edit.range),
                  insertedContent: { text: edit.text },
                })),
              },
            ],
            properties: { safety },
          })),
        }
      : {}),
    ...(taxa.length > 0 ? { taxa } : {}),
    properties: { place, severity, verdict, ...(also.length > 0 ? { also: also.map((folded) => folded.rule) } : {}) },
  };
}

/** A path as viewers step through it; a step at which something happens matters most. */
function codeFlow(file: CheckedFile, fileIndex: number, path: readonly WitnessStep[]): object {
  return {
    threadFlows: [
      {
        locations: path.map(({ step, edge, range, note }, index) => {
          const way = edge ? edgeInWords(edge) : '';
          return {
            location: {
              physicalLocation: physical(file, fileIndex, range),
              logicalLocations: [logical(step)],
              message: sarifMessage(`${way === '' ? '' : `[${way}] `}${step}${note === '' ? '' : `: ${note}`}`),
            },
            executionOrder: index + 1,
            importance: note === '' ? 'important' : 'essential',
          };
        }),
      },
    ],
  };
}

/**
 * A waiver stands in the workflow itself, a baseline elsewhere. There is no `baselineState`: SARIF means by it an earlier
 * run, and a baseline is a list that a team keeps.
 */
function suppression(file: CheckedFile, fileIndex: number, accepted: AcceptedFinding): object {
  const { kind, reason, ...facts } = acceptanceOf(accepted);
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  const rule = accepted.isConfigured ? undefined : accepted.waiver?.rule;
  return {
    kind: kind === 'waived' && !accepted.isConfigured ? 'inSource' : 'external',
    status: 'accepted',
    ...(rule ? { location: { physicalLocation: physical(file, fileIndex, rule.range) } } : {}),
    ...(reason === '' ? {} : { justification: reason }),
    properties: kind === 'waived' ? Object.fromEntries(known) : { baseline: true },
  };
}

/** A place; where it is that of the result, with its text and the lines around it. */
function physical(file: CheckedFile, fileIndex: number, range: Range, isShown = false): object {
  const at = region(file, range);
  const artifactLocation = { uri: relativeUri(file.path), uriBaseId: base, index: fileIndex };
  if (!isShown) return { artifactLocation, region: at };
  const context = {
    startLine: Math.max(1, at.startLine - 1),
    endLine: Math.min(file.lineStarts.length, at.endLine + 1),
  };
  return {
    artifactLocation,
    region: { ...at, ...snippet(file.text.slice(range.start, Math.max(range.start, range.end))) },
    contextRegion: {
      ...context,
      ...snippet(file.text.slice(file.lineStarts[context.startLine - 1], file.lineStarts[context.endLine])),
    },
  };
}

function snippet(text: string): object {
  return text === '' || text.length > longestSnippet ? {} : { snippet: { text } };
}

/** Lines and columns from 1; the end is behind the last character. */
function region(file: CheckedFile, { start, end }: Range) {
  const from = placeOf(file, start);
  const to = placeOf(file, Math.max(start, end));
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

/** `actor:clerk` is the actor `clerk`; what has no colon is a step, or the workflow itself. */
function logical(place: string): object {
  const colon = place.indexOf(':');
  const isWhole = place === 'workflow' || place === 'stop' || place === 'start';
  const kind = colon > 0 ? place.slice(0, colon) : isWhole ? place : 'step';
  return { name: place.slice(colon + 1), fullyQualifiedName: place, kind };
}

/** A path with slashes as a relative reference: what is special in an address is escaped. */
function relativeUri(path: string): string {
  const parts = path
    .replace(/^(\.\/)+/, '')
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .split('/');
  return parts.map(encodeURIComponent).join('/');
}
