// The mermaid text: names, shapes and arrows, and that no title can mean anything in it. That mermaid itself reads it is
// tested in a browser, in test/webview/mermaid.test.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DiagramModel } from '../../src/diagram/diagram.ts';
import { escapeText, renderMermaid } from '../../src/diagram/mermaid.ts';

const range = { start: 0, end: 1 };

const model: DiagramModel = {
  title: 'Support "reply"',
  lanes: [
    { id: 'writer', title: 'Writer', kind: 'agent' },
    { id: 'lead', title: 'Lead', kind: 'human' },
  ],
  nodes: [
    { id: 'draft', lane: 'writer', title: 'Draft', kind: 'task', performer: 'agent', block: range, range },
    { id: 'check', lane: 'lead', title: 'Check [it]', kind: 'approval', performer: 'human', block: range, range },
    { id: 'which', lane: 'lead', title: 'Which?', kind: 'decision', performer: 'human', block: range, range },
    { id: 'done', lane: 'lead', title: 'end', kind: 'end', performer: 'human', block: range, range },
  ],
  edges: [
    { id: 'a', from: 'draft', to: 'check', kind: 'normal', handoff: 'human-ai', range, ranges: [range] },
    {
      id: 'b',
      from: 'check',
      to: 'draft',
      kind: 'exceptional',
      label: 'reject',
      handoff: 'human-ai',
      range,
      ranges: [range],
    },
    { id: 'c', from: 'check', to: 'gone', kind: 'normal', handoff: 'none', range, ranges: [range] },
    { id: 'd', from: 'check', to: 'done', kind: 'normal', label: 'approve', handoff: 'none', range, ranges: [range] },
  ],
};

test('a diagram as mermaid text', () => {
  assert.equal(
    renderMermaid(model),
    `---
title: "Support \\"reply\\""
---
swimlane-beta TB
  subgraph lane0["🤖 Writer"]
    n0@{ shape: notch-rect, label: "🤖 Draft" }
  end
  subgraph lane1["👤 Lead"]
    n1@{ shape: rounded, label: "👤 ✔ Check #91;it#93;" }
    n2@{ shape: hex, label: "👤 Which?" }
    n3@{ shape: stadium, label: "👤 ■ end" }
  end
  n0 e0@==> n1
  n1 e1@-.->|"reject"| n0
  n1 e3@-->|"approve"| n3
  classDef human fill:#fff4d6,stroke:#a66b00,color:#332200
  class n1,n2,n3 human
  classDef agent fill:#e9e2ff,stroke:#5b3fc4,color:#1c1240
  class n0 agent
  classDef final stroke-width:4px
  class n3 final
  classDef handoff stroke-width:4px,stroke:#b0288c
  class e0,e1 handoff
`,
  );
});

test('escaped text holds nothing but letters, blanks and harmless signs, and reads back as the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const escaped = escapeText(text);
      const bare = escaped.replace(/#\d+;/g, '');
      assert.match(bare, /^[\p{L}\p{M}\p{N} ,.'?!()/+=≤≥→-]*$/u);
      const read = escaped.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
      assert.equal(
        read.replace(/(ﬂ|¶)\u200c/g, '$1').trim(),
        text
          .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
          .replace(/\p{Noncharacter_Code_Point}/gu, '�')
          .trim(),
      );
    }),
    { numRuns: 500 },
  );
});

test('the lines of the text are the same ones whatever the titles are', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 4, maxLength: 4 }), (titles) => {
      const renamed = {
        ...model,
        title: titles[0] ?? '',
        nodes: model.nodes.map((node, at) => ({ ...node, title: titles[at] ?? '' })),
        edges: model.edges.map((edge, at) => ({ ...edge, label: `x${titles[at] ?? ''}` })),
      };
      const blank = (text: string): string => text.replace(/"[^\n]*"/g, '""').replace(/title: .*/, '');
      const labeled = { ...renamed, edges: renamed.edges.map((edge) => ({ ...edge, label: 'x' })) };
      assert.equal(blank(renderMermaid(renamed)), blank(renderMermaid(labeled)));
    }),
    { numRuns: 200 },
  );
});
