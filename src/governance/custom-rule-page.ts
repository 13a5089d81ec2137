// The page of a custom rule, made from what its file says: what it asks for, of what, why, and an example of each kind.
import type { CustomRule } from './custom-rules.ts';

/** Markdown. What authors write as prose stands as it is; expressions and workflows stand in fences. */
export function customRulePage({ id, fields, rule, pass, fail }: CustomRule): string {
  const { summary, message, for: kind, when, require: required, severity, clauses = [], docs } = fields;
  const cited = clauses.map(({ standard, edition, ref }) =>
    [standard?.value, edition && `(${edition.value})`, ref?.value].filter(Boolean).join(' '),
  );
  const looksAt = kind ? `It looks at: ${kind.value}${when ? ', those for which' : '.'}` : undefined;
  return `${[
    `# ${id}`,
    summary?.value ?? message?.value,
    `Severity: ${severity?.value ?? 'warning'}.${rule ? '' : ' It has a mistake and is not run.'}`,
    looksAt,
    when && fenced('cel', when.text),
    required && `${when ? 'For them' : 'For each of them'} this has to hold:\n\n${fenced('cel', required.text)}`,
    summary && message && `Where it does not, this is said: ${message.value}`,
    cited.length > 0 ? `It serves:\n\n${cited.map((each) => `- ${each}`).join('\n')}` : undefined,
    pass[0] && `## Right\n\n${fenced('yaml', pass[0].text)}`,
    fail[0] && `## Wrong\n\n${fenced('yaml', fail[0].text)}`,
    docs && `More: ${docs.value}`,
  ]
    .filter(Boolean)
    .join('\n\n')}\n`;
}

/** A fence that is longer than any in the text. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n+$/, '')}\n${fence}`;
}
