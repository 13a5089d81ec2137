// `aiwf explain`: the page of a rule or of a problem of the text.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { customRulePage } from '../governance/custom-rule-page.ts';
import { didYouMean, suggest } from '../language/suggest.ts';
import { printable } from '../report/excerpt.ts';
import { findRule, ruleInShort } from '../server/author-tools.ts';
import { readText } from './files.ts';
import { failed, type Outcome, succeeded } from './outcome.ts';
import { broughtHere } from './rules-brought.ts';

/** `rule` may be named without its category. `near`: the folder of this program; the pages lie in a folder above it. */
export function explain(rule: string, near: string): Outcome {
  const brought = broughtHere();
  const own = brought.find(({ id }) => id === rule) ?? brought.find(({ id }) => id.endsWith(`/${rule}`));
  const found = findRule(rule);
  if (own && !('id' in found && found.id !== own.id))
    return succeeded(customRulePage(own).split('\n').map(printable).join('\n'));
  if (!('id' in found))
    return failed(
      `explain: no rule is called '${rule}'.${didYouMean(
        suggest(
          rule,
          brought.map(({ id }) => id),
        ) ?? found.meant,
      )}`,
    );
  return succeeded(pageOf(found.id, near) ?? ruleInShort(found.id));
}

/** The page of a rule; undefined where the pages do not come with the program. */
export function pageOf(id: string, near: string): string | undefined {
  const folder = pagesAbove(near);
  const page = folder === undefined ? undefined : readText(join(folder, `${id}.md`));
  return page && 'text' in page ? page.text : undefined;
}

/** The program lies in `dist/`, its tests deeper. */
function pagesAbove(near: string): string | undefined {
  for (let folder = dirname(near), i = 0; i < 3; folder = dirname(folder), i++) {
    const pages = join(folder, 'docs', 'rules');
    if (existsSync(pages)) return pages;
  }
  return undefined;
}
