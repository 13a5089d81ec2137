// data/clearance: data comes only to actors, providers of models, stores and logs that are cleared for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed, findingsOf } = forRules('data/clearance');

const start = `defaults: { accepts: quick, on: { error: finish, unavailable: finish } }
`;
const end = `  finish: { end: Finished }
`;

test('an actor that reads, judges or is handed data above its clearance is a fault, once for each step', () => {
  check(`${head}${start}start: { next: repair }
steps:
  repair: { task: Repair, by: shop, reads: [offer, claim], next: look }
  #                                                ^^^^^ data/clearance: 'shop' reads 'claim' (personal) in 'repair', but is cleared for internal data at most. Redact it before, or leave it out.
  look: { review: Look, by: shop, reviews: [claim], next: take }
  #                                         ^^^^^ data/clearance: 'shop' reads 'claim' (personal) in 'look'
  take: { task: Take, by: clerk, next: fetch }
  fetch: { task: Fetch, by: shop, accepts: { payload: [claim, letter], ack: 1h }, next: assist }
  #                               ^^^^^^^ data/clearance: 'shop' is handed 'claim' (personal) in 'fetch', but is cleared for internal data at most. Redact it before, or leave it out.
  assist: { task: Assist, by: clerk, assisted-by: [narrow], mode: ai-augmented, decides: clerk, reads: [claim], next: finish }
  #                                                                                                     ^^^^^ data/clearance: 'narrow' reads 'claim' (personal) in 'assist', but is cleared for public data at most.
${end}actors: { narrow: { kind: agent, sponsor: ai-lead, clearance: public } }
`);
});

test('an actor for which nothing is stated may see what is public: one fault for all it gets, nearest to the start', () => {
  const [finding] = check(`${head}${start}start: { next: write }
steps:
  book: { task: Book, by: erp, reads: [claim], next: finish }
  post: { task: Post, by: erp, reads: [offer, letter], next: book }
  #                                    ^^^^^ data/clearance: 'erp' reads 'offer' (internal) and 'letter' (internal) in 'post', and more in 'book', but has no clearance, so only public data may reach it. Give it a clearance, redact the data before, or leave it out.
  write: { task: Write, by: clerk, reads: [claim, offer], next: post }
${end}`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['start', 'write', 'post', 'start', 'write', 'post', 'book'],
  );
});

test('a fallback, and whoever an escalation brings in, sees what the step reads', () => {
  check(`${head}${start}start: { next: draft }
actors:
  writer: { kind: agent, sponsor: ai-lead, clearance: personal, fallback: cheap }
  cheap: { kind: agent, sponsor: ai-lead, clearance: internal }
steps:
  draft: { task: Draft, by: writer, mode: ai-executed, reads: [claim], within: 1d, escalate: { to: shop, after: 4h }, on: { timeout: late }, next: finish }
  #                                                            ^^^^^ data/clearance: 'cheap' reads 'claim' (personal) in 'draft', but is cleared for internal data at most
  #                                                            ^^^^^ data/clearance: 'shop' reads 'claim' (personal) in 'draft'
  late: { task: Late, by: shop, reads: [claim], next: finish }
  #                                     ^^^^^ data/clearance: 'shop' reads 'claim' (personal) in 'late'
${end}`);
});

test('what is made of sensitive data is sensitive, whatever is declared of it, and the path shows why', () => {
  const [finding] = check(`${head}${start}start: { gives: [claim], next: write }
steps:
  write: { task: Write, by: clerk, reads: [claim], writes: [offer], next: sum }
  sum: { task: Sum up, by: clerk, reads: [offer], writes: { letter: [offer] }, next: repair }
  repair: { task: Repair, by: shop, reads: [letter], next: finish }
  #                                         ^^^^^^ data/clearance: 'shop' reads 'letter' (personal, as it is made from 'claim') in 'repair', but is cleared for internal data at most. Redact it before, or leave it out, or say in 'writes' what it is really made from.
${end}`);
  assert.equal(finding?.witness[0]?.note, "has 'claim'");
});

test('only a redaction lowers it: of the data, of a part of it, or of a label; and only where it comes that way', () => {
  const between = (write: string) => `${head}${start}data: { file: { class: personal, labels: [payroll] } }
start: { gives: [claim, file], next: write }
steps:
  write: { task: Write, by: clerk, ${write}, next: repair }
  repair: { task: Repair, by: shop, reads: [letter], next: finish }
${end}`;
  for (const write of [
    'reads: [claim], redacts: [claim], writes: [letter]',
    'reads: [claim], redacts: [claim.story], writes: [letter]',
    'reads: [file], redacts: [payroll], writes: [letter]',
    'reads: [claim], redacts: [personal], writes: [letter]',
    'reads: [claim, offer], writes: { letter: [offer] }',
    'reads: [claim], writes: { letter: [] }',
  ])
    check(between(write));
  for (const write of [
    'reads: [claim, file], redacts: [file], writes: [letter]',
    'reads: [claim], redacts: [offer], writes: [letter]',
    'reads: [claim], validates: [claim], writes: [letter]',
  ])
    assert.equal(findingsOf(between(write)).length, 1, write);
});

