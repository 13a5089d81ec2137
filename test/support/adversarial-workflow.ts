// Workflows that are made to be hard: deeply nested, densely connected, with many variables, branches or loops.

/** Texts by what is hard about them; each is well formed. */
export const adversarial: Readonly<Record<string, string>> = {
  'scopes nested forty deep': nestedScopes(40),
  'branches nested forty deep': nestedBranches(40),
  'conditions nested two hundred deep': oneChoice([`${'('.repeat(200)}v0 < 5${')'.repeat(200)}`, nestedChoice(60)]),
  'a dense graph of 2,000 edges': dense(45, (i) => `label: Way ${i}, `),
  'a dense graph of 2,000 edges, each with a condition': dense(45, (i) => `when: v${i % 12} < ${i * 3}, `),
  'guards over twelve numbers': oneChoice(sets(12).map((set) => set.map((i) => `v${i} < ${i + 3}`).join(' && '))),
  'guards over twelve truths, each pair in another way': oneChoice(
    sets(12).map((set) => set.map((i, at) => `${at % 2 ? '' : '!'}t${i}`).join(' || ')),
  ),
  'a guard that is an odd number of twelve truths': oneChoice([
    range(12).reduce((sum, i) => `(${sum}) != t${i}`, 'true'),
  ]),
  'pairs of twelve variables, multiplied out': oneChoice([
    range(6)
      .map((i) => `(t${2 * i} || v${2 * i + 1} > ${i})`)
      .join(' && '),
    range(6)
      .map((i) => `(t${2 * i} && v${2 * i + 1} > ${i})`)
      .join(' || '),
  ]),
  'guards over twelve variables one after the other': manyChoices(200),
  'a split into twenty': splits(1, 20, 'join: all, '),
  'a split into twenty that does not meet': splits(1, 20, ''),
  'ten splits into twenty, one after the other': splits(10, 20, 'join: all, '),
  'ten splits into any of twenty': splits(10, 20, 'join: live, ', 'any'),
  'splits into twenty that meet wherever they like': tangled(20),
  'a loop of 500 steps': loop(500, (i) => (i === 499 ? 's0' : `s${i + 1}`)),
  'a loop of 500 steps, each of which leads back': loop(
    500,
    (i) => (i === 499 ? 'done' : `s${i + 1}`),
    (i) => `s${i >> 1}`,
  ),
  'a loop of 500 steps, each with a bound': loop(
    500,
    (i) => (i === 499 ? 'done' : `s${i + 1}`),
    (i) => `{ to: s${i >> 1}, max: 3, exhausted: help }`,
  ),
  'five hundred loops in each other': loop(
    500,
    (i) => (i === 499 ? 'done' : `s${i + 1}`),
    (i) => `s${499 - i}`,
  ),
};

function workflow(steps: readonly string[], first = 's0'): string {
  return `aiwf: 1
workflow: hard
title: Made to be hard
accountable: lead
actors:
  customer: { kind: external, clearance: personal }
  lead:     { kind: human, holders: 2 }
  clerk:    { kind: human, holders: 3, backup: lead }
  writer:
    kind: agent
    sponsor: lead
    identity: writer-1
    model: { provider: example, id: writer, version: "2026-09-01" }
    autonomy: L3
    fallback: clerk
  ledger:   { kind: system }
data:
  offer: { class: internal, fields: { amount: number } }
${range(12)
  .map((i) => `  v${i}: { class: internal, fields: { n: number, t: boolean } }`)
  .join('\n')}
start: { on: manual, from: customer, gives: [offer, ${range(12).map((i) => `v${i}`)}], next: ${first} }
steps:
${steps.join('\n')}
  help: { task: Sort it out by hand, by: lead, accepts: { ack: 1d }, next: done }
  done: { end: Done }
`;
}

/** `v3` is a number, `t3` is true or false. */
function variables(text: string): string {
  return text.replace(/\bv(\d+)\b/g, 'v$1.n').replace(/\bt(\d+)\b/g, 'v$1.t');
}

function draft(id: string, next: string, rest = ''): string {
  return `  ${id}: { ${rest}task: Draft ${id}, by: writer, mode: ai-executed, reads: [offer], writes: [offer], within: 4h, accepts: { ack: 30m }, next: ${next}, on: { error: help, unavailable: help, timeout: help } }`;
}

function nestedScopes(depth: number): string {
  const rows = range(depth).flatMap((i) => {
    const pad = ' '.repeat(2 + 4 * i);
    const next = i === 0 ? 'done' : `e${i - 1}`;
    return [
      `${pad}c${i}:`,
      `${pad}  scope: Part ${i}`,
      `${pad}  start: ${i === depth - 1 ? 'w' : `c${i + 1}`}`,
      `${pad}  next: ${next}`,
      `${pad}  within: ${depth - i}d`,
      `${pad}  on: { timeout: help }`,
      `${pad}  steps:`,
    ];
  });
  const pad = ' '.repeat(2 + 4 * depth);
  const inner = [
    draft('w', `e${depth - 1}`)
      .replace('  w:', `${pad}w:`)
      .replace(', timeout: help', ', timeout: help'),
  ];
  const ends = range(depth)
    .map((i) => depth - 1 - i)
    .map((i) => `${' '.repeat(2 + 4 * (i + 1))}e${i}: { end: Part ${i} is done }`);
  return workflow([...rows, ...inner, ...ends], 'c0');
}

