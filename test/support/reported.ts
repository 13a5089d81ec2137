// Files as a report gets them: texts judged the way `aiwf check` does, with imports among themselves.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { assess } from '../../src/governance/assess.ts';
import { parseConfiguration } from '../../src/governance/configuration.ts';
import { parseFile } from '../../src/language/parse.ts';
import type { ProjectHost } from '../../src/language/project.ts';
import type { CheckedFile } from '../../src/report/checked-file.ts';

const today = Date.parse('2026-11-24');
const folder = 'file:///project/';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What a report is made with; the version is no release, so that golden files do not change with one. */
export const reportOptions = { version: '1.2.3', color: false, sha256 };

/** Judges texts by their paths. `configuration` is that of the folder, with texts of other files that it names. */
export function reportedFiles(
  texts: Readonly<Record<string, string>>,
  configuration?: string,
  others: Readonly<Record<string, string>> = {},
): readonly CheckedFile[] {
  const files = new Map(Object.entries(texts).map(([path, text]) => [folder + path, parseFile(folder + path, text)]));
  const host: ProjectHost = { file: (uri) => files.get(uri), text: (uri) => files.get(uri)?.text };
  const read = (uri: string) => others[uri.slice(folder.length)];
  const asked =
    configuration === undefined ? undefined : parseConfiguration(`${folder}aiwf.config.yaml`, configuration, read);
  return Object.entries(texts).flatMap(([path]) => {
    const file = files.get(folder + path);
    if (!file) return [];
    const { text, lineStarts } = file;
    const { findings, accepted, profile, asked: rules, workflow } = assess(file, host, { configuration: asked, today });
    const title = workflow.fields?.title?.value;
    const known = title === undefined ? {} : { title };
    return [{ path, text, lineStarts, profile, findings, accepted, asked: rules, sha256: sha256(text), ...known }];
  });
}

/** The texts of the examples by path. */
export const exampleTexts: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync('examples', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.aiwf.yaml'))
    .sort()
    .map((name) => [name, readFileSync(`examples/${name}`, 'utf8')]),
);

/** One example with a waiver, a finding that is known, one that cannot be decided, and a text that cannot be read whole. */
export function reportedSample(): readonly CheckedFile[] {
  const name = 'warranty-return.aiwf.yaml';
  const waiver = `waivers:
  - rule: flow/wait-without-timeout
    at: wait-for-parts
    reason: The parts list is looked through every Monday.
    owner: workshop-lead
    approved-by: service-manager
    ticket: WS-117
    expires: 2027-01-31
`;
  const texts = {
    [name]: `${exampleTexts[name]}${waiver}`,
    'shared/people.aiwf.yaml': exampleTexts['shared/people.aiwf.yaml'] ?? '',
    'offers.aiwf.yaml': offers,
    'hostile.aiwf.yaml': hostile,
  };
  const known = {
    rule: 'ownership/agent-identity-and-sponsor',
    place: 'actor:refund-agent',
    message: "No person answers for the AI agent 'refund-agent'. Add 'sponsor'.",
    count: 1,
  };
  const baseline = JSON.stringify({ version: 1, files: { [name]: [known] } });
  return reportedFiles(texts, 'baseline: ./known.json\n', { 'known.json': baseline });
}

const offers = `aiwf: 1
workflow: two-offers
title: Take the better of two offers
accountable: clerk
actors:
  clerk: { kind: human, holders: 2 }
data:
  offers: { class: internal, fields: { ours: number, theirs: number } }
start: { gives: [offers], next: compare }
steps:
  compare:
    route: Which offer is better
    next:
      - { when: offers.ours < offers.theirs, to: ours }
      - { when: offers.ours > offers.theirs, to: theirs }
  ours: { end: Ours }
  theirs: { end: Theirs }
`;

/** Words that would become markup, a mention, a link or a command somewhere, if they were not escaped. */
export const hostileWords =
  '<script>alert(1)</script> [x](https://evil.example) ![i](https://evil.example/i.png) @team #12 ]]> {0} ```` | www.evil.example \u202Ereversed';

const hostile = `aiwf: 1
workflow: hostile
title: ${JSON.stringify(hostileWords)}
accountable: clerk
actors:
  clerk: { kind: human, holders: 2 }
start: { next: work }
steps:
  work:
    task: Work # ${hostileWords.replaceAll('\n', ' ')}
    by: clerk
    ${JSON.stringify(hostileWords)}: 1
    until: ${JSON.stringify(hostileWords)}
    next: done
  done: { end: Done }
`;
