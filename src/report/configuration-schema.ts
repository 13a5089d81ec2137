// The configuration of a project as JSON Schema (draft 7), for editors and tools that know YAML and nothing of ours:
// `syntaxes/aiwf-config.schema.json` is what this answers. What the language server says of a configuration is more.
import { namedConfigurationShape } from '../governance/parameter-keys.ts';
import { presets } from '../rules/presets.ts';
import { rules } from '../rules/registry.ts';
import { type JsonSchema, type KnownNames, schemaOfTable } from './json-schema.ts';

/** Rules of the project's own may stand beside those that everybody has. */
const known: KnownNames = {
  family: (family) =>
    family === 'profile' ? Object.fromEntries([...presets.values()].map(({ id, title }) => [id, title])) : undefined,
  keys: (called) =>
    called === 'rule'
      ? Object.fromEntries(rules.map(({ id, summary, severity }) => [id, `${summary} By itself: ${severity}.`]))
      : undefined,
};

/** The schema of `aiwf.config.yaml`. */
export function configurationSchema(): JsonSchema {
  return schemaOfTable('aiwf configuration', namedConfigurationShape, known);
}
