// Long calls of the older era: instead of holding a connection for them, their clients come back to ask.

/**
 * Calls `closeStream` every `everyMs` until disposed. The client, told where to go on from and when, connects again;
 * what was sent meanwhile is kept for it.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#sending-messages-to-the-server
 */
export function closeStreamEvery(everyMs: number, closeStream: () => unknown): Disposable {
  const timer = setInterval(closeStream, everyMs).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
