// Heap of the language server with many open workflows: a server over stdio whose heap has a ceiling, so that it ends where
// it is not enough.
import { readFileSync } from 'node:fs';
import { examples } from '../support/damaged-text.ts';
import { startClient } from '../support/lsp-client.ts';

export interface ServerMemory {
  /** Documents that were opened and for which findings have come. */
  readonly open: number;
  /** MB of the process at its most. */
  readonly peak: number;
  /** MB of the process in the end. */
  readonly resident: number;
}

/** Opens `count` workflows, the examples in turns, each a file of its own, and waits for what is found in each. */
export async function memoryOf(server: readonly string[], count: number): Promise<ServerMemory> {
  const client = await startClient(server, { capabilities: {} });
  try {
    const uriOf = (i: number) => `file:///bench/${i}.aiwf.yaml`;
    for (let i = 0; i < count; i++) await client.open(uriOf(i), examples[i % examples.length] ?? '');
    for (let i = 0; i < count; i++) await client.publication(({ uri }) => uri === uriOf(i));
    const open = new Set(client.published.map(({ uri }) => uri)).size;
    const status = readFileSync(`/proc/${client.pid}/status`, 'utf8');
    const megabytes = (name: string) =>
      Math.round(Number(new RegExp(`${name}:\\s*(\\d+) kB`).exec(status)?.[1] ?? Number.NaN) / 1024);
    const memory = { open, peak: megabytes('VmHWM'), resident: megabytes('VmRSS') };
    // One that is edited last is still answered.
    await client.change(uriOf(0), `${examples[0]}nonsense: 1\n`, 2);
    const { diagnostics } = await client.publication(({ uri, version }) => uri === uriOf(0) && version === 2);
    if (!diagnostics.some(({ message }) => message.includes('nonsense'))) throw new Error('The edit was not seen.');
    await client.quit();
    return memory;
  } catch (error) {
    client.kill();
    throw error;
  }
}
