// Workflows made by a program: texts of any size in several shapes, to find what takes too long.

/** How the steps of a generated workflow hang together. */
export const workflowShapes = ['mixed', 'chain', 'choices', 'parallel', 'fork-join', 'loops', 'effects'] as const;
export type WorkflowShape = (typeof workflowShapes)[number];

/** The text of a workflow of about `size` steps; the same arguments give the same text. */
export function workflowText(shape: WorkflowShape, size: number): string {
  const rows = stepsOf[shape](size);
  const data = Array.from(
    { length: dataCount(size) },
    (_, i) => `  data_${i}: { class: internal, fields: { amount: number, ok: boolean } }`,
  );
  return [head, 'data:', ...data, 'start: { on: manual, from: customer, gives: [data_0], next: s0 }', 'steps:', ...rows]
    .join('\n')
    .concat('\n');
}

const head = `aiwf: 1
workflow: generated
title: Made by a program
accountable: lead
actors:
  customer: { kind: external, clearance: personal }
  lead:     { kind: human, holders: 2, team: office }
  clerk:    { kind: human, holders: 3, backup: lead }
  office:   { kind: team, lead: lead }
  writer:
    kind: agent
    sponsor: lead
    identity: writer-1
    model: { provider: example, id: writer, version: "2026-09-01" }
    autonomy: L3
  ledger:   { kind: system }
policies:
  small: { admits: [payment], when: data_0.amount <= 500, owner: lead }
stop: { by: lead, scope: workflow, safe-state: failed, within: 60s }`;

function dataCount(size: number): number {
  return Math.max(1, Math.ceil(size / 4));
}

const exceptions = 'error: help, unavailable: help, timeout: help';

/** Every shape ends with the same steps for what goes wrong. */
function withEnds(rows: readonly string[], last: string): readonly string[] {
  return [
    ...rows,
    `  ${last}: { end: Done }`,
    '  help:',
    '    task: Sort it out by hand',
    '    by: lead',
    '    accepts: { ack: 1d }',
    `    next: ${last}`,
    '  failed: { end: Stopped, outcome: failed, informed: lead }',
  ];
}

function aiTask(id: number, next: string, size: number): readonly string[] {
  const data = dataCount(size);
  return [
    `  s${id}:`,
    `    task: Draft part ${id}`,
    '    by: writer',
    '    mode: ai-executed',
    `    reads: [data_${id % data}]`,
    `    writes: [data_${(id + 1) % data}]`,
    '    within: 4h',
    '    accepts: { ack: 30m }',
    `    next: ${next}`,
    `    on: { ${exceptions} }`,
  ];
}

function approval(id: number, next: string, size: number, back: string): readonly string[] {
  const data = dataCount(size);
  return [
    `  s${id}:`,
    `    approval: Check part ${id}`,
    '    by: clerk',
    `    covers: [data_${id % data}]`,
    '    accepts: { ack: 30m }',
    '    within: 1d',
    `    on: { approve: ${next}, modify: ${next}, reject: ${back}, timeout: help }`,
  ];
}

function effect(id: number, next: string, size: number): readonly string[] {
  const data = dataCount(size);
  return [
    `  s${id}:`,
    `    task: Pay part ${id}`,
    '    by: ledger',
    '    accepts: { ack: 5m, auto: true }',
    `    effects: [{ kind: payment, to: customer, irreversible: true, external: true, uses: [data_${id % data}], amount: data_${id % data}.amount, admitted-by: small }]`,
    `    next: ${next}`,
    '    on: { error: help }',
  ];
}

function choice(id: number, targets: readonly string[], size: number): readonly string[] {
  const data = dataCount(size);
  const branches = targets.map((to, i) =>
    i === targets.length - 1
      ? `      - else: ${to}`
      : `      - { when: data_${id % data}.amount <= ${(i + 1) * 1000} && data_${id % data}.ok, to: ${to} }`,
  );
  return [`  s${id}:`, `    route: Which way ${id}`, '    next:', ...branches];
}

const name = (id: number, size: number) => (id < size ? `s${id}` : 'done');

const stepsOf: Readonly<Record<WorkflowShape, (size: number) => readonly string[]>> = {
  chain: (size) =>
    withEnds(
      range(size).flatMap((i) => aiTask(i, name(i + 1, size), size)),
      'done',
    ),
  choices: (size) =>
    withEnds(
      range(size).flatMap((i) =>
        choice(
          i,
          [1, 2, 3, 5].map((ahead) => name(i + ahead, size)),
          size,
        ),
      ),
      'done',
    ),
  parallel: (size) => {
    const branches = range(size - 2).map((i) => i + 1);
    const join = size - 1;
    return withEnds(
      [
        '  s0:',
        '    route: All at once',
        `    next: { all: [${branches.map((i) => `s${i}`).join(', ')}] }`,
        ...branches.flatMap((i) => aiTask(i, `s${join}`, size)),
        ...effect(join, 'done', size).flatMap((line) =>
          line.startsWith('    task') ? [line, '    join: all'] : [line],
        ),
      ],
      'done',
    );
  },
  'fork-join': (size) =>
    withEnds(
      range(Math.floor(size / 4)).flatMap((i) => {
        const at = i * 4;
        return [
          `  s${at}: { route: Fork ${at}, next: { all: [s${at + 1}, s${at + 2}] } }`,
          ...aiTask(at + 1, `s${at + 3}`, size),
          ...approval(at + 2, `s${at + 3}`, size, 'help'),
          `  s${at + 3}: { route: Join ${at}, join: all, next: ${name(at + 4, Math.floor(size / 4) * 4)} }`,
        ];
      }),
      'done',
    ),
  loops: (size) =>
    withEnds(
      range(size).flatMap((i) =>
        i % 2 === 0
          ? aiTask(i, name(i + 1, size), size)
          : approval(
              i,
              name(i + 1, size),
              size,
              i % 4 === 1 ? `{ to: s${i - 1}, max: 3, exhausted: help }` : `s${Math.max(0, i - 1)}`,
            ),
      ),
      'done',
    ),
  effects: (size) =>
    withEnds(
      range(size).flatMap((i) =>
        i % 3 === 0
          ? aiTask(i, name(i + 1, size), size)
          : i % 3 === 1
            ? approval(i, name(i + 1, size), size, 'help')
            : effect(i, name(i + 1, size), size),
      ),
      'done',
    ),
  mixed: (size) =>
    withEnds(
      range(size).flatMap((i) => {
        const next = name(i + 1, size);
        switch (i % 8) {
          case 2:
            return approval(i, next, size, `{ to: s${i - 1}, max: 3, exhausted: help }`);
          case 4:
            return choice(i, [next, name(i + 3, size), 'help'], size);
          case 5:
            return effect(i, next, size);
          case 6:
            return [
              `  s${i}:`,
              `    wait: For an answer ${i}`,
              '    from: customer',
              '    within: 5d',
              `    next: ${next}`,
              '    on: { timeout: help }',
            ];
          case 7:
            return [
              `  s${i}:`,
              `    task: File part ${i}`,
              '    by: clerk',
              `    reads: [data_${i % dataCount(size)}]`,
              '    accepts: { ack: 1d }',
              `    next: ${next}`,
            ];
          default:
            return aiTask(i, next, size);
        }
      }),
      'done',
    ),
};

function range(size: number): readonly number[] {
  return Array.from({ length: Math.max(0, size) }, (_, i) => i);
}

/** Milliseconds of work of this process so far: unlike the clock it does not count what others on the machine do. */
export function workedSoFar(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
