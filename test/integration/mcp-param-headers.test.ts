// Arguments that clients repeat in headers: the two must agree, in the newer era, where a tool says so.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { NEWER, OLDER } from '../fixtures/mcp/clients.ts';
import { ECHO, ROUTED } from '../fixtures/mcp/fixture-tools.ts';
import { openTestDoor, type TestDoor } from '../fixtures/mcp/http-door.ts';
import { newerRequest, post, rpcError } from '../fixtures/mcp/raw-http.ts';
import type { TestHost } from '../fixtures/mcp/test-host.ts';
import { openUnjailedHost } from '../fixtures/mcp/unjailed-host.ts';

let host: TestHost;
let door: TestDoor;
before(async () => {
  host = await openUnjailedHost();
  await host.publish(ECHO);
  await host.publish(ROUTED);
  door = await openTestDoor(host);
});
after(async () => {
  await door.close(0);
  await host[Symbol.asyncDispose]();
});

const base64 = (text: string): string => `=?base64?${Buffer.from(text).toString('base64')}?=`;

function call(args: object, headers: Readonly<Record<string, string>>, name = 'routed') {
  const request = newerRequest('tools/call', { name, arguments: args });
  return post(door.mcpUrl, { ...request, headers: { ...request.headers, ...headers } });
}

describe('A call whose arguments are repeated in headers', () => {
  for (const [what, args, headers] of [
    ['that agree', { region: 'eu' }, { 'mcp-param-region': 'eu' }],
    ['under a name in other letters', { region: 'eu' }, { 'MCP-PARAM-REGION': 'eu' }],
    ['in Base64', { region: 'Österreich' }, { 'mcp-param-region': base64('Österreich') }],
    ['that only look like Base64', { region: 'aGVsbG8=' }, { 'mcp-param-region': 'aGVsbG8=' }],
    ['with half a sentinel', { region: '=?base64?aGk=' }, { 'mcp-param-region': '=?base64?aGk=' }],
    ['with a number written otherwise', { shard: 42 }, { 'mcp-param-shard': '42.0' }],
    ['for no argument', { other: 'x' }, {}],
    ['for an argument that is null', { region: null }, {}],
    ['that stand for no argument', { other: 'x' }, { 'mcp-param-region': 'eu' }],
    ['for a number no client can write exactly', { shard: 2 ** 60 }, {}],
  ] as const) {
    it(`${what} is served`, async () => {
      assert.equal((await call(args, headers)).status, 200);
    });
  }

  for (const [what, args, headers] of [
    ['that are missing', { region: 'eu' }, {}],
    ['that say something else', { region: 'eu' }, { 'mcp-param-region': 'us' }],
    ['in Base64 without its padding', { region: 'hello' }, { 'mcp-param-region': '=?base64?aGVsbG8?=' }],
    ['in Base64 with other characters', { region: 'hello' }, { 'mcp-param-region': '=?base64?aGVs!!!bG8=?=' }],
    ['in Base64 that is no text', { region: 'hello' }, { 'mcp-param-region': '=?base64?/w==?=' }],
    ['with another number', { shard: 42 }, { 'mcp-param-shard': '43' }],
    ['with a number as a program writes it', { shard: 42 }, { 'mcp-param-shard': '0x2a' }],
    ['of which one is right', { region: 'eu', shard: 1 }, { 'mcp-param-region': 'eu' }],
  ] as const) {
    // Proves mcp.param-headers.
    it(`${what} is refused with 400 and -32020`, async () => {
      const response = await call(args, headers);
      assert.equal(response.status, 400);
      const { code, data, id } = await rpcError(response);
      assert.deepEqual([code, data.code, id], [-32_020, 'HEADER_MISMATCH', 7]);
    });
  }

  it('is looked at in the version it names', async () => {
    assert.equal((await call({ region: 'eu' }, {}, 'routed@1')).status, 400);
    assert.equal((await call({ region: 'eu' }, { 'mcp-param-region': 'eu' }, 'routed@1')).status, 200);
    const { data } = await rpcError(await call({ region: 'eu' }, {}, 'routed@9'));
    assert.equal(data.code, 'VERSION_NOT_FOUND');
  });

  it('is sent so by the SDK’s own client', async () => {
    await using client = await NEWER.connect({ url: door.mcpUrl });
    await client.listTools();
    const { content } = await client.callTool('routed', { region: 'Österreich', shard: 3 });
    assert.deepEqual(JSON.parse(content[0]?.text ?? ''), { region: 'Österreich', shard: 3 });
  });

  it('needs no headers in the older era, and other tools need none at all', async () => {
    await using client = await OLDER.connect({ url: door.mcpUrl });
    assert.equal((await client.callTool('routed', { region: 'eu' })).isError, undefined);
    assert.equal((await call({ text: 'a' }, { 'mcp-param-region': 'eu' }, 'echo')).status, 200);
  });
});
