// accountability/ai-content-marked: what an AI made is marked before it is published, and a deep fake is disclosed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed, findingsOf } = forRules('accountability/ai-content-marked');

const begin = `${head}
defaults: { accepts: quick, on: { error: finish, unavailable: finish, timeout: finish } }
data:
  picture: { class: public, media: image }
  banner: { class: public, media: [image, text] }
  film: { class: public, media: video, labels: [deep-fake] }
  script: { class: public, media: text }
  news: { class: public, media: text, labels: [public-interest] }
`;

test('a picture or film that an AI made, and what is made of it, is marked before it goes public', () => {
  check(`${begin}
start: { next: paint }
steps:
  paint: { task: Paint, by: bot, mode: ai-executed, writes: [picture, script], next: lay-out }
  lay-out: { task: Lay out, by: clerk, reads: [picture, script], writes: [banner], next: post }
  post: { task: Post, by: clerk, effects: [{ kind: publish, uses: [banner] }, { kind: publish, uses: [script] }], next: finish }
  #                                                ^^^^^^^ accountability/ai-content-marked: 'post' publishes 'banner', made of what the AI 'bot' wrote ('picture') in 'paint', and on one path it is not marked as made by AI. Add 'marks: [banner]' to the step that marks it.
  finish: { end: Finished }
`);
});

test('a mark counts on the paths that pass it, and ends where an AI makes it anew; a review is no mark', () => {
  check(`${begin}
start: { next: paint }
steps:
  paint: { task: Paint, by: bot, mode: ai-executed, writes: [picture], next: mark }
  mark: { task: Mark, by: erp, reads: [picture], marks: [picture], within: 1h, on: { error: post, timeout: late }, next: post }
  late: { review: Look, by: lead, reviews: [picture], outcomes: [seen], next: post }
  post: { task: Post, by: clerk, effects: [{ kind: publish, uses: [picture] }], next: repaint }
  #                                                ^^^^^^^ accountability/ai-content-marked: on one path it is not marked as made by AI
  repaint: { task: Paint again, by: helper, mode: ai-executed, reads: [picture], writes: [picture], next: post-again }
  post-again: { task: Post, by: clerk, effects: [{ kind: publish, uses: [picture] }], next: finish }
  #                                                      ^^^^^^^ accountability/ai-content-marked: which the AI 'helper' made in 'repaint', and on one path it is not marked
  finish: { end: Finished }
`);
});

test('text of public interest is exempt on a path where a human approved it, and there alone', () => {
  check(`${begin}
start: { next: write }
steps:
  write: { task: Write, by: bot, mode: ai-executed, writes: [news], next: check }
  check: { approval: Check, by: lead, covers: [news], within: 1d, on: { approve: print, modify: finish, reject: finish, timeout: post } }
  print: { task: Print, by: clerk, effects: [{ kind: publish, uses: [news] }], next: finish }
  post: { task: Post, by: clerk, effects: [{ kind: publish, uses: [news] }], next: finish }
  #                                                ^^^^^^^ accountability/ai-content-marked: 'post' publishes 'news', a text of public interest which the AI 'bot' made in 'write', and on one path it is not marked as made by AI, and no human has approved it. Add 'marks: [news]' to the step that marks it, or let a person approve it first.
  finish: { end: Finished }
`);
});

