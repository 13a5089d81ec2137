// Reads a SARIF log as another tool would, and asks the standard's schema and Microsoft's validator about it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Message {
  readonly text: string;
}
interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly index: number };
    readonly region: Region;
  };
  readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
  readonly message?: Message;
}
interface Reference {
  readonly id: string;
  readonly index: number;
  readonly toolComponent: { readonly name: string; readonly index: number };
}
export interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: Message;
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly Location[];
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly { readonly locations: readonly { readonly location: Location }[] }[];
  }[];
  readonly fixes?: readonly {
    readonly description: Message;
    readonly artifactChanges: readonly {
      readonly replacements: readonly { readonly deletedRegion: Region; readonly insertedContent: Message }[];
    }[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly {
    readonly kind: string;
    readonly status: string;
    readonly justification: string;
    readonly location?: { readonly physicalLocation: { readonly region: Region } };
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
  readonly taxa?: readonly Reference[];
  readonly properties: {
    readonly place: string;
    readonly severity: string;
    readonly verdict: string;
    readonly also?: readonly string[];
  };
}
export interface Rule {
  readonly id: string;
  readonly shortDescription: Message;
  readonly help: { readonly text: string; readonly markdown: string };
  readonly helpUri?: string;
  readonly relationships?: readonly { readonly target: Reference }[];
  readonly properties: { readonly tags: readonly string[]; readonly clauses: readonly { readonly ref: string }[] };
}
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
  readonly results: readonly Result[];
  readonly artifacts: readonly {
    readonly location: { readonly uri: string };
    readonly hashes?: Readonly<Record<string, string>>;
  }[];
  readonly taxonomies: readonly { readonly name: string; readonly taxa: readonly { readonly id: string }[] }[];
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly { readonly message: Message }[];
  }[];
}

/** The only run of a log. */
export function runOf(log: string): Run {
  const { runs } = JSON.parse(log) as { readonly runs: readonly Run[] };
  assert.equal(runs.length, 1);
  const [run] = runs;
  assert.ok(run);
  return run;
}

/** A message as a viewer shows it: doubled braces are single ones, and an escaped bracket is a bracket. */
export function shown({ text }: Message): string {
  return text.replaceAll('{{', '{').replaceAll('}}', '}').replaceAll('\\]', ']');
}

const tool: unknown = createRequire(join(process.cwd(), 'package.json'))('@microsoft/sarif-multitool');
const validator = String(tool);

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat('uri', (value) => URL.canParse(value));
ajv.addFormat('uri-reference', (value) => !/[\s<>"{}|\\^`]/.test(value) && URL.canParse(value, 'file:///a/'));
ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
ajv.addFormat('date-time', (value) => !Number.isNaN(Date.parse(value)));
const isValid = ajv.compile(
  JSON.parse(readFileSync(join(dirname(validator), 'sarif-2.1.0.json'), 'utf8').replace(/^\uFEFF/, '')),
);

/** Faults by the schema of SARIF 2.1.0. */
export function schemaFaults(log: string): readonly string[] {
  isValid(JSON.parse(log));
  return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What Microsoft's validator says, with its rules for SARIF and for what GitHub takes in; one line each. */
export function validatorSays(log: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'aiwf-sarif-'));
  try {
    writeFileSync(join(folder, 'log.sarif'), log);
    writeFileSync(join(folder, 'settings.xml'), offline);
    const words = ['validate', 'log.sarif', '--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning;Note'];
    const more = ['--config', 'settings.xml', '--output', 'said.sarif'];
    const { error, stderr } = spawnSync(validator, [...words, ...more], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
      timeout: 120_000,
    });
    if (error) throw error;
    const said = JSON.parse(readFileSync(join(folder, 'said.sarif'), 'utf8').replace(/^\uFEFF/, '')) as {
      readonly runs: readonly {
        readonly results?: readonly {
          readonly ruleId: string;
          readonly level?: string;
          readonly message: { readonly id?: string; readonly text?: string; readonly arguments?: readonly string[] };
        }[];
        readonly invocations: readonly { readonly executionSuccessful: boolean }[];
      }[];
    };
    assert.ok(said.runs[0]?.invocations[0]?.executionSuccessful, stderr);
    return said.runs.flatMap(({ results = [] }) =>
      results.map(
        ({ ruleId, level = 'warning', message }) =>
          `${level} ${ruleId} ${message.id ?? message.text} ${(message.arguments ?? []).join(' ')}`,
      ),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The validator would ask the network whether each link leads somewhere. */
const offline = `<?xml version="1.0" encoding="utf-8"?>
<Properties>
  <Properties Key="SARIF2006.UrisShouldBeReachable.Options">
    <Property Key="RuleEnabled" Value="Disabled" />
  </Properties>
</Properties>
`;
