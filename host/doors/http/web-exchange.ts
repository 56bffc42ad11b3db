// Node's request and response as web standards' Request and Response, for mounts that know no sockets.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpLimits } from './types.ts';

/** The request without its body, which was read already. `over` fires when the connection is done with it. */
export function toWebRequest(request: IncomingMessage, over: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  // A Request refuses a URL that carries them.
  url.username = url.password = '';
  return new Request(url, { method: request.method ?? 'GET', headers, signal: over });
}

/**
 * Writes a response; stops, and tells the body's source, when the reader is gone.
 *
 * SECURITY: an event stream comes as it comes, however slowly it is read, so what waits is taken from its source, where
 * nobody counts it, and counted here; a reader that lets too much wait, or waits too long, loses its connection.
 * test/integration/mcp-readers.test.ts holds it.
 */
export async function writeResponse(
  response: Response,
  target: ServerResponse,
  { unreadBytes, stalledMs }: Pick<HttpLimits, 'unreadBytes' | 'stalledMs'>,
  over: AbortSignal,
): Promise<void> {
  target.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) {
    target.end();
    return;
  }
  target.setTimeout(stalledMs, () => {
    if (target.writableLength > 0) target.destroy();
  });
  // An event stream may stay silent for long; its reader waits for the headers.
  target.flushHeaders();
  const reader = response.body.getReader();
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  over.addEventListener('abort', cancel, { once: true });
  if (over.aborted) cancel();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (target.writableLength > unreadBytes) return void target.destroy();
    target.write(part.value);
  }
  target.end();
}
