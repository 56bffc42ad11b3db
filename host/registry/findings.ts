// What a making found suspicious, out of its report.

import type { MakingStep } from './types.ts';

/** What is suspicious about something, as far as it is told. */
export type ToldFindings = Pick<MakingStep, 'findings' | 'moreFindings'>;

/** The findings of a report; empty when nothing was suspicious. */
export function findingsOf(report: readonly MakingStep[]): ToldFindings {
  const { findings, moreFindings } = report.find(({ step }) => step === 'inspect') ?? {};
  return {
    ...(findings === undefined ? {} : { findings }),
    ...(moreFindings === undefined ? {} : { moreFindings }),
  };
}
