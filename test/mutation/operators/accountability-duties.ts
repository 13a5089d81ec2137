// Faults of duties, authority, records and assessments.
import {
  type Design,
  drop,
  eachElement,
  eachEntry,
  eachStep,
  kindOf,
  listOf,
  mutant,
  type Operator,
  stepsOf,
} from '../operator.ts';
import { addPerson, dataOf, isByAgent, madeByAi, stepAt, stepsOfKind } from './sites.ts';

export const dutyOperators: readonly Operator[] = [
  {
    rule: 'accountability/segregation-of-duties',
    name: 'gives both duties to one role',
    // They judge what they have written, or may not judge at all; and two are one.
    also: [
      'oversight/self-review',
      'oversight/two-person',
      'accountability/authority-limit',
      'oversight/reviewer-competence',
    ],
    mutants: (design) =>
      conflicts(design).flatMap(({ first, second }) =>
        mutant(design, `${first} and ${second}`, (copy) => {
          const [a, b] = [stepAt(copy, first), stepAt(copy, second)];
          if (!a || !b || !isPersons(a, copy) || !isPersons(b, copy)) return false;
          if (kindOf(b) !== 'task') return false;
          b.by = a.by;
          const backup = copy.actors?.[a.by]?.backup;
          if (backup) b.on = { ...b.on, absent: b.on?.timeout };
        }),
      ),
  },
  {
    rule: 'accountability/segregation-of-duties',
    name: 'lets one person hold both roles',
    also: ['oversight/self-review', 'oversight/two-person', 'handoff/escalation-dead-end'],
    mutants: (design) =>
      conflicts(design).flatMap(({ first, second }) =>
        mutant(design, `${first} and ${second}`, (copy) => {
          const [a, b] = [copy.actors?.[stepAt(copy, first)?.by], copy.actors?.[stepAt(copy, second)?.by]];
          if (!a || !b || a === b || !Array.isArray(a.holders) || !Array.isArray(b.holders)) return false;
          b.holders = [...b.holders, a.holders[0]];
          drop(a, 'distinct-from');
          drop(b, 'distinct-from');
        }),
      ),
  },
  {
    rule: 'accountability/segregation-of-duties',
    name: 'lets whoever has one duty stand in for the other',
    also: [
      'oversight/self-review',
      'oversight/two-person',
      'accountability/authority-limit',
      'oversight/reviewer-competence',
    ],
    mutants: (design) =>
      conflicts(design).flatMap(({ first, second }) =>
        mutant(design, `${first} and ${second}`, (copy) => {
          const [a, b] = [stepAt(copy, first), stepAt(copy, second)];
          const standsIn = copy.actors?.[b?.by];
          if (!a || !b || !isPersons(a, copy) || !isPersons(b, copy) || !standsIn || a.by === b.by) return false;
          if (standsIn.backup || b.on?.absent) return false;
          standsIn.backup = a.by;
          drop(standsIn, 'distinct-from');
          drop(copy.actors[a.by], 'distinct-from');
        }),
      ),
  },
  {
    rule: 'accountability/segregation-of-duties',
    name: 'declares no duties where money moves',
    mutants: (design) =>
      mutant(design, 'sod', (copy) => {
        if (!copy.parameters?.['sod-required'] || !drop(copy, 'sod')) return false;
        for (const { step } of stepsOf(copy)) drop(step, 'duty');
      }),
  },
  {
    rule: 'accountability/sod-via-agent',
    name: 'lets whoever approves sponsor the agent',
    // They judge the work of their own agent.
    also: ['oversight/self-review', 'oversight/two-person'],
    mutants: (design) =>
      agentConflicts(design, (agent, by) => {
        agent.sponsor = by;
      }),
  },
  {
    rule: 'accountability/sod-via-agent',
    name: 'lets the agent act for whoever approves',
    also: ['oversight/self-review', 'oversight/two-person', 'agent/delegation-amplifies'],
    mutants: (design) =>
      agentConflicts(design, (agent, by) => {
        agent['on-behalf-of'] = by;
      }),
  },
  {
    rule: 'accountability/authority-limit',
    name: 'lowers what a judge may approve',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor) => {
        const limit = actor.authority?.approve;
        if (typeof limit !== 'string' || !/\d$/.test(limit)) return false;
        actor.authority.approve = limit.replace(/[\d.]+$/, '10');
      }),
  },
  {
    rule: 'accountability/authority-limit',
    name: 'forgets an answer in the authority of a judge',
    mutants: (design) =>
      eachEntry(design, 'actors', (actor, id, copy) => {
        const answers = Object.keys(actor.authority ?? {});
        const judges = stepsOfKind(copy, 'approval', 'decision').some(({ step }) => step.by === id);
        return judges && answers.length > 1 && drop(actor.authority, answers.at(-1) ?? '');
      }),
  },
  {
    rule: 'accountability/authority-limit',
    name: 'gives a judge authority for one answer only',
    mutants: (design) =>
      stepsOfKind(design, 'approval', 'decision').flatMap(({ id }) =>
        mutant(design, `step ${id}`, (copy) => {
          const actor = copy.actors?.[stepAt(copy, id)?.by];
          const step = stepAt(copy, id);
          const answers = Array.isArray(step?.outcomes) ? step.outcomes : Object.keys(step?.outcomes ?? { approve: 1 });
          if (actor?.kind !== 'human' || step?.escalate) return false;
          actor.authority = { [answers[0]]: true };
        }),
      ),
  },
  {
    rule: 'accountability/authority-limit',
    name: 'escalates to someone who may do no more',
    mutants: (design) =>
      eachStep(design, (step, _id, copy) => {
        const limit = copy.actors?.[step.by]?.authority;
        if (kindOf(step) !== 'approval' || typeof limit?.approve !== 'string' || step.escalate) return false;
        const { competence } = copy.actors[step.by];
        addPerson(copy, 'colleague', { authority: limit, competence });
        step.escalate = [{ to: 'colleague', after: '1d' }];
      }),
  },
  {
    rule: 'accountability/reasons-recorded',
    name: 'records no reasons of a decision',
    mutants: (design) =>
      weighty(design).flatMap(({ id }) =>
        mutant(design, `step ${id}`, (copy) => {
          const step = stepAt(copy, id);
          if (!step?.records) return false;
          step.records = ['who', 'when', 'role-of-ai'];
          const log = step.log ?? copy.defaults?.log;
          step.log = { ...log, fields: log.fields.filter((field: string) => field !== 'reason') };
          // What it writes may hold them as well.
          return !dataOf(Object.keys(step.writes ?? {})).some((data) =>
            JSON.stringify(copy.data[data]).includes('reason'),
          );
        }),
      ),
  },
  {
    rule: 'accountability/reasons-recorded',
    name: 'records nothing of what an AI had to do with it',
    mutants: (design) =>
      weighty(design).flatMap(({ id }) =>
        mutant(design, `step ${id}`, (copy) => {
          const step = stepAt(copy, id);
          const looked = [...dataOf(step?.reads), ...dataOf(step?.reviews)];
          const made = madeByAi(copy);
          if (!step?.records || !looked.some((data) => made.has(data))) return false;
          step.records = ['who', 'when', 'reasons'];
        }),
      ),
  },
  {
    rule: 'accountability/impact-assessment',
    name: 'names no assessment',
    mutants: (design) =>
      design.risk?.tier === 'high' ? mutant(design, 'assessments', (copy) => drop(copy, 'assessments')) : [],
  },
  {
    rule: 'accountability/impact-assessment',
    name: 'assesses it after it is in use',
    mutants: (design) =>
      assessed(design, (assessment) => {
        assessment.date = '2026-11-01';
      }),
  },
  {
    rule: 'accountability/impact-assessment',
    name: 'has another workflow assessed',
    mutants: (design) =>
      assessed(design, (assessment) => {
        assessment.covers = ['something-else'];
      }),
  },
  {
    rule: 'accountability/waiver-expiry',
    name: 'relies on a waiver that has run out',
    mutants: (design) => waived(design, { expires: '2026-10-31' }),
  },
  {
    rule: 'accountability/waiver-expiry',
    name: 'lets the owner of a waiver approve it',
    mutants: (design) => waived(design, { 'approved-by': design.accountable }),
  },
  {
    rule: 'accountability/waiver-expiry',
    name: 'lets whoever does the work approve the waiver',
    mutants: (design) =>
      stepsOfKind(design, 'task')
        .filter(({ step }) => design.actors?.[step.by]?.kind === 'human' && step.by !== design.accountable)
        .slice(0, 2)
        .flatMap(({ id, step }) => waived(design, { at: id, 'approved-by': step.by })),
  },
];

