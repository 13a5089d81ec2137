// Changes of a design that mean nothing change no finding, and changes that only weaken it take none away (the
// metamorphic relations of the catalog). Run on the examples and on the clean designs of the mutation suite, under every rule.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { parseFile } from '../src/language/parse.ts';
import type { ProjectHost } from '../src/language/project.ts';
import { lint } from '../src/rules/lint.ts';
import { type Design, kindOf, listOf, stepsOf } from './mutation/operator.ts';

interface Source {
  readonly path: string;
  readonly design: Design;
}

const folders = ['examples', 'test/mutation/clean'];
const sources: readonly Source[] = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.aiwf.yaml'))
    .map((name) => ({ path: `${folder}/${name}`, design: parse(readFileSync(`${folder}/${name}`, 'utf8')) })),
);

const settings = { profile: ['strict'], today: Date.parse('2026-11-23') };

type Files = Readonly<Record<string, Design>>;

/** `verdict rule at place` of each finding, the folded ones too, of `path` with this text and of the files beside it. */
function findingsOf(path: string, design: Design, beside: Files = {}): readonly string[] {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const others = Object.entries(beside).flatMap(([name, other]) => findingsIn(`${folder}/${name}`, other, beside));
  return [...findingsIn(path, design, beside), ...others].sort();
}

/** Those of one of the files. */
function findingsIn(path: string, design: Design, beside: Files): readonly string[] {
  const host: ProjectHost = {
    text(other) {
      const name = other.slice(other.lastIndexOf('/') + 1);
      if (beside[name]) return JSON.stringify(beside[name]);
      try {
        return readFileSync(other.replace('file:///work/', ''), 'utf8');
      } catch {
        return undefined;
      }
    },
    file(other) {
      const text = host.text(other);
      return text === undefined ? undefined : parseFile(other, text);
    },
  };
  return lint(parseFile(`file:///work/${path}`, JSON.stringify(design)), host, { settings })
    .findings.flatMap(({ rule, place, verdict, also = [] }) =>
      [rule, ...also.map((folded) => folded.rule)].map((id) => `${verdict} ${id} at ${place}`),
    )
    .sort();
}

/** A design with its declarations moved to `moved.aiwf.yaml`. */
function withLibrary(design: Design): { readonly rest: Design; readonly library: Design } {
  const library: Design = { aiwf: 1, library: 'moved' };
  const rest = changed(design, (copy) => {
    for (const key of ['actors', 'data', 'stores', 'events', 'calendars', 'handoffs', 'policies']) {
      if (copy[key] === undefined) continue;
      library[key] = copy[key];
      delete copy[key];
    }
    const used = listOf<string>(copy.use);
    if (used.length > 0) library.use = used;
    copy.use = ['./moved.aiwf.yaml'];
  });
  return { rest, library };
}

/** Steps of people that can stand in a file of their own: one way in and one way out, nothing done in the world. */
function plainTasks(design: Design): readonly string[] {
  const keys = [
    'task',
    'by',
    'purpose',
    'reads',
    'writes',
    'next',
    'description',
    'accepts',
    'accountable',
    'log',
    'within',
    'on',
    'needs',
    'effort',
  ];
  return Object.entries<Design>(design.steps ?? {}).flatMap(([id, step]) => {
    const people = listOf<string>(step.by).every((actor) => design.actors?.[actor]?.kind === 'human');
    const plain = kindOf(step) === 'task' && typeof step.next === 'string' && step.next !== id;
    const whole = [...listOf<string>(step.reads), ...writesOf(step)].every((data) => !data.includes('.'));
    const limited = Object.keys(step.on ?? {}).every((outcome) => outcome === 'timeout') && !step.on === !step.within;
    return people && plain && whole && limited && Object.keys(step).every((key) => keys.includes(key)) ? [id] : [];
  });
}

function writesOf({ writes }: Design): readonly string[] {
  return typeof writes === 'object' && !Array.isArray(writes) ? Object.keys(writes) : listOf<string>(writes);
}

function changed(design: Design, change: (copy: Design) => void): Design {
  const copy = structuredClone(design);
  change(copy);
  return copy;
}

