// `aiwf explain`: the page of a rule or of a problem of the text.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { didYouMean, suggest } from '../language/suggest.ts';
import { ruleById, rules } from '../rules/registry.ts';
import { docsUrl } from '../rules/rule.ts';
import { readText } from './files.ts';
import { failed, type Outcome, succeeded } from './outcome.ts';

/** `rule` may be named without its category. `near`: the folder of this program; the pages lie in a folder above it. */
export function explain(rule: string, near: string): Outcome {
  const folder = pagesAbove(near);
  const known = [...new Set([...rules.map(({ id }) => id), ...(folder ? pagesIn(folder) : [])])].sort();
  const id = known.find((candidate) => candidate === rule) ?? known.find((candidate) => candidate.endsWith(`/${rule}`));
  if (id === undefined) {
    const names = known.map((candidate) => candidate.slice(candidate.indexOf('/') + 1));
    const name = suggest(rule, names);
    const meant = suggest(rule, known) ?? known.find((candidate) => candidate.endsWith(`/${name}`));
    return failed(`explain: no rule is called '${rule}'.${didYouMean(meant)}`);
  }
  const page = folder === undefined ? undefined : readText(join(folder, `${id}.md`));
  return succeeded(page && 'text' in page ? page.text : summaryOf(id));
}

/** What the program knows without its pages. */
function summaryOf(id: string): string {
  const rule = ruleById(id);
  return `# ${id}\n\n${rule ? `${rule.summary}\n\n` : ''}${docsUrl(id)}\n`;
}

/** The program lies in `dist/`, its tests deeper. */
function pagesAbove(near: string): string | undefined {
  for (let folder = dirname(near), i = 0; i < 3; folder = dirname(folder), i++) {
    const pages = join(folder, 'docs', 'rules');
    if (existsSync(pages)) return pages;
  }
  return undefined;
}

function pagesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`))
    .filter((path) => path.endsWith('.md'))
    .map((path) => path.slice(0, -'.md'.length));
}