test('a redacted copy that replaces the first one is what is read behind it, and not on the way past it', () => {
  check(`${head}${start}start: { gives: [claim], next: write }
steps:
  write: { task: Write, by: clerk, reads: [claim], writes: [letter], within: 1d, on: { timeout: finish }, next: black-out }
  black-out: { task: Black out, by: clerk, reads: [letter], redacts: [letter], writes: [letter], next: repair }
  repair: { task: Repair, by: shop, reads: [letter], next: finish }
${end}`);
  check(`${head}${start}start: { gives: [claim], next: write }
steps:
  write: { task: Write, by: clerk, reads: [claim], writes: [letter], next: black-out }
  black-out: { task: Black out, by: clerk, reads: [letter], redacts: [letter], writes: [letter], within: 1d, on: { timeout: repair }, next: repair }
  repair: { task: Repair, by: shop, reads: [letter], next: finish }
  #                                         ^^^^^^ data/clearance: 'shop' reads 'letter' (personal, as it is made from 'claim') in 'repair'
${end}`);
});

test('messages to someone, events that give data, and tools that show some bring it there as well', () => {
  check(`${head}${start}start: { next: tell }
actors: { seeker: { kind: agent, sponsor: ai-lead, clearance: internal, tools: { find: { effect: none, returns: [claim] } } } }
events: { told: { kind: message, to: shop, gives: [claim] } }
steps:
  tell: { task: Tell, by: clerk, effects: [{ kind: message, to: shop, external: true, uses: [letter, claim] }], next: emit }
  #                                                                                                  ^^^^^ data/clearance: 'shop' is sent 'claim' (personal) in 'tell'
  emit: { task: Emit, by: clerk, emits: [told], next: seek }
  #                                      ^^^^ data/clearance: 'shop' is sent 'claim' (personal) in 'emit'
  seek: { task: Seek, by: seeker, mode: ai-executed, uses: [find], next: pay }
  #                                                         ^^^^ data/clearance: 'seeker' is shown 'claim' (personal) in 'seek'
  pay: { task: Pay, by: clerk, reads: [claim], effects: [{ kind: payment, to: shop, uses: [claim] }, { kind: message, to: shop }], next: finish }
${end}`);
});

test('a store and a log keep what they are cleared for; one default log is one fault', () => {
  check(`${head}start: { next: put }
stores:
  open: { kind: record, clearance: internal }
  any: { kind: record }
  journal: { kind: log, clearance: internal }
defaults: { log: { to: journal, fields: [case, time, claim] } }
  #                                                  ^^^^^ data/clearance: 'journal' keeps 'claim' (personal) in 'put', and more in 'again', but is cleared for internal data at most.
steps:
  put: { task: Put, by: clerk, effects: [{ kind: record, to: open, uses: [claim] }, { kind: record, to: any, uses: [claim] }], next: again }
  #                                                                       ^^^^^ data/clearance: 'open' keeps 'claim' (personal) in 'put'
  again: { task: Again, by: clerk, next: plain }
  plain: { task: Plain, by: clerk, log: { to: journal, fields: [case, inputs] }, next: finish }
${end}`);
});

test('labels that a clearance does not list are a fault, but for those that only say what content is', () => {
  check(`${head}${start}start: { next: look }
actors: { narrow: { kind: agent, sponsor: ai-lead, clearance: { max: personal, labels: [payroll] } }, wide: { kind: agent, sponsor: ai-lead, clearance: personal } }
data:
  wages: { class: personal, labels: [payroll] }
  health: { class: personal, labels: [payroll, medical] }
  film: { class: public, labels: [deep-fake] }
steps:
  look: { task: Look, by: narrow, mode: ai-executed, reads: [wages, film, health], next: see }
  #                                                                       ^^^^^^ data/clearance: 'narrow' reads 'health' (personal and 'payroll' and 'medical') in 'look', but is cleared for the labels 'payroll' only
  see: { task: See, by: wide, mode: ai-executed, reads: [health], next: finish }
${end}`);
});

test('a model outside the regions, or trained on what it is sent, gets nothing but public data; an unknown region is unknown', () => {
  check(`${head}${start}start: { next: far }
actors:
  far-agent: { kind: agent, sponsor: ai-lead, clearance: { max: personal, regions: [eu] }, model: { provider: acme, id: m, region: us } }
  #                                                                                                                                ^^ data/clearance: 'far-agent' reads 'claim' (personal), and the model of 'far-agent' runs in 'us': it is cleared for 'eu' only. Move it there, or leave the data out.
  near: { kind: agent, sponsor: ai-lead, clearance: { max: personal, regions: [eu] }, model: { provider: acme, id: m, region: eu, trains-on-input: false } }
  somewhere: { kind: agent, sponsor: ai-lead, clearance: { max: personal, regions: [eu] }, model: { provider: acme, id: m } }
  #                                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^ data/clearance?: 'somewhere' reads 'claim' (personal) and is cleared for the region 'eu' only; where its model runs is not known. State the 'region' of the model.
  learner: { kind: agent, sponsor: ai-lead, clearance: personal, model: { provider: acme, id: m, trains-on-input: true } }
  #                                                                                                               ^^^^ data/clearance: 'learner' reads 'letter' (internal), and 'acme' trains on what this model is sent.
  reader: { kind: agent, sponsor: ai-lead, clearance: { max: personal, regions: [eu] }, model: { provider: acme, id: m, region: us, trains-on-input: true } }
data: { news: { class: public } }
steps:
  far: { task: Far, by: far-agent, mode: ai-executed, reads: [claim], next: close }
  close: { task: Close, by: near, mode: ai-executed, reads: [claim], next: some }
  some: { task: Some, by: somewhere, mode: ai-executed, reads: [claim], next: learn }
  learn: { task: Learn, by: learner, mode: ai-executed, reads: [letter], next: read }
  read: { task: Read, by: reader, mode: ai-executed, reads: [news], next: finish }
${end}`);
});

