// The configurations of a project and its files of shared rules as documents: each is read once until a file that it is
// made from changes.
import {
  type Configuration,
  configurationUris,
  isConfigurationName,
  parseConfiguration,
} from '../governance/configuration.ts';
import { configuredWaiverFindings } from '../governance/configured-waivers.ts';
import { isPackName, packShape } from '../governance/custom-rule-keys.ts';
import { namedConfigurationShape } from '../governance/parameter-keys.ts';
import { parsePack, type RulePack } from '../governance/rule-packs.ts';
import type { ParsedText } from '../language/parse.ts';
import type { KeyTable, RecordShape } from '../language/shape.ts';
import type { Finding } from '../rules/finding.ts';
import { byPlace, problemFinding } from '../rules/lint.ts';

/** A document of any kind and what was found in it. */
export interface Judged {
  readonly uri: string;
  /** Version of the editor's document; undefined for a file that is not open. */
  readonly version: number | undefined;
  readonly file: ParsedText;
  readonly lint: { readonly findings: readonly Finding[] };
}

/** A configuration or a file of shared rules as a document: its problems are what is found in it. */
export interface ConfigurationDocument extends Judged {
  /** The table of its keys. */
  readonly shape: RecordShape<KeyTable>;
  /** Undefined for a file of shared rules. */
  readonly configuration: Configuration | undefined;
}

/** No workflow: a configuration or a file of shared rules, by the end of its path or uri. */
export function isConfigurationDocument(path: string): boolean {
  return isConfigurationName(path) || isPackName(path);
}

/** Text of a file as it counts now: that of the editor for an open one. */
type ReadFile = (uri: string) => string | undefined;

/** Owns what is remembered of them. */
export class Configurations {
  readonly #read: ReadFile;
  /** The day that dates are judged by. */
  readonly #today: () => number | undefined;
  /** By uri; undefined where there is none. */
  readonly #known = new Map<string, Configuration | undefined>();
  /** Rules that configurations bring are run. */
  #isTrusted = true;
  readonly #packs = new Map<string, RulePack | undefined>();
  readonly #documents = new WeakMap<ParsedText, ConfigurationDocument>();

  constructor(read: ReadFile, today: () => number | undefined) {
    this.#read = read;
    this.#today = today;
  }

  /** Whether rules that configurations bring may run; answers whether that is new. */
  useTrust(isTrusted: boolean): boolean {
    if (isTrusted === this.#isTrusted) return false;
    this.#isTrusted = isTrusted;
    this.forget();
    return true;
  }

  /** The one that counts for a file: the nearest upwards. */
  nearest(uri: string): Configuration | undefined {
    for (const candidate of configurationUris(uri)) {
      const found = this.#at(candidate);
      if (found) return found;
    }
    return undefined;
  }

  /** The one at `uri`; undefined for what is none and for what cannot be read. */
  document(uri: string, version: number | undefined): ConfigurationDocument | undefined {
    const configuration = isConfigurationName(uri) ? this.#at(uri) : undefined;
    const file = configuration ?? (isPackName(uri) ? this.#packAt(uri) : undefined);
    if (!file) return undefined;
    const shape = configuration ? namedConfigurationShape : packShape;
    const lint = { findings: this.#findingsOf(file, configuration) };
    const known = this.#documents.get(file) ?? { uri, version, file, shape, configuration, lint };
    this.#documents.set(file, known);
    return known;
  }

  /** What would be found in the one at `uri` with this text. */
  findingsWith(uri: string, text: string): readonly Finding[] {
    if (isPackName(uri)) return this.#findingsOf(parsePack(uri, text), undefined);
    const configuration = this.#parse(uri, text);
    return this.#findingsOf(configuration, configuration);
  }

  /** Forgets those that are made from a file. */
  drop(isFile: (uri: string) => boolean): void {
    for (const [uri, configuration] of this.#known)
      if ([uri, ...(configuration?.dependencies ?? [])].some(isFile)) this.#known.delete(uri);
    for (const uri of this.#packs.keys()) if (isFile(uri)) this.#packs.delete(uri);
  }

  forget(): void {
    this.#known.clear();
    this.#packs.clear();
  }

  /** Each place is looked at once until files change. */
  #at(uri: string): Configuration | undefined {
    if (!this.#known.has(uri)) {
      const text = this.#read(uri);
      this.#known.set(uri, text === undefined ? undefined : this.#parse(uri, text));
    }
    return this.#known.get(uri);
  }

  /** Whether a waiver is of use shows in the files it is for, which are not asked here. */
  #findingsOf({ problems }: ParsedText, configuration: Configuration | undefined): readonly Finding[] {
    const complaints = configuration ? configuredWaiverFindings(configuration, this.#today()) : [];
    return [...problems.map((problem) => problemFinding(problem, 'configuration')), ...complaints].sort(byPlace);
  }

  #packAt(uri: string): RulePack | undefined {
    if (!this.#packs.has(uri)) {
      const text = this.#read(uri);
      this.#packs.set(uri, text === undefined ? undefined : parsePack(uri, text));
    }
    return this.#packs.get(uri);
  }

  #parse(uri: string, text: string): Configuration {
    return parseConfiguration(uri, text, this.#read, { trusted: this.#isTrusted });
  }
}
