// Reads a TARGET: a step, a list of branches, a split, or a link with keys of its own.
import type { Contract, ContractTerms, Link, Reference, Target } from './parts.ts';
import { mayFollowAlias, type Reading, rangeOf, report } from './reading.ts';
import { type Fields, reference, type Shape, type TargetShape, type ValueOf } from './shape.ts';
import { isList, type Range } from './source.ts';
import type { SyntaxNode } from './syntax.ts';
import { type contractShape, type linkKeys, linkShape } from './vocabulary.ts';

/** The general reader, handed in so that the files form no circle. */
type Read = <S extends Shape>(node: SyntaxNode, shape: S, reading: Reading, called?: Range) => ValueOf<S> | undefined;

/** A target in any of its forms; undefined where it is none. */
export function readTarget(node: SyntaxNode, shape: TargetShape, reading: Reading, read: Read): Target | undefined {
  if (node.kind === 'scalar') {
    const step = read(node, reference('step', { words: shape.words }), reading);
    return step && { kind: 'step', step };
  }
  if (node.kind === 'list') {
    if (node.items.length > 1 && node.items.every((item) => item.kind === 'scalar')) {
      report(
        reading,
        'language/invalid-value',
        rangeOf(node, reading),
        "A list of branches is an exclusive choice: give each branch 'when', 'else' or 'label'. For parallel work write { all: […] }.",
      );
    }
    const links = node.items.flatMap((item) => readLink(item, shape, reading, read) ?? []);
    checkBranches(links, reading);
    return { kind: 'split', mode: 'exclusive', links, range: rangeOf(node, reading) };
  }
  if (node.kind !== 'map') return undefined;
  const link = readLink(node, shape, reading, read);
  if (!link) return undefined;
  const bare = node.entries.length === 1 && link.to?.kind === 'split' && !link.otherwise;
  return bare && link.to ? link.to : { kind: 'link', link };
}

function readLink(node: SyntaxNode, shape: TargetShape, reading: Reading, read: Read): Link | undefined {
  const range = rangeOf(node, reading);
  if (node.kind === 'alias' && node.target) {
    reading.budget.left--;
    if (!mayFollowAlias(reading, node.range)) return undefined;
    return readLink(node.target, shape, { ...reading, at: range }, read);
  }
  if (node.kind !== 'map') {
    const to = readTarget(node, shape, reading, read);
    return to && { range, to, otherwise: false };
  }
  const fields = read(node, linkShape, reading) as Fields<typeof linkKeys> | undefined;
  if (!fields) return undefined;
  const ways = (['to', 'else', 'all', 'any'] as const).filter((key) => fields.$.keyRange(key));
  if (ways.length === 0) {
    report(
      reading,
      'language/missing-key',
      range,
      "This branch leads nowhere: add 'to' with the step that comes next.",
    );
  } else if (ways.length > 1) {
    const at = fields.$.keyRange(ways[1] ?? 'to') ?? range;
    report(
      reading,
      'language/invalid-value',
      at,
      `'${ways[0]}' and '${ways[1]}' exclude each other. Keep one of them.`,
    );
  }
  return {
    range,
    to: fields.to ?? fields.else ?? splitOf(fields, range),
    when: fields.when,
    otherwise: ways[0] === 'else',
    label: fields.label,
    handoff: contractOf(fields.handoff),
    max: fields.max,
    exhausted: fields.exhausted,
    share: fields.share,
    keep: fields.keep,
  };
}

function splitOf(fields: Fields<typeof linkKeys>, range: Range): Target | undefined {
  const targets = fields.all ?? fields.any;
  if (!targets) return undefined;
  const links = targets.map(
    (target): Link =>
      target.kind === 'link' ? target.link : { range: targetRange(target), to: target, otherwise: false },
  );
  return { kind: 'split', mode: fields.all ? 'parallel' : 'inclusive', links, range };
}

/** The text of a target. */
export function targetRange(target: Target): Range {
  return target.kind === 'step' ? target.step.range : target.kind === 'split' ? target.range : target.link.range;
}

/** Guarded branches and an open choice do not mix, and only the last branch is `else`. */
function checkBranches(links: readonly Link[], reading: Reading): void {
  if (links.length < 2) return;
  const guarded = links.some((link) => link.when);
  for (const [index, link] of links.entries()) {
    if (link.otherwise && index < links.length - 1) {
      report(
        reading,
        'language/invalid-value',
        link.range,
        "Branches behind 'else' are never taken. Move 'else' to the end.",
      );
    }
    if (link.when || link.otherwise) continue;
    if (guarded) {
      const message = "This branch has no condition, the others have. Add 'when', or 'else' for what is left.";
      report(reading, 'language/invalid-value', link.range, message);
    } else if (!link.label && link.to && (link.to.kind !== 'step' || link.range !== link.to.step.range)) {
      report(reading, 'language/invalid-value', link.range, "Each branch of a choice needs 'when', 'else' or 'label'.");
    }
  }
}

/** The three written forms of a contract as one. */
export function contractOf(value: ValueOf<typeof contractShape> | undefined): Contract | undefined {
  if (value === undefined) return undefined;
  const parts: readonly (Reference | ContractTerms)[] = isList(value) ? value : [value];
  const names: Reference[] = [];
  const terms: ContractTerms[] = [];
  for (const part of parts) {
    if ('to' in part && 'word' in part) names.push(part);
    else terms.push(part);
  }
  const range = names[0]?.range ?? terms[0]?.$.range;
  return range && { range, names, terms };
}