test('an actor and data of a library are judged where they meet', () => {
  check(`
aiwf: 1
workflow: w
accountable: owner
use: [./people.aiwf.yaml, ./more.aiwf.yaml]
start: { next: look }
steps:
  look: { task: Look, by: lab, reads: [sample], next: train }
  #                                    ^^^^^^ data/clearance: 'lab' reads 'sample' (special-category) in 'look', but has no clearance
  train: { task: Train, by: trainer, mode: ai-executed, reads: [sample], on: { error: finish, unavailable: finish }, next: finish }
  #                         ^^^^^^^ data/clearance: 'trainer' reads 'sample' (special-category), and the model of 'trainer' runs in 'us'
${end}
#- more.aiwf.yaml
aiwf: 1
library: more
actors:
  lab: { kind: vendor }
  trainer: { kind: agent, sponsor: boss, clearance: { max: special-category, regions: [eu] }, model: { id: m, region: us } }
  boss: { kind: human, holders: 1 }
data: { sample: { class: special-category } }
`);
});

test('what a called file does with the data it is given is seen at the call', () => {
  check(`${head}${start}start: { gives: [claim], next: order }
steps:
  order: { call: ./order.aiwf.yaml, with: { job: claim }, next: finish }
  #              ^^^^^^^^^^^^^^^^^ data/clearance: 'shop' reads 'order/job' (personal, as it is made from 'claim') in 'order/make'
${end}
#- order.aiwf.yaml
aiwf: 1
workflow: order
accountable: owner
use: [./people.aiwf.yaml]
data: { job: { class: internal } }
start: { gives: [job], next: make }
steps:
  make: { task: Make, by: shop, reads: [job, letter], next: tell }
  tell: { task: Tell, by: erp, reads: [letter], next: made }
  #                                    ^^^^^^ data/clearance: 'erp' reads 'letter' (internal) in 'tell'
  made: { end: Made }
`);
});

test('people of the house see everything, data without a class is not judged, and half-typed clearances are not either', () => {
  check(
    `${head}${start}start: { next: look }
actors:
  typing: { kind: system, clearance: }
  typing-too: { kind: system, clearance: { max: } }
  odd: { kind: }
  boxed: { kind: human, clearance: internal }
data: { memo: {}, film: { labels: [deep-fake] } }
steps:
  look: { task: Look, by: office, reads: [claim], next: two }
  two: { task: Two, by: [typing, typing-too], reads: [claim], next: three }
  three: { task: Three, by: odd, reads: [claim], next: four }
  four: { task: Four, by: erp, reads: [memo, film, unknown], next: five }
  five: { scope: Five, by: erp, reads: [claim], start: six, steps: { six: { task: Six, by: clerk } }, next: seven }
  seven: { task: Seven, by: boxed, reads: [claim], next: finish }
  #                                        ^^^^^ data/clearance: 'boxed' reads 'claim' (personal) in 'seven', but is cleared for internal data at most
  nobody: { task: Nobody comes here, by: erp, reads: [claim], next: finish }
${end}`,
    { only: ['data/clearance'] },
  );
});

test('what a step only reads can be left out, and an actor without a clearance gets one', () => {
  const text = (reads: string, more = '') => `${head}${start}start: { next: repair }
actors:
  depot: # at the airport
    kind: vendor
steps:
  repair: # out of house
    task: Repair
    by: ${more || 'shop'}
${reads}    next: finish
${end}`;
  assert.equal(
    fixed(text('    reads: [offer, claim] # both\n'), "Leave 'claim' out of 'repair'"),
    `-     reads: [offer, claim] # both
+     reads: [offer] # both`,
  );
  assert.equal(
    fixed(text('    reads:\n      - claim\n      - offer\n'), "Leave 'claim' out of 'repair'"),
    '-       - claim',
  );
  assert.equal(fixed(text('    reads: [claim]\n'), "Leave 'claim' out of 'repair'"), '-     reads: [claim]');
  assert.equal(
    fixed(text('    reads: [claim]\n', 'depot'), "Clear 'depot' for personal data"),
    '+     clearance: personal',
  );
  assert.deepEqual(
    findingsOf(text('    reads: [claim]\n    validates: [claim]\n')).map(({ fixes }) => fixes.length),
    [0],
  );
});
