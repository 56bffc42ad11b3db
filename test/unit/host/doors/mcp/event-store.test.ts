import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Clock } from '#host/base';
import {
  DEFAULT_EVENT_BOUNDS,
  SessionEvents,
  type EventBounds,
  type HeldEvents,
} from '../../../../../host/doors/mcp/event-store.ts';

const PRIMING = {} as never;
const note = (text: string) => ({ jsonrpc: '2.0', method: 'notifications/message', params: { text } }) as const;
const answer = (id: number) => ({ jsonrpc: '2.0', id, result: {} }) as const;

function openEvents(bounds: Partial<EventBounds> = {}, held: HeldEvents = { bytes: 0 }) {
  const time = { now: 0 };
  const clock: Clock = { now: () => time.now, elapsed: () => time.now };
  const opened: string[] = [];
  const answered: unknown[] = [];
  const events = new SessionEvents({
    bounds: { ...DEFAULT_EVENT_BOUNDS, ...bounds },
    held,
    clock,
    onOpen: (stream) => opened.push(stream),
    onAnswer: (id) => answered.push(id),
  });
  const replay = async (lastEventId: string): Promise<readonly string[]> => {
    const ids: string[] = [];
    await events.replayEventsAfter(lastEventId, { send: async (id) => void ids.push(id) });
    return ids;
  };
  return { events, held, time, opened, answered, replay };
}

describe('SessionEvents', () => {
  it('gives again what a stream said after an event, and nothing of another stream', async () => {
    const { events, replay } = openEvents();
    const primed = await events.storeEvent('a', PRIMING);
    for (let count = 0; count < 5; count += 1) await events.storeEvent('b', note('other'));
    const first = await events.storeEvent('a', note('one'));
    const second = await events.storeEvent('a', note('two'));
    assert.deepEqual(await replay(primed), [first, second]);
    assert.deepEqual(await replay(first), [second]);
    assert.deepEqual(await replay(second), []);
  });

  it('gives again what is stored while it does so', async () => {
    const { events } = openEvents();
    const primed = await events.storeEvent('a', PRIMING);
    await events.storeEvent('a', note('one'));
    const seen: unknown[] = [];
    await events.replayEventsAfter(primed, {
      async send(_id, message) {
        seen.push(message);
        if (seen.length === 1) await events.storeEvent('a', note('two'));
      },
    });
    assert.deepEqual(seen, [note('one'), note('two')]);
  });

  it('says that a stream opened, and that a request was answered', async () => {
    const { events, opened, answered } = openEvents();
    await events.storeEvent('a', PRIMING);
    await events.storeEvent('a', note('one'));
    await events.storeEvent('a', answer(7));
    assert.deepEqual([opened, answered], [['a'], [7]]);
  });

  it('knows no event it did not give', async () => {
    const { events } = openEvents();
    const id = await events.storeEvent('a_b', note('one'));
    assert.equal(events.streamOf(id), 'a_b');
    for (const unknown of ['', '_', 'a', 'a_1', 'a_b_2', 'a_b_-1', 'a_b_x', 'a_b_1e0', '__proto___0']) {
      assert.equal(events.streamOf(unknown), undefined, unknown);
    }
  });

  it('keeps the newest of too many', async () => {
    const { events, replay } = openEvents({ maxEvents: 3 });
    const primed = await events.storeEvent('a', PRIMING);
    for (let count = 0; count < 10; count += 1) await events.storeEvent('a', note(String(count)));
    assert.deepEqual(await replay(primed), ['a_9', 'a_10', 'a_11']);
  });

  it('keeps the newest of too much, even if it alone is', async () => {
    const { events, replay, held } = openEvents({ maxEventBytes: 500 });
    const primed = await events.storeEvent('a', PRIMING);
    for (let count = 0; count < 3; count += 1) await events.storeEvent('a', note('x'.repeat(1000)));
    assert.deepEqual(await replay(primed), ['a_4']);
    assert.ok(held.bytes < 1200);
  });

  it('gives way when all sessions together hold too much', async () => {
    const { events, replay } = openEvents({ maxAllEventBytes: 500 }, { bytes: 600 });
    const primed = await events.storeEvent('a', PRIMING);
    await events.storeEvent('a', note('one'));
    assert.deepEqual(await replay(primed), []);
  });

  it('forgets what is old, and a stream that is complete with its last event', async () => {
    const { events, time, held } = openEvents({ eventAgeMs: 1000 });
    const primed = await events.storeEvent('a', PRIMING);
    await events.storeEvent('a', answer(1));
    const alive = await events.storeEvent('b', note('one'));
    time.now = 1001;
    events.sweep();
    assert.equal(events.streamOf(primed), undefined);
    assert.equal(events.streamOf(alive), 'b');
    assert.equal(held.bytes, 0);
  });

  it('gives back what it held when it is cleared', async () => {
    const { events, held } = openEvents();
    const id = await events.storeEvent('a', note('one'));
    events.clear();
    assert.deepEqual([held.bytes, events.streamOf(id)], [0, undefined]);
  });
});