test('a deep fake needs a visible word on every path as well: a disclosure before, or what the step says itself', () => {
  check(`${begin}
start: { next: shoot }
steps:
  shoot: { task: Make a film, by: bot, mode: ai-executed, writes: [film], marks: [film], next: [{ label: tell, to: tell }, { label: do not, to: post }] }
  tell: { disclose: Say that it is made up, by: clerk, to: customer, says: [deep-fake], next: post }
  post: { task: Post, by: clerk, effects: [{ kind: publish, uses: [film] }], next: post-again }
  #                                                ^^^^^^^ accountability/ai-content-marked: on one path nobody is told that it is a deep fake. Disclose it visibly, with 'says' here or a 'disclose' step before.
  post-again: { task: Post, by: clerk, says: [deep-fake], to: customer, effects: [{ kind: publish, uses: [film] }], next: reshoot }
  reshoot: { task: Make it again, by: bot, mode: ai-executed, writes: [film], next: post-raw }
  post-raw: { task: Post, by: clerk, effects: [{ kind: publish, uses: [film] }], next: finish }
  #                                                    ^^^^^^^ accountability/ai-content-marked: it is not marked as made by AI. Add 'marks: [film]'
  finish: { end: Finished }
`);
  check(`${begin}
start: { next: shoot }
steps:
  shoot: { task: Make a film, by: bot, mode: ai-executed, writes: [film], next: post }
  post: { task: Post, by: clerk, effects: [{ kind: publish, uses: [film] }], next: finish }
  #                                                ^^^^^^^ accountability/ai-content-marked: it is not marked as made by AI, and nothing says visibly that it is a deep fake.
  finish: { end: Finished }
`);
});

test('silent: marked by the step that publishes or a parallel one, made by people, not published, or plain text', () => {
  check(`${begin}
start: { from: customer, gives: [banner], next: paint }
steps:
  paint: { task: Paint, by: bot, mode: ai-executed, writes: [picture, script], next: { all: [mark, shoot] } }
  mark: { task: Mark, by: erp, marks: [picture], next: post }
  shoot: { task: Shoot a film after the script, by: clerk, reads: [script], writes: [film], next: post }
  post: { task: Post, by: clerk, join: all, effects: [{ kind: publish, uses: [picture, film, banner] }], next: repaint }
  repaint: { task: Paint, by: bot, mode: ai-executed, writes: [picture], next: post-again }
  post-again: { task: Post, by: clerk, marks: [picture], effects: [{ kind: publish, uses: [picture] }, { kind: publish, uses: [script] }], next: keep }
  keep: { task: Paint and keep, by: bot, mode: ai-executed, writes: [banner], effects: [{ kind: record, uses: [banner] }], next: finish }
  finish: { end: Finished }
`);
});

test('a picture that comes from elsewhere is what its declaration in a library says', () => {
  check(`${begin.replace('use: [./people.aiwf.yaml]', 'use: [./people.aiwf.yaml, ./media.aiwf.yaml]')}
start: { from: customer, gives: [portrait, photo], next: post }
steps:
  post: { task: Post, by: clerk, effects: [{ kind: publish, uses: [portrait] }, { kind: publish, uses: [photo] }], next: finish }
  #                                                ^^^^^^^ accountability/ai-content-marked: 'post' publishes 'portrait', which an AI has made, and
  finish: { end: Finished }
#- media.aiwf.yaml
aiwf: 1
library: media
data:
  portrait: { class: public, media: image, origin: [ai] }
  photo: { class: public, media: image, origin: [human] }
`);
});

test('nothing is said of what is half typed', () => {
  const text = `${begin}
start: { next: paint }
steps:
  paint: { task: Paint, by: bot, mode: ai-executed, writes: [picture], next: post }
  post: { task: Post, by: clerk, marks: , effects: [{ kind: publish, uses: }, { kind: , uses: [picture] }], next: finish }
`;
  assert.deepEqual(
    findingsOf(text).filter(({ rule }) => rule === 'accountability/ai-content-marked'),
    [],
  );
});

test('the fix marks it at the step that publishes', () => {
  const title = "Mark 'picture' as made by AI here";
  const rest = (post: string) => `${begin}
start: { next: paint }
steps:
  paint: { task: Paint, by: bot, mode: ai-executed, writes: [picture], next: post }
  post:
    task: Post
    by: clerk # for now
${post}
    effects: [{ kind: publish, uses: [picture] }]
    next: finish
  finish: { end: Finished }
`;
  assert.equal(fixed(rest('    reads: [picture]'), title), '+     marks: [picture]');
  assert.equal(fixed(rest('    marks: [news]'), title), '-     marks: [news]\n+     marks: [news, picture]');
});
