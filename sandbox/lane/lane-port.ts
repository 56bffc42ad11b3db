// A lane thread's own line to the host: piscina keeps the thread's first port for itself.

import { MessageChannel, parentPort } from 'node:worker_threads';

import type { FromLane, LaneHello, ToLane } from './messages.ts';

/** Opens the line and tells the host where it is. */
export function openLanePort(receive: (message: ToLane) => void): { readonly post: (message: FromLane) => void } {
  const { port1, port2 } = new MessageChannel();
  port1.on('message', receive);
  const hello: LaneHello = { type: 'hello', port: port2 };
  parentPort?.postMessage(hello, [port2]);
  return { post: (message) => port1.postMessage(message) };
}
