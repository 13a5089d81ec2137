// Inlay hints: what a step inherits, what a target is called, what class data has by what it is made of. A click on a name
// leads to its declaration.
import { type InlayHint, InlayHintKind, type InlayHintLabelPart } from 'vscode-languageserver-types';
import type { Step, Workflow } from '../language/model.ts';
import { resolve } from '../language/names.ts';
import type { Shape } from '../language/shape.ts';
import type { Place, Range } from '../language/source.ts';
import type { MapEntry } from '../language/syntax.ts';
import { computedClass } from './data-facts.ts';
import type { Checked } from './documents.ts';
import { locationOf } from './locations.ts';
import { code } from './markdown.ts';
import { toPosition } from './positions.ts';
import { type Slot, slotsIn } from './slot.ts';

/** Each kind of hint can be turned off. */
export interface InlayHintOptions {
  readonly accountable: boolean;
  readonly targets: boolean;
  readonly dataClass: boolean;
}

/** A hint at an offset, before it becomes one of the protocol. */
interface Hint {
  readonly at: number;
  /** Before and behind the part that can be clicked. */
  readonly before: string;
  readonly text: string;
  readonly place: Place | undefined;
  readonly tooltip: string;
}

const longestTitle = 40;

/** Hints within `range`, in the order of the text. */
export function inlayHintsIn(checked: Checked, range: Range, options: InlayHintOptions): InlayHint[] {
  const { workflow } = checked;
  const within = ({ start, end }: Range) => start <= range.end && end >= range.start;
  const hints = slotsIn(checked.file.root)
    .filter(({ scalar }) => within(scalar.range))
    .flatMap((slot): Hint[] => {
      if (slot.form === 'value') return options.targets ? targetHints(slot, workflow) : [];
      const declared = declaredBy(slot);
      if (declared === 'step' && options.accountable) return accountableHints(slot, workflow);
      if (declared === 'data' && options.dataClass) return classHints(slot, checked);
      return [];
    });
  const shown = new Set<string>();
  return hints
    .filter(({ at }) => range.start <= at && at <= range.end)
    .sort((a, b) => a.at - b.at)
    .map((hint) => toHint(hint, checked))
    .filter(({ position: { line }, label }) => {
      // Once in a line is enough: `{ approve: send, modify: send }` would grow too long.
      const said = `${line} ${JSON.stringify(label)}`;
      return !shown.has(said) && shown.add(said);
    });
}

function toHint({ at, before, text, place, tooltip }: Hint, checked: Checked): InlayHint {
  const location = place && locationOf(place, checked);
  const part: InlayHintLabelPart = { value: text, ...(location ? { location } : {}) };
  return {
    position: toPosition(checked.file, at),
    label: before === '' ? [part] : [{ value: before }, part],
    kind: InlayHintKind.Type,
    paddingLeft: true,
    tooltip: { kind: 'markdown', value: tooltip },
  };
}

/** What the key declares, where it is a key of a section. */
function declaredBy({ trail }: Slot): string | undefined {
  const shape = trail.at(-1)?.shape;
  return shape?.kind === 'map' && shape.keys.kind === 'declares' ? shape.keys.declares : undefined;
}

/** Who answers for a step that names nobody. Of points without work and of ends nobody asks. */
function accountableHints({ scalar, trail }: Slot, workflow: Workflow): Hint[] {
  const step = workflow.steps.get(scalar.text);
  const [owner] = workflow.fields?.accountable ?? [];
  const entry = trail.at(-1)?.entry;
  if (!entry || !owner || !step || step.range.start !== scalar.range.start || !isOwned(step)) return [];
  return [
    {
      at: behindHead(entry),
      before: 'accountable: ',
      text: owner.name,
      place: resolve(owner, workflow),
      tooltip: `${code(step.id)} names nobody, so whoever is accountable for the workflow answers for it.`,
    },
  ];
}

function isOwned({ kind, fields }: Step): boolean {
  return kind !== undefined && kind !== 'route' && kind !== 'end' && !fields.$.keyRange('accountable');
}

/** Title of the step that work goes to, where it says more than the id. */
function targetHints({ scalar, expected }: Slot, workflow: Workflow): Hint[] {
  const step = isTarget(expected) ? workflow.steps.get(scalar.text) : undefined;
  if (!step || sameWords(step.title, step.id)) return [];
  return [
    {
      at: scalar.range.end,
      before: '',
      text: shortened(step.title),
      place: { uri: workflow.file.uri, range: step.range },
      tooltip: `Title of ${code(step.id)}${step.kind ? `, ${step.kind}` : ''}.`,
    },
  ];
}

function isTarget(shape: Shape | undefined): boolean {
  if (shape?.kind === 'lazy') return isTarget(shape.of());
  return shape?.kind === 'target' || (shape?.kind === 'choice' && isTarget(shape.scalar));
}

/** `send-reply` and `Send reply` say the same. */
function sameWords(a: string, b: string): boolean {
  const words = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return words(a) === words(b);
}

function shortened(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim();
  return line.length > longestTitle ? `${line.slice(0, longestTitle).trimEnd()}…` : line;
}

/** The class that flows in, behind the declared one or behind the declaration. */
function classHints({ scalar, trail }: Slot, { lint }: Checked): Hint[] {
  const { workflow, analyses } = lint;
  const data = workflow.data.get(scalar.text);
  const entry = trail.at(-1)?.entry;
  if (!entry || !data || data.range.start !== scalar.range.start || data.uri !== workflow.file.uri) return [];
  const computed = computedClass(data.id, analyses);
  if (computed === undefined) return [];
  const declared = data.fields.$.valueRange('class');
  return [
    {
      at: declared?.end ?? behindHead(entry),
      before: declared ? 'computed: ' : 'class: ',
      text: computed,
      place: undefined,
      tooltip: declared
        ? `${code(data.id)} is made from data that is ${computed}, which is more than it declares.`
        : `${code(data.id)} declares no class. What it is made from is ${computed}.`,
    },
  ];
}

/** Behind the colon of a declaration over several lines, behind the brace of one in braces. */
function behindHead({ key, value, range }: MapEntry): number {
  const isInline = value !== undefined && (value.kind !== 'map' || value.flow);
  return isInline
    ? Math.max(value.range.end, key.range.end)
    : Math.min(key.range.end + 1, Math.max(range.end, key.range.end));
}
