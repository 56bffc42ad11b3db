// What surrounds every making: its id, its report, its row in the ledger.

import { createId, sha256, type Clock } from '#host/base';
import type { Ledger, MakingRecord } from '#host/ledger';
import type { Published } from '#host/registry';
import { failureOf, MakingReport, roundMs, withReport } from './report.ts';
import type { CreateRequest, Made, TemplateReference } from './types.ts';

/** A making under way. */
export interface Making {
  readonly id: string;
  readonly report: MakingReport;
  /** Notes what the making starts from, for the input digest of its row. @default the empty text */
  startsFrom(input: string): void;
  /** The ledger row of a making that came to something; asked for within its publish step. */
  record(published: Published, lineage: string): MakingRecord;
}

/** A making that is accounted for, whatever comes of it. */
export interface Attempt {
  readonly making: Making;
  /** Writes down what it failed with. Never throws. */
  recordFailure(error: unknown): Promise<void>;
}

/** What an attempt has to know of its request. */
export type AttemptRequest = Pick<CreateRequest, 'principal' | 'signal' | 'onStep'>;

/**
 * Does a making; a failure is recorded and thrown with the report in its data.
 *
 * @param lineage what the making starts from, for the row of a failure
 */
export async function attempt(
  deps: AttemptDeps,
  request: AttemptRequest,
  lineage: string,
  work: (making: Making) => Promise<Made>,
): Promise<Made> {
  const { making, recordFailure } = beginAttempt(deps, request, lineage);
  try {
    return await work(making);
  } catch (error) {
    await recordFailure(error);
    throw withReport(error, making.report.steps);
  }
}

/** What an attempt needs. */
export interface AttemptDeps {
  readonly clock: Clock;
  readonly ledger: Ledger;
}

/** Begins a making whose end its caller sees to. @param lineage for the row of a failure */
export function beginAttempt({ clock, ledger }: AttemptDeps, request: AttemptRequest, lineage: string): Attempt {
  const startedAt = clock.now();
  const began = clock.elapsed();
  const makingId = createId('mak', startedAt);
  const report = new MakingReport(clock, request.onStep, request.signal);
  const { tenant, id: principal } = request.principal;
  let inputDigest = sha256('');
  const row = () => ({
    makingId,
    tenant,
    principal,
    startedAt,
    wallMs: roundMs(clock.elapsed() - began),
    inputDigest,
  });
  const making: Making = {
    id: makingId,
    report,
    startsFrom(input) {
      inputDigest = sha256(input);
    },
    record(published, from) {
      const { tool, version, digest, unchanged } = published;
      const verdict = unchanged ? 'unchanged' : 'published';
      const steps = report.stepsWith('publish', publishedAs(published));
      return { ...row(), report: steps, lineage: from, verdict, tool, version, digest };
    },
  };
  return {
    making,
    async recordFailure(error) {
      const failed = { ...row(), report: report.steps, lineage, verdict: 'failed', failure: failureOf(error) } as const;
      // Why the making failed matters more to its caller than that the store could not write it down.
      await ledger.recordMaking(failed).catch(() => {});
    },
  };
}

/** For the row of a making that failed before its template was found; never a path of the host. */
export function lineageOf(template: TemplateReference): string {
  return typeof template === 'string' ? `template:${template.slice(0, 100)}` : 'template';
}

/** What the row of a publish step says. */
export function publishedAs({ tool, version, unchanged }: Published): string {
  return unchanged ? 'unchanged' : `${tool}@${version}`;
}