for (const { path, design } of sources) {
  if (design.library !== undefined) continue;
  const before = findingsOf(path, design);

  test(`${path}: a point without work on every plain edge changes nothing`, () => {
    const longer = changed(design, (copy) => {
      for (const { id, step, around } of stepsOf(copy)) {
        if (typeof step.next !== 'string') continue;
        around.steps[`${id}-on`] = { route: 'On', next: step.next };
        step.next = `${id}-on`;
      }
    });
    // A longer text is harder to read, and of two runs that show one fault the other one may be the shorter now.
    const plain = (findings: readonly string[]) =>
      findings
        .filter((finding) => !finding.includes('structure/readability'))
        .map((finding) => finding.replace(/-on\b/, '').replace(/(unsound-join) at .*/, '$1'));
    assert.deepEqual(plain(findingsOf(path, longer)), plain(before));
  });

  test(`${path}: declarations in a file of their own are the same declarations`, () => {
    const { rest, library } = withLibrary(design);
    // The element of a for-each is known where its steps are, and not in a library whose conditions name it.
    const known = (findings: readonly string[]) =>
      findings.filter((finding) => !finding.includes('language/condition'));
    const after = findingsOf(path, rest, { 'moved.aiwf.yaml': library });
    assert.deepEqual(withoutPlaces(known(after)), withoutPlaces(known(before)));
  });

  for (const id of plainTasks(design)) {
    test(`${path}: '${id}' in a file of its own, called from its place, changes nothing`, () => {
      const { rest, library } = withLibrary(design);
      const step: Design = rest.steps[id];
      // The time limit stays with the call: what happens when it is over is the caller's.
      const { next, within, on, ...own } = step;
      const limit = within ? { within, on } : {};
      const inner: Design = {
        aiwf: 1,
        workflow: 'inner',
        use: ['./moved.aiwf.yaml'],
        ...(rest.accountable ? { accountable: rest.accountable } : {}),
        ...(rest.defaults ? { defaults: rest.defaults } : {}),
        start: { gives: listOf(step.reads), next: id },
        steps: { [id]: { ...own, next: 'handed-back' }, 'handed-back': { end: 'Handed back', records: ['done'] } },
      };
      const caller = changed(rest, (copy) => {
        const given = listOf<string>(step.reads).map((read) => [read, read]);
        const back = writesOf(step).map((write) => [write, write]);
        copy.steps[id] = {
          call: './inner.aiwf.yaml',
          ...(given.length > 0 ? { with: Object.fromEntries(given) } : {}),
          ...(back.length > 0 ? { returns: Object.fromEntries(back) } : {}),
          ...limit,
          next,
        };
      });
      const beside = { 'moved.aiwf.yaml': library, 'inner.aiwf.yaml': inner };
      const elsewhere = (findings: readonly string[]) => findings.filter((finding) => !finding.endsWith(` at ${id}`));
      assert.deepEqual(elsewhere(findingsIn(path, caller, beside)), elsewhere(findingsIn(path, rest, beside)));
    });
  }

  test(`${path}: anchors and aliases in place of what is said twice`, () => {
    const text = JSON.stringify(design);
    const log = design.defaults?.log;
    if (!log) return;
    const shared = text.replace(JSON.stringify(log), `&log ${JSON.stringify(log)}`);
    const uri = `file:///work/${path}`;
    const host: ProjectHost = { text: () => undefined, file: () => undefined };
    const found = (of: string) =>
      lint(parseFile(uri, of), host, { settings })
        .findings.map(({ rule, place }) => `${rule} at ${place}`)
        .sort();
    assert.deepEqual(found(shared), found(text));
  });
}

/** An imported declaration is judged in the file that declares it, where the rule is about it alone. */
function withoutPlaces(findings: readonly string[]): readonly string[] {
  return [...new Set(findings.map((finding) => finding.replace(/ at .*/, '')))].sort();
}

const weakenings: Readonly<Record<string, { readonly rules: RegExp; readonly weaken: (copy: Design) => void }>> = {
  'every class of data is the highest': {
    rules: /^data\/clearance|^agent\/trifecta/,
    weaken: (copy) => {
      for (const data of Object.values<Design>(copy.data ?? {})) if (data.class) data.class = 'special-category';
    },
  },
  'all people are one person': {
    rules: /segregation-of-duties|sod-via-agent|two-person/,
    weaken: (copy) => {
      for (const actor of Object.values<Design>(copy.actors ?? {}))
        if (actor.kind === 'human') actor.holders = ['anna'];
    },
  },
  'no step is logged': {
    rules: /^visibility\/audit-log|human-decision-recorded|provenance-required/,
    weaken: (copy) => {
      delete copy.defaults?.log;
      for (const { step } of stepsOf(copy)) delete step.log;
    },
  },
  'every review and approval is gone': {
    rules: /irreversible-unapproved|unreviewed-ai-to-sink/,
    weaken: (copy) => {
      for (const { step } of stepsOf(copy)) {
        if (kindOf(step) !== 'approval' && kindOf(step) !== 'review') continue;
        delete step.covers;
        delete step.reviews;
      }
    },
  },
  'nothing has a time limit any more': {
    rules: /wait-without-timeout/,
    weaken: (copy) => {
      for (const { step } of stepsOf(copy)) {
        delete step.within;
        if (step.on) delete step.on.timeout;
      }
    },
  },
};

for (const [name, { rules, weaken }] of Object.entries(weakenings)) {
  for (const { path, design } of sources) {
    if (design.library !== undefined) continue;
    test(`${path}: ${name}, and no finding that says so is gone`, () => {
      const relevant = (findings: readonly string[]) =>
        new Set(
          findings.filter((finding) => rules.test(finding.split(' ')[1] ?? '')).map((finding) => finding.split(' ')[1]),
        );
      const after = relevant(findingsOf(path, changed(design, weaken)));
      for (const rule of relevant(findingsOf(path, design))) assert.ok(after.has(rule), rule);
    });
  }
}
