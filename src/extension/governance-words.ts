// The words of the Governance view, in the language of the editor.
import * as vscode from 'vscode';
import type { GovernanceWaiver } from '../protocol.ts';
import { countsOf } from './check-commands.ts';
import type { MarkdownWords } from './governance-markdown.ts';
import type { Counts, Filter, Grouping, severities, states } from './governance-rows.ts';

export function severityWord(severity: (typeof severities)[number]): string {
  const words = {
    error: vscode.l10n.t('Error'),
    warning: vscode.l10n.t('Warning'),
    info: vscode.l10n.t('Information'),
  };
  return words[severity];
}

export function stateWord(state: (typeof states)[number]): string {
  const words = {
    open: vscode.l10n.t('open'),
    unknown: vscode.l10n.t('unknown'),
    waived: vscode.l10n.t('accepted by a waiver'),
    known: vscode.l10n.t('in the baseline'),
  };
  return words[state];
}

export function groupingWord(grouping: Grouping): string {
  const words = {
    clause: vscode.l10n.t('Standard and clause'),
    rule: vscode.l10n.t('Rule'),
    owner: vscode.l10n.t('Who answers for it'),
    file: vscode.l10n.t('File'),
  };
  return words[grouping];
}

/** Beside the title of the view. */
export function groupedWord(grouping: Grouping): string {
  const words = {
    clause: vscode.l10n.t('by standard and clause'),
    rule: vscode.l10n.t('by rule'),
    owner: vscode.l10n.t('by who answers'),
    file: vscode.l10n.t('by file'),
  };
  return words[grouping];
}

/** `2 errors, 1 warning, 1 unknown, 3 accepted`. */
export function countsInWords({ errors, warnings, infos, unknown, accepted }: Counts): string {
  const parts = [
    ...(errors + warnings + infos > 0 ? [countsOf({ errors, warnings, infos })] : []),
    ...(unknown > 0 ? [vscode.l10n.t('{0} unknown', unknown)] : []),
    ...(accepted > 0 ? [vscode.l10n.t('{0} accepted', accepted)] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : vscode.l10n.t('no findings');
}

/** What the filter lets through, part by part. */
export function filterInWords({ severities: graves, states: kept, standards, text }: Filter): string {
  const parts = [
    graves.map(severityWord).join(', '),
    kept.map(stateWord).join(', '),
    standards.join(', '),
    text && `“${text}”`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** How long a waiver holds, who stands for it, and why. */
export function waiverInWords({ expires, daysLeft, owner, approvedBy, ticket, reason }: GovernanceWaiver): string {
  const until = expires ?? vscode.l10n.t('an unknown day');
  const term =
    daysLeft === undefined
      ? vscode.l10n.t('Accepted until {0}', until)
      : daysLeft === 1
        ? vscode.l10n.t('Accepted until {0} (1 day left)', until)
        : vscode.l10n.t('Accepted until {0} ({1} days left)', until, daysLeft);
  const people = vscode.l10n.t('{0} answers for it, {1} approved it', owner, approvedBy);
  const where = ticket === undefined ? '' : `, ${ticket}`;
  return `${term}: ${reason} (${people}${where})`;
}

export function ownersInWords(names: string): string {
  return vscode.l10n.t('Who answers for it: {0}', names);
}

export function markdownWords(): MarkdownWords {
  return {
    severities: { error: severityWord('error'), warning: severityWord('warning'), info: severityWord('info') },
    states: {
      open: stateWord('open'),
      unknown: stateWord('unknown'),
      waived: stateWord('waived'),
      known: stateWord('known'),
    },
    owners: ownersInWords,
    path: vscode.l10n.t('The path that proves it:'),
    clauses: vscode.l10n.t('Clauses:'),
    waiver: waiverInWords,
  };
}
