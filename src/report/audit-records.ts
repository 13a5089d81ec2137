// What an audit pack holds, as types: `audit.json` is an `AuditPack`.
import type { Coverage } from '../governance/coverage.ts';
import type { AgentRecord } from './audit-ai.ts';
import type { DesignRecord } from './audit-design.ts';
import type { DecisionRecord, EffectRecord } from './audit-effects.ts';
import type { FoundRecord } from './audit-findings.ts';
import type { DataRecord, HandoffRecord, StoreRecord } from './audit-registers.ts';
import type { UnreadFile } from './checked-file.ts';

/** A file that went into the pack. */
export interface InputRecord {
  readonly path: string;
  /** `used`: a workflow uses it, and nobody named it. */
  readonly role: 'workflow' | 'library' | 'configuration' | 'baseline' | 'rules' | 'used';
  /** Of its bytes, in hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
  /** Whether it is as in the commit; absent where there is no repository. */
  readonly asCommitted?: boolean;
}

/** Sentences, and the numbers they are made from. */
export interface StatementRecord {
  readonly checked: string;
  readonly found: string;
  readonly notChecked: readonly string[];
  /** What a check of designs cannot show. */
  readonly limits: readonly string[];
  readonly counts: {
    readonly workflows: number;
    readonly libraries: number;
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    /** Open findings that could not be decided; part of the infos or warnings. */
    readonly unknown: number;
    readonly waived: number;
    readonly known: number;
  };
}

/** One workflow or library. */
export interface WorkflowRecord extends FoundRecord {
  readonly path: string;
  readonly id: string;
  readonly kind: 'workflow' | 'library';
  /** Presets it was checked with. */
  readonly profile: readonly string[];
  /** How many of the rules were run. */
  readonly rulesRun: number;
  /** Rules that were not, by id. */
  readonly rulesNotRun: readonly string[];
  readonly configuration?: string;
  /** Day that dates were judged by. */
  readonly judgedBy?: string;
  readonly design: DesignRecord;
  /** The flow as mermaid text; absent for a library. */
  readonly diagram?: string;
  readonly handoffs: readonly HandoffRecord[];
  readonly data: readonly DataRecord[];
  readonly stores: readonly StoreRecord[];
  readonly agents: readonly AgentRecord[];
  readonly effects: readonly EffectRecord[];
  readonly decisions: readonly DecisionRecord[];
}

/** The findings of one clause, by number. */
export interface ClauseFindings {
  readonly standard: string;
  readonly edition: string;
  readonly ref: string;
  readonly findings: readonly string[];
}

/** Plain data; `audit.json` is this. */
export interface AuditPack {
  readonly format: 'aiwf-audit';
  readonly version: 1;
  readonly tool: { readonly name: 'aiwf'; readonly version: string; readonly sha256: string };
  readonly commit?: string;
  readonly statement: StatementRecord;
  readonly inputs: readonly InputRecord[];
  readonly unread: readonly UnreadFile[];
  readonly coverage: Coverage;
  readonly clauses: readonly ClauseFindings[];
  readonly workflows: readonly WorkflowRecord[];
}
