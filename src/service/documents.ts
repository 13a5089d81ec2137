// The open documents, and what was found out about each: parsed once per text, checked once per version when somebody
// asks what was found, and again when a file it depends on has changed.
import { type Assessment, assess } from '../governance/assess.ts';
import { type Configuration, configurationUris } from '../governance/configuration.ts';
import { isIncluded } from '../governance/included.ts';
import type { Workflow } from '../language/model.ts';
import { type ParsedFile, parseFile } from '../language/parse.ts';
import { isWorkflowName, type ProjectHost, resolveWorkflow } from '../language/project.ts';
import type { Finding } from '../rules/finding.ts';
import { type ConfigurationDocument, Configurations, isConfigurationDocument, type Judged } from './configurations.ts';
import { fileKey } from './file-key.ts';
import { LastCheck, type Setup } from './last-check.ts';
import { type Former, formerOf } from './moved-findings.ts';
import { Recent } from './recent.ts';

/** Where the service finds what is not open in the editor. Synchronous; a file that cannot be had is undefined. */
export interface ServiceHost {
  read(uri: string): string | undefined;
  /** The file that declares `workflow: ID`. */
  workflowUri?(id: string): string | undefined;
  /** Uris of the workflow files of the project; without it only open ones are searched for mentions. */
  workflowFiles?(): readonly string[];
  /** Names of what a folder holds, those of folders with a slash behind; without it no paths are offered. */
  entries?(folder: string): readonly string[];
  /** The day that dates are judged by, milliseconds since the epoch; without it they are not judged. */
  today?(): number;
}

/** One document and everything known about it. */
export interface Checked extends Judged {
  readonly file: ParsedFile;
  /** The model of the file; no rule is asked for it. */
  readonly workflow: Workflow;
  /** Worked out when it is first asked for: completion does without. */
  readonly lint: Assessment;
  /** What is wrong with the language alone, no rule asked: known long before `lint` where the text is long. */
  readonly language: Assessment;
  /** The files around it, as they were when it was checked. */
  readonly project: ProjectHost;
}

/** The files around, for what is typed of their paths. */
export interface ProjectFiles {
  workflowUris(): readonly string[];
  entries(folder: string): readonly string[];
  text(uri: string): string | undefined;
}

/** A file that is asked about by name, and the configuration that counts for it. */
export interface Inspected {
  readonly checked: Checked;
  readonly configuration: Configuration | undefined;
}

interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

/** A document, and the files its findings were made from; undefined until they are. */
interface Entry {
  readonly checked: Checked;
  dependencies?: ReadonlySet<string>;
  /** What was found, where it was asked for. */
  findings?: readonly Finding[];
  /** What it was asked with. */
  setup?: Setup;
}

/** What is kept of what was made from these, besides. */
interface Kept {
  /** What was made from the file with this key holds no more. */
  drop(key: string): void;
  clear(): void;
}

/** Files that are kept as they were read, and characters of their texts. */
const parsedRoom = { entries: 200, size: 8_000_000 };
/** Open documents whose models, graphs and analyses are kept, and characters of their texts. */
const checkedRoom = { entries: 50, size: 4_000_000 };
/** Characters from which on a check may take so long that what was found before is of use meanwhile. */
const longText = 40_000;

/** Owns the open documents and all that is remembered of them. */
export class DocumentCache {
  readonly #host: ServiceHost;
  readonly #open = new Map<string, OpenDocument>();
  readonly #parsed = new Recent<ParsedFile>(parsedRoom);
  readonly #checked = new Recent<Entry>(checkedRoom);
  readonly #kept: Kept;
  /** What was found in long open documents before what is not checked yet. */
  readonly #former = new Map<string, Former>();
  readonly #lastCheck = new LastCheck();
  readonly #configurations: Configurations;
  /** Open documents whose files are gone: an editor may keep one long after its file was deleted. */
  readonly #gone = new Set<string>();
  #isTrusted = true;
  /** Presets for files without a configuration. */
  #profile: readonly string[] = [];

