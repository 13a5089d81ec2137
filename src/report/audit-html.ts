// The page of an audit: what was checked, coverage by standard, findings, waivers, every workflow with its registers, and
// the hashes of all that went in. It stands alone, runs no script, and is fit to be printed.
import { tag } from '../picture/markup.ts';
import sheet from './audit.css';
import { clausesSection, coverageSection } from './audit-html-coverage.ts';
import { unknownsSection, waiversSection } from './audit-html-findings.ts';
import { badge, facts, heading, table } from './audit-html-parts.ts';
import { workflowSection } from './audit-html-workflow.ts';
import type { WorkflowPictures } from './audit-pictures.ts';
import type { AuditPack } from './audit-records.ts';
import { text } from './html-finding.ts';
import { htmlPage } from './html-page.ts';
import frame from './page.css';

interface AuditHtmlOptions {
  /** SHA-256 of a text in UTF-8, as hexadecimal digits. */
  sha256(text: string): string;
  /** By path of the file. */
  readonly pictures: ReadonlyMap<string, WorkflowPictures>;
}

/** The whole document; ends with a line break. */
export function renderAuditHtml(pack: AuditPack, { sha256, pictures }: AuditHtmlOptions): string {
  const ids = new Map(pack.workflows.map(({ path }, index) => [path, `file-${index + 1}`]));
  const body = [
    tag('a', { class: 'skip', href: '#content' }, 'To the content'),
    tag('header', {}, tag('h1', {}, 'Audit pack of AI workflows'), statement(pack), tiles(pack)),
    contents(pack, ids),
    tag(
      'main',
      { id: 'content', tabindex: -1 },
      scopeSection(pack),
      coverageSection(pack),
      clausesSection(pack),
      waiversSection(pack),
      unknownsSection(pack),
      ...pack.workflows.map((record) => workflowSection(record, ids.get(record.path) ?? '', pictures.get(record.path))),
      inputsSection(pack),
    ),
    tag(
      'footer',
      { class: 'quiet' },
      tag('p', {}, `Made by aiwf ${text(pack.tool.version)}. The same files give the same page.`),
    ),
  ];
  return htmlPage({ title: 'Audit pack of AI workflows', style: `${frame}\n${sheet}`, body, sha256 });
}

function statement({ statement: { checked, found } }: AuditPack): string {
  return tag('div', { class: 'statement' }, tag('p', {}, text(checked)), tag('p', {}, text(found)));
}

function tiles({ statement: { counts } }: AuditPack): string {
  const all: readonly (readonly [string, number, string])[] = [
    ['workflows', counts.workflows, ''],
    ['errors', counts.errors, counts.errors > 0 ? 'error' : 'good'],
    ['warnings', counts.warnings, counts.warnings > 0 ? 'warning' : 'good'],
    ['undecided', counts.unknown, counts.unknown > 0 ? 'warning' : 'good'],
    ['waived', counts.waived, 'accepted'],
    ['in the baseline', counts.known, 'accepted'],
  ];
  return tag(
    'dl',
    { class: 'tiles' },
    ...all.map(([name, count, kind]) =>
      tag('div', kind === '' ? {} : { class: kind }, tag('dt', {}, name), tag('dd', {}, String(count))),
    ),
  );
}

function contents({ workflows }: AuditPack, ids: ReadonlyMap<string, string>): string {
  const to = (id: string, title: string) => tag('li', {}, tag('a', { href: `#${id}` }, text(title)));
  return tag(
    'nav',
    { 'aria-labelledby': 'contents' },
    heading(2, 'contents', 'Contents'),
    tag(
      'ol',
      {},
      to('scope', 'What was checked, and what was not'),
      to('coverage', 'Coverage by standard'),
      to('by-clause', 'Findings by clause'),
      to('waivers', 'Waivers and baseline'),
      to('unknowns', 'What could not be decided'),
      ...workflows.map(({ path, id, kind, design }) =>
        to(ids.get(path) ?? '', `${kind === 'library' ? 'Library' : 'Workflow'}: ${design.about.title ?? id}`),
      ),
      to('inputs', 'Inputs, tool and hashes'),
    ),
  );
}

function scopeSection({ statement: { notChecked, limits }, workflows }: AuditPack): string {
  return tag(
    'section',
    {},
    heading(2, 'scope', 'What was checked, and what was not'),
    table({
      caption: 'Files that were checked, with what, and what was found',
      heads: ['File', 'Title', 'Risk', 'Checked with', 'Rules run', 'Dates judged by', 'Open', 'Accepted'],
      rows: workflows.map(({ path, id, kind, design, profile, rulesRun, judgedBy, findings }) => {
        const open = findings.filter(({ state }) => state === 'open');
        const errors = open.filter(({ severity }) => severity === 'error').length;
        return [
          tag('code', {}, text(path)),
          `${text(design.about.title ?? id)}${kind === 'library' ? ` ${badge('library', 'neutral')}` : ''}`,
          text(design.about.risk?.tier ?? 'not stated'),
          text(profile.join(', ')),
          String(rulesRun),
          text(judgedBy ?? 'no day'),
          errors > 0
            ? `${open.length}, of these ${badge(errors === 1 ? '1 error' : `${errors} errors`, 'error')}`
            : String(open.length),
          String(findings.length - open.length),
        ];
      }),
    }),
    heading(3, 'not-checked', 'Not checked'),
    tag('ul', {}, ...notChecked.map((line) => tag('li', {}, text(line)))),
    heading(3, 'limits', 'What a check of designs cannot show'),
    tag('ul', {}, ...limits.map((line) => tag('li', {}, text(line)))),
    ...rulesNotRun(workflows),
  );
}

/** Rules that no file was checked with, by id. */
function rulesNotRun(workflows: AuditPack['workflows']): readonly string[] {
  const [first, ...others] = workflows;
  const never = (first?.rulesNotRun ?? []).filter((rule) => others.every((one) => one.rulesNotRun.includes(rule)));
  if (never.length === 0) return [];
  return [
    heading(3, 'rules-not-run', 'Rules that were not run'),
    tag('p', { class: 'quiet' }, never.map(text).join(', ')),
  ];
}

function inputsSection({ inputs, tool, commit }: AuditPack): string {
  const hash = (digits: string) => tag('code', { class: 'hash' }, text(digits));
  return tag(
    'section',
    {},
    heading(2, 'inputs', 'Inputs, tool and hashes'),
    facts([
      ['Tool', `aiwf ${text(tool.version)}`],
      ['SHA-256 of the tool', hash(tool.sha256)],
      ['Commit', commit === undefined ? 'the files are in no repository' : hash(commit)],
    ]),
    table({
      caption: 'SHA-256 of every file that had a part in the result',
      heads: ['File', 'Role', 'As in the commit', 'Bytes', 'SHA-256'],
      rows: inputs.map(({ path, role, sha256, bytes, asCommitted }) => [
        tag('code', {}, text(path)),
        text(role),
        asCommitted === undefined ? 'not known' : asCommitted ? 'yes' : badge('no', 'warning'),
        String(bytes),
        hash(sha256),
      ]),
    }),
  );
}
