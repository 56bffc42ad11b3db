// What surrounds every making: its id, its report, its row in the ledger.

import { createId, sha256, type Clock } from '#host/base';
import type { Ledger, MakingRecord } from '#host/ledger';
import type { Published } from '#host/registry';
import { failureOf, MakingReport, withReport } from './report.ts';
import type { CreateRequest, GenerateRequest, Made } from './types.ts';

/** A making under way. */
export interface Making {
  readonly id: string;
  readonly report: MakingReport;
  /** The ledger row of a making that came to something. */
  record(published: Published, lineage: string): MakingRecord;
}

/**
 * Does a making; a failure is recorded and thrown with the report in its data.
 *
 * @param lineage what the making starts from, for the row of a failure
 * @param input what it starts with, for the row's input digest
 */
export async function attempt(
  deps: { readonly clock: Clock; readonly ledger: Ledger },
  request: GenerateRequest | CreateRequest,
  lineage: string,
  input: string,
  work: (making: Making) => Promise<Made>,
): Promise<Made> {
  const { clock, ledger } = deps;
  const startedAt = clock.now();
  const began = clock.elapsed();
  const makingId = createId('mak', startedAt);
  const report = new MakingReport(clock, request.onStep, request.signal);
  const { tenant, id: principal } = request.principal;
  const row = () => ({
    makingId,
    tenant,
    principal,
    startedAt,
    wallMs: Math.round((clock.elapsed() - began) * 100) / 100,
    inputDigest: sha256(input),
    report: report.steps,
  });
  try {
    return await work({
      id: makingId,
      report,
      record: ({ tool, version, digest, unchanged }, published) => {
        const verdict = unchanged ? 'unchanged' : 'published';
        return { ...row(), lineage: published, verdict, tool, version, digest };
      },
    });
  } catch (error) {
    // The maker's failure matters more to the caller than a store that could not write it down.
    await ledger.recordMaking({ ...row(), lineage, verdict: 'failed', failure: failureOf(error) }).catch(() => {});
    throw withReport(error, report.steps);
  }
}
