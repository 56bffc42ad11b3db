// The engine that guest code runs on: children are started from the executable that runs this.

import type { Profile } from './contract.ts';

/** `node 26.10.0, v8 14.1.146.11`: what a run did is only promised to be the same on the same engine. */
export const ENGINE = `node ${process.versions.node}, v8 ${process.versions.v8}`;

const FAST = ', fast';

/** The engine in a profile: the text alone is `strict`, with `, fast` behind it the other one. */
export function engineIn(profile: Profile): string {
  return profile === 'fast' ? ENGINE + FAST : ENGINE;
}

/** The profile of a run, from the text that was written down with it. */
export function profileOf(engine: string): Profile {
  return engine.endsWith(FAST) ? 'fast' : 'strict';
}
