// The HTTP door against clients that break the rules or come in crowds. What runs behind it does not matter here.

import assert from 'node:assert/strict';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import type { Clock } from '#host/base';
import { NEWER, OLDER } from '../fixtures/mcp/clients.ts';
import { bystander } from '../fixtures/mcp/fixture-tools.ts';
import { openTestDoor, type TestDoor, type TestDoorOptions } from '../fixtures/mcp/http-door.ts';
import { UNJAILED_HOST } from '../fixtures/mcp/unjailed-host.ts';
import { INITIALIZE, newerRequest, olderRequest, openSession, post, rpcError } from '../fixtures/mcp/raw-http.ts';
import { openStage, type Stage } from '../fixtures/mcp/stage.ts';
import { until } from '../fixtures/mcp/until.ts';

const MIB = 1024 * 1024;

const stage = (options?: TestDoorOptions): Promise<Stage> => openStage(UNJAILED_HOST, options);

describe('HTTP door: bad requests', () => {
  const refusals: readonly [string, Parameters<typeof post>[1], number, number, string][] = [
    ['malformed JSON', { body: '{"jsonrpc":' }, 400, -32_700, 'REQUEST_INVALID'],
    ['an empty body', { body: '' }, 400, -32_700, 'REQUEST_INVALID'],
    ['a batch', { body: [newerRequest('tools/list').body] }, 400, -32_600, 'REQUEST_INVALID'],
    [
      'another content type',
      { headers: { 'content-type': 'text/plain' }, body: '{}' },
      415,
      -32_000,
      'REQUEST_INVALID',
    ],
    ['a compressed body', { headers: { 'content-encoding': 'gzip' }, body: '{}' }, 415, -32_000, 'REQUEST_INVALID'],
    [
      'an Accept without event streams',
      { headers: { accept: 'application/json' }, body: '{}' },
      406,
      -32_000,
      'REQUEST_INVALID',
    ],
    ['a request without a session', olderRequest('', 'tools/list'), 404, -32_001, 'SESSION_NOT_FOUND'],
    ['an unknown session', olderRequest('nobody', 'tools/list'), 404, -32_001, 'SESSION_NOT_FOUND'],
  ];
  for (const [what, request, status, rpcCode, code] of refusals) {
    it(`refuses ${what} with HTTP ${status} and ${code}`, async () => {
      await using on = await stage();
      const response = await post(on.door.mcpUrl, request);
      assert.equal(response.status, status);
      const error = await rpcError(response);
      assert.equal(error.code, rpcCode);
      assert.equal(error.data.code, code);
    });
  }

  for (const target of ['http://[/mcp', 'http://127.0.0.1:99999/mcp']) {
    it(`refuses ${target} in the request line with HTTP 400, and logs nothing`, async () => {
      await using on = await stage();
      const socket = connect(on.door.port, '127.0.0.1');
      socket.end(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
      const answer = (await socket.setEncoding('utf8').toArray()).join('');
      assert.match(answer, /^HTTP\/1\.1 400 .*REQUEST_INVALID/s);
      assert.deepEqual(on.door.logged, []);
    });
  }

  for (const [method, params] of [
    ['prompts/get', {}],
    ['prompts/get', { name: 'none', arguments: { a: 1 } }],
    ['tools/list', { cursor: 7 }],
    ['resources/read', {}],
  ] as const) {
    it(`calls ${JSON.stringify(params)} for ${method} the client’s fault`, async () => {
      await using on = await stage();
      assert.equal((await rpcError(await post(on.door.mcpUrl, newerRequest(method, params)))).code, -32_602);
    });
  }

  it('refuses JSON that is no JSON-RPC with HTTP 400 and -32600', async () => {
    await using on = await stage();
    const response = await post(on.door.mcpUrl, { body: { hello: 1 } });
    assert.equal(response.status, 400);
    assert.equal((await rpcError(response)).code, -32_600);
  });

  // Proves mcp.malformed.
  it('refuses a body past the limit with 413 whether or not its length is declared, and goes on serving', async () => {
    await using on = await stage();
    const body = JSON.stringify({ text: 'x'.repeat(5 * MIB) });
    const declared = await post(on.door.mcpUrl, { body });
    assert.equal(declared.status, 413);
    assert.equal(((await declared.json()) as { code: string }).code, 'REQUEST_TOO_LARGE');
    assert.equal(await postChunked(on.door, body), 413);
    assert.equal((await post(on.door.mcpUrl, newerRequest('tools/list'))).status, 200);
  });

  it('refuses bodies with 503 once all of them together are too many bytes', async () => {
    await using on = await stage({ http: { heldBytes: 1000 } });
    const response = await post(on.door.mcpUrl, { body: 'x'.repeat(2000) });
    assert.equal(response.status, 503);
    assert.equal(response.headers.get('retry-after'), '1');
    assert.equal(((await response.json()) as { code: string }).code, 'HOST_BUSY');
    // What a refused request held was given back.
    assert.equal((await post(on.door.mcpUrl, newerRequest('tools/list'))).status, 200);
  });

  for (const place of ['arguments', '_meta', 'capabilities']) {
    it(`refuses ${place} that nest too deep, in a body as large as may be`, async () => {
      await using on = await stage();
      const depth = 1_900_000;
      const { headers = {}, body } = newerRequest('tools/call', { name: 'echo', [place]: { text: 'DEEP' } });
      const text = JSON.stringify(body).replace('"DEEP"', '['.repeat(depth) + ']'.repeat(depth));
      const response = await post(on.door.mcpUrl, { headers, body: text });
      assert.equal(response.status, 400);
      const { code, data } = await rpcError(response);
      assert.deepEqual([code, data.code], [-32_600, 'REQUEST_INVALID']);
    });
  }

  // Proves mcp.no-leaks.
  it('has no stack and no path of the host in any answer', async () => {
    await using on = await stage();
    for (const body of [
      '{',
      [],
      {},
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 1 } },
      'null',
      '"x"',
    ]) {
      const text = await (await post(on.door.mcpUrl, { body })).text();
      assert.doesNotMatch(text, /\bat .+:\d+:\d+|node_modules|file:|\.ts\b/);
    }
  });
});

