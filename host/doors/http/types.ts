// What the HTTP door needs to know and what it is told to serve.

/** An application at one path. Gets whole, bounded requests; sockets are the door's. */
export interface HttpMount {
  /** Answers one request. `request.signal` fires when the connection is done with it; `body` is its text, '' without one. */
  serve(request: Request, body: string): Promise<Response>;
  /** Waits up to `deadlineMs` for what runs, ends the rest and every stream. */
  close(deadlineMs: number): Promise<void>;
}

/** Bounds on what a client can make the door hold. */
export interface HttpLimits {
  /** Largest request body. @default 4 MiB */
  readonly bodyBytes: number;
  /** All request bodies held at once; past it requests are refused with 503. @default 64 MiB */
  readonly heldBytes: number;
  /** Time to send all headers, in milliseconds. @default 10,000 */
  readonly headersTimeoutMs: number;
  /** Time to send a whole request, in milliseconds. @default 30,000 */
  readonly requestTimeoutMs: number;
  /** What may wait for the reader of an answer that goes on; with more its connection ends. @default 8 MiB */
  readonly unreadBytes: number;
  /** How long a reader may take nothing of what waits for it, in milliseconds. @default 30,000 */
  readonly stalledMs: number;
}

/** What holds when the operator says nothing. */
export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  bodyBytes: 4 * 1024 * 1024,
  heldBytes: 64 * 1024 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  unreadBytes: 8 * 1024 * 1024,
  stalledMs: 30_000,
};
