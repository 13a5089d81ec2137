// Reads what the panel sends. A message that is not one of ours, or not whole, is dropped.
import type { Diagram, ToWebview } from '../protocol.ts';

/** The message, or undefined. */
export function parseMessage(data: unknown): ToWebview | undefined {
  if (!isRecord(data)) return undefined;
  if (data.type === 'broken' && typeof data.reason === 'string') return { type: 'broken', reason: data.reason };
  if (data.type === 'highlight' && isOptionalString(data.node)) {
    return data.node === undefined ? { type: 'highlight' } : { type: 'highlight', node: data.node };
  }
  if (data.type !== 'show' || typeof data.version !== 'number' || !isOptionalString(data.broken)) return undefined;
  if (!isDiagram(data.diagram)) return undefined;
  const { diagram, version, broken } = data;
  return broken === undefined ? { type: 'show', diagram, version } : { type: 'show', diagram, version, broken };
}

function isDiagram(value: unknown): value is Diagram {
  return (
    isRecord(value) &&
    typeof value.title === 'string' &&
    isListOf(value.lanes, ['id', 'title', 'kind']) &&
    isListOf(value.nodes, ['id', 'lane', 'title', 'kind', 'performer']) &&
    isListOf(value.edges, ['id', 'from', 'to', 'kind', 'handoff']) &&
    value.edges.every((edge) => isOptionalString(edge.label))
  );
}

function isListOf(value: unknown, keys: readonly string[]): value is Record<string, unknown>[] {
  return (
    Array.isArray(value) && value.every((item) => isRecord(item) && keys.every((key) => typeof item[key] === 'string'))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isOptionalString(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
