// handoff/rejectable: a person who is handed work can refuse it, and what is refused goes back or to an owner.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check: checkText, fixed, findingsOf } = forRules('handoff/rejectable');

const frame = `${head}
start: { next: draft }
`;
const rest = `  by-hand: { task: By hand, by: owner, next: finish }
  finish: { end: Finished }
`;

function check(steps: string, declarations = '') {
  return checkText(`${frame}${declarations}steps:${steps}${rest}`);
}

const draft =
  'draft: { task: Draft, by: bot, mode: ai-executed, writes: [letter], next: edit, on: { error: by-hand, unavailable: by-hand } }';

test('a person who gets work from an AI and cannot say no has to take whatever comes', () => {
  const [finding] = check(`
  ${draft}
  edit: { task: Edit, by: clerk, reads: [letter], accepts: { ack: 1h }, next: finish }
  #                                               ^^^^^^^ warning handoff/rejectable: 'clerk' cannot refuse what comes from 'bot' to 'edit'. Say with 'on-reject' in 'accepts' where refused work goes.
`);
  assert.deepEqual(
    finding?.witness.map(({ step }) => step),
    ['draft', 'edit'],
  );
});

test('over a route, from another team or a supplier, and by a contract of an imported file', () => {
  check(`
  draft: { task: Draft, by: shop, writes: [letter], next: sort }
  sort: { route: Sort, next: edit }
  edit: { task: Edit, by: clerk, reads: [letter], accepts: quick, next: finish }
  #                                               ^^^^^^^ handoff/rejectable: 'clerk' cannot refuse what comes from 'shop' to 'edit'
`);
  check(
    `
  draft: { task: Draft, by: anna, writes: [letter], next: edit }
  edit: { task: Edit, by: clerk, reads: [letter], next: finish }
# ^^^^ handoff/rejectable: 'clerk' cannot refuse what comes from 'anna' to 'edit'
`,
    'actors: { anna: { kind: human, team: sales }, sales: { kind: team, lead: anna } }\n',
  );
});

test('a refusal that comes back to the same step is none', () => {
  check(`
  ${draft}
  edit: { task: Send, by: clerk, reads: [letter], accepts: { ack: 1h, on-reject: note }, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
  #                                                                              ^^^^ handoff/rejectable: What 'clerk' refuses comes back to 'edit' and takes effect there all the same
  note: { task: Note it, by: erp, next: edit, on: { error: by-hand } }
`);
});

test('no fault: a refusal in the contract, on the edge, or as an outcome of the judgment', () => {
  check(`
  ${draft}
  edit: { task: Edit, by: clerk, reads: [letter], accepts: { ack: 1h, on-reject: sender }, next: finish }
`);
  check(`
  ${draft.replace('next: edit', 'next: { to: edit, handoff: { ack: 1h, on-reject: by-hand } }')}
  edit: { task: Edit, by: clerk, reads: [letter], next: finish }
`);
  check(`
  ${draft}
  edit: { approval: Check, by: lead, covers: [letter], on: { approve: finish, modify: finish, reject: by-hand } }
`);
  check(`
  ${draft}
  edit: { review: Check, by: lead, reviews: [letter], outcomes: [fine, poor], on: { fine: finish, poor: by-hand } }
`);
});

test('no fault: who refuses does something else instead', () => {
  check(`
  ${draft}
  edit: { task: Send, by: clerk, reads: [letter], accepts: { ack: 1h, on-reject: own }, effects: [{ kind: message, external: true, uses: [letter] }], next: finish }
  own: { task: Call instead, by: clerk, effects: [{ kind: call, external: true, uses: [claim] }], next: finish }
`);
});

test('no fault: no handoff, what outsiders ask and systems file, what an AI gets, and an escalation', () => {
  check(`
  draft: { task: Draft, by: clerk, writes: [letter], next: edit }
  edit: { task: Edit, by: lead, reads: [letter], next: finish }
`);
  checkText(`${frame.replace('start: { next: draft }', 'start: { on: message, from: customer, next: draft }')}steps:
  draft: { task: Look, by: clerk, reads: [claim], next: book }
  book: { task: Book, by: erp, next: file, on: { error: by-hand } }
  file: { task: File, by: clerk, next: ask }
  ask: { task: Ask, by: bot, mode: ai-executed, next: finish, on: { error: by-hand, unavailable: by-hand, timeout: by-hand }, within: 1h }
${rest}`);
});

test('while the contract is a typing error, only that is said', () => {
  check(`
  ${draft}
  edit: { task: Edit, by: clerk, reads: [letter], accepts: quik, next: finish }
  #                                                        ^^^^ structure/unresolved-reference: No handoff contract 'quik' is declared. Did you mean 'quick'?
`);
});

test('the fix sends refused work to a task of whoever is accountable', () => {
  const text = (accepts: string) => `${frame}steps:
  ${draft}
  edit:
    task: Edit # by hand
    by: clerk
    reads: [letter]
${accepts}    next: finish
${rest}`;
  const title = "Let refused work go to 'by-hand'";
  assert.equal(
    fixed(text('    accepts: { ack: 1h } # soon\n'), title),
    `-     accepts: { ack: 1h } # soon
+     accepts: { ack: 1h, on-reject: by-hand } # soon`,
  );
  assert.equal(
    fixed(text('    accepts: quick\n'), title),
    `-     accepts: quick
+     accepts: [quick, { on-reject: by-hand }]`,
  );
  assert.equal(fixed(text(''), title), `+     accepts: { on-reject: by-hand }`);
  assert.deepEqual(
    findingsOf(text('    accepts: { ack: 1h }\n').replace('by: owner', 'by: clerk')).flatMap(({ fixes }) => fixes),
    [],
  );
});
