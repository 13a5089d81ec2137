// Reads what the webview of the diagram posts. A message that is not one of ours, or not whole, is dropped.
import type { PictureChange } from '../picture/picture-change.ts';
import { viewNames } from '../picture/views.ts';
import { exportFormats, type FromWebview } from '../protocol.ts';

type Data = Readonly<Record<string, unknown>>;

/** The message, or undefined. */
export function parseFromWebview(data: unknown): FromWebview | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const message: Data = { ...data };
  const { type, element, id, version, milliseconds, reason, finding, step, content } = message;
  const view = viewNames.find((name) => name === message.view);
  const format = exportFormats.find((name) => name === message.format);
  if (type === 'ready' || type === 'askExport') return { type };
  if (type === 'exportFailed' && typeof reason === 'string') return { type, reason };
  if (type === 'view' && view) return { type, view, opened: message.opened === true };
  if (type === 'select' && isElement(element) && typeof id === 'string') return { type, element, id };
  if (type === 'fix' && typeof finding === 'string') return { type, finding };
  if (type === 'selectFinding' && typeof finding === 'string')
    return typeof step === 'number' ? { type, finding, step } : { type, finding };
  if (type === 'export' && format && typeof content === 'string') return { type, format, content };
  if (typeof version !== 'number') return undefined;
  const change = type === 'change' ? parseChange(message.change) : undefined;
  if (type === 'change' && change) return { type, version, change };
  if (type === 'drawn' && typeof milliseconds === 'number') return { type, version, milliseconds };
  if (type === 'failed' && typeof reason === 'string') return { type, version, reason };
  return undefined;
}

function isElement(value: unknown): value is 'node' | 'edge' | 'place' {
  return value === 'node' || value === 'edge' || value === 'place';
}

/** The words that each kind of change has. */
const parts: Readonly<Record<PictureChange['kind'], readonly string[]>> = {
  insert: ['edge', 'title'],
  append: ['node', 'title'],
  connect: ['from', 'to'],
  rename: ['node', 'title'],
  move: ['node', 'lane'],
  delete: ['node'],
  disconnect: ['edge'],
};

function parseChange(value: unknown): PictureChange | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const change: Data = { ...value };
  const wanted = typeof change.kind === 'string' && Object.hasOwn(parts, change.kind) ? change.kind : undefined;
  const kind = wanted as PictureChange['kind'] | undefined;
  if (!kind || !parts[kind].every((key) => typeof change[key] === 'string')) return undefined;
  const { outcome } = change;
  if (outcome !== undefined && typeof outcome !== 'string') return undefined;
  const kept = parts[kind].map((key) => [key, change[key]] as const);
  return Object.fromEntries([['kind', kind], ...kept, ...(outcome ? [['outcome', outcome]] : [])]) as PictureChange;
}
