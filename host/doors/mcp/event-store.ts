// What a session was sent, for a while: a client of the older era that lost its connection fetches the rest with the id
// of the last event it saw.

import type { EventStore, JSONRPCMessage } from '@modelcontextprotocol/server';
import type { Clock } from '#host/base';

/** How much is kept. */
export interface EventBounds {
  /** Events per session. @default 1000 */
  readonly maxEvents: number;
  /** Bytes per session; its newest event is kept even if it alone is larger. @default 4 MiB */
  readonly maxEventBytes: number;
  /** Bytes of all sessions. @default 64 MiB */
  readonly maxAllEventBytes: number;
  /** In milliseconds. @default 60,000 */
  readonly eventAgeMs: number;
}

/** What holds when the operator says nothing. */
export const DEFAULT_EVENT_BOUNDS: EventBounds = {
  maxEvents: 1000,
  maxEventBytes: 4 * 1024 * 1024,
  maxAllEventBytes: 64 * 1024 * 1024,
  eventAgeMs: 60_000,
};

/** Bytes that the events of all sessions hold together. */
export interface HeldEvents {
  bytes: number;
}

/** What an event store works with. */
export interface EventStoreDeps {
  readonly bounds: EventBounds;
  readonly held: HeldEvents;
  readonly clock: Clock;
  /** A stream sends its first event; called in the async context of what it is sent for. */
  readonly onOpen: (stream: string) => void;
  /** A request has its answer. */
  readonly onAnswer: (id: string | number) => void;
}

interface StoredEvent {
  readonly stream: string;
  readonly number: number;
  /** JSON text: its size is known, and it holds no object graph. */
  readonly text: string;
  readonly bytes: number;
  readonly storedMs: number;
}

interface Stream {
  /** Number of its last event. */
  last: number;
  /** How many of its events are stored. */
  stored: number;
  /** Its request has its answer: nothing follows. */
  isComplete: boolean;
}

/**
 * The events of one session, of which the oldest go first when a bound is reached.
 *
 * An id names its stream, and only that stream's events are given again. A stream whose end was forgotten is unknown from
 * then on: its client is refused instead of waiting for ever.
 *
 * SECURITY: a session has a store of its own, so nobody's event id means anything in another's session;
 * test/integration/mcp-resume.test.ts holds it.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#resumability-and-redelivery
 */
export class SessionEvents implements EventStore {
  readonly #deps: EventStoreDeps;
  readonly #events: StoredEvent[] = [];
  readonly #streams = new Map<string, Stream>();
  #bytes = 0;

  constructor(deps: EventStoreDeps) {
    this.#deps = deps;
  }

  async storeEvent(streamId: string, message: JSONRPCMessage): Promise<string> {
    const stream = this.#streams.get(streamId) ?? this.#open(streamId);
    stream.last += 1;
    const id = `${streamId}_${stream.last}`;
    // The first event of a stream is an empty one, which only says where to go on from.
    if (!('jsonrpc' in message)) return id;
    if ('result' in message || 'error' in message) {
      stream.isComplete = true;
      if (message.id !== undefined) this.#deps.onAnswer(message.id);
    }
    this.#keep(stream, { stream: streamId, number: stream.last, text: JSON.stringify(message) });
    return id;
  }

  async getStreamIdForEventId(eventId: string): Promise<string | undefined> {
    return this.streamOf(eventId);
  }

  /** The stream of an event; undefined when it never was or is forgotten. */
  streamOf(eventId: string): string | undefined {
    const { stream, number } = parseEventId(eventId);
    return number <= (this.#streams.get(stream)?.last ?? -1) ? stream : undefined;
  }

  async replayEventsAfter(
    lastEventId: string,
    { send }: { readonly send: (eventId: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const { stream, number } = parseEventId(lastEventId);
    // Looked up anew each time: what is stored while an event is sent must not be skipped.
    const after = (last: number): StoredEvent | undefined =>
      this.#events.find((event) => event.stream === stream && event.number > last);
    for (let event = after(number); event !== undefined; event = after(event.number)) {
      await send(`${stream}_${event.number}`, JSON.parse(event.text) as JSONRPCMessage);
    }
    return stream;
  }

  /** Forgets what is too old. */
  sweep(): void {
    const { bounds, clock } = this.#deps;
    const before = clock.now() - bounds.eventAgeMs;
    while (this.#events[0] !== undefined && this.#events[0].storedMs < before) this.#dropOldest();
  }

  /** Forgets everything. */
  clear(): void {
    while (this.#events.length > 0) this.#dropOldest();
    this.#streams.clear();
  }

  #open(streamId: string): Stream {
    const stream = { last: 0, stored: 0, isComplete: false };
    this.#streams.set(streamId, stream);
    this.#deps.onOpen(streamId);
    return stream;
  }

  #keep(stream: Stream, event: Pick<StoredEvent, 'stream' | 'number' | 'text'>): void {
    const { bounds, held, clock } = this.#deps;
    const bytes = Buffer.byteLength(event.text);
    this.#events.push({ ...event, bytes, storedMs: clock.now() });
    stream.stored += 1;
    this.#bytes += bytes;
    held.bytes += bytes;
    this.sweep();
    while (this.#events.length > bounds.maxEvents) this.#dropOldest();
    while (this.#bytes > bounds.maxEventBytes && this.#events.length > 1) this.#dropOldest();
    while (held.bytes > bounds.maxAllEventBytes && this.#events.length > 0) this.#dropOldest();
  }

  #dropOldest(): void {
    const event = this.#events.shift();
    if (event === undefined) return;
    this.#bytes -= event.bytes;
    this.#deps.held.bytes -= event.bytes;
    const stream = this.#streams.get(event.stream);
    if (stream === undefined) return;
    stream.stored -= 1;
    if (stream.isComplete && stream.stored === 0) this.#streams.delete(event.stream);
  }
}

/** An id is its stream's and a number; a stream's own id may hold underscores. */
function parseEventId(eventId: string): { readonly stream: string; readonly number: number } {
  const end = eventId.lastIndexOf('_');
  const digits = eventId.slice(end + 1);
  return { stream: eventId.slice(0, end), number: /^\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN };
}
