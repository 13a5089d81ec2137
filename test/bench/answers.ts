// How long a completion waits in the language server: right after an edit, and while the check of the edited text goes on.
import { performance } from 'node:perf_hooks';
import { type Client, startClient } from '../support/lsp-client.ts';
import { type WorkflowShape, workflowText } from '../support/random-workflow.ts';

export interface Answers {
  /** Milliseconds to a completion that is asked for in the same moment as the edit is sent. */
  readonly afterEdit: readonly number[];
  /** Milliseconds to a completion that is asked for when the check has just begun. */
  readonly whileChecking: readonly number[];
  /** Milliseconds from the edit to its first diagnostics, and to the last. */
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const uri = 'file:///bench/main.aiwf.yaml';
/** Milliseconds behind an edit at which its check has begun: a little more than the pause of the server. */
const checkHasBegun = 200;
/** Characters from which on diagnostics come in two waves. */
const longText = 40_000;

/** Edits one title again and again. `server` is the program and its arguments. */
export async function answersOf(
  server: readonly string[],
  shape: WorkflowShape,
  size: number,
  edits: number,
): Promise<Answers> {
  const client = await startClient(server, { capabilities: {} });
  const base = workflowText(shape, size);
  const answers = { afterEdit: [], whileChecking: [], first: [], last: [] } as {
    [name in keyof Answers]: number[];
  };
  await client.open(uri, base);
  const waves = base.length < longText ? 1 : 2;
  await settled(client, 1, waves);
  // Behind `next: ` of a step in the middle.
  const place = base.indexOf('next: ', base.length / 2) + 'next: '.length;
  const before = base.slice(0, place).split('\n');
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const complete = async () => {
    const begin = performance.now();
    await client.connection.sendRequest('textDocument/completion', { textDocument: { uri }, position });
    return performance.now() - begin;
  };
  for (let edit = 0; edit < edits; edit++) {
    const version = edit + 2;
    const text = `${base.slice(0, place)}s${edit}${base.slice(place)}`;
    const begin = performance.now();
    await client.change(uri, text, version);
    const diagnostics = settled(client, version, waves);
    if (edit % 2 === 0) answers.afterEdit.push(await complete());
    else {
      await new Promise((resolve) => setTimeout(resolve, checkHasBegun));
      answers.whileChecking.push(await complete());
    }
    const times = await diagnostics;
    answers.first.push((times.at(0) ?? begin) - begin);
    answers.last.push((times.at(-1) ?? begin) - begin);
  }
  await client.quit();
  return answers;
}

/** When each wave of the diagnostics of a version came. */
async function settled(client: Client, version: number, waves: number): Promise<readonly number[]> {
  const times: number[] = [];
  while (times.length < waves) {
    const count = client.published.filter((each) => each.version === version).length;
    while (times.length < count) times.push(performance.now());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return times;
}
