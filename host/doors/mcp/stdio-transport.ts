// JSON-RPC over a pair of streams, one message a line. The SDK's own transport drops a malformed line in silence and ends
// the connection over a long one; here both are answered and the connection goes on.

import type { Readable, Writable } from 'node:stream';
import {
  isJSONRPCRequest,
  type JSONRPCMessage,
  type JSONRPCNotification,
  type JSONRPCRequest,
  parseJSONRPCMessage,
  type RequestId,
  type Transport,
} from '@modelcontextprotocol/server';
import { hostFailure } from '#host/base';
import type { Failure } from '#sandbox';
import { isFlood } from './listen-streams.ts';
import { messageFault } from './message-fault.ts';
import { rpcErrorOf } from './rpc-errors.ts';
import { subscriptionLimit } from './subscriptions.ts';

/** Longest line that is read, in bytes; the HTTP door takes bodies of the same size. */
export const MAX_LINE_BYTES = 4 * 1024 * 1024;

/**
 * Requests without an answer: above this nothing more is read, so that a flood waits in the client's pipe. A request that
 * waits for the client itself does not count, or its answer could not be read.
 */
export const MAX_UNANSWERED = 1024;

const PARSE_ERROR = -32_700;
const INVALID_REQUEST = -32_600;
const INVALID_PARAMS = -32_602;
const LINE_FEED = 10;
const CANCELLED = 'notifications/cancelled';
const LISTEN = 'subscriptions/listen';

/** An MCP transport over streams someone else owns: neither is closed with it. */
export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;

  readonly #stdin: Readable;
  readonly #stdout: Writable;
  #line: Buffer[] = [];
  #lineBytes = 0;
  readonly #unanswered = new Set<unknown>();
  /** What the client was asked and has not answered. */
  readonly #asked = new Set<unknown>();
  #closed = false;
  #draining: Promise<void> | undefined;
  readonly #ended = Promise.withResolvers<void>();

  constructor(stdin: Readable, stdout: Writable) {
    this.#stdin = stdin;
    this.#stdout = stdout;
  }

  /** Settles when the client is gone or the transport was closed. */
  get closed(): Promise<void> {
    return this.#ended.promise;
  }

  async start(): Promise<void> {
    this.#stdout.on('error', this.#close);
    this.#stdin.on('error', this.#close);
    this.#stdin.on('end', this.#close);
    this.#stdin.on('close', this.#close);
    this.#stdin.on('data', this.#read);
  }

  async send(message: JSONRPCMessage): Promise<void> {
    this.#write(message);
    if ('method' in message) this.#noteSent(message);
    if (this.#stdout.writableNeedDrain) await this.#drained();
    if ('result' in message || 'error' in message) this.#unanswered.delete(message.id);
    this.#flow();
  }

  async close(): Promise<void> {
    this.#close();
  }

  readonly #read = (chunk: Buffer): void => {
    let rest = chunk;
    for (let end = rest.indexOf(LINE_FEED); end !== -1 && !this.#closed; end = rest.indexOf(LINE_FEED)) {
      this.#append(rest.subarray(0, end));
      this.#endLine();
      rest = rest.subarray(end + 1);
    }
    this.#append(rest);
  };

  /** Keeps a line up to the limit; of a longer one only the length is known. */
  #append(part: Buffer): void {
    this.#lineBytes += part.length;
    if (this.#lineBytes > MAX_LINE_BYTES) this.#line = [];
    else if (part.length > 0) this.#line.push(part);
  }

  #endLine(): void {
    const bytes = this.#lineBytes;
    const text = Buffer.concat(this.#line).toString().trim();
    this.#line = [];
    this.#lineBytes = 0;
    if (bytes > MAX_LINE_BYTES) {
      const message = `a message had ${bytes} bytes of at most ${MAX_LINE_BYTES}; send less`;
      this.#refuse(INVALID_REQUEST, hostFailure('REQUEST_TOO_LARGE', message));
    } else if (text !== '') {
      this.#receive(text);
    }
  }

  #receive(line: string): void {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return this.#refuse(PARSE_ERROR, hostFailure('REQUEST_INVALID', 'a line is not valid JSON'));
    }
    const fault = messageFault(value);
    if (fault !== undefined) return this.#refuse(INVALID_REQUEST, hostFailure('REQUEST_INVALID', fault));
    let message: JSONRPCMessage;
    try {
      message = parseJSONRPCMessage(value);
    } catch {
      const text = 'a line is not one JSON-RPC 2.0 message';
      return this.#refuse(INVALID_REQUEST, hostFailure('REQUEST_INVALID', text));
    }
    if (isJSONRPCRequest(message) && message.method === LISTEN && isFlood(message.params?.['notifications'])) {
      return this.#refuse(INVALID_PARAMS, subscriptionLimit(), message.id);
    }
    this.#note(message);
    this.onmessage?.(message);
  }

  /** Books what the client waits for, and what it answered. */
  #note(message: JSONRPCMessage): void {
    if (!('method' in message)) this.#asked.delete(message.id);
    // What listens is never answered; the SDK bounds how many do.
    else if ('id' in message && message.method !== LISTEN) this.#unanswered.add(message.id);
    else if (message.method === CANCELLED) this.#unanswered.delete(message.params?.['requestId']);
    this.#flow();
  }

  /** Books what the client was asked; a cancelled question gets no answer, nor does a cancelled request. */
  #noteSent(message: JSONRPCRequest | JSONRPCNotification): void {
    if ('id' in message) this.#asked.add(message.id);
    else if (message.method === CANCELLED) this.#asked.delete(message.params?.['requestId']);
  }

  #flow(): void {
    if (this.#closed) return;
    if (this.#unanswered.size - this.#asked.size >= MAX_UNANSWERED) this.#stdin.pause();
    else if (this.#stdin.isPaused()) this.#stdin.resume();
  }

  #refuse(rpcCode: number, failure: Failure, id: RequestId | null = null): void {
    this.#write({ jsonrpc: '2.0', id, error: rpcErrorOf(failure, rpcCode) });
  }

  #write(message: unknown): void {
    if (!this.#closed) this.#stdout.write(`${JSON.stringify(message)}\n`);
  }

  /** One wait for all who send meanwhile. */
  #drained(): Promise<void> {
    this.#draining ??= this.#waitForDrain().finally(() => {
      this.#draining = undefined;
    });
    return this.#draining;
  }

  #waitForDrain(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stdout.once('drain', resolve);
    this.#stdout.once('close', resolve);
    return promise.finally(() => {
      this.#stdout.off('drain', resolve);
      this.#stdout.off('close', resolve);
    });
  }

  readonly #close = (): void => {
    if (this.#closed) return;
    this.#closed = true;
    this.#stdin.off('data', this.#read);
    this.#stdin.pause(); // a stream that flows would keep the process alive
    this.#line = [];
    this.onclose?.();
    this.#ended.resolve();
  };
}
