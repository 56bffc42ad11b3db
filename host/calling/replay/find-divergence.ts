// Compares what a run came to with what its replay came to, part by part, byte for byte.
//
// Bills are not compared: they are measurements. Nor is more than the code of a limit that time or memory decides: how far
// a run got until then is chance.

import { plainFailure, type Failure, type RunOutcome } from '#sandbox';
import { sha256 } from '#host/base';
import type { RunRecord } from '#host/ledger';
import { isSuspended } from '../execute.ts';
import type { Divergence, ReplayedPart } from './types.ts';

/** The first difference; undefined when they are identical. */
export function findDivergence(recorded: RunRecord, outcome: RunOutcome): Divergence | undefined {
  if (isStillWaiting(recorded, outcome)) return undefined;
  const verdict = compareTexts('verdict', endOf(recorded), endOf(outcomeEnd(outcome)));
  if (verdict !== undefined || isDecidedByChance(recorded.failure)) return verdict;
  return (
    compareTexts('failure', failureText(recorded.failure), failureText(outcomeEnd(outcome).failure)) ??
    compareTexts('waiting', jsonText(recorded.waiting), jsonText(isSuspended(outcome) ? outcome.waiting : undefined)) ??
    compareLogs(recorded, outcome) ??
    compareKept('output', recorded.output, recorded.outputDigest, outcome.ok ? outcome.output : undefined) ??
    compareKept('content', jsonText(recorded.content), recorded.contentDigest, contentText(outcome))
  );
}

/** Whether the run passed its time limit waiting for an answer that it never had: its replay waits for it, too. */
function isStillWaiting({ failure }: RunRecord, outcome: RunOutcome): boolean {
  return failure?.code === 'LIMIT_WALL' && isSuspended(outcome);
}

const DECIDED_BY_CHANCE = new Set(['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP', 'RUN_CRASHED']);

function isDecidedByChance(failure: Failure | undefined): boolean {
  return failure !== undefined && DECIDED_BY_CHANCE.has(failure.code);
}

type End = Pick<RunRecord, 'verdict' | 'failure'>;

function outcomeEnd(outcome: RunOutcome): End {
  if (isSuspended(outcome)) return { verdict: 'suspended' };
  return outcome.ok ? { verdict: 'ok' } : { verdict: 'failed', failure: outcome.failure };
}

function endOf({ verdict, failure }: End): string {
  return failure === undefined ? verdict : `${verdict}: ${failure.code}`;
}

function failureText(failure: Failure | undefined): string {
  return failure === undefined ? '' : JSON.stringify(plainFailure(failure));
}

function jsonText(value: readonly unknown[] | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function contentText(outcome: RunOutcome): string | undefined {
  return outcome.ok && outcome.content.length > 0 ? JSON.stringify(outcome.content) : undefined;
}

function compareLogs({ logs: recorded }: RunRecord, { logs: replayed }: RunOutcome): Divergence | undefined {
  for (let index = 0; index < Math.max(recorded.length, replayed.length); index += 1) {
    const divergence = compareTexts('log', lineText(recorded[index]), lineText(replayed[index]));
    if (divergence !== undefined) return { ...divergence, line: index + 1 };
  }
  return undefined;
}

function lineText(line: RunRecord['logs'][number] | undefined): string | undefined {
  return line === undefined ? undefined : `${line.level}: ${line.text}`;
}

/** What was too large to keep is compared by its digest. */
function compareKept(
  part: ReplayedPart,
  recorded: string | undefined,
  digest: string | undefined,
  replayed: string | undefined,
): Divergence | undefined {
  if (recorded !== undefined || digest === undefined) return compareTexts(part, recorded, replayed);
  const other = replayed === undefined ? ABSENT : sha256(replayed);
  return other === digest ? undefined : { part, recorded: digest, replayed: other };
}

const ABSENT = '(nothing)';
const SHOWN_BEFORE = 30;
const SHOWN_AFTER = 60;

function compareTexts(
  part: ReplayedPart,
  recorded: string | undefined,
  replayed: string | undefined,
): Divergence | undefined {
  if (recorded === replayed) return undefined;
  const offset = commonLength(recorded ?? '', replayed ?? '');
  return { part, offset, recorded: excerpt(recorded, offset), replayed: excerpt(replayed, offset) };
}

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

function excerpt(text: string | undefined, offset: number): string {
  if (text === undefined) return ABSENT;
  const from = Math.max(0, offset - SHOWN_BEFORE);
  const to = offset + SHOWN_AFTER;
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
}
