// Code lenses: the picture at the top of a file; above each step and declaration what was found in it and how often it is
// mentioned. The mentions are counted when the lens comes into view.
import type { CodeLens, Command } from 'vscode-languageserver-types';
import type { JudgedWaiver } from '../governance/waivers.ts';
import type { Severity } from '../language/problem.ts';
import type { Declaration } from '../language/reading.ts';
import type { Range } from '../language/source.ts';
import { sectionOf } from '../language/vocabulary.ts';
import type { Checked, DocumentCache } from './documents.ts';
import { toPosition, toRange } from './positions.ts';
import { entityAt, mentionsOf } from './references.ts';

/** Each kind of lens can be turned off, and needs a command that the client has. */
export interface CodeLensOptions {
  readonly references: boolean;
  readonly diagram: boolean;
  readonly findings: boolean;
}

/** Commands of the client; their arguments are plain data of the protocol. */
export const lensCommands = {
  /** Uri, position, locations. */
  references: 'aiwf.showReferences',
  /** Uri. */
  diagram: 'aiwf.openDiagram',
  /** Uri, range of the first finding. */
  findings: 'aiwf.showFindings',
} as const;

/** What a lens needs to count mentions by. */
interface LensData {
  readonly uri: string;
  readonly name: string;
  readonly at: number;
}

export function codeLensesIn(checked: Checked, options: CodeLensOptions): CodeLens[] {
  const { file, workflow, uri } = checked;
  const lenses: CodeLens[] = [];
  const head = file.fields?.workflow;
  if (options.diagram && head && workflow.steps.size > 0) {
    const command = { title: 'Open diagram', command: lensCommands.diagram, arguments: [uri] };
    lenses.push({ range: toRange(file, lineOf(head.range, file.text)), command });
  }
  if (options.findings) lenses.push(...waiverLenses(checked));
  const findings = options.findings ? findingsByPlace(checked.lint.findings) : new Map<string, Found>();
  for (const declaration of file.declarations) {
    const { kind, name, range } = declaration;
    if (kind !== 'step' && !Object.hasOwn(sectionOf, kind)) continue;
    const found = findings.get(kind === 'step' ? name : `${kind}:${name}`);
    if (found) {
      const command = {
        title: countsInWords(found.counts),
        command: lensCommands.findings,
        arguments: [uri, toRange(file, found.first)],
      };
      lenses.push({ range: toRange(file, range), command });
    }
    if (options.references && isTall(declaration, file.text)) {
      const data: LensData = { uri, name, at: range.start };
      lenses.push({ range: toRange(file, range), data });
    }
  }
  return lenses;
}

/** Adds what `codeLensesIn` left out. The text may have changed since: then there is nothing to count, and it says so. */
export function resolveCodeLens(lens: CodeLens, documents: DocumentCache): CodeLens {
  const { uri, name, at } = (lens.data ?? {}) as Partial<LensData>;
  if (uri === undefined || name === undefined || at === undefined || lens.command) return lens;
  const checked = documents.checked(uri);
  const entity = checked && entityAt(checked, at)?.entity;
  if (!checked || entity?.name !== name) return { ...lens, command: { title: '…', command: '' } };
  const locations = mentionsOf(entity, uri, documents, false);
  const command: Command = {
    title: counted(locations.length, 'reference'),
    command: locations.length > 0 ? lensCommands.references : '',
    arguments: [uri, toPosition(checked.file, at), locations],
  };
  return { ...lens, command };
}

/** Above each waiver: how long it holds and what it accepts, or why it accepts nothing. */
function waiverLenses({ file, lint }: Checked): CodeLens[] {
  const own = lint.waivers.filter(({ configured }) => configured === undefined);
  return own.map((waiver) => ({
    range: toRange(file, waiver.fields.$.range),
    command: { title: waiverInWords(waiver), command: '' },
  }));
}

function waiverInWords({ state, count, daysLeft, reason }: JudgedWaiver): string {
  switch (state) {
    case 'active': {
      const accepts = `accepts ${counted(count, 'finding')}`;
      if (daysLeft === undefined) return accepts;
      return daysLeft === 0 ? `last day, ${accepts}` : `${counted(daysLeft, 'day')} left, ${accepts}`;
    }
    case 'expired':
      return `ended ${counted(-(daysLeft ?? 0), 'day')} ago`;
    case 'unused':
      return 'accepts nothing: the rule finds nothing there';
    case 'refused':
      return `accepts nothing: ${reason}`;
  }
}

interface Found {
  readonly counts: Record<Severity, number>;
  readonly first: Range;
}

/** Findings in the order of the text, so the first of a place is its first. */
function findingsByPlace(findings: Checked['lint']['findings']): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  for (const { place, severity, range } of findings) {
    const known = found.get(place) ?? { counts: { error: 0, warning: 0, info: 0 }, first: range };
    known.counts[severity]++;
    found.set(place, known);
  }
  return found;
}

function countsInWords({ error, warning, info }: Readonly<Record<Severity, number>>): string {
  const parts = [error > 0 && counted(error, 'error'), warning > 0 && counted(warning, 'warning')];
  return [...parts, info > 0 && counted(info, 'info')].filter(Boolean).join(', ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A list of declarations of one line each stays a list: nothing is put between them. */
function isTall({ full }: Declaration, text: string): boolean {
  return text.slice(full.start, full.end).trimEnd().includes('\n');
}

function lineOf({ start, end }: Range, text: string): Range {
  return { start: text.lastIndexOf('\n', start - 1) + 1, end };
}
