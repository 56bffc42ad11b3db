// Whether a record says enough to do the run again, and how it ended a replay could end, too.

import { hostError } from '#host/base';
import { RECORD_FORMAT, type RunRecord } from '#host/ledger';

/** A record that a run can be done again from. */
export type ReplayableRun = RunRecord & { readonly input: string };

/** Why a run cannot be done again: `data.reason` of REPLAY_IMPOSSIBLE. */
export type ImpossibleReason =
  | 'newer-format'
  | 'older-format'
  | 'bytes-not-kept'
  | 'input-not-kept'
  | 'answers-not-kept'
  | 'ended-from-outside';

/** The record, if the run can be done again from it. @throws REPLAY_IMPOSSIBLE */
export function checkReplayable(record: RunRecord): ReplayableRun {
  const { format, input } = record;
  if (format > RECORD_FORMAT) {
    throw impossible(record, 'newer-format', `was recorded by a newer Glovebox (format ${format}); update this one`);
  }
  if (format < RECORD_FORMAT) throw impossible(record, 'older-format', 'was recorded before replay could be promised');
  if (isEndedFromOutside(record)) {
    throw impossible(
      record,
      'ended-from-outside',
      `ended with ${record.failure?.code ?? ''}, not by what its tool did`,
    );
  }
  if (record.bytes !== undefined) {
    throw impossible(record, 'bytes-not-kept', `was recorded under GLOVEBOX_LEDGER_BYTES=${record.bytes}`);
  }
  if (input === undefined) throw impossible(record, 'input-not-kept', 'has an input too large to be kept');
  if (!hasAnswers(record)) throw impossible(record, 'answers-not-kept', 'had answers too large to be kept');
  return { ...record, input };
}

/** Somebody called it off, or the host could not go on. */
function isEndedFromOutside({ failure }: RunRecord): boolean {
  return failure !== undefined && (failure.fault === 'host' || failure.code === 'RUN_CANCELLED');
}

function hasAnswers({ journal, journalDigest, verdict, waiting, failure }: RunRecord): boolean {
  // Of a run that diverged, the answers that it did not ask for are nowhere.
  if (failure?.code === 'RUN_DIVERGED' || (verdict === 'suspended' && waiting === undefined)) return false;
  return journal !== undefined || journalDigest === undefined;
}

function impossible({ runId }: RunRecord, reason: ImpossibleReason, why: string): Error {
  return hostError('REPLAY_IMPOSSIBLE', `run ${runId} cannot be replayed: it ${why}`, { runId, reason });
}
