// An audit pack as `aiwf audit` makes it, from texts: judged with imports among themselves, and with a configuration.
import { createHash } from 'node:crypto';
import { assess } from '../../src/governance/assess.ts';
import { parseConfiguration } from '../../src/governance/configuration.ts';
import { parseFile } from '../../src/language/parse.ts';
import type { ProjectHost } from '../../src/language/project.ts';
import { renderAuditHtml } from '../../src/report/audit-html.ts';
import { type AuditedFile, type AuditInput, auditPack } from '../../src/report/audit-pack.ts';
import { drawAuditPictures } from '../../src/report/audit-pictures.ts';
import type { AuditPack } from '../../src/report/audit-records.ts';

const today = Date.parse('2026-11-24');
const folder = 'file:///project/';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface AuditOptions extends Partial<Pick<AuditInput, 'unread' | 'commit'>> {
  /** Text of the configuration of the folder, and of the files that it names. */
  readonly configuration?: string;
  readonly others?: Readonly<Record<string, string>>;
  /** Paths to judge; default: all texts. */
  readonly paths?: readonly string[];
  /** Whether pictures are drawn. */
  readonly pictures?: boolean;
}

/** The pack of texts by path, and its page. The tool has a version that is no release. */
export function audited(
  texts: Readonly<Record<string, string>>,
  { configuration, others = {}, paths = Object.keys(texts), unread = [], commit, pictures = false }: AuditOptions = {},
): { readonly pack: AuditPack; readonly page: string } {
  const parsed = new Map(Object.entries(texts).map(([path, text]) => [folder + path, parseFile(folder + path, text)]));
  const host: ProjectHost = { file: (uri) => parsed.get(uri), text: (uri) => parsed.get(uri)?.text };
  const read = (uri: string) => others[uri.slice(folder.length)];
  const asked =
    configuration === undefined ? undefined : parseConfiguration(`${folder}aiwf.config.yaml`, configuration, read);
  const files = paths.flatMap((path): readonly AuditedFile[] => {
    const file = parsed.get(folder + path);
    if (!file) return [];
    const assessment = assess(file, host, { configuration: asked, today });
    return [{ path, file, assessment, configuration: asked && 'aiwf.config.yaml' }];
  });
  const inputs = Object.entries(texts).map(([path, text]) => ({
    path,
    role: path.includes('people') ? ('library' as const) : ('workflow' as const),
    sha256: sha256(text),
    bytes: Buffer.byteLength(text),
    ...(commit === undefined ? {} : { asCommitted: true }),
  }));
  const tool = { version: '1.2.3', sha256: sha256('the tool') };
  const pack = auditPack({ files, inputs, unread, tool, commit });
  const drawn = pictures ? drawAuditPictures(files) : new Map<string, never>();
  return { pack, page: renderAuditHtml(pack, { sha256, pictures: drawn }) };
}

/** One example with a waiver, one that has ended, a finding of the baseline, and a question that cannot be decided. */
export function auditedSample(texts: Readonly<Record<string, string>>, options: AuditOptions = {}) {
  const name = 'warranty-return.aiwf.yaml';
  const waivers = `waivers:
  - rule: flow/wait-without-timeout
    at: wait-for-parts
    reason: The parts list is looked through every Monday.
    owner: workshop-lead
    approved-by: service-manager
    ticket: WS-117
    expires: 2027-01-31
  - rule: flow/condition-gap
    at: triage
    reason: Was to be mended in summer.
    owner: workshop-lead
    approved-by: service-manager
    expires: 2026-08-31
`;
  const sample = { ...texts, [name]: `${texts[name]}${waivers}` };
  const [known] = audited(sample, { paths: [name] }).pack.workflows.flatMap(({ findings }) =>
    findings.filter(
      ({ state, verdict, rule }) => state === 'open' && verdict === 'violation' && !rule.includes('waiver'),
    ),
  );
  const entries = known ? [{ rule: known.rule, place: known.place, message: known.message, count: 1 }] : [];
  return audited(sample, {
    configuration: 'profile: [strict]\nbaseline: ./known.json\n',
    others: { 'known.json': JSON.stringify({ version: 1, files: { [name]: entries } }) },
    ...options,
  });
}