describe('HTTP door: what is not served', () => {
  // Proves mcp.no-http-sse.
  it('answers the HTTP+SSE transport of 2024-11-05 with 405 on /mcp and 404 elsewhere', async () => {
    await using on = await stage();
    const stream = await fetch(on.door.mcpUrl, { headers: { accept: 'text/event-stream' } });
    assert.equal(stream.status, 405);
    assert.equal(stream.headers.get('allow'), 'POST');
    assert.equal((await fetch(`${on.door.url}/sse`)).status, 404);
    assert.equal((await fetch(`${on.door.url}/nothing`)).status, 404);
  });

  it('answers other methods with 405', async () => {
    await using on = await stage();
    assert.equal((await fetch(on.door.mcpUrl, { method: 'PUT', body: '{}' })).status, 405);
    assert.equal((await fetch(on.door.mcpUrl, { method: 'OPTIONS' })).status, 405);
  });
});

describe('HTTP door: web pages', () => {
  for (const [name, headers] of [
    ['a foreign Host', { host: 'evil.example' }],
    ['a foreign Origin', { origin: 'http://evil.example' }],
    ['an opaque Origin', { origin: 'null' }],
  ] as const) {
    // Proves mcp.web-pages.
    it(`are refused with 403 by ${name}`, async () => {
      await using on = await stage();
      const { status, body } = await getWith(on.door, headers);
      assert.equal(status, 403);
      assert.equal((JSON.parse(body) as { code: string }).code, 'ORIGIN_REFUSED');
    });
  }

  it('of this machine are welcome', async () => {
    await using on = await stage();
    assert.equal((await getWith(on.door, { origin: 'http://localhost:6274' })).status, 200);
  });
});

describe('HTTP door: crowds', () => {
  it('refuses calls past the limit with 503 and Retry-After, and takes them again later', async () => {
    await using on = await stage({ mcp: { maxCalls: 1 } });
    await using client = await NEWER.connect({ url: on.door.mcpUrl });
    const cancel = new AbortController();
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    const call = client.callTool('endless', {}, { signal: cancel.signal, onprogress: () => start() });
    call.catch(() => undefined);
    await started;
    const echo = newerRequest('tools/call', { name: 'echo', arguments: { text: 'a' } });
    const refused = await post(on.door.mcpUrl, echo);
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get('retry-after'), '1');
    assert.deepEqual((await rpcError(refused)).data.code, 'HOST_BUSY');
    cancel.abort();
    await until('the slot', async () => (await post(on.door.mcpUrl, echo)).status === 200);
  });

  it('lists 200 tools in pages that miss and repeat none', async () => {
    await using on = await stage();
    const names = Array.from({ length: 200 }, (_, index) => `tool_${String(index).padStart(3, '0')}`);
    for (const name of names) await on.host.publish(bystander(name));
    await using client = await OLDER.connect({ url: on.door.mcpUrl });
    const seen: string[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await client.listTools(cursor);
      assert.ok(page.tools.length <= 100);
      seen.push(...page.tools.map(({ name }) => name));
      cursor = page.nextCursor;
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual(seen.slice(seen.indexOf('echo')), ['echo', 'endless', ...names]);
  });
});

