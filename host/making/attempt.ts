// What surrounds every making: its id, its report, its row in the ledger.

import { createId, sha256, type Clock } from '#host/base';
import type { Ledger, MakingRecord } from '#host/ledger';
import type { Published } from '#host/registry';
import { failureOf, MakingReport, roundMs, withReport } from './report.ts';
import type { CreateRequest, GenerateRequest, Made } from './types.ts';

/** A making under way. */
export interface Making {
  readonly id: string;
  readonly report: MakingReport;
  /** Notes what the making starts from, for the input digest of its row. @default the empty text */
  startsFrom(input: string): void;
  /** The ledger row of a making that came to something; asked for within its publish step. */
  record(published: Published, lineage: string): MakingRecord;
}

/**
 * Does a making; a failure is recorded and thrown with the report in its data.
 *
 * @param lineage what the making starts from, for the row of a failure
 */
export async function attempt(
  { clock, ledger }: { readonly clock: Clock; readonly ledger: Ledger },
  request: GenerateRequest | CreateRequest,
  lineage: string,
  work: (making: Making) => Promise<Made>,
): Promise<Made> {
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
  try {
    return await work({
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
    });
  } catch (error) {
    const failed = { ...row(), report: report.steps, lineage, verdict: 'failed', failure: failureOf(error) } as const;
    // Why the making failed matters more to its caller than that the store could not write it down.
    await ledger.recordMaking(failed).catch(() => {});
    throw withReport(error, report.steps);
  }
}

/** What the row of a publish step says. */
export function publishedAs({ tool, version, unchanged }: Published): string {
  return unchanged ? 'unchanged' : `${tool}@${version}`;
}
