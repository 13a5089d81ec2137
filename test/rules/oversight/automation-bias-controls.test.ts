// Where the risk is high, whoever decides on what an AI recommends is kept from just agreeing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('oversight/automation-bias-controls');

const start = `
defaults: { accepts: quick, on: { error: by-hand, unavailable: by-hand } }
start: { next: write }
steps:
  by-hand: { task: By hand, by: clerk, next: done }
  done: { end: Done }
  write: { task: Write, by: bot, mode: ai-executed, reads: [claim], writes: [letter], next: look }
`;
const high = `${head}risk: high${start}`;
const on = 'on: { approve: done, modify: done, reject: by-hand }';

test('a review, an approval and a decision without a control', () => {
  check(`${high}
  look: { review: Look, by: lead, reviews: [letter], on: { approve: more, modify: more, reject: by-hand } }
  #^^^ warning oversight/automation-bias-controls: In 'look' people judge 'letter', which an AI made, where the risk is high, and nothing keeps them from just agreeing. Add 'controls': independent-first, reason-on-agree, seeded-cases or rotation.
  more: { task: More, by: helper, mode: ai-executed, writes: [offer], next: release }
  release: { approval: Release, by: lead, covers: [offer], on: { approve: last, modify: done, reject: by-hand } }
  #^^^^^^ oversight/automation-bias-controls: 'offer'
  last: { task: More, by: helper, mode: ai-executed, writes: [claim.story], next: decide }
  decide: { decision: Decide, by: lead, subject: customer, reviews: [claim], outcomes: [grant, deny], on: { grant: done, deny: done } }
  #^^^^^ oversight/automation-bias-controls: 'claim'
`);
});

test('a control that does something else', () => {
  check(`${high}
  look: { review: Look, by: lead, reviews: [letter], controls: [independent], ${on} }
  #                                                  ^^^^^^^^ oversight/automation-bias-controls
`);
});

test('many items at once, and silence that counts as approval', () => {
  check(`${high}
  look:
    review: Look
    by: lead
    reviews: [letter]
    controls: [seeded-cases]
    batch: 20
    #^^^^ oversight/automation-bias-controls: In 'look' 20 items of 'letter', which an AI made, are judged at once where the risk is high. Have each judged by itself: remove 'batch'.
    within: 1d
    on: { approve: done, modify: done, reject: by-hand, timeout: done }
    #                                                   ^^^^^^^ oversight/automation-bias-controls: When nobody judges 'letter' in time, 'look' goes on as if it were approved
`);
});

test('the AI is an imported one, or stands in for another one', () => {
  check(`${head.replace(']', ', ./ai.aiwf.yaml]')}risk: high
${start.replace('by: bot', 'by: robo')}
  look: { review: Look, by: lead, reviews: [letter], ${on} }
  #^^^ oversight/automation-bias-controls
#- ai.aiwf.yaml
aiwf: 1
library: ai
actors: { boss: { kind: human }, robo: { kind: agent, sponsor: boss } }
`);
});

test('silent: one of the controls is declared', () => {
  for (const control of ['independent-first', 'reason-on-agree', 'seeded-cases', 'rotation', 'independent, rotation'])
    check(`${high}\n  look: { review: Look, by: lead, reviews: [letter], controls: [${control}], ${on} }\n`);
});

test('silent: the risk is not high, nothing of an AI is judged, or an AI judges', () => {
  const look = `  look: { review: Look, by: lead, reviews: [letter], ${on} }\n`;
  check(`${head}${start}${look}`);
  check(`${head}risk: limited${start}${look}`);
  check(`${high.replace('by: bot, mode: ai-executed', 'by: clerk')}${look}`);
  check(`${high}  look: { review: Look, by: helper, mode: ai-executed, reviews: [letter], next: by-hand }\n`);
});

test('silent: a batch of one, and silence that leads to a person or, with an effect behind it, to another rule', () => {
  check(`${high}
  look: { review: Look, by: lead, reviews: [letter], controls: [rotation], batch: 1, within: 1d, on: { approve: post, modify: post, reject: by-hand, timeout: post } }
  post: { task: Post, by: erp, effects: [{ kind: message, to: customer, external: true, uses: [letter] }], next: more }
  more: { task: More, by: bot, mode: ai-executed, writes: [offer], next: check }
  check: { review: Check, by: lead, reviews: [offer], controls: [rotation], within: 1d, on: { approve: done, modify: done, reject: by-hand, timeout: by-hand } }
`);
});

test('silent: a control that cannot be read is said there', () => {
  check(`${high}
  look: { review: Look, by: lead, reviews: [letter], controls: [rotations], ${on} }
  #                                                             ^^^^^^^^^ language/invalid-value
`);
});

test('the fix asks for a reason also when agreeing', () => {
  assert.equal(
    fixed(
      `${high}
  look:
    review: Look # carefully
    by: lead
    reviews: [letter]
    ${on} # and then
`,
      'Ask for a reason also when agreeing',
    ),
    '+     controls: [reason-on-agree]',
  );
});
