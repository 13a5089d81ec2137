// Controls that are lost between two revisions: rights that grow, thresholds, records, judgments that need less.
import {
  type Design,
  drop,
  eachEntry,
  eachStep,
  isAiStep,
  kindOf,
  listOf,
  type Mutant,
  mutant,
  type Operator,
  type Step,
  stepsOf,
} from '../operator.ts';
import { classes, rank } from './data-classes.ts';
import { isPassedTo } from './delegation.ts';
import { actsUnjudged, agentsAtWork, isUnjudgedAt } from './work.ts';

/** A regression: `also` names what the new revision breaks by itself. */
const lost = (name: string, mutants: (design: Design) => Iterable<Mutant>, also: readonly string[] = []): Operator => ({
  rule: 'improvement/control-regression',
  name,
  also,
  againstBase: true,
  mutants,
});

const eachAgent = (design: Design, change: (agent: Design, id: string, copy: Design) => unknown) =>
  agentsAtWork(design).flatMap((id) => mutant(design, id, (copy) => change(copy.actors[id], id, copy)));

/** The number at the end of a condition, ten times as high; false where none is compared with `<` or `<=`. */
function raised(condition: unknown): string | false {
  const match = /^(\S+ <=? )(\d+)$/.exec(String(condition));
  return match ? `${match[1]}${Number(match[2]) * 10}` : false;
}

const rights: readonly Operator[] = [
  lost(
    'gives an agent more autonomy',
    (design) =>
      eachAgent(design, (agent) => {
        const level = Number(String(agent.autonomy).slice(1));
        if (!(level < 5)) return false;
        agent.autonomy = `L${level + 1}`;
      }),
    // A higher level may be too high for the risk, and makes another agent of it.
    ['oversight/autonomy-within-tier', 'improvement/change-without-reeval'],
  ),
  lost('lets an agent send anywhere', (design) => eachAgent(design, (agent) => drop(agent, 'outbound'))),
  lost('lets a tool reach outside', (design) =>
    eachAgent(design, (agent) => {
      const tool = Object.values<Design>(agent.tools ?? {}).find((one) => one.effect === 'none' && !one.external);
      if (!tool) return false;
      tool.external = true;
    }),
  ),
  lost('clears someone for more', (design) =>
    eachEntry(design, 'actors', (actor) => {
      const max = actor.clearance?.max ?? actor.clearance;
      if (!max || max === 'special-category') return false;
      actor.clearance = { ...(actor.clearance.max ? actor.clearance : {}), max: classes[rank(max) + 1] };
    }),
  ),
  lost('clears an agent for one more region', (design) =>
    eachAgent(design, (agent) => agent.clearance?.regions?.push('elsewhere') ?? false),
  ),
  ...['cost', 'calls', 'tokens', 'wall', 'cumulative'].map((limit) =>
    lost(
      `drops the limit '${limit}' of an agent`,
      (design) => eachAgent(design, (agent) => drop(agent.limits, limit)),
      // The sum of many payments is then bounded by nothing.
      limit === 'cumulative' ? ['agent/budget-cap'] : [],
    ),
  ),
  lost('lets an agent call ten times as often', (design) =>
    eachAgent(design, (agent, id, copy) => {
      if (!agent.limits?.calls || isPassedTo(id, copy)) return false;
      agent.limits.calls *= 10;
    }),
  ),
  lost('lets a role decide ten times as much', (design) =>
    eachEntry(design, 'actors', (actor) => {
      const wider = raised(actor.authority?.approve);
      if (!wider) return false;
      actor.authority.approve = wider;
    }),
  ),
  lost('lets a role decide without a limit', (design) =>
    eachEntry(design, 'actors', (actor) => {
      if (!raised(actor.authority?.approve)) return false;
      actor.authority.approve = true;
    }),
  ),
  lost('lets a policy admit ten times as much', (design) =>
    eachEntry(design, 'policies', (policy) => {
      const wider = raised(policy.when);
      if (!wider) return false;
      policy.when = wider;
    }),
  ),
  lost('lets a policy hold for ever', (design) => eachEntry(design, 'policies', (policy) => drop(policy, 'expires'))),
  lost('lets a policy admit another kind of effect', (design) =>
    eachEntry(design, 'policies', (policy) => {
      policy.admits = [...listOf(policy.admits), 'delete'];
    }),
  ),
];

