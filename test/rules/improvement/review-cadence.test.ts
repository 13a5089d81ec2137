// improvement/review-cadence: the design says how often and by whom it is reviewed, and no review is overdue.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, findingsOf } = forRules('improvement/review-cadence');

const flow = `start: { next: write }
steps:
  write: { task: Write, by: clerk, within: 1d, next: finish, on: { timeout: finish } }
  finish: { end: Finished }
`;

test('a design that nobody reviews is said', () => {
  check(`aiwf: 1
workflow: write
#         ^^^^^ info improvement/review-cadence: Nothing says when this design is reviewed. Add 'review' with an interval and a person.
accountable: owner
use: [./people.aiwf.yaml]
${flow}`);
});

test('a review has an interval and a person', () => {
  check(`${head}review: { last: 2026-11-01 }
#^^^^^ improvement/review-cadence: The review of this design does not say how often ('every') or by whom ('by'). Add them.
${flow}`);
  check(`${head}review: { every: 90d, last: 2026-11-01 }
#^^^^^ improvement/review-cadence: The review of this design does not say by whom ('by'). Add it.
${flow}`);
});

test('an overdue review shows the sum, with months by the calendar', () => {
  check(`${head}review: { every: 90d, last: 2026-08-01, by: owner }
#                           ^^^^^^^^^^ improvement/review-cadence: The review of this design was due on 2026-10-30, 24 days ago: 2026-08-01 + 90d. Review it, and write down the day.
${flow}`);
  check(
    `${head}review: { every: 1mo, last: 2026-01-31, by: owner }
#                           ^^^^^^^^^^ improvement/review-cadence: was due on 2026-02-28, 1 day ago: 2026-01-31 + 1mo
${flow}`,
    { today: '2026-03-01' },
  );
  check(`${head}review: { every: 1mo, last: 2026-01-31, by: owner }\n${flow}`, { today: '2026-02-28' });
  check(`${head}review: { every: 2y, last: 2024-02-29, by: owner }\n${flow}`, { today: '2026-02-28' });
});

test('silent: in time, before it is in use, no longer in use, a library, a day that is not given', () => {
  check(`${head}review: { every: 90d, last: 2026-08-25, by: owner }\n${flow}`);
  check(`${head}status: draft\nreview: { every: 90d, last: 2020-01-01, by: owner }\n${flow}`);
  check(`${head}status: retired\n${flow}`);
  check(`aiwf: 1\nlibrary: people\nactors: { owner: { kind: human } }\n`);
  check(`${head}review: { every: 90d, by: owner }\n${flow}`);
  check(`${head}review: { every: letter.days, last: 2020-01-01, by: owner }\n${flow}`);
});

test('half-typed reviews are left to others', () => {
  for (const review of [
    'review:',
    'review: { every: , last: , by: }',
    'review: { every: often, last: lately, by: nobody }',
  ])
    assert.deepEqual(
      findingsOf(`${head}${review}\n${flow}`).filter(({ rule }) => rule.startsWith('improvement/')),
      [],
      review,
    );
});

test('nothing is judged by a day where no day is given', () => {
  assert.deepEqual(
    findingsOf(`${head}review: { every: 90d, last: 2999-01-01, by: owner }\n${flow}`).map(({ rule }) => rule),
    [],
  );
});
