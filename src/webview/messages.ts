// Reads what the panel sends. A message that is not one of ours, or not whole, is dropped.
import { type ViewData, viewNames } from '../picture/views.ts';
import {
  type Diagram,
  type DiagramFinding,
  type ExportFormat,
  exportFormats,
  type ShowMessage,
  type ToWebview,
} from '../protocol.ts';

/** The message, or undefined. */
export function parseMessage(data: unknown): ToWebview | undefined {
  if (!isRecord(data)) return undefined;
  const { type, reason, node, format, finding } = data;
  if ((type === 'broken' || type === 'refused') && typeof reason === 'string') return { type, reason };
  if (type === 'highlight' && isOptionalString(node)) return node === undefined ? { type } : { type, node };
  if (type === 'export' && isExportFormat(format)) return parseExport(format, data);
  if (type === 'light' && typeof finding === 'string') return { type, finding };
  return type === 'show' ? parseShow(data) : undefined;
}

function parseExport(format: ExportFormat, { scale, background }: Record<string, unknown>): ToWebview {
  const back = (['theme', 'white', 'transparent'] as const).find((one) => one === background);
  return {
    type: 'export',
    format,
    ...(typeof scale === 'number' && scale >= 1 && scale <= 4 ? { scale } : {}),
    ...(back ? { background: back } : {}),
  };
}

function parseShow({ version, diagram, findings, view, broken }: Record<string, unknown>): ShowMessage | undefined {
  if (typeof version !== 'number' || !isOptionalString(broken) || !isDiagram(diagram)) return undefined;
  if (!isListOf(findings, ['id', 'rule', 'severity', 'message']) || !findings.every(isFinding)) return undefined;
  if (view !== undefined && !isView(view)) return undefined;
  return {
    type: 'show',
    version,
    diagram,
    findings: findings as unknown as readonly DiagramFinding[],
    ...(view === undefined ? {} : { view }),
    ...(broken === undefined ? {} : { broken }),
  };
}

function isFinding({ witness, standards }: Record<string, unknown>): boolean {
  return isListOf(witness, ['text']) && Array.isArray(standards) && standards.every((name) => typeof name === 'string');
}

/** The rest of a view comes from our own server, made together with its name. */
function isView(value: unknown): value is ViewData {
  return isRecord(value) && value.view !== 'flow' && viewNames.some((name) => name === value.view);
}

function isExportFormat(value: unknown): value is ExportFormat {
  return exportFormats.some((format) => format === value);
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
