// The table of `aiwf.config.yaml`, in the same small language as the table of workflows.
import { key, list, mapOf, name, oneOrMore, record, word } from '../language/shape.ts';
import { date, file, waiverKeys } from '../language/vocabulary.ts';
import { customRulesKey, packsKey } from './custom-rule-keys.ts';
import { glob } from './included.ts';

const anything = { kind: 'any' } as const;

const severities = word({ off: 'Not checked.', info: 'A remark.', warning: 'A warning.', error: 'An error.' });

const rules = key(mapOf('rule', severities), 'Severity of single rules, whatever the presets say.');
const parameters = key(mapOf('parameter', anything), 'Parameters of rules; they win over those of a preset.');

const { when: _when, ...unconditional } = waiverKeys;
const configuredWaiver = record('waiver', {
  in: key(oneOrMore(glob), 'Files it is for, as globs relative to this file.', { required: true }),
  ...unconditional,
});

/** Keys of the file. */
export const configurationKeys = {
  profile: key(oneOrMore(name('profile')), 'Presets of rules that every file is checked with.', {
    default: '[recommended]',
    example: '[recommended, owasp-agentic]',
  }),
  rules,
  parameters,
  sod: key(list(list(name('duty'))), 'Pairs of duties that must not meet in one principal.', {
    example: '[[initiate, approve]]',
  }),
  today: key(date, 'Day that dates are judged by, for results that can be repeated.', { default: 'the current day' }),
  include: key(oneOrMore(glob), 'Files to check, as globs relative to this file.', { default: 'every workflow' }),
  exclude: key(oneOrMore(glob), 'Files to leave out, as globs relative to this file.'),
  overrides: key(
    list(
      record('override', {
        files: key(oneOrMore(glob), 'Globs relative to this file.', { required: true }),
        profile: key(oneOrMore(name('profile')), 'Presets that these files are checked with as well.'),
        rules,
        parameters,
      }),
    ),
    'What is asked of some files only; of several that name a file, the later ones win.',
  ),
  waivers: key(oneOrMore(configuredWaiver), 'Accepted findings, for the files that each one names.'),
  baseline: key(file, 'File of the findings that were there when the rules were adopted.', {
    example: './aiwf.baseline.json',
  }),
  'custom-rules': customRulesKey,
  packs: packsKey,
} as const;

export const configurationShape = record('configuration', configurationKeys);
