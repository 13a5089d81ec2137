// Outline: the sections of a file, what each declares, and steps with the steps inside them.
import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import type { Step, Workflow } from '../language/model.ts';
import type { Range } from '../language/source.ts';
import type { MapEntry, SyntaxNode } from '../language/syntax.ts';
import { type StepKind, sectionOf } from '../language/vocabulary.ts';
import { declarationDetail } from './describe-declaration.ts';
import type { Checked } from './documents.ts';
import { toRange } from './positions.ts';

/** The outline of a file, from its top down. */
export function documentSymbols({ file, workflow }: Checked): DocumentSymbol[] {
  const root = file.root;
  if (root?.kind !== 'map') return [];
  const symbol = (
    entry: MapEntry,
    kind: SymbolKind,
    detail: string | undefined,
    children: DocumentSymbol[],
  ): DocumentSymbol => ({
    // An outline without a name is refused by the protocol.
    name: entry.key.text.trim() || '(empty)',
    kind,
    ...(detail ? { detail } : {}),
    range: toRange(file, around(entry)),
    selectionRange: toRange(file, entry.key.range),
    ...(children.length > 0 ? { children } : {}),
  });
  const steps = (node: SyntaxNode | undefined): DocumentSymbol[] =>
    entriesOf(node).map((entry) => {
      const step = workflow.steps.get(entry.key.text);
      const inner = entriesOf(entry.value).find(({ key }) => key.text === 'steps');
      const kind = step?.kind ? stepSymbols[step.kind] : SymbolKind.Method;
      return symbol(entry, kind, step && stepDetail(step), steps(inner?.value));
    });
  return root.entries.flatMap((entry): DocumentSymbol[] => {
    const section = entry.key.text;
    if (section === 'steps') return [symbol(entry, SymbolKind.Namespace, undefined, steps(entry.value))];
    const declares = kinds.find((kind) => sectionOf[kind] === section);
    if (declares) {
      const children = entriesOf(entry.value).map((child) =>
        symbol(child, declarationSymbols[declares], detailOf(declares, child.key.text, workflow), []),
      );
      return [symbol(entry, SymbolKind.Namespace, undefined, children)];
    }
    if (section === 'workflow' || section === 'library')
      return [symbol(entry, SymbolKind.Module, textOf(entry.value), [])];
    return shown.has(section) ? [symbol(entry, SymbolKind.Property, textOf(entry.value), [])] : [];
  });
}

/** Other keys of the file that are worth a line. */
const shown: ReadonlySet<string> = new Set([
  'title',
  'use',
  'start',
  'defaults',
  'on',
  'timers',
  'stop',
  'sla',
  'obligations',
  'metrics',
  'evidence',
  'monitors',
  'incident',
  'waivers',
]);

type Declared = keyof typeof sectionOf;

export const declarationSymbols: Readonly<Record<Declared, SymbolKind>> = {
  actor: SymbolKind.Class,
  data: SymbolKind.Variable,
  store: SymbolKind.Package,
  event: SymbolKind.Event,
  calendar: SymbolKind.Constant,
  handoff: SymbolKind.Interface,
  policy: SymbolKind.Constant,
};

const kinds = Object.keys(sectionOf) as Declared[];

export const stepSymbols: Readonly<Record<StepKind, SymbolKind>> = {
  task: SymbolKind.Method,
  review: SymbolKind.Method,
  approval: SymbolKind.Operator,
  decision: SymbolKind.Operator,
  contest: SymbolKind.Operator,
  wait: SymbolKind.Event,
  disclose: SymbolKind.Method,
  route: SymbolKind.Operator,
  scope: SymbolKind.Namespace,
  call: SymbolKind.Function,
  end: SymbolKind.EnumMember,
};

function stepDetail({ kind, fields }: Step): string {
  const performers = (fields.by ?? []).map(({ name }) => name).join(', ');
  return [kind, performers].filter(Boolean).join(' · ');
}

/** What the section does not say already. */
function detailOf(kind: Declared, id: string, workflow: Workflow): string | undefined {
  const detail = declarationDetail(kind, id, workflow);
  return detail === kind ? undefined : detail;
}

function entriesOf(node: SyntaxNode | undefined): readonly MapEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

function textOf(node: SyntaxNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.text.replace(/\s+/g, ' ').trim().slice(0, 80) : undefined;
}

/** The whole declaration; it always holds its own key, as the protocol asks. */
function around({ key, range }: MapEntry): Range {
  return { start: Math.min(range.start, key.range.start), end: Math.max(range.end, key.range.end) };
}
