// Between records and rows: JSON becomes text, absent becomes null.

import {
  plainFailure,
  type Bill,
  type ClientFeatures,
  type ContentPart,
  type Failure,
  type JournalEntry,
  type Limits,
  type LogLine,
  type WaitingCall,
} from '#sandbox';
import type { TenantId } from '#host/base';
import type { MakingRow, RunRow } from '#host/store';
import type { MakingRecord, ReducedBytes, RunRecord } from './types.ts';

// A ledger is for looking at what happened, not for keeping large results: their digests stay.
const KEPT_TEXT_BYTES = 64 * 1024;

/** A run as its row; texts above 64 KiB are left out. */
export function toRunRow(record: RunRecord): RunRow {
  return {
    tenant: record.tenant,
    run_id: record.runId,
    principal: record.principal,
    tool: record.tool,
    version: record.version,
    digest: record.digest,
    started_at: record.startedAt,
    input_digest: record.inputDigest,
    output_digest: record.outputDigest ?? null,
    seed: record.seed,
    clock_ms: record.clockMs,
    limits: JSON.stringify(record.limits),
    verdict: record.verdict,
    failure: toJson(record.failure),
    bill: JSON.stringify(record.bill),
    logs: JSON.stringify(record.logs),
    input: withinRetention(record.input),
    output: withinRetention(record.output),
    journal: listWithinRetention(record.journal),
    continues: record.continues ?? null,
    client: record.client === undefined ? null : JSON.stringify(record.client),
    format: record.format,
    engine: record.engine ?? null,
    content: listWithinRetention(record.content),
    content_digest: record.contentDigest ?? null,
    journal_digest: record.journalDigest ?? null,
    waiting: listWithinRetention(record.waiting),
    bytes: record.bytes ?? null,
    failure_digest: record.failureDigest ?? null,
    logs_digest: record.logsDigest ?? null,
    waiting_digest: record.waitingDigest ?? null,
  };
}

/** The run a row holds. */
export function toRunRecord(row: RunRow): RunRecord {
  return {
    runId: row.run_id,
    tenant: row.tenant as TenantId,
    principal: row.principal,
    tool: row.tool,
    version: row.version,
    digest: row.digest,
    startedAt: row.started_at,
    inputDigest: row.input_digest,
    ...(row.output_digest === null ? {} : { outputDigest: row.output_digest }),
    seed: row.seed,
    clockMs: row.clock_ms,
    limits: JSON.parse(row.limits) as Limits,
    verdict: row.verdict as RunRecord['verdict'],
    ...(row.failure === null ? {} : { failure: JSON.parse(row.failure) as Failure }),
    bill: JSON.parse(row.bill) as Bill,
    logs: JSON.parse(row.logs) as LogLine[],
    ...(row.input === null ? {} : { input: row.input }),
    ...(row.output === null ? {} : { output: row.output }),
    ...(row.journal === null ? {} : { journal: JSON.parse(row.journal) as JournalEntry[] }),
    ...(row.continues === null ? {} : { continues: row.continues }),
    ...(row.client === null ? {} : { client: JSON.parse(row.client) as ClientFeatures }),
    format: row.format ?? 1,
    ...(row.engine === null ? {} : { engine: row.engine }),
    ...(row.content === null ? {} : { content: JSON.parse(row.content) as ContentPart[] }),
    ...(row.content_digest === null ? {} : { contentDigest: row.content_digest }),
    ...(row.journal_digest === null ? {} : { journalDigest: row.journal_digest }),
    ...(row.waiting === null ? {} : { waiting: JSON.parse(row.waiting) as WaitingCall[] }),
    ...(row.bytes === null ? {} : { bytes: row.bytes as ReducedBytes }),
    ...(row.failure_digest === null ? {} : { failureDigest: row.failure_digest }),
    ...(row.logs_digest === null ? {} : { logsDigest: row.logs_digest }),
    ...(row.waiting_digest === null ? {} : { waitingDigest: row.waiting_digest }),
  };
}

/** A making as its row. */
export function toMakingRow(record: MakingRecord): MakingRow {
  return {
    tenant: record.tenant,
    making_id: record.makingId,
    principal: record.principal,
    started_at: record.startedAt,
    wall_ms: record.wallMs,
    lineage: record.lineage,
    verdict: record.verdict,
    tool: record.tool ?? null,
    version: record.version ?? null,
    digest: record.digest ?? null,
    failure: toJson(record.failure),
    input_digest: record.inputDigest,
    report: JSON.stringify(record.report),
  };
}

/** The making a row holds. */
export function toMakingRecord(row: MakingRow): MakingRecord {
  return {
    makingId: row.making_id,
    tenant: row.tenant as TenantId,
    principal: row.principal,
    startedAt: row.started_at,
    wallMs: row.wall_ms,
    lineage: row.lineage,
    verdict: row.verdict as MakingRecord['verdict'],
    ...(row.tool === null ? {} : { tool: row.tool }),
    ...(row.version === null ? {} : { version: row.version }),
    ...(row.digest === null ? {} : { digest: row.digest }),
    ...(row.failure === null ? {} : { failure: JSON.parse(row.failure) as Failure }),
    inputDigest: row.input_digest,
    report: JSON.parse(row.report) as unknown[],
  };
}

function toJson(failure: Failure | undefined): string | null {
  return failure === undefined ? null : JSON.stringify(plainFailure(failure));
}

function withinRetention(text: string | undefined): string | null {
  return text === undefined || Buffer.byteLength(text) > KEPT_TEXT_BYTES ? null : text;
}

function listWithinRetention(list: readonly unknown[] | undefined): string | null {
  return withinRetention(list === undefined ? undefined : JSON.stringify(list));
}
