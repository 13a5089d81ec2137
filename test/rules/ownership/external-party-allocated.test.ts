// ownership/external-party-allocated: who works from outside has an owner inside, a contract, and a way on without them.
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('ownership/external-party-allocated');

function work(vendor: string, step: string, mark = '', top = ''): string {
  return `${head}${top}
actors:
  maker: { kind: vendor, ${vendor} }
${mark}start: { next: make }
steps:
  ${step}
  other: { task: Do it here, by: clerk, next: finish }
  finish: { end: Finished }
`;
}

const full = 'agreements: [frame-contract], exit: other';
const make = 'make: { task: Make it, by: maker, next: finish }';

test('a supplier without a contract, said once however many steps', () => {
  check(
    work(
      'exit: other',
      `${make.replace('next: finish', 'next: make-2')}\n  make-2: { task: Make more, by: maker, next: finish }`,
      "# ^^^^^ warning ownership/external-party-allocated: 'maker' performs 'make', and no contract with this supplier is named. Add 'agreements'.\n",
    ),
  );
});

test('a supplier without an exit, and nothing else that leads on', () => {
  check(
    work(
      'agreements: [frame-contract]',
      `${make}
  #                          ^^^^^ ownership/external-party-allocated: When 'maker' is lost, nobody goes on with 'make'. Give the supplier an 'exit', or the step a 'within' and a way on.`,
    ),
  );
});

test('a time limit whose end is just the end of the case leads on to nobody', () => {
  check(
    work(
      'agreements: [frame-contract]',
      `make: { task: Make it, by: maker, within: 5d, next: finish, on: { timeout: finish } }
  #                          ^^^^^ ownership/external-party-allocated: nobody goes on`,
    ),
  );
});

test('silent: an exit, another performer, an outcome or an escalation that leads to someone else', () => {
  check(work(full, make));
  const some = 'agreements: [frame-contract]';
  check(work(some, make.replace('by: maker', 'by: [maker, clerk]')));
  check(work(some, make.replace('next: finish', 'within: 5d, next: finish, on: { timeout: other }')));
  check(
    work(
      some,
      make.replace(
        'next: finish',
        'within: 5d, escalate: [{ to: clerk, after: 1d }], next: finish, on: { timeout: finish }',
      ),
    ),
  );
  check(work(some, make.replace('next: finish', 'next: finish, on: { error: other }')));
});

test('silent: nobody from outside works here, or the one who does is never reached', () => {
  check(work('title: Maker', 'make: { task: Make it, by: clerk, next: finish }'));
  check(
    work(
      'title: Maker',
      'make: { task: Make it, by: clerk, next: finish }\n  never: { task: Never, by: maker, next: finish }',
    ),
  );
  check(work('title: Maker', 'make: { task: Ask, by: customer, next: finish }'));
});

test('half-typed keys say nothing', () => {
  check(
    work('agreements: {}, exit: other', make, '').replace(
      'exit: other }\n',
      'exit: other }\n  #                                  ^^ language/invalid-value\n',
    ),
  );
  check(
    work('agreements: [frame-contract], exit: nowhere', make).replace(
      'exit: nowhere }\n',
      'exit: nowhere }\n  #                                                          ^^^^^^^ structure/unresolved-reference\n',
    ),
  );
});

test('whoever is accountable for work from outside is inside', () => {
  check(
    work(
      full,
      `make: { task: Make it, by: maker, accountable: customer, next: finish }
  #                                              ^^^^^^^^ ownership/external-party-allocated: 'maker' performs 'make', and 'customer', who is accountable for it, is outside as well. Make someone of yours accountable.`,
    ),
  );
  check(work(full, make.replace('by: maker', 'by: maker, accountable: lead')));
});

test('a supplier of an imported file is shown where it is named', () => {
  check(`${head}start: { next: make }
steps:
  make: { task: Make it, by: shop, within: 1d, next: finish, on: { timeout: other } }
  #                          ^^^^ ownership/external-party-allocated: no contract with this supplier is named.
  other: { task: Do it here, by: clerk, next: finish }
  finish: { end: Finished }
`);
});
