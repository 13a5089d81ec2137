// A difference as SARIF: each lost control is a result of the rule about changes, at its place in the later revision.
import type { Finding } from '../rules/finding.ts';
import { controlRegression } from '../rules/improvement/control-regression.ts';
import type { CheckedFile } from './checked-file.ts';
import type { Comparison } from './compared-file.ts';
import { renderSarif } from './sarif.ts';

/** One log; a control lost in a configuration stands there. Ends with a line break. */
export function renderDifferenceSarif(comparison: Comparison, options: Parameters<typeof renderSarif>[1]): string {
  const { id, severity, clauses } = controlRegression;
  const files = comparison.files.flatMap(({ path, difference, after }): readonly CheckedFile[] => {
    if (!after) return [];
    const findings = difference.lost.map(
      ({ place, range, what, witness }): Finding => ({
        rule: id,
        severity,
        verdict: 'violation',
        message: `Compared with ${comparison.base}, ${what}.`,
        range,
        place,
        witness,
        clauses,
        fixes: [],
      }),
    );
    return [{ path, ...after, profile: [], asked: [id], findings }];
  });
  return renderSarif(files, options);
}
