// What of a record stays under the operator's bytes policy: all of it, its shape, or digests alone.
//
// SECURITY: whatever of a run came from its caller, its tool or its client is reduced here, digests are those of what it
// was; test/unit/host/ledger/reduce-record.test.ts holds that no part is forgotten.

import { plainFailure, type ContentPart, type Failure } from '#sandbox';
import { sha256, type LedgerBytes } from '#host/base';
import { redactJson, redactObject, redactText } from './redact.ts';
import type { MakingRecord, ReducedBytes, RunRecord } from './types.ts';

/** The run as it is to be written down. */
export function reduceRun(record: RunRecord, bytes: LedgerBytes): RunRecord {
  if (bytes === 'full') return record;
  const { input: _input, output: _output, content: _content, journal: _journal, ...rest } = record;
  const { waiting, failure, logs, ...facts } = rest;
  return {
    ...facts,
    bytes,
    logs: [],
    ...(failure === undefined ? {} : { failure: reduceFailure(failure, bytes), failureDigest: digestOf(failure) }),
    ...(logs.length === 0 ? {} : { logsDigest: sha256(JSON.stringify(logs)) }),
    ...(waiting === undefined ? {} : { waitingDigest: sha256(JSON.stringify(waiting)) }),
    ...(bytes === 'redacted' ? shapeOf(record) : {}),
  };
}

/** The making as it is to be written down. One that published stays as it is: its version has to be readable anyway. */
export function reduceMaking(record: MakingRecord, bytes: LedgerBytes): MakingRecord {
  const { failure, report } = record;
  if (bytes === 'full' || failure === undefined) return record;
  return {
    ...record,
    failure: reduceFailure(failure, bytes),
    report: report.map((step) => reduceStep({ ...(step as object) }, bytes)),
  };
}

function shapeOf({ input, output, content, journal, waiting, logs }: RunRecord): Partial<RunRecord> {
  return {
    logs: logs.map(({ level, text }) => ({ level, text: redactText(text) })),
    ...(input === undefined ? {} : { input: redactJson(input) }),
    ...(output === undefined ? {} : { output: redactJson(output) }),
    ...(content === undefined ? {} : { content: content.map(redactPart) }),
    ...(journal === undefined
      ? {}
      : {
          journal: journal.map((entry) => ({
            ...entry,
            args: redactJson(entry.args),
            value: redactJson(entry.value),
          })),
        }),
    ...(waiting === undefined ? {} : { waiting: waiting.map((call) => ({ ...call, args: redactJson(call.args) })) }),
  };
}

/** What kind of part it is says nothing of what it holds. */
function redactPart(part: ContentPart): ContentPart {
  const { type, ...held } = part;
  return { ...redactObject(held), type } as ContentPart;
}

/** Code, kind and fault are ours; message and data may quote anything. */
function reduceFailure({ code, kind, fault, message, data }: Failure, bytes: ReducedBytes): Failure {
  if (bytes === 'digest') return { code, kind, fault, message: NOT_KEPT };
  const shape = { code, kind, fault, message: redactText(message) };
  return data === undefined ? shape : { ...shape, data: redactObject(data) };
}

const NOT_KEPT = 'not kept';

function digestOf(failure: Failure): string {
  return sha256(JSON.stringify(plainFailure(failure)));
}

function reduceStep(written: Readonly<Record<string, unknown>>, bytes: ReducedBytes): unknown {
  const { step, ms, verdict, ...said } = written;
  return { step, ms, verdict, ...(bytes === 'digest' ? {} : redactObject(said)) };
}
