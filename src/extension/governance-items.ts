// How the nodes of the Governance view look: icon, words, what a screen reader says, and what is shown on hover.
import * as vscode from 'vscode';
import type { Range } from '../protocol.ts';
import { escapeMarkdown } from './governance-markdown.ts';
import { type FindingNode, type GovernanceNode, type GroupNode, pathOf, type StepNode } from './governance-nodes.ts';
import { clausesOf, countRows, firstSentence, type Grouping, type Row, type Rules } from './governance-rows.ts';
import { countsInWords, ownersInWords, severityWord, stateWord, waiverInWords } from './governance-words.ts';
import { nameOf } from './workflow-files.ts';

const longestPath = 15;

/** `expanded`: groups are shown with what is in them, as long as the user has not closed them. */
export function itemOf(node: GovernanceNode, by: Grouping, expanded: boolean, rules: Rules): vscode.TreeItem {
  switch (node.type) {
    case 'group':
      return groupItem(node, expanded, rules);
    case 'finding':
      return findingItem(node, by);
    case 'step':
      return stepItem(node);
  }
}

function groupItem({ id, group, parent }: GroupNode, expanded: boolean, rules: Rules): vscode.TreeItem {
  const { kind, name, rows } = group;
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(labelOf(group), expanded && !parent ? Expanded : Collapsed);
  const counts = countsInWords(countRows(rows));
  item.id = id;
  item.description = counts;
  item.contextValue = `group ${kind}`;
  item.iconPath = kind === 'file' ? vscode.ThemeIcon.File : new vscode.ThemeIcon(groupIcons[kind]);
  item.accessibilityInformation = { label: `${labelOf(group)}, ${counts}` };
  if (kind === 'file') {
    const uri = vscode.Uri.parse(name);
    item.resourceUri = uri;
    item.tooltip = vscode.workspace.asRelativePath(uri);
  } else {
    const more = kind === 'rule' ? rules.get(name)?.summary : group.edition;
    item.tooltip = [labelOf(group), more, counts].filter(Boolean).join('\n');
  }
  return item;
}

const groupIcons: Readonly<Record<Exclude<GroupNode['group']['kind'], 'file'>, string>> = {
  standard: 'law',
  clause: 'bookmark',
  rule: 'checklist',
  owner: 'account',
  none: 'circle-slash',
};

function labelOf({ kind, name }: GroupNode['group']): string {
  if (kind === 'file') return shortName(vscode.Uri.parse(name));
  return kind === 'none' ? vscode.l10n.t('None named') : name;
}

function findingItem(node: FindingNode, by: Grouping): vscode.TreeItem {
  const { row, children } = node;
  const { severity, state, message, place, range, fixable } = row.finding;
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(firstSentence(message), children.length > 0 ? Collapsed : None);
  const uri = vscode.Uri.parse(row.file.uri);
  const at = `${by === 'file' ? '' : shortName(uri)}:${range.start.line + 1}`;
  item.id = node.id;
  item.description = `${place} · ${at}`;
  item.iconPath = findingIcon(row);
  item.contextValue = `finding ${state}${fixable ? ' fixable' : ''}`;
  item.command = openCommand(uri, range);
  const spoken = vscode.l10n.t('{0}, {1}, line {2}', nameOf(uri), place, range.start.line + 1);
  item.accessibilityInformation = { label: `${severityWord(severity)}, ${stateWord(state)}: ${message} ${spoken}` };
  return item;
}

/** A sign for what counts in the color of its severity; what is accepted steps back. */
function findingIcon({ finding: { severity, state } }: Row): vscode.ThemeIcon {
  if (state === 'waived') return new vscode.ThemeIcon('shield', new vscode.ThemeColor('disabledForeground'));
  if (state === 'known') return new vscode.ThemeIcon('history', new vscode.ThemeColor('disabledForeground'));
  const color = { error: 'problemsErrorIcon', warning: 'problemsWarningIcon', info: 'problemsInfoIcon' }[severity];
  return new vscode.ThemeIcon(
    state === 'unknown' ? 'question' : severity,
    new vscode.ThemeColor(`${color}.foreground`),
  );
}

function stepItem({ id, uri, number, text, range }: StepNode): vscode.TreeItem {
  const item = new vscode.TreeItem(`${number}. ${text}`);
  const place = vscode.Uri.parse(uri);
  item.id = id;
  item.description = `:${range.start.line + 1}`;
  item.tooltip = text;
  item.contextValue = 'step';
  item.command = openCommand(place, range);
  item.accessibilityInformation = { label: vscode.l10n.t('Step {0}: {1}', number, text) };
  return item;
}

/** In a narrow tree there is room for what tells files apart. */
function shortName(uri: vscode.Uri): string {
  return nameOf(uri).replace(/\.aiwf\.ya?ml$/, '');
}

function openCommand(uri: vscode.Uri, { start, end }: Range): vscode.Command {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  return { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri, { selection }] };
}

/** Worked out when somebody looks: the message, the path that proves it, who answers for it, and the clauses. */
export function findingTooltip({ row }: FindingNode, rules: Rules): vscode.MarkdownString {
  const { severity, state, rule, message, owners, waiver } = row.finding;
  const page = new vscode.MarkdownString(undefined, true);
  page.isTrusted = { enabledCommands: ['aiwf.explainRule'] };
  const explain = `command:aiwf.explainRule?${encodeURIComponent(JSON.stringify([rule]))}`;
  const paragraphs = [
    `**${severityWord(severity)}, ${stateWord(state)}** · [${escapeMarkdown(rule)}](${explain})`,
    text(message),
    listOf(pathOf(row).map((step) => text(step.text))),
    waiver ? text(waiverInWords(waiver)) : '',
    owners.length > 0 ? text(ownersInWords(owners.join(', '))) : '',
    clausesOf(row.finding, rules)
      .map(({ standard, ref, edition }) => text(`${standard} ${ref}, ${edition}`))
      .join('  \n'),
  ];
  return page.appendMarkdown(paragraphs.filter((paragraph) => paragraph !== '').join('\n\n'));
}

/** Text of a file shows no icons either. */
function text(value: string): string {
  return escapeMarkdown(value).replaceAll('$(', '\\$(');
}

function listOf(steps: readonly string[]): string {
  const shown = steps.slice(0, longestPath).map((step, at) => `${at + 1}. ${step}`);
  const more = steps.length - shown.length;
  return [...shown, ...(more > 0 ? [vscode.l10n.t('… and {0} more steps', more)] : [])].join('\n');
}
