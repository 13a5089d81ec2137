// Upper bounds of the time of a step, in the words they were written in; what is not stated is unknown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutesText, plus, repeated, type StepTime, timeOf } from '../../src/analysis/step-time.ts';
import { analysesOf } from './graph-reading.ts';

/** `4h`, `1d office`, `4h + 7d`, or `? why`. */
function shown({ parts, unknown }: StepTime): string {
  const words = parts.map(
    ({ text, times, calendar }) => `${times > 1 ? `${times} × ` : ''}${text}${calendar ? ` ${calendar.id}` : ''}`,
  );
  return `${words.join(' + ') || '0'}${unknown ? ` ? ${unknown.because}` : ''}`;
}

function time(step: string, outcome?: string): string {
  const { graph } = analysesOf(`aiwf: 1
workflow: w
calendars: { office: { days: mon-fri, hours: 08:00-18:00 }, late: { days: mon-wed, hours: 12:00-18:00 }, open: { days: mon-fri } }
actors:
  anna: { kind: human, calendar: office }
  bert: { kind: human, calendar: late }
  cleo: { kind: human }
  dora: { kind: human, calendar: open }
  robot: { kind: system }
  bot: { kind: agent }
data: { claim: { class: public, fields: { days: number } } }
events: { called: { kind: signal } }
start: { next: s }
steps:
  s: ${step}
  z: { end: Z }
`);
  const node = graph.nodes.find(({ kind, step: of }) => kind === 'step' && of?.id === 's');
  return shown(timeOf(node ?? assert.fail(), graph.workflow, outcome));
}

test('the time of a step is its `for`, else its `within`, else nothing for machines and points, else unknown', () => {
  const table: readonly (readonly [string, string])[] = [
    ['{ wait: W, for: 14d }', '14d'],
    ['{ wait: W, until: called, within: 2h }', '2h'],
    ['{ wait: W, until: called }', "0 ? 's' has no 'within'"],
    ['{ task: T, by: cleo, within: 1d12h }', '1d12h'],
    ['{ task: T, by: cleo, within: PT48H }', '48h'],
    ['{ task: T, by: cleo }', "0 ? 's' has no 'within'"],
    ['{ task: T, by: bot, mode: ai-executed }', "0 ? 's' has no 'within'"],
    ['{ task: T, by: robot }', '0'],
    ['{ task: T, by: [robot, cleo] }', "0 ? 's' has no 'within'"],
    ['{ task: T }', "0 ? 's' has no 'within'"],
    ['{ route: R }', '0'],
    ['{ disclose: D, by: bot }', '0'],
    ['{ decision: D, rule: ./x.dmn }', '0'],
    ['{ decision: D, by: cleo, rule: ./x.dmn }', "0 ? 's' has no 'within'"],
    ['{ end: E }', '0'],
  ];
  for (const [step, expected] of table) assert.equal(time(step), expected, step);
});

test('a run per period and tries come on top, unless a time limit covers them', () => {
  assert.equal(time('{ task: T, by: robot, every: 7d }'), '7d');
  assert.equal(time('{ task: T, by: robot, every: 7d, within: 8d }'), '8d');
  assert.equal(time('{ task: T, by: cleo, every: 7d }'), "7d ? 's' has no 'within'");
  assert.equal(time('{ task: T, by: robot, retry: { max: 3, backoff: 10m } }'), '3 × 10m');
  assert.equal(time('{ task: T, by: robot, retry: { backoff: 10m } }'), "0 ? 's' has no 'within'");
});

test('a contest has the time to file, and the time to judge from then on', () => {
  const contest = '{ contest: C, by: cleo, file-within: 14d, within: 7d }';
  assert.equal(time(contest), '14d + 7d');
  assert.equal(time(contest, 'not-filed'), '14d');
});

test('time is the working time of who performs, and of the slowest where several may', () => {
  assert.equal(time('{ task: T, by: anna, within: 4h }'), '4h office');
  assert.equal(time('{ task: T, by: [anna, bert], within: 4h }'), '4h late');
  assert.equal(time('{ task: T, by: dora, within: 4h }'), "0 ? the working hours of who performs 's' are not known");
  assert.equal(time('{ task: T, by: cleo, within: claim.days }'), "0 ? 'within' of 's' is read from data");
});

test('sums keep what is not known; minutes are written as people write them', () => {
  const one: StepTime = { parts: [], unknown: { step: 's', because: 'why' } };
  const two: StepTime = {
    parts: [{ step: 's', text: '4h', times: 1, working: 0, onClock: 240, calendar: undefined }],
    unknown: undefined,
  };
  assert.equal(shown(plus(two, one)), '4h ? why');
  assert.equal(shown(repeated(two, 3)), '3 × 4h');
  assert.equal(shown(repeated(two, 0)), '0');
  assert.deepEqual(
    [0, 0.2, 59, 60, 1500, 1440].map((minutes) => minutesText(minutes)),
    ['0m', 'less than 1m', '59m', '1h', '1d1h', '1d'],
  );
  assert.equal(minutesText(660, 600), '1d1h');
});
