// How what comes from the picture is written in the text: titles, ids, handlers, new steps.
import { addBlock, addEntry, unusedId } from '../../language/edit.ts';
import type { TextEdit } from '../../language/source.ts';
import type { MapNode } from '../../language/syntax.ts';
import { entryOf } from './drawing.ts';

/** Words that YAML or the language would take for something else. */
const words = /^(?:true|false|null|yes|no|on|off|in|self|none|all|stop|workflow|message|manual|schedule)$/i;
const longestId = 40;

/** Text as YAML on one line: plain where it means the same everywhere, else in quotes. */
export function quoted(title: string): string {
  const isPlain = /^\p{L}[\p{L}\p{M}\p{N} .'?!()/&+-]*$/u.test(title) && !words.test(title);
  return isPlain ? title : JSON.stringify(title);
}

/** An id that reads like the title and is not taken. */
export function idFrom(title: string, taken: { has(id: string): boolean }): string {
  const letters = title
    .toLowerCase()
    .replace(/[äöü]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter] ?? letter)
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-');
  const short =
    letters.length > longestId ? letters.slice(0, letters.lastIndexOf('-', longestId) + 1 || longestId) : letters;
  const id = short.replace(/^[^a-z]+|-+$/g, '');
  return unusedId(id === '' ? 'new-step' : words.test(id) ? `${id}-step` : id, taken);
}

/** Gives a step a handler of its own for some outcomes that it has none for. */
export function addHandlers(
  text: string,
  step: MapNode,
  outcomes: readonly string[],
  target: string,
): readonly TextEdit[] | undefined {
  const on = entryOf(step, 'on');
  const pairs = outcomes.map((outcome) => `${outcome}: ${target}`);
  if (!on) return addEntry(text, step, 'on', `{ ${pairs.join(', ')} }`);
  if (on.value?.kind !== 'map') return undefined;
  const edits: TextEdit[] = [];
  for (const outcome of outcomes) {
    const added = addEntry(text, on.value, outcome, target);
    if (!added) return undefined;
    edits.push(...added);
  }
  return edits;
}

/** A new step with these lines, behind another of the same map. */
export function addStep(
  text: string,
  steps: MapNode,
  id: string,
  lines: readonly string[],
  after: string | undefined,
): readonly TextEdit[] | undefined {
  if (steps.flow) return addEntry(text, steps, id, `{ ${lines.join(', ')} }`, after);
  return addBlock(text, steps, [`${id}:`, ...lines.map((line) => `  ${line}`)], after);
}
