// Many calls, so many of them at once.

import { timed } from './statistics.ts';

/** How long each took, and all of them, in milliseconds. */
export interface Load {
  readonly times: readonly number[];
  readonly elapsedMs: number;
}

/** Makes `total` calls, `width` at a time. */
export async function inFlight(call: () => Promise<unknown>, width: number, total: number): Promise<Load> {
  const times: number[] = [];
  let started = 0;
  const worker = async (): Promise<void> => {
    while (started < total) {
      started += 1;
      times.push(await timed(call));
    }
  };
  const elapsedMs = await timed(() => Promise.all(Array.from({ length: width }, worker)));
  return { times, elapsedMs };
}
