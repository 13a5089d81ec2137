// The browser that shows VS Code, for tests that look into the webview, click, type or take pictures.
// On the desktop there is none: `itInBrowser` skips the test there and says so.
import { launcher } from './launcher.ts';

/** Where to look: the workbench around, or the visible diagram webview (`panel` counts them from 0, default 0). */
interface Place {
  within?: 'webview' | 'workbench';
  panel?: number;
}

/** A CSS selector in Playwright's dialect; `index` picks one of several matches, default 0. */
interface Target extends Place {
  selector: string;
  index?: number;
}

interface Actions {
  waitFor: (args: Target & { state?: 'visible' | 'hidden' | 'attached' | 'detached' }) => void;
  count: (args: Place & { selector: string }) => number;
  /** Trimmed text of every match. */
  texts: (args: Place & { selector: string }) => string[];
  attributes: (args: Place & { selector: string; name: string }) => (string | null)[];
  /** `force` clicks without checking that nothing covers the middle of the element. */
  click: (args: Target & { clickCount?: number; modifiers?: string[]; force?: boolean }) => void;
  /** From the middle of an element across to that of the element `to`. */
  drag: (args: Target & { to: string }) => void;
  hover: (args: Target) => void;
  focus: (args: Target) => void;
  /** Keys as Playwright names them, for instance `Control+Shift+P`; they go to what has the focus. */
  press: (args: { keys: string[] }) => void;
  type: (args: { text: string }) => void;
  /** The JSON value of an expression, or of the promise it gives, after `script` ran (for instance the text of a library). */
  evaluate: (args: Place & { expression: string; script?: string }) => unknown;
  resize: (args: { width: number; height: number }) => void;
  /** 1400x900 to out/editor/screenshots/NAME.png, kept in test/golden/screenshots/; answers the path of the first. */
  screenshot: (args: { name: string }) => string;
}

export async function browser<A extends keyof Actions>(
  action: A,
  args: Parameters<Actions[A]>[0],
): Promise<ReturnType<Actions[A]>> {
  return (await launcher(action, args)) as ReturnType<Actions[A]>;
}

/** Like Mocha's `it`, for a test that calls `browser`. */
export function itInBrowser(title: string, test: Mocha.AsyncFunc): void {
  if (process.env.AIWF_BROWSER === 'yes') it(title, test);
  else it.skip(`${title} (needs the browser: AIWF_VSCODE=server)`, test);
}
