// How old the engine is: V8's flaws become known with time, so an engine is only as good as it is recent.

const DAY_MS = 24 * 60 * 60 * 1000;

/** The pinned Node and the day it was released, as its change log says; a test ties it to package.json. */
export const PINNED_RELEASE = { node: '26.10.0', releasedOn: '2026-09-22' } as const;

/** Whole days since a Node was released; undefined of one whose release day is not known here. */
export function engineAgeDays(node: string, now: number): number | undefined {
  if (node !== PINNED_RELEASE.node) return undefined;
  return Math.max(0, Math.floor((now - Date.parse(PINNED_RELEASE.releasedOn)) / DAY_MS));
}
