// The drawings of time and change: rows and limits that can be chosen, verdicts in words, signs beside color, escaped text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawView } from '../../src/picture/draw-view.ts';
import { sansMeasures } from '../../src/picture/font.ts';
import { pictureWords } from '../../src/picture/words.ts';
import { openMarked } from '../support/service.ts';

const words = pictureWords((text) => text);
const text = `aiwf: 1
workflow: w
accountable: boss
actors: { boss: { kind: human } }
sla: [{ max: 2h }]
start: { on: manual, next: a }
steps:
  a: { task: "Work <b>", by: boss, within: 3h, next: b }
  b: { end: done }
`;

function drawn(view: 'time' | 'change', before: string | null = text, after = text): string {
  const { service, uri } = openMarked(after);
  const data = service.diagram(uri, { view, base: { name: 'HEAD', text: before } })?.view;
  assert.ok(data);
  const result = drawView(data, sansMeasures, words);
  assert.equal(result.as, 'svg');
  assert.ok(!/NaN|undefined|<b>/.test(result.markup));
  return result.markup;
}

test('time: rows and limits can be chosen, the verdict is a word and a sign', () => {
  const markup = drawn('time');
  assert.match(markup, /data-step="a"[^>]*aria-label="Work &#60;b&#62;, person: 3 h; Time limit, 3h: kept"/);
  assert.match(markup, /data-place="sla:0"[^>]*aria-label="Service level[^"]*, 2h: missed"/);
  assert.match(markup, /aiwf-sign-missed/);
});

test('change: classes and signs for what came, went and changed', () => {
  const after = text
    .replace('within: 3h, next: b', 'within: 4h, next: c')
    .replace('  b: {', '  c: { task: New, by: boss, next: d }\n  d: {');
  const markup = drawn('change', text.replace('end: done', 'end: Old end'), after);
  for (const [change, step] of [
    ['changed', 'a'],
    ['added', 'c'],
    ['removed', 'b'],
  ])
    assert.match(markup, new RegExp(`class="aiwf-node [^"]*aiwf-${change}" data-step="${step}"`));
  assert.equal([...markup.matchAll(/aiwf-sign-(added|changed|removed)/g)].length >= 5, true);
});

function sentence(view: 'time' | 'change', of: string): string {
  const { service, uri } = openMarked(of);
  const data = service.diagram(uri, { view, base: { name: 'HEAD', text: of } })?.view;
  assert.ok(data);
  const result = drawView(data, sansMeasures, words);
  assert.equal(result.as, 'html');
  return result.markup;
}

test('where nothing changed or nothing takes time, a sentence says so', () => {
  assert.match(sentence('change', text), /Compared with HEAD: Nothing has changed\./);
  const timeless = text.replace('sla: [{ max: 2h }]\n', '').replace(', within: 3h', '');
  assert.match(sentence('time', timeless), /No step says how long it may take\./);
});
