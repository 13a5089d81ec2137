// The built language server with a thousand open workflows and a heap that would not hold all that was worked out of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryOf } from '../bench/memory.ts';

/** MB of the heap of the server, its young generation apart. Without a bound a thousand workflows need more. */
const ceiling = 256;

test(`a thousand open workflows fit into ${ceiling} MB`, async () => {
  // As users run it: maps of the source, which tests are run with, take room of their own.
  const flags = [`--max-old-space-size=${ceiling}`, '--no-enable-source-maps'];
  const { open } = await memoryOf([...flags, 'dist/server.js', '--stdio'], 1000);
  assert.equal(open, 1000);
});