function nestedBranches(depth: number): string {
  const target = range(depth).reduce(
    (inner, i) => `[{ when: v${i % 12}.n < ${i + 1}, to: ${i % 2 ? 'help' : 's1'} }, { else: ${inner} }]`,
    'done',
  );
  return workflow([`  s0: { route: Which, next: ${target} }`, draft('s1', 'done')]);
}

function nestedChoice(depth: number): string {
  return range(depth).reduce((inner, i) => `(t${i % 12} ? ${inner} : v${i % 12} > ${i})`, 'true');
}

function oneChoice(conditions: readonly string[]): string {
  const branches = conditions.map(
    (condition, i) => `      - { when: "${variables(condition)}", to: ${i % 2 ? 'help' : 's1'} }`,
  );
  return workflow(['  s0:', '    route: Which', '    next:', ...branches, draft('s1', 'done')]);
}

function manyChoices(count: number): string {
  const steps = range(count).map((i) => {
    const condition =
      sets(12)
        [i % 66]?.map((v) => `v${v} < ${i}`)
        .join(' && ') ?? '';
    return `  s${i}: { route: Which ${i}, next: [{ when: "${variables(condition)}", to: s${i + 1} }, { else: s${Math.min(count, i + 3)} }] }`;
  });
  return workflow([...steps, draft(`s${count}`, 'done')]);
}

/** Every step leads to every other one. */
function dense(count: number, guard: (i: number) => string): string {
  const steps = range(count).map((i) => {
    const to = range(count).map((j) => `{ ${variables(guard(i + j))}to: s${j} }`);
    return `  s${i}: { ${i % 3 ? `task: Do ${i}, by: clerk, accepts: { ack: 1d }` : `route: Do ${i}`}, next: [${to.join(', ')}, { else: done }] }`;
  });
  return workflow(steps.map((step) => (guard(0) ? step : step.replaceAll('next: [', 'next: ['))));
}

function splits(count: number, width: number, join: string, mode = 'all'): string {
  const steps = range(count).flatMap((i) => {
    const inner = range(width).flatMap((j) => [draft(`a${i}-${j}`, `b${i}-${j}`), draft(`b${i}-${j}`, `j${i}`)]);
    const heads = range(width).map((j) =>
      mode === 'any' ? `{ when: v${j % 12}.n < ${j}, to: a${i}-${j} }` : `a${i}-${j}`,
    );
    return [
      `  s${i}: { route: Split ${i}, next: { ${mode}: [${heads.join(', ')}] } }`,
      ...inner,
      `  j${i}: { ${join}task: Go on ${i}, by: clerk, accepts: { ack: 1d }, next: ${i === count - 1 ? 'done' : `s${i + 1}`} }`.replace(
        /\{ (join: \w+, )task: ([^,]*),/,
        '{ task: $2, $1',
      ),
    ];
  });
  return workflow(steps);
}

/** The branches of a split cross each other, and some meet. */
function tangled(width: number): string {
  const steps = range(width).flatMap((j) => [
    draft(`a${j}`, `[{ when: v${j % 12}.n < 3, to: b${j} }, { else: b${(j * 7 + 3) % width} }]`),
    `  b${j}: { task: Meet ${j}, ${j % 2 ? 'join: all, ' : j % 3 ? 'join: live, ' : ''}by: clerk, accepts: { ack: 1d }, next: ${j % 4 ? 'done' : `b${(j + 1) % width}`} }`,
  ]);
  return workflow([`  s0: { route: Split, next: { all: [${range(width).map((j) => `a${j}`)}] } }`, ...steps]);
}

function loop(count: number, next: (i: number) => string, back?: (i: number) => string): string {
  const steps = range(count).map((i) => {
    if (i % 3 !== 1) return draft(`s${i}`, next(i));
    return `  s${i}: { approval: Check ${i}, by: clerk, covers: [offer], accepts: { ack: 30m }, within: 1d, on: { approve: ${next(i)}, modify: ${next(i)}, reject: ${back?.(i) ?? 'help'}, timeout: help } }`;
  });
  return workflow(steps);
}

/** All pairs of variables. */
function sets(count: number): readonly (readonly number[])[] {
  return range(count).flatMap((i) => range(i).map((j) => [j, i]));
}

function range(size: number): readonly number[] {
  return Array.from({ length: size }, (_, i) => i);
}
