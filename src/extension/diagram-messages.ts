// Reads what the webview of the diagram posts. A message that is not one of ours, or not whole, is dropped.
import type { FromWebview } from '../protocol.ts';

/** The message, or undefined. */
export function parseFromWebview(data: unknown): FromWebview | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const message: Readonly<Record<string, unknown>> = { ...data };
  const { type, element, id, version, milliseconds, reason } = message;
  if (type === 'ready') return { type };
  if (type === 'select' && (element === 'node' || element === 'edge') && typeof id === 'string') {
    return { type, element, id };
  }
  if (typeof version !== 'number') return undefined;
  if (type === 'drawn' && typeof milliseconds === 'number') return { type, version, milliseconds };
  if (type === 'failed' && typeof reason === 'string') return { type, version, reason };
  return undefined;
}
