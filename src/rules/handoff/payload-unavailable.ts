/**
 * A step needs data that some path brings it to without: nobody has written it there, or its writing may not have
 * happened. Let a step on that path or the start provide it, lead the path elsewhere, or say that it may be missing.
 */
import { isBorder } from '../../analysis/call-borders.ts';
import type { Need } from '../../analysis/data-needs.ts';
import { rootOf } from '../../analysis/data-paths.ts';
import { type MissingData, missingData } from '../../analysis/missing-data.ts';
import { addEntry } from '../../language/edit.ts';
import type { Step, Workflow } from '../../language/model.ts';
import type { Fix } from '../../language/problem.ts';
import { isList, type TextEdit } from '../../language/source.ts';
import { quoted } from '../../language/wording.ts';
import { along, here } from '../evidence.ts';
import type { Rule } from '../rule.ts';
import { euAiAct, iso42001, soc2 } from '../standards.ts';
import { hasOpenTarget } from '../structure/unreachable-step.ts';

export const payloadUnavailable: Rule = {
  id: 'handoff/payload-unavailable',
  severity: 'error',
  summary: 'What a step needs is there on every path that leads to it, rework and exceptional paths included.',
  seed: ['S4', 'S14'],
  starred: true,
  across: true,
  clauses: [euAiAct('26(4)'), iso42001('A.7.4'), soc2('CC2.1')],
  check(analyses, report) {
    // What an unreadable file declares may bring data of its own.
    if (analyses.isIncomplete) return;
    const { workflow } = analyses.graph;
    if (hasOpenTarget(workflow)) return;
    for (const missing of missingData(analyses)) {
      const { step, needs, path, undecided } = missing;
      const [first] = needs;
      if (!first) continue;
      const last = `needs ${namesOf(needs)}, which is not there on this path`;
      report({
        range: first.range,
        place: step.id,
        message: messageOf(missing),
        witness: path.length > 0 ? along(path, last) : here(step.id, first.range, last),
        verdict: undecided ? 'unknown' : 'violation',
        fixes: undecided ? [] : [...giveAtStart(missing, workflow), ...makeOptional(missing, workflow)],
      });
    }
  },
};

function messageOf({ step, needs, unfinished, deletedBy, nowhere, undecided }: MissingData): string {
  const names = namesOf(needs);
  const them = needs.length > 1 ? 'them' : 'it';
  if (undecided)
    return (
      `Whether ${names} is there for '${nameOf(step)}' is not known: one path comes without ${them}, and that its condition ` +
      `'optional' holds there does not follow from the guards. Guard the path with that condition, or write ${them} on it.`
    );
  if (nowhere) {
    const more = nowhere.length === 0 ? '' : ` and ${nowhere.length} other step${nowhere.length > 1 ? 's' : ''}`;
    const verb = nowhere.length === 0 ? 'needs' : 'need';
    return `'${nameOf(step)}'${more} ${verb} ${names}, and nothing provides ${them}. Let a start give ${them}, or an earlier step write ${them}.`;
  }
  const advice = `Write ${them} on that path, or lead it to a step that does not need ${them}.`;
  if (deletedBy)
    return `'${nameOf(step)}' needs ${names}, and on one path '${nameOf(deletedBy)}' has deleted ${them} by then. ${advice}`;
  const before = unfinished?.from.step;
  const reason =
    before && before !== step && unfinished?.outcome
      ? `when '${nameOf(before)}' ends with '${unfinished.outcome}', ${needs.length > 1 ? 'they' : 'it'} may not have been written`
      : `on one path nobody has written ${them} by then`;
  return `'${nameOf(step)}' needs ${names}, and ${reason}. ${advice}`;
}

/** Where data passes the border of a sub-workflow, it is the call that needs it. */
function nameOf({ id }: Step): string {
  return isBorder(id) ? id.slice(0, id.lastIndexOf('/')) : id;
}

function namesOf(needs: readonly Need[]): string {
  return quoted([...new Set(needs.map(({ path }) => path))]);
}

/** Of data that nothing provides, the only start can bring it along. */
function giveAtStart({ needs, nowhere }: MissingData, { starts, file, events }: Workflow): readonly Fix[] {
  const [start, ...others] = starts;
  const { node } = start?.fields.$ ?? {};
  if (!nowhere || !start || !node || others.length > 0 || events.has(start.fields.on?.name ?? '')) return [];
  const roots = [...new Set(needs.map(({ path }) => rootOf(path)))];
  const title = `Let the case begin with ${quoted(roots)}`;
  const gives = start.fields.gives;
  const value = node.entries.find(({ key }) => key.text === 'gives')?.value;
  if (value && value.kind !== 'list') return [];
  const lastGiven = isList(gives) ? gives.at(-1) : undefined;
  if (value && (!lastGiven || !value.flow)) return [];
  const edits: readonly TextEdit[] | undefined = lastGiven
    ? [{ range: { start: lastGiven.range.end, end: lastGiven.range.end }, text: `, ${roots.join(', ')}` }]
    : addEntry(file.text, node, 'gives', `[${roots.join(', ')}]`);
  return edits ? [{ title, edits, safety: 'meaning-changing' }] : [];
}

/** Data that is only read may be missing, where its declaration says so. */
function makeOptional({ needs }: MissingData, { data, file }: Workflow): readonly Fix[] {
  if (needs.some(({ for: purpose }) => purpose !== 'reads')) return [];
  const roots = [...new Set(needs.map(({ path }) => rootOf(path)))];
  const edits: TextEdit[] = [];
  for (const root of roots) {
    const declared = data.get(root);
    const { node } = declared?.fields.$ ?? {};
    const added = declared?.uri === file.uri && node ? addEntry(file.text, node, 'optional', 'true') : undefined;
    if (!added) return [];
    edits.push(...added);
  }
  const title = `Say that ${quoted(roots)} may be missing`;
  return [{ title, edits, safety: 'meaning-changing' }];
}