interface Conflict {
  readonly first: string;
  readonly second: string;
}

/** Steps with duties that must not meet, the later one second, as far as one leads on to the other. */
function conflicts(design: Design): Conflict[] {
  const steps = stepsOf(design).flatMap(({ id, step }) => listOf<string>(step.duty).map((duty) => ({ id, duty })));
  return listOf<[string, string]>(design.sod).flatMap(([one, other]) =>
    steps
      .filter(({ duty }) => duty === one)
      .flatMap((first) =>
        steps.filter(({ duty }) => duty === other).map((second) => ({ first: first.id, second: second.id })),
      )
      .filter(({ first, second }) => leadsTo(design, first, second)),
  );
}

/** Any text of a step's ways on names the other, or one that leads there. */
function leadsTo(design: Design, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const id of seen) {
    const step = stepAt(design, id);
    const text = JSON.stringify([step?.next, step?.on]);
    for (const other of stepsOf(design)) if (text.includes(`"${other.id}"`)) seen.add(other.id);
  }
  return from !== to && seen.has(to);
}

function isPersons(step: Design, design: Design): boolean {
  return design.actors?.[step.by]?.kind === 'human';
}

/** An agent with one duty, and people with the other. */
function agentConflicts(design: Design, change: (agent: Design, by: string) => unknown) {
  return conflicts(design).flatMap(({ first, second }) =>
    mutant(design, `${first} and ${second}`, (copy) => {
      const [a, b] = [stepAt(copy, first), stepAt(copy, second)];
      const agent = a && isByAgent(a, copy) ? copy.actors?.[a.by] : undefined;
      if (!agent || !b || !isPersons(b, copy)) return false;
      return change(agent, b.by);
    }),
  );
}

/** Decisions of weight about someone. */
function weighty(design: Design) {
  return stepsOfKind(design, 'decision', 'approval').filter(
    ({ step }) => step.subject && ['legal', 'significant'].includes(step.significance),
  );
}

/** Only the last assessment is left, and it is at fault. */
function assessed(design: Design, change: (assessment: Design) => unknown) {
  if (design.risk?.tier !== 'high') return [];
  return eachElement(design, 'assessments', (assessment, _index, copy) => {
    copy.assessments = [assessment];
    return change(assessment);
  });
}

/** A waiver with a fault, in a design where people do not need it. */
function waived(design: Design, fault: Design) {
  const people = Object.keys(design.actors ?? {}).filter((id) => design.actors[id].kind === 'human');
  const approver = people.find((id) => id !== design.accountable);
  if (!design.accountable || !approver) return [];
  return mutant(design, `at ${fault.at ?? 'workflow'}`, (copy) => {
    const good = { rule: 'structure/readability', at: 'workflow', reason: 'It is read every day' };
    const owned = { owner: copy.accountable, 'approved-by': approver, expires: '2027-06-30' };
    copy.waivers = [{ ...good, ...owned, ...fault }];
  });
}
