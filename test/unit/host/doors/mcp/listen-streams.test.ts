import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ListenStreams } from '../../../../../host/doors/mcp/listen-streams.ts';
import { MAX_SUBSCRIBED_CHARACTERS, MAX_SUBSCRIPTIONS } from '../../../../../host/doors/mcp/subscriptions.ts';

const { signal: open } = new AbortController();

describe('ListenStreams', () => {
  for (const filter of [
    undefined,
    null,
    7,
    {},
    { resourceSubscriptions: 'a' },
    { resourceSubscriptions: ['a:1'] },
    { resourceSubscriptions: [null, { toString: 1, valueOf: 1 }] },
  ]) {
    it(`lets ${JSON.stringify(filter)} pass`, () => {
      assert.equal(new ListenStreams(1).refuse(filter, open), undefined);
    });
  }

  it('refuses a filter of too many resources, or too long ones', () => {
    const streams = new ListenStreams(1);
    const many = Array.from({ length: MAX_SUBSCRIPTIONS + 1 }, (_, id) => `a:${id}`);
    for (const resourceSubscriptions of [many, ['x'.repeat(MAX_SUBSCRIBED_CHARACTERS + 1)]]) {
      assert.equal(streams.refuse({ resourceSubscriptions }, open)?.code, 'SUBSCRIPTION_LIMIT');
    }
    assert.equal(streams.refuse({}, open), undefined);
  });

  it('refuses more streams than there may be, until one ends', () => {
    const streams = new ListenStreams(2);
    const first = new AbortController();
    for (const signal of [first.signal, open]) assert.equal(streams.refuse({}, signal), undefined);
    assert.equal(streams.refuse({}, open)?.code, 'HOST_BUSY');
    first.abort();
    assert.equal(streams.refuse({}, open), undefined);
    assert.equal(streams.refuse({}, open)?.code, 'HOST_BUSY');
  });

  it('does not count a stream whose client has gone already', () => {
    const streams = new ListenStreams(1);
    streams.refuse({}, AbortSignal.abort());
    assert.equal(streams.refuse({}, open), undefined);
  });
});
