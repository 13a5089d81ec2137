// Rights that grew between two revisions: autonomy, tools, grants, clearance and limits of actors, reach of policies.
import type { Analyses } from '../../analysis/analyses.ts';
import { type Actor, isAi, type Workflow } from '../../language/model.ts';
import type { Located, Range } from '../../language/source.ts';
import type { Duration } from '../../language/values.ts';
import { dataClasses } from '../../language/vocabulary.ts';
import { standsAt } from '../evidence.ts';
import { added, hasGrown, type Losses } from './control-loss.ts';
import { type IsWider, wideningOf } from './wider-conditions.ts';

/** Reports what actors and policies may do now and might not before. Those that are new are judged by other rules. */
export function grownRights(before: Analyses, now: Analyses, lose: Losses): void {
  const { workflow } = now;
  const { isWider } = wideningOf(before.conditions, now.conditions);
  for (const [id, actor] of workflow.actors) {
    const old = before.workflow.actors.get(id);
    if (!old) continue;
    const at = (range?: Range) => standsAt(actor, workflow, range);
    const say = (range: Range | undefined, what: string) => lose(`actor:${id}`, at(range), what);
    if (isAi(actor)) autonomyGrew(old, actor, say);
    toolsGrew(old, actor, say);
    if (old.fields.clearance) clearanceGrew(old, actor, say);
    limitsGrew(old, actor, say);
    authorityGrew(old, actor, isWider, say);
  }
  policiesGrew(before.workflow, workflow, isWider, lose);
}

type Say = (range: Range | undefined, what: string) => void;

function autonomyGrew({ fields: old }: Actor, { id, fields }: Actor, say: Say): void {
  const [before, now] = [old.autonomy?.value, fields.autonomy?.value];
  if (before && now && now > before)
    say(fields.autonomy?.range, `the autonomy of '${id}' rose from ${before} to ${now}`);
}

const effects = ['none', 'reversible', 'irreversible'];

function toolsGrew({ fields: old }: Actor, { id, fields }: Actor, say: Say): void {
  for (const [name, { key, value: tool }] of fields.tools ?? []) {
    const before = old.tools?.get(name);
    if (!before) {
      say(key.range, `'${id}' got the tool '${name}'`);
      continue;
    }
    const [was, is] = [before.value?.effect?.value ?? 'irreversible', tool?.effect?.value ?? 'irreversible'];
    if (effects.indexOf(is) > effects.indexOf(was))
      say(tool?.effect?.range ?? key.range, `the effect of the tool '${name}' of '${id}' grew from ${was} to ${is}`);
    for (const flag of ['external', 'outbound'] as const) {
      if (tool?.[flag]?.value === true && before.value?.[flag]?.value !== true)
        say(tool[flag]?.range, `the tool '${name}' of '${id}' became ${flag}`);
    }
  }
  const names = (of: Actor['fields']) =>
    (of.grants ?? []).map(({ name, field }) => (field === undefined ? name : `${name}.${field}`));
  for (const grant of added(names(old), names(fields))) {
    const mention = fields.grants?.find(
      ({ name, field }) => (field === undefined ? name : `${name}.${field}`) === grant,
    );
    say(mention?.range, `'${id}' got the grant '${grant}'`);
  }
  if (old.outbound && !fields.outbound) say(undefined, `'${id}' may send anywhere: 'outbound' is gone`);
}

const classes = Object.keys(dataClasses);

function clearanceGrew({ fields: old }: Actor, { id, fields }: Actor, say: Say): void {
  const [before, now] = [old.clearance, fields.clearance];
  const range = fields.$.keyRange('clearance');
  const [was, is] = [before?.max?.value, now?.max?.value];
  if (was && is && classes.indexOf(is) > classes.indexOf(was))
    say(now?.max?.range, `the clearance of '${id}' grew from ${was} to ${is}`);
  for (const key of ['labels', 'regions'] as const) {
    const texts = (list: readonly Located<string>[] | undefined) => (list ?? []).map(({ value }) => value);
    if (!before?.[key]) continue;
    const more = added(texts(before[key]), texts(now?.[key]));
    if (more.length > 0) say(range, `the clearance of '${id}' got the ${key} [${more.join(', ')}]`);
  }
}

function limitsGrew({ fields: old }: Actor, { id, fields }: Actor, say: Say): void {
  const [before, now] = [old.limits, fields.limits];
  if (!before) return;
  const range = fields.$.keyRange('limits');
  const grew = (name: string, was: number | undefined, is: number | undefined, at: Range | undefined) => {
    if (hasGrown(was, is)) say(at ?? range, `the limit '${name}' of '${id}' ${is === undefined ? 'is gone' : 'grew'}`);
  };
  grew('calls', before.calls?.value, now?.calls?.value, now?.calls?.range);
  grew('tokens', before.tokens?.value, now?.tokens?.value, now?.tokens?.range);
  const minutes = (wall: Located<Duration | { readonly field: unknown }> | undefined) =>
    wall && 'minutes' in wall.value ? wall.value.minutes : undefined;
  grew('wall', minutes(before.wall), minutes(now?.wall), now?.wall?.range);
  const sameMoney = before.cost?.value.currency === now?.cost?.value.currency || !now?.cost;
  if (sameMoney) grew('cost', before.cost?.value.value, now?.cost?.value.value, now?.cost?.range);
  const [was, is] = [before.cumulative?.amount?.value, now?.cumulative?.amount?.value];
  if (was && (!is || is.currency === was.currency))
    grew('cumulative', was.value, is?.value, now?.cumulative?.amount?.range);
}

/** Without `authority` a role may take every outcome, so dropping it is growth. */
function authorityGrew({ fields: old }: Actor, { id, fields }: Actor, isWider: IsWider, say: Say): void {
  if (!old.authority) return;
  if (!fields.authority) {
    say(undefined, `'${id}' may take every outcome: 'authority' is gone`);
    return;
  }
  for (const [outcome, { key, value }] of fields.authority) {
    const was = old.authority.get(outcome)?.value;
    const before = was?.text ?? 'false';
    const now = value?.text ?? 'false';
    if (now !== before && (before === 'false' || now === 'true' || isWider(was, value)))
      say(key.range, `the authority of '${id}' for '${outcome}' grew from '${before}' to '${now}'`);
  }
}

function policiesGrew(before: Workflow, now: Workflow, isWider: IsWider, lose: Losses): void {
  for (const [id, policy] of now.policies) {
    const old = before.policies.get(id);
    if (!old) continue;
    const say = (range: Range | undefined, what: string) => lose(`policy:${id}`, standsAt(policy, now, range), what);
    const kinds = (fields: typeof policy.fields) => (fields.admits ?? []).map(({ value }) => value);
    const more = added(kinds(old.fields), kinds(policy.fields));
    if (more.length > 0)
      say(policy.fields.$.keyRange('admits'), `the policy '${id}' admits [${more.join(', ')}] as well`);
    if (old.fields.when && !policy.fields.when) say(undefined, `the policy '${id}' holds always: 'when' is gone`);
    const { when } = policy.fields;
    if (isWider(old.fields.when, when))
      say(
        policy.fields.$.valueRange('when'),
        `the policy '${id}' admits more: '${old.fields.when?.text}' became '${when?.text}'`,
      );
    if (old.fields.expires && !policy.fields.expires) say(undefined, `the policy '${id}' no longer expires`);
  }
}
