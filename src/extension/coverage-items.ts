// How the nodes of the Coverage view look, and the words for the states: what was looked at and what came of it.
import * as vscode from 'vscode';
import { type CoverageState, coverageStates } from '../protocol.ts';
import type { ClauseNode, CoverageNode, RuleNode, StandardNode } from './coverage-nodes.ts';
import { itemOf } from './governance-items.ts';
import type { Rules } from './governance-rows.ts';

export function coverageItem(node: CoverageNode, rules: Rules): vscode.TreeItem {
  switch (node.type) {
    case 'standard':
      return standardItem(node);
    case 'clause':
      return clauseItem(node);
    case 'rule':
      return ruleItem(node);
    default:
      return itemOf(node, 'rule', false, rules);
  }
}

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

function standardItem({ id, standard, state, counts }: StandardNode): vscode.TreeItem {
  const item = new vscode.TreeItem(standard.standard, Collapsed);
  const parts = coverageStates.filter((each) => counts[each] > 0).map((each) => `${counts[each]} ${stateWord(each)}`);
  item.id = id;
  item.description = parts.join(', ');
  item.iconPath = stateIcon(state);
  item.contextValue = 'standard';
  const asked = standard.profiles.join(', ');
  const tooltip = [
    `${standard.standard}, ${standard.edition}`,
    vscode.l10n.t('Rules that serve it: {0}.', parts.join(', ')),
    vscode.l10n.t('Presets that ask for all of them: {0}.', asked || vscode.l10n.t('none')),
    notMet(),
  ];
  item.tooltip = tooltip.join('\n');
  item.accessibilityInformation = { label: `${standard.standard}: ${item.description}` };
  return item;
}

function clauseItem({ id, clause, children }: ClauseNode): vscode.TreeItem {
  const { ref, state, partly, status, appliesFrom } = clause;
  const item = new vscode.TreeItem(ref, children.length > 0 ? Collapsed : None);
  const word = partly ? vscode.l10n.t('{0}, not all rules checked', stateWord(state)) : stateWord(state);
  item.id = id;
  item.description = word;
  item.iconPath = stateIcon(state);
  item.contextValue = 'clause';
  const tooltip = [
    `${ref}: ${word}`,
    appliesFrom === undefined ? '' : vscode.l10n.t('The duty applies from {0}.', appliesFrom),
    status === 'verified' ? '' : readWords(status),
  ];
  item.tooltip = tooltip.filter((line) => line !== '').join('\n');
  item.accessibilityInformation = { label: `${ref}: ${word}` };
  return item;
}

function readWords(status: 'secondary' | 'unverified'): string {
  return status === 'secondary'
    ? vscode.l10n.t('A description of this clause was read for the rules, not its text.')
    : vscode.l10n.t('The text of this clause was not read for the rules.');
}

function ruleItem({ id, rule, covered, children }: RuleNode): vscode.TreeItem {
  const { summary, state, doubts } = covered;
  const item = new vscode.TreeItem(rule, children.length > 0 ? Collapsed : None);
  item.id = id;
  item.description = stateWord(state);
  item.iconPath = stateIcon(state);
  item.contextValue = 'rule';
  item.tooltip = [summary, stateMeaning(state), ...doubts].join('\n');
  item.accessibilityInformation = { label: `${rule}: ${stateWord(state)}` };
  return item;
}

/** What stands above the tree, since no count of rules is a proof. */
export function notMet(): string {
  return vscode.l10n.t('It says what was looked at and what came of it, never that a standard is met.');
}

function stateWord(state: CoverageState): string {
  const words = {
    violated: vscode.l10n.t('violated'),
    unknown: vscode.l10n.t('unknown'),
    waived: vscode.l10n.t('waived'),
    satisfied: vscode.l10n.t('satisfied'),
    'not-applicable': vscode.l10n.t('not applicable'),
    'not-checked': vscode.l10n.t('not checked'),
  };
  return words[state];
}

function stateMeaning(state: CoverageState): string {
  const words = {
    violated: vscode.l10n.t('Some finding counts, or is known from the baseline.'),
    unknown: vscode.l10n.t('Something could not be decided.'),
    waived: vscode.l10n.t('Every finding is accepted by a waiver.'),
    satisfied: vscode.l10n.t('It was looked at, and nothing was found.'),
    'not-applicable': vscode.l10n.t('There is nothing that this rule speaks of.'),
    'not-checked': vscode.l10n.t('No preset asks for this rule.'),
  };
  return words[state];
}

function stateIcon(state: CoverageState): vscode.ThemeIcon {
  const [icon, color] = icons[state];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}

const icons: Readonly<Record<CoverageState, readonly [string, string]>> = {
  violated: ['error', 'problemsErrorIcon.foreground'],
  unknown: ['question', 'problemsInfoIcon.foreground'],
  waived: ['shield', 'disabledForeground'],
  satisfied: ['pass', 'testing.iconPassed'],
  'not-applicable': ['dash', 'disabledForeground'],
  'not-checked': ['circle-large-outline', 'disabledForeground'],
};
