// What happened in one run, from the ledger.

import type { Ledger, RunRecord } from '#host/ledger';
import { answerOf, argumentsOf, defineMakerTool, type MakerTool } from './define.ts';
import { DIGEST, VERSION_NUMBER } from './schemas.ts';

/** `describe_run` */
export function describeRun(ledger: Ledger): MakerTool {
  return defineMakerTool<{ readonly run: string }>({
    name: 'describe_run',
    title: 'Describe a run',
    description:
      'Shows what one call of a generated tool did: version, verdict, what it logged, what it used, and its input and ' +
      'output when they were kept. Takes the run id from the _meta of that call. Read the logs when a tool failed.',
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    input: argumentsOf({ run: { type: 'string', description: 'A run id: "run_" and hex digits.' } }, ['run']),
    output: RECORD,
    async run({ run }, { principal }) {
      return describeRecord(await ledger.getRun(principal.tenant, run));
    },
  });
}

const RECORD = answerOf(
  {
    run: { type: 'string' },
    tool: { type: 'string' },
    version: VERSION_NUMBER,
    digest: DIGEST,
    principal: { type: 'string' },
    startedAt: { type: 'number', description: 'Epoch milliseconds.' },
    verdict: {
      type: 'string',
      enum: ['ok', 'failed', 'suspended'],
      description: 'Suspended: it waits for answers of its client, and another run continues it.',
    },
    failure: { type: 'object', description: 'Why it failed: code, kind, fault, message, data.' },
    bill: { type: 'object', description: 'What it used.' },
    limits: { type: 'object', description: 'What it was allowed to use.' },
    logs: { type: 'array', items: { type: 'object' } },
    seed: { type: 'string', description: 'Seed of its random numbers.' },
    clockMs: { type: 'number', description: 'What its clock said at the start, epoch milliseconds.' },
    inputDigest: { type: 'string' },
    outputDigest: { type: 'string' },
    input: { description: 'Absent when it was not kept.' },
    output: { description: 'Absent when there was none or it was not kept.' },
    continues: { type: 'string', description: 'The suspended run it took up again.' },
    journal: { type: 'array', items: { type: 'object' }, description: 'What it asked outside, and was answered.' },
    client: { type: 'object', description: 'What the client could do when the call began.' },
    format: { type: 'number', description: 'By which rules the record was written.' },
    engine: { type: 'string', description: 'What it ran on.' },
    content: { type: 'array', items: { type: 'object' }, description: 'Content parts it gave.' },
    contentDigest: { type: 'string' },
    journalDigest: { type: 'string' },
    waiting: { type: 'array', items: { type: 'object' }, description: 'What it was suspended for.' },
    bytes: { type: 'string', description: 'What was kept of its texts when not all was: redacted or digest.' },
    failureDigest: { type: 'string' },
    logsDigest: { type: 'string' },
    waitingDigest: { type: 'string' },
  },
  [
    'run',
    'tool',
    'version',
    'digest',
    'principal',
    'startedAt',
    'verdict',
    'bill',
    'limits',
    'logs',
    'seed',
    'clockMs',
    'inputDigest',
  ],
);

/** A record in a client's words: the tenant stays inside, kept texts become the values they are. */
function describeRecord(record: RunRecord): object {
  const { runId, tenant: _tenant, input, output, ...rest } = record;
  return {
    run: runId,
    ...rest,
    ...(input === undefined ? {} : { input: JSON.parse(input) as unknown }),
    ...(output === undefined ? {} : { output: JSON.parse(output) as unknown }),
  };
}
