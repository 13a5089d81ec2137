// Whole declarations to fill in: a file, a step of each kind, an actor of each kind.
import { CompletionItemKind } from 'vscode-languageserver-types';
import { baseName } from '../language/project.ts';
import { type ActorKind, actorKinds, type StepKind } from '../language/vocabulary.ts';
import { escapeSnippet, type Suggestion, stops } from './suggestion.ts';
import type { Typing } from './typing.ts';

/** Keys of a new step, its id aside. */
const steps: Readonly<Record<StepKind, readonly string[]>> = {
  task: ['task: {{2:Do the work}}', 'by: {{3:actor}}', 'next: {{4:step}}'],
  review: [
    'review: {{2:Look at the result}}',
    'by: {{3:actor}}',
    'reviews: [{{4:data}}]',
    'within: {{5:1d}}',
    'next: {{6:step}}',
    'on: { modify: {{6:step}}, reject: {{7:step}}, timeout: {{8:step}} }',
  ],
  approval: [
    'approval: {{2:Approve the result}}',
    'by: {{3:actor}}',
    'covers: [{{4:data}}]',
    'within: {{5:1d}}',
    'on: { approve: {{6:step}}, modify: {{7:step}}, reject: {{7:step}}, timeout: {{8:step}} }',
  ],
  decision: [
    'decision: {{2:Decide}}',
    'by: {{3:actor}}',
    'reviews: [{{4:data}}]',
    'outcomes: { {{5:grant}}: favourable, {{6:deny}}: adverse }',
    'on: { {{5:grant}}: {{7:step}}, {{6:deny}}: {{8:step}} }',
  ],
  contest: [
    'contest: {{2:Challenge the decision}}',
    'from: {{3:actor}}',
    'by: {{4:actor}}',
    'file-within: {{5:30d}}',
    'may-reverse: true',
    'on: { uphold: {{6:step}}, reverse: {{7:step}}, not-filed: {{8:step}} }',
  ],
  wait: [
    'wait: {{2:Wait for an answer}}',
    'until: {{3:event}}',
    'within: {{4:14d}}',
    'next: {{5:step}}',
    'on: { timeout: {{6:step}} }',
  ],
  disclose: [
    'disclose: {{2:Say that AI takes part}}',
    'by: {{3:actor}}',
    'says: [{{4:ai-involved}}]',
    'to: {{5:actor}}',
    'next: {{6:step}}',
  ],
  route: ['route: {{2:Which way}}', 'next:', '  - when: {{3:condition}}', '    to: {{4:step}}', '  - else: {{5:step}}'],
  scope: [
    'scope: {{2:Work together}}',
    'start: {{3:first}}',
    'steps:',
    '  {{3:first}}:',
    '    task: {{4:Do the work}}',
    '    by: {{5:actor}}',
    'next: {{6:step}}',
  ],
  call: ['call: ./{{2:other}}.aiwf.yaml', 'with: { {{3:data}}: {{4:data}} }', 'next: {{5:step}}'],
  end: ['end: {{2:Done}}', 'outcome: {{3|completed,rejected,cancelled,failed|}}'],
};

const actors: Readonly<Record<ActorKind, readonly string[]>> = {
  human: ['kind: human', 'holders: {{2:2}}'],
  team: ['kind: team', 'lead: {{2:actor}}', 'holders: {{3:5}}'],
  agent: [
    'kind: agent',
    'sponsor: {{2:actor}}',
    'identity: {{3:svc-agent}}',
    'model: { provider: {{4:provider}}, id: {{5:model}}, version: "{{6:2026-01-01}}" }',
    'autonomy: {{7|L1,L2,L3,L4,L5|}}',
    'clearance: {{8|public,internal,confidential,personal,special-category|}}',
  ],
  system: ['kind: system', 'identity: {{2:svc-system}}'],
  external: ['kind: external', 'clearance: {{2|public,internal,confidential,personal,special-category|}}'],
  vendor: [
    'kind: vendor',
    'clearance: {{2|public,internal,confidential,personal,special-category|}}',
    'agreements: [{{3:agreement}}]',
  ],
};

/** A step with its id: over several lines, or in braces where the text around is. */
export function stepSnippet(kind: StepKind, flow: boolean): readonly string[] {
  return declaration('step-id', steps[kind], flow && kind !== 'route' && kind !== 'scope');
}

export function actorSnippets({ flow, column }: Typing): readonly Suggestion[] {
  return (Object.keys(actorKinds) as ActorKind[]).map((kind) => ({
    label: kind,
    insert: indented(declaration('actor-id', actors[kind], flow), column),
    kind: CompletionItemKind.Snippet,
    detail: `new actor: ${kind}`,
    documentation: actorKinds[kind],
    group: 3,
  }));
}

