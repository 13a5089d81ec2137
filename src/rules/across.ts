// Findings inside a called file, seen from its caller: what that file shows on its own is said there alone; the rest
// stands at the call.
import { type Analyses, analyze } from '../analysis/analyses.ts';
import { isBorder } from '../analysis/call-borders.ts';
import { checkConditions } from '../language/conditions.ts';
import type { Workflow } from '../language/model.ts';
import type { WitnessStep } from './finding.ts';
import type { Report, Rule } from './rule.ts';
import type { Settings } from './settings.ts';

type Reported = Parameters<Report>[0];

/** Checks a rule that sees into sub-workflows. */
export function checkAcross(rule: Rule, analyses: Analyses, report: Report, settings: Settings): void {
  const { whole } = analyses;
  if (whole === analyses) {
    rule.check(analyses, report, settings);
    return;
  }
  const known = new Map<string, ReadonlySet<string>>();
  rule.check(
    whole,
    (reported) => {
      const [call, inner] = splitPlace(reported.place);
      if (inner === undefined) report({ ...reported, witness: shown(reported.witness) });
      else if (!foundInside(call).has(splitPlace(inner)[0])) report(atCall(reported, call));
    },
    settings,
  );

  /** Places at which the called file, and what it calls in turn, breaks the rule by itself. */
  function foundInside(call: string): ReadonlySet<string> {
    const found = known.get(call) ?? placesIn(rule, analyses.workflow, call, settings);
    known.set(call, found);
    return found;
  }
}

/** `pay/send` -> `pay` and `send`; `data:pay/amount` -> `pay` and `data:amount`. */
function splitPlace(place: string): readonly [call: string, inner: string | undefined] {
  const [, kind = '', call = '', inner] = /^(\w+:)?([^/]*)(?:\/(.*))?$/.exec(place) ?? [];
  return inner === undefined ? [place, undefined] : [call, `${kind}${inner}`];
}

function placesIn(rule: Rule, workflow: Workflow, call: string, settings: Settings): ReadonlySet<string> {
  const path = workflow.steps.get(call)?.fields.call?.value;
  const callee = path === undefined ? undefined : workflow.subWorkflow(path);
  const places = new Set<string>();
  if (callee) checkAcross(rule, callee.derived(analysesOf), ({ place }) => places.add(place), settings);
  return places;
}

function analysesOf(workflow: Workflow): Analyses {
  return analyze(workflow, workflow.derived(checkConditions));
}

/** The finding at the call that leads to it. */
function atCall(reported: Reported, call: string): Reported {
  const { fixes: _fixes, ...rest } = reported;
  return { ...rest, place: call, witness: shown(reported.witness) };
}

/** Border steps stand in no text; where the path passes one, the next step stands for it. */
function shown(witness: readonly WitnessStep[]): readonly WitnessStep[] {
  const visible = witness.filter(({ step, note }) => note !== '' || !isBorder(step));
  return visible.length > 0 ? visible : witness;
}
