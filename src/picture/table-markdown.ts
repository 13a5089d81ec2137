// The tables as Markdown, for documents. What a user wrote never becomes markup: no links, no HTML, no new cell or row.
import { participationInWords, roleLetters } from './draw-responsibilities.ts';
import { factInWords } from './facts-in-words.ts';
import { actorGroups, groupOf } from './table-markup.ts';
import { type AiPart, type DataFlowView, type DataUse, type ResponsibilitiesView, type Role, roles } from './views.ts';
import { fill, type PictureWords } from './words.ts';

/** A heading and a table; where the view has no rows, a sentence that says so. */
export function tableMarkdown(view: ResponsibilitiesView | DataFlowView, words: PictureWords): string {
  const { title } = view.view === 'data' ? words.data : words.responsibilities;
  const rows = view.view === 'data' ? dataTable(view, words) : responsibilitiesTable(view, words);
  const body = view.rows.length === 0 ? [plain(words.empty)] : rows;
  return `${[`## ${plain(title)}`, '', ...body].join('\n')}\n`;
}

function responsibilitiesTable(view: ResponsibilitiesView, words: PictureWords): readonly string[] {
  const own = words.responsibilities;
  const actors = actorGroups.flatMap((group) => view.actors.filter((actor) => groupOf(actor) === group));
  const used = roles.filter((role) =>
    view.rows.some((row) => Object.values(row.roles).some((held) => held.includes(role))),
  );
  const rows = view.rows.map((row) => {
    const participation = participationInWords(row, own);
    const detail = [words.kinds[row.kind], ...(participation === '' ? [] : [participation])].join(', ');
    const letters = (held: readonly Role[]) =>
      roles.flatMap((role) => (held.includes(role) ? [roleLetters[role]] : [])).join(' ');
    return [`${plain(row.title)} (${plain(detail)})`, ...actors.map(({ id }) => letters(row.roles[id] ?? []))];
  });
  const legend = used.map((role) => `${roleLetters[role]} = ${plain(own.roles[role])}`).join(', ');
  return [...tableOf([plain(own.step), ...actors.map(({ title }) => plain(title))], rows), '', legend];
}

function dataTable(view: DataFlowView, words: PictureWords): readonly string[] {
  const own = words.data;
  const titles = new Map(view.actors.map(({ id, title }) => [id, title]));
  const hasAi = view.rows.some(({ ai }) => ai);
  const rows = view.rows.map((row) => [
    joined([
      plain(row.title),
      plain(row.class ? own.classes[row.class] : own.noClass),
      ...row.facts.map((fact) => plain(factInWords(fact, own.facts, words))),
    ]),
    usesOf(row.writes),
    usesOf(row.reads),
    ...(hasAi ? [row.ai ? aiOf(row.ai) : ''] : []),
  ]);
  const heads = [own.data, own.written, own.read, ...(hasAi ? [own.ai] : [])];
  return tableOf(heads.map(plain), rows);

  function usesOf(uses: readonly DataUse[]): string {
    return joined(
      uses.map(({ actor, title, how }) => {
        const told = how === 'writes' || how === 'reads' ? '' : ` (${plain(own.uses[how])})`;
        const who = actor === '' ? '' : `${plain(titles.get(actor) ?? actor)}: `;
        return `${who}${plain(title)}${told}`;
      }),
    );
  }

  function aiOf({ madeIn, derivedIn, reaches }: AiPart): string {
    const list = (steps: AiPart['madeIn']) => steps.map(({ title }) => title).join(', ');
    return joined([
      ...(madeIn.length > 0 ? [plain(fill(own.madeIn, list(madeIn)))] : []),
      ...(derivedIn.length > 0 ? [plain(fill(own.derivedIn, list(derivedIn)))] : []),
      ...(reaches.length === 0 ? [plain(own.nowhere)] : []),
      ...reaches.map(({ title, review }) => `→ ${plain(title)}: ${plain(own.reviews[review])}`),
    ]);
  }
}

function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}

/** One below the other in a cell. */
function joined(lines: readonly string[]): string {
  return lines.join('<br>');
}

/** On one line, without a character that Markdown or HTML would read as its own. */
export function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/[\\`*_{}[\]()<>#|~&:@$!]/g, (character) => `\\${character}`)
    .replace(/\bwww\./gi, (word) => `${word.slice(0, 3)}\\.`);
}