  /** `kept` is told what holds no more. */
  constructor(host: ServiceHost, kept: Kept) {
    this.#host = host;
    this.#kept = kept;
    // What is edited counts at once, as the workflows do.
    this.#configurations = new Configurations(
      (uri) => this.#textOf(uri),
      () => host.today?.(),
    );
  }

  /** Takes over the text of an opened or edited document. */
  set(uri: string, version: number, text: string): void {
    const known = this.#open.get(fileKey(uri));
    if (known?.version === version && known.text === text) return;
    const { checked, dependencies, setup } = this.#checked.get(fileKey(uri)) ?? {};
    this.#drop(uri, true);
    const remembered = setup && checked?.lint.remembered;
    if (remembered && dependencies) this.#lastCheck.keep({ key: fileKey(uri), setup, dependencies, remembered });
    this.#open.set(fileKey(uri), { uri, version, text });
    this.#gone.delete(fileKey(uri));
  }

  close(uri: string): void {
    this.#open.delete(fileKey(uri));
    this.#gone.delete(fileKey(uri));
    this.#drop(uri);
    this.#former.delete(fileKey(uri));
  }

  /** A file changed on disk; does nothing for one that is open, whose text is the editor's. */
  changed(uri: string): void {
    if (!this.#open.has(fileKey(uri))) this.#drop(uri);
  }

  /** A file came or went, so any name may lead elsewhere now. */
  cameOrWent(uri: string, isThere: boolean): void {
    if (isThere || !this.isOpen(uri)) this.#gone.delete(fileKey(uri));
    else this.#gone.add(fileKey(uri));
    this.forget();
  }

  /** Files have come or gone, so any name may lead elsewhere now. */
  forget(): void {
    this.#forgetChecked();
    this.#configurations.forget();
  }

  /** Presets that a file without a configuration is checked with; answers whether that is anything new. */
  useProfile(profile: readonly string[]): boolean {
    if (profile.join() === this.#profile.join()) return false;
    this.#profile = profile;
    this.#forgetChecked();
    return true;
  }

  /** Whether rules that configurations bring may run: not where the user does not trust them. Answers whether that is new. */
  useTrust(isTrusted: boolean): boolean {
    this.#isTrusted = isTrusted;
    if (!this.#configurations.useTrust(isTrusted)) return false;
    this.#forgetChecked();
    return true;
  }

  isTrusted(): boolean {
    return this.#isTrusted;
  }

  /** Presets that count where no configuration is found; none named: what everybody gets. */
  profile(): readonly string[] {
    return this.#profile;
  }

  isOpen(uri: string): boolean {
    return this.#open.has(fileKey(uri));
  }

  /** Uris of the open documents. */
  openUris(): readonly string[] {
    return [...this.#open.values()].map(({ uri }) => uri);
  }

  /** The open workflow `uri`, checked; undefined for a closed one. */
  checked(uri: string): Checked | undefined {
    const document = this.#open.get(fileKey(uri));
    if (!document || isConfigurationDocument(uri)) return undefined;
    const known = this.#checked.get(fileKey(uri)) ?? this.#check(document.uri, document.version, document.text);
    this.#checked.set(fileKey(uri), known, document.text.length);
    return known.checked;
  }

  /** An open document is long, and its newest text not checked: what was found in it before, nothing where it is new. */
  former(uri: string): Former | undefined {
    const document = this.#open.get(fileKey(uri));
    const isDue = document && document.text.length >= longText && !this.#checked.get(fileKey(uri))?.findings;
    return isDue ? (this.#former.get(fileKey(uri)) ?? { text: document.text, findings: [] }) : undefined;
  }

  /** Checks a workflow, open or not; undefined where it cannot be read. */
  checkedFile(uri: string): Checked | undefined {
    if (this.isOpen(uri)) return this.checked(uri);
    const text = isConfigurationDocument(uri) ? undefined : this.#host.read(uri);
    return text === undefined ? undefined : this.#check(uri, undefined, text).checked;
  }

  /** The configuration `uri`, open or not; undefined for what is none and for what cannot be read. */
  configurationFile(uri: string): ConfigurationDocument | undefined {
    return this.#configurations.document(uri, this.versionOf(uri));
  }

  /** The configuration that counts for a workflow: the nearest one upwards. */
  configurationOf(uri: string): Configuration | undefined {
    return this.#configurations.nearest(uri);
  }

  /** The day that dates are judged by where no configuration names one. */
  today(): number | undefined {
    return this.#host.today?.();
  }

  /** Files of the language, open or in the project, each once: those that may mention something. */
  workflowUris(): readonly string[] {
    const all = [...this.openUris(), ...(this.#host.workflowFiles?.() ?? [])];
    return [...new Map(all.map((uri) => [fileKey(uri), uri])).values()].filter(isWorkflowName);
  }

  /** Names of what a folder holds; none where the host cannot tell. */
  entries(folder: string): readonly string[] {
    return this.#host.entries?.(folder) ?? [];
  }

  /** The files around, as they are now; `texts` stand in place of what is there. */
  project(texts: ReadonlyMap<string, string> = new Map()): ProjectHost {
    return this.#projectHost(texts);
  }

  /** The duties that the configuration of a file names. */
  configuredDuties(uri: string): readonly string[] {
    return (this.configurationOf(uri)?.settings.sod ?? []).flat();
  }

  /** Where the configuration of a file was looked for, and the files that it is made from. */
  configurationFiles(uri: string): readonly string[] {
    return [...configurationUris(uri), ...(this.configurationOf(uri)?.dependencies ?? [])];
  }

  versionOf(uri: string): number | undefined {
    return this.#open.get(fileKey(uri))?.version;
  }

  /**
   * Checks a file because somebody names it, whatever the configuration leaves out, with `text` in place of what it holds.
   * Undefined where it cannot be read.
   */
  inspect(uri: string, text = this.#textOf(uri)): Inspected | undefined {
    if (text === undefined) return undefined;
    const { checked } = this.#check(uri, undefined, text, true);
    return { checked, configuration: this.configurationOf(uri) };
  }

  /** Checks a file as it would be with `texts`, by the keys of their files, in place of what is there; nothing is kept. */
  checkedWith(uri: string, texts: ReadonlyMap<string, string>): Checked | undefined {
    const text = texts.get(fileKey(uri)) ?? this.#textOf(uri);
    return text === undefined ? undefined : this.#check(uri, undefined, text, false, texts).checked;
  }

  /** What would be found in a file of any kind with `text` in place of its own. */
  findingsWith(uri: string, text: string): readonly Finding[] {
    return isConfigurationDocument(uri)
      ? this.#configurations.findingsWith(uri, text)
      : (this.checkedWith(uri, new Map([[fileKey(uri), text]]))?.lint.findings ?? []);
  }

  #check(
    uri: string,
    version: number | undefined,
    text: string,
    named = false,
    instead?: ReadonlyMap<string, string>,
  ): Entry {
    const file = this.#parse(uri, text);
    const project = this.#projectHost(instead);
    let [result, language]: (Assessment | undefined)[] = [];
    let workflow: Workflow | undefined;
    const setup = () => this.#setup(uri, named);
    const [former, lastCheck] = [this.#former, this.#lastCheck];
    const entry: Entry = {
      checked: {
        uri,
        version,
        file,
        project,
        get workflow() {
          if (result) return result.workflow;
          workflow ??= resolveWorkflow(file, project).workflow;
          return workflow;
        },
        get lint() {
          if (!result) {
            const { only, uris, ...asked } = setup();
            const isOfEditor = version !== undefined && !instead;
            const setupKey: Setup = [asked.configuration, asked.today, asked.profile.join(), only?.join()];
            const remember = isOfEditor ? { remember: lastCheck.of(fileKey(uri), setupKey) } : {};
            result = assess(file, project, { ...asked, ...(only ? { only } : {}), ...remember });
            entry.dependencies = new Set([...result.dependencies, ...uris]);
            entry.setup = setupKey;
            entry.findings = result.findings;
            if (version !== undefined) former.delete(fileKey(uri));
          }
          return result;
        },
        get language() {
          const { uris: _uris, ...asked } = setup();
          language ??= assess(file, project, { ...asked, only: [] });
          return language;
        },
      },
    };
    return entry;
  }

  /** What the nearest configuration asks of a file, and the uris at which it was looked for. */
  #setup(uri: string, named: boolean) {
    const configuration = this.configurationOf(uri);
    const today = this.#host.today?.();
    // A file that the project leaves out is read, and no rule is asked unless somebody names it.
    const isLeftOut = configuration && !named && !isIncluded(configuration, uri);
    const only: readonly string[] | undefined = isLeftOut ? [] : undefined;
    // What the project asks wins over what the editor is set to, so that the command line finds the same.
    const profile = configuration ? [] : this.#profile;
    return { configuration, profile, today, only, uris: this.configurationFiles(uri) };
  }

  #textOf(uri: string): string | undefined {
    const open = this.#gone.has(fileKey(uri)) ? undefined : this.#open.get(fileKey(uri));
    return open?.text ?? this.#host.read(uri);
  }

  /** The files as they are now: each is read once, so that one check sees one state of it. */
  #projectHost(instead: ReadonlyMap<string, string> = new Map()): ProjectHost {
    const texts = new Map<string, string | undefined>();
    const text = (uri: string) => {
      const given = instead.get(fileKey(uri));
      if (given !== undefined) return given;
      const open = this.#open.get(fileKey(uri));
      if (open) return open.text;
      if (!texts.has(uri)) texts.set(uri, this.#host.read(uri));
      return texts.get(uri);
    };
    return {
      text,
      file: (uri) => {
        const found = text(uri);
        return found === undefined ? undefined : this.#parse(uri, found);
      },
      workflowUri: (id) => this.#host.workflowUri?.(id),
    };
  }

  #parse(uri: string, text: string): ParsedFile {
    const key = fileKey(uri);
    const known = this.#parsed.get(key);
    const file = known?.text === text && known.uri === uri ? known : parseFile(uri, text, known);
    this.#parsed.set(key, file, text.length);
    return file;
  }

  /** Forgets the results that were made from `uri`, and those that may yet be. `isEdit`: its own text is another. */
  #drop(uri: string, isEdit = false): void {
    const key = fileKey(uri);
    this.#configurations.drop((each) => fileKey(each) === key);
    this.#kept.drop(key);
    this.#forgetChecked(
      (other, dependencies) =>
        other === key || !dependencies || [...dependencies].some((dependency) => fileKey(dependency) === key),
    );
    this.#lastCheck.forget(
      (other, dependencies) =>
        (other === key && !isEdit) || [...dependencies].some((dependency) => fileKey(dependency) === key),
    );
  }

  /** Forgets all that is known of open documents, or what it is asked to; what was found in long ones is of use for a while. */
  #forgetChecked(isMeant?: (key: string, dependencies: ReadonlySet<string> | undefined) => boolean): void {
    if (!isMeant) {
      this.#kept.clear();
      this.#lastCheck.forget();
    }
    for (const [key, { checked, dependencies, findings }] of this.#checked.all()) {
      if (isMeant && !isMeant(key, dependencies)) continue;
      const { text } = checked.file;
      if (findings && text.length >= longText) this.#former.set(key, formerOf(text, findings));
      this.#checked.delete(key);
    }
  }
}
