// The thread of a cell lane: piscina calls the default export once per run; cancellations and answers come beside it.

import { workerData } from 'node:worker_threads';

import type { RunOutcome } from '../contract.ts';
import { CellSupply } from './cell-supply.ts';
import { Lane } from './lane.ts';
import { openLanePort } from './lane-port.ts';
import type { DescribeTask, LaneData, RunTask } from './messages.ts';

const { programs } = workerData as LaneData;
const port = openLanePort((message) => lane.receive(message));
const supply = new CellSupply(programs, () => {
  port.post({ type: 'children', pids: supply.pids, killed: supply.killed });
});
const lane = new Lane({ supply, now: () => performance.now(), post: port.post });
// A failure to start is told to the first run.
void lane.warm();

export default function run(task: RunTask | DescribeTask): Promise<RunOutcome> {
  return lane.run(task);
}
