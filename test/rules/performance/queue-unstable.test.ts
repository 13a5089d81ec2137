// performance/queue-unstable: every step can do more in a day than comes to it, rework included.
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check } = forRules('performance/queue-unstable');

const people = `actors:
  writer: { kind: human, holders: 2, capacity: { minutes-per-day: 300, utilization: 0.5 } }
`;

test('work that needs more than all the time there is piles up', () => {
  check(`${head}${people}volume: { per-day: [20, 40] }
start: { next: write }
steps:
  write: { task: Write, by: writer, effort: [4m, 1h], next: check }
  check: { review: Check, by: writer, reviews: [letter], min-minutes: 5, on: { approve: sent, modify: sent, reject: { to: write, share: 50%, max: 1, exhausted: sent } } }
  sent: { end: Sent }
`);
  check(`${head}${people}volume: { per-day: [20, 40] }
start: { next: write }
steps:
  write: { task: Write, by: writer, effort: [12m, 1h], next: check }
  #                                 ^^^^^^ warning performance/queue-unstable: The work of 'writer' piles up: write 60 × 12m + check 60 × 5m = 1020m a day arrive, against 2 × 300m = 600m. Add people, or let less work come here.
  check: { review: Check, by: writer, reviews: [letter], min-minutes: 5, on: { approve: sent, modify: sent, reject: { to: write, share: 50%, max: 1, exhausted: sent } } }
  sent: { end: Sent }
`);
});

test('a run per period does what its batch holds, and no more; also behind a timeout that has a share', () => {
  check(`${head}volume: { per-day: 500 }
start: { next: ask }
steps:
  ask: { task: Ask, by: clerk, within: 1d, next: sent, on: { timeout: { to: letters, share: 40% } } }
  letters: { task: Print, by: erp, every: 1w, batch: 1000, next: sent, on: { error: sent } }
  #                                                  ^^^^ performance/queue-unstable: Work piles up before 'letters': 200 items a day arrive, and 1000 every 1w are done, 142.86 a day. Make the batch larger, or run it more often.
  sent: { end: Sent }
`);
});

test('an imported calendar says how long people can work at most', () => {
  check(`aiwf: 1
workflow: w
accountable: writer
use: [./desk.aiwf.yaml]
volume: { per-day: 100 }
start: { next: write }
steps:
  write: { task: Write, by: writer, effort: 8m, next: sent }
  #                                 ^^^^^^ performance/queue-unstable: write 100 × 8m = 800m a day arrive, against 1 × 600m = 600m
  sent: { end: Sent }
#- desk.aiwf.yaml
aiwf: 1
library: desk
calendars: { office: { days: mon-fri, hours: 08:00-18:00 } }
actors: { writer: { kind: human, holders: 1, calendar: office } }
`);
});

test('silent: runs that take whatever waits, a batch that is large enough, machines without a number', () => {
  check(`${head}volume: { per-day: 500 }
start: { next: print }
steps:
  print: { task: Print, by: erp, every: 1d, next: sort, on: { error: sent } }
  sort: { task: Sort, by: erp, every: 1d, batch: 500, next: file, on: { error: sent } }
  file: { task: File, by: erp, effort: 1h, next: sent, on: { error: sent } }
  sent: { end: Sent }
`);
});

test('silent: shares that nobody stated are not taken for all cases', () => {
  check(`${head}${people}volume: { per-day: 4000 }
start: { next: triage }
steps:
  triage: { decision: Triage, by: clerk, outcomes: [hard, easy], on: { hard: write, easy: sent } }
  write: { task: Write, by: writer, effort: 20m, next: sent }
  sent: { end: Sent }
`);
});

test('half-typed numbers are no numbers', () => {
  check(`${head}
actors: { writer: { kind: human, capacity: { minutes-per-day: } } }
#                                            ^^^^^^^^^^^^^^^ language/invalid-value
volume: { per-day: 4000 }
start: { next: write }
steps:
  write: { task: Write, by: writer, effort: 20m, every: 1d, batch: 4000, next: sent }
  sent: { end: Sent }
`);
});

test('silent: a role that nobody holds does nothing, and is a fault of its own', () => {
  check(`${head}actors: { writer: { kind: human, holders: 0, capacity: { minutes-per-day: 300 } } }
volume: { per-day: 4000 }
start: { next: write }
steps:
  write: { task: Write, by: writer, effort: 20m, next: sent }
  sent: { end: Sent }
`);
});
