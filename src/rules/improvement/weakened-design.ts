// Controls of the design that were weakened between two revisions: stop, duties, presets, parameters, stores, and what a
// step demands of those who judge.
import { statedDuration } from '../../analysis/step-time.ts';
import type { Step, Store, Workflow } from '../../language/model.ts';
import type { Range } from '../../language/source.ts';
import { standsAt } from '../evidence.ts';
import { added, hasGrown, hasShrunk, type Losses, shownIn } from './control-loss.ts';

/** Reports what the file, its stores and its steps no longer demand. */
export function weakenedDesign(before: Workflow, now: Workflow, lose: Losses): void {
  stopWeakened(before, now, lose);
  dutiesDropped(before, now, lose);
  for (const [id, store] of now.stores) {
    const old = before.stores.get(id);
    if (old) storeWeakened(old, store, now, lose);
  }
  for (const [id, step] of now.steps) {
    const old = before.steps.get(id);
    if (old) stepWeakened(old, step, before, now, lose);
  }
}

function head({ file, fields }: Workflow): Range {
  return fields?.workflow?.range ?? file.root?.range ?? { start: 0, end: 0 };
}

function stopWeakened({ fields: old }: Workflow, now: Workflow, lose: Losses): void {
  const [before, stop] = [old?.stop, now.fields?.stop];
  if (!before) return;
  if (!stop) {
    lose('workflow', head(now), 'the stop control is gone');
    return;
  }
  const range = stop.$.range;
  if (hasGrown(statedDuration(before.within)?.minutes, statedDuration(stop.within)?.minutes))
    lose('stop', stop.within?.range ?? range, "the time 'within' which everything stands grew");
  if (before.includesDelegates?.value === true && stop.includesDelegates?.value !== true)
    lose('stop', range, 'the stop control no longer includes delegates');
  const all = (scope: typeof stop.scope) => !scope || scope.some(({ word }) => word);
  const names = (scope: typeof stop.scope) => (scope ?? []).map(({ name }) => name);
  const missing = all(stop.scope)
    ? []
    : all(before.scope)
      ? ['workflow']
      : added(names(stop.scope), names(before.scope));
  if (missing.length > 0)
    lose('stop', stop.$.keyRange('scope') ?? range, `the stop control no longer reaches [${missing.join(', ')}]`);
}

function dutiesDropped({ fields: old }: Workflow, now: Workflow, lose: Losses): void {
  const pairs = (fields: Workflow['fields']) =>
    (fields?.sod ?? []).map((pair) =>
      pair
        .map(({ value }) => value)
        .sort()
        .join(' and '),
    );
  for (const pair of added(pairs(now.fields), pairs(old)))
    lose('workflow', now.fields?.$.keyRange('sod') ?? head(now), `the duties ${pair} may meet now`);
  const presets = (fields: Workflow['fields']) => (fields?.profile ?? []).map(({ value }) => value);
  for (const preset of added(presets(now.fields), presets(old)))
    lose('workflow', now.fields?.$.keyRange('profile') ?? head(now), `the preset '${preset}' is no longer asked for`);
  for (const name of added([...(now.fields?.parameters?.keys() ?? [])], [...(old?.parameters?.keys() ?? [])]))
    lose('workflow', now.fields?.$.keyRange('parameters') ?? head(now), `the parameter '${name}' is gone`);
}

function storeWeakened({ fields: old }: Store, store: Store, now: Workflow, lose: Losses): void {
  const { id, fields } = store;
  const say = (range: Range | undefined, what: string) => lose(`store:${id}`, standsAt(store, now, range), what);
  const keeps = fields.kind?.value === 'log' || fields.kind?.value === 'record';
  const least = (retain: typeof fields.retain) =>
    retain &&
    ('value' in retain ? (keeps ? statedDuration(retain)?.minutes : undefined) : statedDuration(retain.min)?.minutes);
  if (hasShrunk(least(old.retain), least(fields.retain)))
    say(fields.$.keyRange('retain'), `the retention of '${id}' shrank`);
  if (old.appendOnly?.value === true && fields.appendOnly?.value !== true)
    say(fields.$.keyRange('append-only'), `'${id}' is no longer append-only`);
  for (const key of ['writers', 'admins'] as const) {
    const names = (list: typeof fields.writers) => (list ?? []).map(({ name }) => name);
    const more = old[key] ? added(names(old[key]), names(fields[key])) : [];
    if (more.length > 0) say(fields.$.keyRange(key), `[${more.join(', ')}] joined the ${key} of '${id}'`);
  }
}

function stepWeakened({ fields: old }: Step, step: Step, before: Workflow, now: Workflow, lose: Losses): void {
  const { id, fields } = step;
  const say = (range: Range | undefined, what: string) => lose(id, range ?? step.range, what);
  const key = (name: string) => fields.$.keyRange(name);
  if (old.dual?.value === true && fields.dual?.value !== true) say(key('dual'), `two no longer judge in '${id}'`);
  if (hasShrunk(old.minMinutes?.value, fields.minMinutes?.value))
    say(key('min-minutes'), `the least time for one item in '${id}' shrank`);
  const controls = (list: typeof fields.controls) => (list ?? []).map(({ value }) => value);
  for (const control of added(controls(fields.controls), controls(old.controls)))
    say(key('controls'), `the control '${control}' of '${id}' is gone`);
  if (old.sandbox?.value === true && fields.sandbox?.value !== true) say(key('sandbox'), `'${id}' left its sandbox`);
  if (old.gate && !fields.gate) say(undefined, `the gate of '${id}' is gone`);
  else if (hasShrunk(old.gate?.atLeast?.value, fields.gate?.atLeast?.value))
    say(
      fields.gate?.atLeast?.range ?? key('gate'),
      `the threshold of the gate of '${id}' fell from ${shownIn(before, old.gate?.atLeast)} to ${shownIn(now, fields.gate?.atLeast)}`,
    );
  if (hasShrunk(old.sample?.share?.value, fields.sample?.share?.value))
    say(fields.sample?.share?.range, `the sample of '${id}' ${fields.sample ? 'shrank' : 'is gone'}`);
  logWeakened(old, step, before, now, say);
}

/** What is recorded of a step, with the default of its file. */
function logOf(fields: Step['fields'], workflow: Workflow) {
  const log = fields.log ?? workflow.fields?.defaults?.log;
  return log && 'to' in log ? log : undefined;
}

function logWeakened(
  old: Step['fields'],
  { id, fields, kind }: Step,
  before: Workflow,
  now: Workflow,
  say: (range: Range | undefined, what: string) => void,
): void {
  if (kind === 'route' || kind === 'end' || kind === 'wait' || kind === 'scope') return;
  const [was, is] = [logOf(old, before), logOf(fields, now)];
  if (!was) return;
  if (!is) {
    say(fields.$.keyRange('log'), `'${id}' is no longer logged`);
    return;
  }
  const names = (log: typeof is) => (log.fields ?? []).map(({ value }) => value);
  const gone = added(names(is), names(was));
  if (gone.length > 0) say(fields.$.keyRange('log'), `the log of '${id}' no longer records [${gone.join(', ')}]`);
}
