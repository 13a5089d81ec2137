// What the tools of `aiwf mcp` answer, as schemas: a client learns from them what it gets, and no answer leaves them.
import * as z from 'zod/v4';

const place = z.object({ line: z.number().int(), column: z.number().int() });
const range = z.object({ start: place, end: place });
const edgeKind = z.enum(['normal', 'guarded', 'exceptional', 'message']);
const severity = z.enum(['error', 'warning', 'info']);

const finding = z.object({
  rule: z.string(),
  severity,
  verdict: z.enum(['violation', 'unknown']),
  message: z.string(),
  file: z.string(),
  range: range.describe('Lines and columns from 1, columns in UTF-16 units; the end is behind the last character.'),
  place: z.string().describe('A step id, actor:ID, data:ID, store:ID, policy:ID, stop or workflow.'),
  witness: z
    .array(
      z.object({
        step: z.string(),
        edge: z.object({ kind: edgeKind, label: z.string() }).nullable(),
        range,
        note: z.string(),
      }),
    )
    .describe('The path that proves it.'),
  clauses: z.array(
    z.object({
      standard: z.string(),
      edition: z.string(),
      ref: z.string(),
      status: z.enum(['verified', 'secondary', 'unverified']),
      appliesFrom: z.string().optional(),
    }),
  ),
  fixes: z.array(
    z.object({
      title: z.string(),
      safety: z.enum(['safe', 'meaning-changing']),
      edits: z.array(z.object({ range, text: z.string() })),
    }),
  ),
  also: z.array(z.string()),
});

const performer = z.enum(['human', 'team', 'agent', 'system', 'external', 'vendor', 'unassigned']);
const names = z.array(z.string());

/** By the name of the tool. */
export const outputs: Readonly<Record<string, z.ZodObject>> = {
  check: z.object({
    version: z.literal(1),
    file: z.string(),
    profile: names,
    counts: z.object({
      errors: z.number().int(),
      warnings: z.number().int(),
      infos: z.number().int(),
      violations: z.number().int(),
      unknown: z.number().int(),
    }),
    findings: z.array(finding),
  }),
  explain_rule: z.object({
    rule: z.string(),
    severity: severity.nullable(),
    documentation: z.string(),
    text: z.string(),
  }),
  describe_language: z.object({ topic: z.string(), text: z.string() }),
  workflow_graph: z.object({
    version: z.literal(1),
    file: z.string(),
    workflow: z.string().nullable(),
    title: z.string(),
    complete: z.boolean().describe('False where the text cannot be read to its end, so that parts may be missing.'),
    lanes: z.array(z.object({ id: z.string(), title: z.string(), kind: performer })),
    nodes: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        kind: z.string(),
        lane: z.string(),
        performer,
        scope: z.string().nullable(),
        line: z.number().int(),
        lastLine: z.number().int(),
      }),
    ),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        kind: edgeKind,
        label: z.string().nullable(),
        handoff: z.enum(['none', 'human-ai', 'other']),
        line: z.number().int(),
      }),
    ),
    handoffs: z.array(
      z.object({
        from: names,
        to: names,
        sentBy: z.string().nullable(),
        step: z.string().nullable(),
        betweenHumanAndAi: z.boolean(),
        contract: z
          .object({
            confirmed: z.boolean(),
            payload: names.nullable(),
            acceptIf: z.string().nullable(),
            ownerUntilAck: z.string().nullable(),
            context: names,
          })
          .nullable(),
      }),
    ),
  }),
};
