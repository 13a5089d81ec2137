// What is said of the waivers of a configuration, at their places in it: each is for several files, so what it is worth
// shows when they have been checked.
import type { WaiverFields } from '../language/vocabulary.ts';
import { unusedWaiver, waiverExpiry, waiverFault } from '../rules/accountability/waiver-expiry.ts';
import { here } from '../rules/evidence.ts';
import type { Finding } from '../rules/finding.ts';
import type { Assessment } from './assess.ts';
import type { Configuration } from './configuration.ts';
import type { JudgedWaiver } from './waivers.ts';

/** What one waiver of the configuration came to in one file; plain data. */
export interface WaiverUse extends Pick<JudgedWaiver, 'state' | 'count' | 'reason'> {
  /** Position of the waiver in the configuration, from 0. */
  readonly position: number;
  /** Its rule was run. */
  readonly isAsked: boolean;
}

/** What the waivers of the configuration came to in a file. */
export function waiverUses({ waivers, asked }: Pick<Assessment, 'waivers' | 'asked'>): readonly WaiverUse[] {
  return waivers.flatMap(({ configured, fields, state, count, reason }) =>
    configured === undefined
      ? []
      : [
          {
            position: configured,
            state,
            count,
            isAsked: asked.includes(fields.rule?.value ?? ''),
            ...(reason === undefined ? {} : { reason }),
          },
        ],
  );
}

/** What was found in checked files, for the waivers that are for them. */
export interface CheckedUses {
  readonly uses: readonly WaiverUse[];
  /** All files that the configuration counts for were checked by all rules that are asked for. */
  readonly isWhole: boolean;
}

/** Where such a finding stands. */
const place = 'configuration';

const nobody = { actors: new Map(), steps: new Map() };

/**
 * Waivers that are over or cannot be approved so are errors, unused ones warnings; unused is only said where every file was
 * checked. `today` is the day to judge by where the configuration names none. Places are those of the configuration.
 */
export function configuredWaiverFindings(
  configuration: Configuration,
  today: number | undefined,
  checked?: CheckedUses,
): readonly Finding[] {
  const day = configuration.settings.today ?? today;
  return configuration.waivers.flatMap(({ fields, position }) => {
    const fault = waiverFault(fields, nobody, day);
    if (fault) return [complaint(fields, fault.range, fault.words)];
    const uses = (checked?.uses ?? []).filter((use) => use.position === position);
    // Who does the work is known in the files alone.
    const refused = uses.find(({ state }) => state === 'refused');
    if (refused?.reason !== undefined)
      return [complaint(fields, rangeOf(fields), `accepts nothing: ${refused.reason}.`)];
    const isUnused = checked?.isWhole === true && uses.every(({ state, isAsked }) => state === 'unused' && isAsked);
    return isUnused ? [{ ...unusedWaiver(fields), place }] : [];
  });
}

function rangeOf({ approvedBy, at, $: origin }: WaiverFields) {
  return (approvedBy ?? at)?.range ?? origin.range;
}

function complaint({ rule, at }: WaiverFields, range: Finding['range'], words: string): Finding {
  const { id, severity, clauses } = waiverExpiry;
  const of = rule ? ` of '${rule.value}'` : '';
  const where = at ? ` at '${at.value}'` : '';
  return {
    rule: id,
    severity,
    verdict: 'violation',
    message: `The waiver${of}${where} ${words}`,
    range,
    place,
    witness: here(place, range, 'stands here'),
    clauses,
    fixes: [],
  };
}