const classes = '|public,internal,confidential,personal,special-category|';
const data: Readonly<Record<string, readonly [lines: readonly string[], documentation: string]>> = {
  data: [[`class: {{2${classes}}}`], 'Data with its class.'],
  'data with fields': [
    [`class: {{2${classes}}}`, 'fields: { {{3:amount}}: number, {{4:kind}}: { enum: [{{5:simple, special}}] } }'],
    'Data whose fields conditions can ask for.',
  ],
};

export function dataSnippets({ flow, column }: Typing): readonly Suggestion[] {
  return Object.entries(data).map(([label, [lines, documentation]]) => ({
    label,
    insert: indented(declaration('data_id', lines, flow), column),
    kind: CompletionItemKind.Snippet,
    detail: 'new data',
    documentation,
    group: 3,
  }));
}

function declaration(id: string, keys: readonly string[], flow: boolean): readonly string[] {
  const filled = keys.map(stops);
  const name = `\${1:${id}}:`;
  return flow ? [`${name} { ${filled.join(', ')} }`] : [name, ...filled.map((line) => `  ${line}`)];
}

/** Lines below the first moved to where the first one stands. */
export function indented(lines: readonly string[], column: number): string {
  return lines.join(`\n${' '.repeat(column)}`);
}

/** A whole file, for an empty one; its id is that of the file's name. */
export function fileSnippets(uri: string): readonly Suggestion[] {
  const id = baseName(uri)
    .replace(/(\.aiwf)?\.ya?ml$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const name = `\${1:${escapeSnippet(/^[a-z]/.test(id) ? id : 'my-workflow')}}`;
  return [
    {
      label: 'aiwf workflow',
      insert: stops(workflowLines.join('\n')).replace('ID', () => name),
      kind: CompletionItemKind.Snippet,
      detail: 'a whole workflow to fill in',
      documentation: 'Actors, data, a start and steps: an AI drafts, a human approves, a system acts.',
      group: 0,
    },
    {
      label: 'aiwf library',
      insert: [
        'aiwf: 1',
        `library: ${name}`,
        '',
        'actors:',
        stops('  {{2:approver}}: { kind: human, holders: {{3:2}} }'),
        '',
      ].join('\n'),
      kind: CompletionItemKind.Snippet,
      detail: 'shared declarations',
      documentation: 'Actors, data and other declarations that workflows import by `use`.',
      group: 1,
    },
  ];
}

const workflowLines = [
  'aiwf: 1',
  'workflow: ID',
  'title: {{2:What this workflow does}}',
  'accountable: {{3:process-owner}}',
  '',
  'actors:',
  '  {{3:process-owner}}: { kind: human, holders: 1 }',
  '  {{4:approver}}: { kind: human, holders: 2 }',
  '  {{5:ai-lead}}: { kind: human, holders: 1 }',
  '  {{6:agent}}:',
  '    kind: agent',
  '    sponsor: {{5:ai-lead}}',
  '    identity: svc-{{6:agent}}',
  '    model: { provider: {{7:provider}}, id: {{8:model}}, version: "{{9:2026-01-01}}" }',
  '    autonomy: L3',
  '    clearance: internal',
  '',
  'data:',
  '  request: { class: internal, trust: untrusted }',
  '  draft: { class: internal }',
  '',
  'start: { on: manual, gives: [request], next: write }',
  '',
  'steps:',
  '  write:',
  '    task: Write a draft',
  '    by: {{6:agent}}',
  '    mode: ai-executed',
  '    reads: [request]',
  '    writes: [draft]',
  '    next: check',
  '    on: { error: by-hand, unavailable: by-hand }',
  '  check:',
  '    approval: Approve the draft',
  '    by: {{4:approver}}',
  '    covers: [draft]',
  '    accepts: { payload: [request, draft], ack: 1h }',
  '    within: 1d',
  '    on:',
  '      approve: done',
  '      modify: by-hand',
  '      reject: { to: write, max: 3, exhausted: by-hand }',
  '      timeout: by-hand',
  '  by-hand:',
  '    task: Write it by hand',
  '    by: {{3:process-owner}}',
  '    reads: [request]',
  '    writes: [draft]',
  '    accepts: { payload: [request], ack: 1d }',
  '    next: done',
  '  done: { end: The request is answered }',
  '',
  'stop: { by: {{3:process-owner}}, safe-state: by-hand, within: 60s, includes-delegates: true }',
  '',
];
