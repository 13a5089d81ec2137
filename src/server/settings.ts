// What the user has set: asked of the client, or taken from what it sends. All is on where nobody says otherwise.
import type { Connection } from 'vscode-languageserver';
import type { CodeLensOptions } from '../service/code-lens.ts';
import type { InlayHintOptions } from '../service/inlay-hints.ts';
import type { Client } from './client.ts';

export interface Settings {
  readonly inlayHints: InlayHintOptions;
  readonly codeLens: CodeLensOptions;
  /** Presets that files without a configuration are checked with. */
  readonly profile: readonly string[];
}

/** `sent` is what came with a notice that settings have changed. */
export async function readSettings(connection: Connection, client: Client, sent?: unknown): Promise<Settings> {
  const section = client.asksSettings ? await asked(connection) : (inside(sent, 'aiwf') ?? client.settings);
  const isOn = (id: string) => id.split('.').reduce<unknown>(inside, section) !== false;
  const lenses = isOn('codeLens.enabled');
  return {
    inlayHints: {
      accountable: isOn('inlayHints.accountable'),
      targets: isOn('inlayHints.targets'),
      dataClass: isOn('inlayHints.dataClass'),
    },
    codeLens: {
      references: lenses && isOn('codeLens.references'),
      diagram: lenses && isOn('codeLens.diagram'),
      findings: lenses && isOn('codeLens.findings'),
    },
    profile: names(inside(section, 'profile')),
  };
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
}

async function asked(connection: Connection): Promise<unknown> {
  try {
    return await connection.workspace.getConfiguration('aiwf');
  } catch {
    return undefined;
  }
}

function inside(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
