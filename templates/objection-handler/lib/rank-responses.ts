// The responses of a category that fit the deal, the best first.

import { findTrackRecord, type TrackRecord, UNTRIED } from './track-record.ts';
import { type Category, type Outcome, type Response, responseIdOf } from './types.ts';

/** A response with what speaks for it. */
export interface RankedResponse {
  readonly responseId: string;
  readonly response: Response;
  readonly record: TrackRecord | undefined;
  readonly why: readonly string[];
}

/** Where the deal stands; what is not known excludes nothing. */
export interface Deal {
  readonly stage: string | undefined;
  readonly segment: string | undefined;
}

/**
 * Leaves out what is meant for another stage or segment. What is left goes by priority, then by how often it is expected to win,
 * then by how closely it is meant for this stage and segment, then by the order of the library.
 */
export function rankResponses(category: Category, outcomes: readonly Outcome[], deal: Deal): RankedResponse[] {
  return category.responses
    .filter((response) => isMeant(response.stages, deal.stage) && isMeant(response.segments, deal.segment))
    .map((response) => {
      const responseId = responseIdOf(category, response);
      const record = findTrackRecord(outcomes, responseId, deal.segment);
      const closeness = reasonsOf(response, deal);
      return { responseId, response, record, closeness, why: explain(response, record, closeness) };
    })
    .toSorted(
      (a, b) =>
        b.response.priority - a.response.priority ||
        (b.record?.expected ?? UNTRIED) - (a.record?.expected ?? UNTRIED) ||
        b.closeness.length - a.closeness.length,
    );
}

function isMeant(meantFor: readonly string[], actual: string | undefined): boolean {
  return meantFor.length === 0 || actual === undefined || meantFor.includes(actual);
}

function reasonsOf({ segments, stages }: Response, { segment, stage }: Deal): string[] {
  return [
    ...(stage !== undefined && stages.includes(stage) ? [`meant for the stage ${stage}`] : []),
    ...(segment !== undefined && segments.includes(segment) ? [`meant for the segment ${segment}`] : []),
  ];
}

function explain({ priority }: Response, record: TrackRecord | undefined, closeness: readonly string[]): string[] {
  return [
    ...(priority === 0 ? [] : [`priority ${priority}`]),
    ...(record === undefined ? [] : [describe(record)]),
    ...closeness,
  ];
}

function describe({ lost, segment, won }: TrackRecord): string {
  return `won ${won} of ${won + lost}${segment === null ? '' : ` in the segment ${segment}`}`;
}
