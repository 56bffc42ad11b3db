// The thread of a workshop lane: piscina calls the default export once per making step.

import { workerData } from 'node:worker_threads';

import { isCodedError, plainFailure } from '../errors.ts';
import type { WorkOutcome } from '../workshop-messages.ts';
import { openLanePort } from './lane-port.ts';
import type { LaneData, WorkTask } from './messages.ts';
import { WorkshopLane } from './workshop-lane.ts';

const { programs } = workerData as LaneData;
const port = openLanePort((message) => {
  if (message.type === 'close') lane.close();
});
const lane = new WorkshopLane({
  programs,
  now: () => performance.now(),
  onChange: (pids, killed) => port.post({ type: 'children', pids, killed }),
});
// A failure to start is told to the first task.
void lane.warm().catch(() => {});

export default async function work(task: WorkTask): Promise<WorkOutcome> {
  try {
    return await lane.work(task);
  } catch (error) {
    if (!isCodedError(error)) throw error;
    // As data: an error's own fields do not survive the way between threads.
    return { ok: false, failure: plainFailure(error) };
  }
}
