// The words of `aiwf audit`.
import { presets } from '../../rules/presets.ts';
import { unknownName, type Values, type Wrong, wrong } from './values.ts';

/** What `aiwf audit` was asked. */
export interface AuditCommand {
  readonly name: 'audit';
  readonly paths: readonly string[];
  /** Folder that the two files are written into. */
  readonly output: string;
  /** Presets in place of those of the configuration. */
  readonly profile: readonly string[];
}

export const auditOptions = {
  output: { type: 'string' },
  profile: { type: 'string', multiple: true },
} as const;

export function readAudit(words: readonly string[], { output, profile = [] }: Values): AuditCommand | Wrong {
  const name = 'audit';
  if (output === undefined || output === '') return wrong('audit: name the folder to write into: --output FOLDER');
  const known = [...presets.keys()];
  const unknown = profile.find((id) => !presets.has(id));
  if (unknown !== undefined) return unknownName(name, 'profile', unknown, known, `Known: ${known.join(', ')}`);
  return { name, paths: words.length > 0 ? words : ['.'], output, profile };
}
