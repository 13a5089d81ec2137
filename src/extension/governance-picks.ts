// How the user says what the Governance view shows: by which the findings are grouped, and which of them.
import * as vscode from 'vscode';
import {
  type Filter,
  type Grouping,
  groupings,
  type Row,
  type Rules,
  severities,
  standardsOf,
  states,
} from './governance-rows.ts';
import { groupingWord, severityWord, stateWord } from './governance-words.ts';

/** Undefined where nothing was chosen. */
export async function pickGrouping(current: Grouping): Promise<Grouping | undefined> {
  const items = groupings.map((grouping) => ({
    label: groupingWord(grouping),
    ...(grouping === current ? { description: vscode.l10n.t('as it is now') } : {}),
    grouping,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Group findings by') }))?.grouping;
}

interface PartItem extends vscode.QuickPickItem {
  readonly part: 'severities' | 'states' | 'standards';
  readonly value: string;
}

/** What is ticked is shown; a part with everything or nothing ticked does not filter. Undefined where nothing was chosen. */
export async function pickFilter(current: Filter, all: readonly Row[], rules: Rules): Promise<Filter | undefined> {
  const part = (name: PartItem['part'], values: readonly string[], word: (value: string) => string): PartItem[] => {
    const kept: readonly string[] = current[name];
    return values.map((value) => ({
      label: word(value),
      picked: kept.length === 0 || kept.includes(value),
      part: name,
      value,
    }));
  };
  const parts = {
    severities: part('severities', severities, (value) => severityWord(value as (typeof severities)[number])),
    states: part('states', states, (value) => stateWord(value as (typeof states)[number])),
    standards: part('standards', standardsOf(all, rules), (value) => value),
  };
  const { Separator } = vscode.QuickPickItemKind;
  const items: (PartItem | vscode.QuickPickItem)[] = [
    { label: vscode.l10n.t('Severity'), kind: Separator },
    ...parts.severities,
    { label: vscode.l10n.t('State'), kind: Separator },
    ...parts.states,
    { label: vscode.l10n.t('Standard'), kind: Separator },
    ...parts.standards,
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: vscode.l10n.t('Show the findings that are ticked'),
    matchOnDescription: true,
  });
  if (!chosen) return undefined;
  const ticked = (name: PartItem['part']) => {
    const values = chosen.flatMap((item) => ('part' in item && item.part === name ? [item.value] : []));
    return values.length === parts[name].length ? [] : values;
  };
  const [graves, kept] = [ticked('severities'), ticked('states')];
  return {
    severities: severities.filter((value) => graves.includes(value)),
    states: states.filter((value) => kept.includes(value)),
    standards: ticked('standards'),
    text: current.text,
  };
}

/** Undefined where the user has changed nothing. */
export async function askText(current: Filter): Promise<Filter | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Filter Findings by Text'),
    prompt: vscode.l10n.t(
      'Part of the message, the place, the file, the rule or who answers for it; nothing shows all.',
    ),
    value: current.text,
  });
  return text === undefined ? undefined : { ...current, text: text.trim() };
}
