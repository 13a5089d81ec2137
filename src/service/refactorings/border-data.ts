// The data that crosses the border of a sub-workflow that is about to be made.

import { dataNeeds } from '../../analysis/data-needs.ts';
import { pathOf, rootOf, writesOf } from '../../analysis/data-paths.ts';
import type { Step, Workflow } from '../../language/model.ts';
import { contains } from '../../language/source.ts';
import { occurrencesIn } from '../occurrences.ts';
import type { Spot } from './refactoring.ts';
import type { Region } from './single-region.ts';

export interface BorderData {
  /** Ids of what comes in, in the order they are declared. */
  readonly given: readonly string[];
  /** Ids of what goes out. */
  readonly returned: readonly string[];
}

export function borderData({ checked: { lint, file }, selected }: Spot, { steps }: Region): BorderData {
  const { workflow, analyses } = lint;
  const outside = [...workflow.steps.values()].filter((step) => !steps.has(step));
  const made = new Set([...startsOf(workflow), ...outside.flatMap((step) => rootsWritten(step, workflow))]);
  const written = [...steps].flatMap((step) => writesOf(step, workflow)).map(({ out }) => out);
  const needed = dataNeeds(analyses).flatMap(({ node, path }) =>
    node.step && steps.has(node.step) ? [rootOf(path)] : [],
  );
  // Who writes a field of something has to have the rest of it.
  const parts = written.filter((path) => path !== rootOf(path)).map(rootOf);
  const sent = [...steps].flatMap(({ fields }) =>
    (fields.emits ?? []).flatMap(({ name }) =>
      (workflow.events.get(name)?.fields.gives ?? []).map((each) => each.name),
    ),
  );
  const comes = new Set([...needed, ...parts, ...sent].filter((id) => made.has(id)));
  const goes = new Set(written.map(rootOf));
  const isInside = (offset: number) => selected.some(({ entry }) => contains(entry.range, offset));
  const section = file.fields?.$.valueRange('data');
  const named = new Set(
    occurrencesIn(file, workflow)
      .filter(
        ({ range, isDeclaration }) =>
          !isDeclaration && !isInside(range.start) && !(section && contains(section, range.start)),
      )
      .flatMap(({ entity }) => (entity.kind === 'data' ? [entity.name] : [])),
  );
  const own = [...workflow.data.values()].filter(({ fields }) => !fields.store && !fields.trustedRecord?.value);
  return {
    given: own.flatMap(({ id }) => (comes.has(id) ? [id] : [])),
    returned: own.flatMap(({ id }) => (goes.has(id) && named.has(id) ? [id] : [])),
  };
}

function startsOf({ starts, events }: Workflow): readonly string[] {
  return starts.flatMap(({ fields: { gives, on } }) =>
    (gives ?? (on && events.get(on.name)?.fields.gives) ?? []).map((each) => rootOf(pathOf(each))),
  );
}

function rootsWritten(step: Step, workflow: Workflow): readonly string[] {
  return writesOf(step, workflow).map(({ out }) => rootOf(out));
}
