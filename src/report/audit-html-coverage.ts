// Coverage by standard and findings by clause, as sections of the page of an audit.
import type { CoverageState } from '../governance/coverage.ts';
import { coverageStates } from '../governance/coverage.ts';
import { tag } from '../picture/markup.ts';
import { badge, facts, heading, lines, table } from './audit-html-parts.ts';
import type { AuditPack } from './audit-records.ts';
import { link, text } from './html-finding.ts';

/** What the states are called, and the color they have. */
const states: Readonly<Record<CoverageState, readonly [word: string, kind: string, meaning: string]>> = {
  violated: ['violated', 'error', 'a rule that serves it found a fault that no waiver accepts'],
  unknown: ['unknown', 'warning', 'something could not be decided'],
  waived: ['waived', 'accepted', 'every fault that was found is accepted by a waiver that holds'],
  satisfied: ['satisfied', 'good', 'the rules looked and found nothing'],
  'not-applicable': ['not applicable', 'neutral', 'nothing in the files that the rules speak of'],
  'not-checked': ['not checked', 'neutral', 'no profile asks for the rules'],
};

export function stateBadge(state: CoverageState): string {
  const [word, kind] = states[state];
  return badge(word, kind);
}

/** One table a standard, folded, behind an overview of all. */
export function coverageSection({ coverage: { standards, rules } }: AuditPack): string {
  const byId = new Map(rules.map((rule) => [rule.rule, rule]));
  const overview = table({
    caption: 'Clauses of each standard by what the rules say of them',
    heads: ['Standard', 'Edition', ...coverageStates.map((state) => states[state][0])],
    rows: standards.map(({ standard, edition, counts }) => [
      tag('a', { href: `#${idOf(standard, edition)}` }, text(standard)),
      text(edition),
      ...coverageStates.map((state) =>
        counts[state] === 0 ? tag('span', { class: 'quiet' }, '0') : String(counts[state]),
      ),
    ]),
    className: 'numbers',
  });
  const details = standards.map(({ standard, edition, profiles, clauses }) =>
    tag(
      'section',
      {},
      heading(3, idOf(standard, edition), `${standard}, ${edition}`),
      tag('p', { class: 'quiet' }, `Every rule that serves it is asked for by: ${profiles.map(text).join(', ')}.`),
      table({
        caption: `Clauses of ${standard}`,
        heads: ['Clause', 'State', 'Rules', 'Text read', 'Applies from'],
        rows: clauses.map(({ ref, state, partly, status, appliesFrom, rules: serving }) => [
          text(ref),
          `${stateBadge(state)}${partly ? ' <span class="quiet">in part: not all of its rules were asked for</span>' : ''}`,
          lines(
            serving.map((rule) => {
              const own = byId.get(rule);
              const { open = 0, known = 0, waived = 0, unknown = 0 } = own?.findings ?? {};
              const counts = [
                ...(open > 0 ? [`${open} open`] : []),
                ...(known > 0 ? [`${known} in the baseline`] : []),
                ...(unknown > 0 ? [`${unknown} undecided`] : []),
                ...(waived > 0 ? [`${waived} waived`] : []),
                ...(own?.doubts ?? []),
              ];
              const word = states[own?.state ?? 'not-checked'][0];
              return `${link(rule)} <span class="quiet">${word}${counts.length > 0 ? `: ${text(counts.join(', '))}` : ''}</span>`;
            }),
          ),
          status,
          appliesFrom === undefined ? tag('span', { class: 'quiet' }, 'no date') : text(appliesFrom),
        ]),
        className: 'clauses',
      }),
    ),
  );
  const meanings = facts(coverageStates.map((state) => [states[state][0], states[state][2]]));
  return tag(
    'section',
    {},
    heading(2, 'coverage', 'Coverage by standard'),
    tag(
      'p',
      {},
      'For every clause that a rule serves: what the rules say of the files. It never says that a standard is met.',
    ),
    meanings,
    overview,
    ...details,
  );
}

function idOf(standard: string, edition: string): string {
  return `standard-${`${standard} ${edition}`.toLowerCase().replace(/[^a-z\d]+/g, '-')}`;
}

/** Which findings are about which clause. */
export function clausesSection({ clauses, workflows }: AuditPack): string {
  const findings = new Map(workflows.flatMap((one) => one.findings).map((finding) => [finding.id, finding]));
  const shown = table({
    caption: 'Findings of each clause',
    heads: ['Clause', 'Standard', 'Findings'],
    rows: clauses.map(({ standard, edition, ref, findings: ids }) => [
      text(ref),
      `${text(standard)} <span class="quiet">${text(edition)}</span>`,
      lines(
        ids.map((id) => {
          const finding = findings.get(id);
          return `${tag('a', { href: `#${id}` }, id)} ${text(finding?.rule ?? '')} at ${text(finding?.place ?? '')} <span class="quiet">${finding ? stateOf(finding) : ''}</span>`;
        }),
      ),
    ]),
  });
  return tag(
    'section',
    {},
    heading(2, 'by-clause', 'Findings by clause'),
    shown === '' ? tag('p', {}, 'No finding is about a clause.') : shown,
  );
}

/** What became of a finding, in a word. */
export function stateOf({ state, verdict, severity }: { state: string; verdict: string; severity: string }): string {
  if (state === 'known') return 'known';
  if (state === 'waived') return 'waived';
  return verdict === 'unknown' ? 'undecided' : severity;
}
