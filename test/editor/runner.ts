// Runs the bundled Mocha suite inside VS Code's extension host and tells the launcher each result.
import Mocha from 'mocha';
import { launcher } from './suite/launcher.ts';

/** Called by the generated entry; `load` requires the test files. */
export async function runSuite(load: () => void): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, slow: 10_000, reporter: Silent });
  mocha.suite.emit('pre-require', globalThis, null, mocha);
  load();

  let results: Promise<unknown> = Promise.resolve();
  const report = (outcome: string, test: Mocha.Test, reason?: string) => {
    const title = test.titlePath().join(' › ');
    results = results.then(() => launcher('result', { outcome, title, duration: test.duration ?? 0, reason }));
  };
  const failed = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on('pass', (test) => report('passed', test))
      .on('pending', (test) => report('skipped', test))
      .on('fail', (test, error) => report('failed', test, error.stack ?? error.message));
  });
  await results;
  await launcher('end', {});
  if (failed > 0) throw new Error(`${failed} editor tests failed.`);
}

/** The launcher prints the results; it knows more than a reporter. */
class Silent extends Mocha.reporters.Base {}
