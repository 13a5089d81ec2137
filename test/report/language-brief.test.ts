// The language in short: whole, short enough for a prompt, and about everything that the vocabulary knows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actorKinds, stepKeys, stepKinds, topLevelKeys } from '../../src/language/vocabulary.ts';
import { describeLanguage, languageKeys, languageTopics, wholeLanguage } from '../../src/report/language-brief.ts';
import { rules } from '../../src/rules/registry.ts';

/** About four characters make a token, so the whole takes some six thousand. */
const longestOverview = 26_000;
const longestTopic = 14_000;

const textOf = (topic?: string): string => describeLanguage(topic)?.text ?? '';

test('the whole language fits into a prompt and names every key', () => {
  const text = textOf();
  assert.ok(text.length < longestOverview, `${text.length} characters`);
  const isNamed = (key: string) => new RegExp(`(^- |[ ,:])${key}(:|,|$)`, 'm').test(text);
  assert.deepEqual(
    languageKeys().filter((key) => !isNamed(key) && !Object.hasOwn(stepKinds, key)),
    [],
  );
  for (const kind of Object.keys(stepKinds)) assert.match(text, new RegExp(`^- ${kind}: `, 'm'));
});

test('every topic and every key says something, in bounded length', () => {
  assert.ok(languageTopics().length > 50 && languageKeys().length > 100);
  for (const topic of [...languageTopics(), ...languageKeys()].filter((name) => name !== wholeLanguage)) {
    const { length } = textOf(topic);
    assert.ok(length > 20 && length < longestTopic, `${topic}: ${length} characters`);
  }
});

test('a kind of step has the keys it can have', () => {
  const approval = textOf('approval');
  assert.match(approval, /^- covers: /m);
  assert.match(approval, /^- approval: text\. A human with authority/m);
  assert.doesNotMatch(approval, /^- (task|until): /m);
  const wait = textOf('wait');
  assert.match(wait, /^- until: /m);
  assert.doesNotMatch(wait, /^- covers: /m);
  assert.doesNotMatch(textOf('human'), /^- model: /m);
  assert.match(textOf('agent'), /^- model: /m);
  assert.equal(Object.keys(actorKinds).length, 6);
});

test('a key says value, default, example, kinds and words', () => {
  assert.match(textOf('within'), /a duration such as 30m.*not for route, end\. Time limit.*Example: 4h\./);
  assert.match(textOf('mode'), /\n {2}- ai-executed: The AI performs, no human performer\./);
  assert.match(textOf('owner-until-ack'), /Default: sender\./);
  assert.match(textOf('workflow'), /a key of file/);
});

test('plural sections, rules and configuration are topics as well', () => {
  assert.equal(textOf('actors'), textOf('actor'));
  assert.equal(textOf('steps'), textOf('step'));
  assert.equal(textOf('handoffs'), textOf('handoff contract'));
  for (const { id } of rules) assert.ok(textOf('rules').includes(`- ${id} (`), id);
  assert.match(textOf('configuration'), /- profile: .*Default: \[recommended\]/);
  assert.ok(Object.keys(stepKeys).length + Object.keys(topLevelKeys).length < languageKeys().length);
});

test('what the language does not know is no topic, also names that every object has', () => {
  for (const topic of ['', 'no-such-key', 'constructor', '__proto__', 'toString'])
    assert.equal(describeLanguage(topic), undefined, topic);
});
