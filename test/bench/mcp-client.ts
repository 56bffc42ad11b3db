// Calls over MCP by hand, in the protocol's newer era: requests are written beforehand and answers only looked at, so that
// the client takes as little of the machine as it can.

import type { ChildProcessByStdio } from 'node:child_process';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

import { newerRequest, POST_HEADERS } from '../fixtures/mcp/raw-http.ts';
import { SUM } from './sum.ts';

/** One call of the trivial tool, answered as it should be. */
export type CallOnce = () => Promise<void>;

/** A process whose standard streams are pipes. */
export type Piped = ChildProcessByStdio<Writable, Readable, null>;

const CALL = newerRequest('tools/call', { name: SUM.manifest.name, arguments: SUM.input });
const ANSWER = '"structuredContent":{"sum":3}';

/** Over HTTP, on connections that stay open. */
export function callOverHttp(url: string): CallOnce {
  const agent = new Agent({ keepAlive: true });
  const body = JSON.stringify(CALL.body);
  const headers = { ...POST_HEADERS, ...CALL.headers, 'content-length': Buffer.byteLength(body) };
  const call: CallOnce = async () => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      text(response).then(resolve, reject);
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // A connection that was idle for long: the server closed it as it was taken again.
      if (sent.reusedSocket && error.code === 'ECONNRESET') call().then(() => resolve(ANSWER), reject);
      else reject(error);
    });
    sent.end(body);
    check(await promise);
  };
  return call;
}

/** Over a server's standard input and output. */
export function callOverStdio({ stdin, stdout }: Piped): CallOnce {
  const waiting = new Map<number, (line: string) => void>();
  createInterface({ input: stdout }).on('line', (line) => {
    const { id } = JSON.parse(line) as { readonly id: number };
    waiting.get(id)?.(line);
    waiting.delete(id);
  });
  let lastId = 0;
  return async () => {
    const id = (lastId += 1);
    const { promise, resolve } = Promise.withResolvers<string>();
    waiting.set(id, resolve);
    stdin.write(`${JSON.stringify({ ...(CALL.body as object), id })}\n`);
    check(await promise);
  };
}

function check(answer: string): void {
  if (!answer.includes(ANSWER)) throw new Error(`not the answer: ${answer.slice(0, 500)}`);
}
