// The configurations of a project as documents: each is read once until a file that it is made from changes.
import {
  type Configuration,
  configurationUris,
  isConfigurationName,
  parseConfiguration,
} from '../governance/configuration.ts';
import type { ParsedText } from '../language/parse.ts';
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

/** A configuration as a document: its problems are what is found in it. */
export interface ConfigurationDocument extends Judged {
  readonly file: Configuration;
}

/** Text of a file as it counts now: that of the editor for an open one. */
type ReadFile = (uri: string) => string | undefined;

/** Owns what is remembered of them. */
export class Configurations {
  readonly #read: ReadFile;
  /** By uri; undefined where there is none. */
  readonly #known = new Map<string, Configuration | undefined>();
  /** Rules that configurations bring are run. */
  #isTrusted = true;
  readonly #documents = new WeakMap<Configuration, ConfigurationDocument>();

  constructor(read: ReadFile) {
    this.#read = read;
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
    const file = isConfigurationName(uri) ? this.#at(uri) : undefined;
    if (!file) return undefined;
    const known = this.#documents.get(file) ?? { uri, version, file, lint: { findings: findingsOf(file) } };
    this.#documents.set(file, known);
    return known;
  }

  /** What would be found in the one at `uri` with this text. */
  findingsWith(uri: string, text: string): readonly Finding[] {
    return findingsOf(this.#parse(uri, text));
  }

  /** Forgets those that are made from a file. */
  drop(isFile: (uri: string) => boolean): void {
    for (const [uri, configuration] of this.#known)
      if ([uri, ...(configuration?.dependencies ?? [])].some(isFile)) this.#known.delete(uri);
  }

  forget(): void {
    this.#known.clear();
  }

  /** Each place is looked at once until files change. */
  #at(uri: string): Configuration | undefined {
    if (!this.#known.has(uri)) {
      const text = this.#read(uri);
      this.#known.set(uri, text === undefined ? undefined : this.#parse(uri, text));
    }
    return this.#known.get(uri);
  }

  #parse(uri: string, text: string): Configuration {
    return parseConfiguration(uri, text, this.#read, { trusted: this.#isTrusted });
  }
}

function findingsOf({ problems }: Configuration): readonly Finding[] {
  return problems.map((problem) => problemFinding(problem, 'configuration')).sort(byPlace);
}
