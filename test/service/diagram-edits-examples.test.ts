// Changes made in the pictures of all examples: each is edits or a reason; edits keep every comment, do what was asked,
// touch nothing else in the picture, and can be undone to the same text.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Lexer } from 'yaml';
import { applied } from '../../src/language/edit.ts';
import { lineStartsOf, type TextEdit } from '../../src/language/source.ts';
import type { PictureChange } from '../../src/picture/picture-change.ts';
import type { DiagramAnswer } from '../../src/service/diagram.ts';
import type { PictureEdits } from '../../src/service/diagram-edits.ts';
import { createLanguageService } from '../../src/service/language-service.ts';
import { toOffset } from '../../src/service/positions.ts';

const folder = 'file:///work/';
const names = readdirSync('examples').filter((name) => name.endsWith('.aiwf.yaml'));
const disk = new Map(
  ['shared/people.aiwf.yaml', ...names].map((name) => [folder + name, readFileSync(`examples/${name}`, 'utf8')]),
);
const done: Record<string, { edits: number; refused: number }> = {};

type Drawn = DiagramAnswer['diagram'];

function commentsIn(text: string): string {
  const comments = [...new Lexer().lex(text)].filter((token) => token.startsWith('#'));
  return comments
    .map((comment) => comment.trim())
    .sort()
    .join('\n');
}

function offsets(text: string, { edits }: Extract<PictureEdits, { edits: unknown }>): readonly TextEdit[] {
  const lines = { text, lineStarts: lineStartsOf(text) };
  return edits.map(({ range: { start, end }, newText }) => ({
    range: { start: toOffset(lines, start), end: toOffset(lines, end) },
    text: newText,
  }));
}

/** The edits that lead back. */
function inverse(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let moved = 0;
  return [...edits]
    .sort((a, b) => a.range.start - b.range.start)
    .map(({ range, text: written }) => {
      const start = range.start + moved;
      moved += written.length - (range.end - range.start);
      return { range: { start, end: start + written.length }, text: text.slice(range.start, range.end) };
    });
}

function ways({ edges }: Drawn): Set<string> {
  return new Set(edges.filter(({ label }) => label !== 'refused').map(({ from, to }) => `${from} -> ${to}`));
}

/** What is not as asked, in words. */
function faultOf(change: PictureChange, before: Drawn, after: Drawn, select: string | undefined): string | undefined {
  const nodeIn = (drawn: Drawn, id: string) => drawn.nodes.find((node) => node.id === id);
  const edgeOf = (id: string) => before.edges.find((edge) => edge.id === id);
  const [was, is] = [ways(before), ways(after)];
  switch (change.kind) {
    case 'rename':
      return nodeIn(after, change.node)?.title === change.title && [...was].join() === [...is].join()
        ? undefined
        : 'title or ways';
    case 'move':
      return nodeIn(after, change.node)?.lane === change.lane && after.nodes.length === before.nodes.length
        ? undefined
        : 'lane';
    case 'delete': {
      const isStart = change.node.startsWith('start:');
      const left = before.nodes.filter(({ id }) => id !== change.node).every(({ id }) => isStart || nodeIn(after, id));
      const others = [...was].filter((way) => !isStart && !` ${way} `.includes(` ${change.node} `));
      const isGone = after.nodes.length === before.nodes.length - 1 && (isStart || !nodeIn(after, change.node));
      return isGone && left && others.every((way) => is.has(way)) ? undefined : 'steps or ways';
    }
    case 'insert': {
      const edge = edgeOf(change.edge);
      const fresh = nodeIn(after, select ?? '');
      const isBetween = is.has(`${edge?.from} -> ${select}`) && is.has(`${select} -> ${edge?.to}`);
      return fresh?.title === change.title && isBetween && after.nodes.length === before.nodes.length + 1
        ? undefined
        : 'step between';
    }
    case 'disconnect': {
      const edge = edgeOf(change.edge);
      const left = after.edges.filter(
        ({ from, to, kind, label }) =>
          from === edge?.from && to === edge?.to && kind === edge?.kind && label !== 'refused',
      );
      const others = [...was].filter((way) => way !== `${edge?.from} -> ${edge?.to}`);
      return left.length === 0 && others.every((way) => is.has(way)) ? undefined : 'way';
    }
    default:
      return undefined;
  }
}

for (const name of names) {
  test(`every change in the picture of ${name} is made whole or refused with a reason`, () => {
    const uri = folder + name;
    const text = disk.get(uri) ?? '';
    const service = createLanguageService({ read: (file) => disk.get(file), workflowFiles: () => [...disk.keys()] });
    service.open(uri, 1, text);
    const drawn = service.diagram(uri)?.diagram;
    assert.ok(drawn);
    const { nodes, lanes, edges } = drawn;
    const changes: PictureChange[] = [
      ...nodes.flatMap(({ id }): PictureChange[] => [
        { kind: 'rename', node: id, title: 'Look again: “really”, #1 & more' },
        { kind: 'delete', node: id },
        ...lanes.map((lane): PictureChange => ({ kind: 'move', node: id, lane: lane.id })),
      ]),
      ...edges.flatMap(({ id }): PictureChange[] => [
        { kind: 'insert', edge: id, title: 'Check once more' },
        { kind: 'disconnect', edge: id },
      ]),
    ];
    const started = performance.now();
    const answers = changes.map((change) => ({ change, answer: service.editDiagram({ uri, version: 1, change }) }));
    const each = (performance.now() - started) / changes.length;
    assert.ok(each < 150, `${each} ms for each change`);
    for (const { change, answer } of answers) {
      done[change.kind] ??= { edits: 0, refused: 0 };
      const count = done[change.kind] ?? { edits: 0, refused: 0 };
      const what = JSON.stringify(change);
      if ('refused' in answer) {
        count.refused++;
        assert.match(answer.refused, /^\S.{10,}[.!]$/s, what);
        if (process.env.AIWF_SHOW) console.log(name, what, answer.refused);
        continue;
      }
      count.edits++;
      const edits = offsets(text, answer);
      const after = applied(text, edits);
      assert.notEqual(after, text, what);
      assert.equal(commentsIn(after), commentsIn(text), what);
      assert.equal(applied(after, inverse(text, edits)), text, what);
    }
    // Drawing costs more than answering: a third of the changes, spread over all kinds.
    for (const { change, answer } of answers.filter((_, index) => index % 3 === names.indexOf(name) % 3)) {
      if ('refused' in answer) continue;
      const other = createLanguageService({ read: (file) => disk.get(file), workflowFiles: () => [...disk.keys()] });
      other.open(uri, 2, applied(text, offsets(text, answer)));
      const after = other.diagram(uri)?.diagram;
      assert.ok(after);
      assert.equal(faultOf(change, drawn, after, answer.select), undefined, JSON.stringify(change));
    }
  });
}

test('most changes can be made', () => {
  const share = (kind: string) => (done[kind]?.edits ?? 0) / ((done[kind]?.edits ?? 0) + (done[kind]?.refused ?? 0));
  if (process.env.AIWF_SHOW) console.log(done);
  assert.equal(share('rename'), 1);
  for (const [kind, least] of [
    ['insert', 0.7],
    ['move', 0.7],
    ['disconnect', 0.5],
    ['delete', 0.2],
  ] as const)
    assert.ok(share(kind) > least, `${kind}: ${share(kind)}`);
});
