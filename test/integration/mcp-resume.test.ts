// Connections that break in the older era, and clients that come back for the rest.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LOCAL_PRINCIPAL } from '#host/base';
import { OLDER } from '../fixtures/mcp/clients.ts';
import { ENDLESS, SLOW } from '../fixtures/mcp/fixture-tools.ts';
import { openTestDoor, type TestDoor, type TestDoorOptions } from '../fixtures/mcp/http-door.ts';
import { olderRequest, openSession, post, rpcError } from '../fixtures/mcp/raw-http.ts';
import type { TestHost } from '../fixtures/mcp/test-host.ts';
import { openUnjailedHost } from '../fixtures/mcp/unjailed-host.ts';
import { until } from '../fixtures/mcp/until.ts';

let host: TestHost;
before(async () => {
  host = await openUnjailedHost();
  await host.publish(SLOW);
  await host.publish(ENDLESS);
});
after(() => host[Symbol.asyncDispose]());

interface StreamEvent {
  readonly id: string;
  readonly retry?: string;
  readonly data: string;
}

/** Everything a stream says until it ends. */
async function readEvents(response: Response): Promise<readonly StreamEvent[]> {
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  const events = (await response.text()).split('\n\n').filter((event) => event.includes('data:'));
  return events.map((event) => {
    const fields = event.split('\n').map((line) => [line.split(': ', 1)[0] ?? '', line.replace(/^[a-z]+: ?/, '')]);
    return Object.fromEntries(fields) as StreamEvent;
  });
}

function startSlow(door: TestDoor, session: string, ms: number): Promise<Response> {
  const params = { name: 'slow', arguments: { ms }, _meta: { progressToken: 'p' } };
  return post(door.mcpUrl, olderRequest(session, 'tools/call', params));
}

function comeBack(door: TestDoor, session: string, lastEventId: string): Promise<Response> {
  const { headers = {} } = olderRequest(session, '');
  return fetch(door.mcpUrl, { headers: { ...headers, accept: 'text/event-stream', 'last-event-id': lastEventId } });
}

const openDoor = (mcp: TestDoorOptions['mcp']): Promise<TestDoor> => openTestDoor(host, { mcp: { ...mcp } });

describe('A call that may take long', () => {
  // Proves mcp.polling.
  it('lets go of its connection, and is answered to the client that comes back', async () => {
    await using door = await openDoor({ pollAfterMs: 200, resumeGraceMs: 1000 });
    const session = await openSession(door.mcpUrl);
    const [first, ...others] = await readEvents(await startSlow(door, session, 1800));
    assert.deepEqual([first?.data, first?.retry], ['', '500']);
    assert.doesNotMatch(others.map(({ data }) => data).join(), /at last/);
    let last = others.at(-1) ?? first!;
    const seen: string[] = [];
    while (!seen.some((data) => data.includes('at last'))) {
      const events = await readEvents(await comeBack(door, session, last.id));
      seen.push(...events.map(({ data }) => data));
      last = events.at(-1) ?? last;
    }
    const results = seen.filter((data) => data.includes('"result"'));
    assert.equal(results.length, 1);
    assert.equal(seen.filter((data) => data.includes('nearly')).length, 1);
  });

  it('is answered to the SDK’s own client as if nothing had happened', async () => {
    await using door = await openDoor({ pollAfterMs: 100 });
    await using client = await OLDER.connect({ url: door.mcpUrl });
    const seen: number[] = [];
    const { content } = await client.callTool(
      'slow',
      { ms: 400 },
      { onprogress: ({ progress }) => seen.push(progress) },
    );
    assert.deepEqual(content, [{ type: 'text', text: 'at last' }]);
    assert.equal(new Set(seen).size, seen.length);
  });
});

describe('A host that stops', () => {
  it('lets a long call finish on the connection it has: nobody could come back', async () => {
    await using door = await openDoor({ pollAfterMs: 300 });
    const session = await openSession(door.mcpUrl);
    const response = await startSlow(door, session, 800);
    const closing = door.close(5000);
    assert.match(await response.text(), /at last/);
    await closing;
  });
});

describe('A client whose connection broke', () => {
  // Proves mcp.resume.
  it('fetches the rest of that stream, and of no other', async () => {
    await using door = await openDoor({ pollAfterMs: 100 });
    const session = await openSession(door.mcpUrl);
    const [primed] = await readEvents(await startSlow(door, session, 150));
    const other = olderRequest(session, 'tools/call', { name: 'slow', arguments: { ms: 0 } }, 77);
    assert.match(await (await post(door.mcpUrl, other)).text(), /"id":77/);
    await until('the answer', async () => {
      const events = await readEvents(await comeBack(door, session, primed!.id));
      assert.ok(events.every(({ data }) => !data.includes('"id":77')));
      return events.some(({ data }) => data.includes('at last'));
    });
  });

  it('is cancelled when it stays away', async () => {
    await using door = await openDoor({ resumeGraceMs: 100 });
    const session = await openSession(door.mcpUrl);
    const leave = new AbortController();
    const call = olderRequest(session, 'tools/call', { name: 'endless' });
    const response = await post(door.mcpUrl, { ...call, signal: leave.signal });
    await response.body!.getReader().read();
    leave.abort();
    await until('the run to be stopped', async () => {
      const runs = await host.parts.ledger.runs(LOCAL_PRINCIPAL.tenant, { tool: 'endless' });
      return runs.some(({ failure }) => failure?.code === 'RUN_CANCELLED');
    });
  });

  // Proves mcp.resume-own.
  it('gets nothing of another session, nor by a made-up event', async () => {
    await using door = await openDoor({ pollAfterMs: 100 });
    const [mine, theirs] = [await openSession(door.mcpUrl), await openSession(door.mcpUrl)];
    const [primed] = await readEvents(await startSlow(door, theirs, 200));
    for (const id of [primed!.id, 'nonsense', '_1', '_GET_stream_1', `${primed!.id}0`]) {
      const response = await comeBack(door, mine, id);
      assert.equal(response.status, 400, id);
      assert.equal((await rpcError(response)).code, -32_000);
    }
  });
});

describe('What a session waits for', () => {
  it('has ids of its own: the answer of one request is never another’s', async () => {
    await using door = await openDoor({});
    const session = await openSession(door.mcpUrl);
    const first = await post(
      door.mcpUrl,
      olderRequest(session, 'tools/call', { name: 'slow', arguments: { ms: 200 } }),
    );
    const second = await post(door.mcpUrl, olderRequest(session, 'tools/list'));
    assert.equal(second.status, 400);
    const { code, id, data } = await rpcError(second);
    assert.deepEqual([code, id, data.code], [-32_600, 2, 'REQUEST_INVALID']);
    assert.match(await first.text(), /at last/);
    assert.equal((await post(door.mcpUrl, olderRequest(session, 'tools/list'))).status, 200);
  });

  it('is bounded', async () => {
    await using door = await openDoor({ maxPending: 2 });
    const session = await openSession(door.mcpUrl);
    const waiting = [1, 2].map((id) => post(door.mcpUrl, olderRequest(session, 'tools/call', { name: 'endless' }, id)));
    await Promise.all(waiting);
    const refused = await post(door.mcpUrl, olderRequest(session, 'tools/list', {}, 3));
    assert.equal(refused.status, 503);
    assert.deepEqual((await rpcError(refused)).data.code, 'HOST_BUSY');
  });
});
