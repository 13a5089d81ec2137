// Hover in a configuration: keys, presets, rules, severities, parameters, duties, and what its globs and paths lead to.
import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import type { Configuration } from '../../governance/configuration.ts';
import { packsKey } from '../../governance/custom-rule-keys.ts';
import { glob } from '../../governance/included.ts';
import { parameterKeys } from '../../governance/parameter-keys.ts';
import { resolveUri } from '../../language/project.ts';
import { date, file as path } from '../../language/vocabulary.ts';
import { parameters } from '../../rules/parameters.ts';
import { presets } from '../../rules/presets.ts';
import { ruleById } from '../../rules/registry.ts';
import type { ConfigurationDocument } from '../configurations.ts';
import { keyDocumentation } from '../describe-language.ts';
import { presetDocumentation, ruleDocumentation } from '../describe-rule.ts';
import type { DocumentCache } from '../documents.ts';
import { code, paragraphs } from '../markdown.ts';
import { toRange } from '../positions.ts';
import { formOf, keyOf, recordAround, type Slot, slotAt } from '../slot.ts';
import { describeInExpression } from './expressions.ts';
import { type GovernedFile, governedFiles, namedFiles } from './governed-files.ts';

const maxNamed = 12;

export function configurationHover(
  document: ConfigurationDocument,
  offset: number,
  documents: DocumentCache,
): Hover | null {
  const { file, shape } = document;
  const slot = slotAt(file.root, offset, shape);
  const expression = slot && slot.form === 'value' ? describeInExpression(slot, file.text, offset) : undefined;
  if (expression) {
    return {
      contents: { kind: MarkupKind.Markdown, value: expression.value },
      range: toRange(file, expression.range),
    };
  }
  const described =
    slot && (slot.form === 'key' ? describeKey(slot, document) : describeValue(slot, document, documents));
  if (!slot || !described) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: described },
    range: toRange(file, slot.scalar.range),
  };
}

function describeKey({ scalar: { text: name }, trail }: Slot, document: ConfigurationDocument): string | undefined {
  const shape = trail.at(-1)?.shape;
  if (shape?.kind === 'map') return ofRule(name, document);
  const key = shape?.kind === 'record' ? keyOf(shape, name) : undefined;
  if (!key) return undefined;
  const parameter = shape?.kind === 'record' && shape.keys === parameterKeys ? parameters.get(name) : undefined;
  const setters = [...presets.values()].filter(
    (preset) => parameter && preset.parameters?.[parameter.key] !== undefined,
  );
  return paragraphs(
    `**${name}**`,
    keyDocumentation(key),
    setters.length > 0
      ? `Set by the presets ${setters.map(({ id }) => code(id)).join(', ')}; a value here wins.`
      : undefined,
  );
}

function describeValue(slot: Slot, document: ConfigurationDocument, documents: DocumentCache): string | undefined {
  const { scalar, expected } = slot;
  const { text } = scalar;
  const shape = expected && formOf(expected, 'scalar');
  const around = recordAround(slot);
  switch (shape?.kind) {
    case 'word': {
      const doc = Object.hasOwn(shape.words, text) ? shape.words[text] : undefined;
      return doc === undefined ? undefined : paragraphs(code(text), doc);
    }
    case 'name': {
      const preset = shape.family === 'profile' ? presets.get(text) : undefined;
      return preset ? presetDocumentation(preset) : shape.family === 'duty' ? `${code(text)} — duty` : undefined;
    }
    case 'scalar':
      if (shape === path) return ofPath(text, document, documents);
      if (shape === packsKey.shape.of) return ofPack(text, document);
      if (shape === date) return undefined;
      if (around?.name === 'waiver' && around.key === 'rule') return ofRule(text, document);
      return shape === glob ? ofGlob(text, document, documents) : undefined;
    default:
      return undefined;
  }
}

/** One of everybody's, or one that the configuration brings. */
function ofRule(id: string, { configuration }: ConfigurationDocument): string | undefined {
  const rule = ruleById(id) ?? configuration?.customRules.find((own) => own.id === id)?.rule;
  return rule && ruleDocumentation(rule);
}

/** A file of shared rules, or a package that has some. */
function ofPack(name: string, { uri, configuration }: ConfigurationDocument): string {
  const target = resolveUri(uri, name);
  const packs = configuration?.packs ?? [];
  const found = packs.filter((pack) => pack.uri === target || pack.uri.includes(`/node_modules/${name}/`));
  const ids = found.flatMap((pack) => pack.rules.map(({ id }) => `- ${code(id)}`));
  return paragraphs(
    `${code(name)} — ${found.length === 0 ? 'no rules are read from it' : `brings ${counted(ids.length, 'rule')}`}`,
    ids.join('\n'),
  );
}

function ofPath(name: string, { uri, configuration }: ConfigurationDocument, documents: DocumentCache): string {
  const target = resolveUri(uri, name);
  if (target === undefined || documents.project().text(target) === undefined)
    return target !== undefined && target === configuration?.baselineUri
      ? `${code(name)} — not there yet. \`aiwf check --update-baseline\` writes it.`
      : `${code(name)} — no such file can be read`;
  return target === configuration?.baselineUri
    ? `${code(name)} — ${knownInWords(configuration.baseline)}`
    : `${code(name)} — file`;
}

/** What a baseline holds. */
export function knownInWords(baseline: Configuration['baseline']): string {
  const entries = [...(baseline?.values() ?? [])];
  const count = entries.flat().reduce((sum, entry) => sum + entry.count, 0);
  return count === 0 ? 'no known findings' : `${counted(count, 'known finding')} in ${counted(entries.length, 'file')}`;
}

/** `3 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function ofGlob(written: string, { configuration }: ConfigurationDocument, documents: DocumentCache): string {
  const named: readonly GovernedFile[] = configuration
    ? namedFiles([written], configuration, governedFiles(configuration, documents))
    : [];
  const shown = named.slice(0, maxNamed).map(({ path: each }) => `- ${code(each)}`);
  const more = named.length > maxNamed ? [`- … and ${named.length - maxNamed} more`] : [];
  return paragraphs(
    `${code(written)} — ${named.length === 0 ? 'names no workflow' : `names ${counted(named.length, 'workflow')}`}`,
    [...shown, ...more].join('\n'),
  );
}
