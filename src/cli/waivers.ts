// `aiwf waivers`: the register of accepted findings.
import { assess } from '../governance/assess.ts';
import { waiverUses } from '../governance/configured-waivers.ts';
import { positionAt } from '../language/source.ts';
import { startOfDay } from '../language/values.ts';
import { waiverRegister } from '../report/waiver-register.ts';
import { renderRegister } from '../report/waiver-register-forms.ts';
import type { WaiversCommand } from './arguments/waivers.ts';
import { pathOf } from './files.ts';
import { configurationsOf, openProject } from './opened-project.ts';
import { exitCodes, type Outcome } from './outcome.ts';

/** Exit code 1 where one is over or accepts nothing. */
export function waivers({ paths, format }: Omit<WaiversCommand, 'name'>): Outcome {
  const { inputs, faults, host } = openProject(paths);
  const today = startOfDay(Date.now());
  const lineIn = (lineStarts: readonly number[]) => (offset: number) => positionAt(lineStarts, offset).line + 1;
  const judged = inputs.map(({ path, file, configuration }) => {
    const assessment = assess(file, host, { configuration, today });
    const own = { path, lineOf: lineIn(file.lineStarts), waivers: assessment.waivers };
    return { configuration, own, uses: waiverUses(assessment) };
  });
  const configurations = configurationsOf(inputs).map((configuration) => ({
    path: pathOf(configuration.uri),
    lineOf: lineIn(configuration.lineStarts),
    configuration,
    uses: judged.flatMap((each) => (each.configuration === configuration ? each.uses : [])),
  }));
  const register = waiverRegister(
    judged.map(({ own }) => own),
    configurations,
    today,
  );
  const isBad = register.some(({ state }) => state === 'expired' || state === 'refused');
  return {
    output: renderRegister(format, register),
    errors: faults.map(({ path, reason }) => `${path}: ${reason}`),
    exitCode: faults.length > 0 ? exitCodes.failed : isBad ? exitCodes.violated : exitCodes.ok,
  };
}
