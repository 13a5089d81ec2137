// Compares a whole output with a committed file. `UPDATE_GOLDEN=1` writes the file anew; read the difference before
// you commit it.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** `path` is relative to the root of the project, where tests run. */
export function checkGolden(path: string, actual: string): void {
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
    return;
  }
  assert.ok(existsSync(path), `${path} does not exist. UPDATE_GOLDEN=1 writes it.`);
  assert.equal(actual, readFileSync(path, 'utf8'), `${path} differs. UPDATE_GOLDEN=1 writes it anew.`);
}
