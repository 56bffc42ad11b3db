// What a lane writes to its cell to have a run's next turn executed.

import type { ClientFeatures } from '../contract.ts';
import type { RunTask } from './messages.ts';
import type { JailedChild } from './child.ts';
import type { LaneRun, Order } from './lane-run.ts';

/**
 * Has the cell execute a run's next turn. `loaded` holds the digests of the versions the cell knows; it gains this one.
 *
 * @throws CELL_PROTOCOL when what the turn starts with is larger than a cell takes: then no turn begins
 */
export function sendOrder(cell: JailedChild, { id, task }: LaneRun, order: Order, loaded: Set<string>): void {
  if (order.type === 'answer') {
    const { call, ok, value, clockMs } = order.entry;
    cell.send({ type: 'answer', run: id, call, ok, clockMs }, value);
  } else if ('describe' in task) {
    cell.send({ type: 'describe', run: id, heapBytes: task.limits.heapBytes }, task.script);
  } else {
    const { digest } = task.artifact;
    if (!loaded.has(digest)) load(cell, task);
    loaded.add(digest);
    const { seed, clockMs, grants, client = NO_CLIENT, input } = task;
    const { outputBytes, logBytes, hostCalls } = task.limits;
    const budgets = { outputBytes, logBytes, hostCalls };
    cell.send({ type: 'start', run: id, digest, seed, clockMs, grants, client, budgets }, input);
  }
}

/** A client that was not told of can do nothing. */
const NO_CLIENT: ClientFeatures = { ask: false, sample: false, roots: false, tasks: false };

function load(cell: JailedChild, { artifact, limits }: RunTask): void {
  const { digest, script, validators, context } = artifact;
  const sizes = { scriptBytes: Buffer.byteLength(script), validatorsBytes: Buffer.byteLength(validators) };
  cell.send({ type: 'load', digest, heapBytes: limits.heapBytes, ...sizes }, script, validators, context);
}
