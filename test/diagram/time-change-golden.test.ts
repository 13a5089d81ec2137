// The views of time and of changes of one example, whole: bars, limits and what is not known; signs and notes.
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ChangeView, TimeView } from '../../src/picture/views.ts';
import { checkGolden } from '../support/golden.ts';
import { openMarked } from '../support/service.ts';
import { changeLines, timeLines } from '../support/view-lines.ts';

const text = readFileSync('examples/agentic-bug-fix.aiwf.yaml', 'utf8');

test('time of an example', () => {
  const { service, uri } = openMarked(text);
  const view = service.diagram(uri, { view: 'time' })?.view as TimeView;
  checkGolden('test/golden/views/time.txt', `${timeLines(view).join('\n')}\n`);
});

test('change of an example whose time limits were longer and whose last step was not there', () => {
  const { service, uri } = openMarked(text);
  const before = text.replaceAll(/within: (\d)/g, 'within: 1$1').replace(/\n {2}[a-z-]+:[^\n]*\{ end:[^\n]*\n/, '\n');
  const view = service.diagram(uri, { view: 'change', base: { name: 'HEAD', text: before } })?.view as ChangeView;
  checkGolden('test/golden/views/change.txt', `${changeLines(view).join('\n')}\n`);
});