describe('HTTP door: sessions', () => {
  it('are refused past the limit until one has been idle for as long as the refusal says', async () => {
    let now = 1_000_000;
    const clock: Clock = { now: () => now, elapsed: () => now };
    await using on = await stage({ clock, mcp: { maxSessions: 2, sessionIdleMs: 3_600_000 } });
    const first = await openSession(on.door.mcpUrl);
    await openSession(on.door.mcpUrl);
    const refused = await post(on.door.mcpUrl, INITIALIZE);
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get('retry-after'), '60');
    assert.equal((await rpcError(refused)).data.code, 'HOST_BUSY');
    now += 60_001;
    await openSession(on.door.mcpUrl);
    assert.equal((await post(on.door.mcpUrl, olderRequest(first, 'tools/list'))).status, 404);
  });

  it('are not idle while their client listens', async () => {
    let now = 1_000_000;
    const clock: Clock = { now: () => now, elapsed: () => now };
    await using on = await stage({ clock, mcp: { maxSessions: 1, sessionIdleMs: 60_000 } });
    const session = await openSession(on.door.mcpUrl);
    const { headers = {} } = olderRequest(session, '');
    const stream = await fetch(on.door.mcpUrl, { headers: { ...headers, accept: 'text/event-stream' } });
    for (let hours = 0; hours < 3; hours += 1) {
      now += 3_600_000;
      assert.equal((await post(on.door.mcpUrl, INITIALIZE)).status, 503);
    }
    await stream.body?.cancel();
    await until('the session to be idle', async () => {
      now += 3_600_000;
      return (await post(on.door.mcpUrl, INITIALIZE)).ok;
    });
  });

  it('end with DELETE, and make room', async () => {
    await using on = await stage({ mcp: { maxSessions: 1 } });
    const session = await openSession(on.door.mcpUrl);
    const { headers = {} } = olderRequest(session, '');
    assert.equal((await fetch(on.door.mcpUrl, { method: 'DELETE', headers })).status, 200);
    assert.equal((await post(on.door.mcpUrl, olderRequest(session, 'tools/list'))).status, 404);
    await openSession(on.door.mcpUrl);
  });

  it('are not made by an initialize that is none', async () => {
    await using on = await stage({ mcp: { maxSessions: 1 } });
    const broken = { body: { jsonrpc: '2.0', id: 1, method: 'initialize', params: {} } };
    for (let tries = 0; tries < 3; tries += 1) assert.equal((await post(on.door.mcpUrl, broken)).status, 400);
    await openSession(on.door.mcpUrl);
  });
});

describe('HTTP door: the socket', () => {
  it('closes a connection that sends its headers too slowly', async () => {
    await using on = await stage({ http: { headersTimeoutMs: 200, requestTimeoutMs: 400 } });
    const socket = connect(on.door.port, '127.0.0.1');
    socket.write('POST /mcp HTTP/1.1\r\nHost: localhost\r\n');
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    socket.on('close', resolve).on('error', () => undefined);
    socket.resume();
    await closed;
  });

  it('reports a port that is taken with ADDRESS_IN_USE', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    await using on = await stage();
    await assert.rejects(openTestDoor(on.host, { port }), {
      code: 'ADDRESS_IN_USE',
      data: { host: '127.0.0.1', port },
    });
    other.close();
  });

  // Proves mcp.loopback.
  it('refuses an address that others can reach, unless that is allowed', async () => {
    await using on = await stage();
    await assert.rejects(openTestDoor(on.host, { host: '0.0.0.0' }), { code: 'ADDRESS_REFUSED' });
    await using open = await openTestDoor(on.host, { host: '0.0.0.0', allowUnauthenticated: true });
    assert.equal((await fetch(`http://127.0.0.1:${open.port}/healthz`)).status, 200);
  });
});

describe('HTTP door: health', () => {
  it('says that it lives, and whether it takes calls', async () => {
    let ready = false;
    await using on = await stage({ isReady: () => ready });
    assert.equal((await fetch(`${on.door.url}/healthz`)).status, 200);
    assert.equal((await fetch(`${on.door.url}/readyz`)).status, 503);
    ready = true;
    assert.equal((await fetch(`${on.door.url}/readyz`)).status, 200);
  });
});

/** Posts without a declared length; settles with the status. */
function postChunked(door: TestDoor, body: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const request = httpRequest(door.mcpUrl, { method: 'POST', headers });
  request.on('error', reject);
  request.on('response', (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  });
  request.write(body);
  request.end();
  return promise;
}

/** GET /healthz with headers that fetch would not send. */
function getWith(door: TestDoor, headers: Readonly<Record<string, string>>): Promise<{ status: number; body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  const request = httpRequest(`${door.url}/healthz`, { headers, agent: false }, (response) => {
    let body = '';
    response.on('data', (part: Buffer) => (body += part.toString()));
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
  });
  request.on('error', reject).end();
  return promise;
}
