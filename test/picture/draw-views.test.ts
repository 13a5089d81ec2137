// The drawn views: nothing in the sequence picture lies on anything else, no title becomes markup, and everything leads
// back to its place in the text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawHandoffs } from '../../src/picture/draw-handoffs.ts';
import { drawView } from '../../src/picture/draw-view.ts';
import { sansMeasures } from '../../src/picture/font.ts';
import { type Box, iconWidth } from '../../src/picture/geometry.ts';
import { layOutHandoffs, type RowLayout } from '../../src/picture/layout-handoffs.ts';
import { tableMarkdown } from '../../src/picture/table-markdown.ts';
import type { HandoffsView } from '../../src/picture/views.ts';
import { analysesOf, analysesOfSteps } from '../analysis/graph-reading.ts';
import { checkGolden } from '../support/golden.ts';
import { analysesOfFile, projectWorkflows, viewsOf, words } from '../support/view-lines.ts';

type Side = readonly [name: string, left: number, top: number, right: number, bottom: number];

function sideOf(name: string, { x, y, width, height }: Box): Side {
  return [name, x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

/** The boxes of a row, and the line of its arrow. */
function sidesOf({ from, to, gives, note, contract, startX, endX, y }: RowLayout, at: number): readonly Side[] {
  const boxes = { from, to, gives, note, contract };
  return [
    ...Object.entries(boxes).flatMap(([name, box]) => (box ? [sideOf(`${name} ${at}`, box)] : [])),
    [`arrow ${at}`, Math.min(startX, endX), y - 1, Math.max(startX, endX), y + 1],
  ];
}

function meet([, left, top, right, bottom]: Side, [, l, t, r, b]: Side): boolean {
  const slack = 0.01;
  return left < r - slack && l < right - slack && top < b - slack && t < bottom - slack;
}

function checkLayout(view: HandoffsView, name: string): void {
  const layout = layOutHandoffs(view, sansMeasures, words);
  const sides = layout.rows.flatMap(sidesOf);
  for (const [at, side] of sides.entries()) {
    const [what, left, top, right, bottom] = side;
    for (const other of sides.slice(at + 1)) assert.ok(!meet(side, other), `${name}: ${what} lies on ${other[0]}`);
    assert.ok(left >= 0 && right <= layout.width, `${name}: ${what} leaves the picture`);
    assert.ok(top >= layout.headerHeight && bottom <= layout.height, `${name}: ${what} leaves the picture`);
  }
  for (const [at, { x, width, middle, textWidth }] of layout.lanes.entries()) {
    const half = (textWidth + iconWidth) / 2;
    assert.ok(x <= middle - half && middle + half <= x + width, `${name}: the title of lane ${at}`);
    const next = layout.lanes[at + 1];
    if (next) assert.ok(Math.abs(x + width - next.x) < 0.01, `${name}: lanes ${at} and ${at + 1} do not meet`);
  }
  for (const row of layout.rows) {
    const texts = [row.from, row.to, row.gives, row.note, row.contract];
    for (const box of texts) {
      const measure = box === row.gives ? sansMeasures.node : sansMeasures.label;
      for (const line of box?.lines ?? []) assert.ok(measure(line) <= (box?.width ?? 0), `${name}: ${line}`);
    }
  }
}

test('nothing overlaps in the handoffs of any workflow of the project', () => {
  let rows = 0;
  for (const path of projectWorkflows) {
    const { handoffs } = viewsOf(analysesOfFile(path));
    checkLayout(handoffs, path);
    rows += handoffs.rows.length;
  }
  assert.ok(rows > 50, `${rows} rows`);
});

test('nothing overlaps where titles, conditions and contracts are very long, in either direction', () => {
  const long = (word: string, times: number) => Array.from({ length: times }, () => word).join(' ');
  for (const [title, label, text] of [
    ['x', 'y', 'z'],
    [long('considerably', 12), long('unless', 30), long('whatever was agreed before', 20)],
    ['w'.repeat(300), 'v'.repeat(300), 'u'.repeat(900)],
  ] as const) {
    const row = {
      fromNode: { id: 'a', title },
      toNode: { id: 'b', title: title.slice(0, 40) },
      gives: [title, label],
      label,
      contract: [{ term: 'instructions', text } as const, { term: 'noAck' } as const],
      kind: 'other',
      exceptional: false,
      senders: [title, label],
    } as const;
    const lanes = ['a', 'b', 'c'].map((id) => ({ id, title: `${id} ${title}`, kind: 'human' as const }));
    const pairs = [
      ['a', 'b'],
      ['b', 'a'],
      ['a', 'c'],
      ['c', 'b'],
    ] as const;
    const rows = pairs.map(([from, to]) => ({ ...row, from, to }));
    checkLayout({ view: 'handoffs', lanes, rows }, title.slice(0, 20));
  }
});

test('a row is a button that says everything and leads to its edge and steps', () => {
  const { handoffs } = viewsOf(
    analysesOfSteps(`
first: { task: Draft, by: bot, mode: ai-executed, writes: [offer], next: second, on: { error: second } }
second: { approval: Check, by: anna, reads: [offer], accepts: { ack: 1h }, within: 2d, on: { approve: over, modify: over, reject: over } }
over: { end: Done }`),
  );
  const drawn = drawHandoffs(handoffs, sansMeasures, words);
  assert.equal(drawn.as, 'svg');
  const groups = [...drawn.markup.matchAll(/<g class="aiwf-edge-group"([^>]*)>/g)].map(([, attributes]) => attributes);
  assert.deepEqual(groups, [
    ' tabindex="0" role="button" aria-label="bot hands over to anna; From Draft to Check; what is given: offer; confirmed within 1 hour; to be done within 2 days; handoff between people and AI" data-from="first" data-to="second"',
    ' tabindex="0" role="button" aria-label="bot hands over to anna; From Draft to Check; what is given: offer; at: error; confirmed within 1 hour; to be done within 2 days; exceptional; handoff between people and AI" data-from="first" data-to="second"',
  ]);
  assert.deepEqual(
    [...drawn.markup.matchAll(/data-step="(\w+)"/g)].map(([, id]) => id),
    ['first', 'second', 'first', 'second'],
  );
  assert.deepEqual(
    [...drawn.markup.matchAll(/<path class="aiwf-edge[^>]*data-edge="([^"]+)"/g)].map(([, id]) => id),
    ['edge:1', 'edge:2'],
  );
  assert.match(drawn.markup, /aiwf-edge aiwf-exceptional aiwf-handoff aiwf-handoff-human-ai/);
});

const hostile = `<img src=x onerror=alert(1)>"'&|[a](javascript:b)\\n`;

const hostileText = `aiwf: 1
workflow: test
accountable: anna
actors:
  anna: { kind: human, title: ${JSON.stringify(hostile)} }
  bot: { kind: agent, sponsor: anna, title: ${JSON.stringify(hostile)} }
data:
  text: { title: ${JSON.stringify(hostile)}, labels: [x], basis: { ref: ${JSON.stringify(hostile)} } }
start: { on: manual, from: anna, gives: [text], next: draft }
steps:
  draft:
    task: ${JSON.stringify(hostile)}
    by: bot
    mode: ai-executed
    reads: [text]
    writes: [text]
    accepts: { ack: 1h, instructions: ${JSON.stringify(hostile)} }
    next: [{ label: ${JSON.stringify(hostile)}, to: check }]
  check: { approval: ${JSON.stringify(hostile)}, by: anna, covers: [text], on: { approve: over, modify: over, reject: over } }
  over: { end: Done, informed: [anna] }
`;

test('no title becomes markup, in any view, as HTML, SVG or Markdown', () => {
  const { handoffs, responsibilities, data } = viewsOf(analysesOf(hostileText));
  for (const view of [handoffs, responsibilities, data]) {
    const { markup } = drawView(view, sansMeasures, words);
    assert.ok(markup.includes('&#60;img'), view.view);
    // Every tag is one of ours, and each that opens closes.
    const open: string[] = [];
    for (const [, close, name = '', self] of markup.matchAll(/<(\/?)([\w-]+)(?:\s[\w-]+="[^"<>]*")*(\/?)>/g)) {
      if (close) assert.equal(open.pop(), name);
      else if (!self) open.push(name);
    }
    assert.deepEqual(open, []);
    assert.equal(markup.replace(/<(\/?)([\w-]+)(?:\s[\w-]+="[^"<>]*")*(\/?)>/g, '').match(/[<>]/), null, view.view);
  }
  for (const view of [responsibilities, data]) {
    const markdown = tableMarkdown(view, words);
    assert.doesNotMatch(markdown.replaceAll('<br>', ''), /(?<!\\)[<>]/);
    assert.doesNotMatch(markdown, /(?<!\\)\[a/);
    const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
    const cells = rows.map((line) => line.match(/(?<!\\)\|/g)?.length);
    assert.equal(new Set(cells).size, 1, markdown);
    assert.equal(rows.length, 2 + view.rows.length);
  }
});

test('tables are headed, and every step and declaration in them leads to its place', () => {
  const { responsibilities, data } = viewsOf(analysesOfFile('examples/warranty-return.aiwf.yaml'));
  const matrix = drawView(responsibilities, sansMeasures, words).markup;
  for (const { step } of responsibilities.rows) assert.ok(matrix.includes(`data-step="${step}"`), step);
  for (const { id } of responsibilities.actors) assert.ok(matrix.includes(`data-place="actor:${id}"`), id);
  assert.equal(matrix.match(/scope="row"/g)?.length, responsibilities.rows.length);
  assert.equal(matrix.match(/<td/g)?.length, responsibilities.rows.length * responsibilities.actors.length);
  assert.match(matrix, /<span class="aiwf-hidden">accountable, for the whole workflow<\/span>/);
  const lists = drawView(data, sansMeasures, words).markup;
  for (const { id } of data.rows) assert.ok(lists.includes(`data-place="data:${id}"`), id);
  assert.match(lists, /aiwf-review-none">not always reviewed/);
});

test('a workflow without steps gives a sentence in each view', () => {
  const views = viewsOf(analysesOf('aiwf: 1\nworkflow: empty\n'));
  for (const view of Object.values(views))
    assert.deepEqual(drawView(view, sansMeasures, words), {
      as: 'html',
      markup: `<p class="aiwf-empty">${words.empty}</p>`,
    });
});

test('the tables of an example as Markdown', () => {
  const { responsibilities, data } = viewsOf(analysesOfFile('examples/agentic-bug-fix.aiwf.yaml'));
  checkGolden('test/golden/views/tables.md', tableMarkdown(responsibilities, words) + tableMarkdown(data, words));
});