const whole: readonly Operator[] = [
  lost('takes longer to stop', (design) =>
    mutant(design, 'stop', (copy) => {
      if (!copy.stop?.within) return false;
      copy.stop.within = '2h';
    }),
  ),
  lost('lets two duties meet', (design) =>
    listOf<string[]>(design.sod).flatMap((pair, index) =>
      mutant(design, pair.join(' and '), (copy) => {
        copy.sod.splice(index, 1);
      }),
    ),
  ),
  lost('drops a parameter', (design) =>
    Object.keys(design.parameters ?? {}).flatMap((name) => mutant(design, name, (copy) => drop(copy.parameters, name))),
  ),
  lost('loosens what the design may do at most', (design) =>
    mutant(design, 'parameters', (copy) => {
      const levels = copy.parameters?.['max-autonomy'];
      const [tier] = Object.keys(levels ?? {}).filter((name) => levels[name] !== 'L5');
      if (!tier) return false;
      levels[tier] = 'L5';
    }),
  ),
  lost('keeps a store shorter', (design) =>
    eachEntry(design, 'stores', (store) => {
      const years = Number.parseInt(store.retain?.min, 10);
      if (!/y$/.test(store.retain?.min) || years < 2) return false;
      store.retain.min = `${years - 1}y`;
    }),
  ),
  lost(
    'lets a log be changed',
    (design) => eachEntry(design, 'stores', (store) => drop(store, 'append-only')),
    // Those who are recorded may be among those who write.
    ['visibility/log-tamper-separation'],
  ),
  lost('lets one more write into a store', (design) =>
    eachEntry(design, 'stores', (store, _id, copy) => {
      if (!store.writers || !copy.accountable || listOf(store.writers).includes(copy.accountable)) return false;
      store.writers = [...listOf(store.writers), copy.accountable];
    }),
  ),
  lost('no longer logs the reasons', (design) =>
    mutant(design, 'defaults', (copy) => {
      const { log } = copy.defaults ?? {};
      if (!log?.fields.includes('reason')) return false;
      log.fields = log.fields.filter((field: string) => field !== 'reason');
    }),
  ),
];

const steps: readonly Operator[] = [
  lost('looks at each item for a minute only', (design) =>
    eachStep(design, (step) => {
      if (!(step['min-minutes'] > 1)) return false;
      step['min-minutes'] = 1;
    }),
  ),
  lost('drops one of the controls of a judgment', (design) =>
    eachStep(design, (step) => {
      if (listOf(step.controls).length < 2) return false;
      step.controls = step.controls.slice(1);
    }),
  ),
  lost('lets one person judge what two did', (design) => eachStep(design, (step) => drop(step, 'dual')), [
    'oversight/two-person',
  ]),
  lost('lowers the threshold of a gate', (design) =>
    eachStep(design, (step) => {
      if (!step.gate?.['at-least']) return false;
      step.gate['at-least'] = 0.5;
    }),
  ),
  lost('looks at fewer samples', (design) =>
    eachStep(design, (step) => {
      if (!step.sample) return false;
      step.sample.share = '1%';
    }),
  ),
  lost(
    'takes work out of its sandbox',
    (design) => eachStep(design, (step) => drop(step, 'sandbox')),
    // What runs commands may then run them anywhere.
    ['agent/generated-code-unsandboxed'],
  ),
  lost(
    'goes on when nobody approves in time',
    (design) =>
      eachStep(design, (step, _id, copy) => {
        const to = step.on?.approve ?? step.next;
        if (
          kindOf(step) !== 'approval' ||
          !step.on?.timeout ||
          typeof to !== 'string' ||
          !leadsToEffect(to, step, copy)
        )
          return false;
        step.on.timeout = to;
      }),
    // Time that runs out is no approval in any revision, and nobody may have looked at the work of the AI at all.
    ['flow/timeout-fails-open', 'oversight/two-person', 'visibility/monitor-unsupervised-ai'],
  ),
  lost(
    'lets more cases past those who approve',
    (design) =>
      eachStep(design, (step, id, copy) => {
        const [branch, ...later] = listOf<Design>(Array.isArray(step.next) ? step.next : []).slice(-2);
        const wider = raised(branch?.when);
        const targets = later.map((link) => String(link.to ?? link.else));
        if (!wider || !copy.steps[id] || !actsUnjudged(copy, branch?.to)) return false;
        if (targets.some((to) => actsUnjudged(copy, to)) || !isUnjudgedAt(copy, id)) return false;
        if (branch) branch.when = wider;
      }),
    // A policy that admits the effect may not hold for them.
    ['oversight/irreversible-unapproved'],
  ),
  lost(
    'tells nobody of the AI when telling fails',
    (design) =>
      eachStep(design, (step, _id, copy) => {
        const next = stepsOf(copy).find(({ id }) => id === step.next)?.step;
        if (kindOf(step) !== 'disclose' || typeof step.on?.error !== 'string' || !next) return false;
        if (!isAiStep(next, copy)) return false;
        step.on.error = step.next;
      }),
    // On the way that is left, people are still told before the effects.
    ['flow/fallback-drops-control'],
  ),
];

/** The step that comes next uses in an effect what the approval covers. */
function leadsToEffect(to: string, { covers }: Step, design: Design): boolean {
  const next = stepsOf(design).find(({ id }) => id === to)?.step ?? {};
  return listOf<Design>(next.effects).some(({ uses }) => listOf(uses).some((data) => listOf(covers).includes(data)));
}

export const regressionOperators: readonly Operator[] = [...rights, ...whole, ...steps];
