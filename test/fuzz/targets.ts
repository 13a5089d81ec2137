// What is fuzzed: for each seed one input, and what must hold for it. A target throws where it does not.

import type { Target } from './drawn.ts';
import { editorTargets } from './editor-targets.ts';
import { governanceTargets } from './governance-targets.ts';
import { languageTargets } from './language-targets.ts';
import { messageTargets } from './message-targets.ts';
import { reportTargets } from './report-targets.ts';

export const targets: Readonly<Record<string, Target>> = {
  ...languageTargets,
  ...governanceTargets,
  ...reportTargets,
  ...editorTargets,
  ...messageTargets,
};
