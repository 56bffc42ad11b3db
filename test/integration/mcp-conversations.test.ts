// Tools that ask their client, over the wire: both eras, both transports, and clients that do not play along.

import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { LOCAL_PRINCIPAL } from '#host/base';
import { createMcpBackend, META_KEYS, serveStdio } from '#host/doors/mcp';
import type { Failure } from '#sandbox';
import { APP_HOST } from '../fixtures/mcp/app-host.ts';
import { CLIENTS, OLDER, type ClientOptions } from '../fixtures/mcp/clients.ts';
import { ASKS, CONSULTS } from '../fixtures/mcp/fixture-tools.ts';
import { createTestLog, openTestDoor, type TestDoor } from '../fixtures/mcp/http-door.ts';
import { newerRequest, olderRequest, openSession, post, rpcError } from '../fixtures/mcp/raw-http.ts';
import type { TestHost, TestHostKind } from '../fixtures/mcp/test-host.ts';
import { openUnjailedHost, UNJAILED_HOST } from '../fixtures/mcp/unjailed-host.ts';
import { until } from '../fixtures/mcp/until.ts';
import { WAYS, type Served } from '../fixtures/mcp/ways.ts';

const ADA = { action: 'accept', content: { name: 'Ada' } };
const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';

const HOSTS: readonly TestHostKind[] = [UNJAILED_HOST, APP_HOST];

let host: TestHost;
let door: TestDoor;
before(async () => {
  host = await openUnjailedHost();
  await host.publish(ASKS);
  await host.publish(CONSULTS);
  door = await openTestDoor(host, { mcp: { resumeGraceMs: 50 } });
});
after(async () => {
  await door.close(0);
  await host[Symbol.asyncDispose]();
});

/** A tools/call of the newer era by a client that can be asked. */
function ask(params: object, capabilities: object = { elicitation: {} }) {
  return newerRequest('tools/call', { name: 'asks', ...params, _meta: { [CAPABILITIES]: capabilities } });
}

interface Asked {
  readonly resultType: string;
  readonly requestState: string;
  readonly inputRequests: Readonly<Record<string, { readonly method: string; readonly params: unknown }>>;
  readonly content?: readonly { readonly text: string }[];
  readonly isError?: boolean;
}

async function resultOf(response: Response): Promise<Asked> {
  return ((await response.json()) as { result: Asked }).result;
}

for (const kind of HOSTS) {
  for (const way of WAYS) {
    for (const clients of CLIENTS) {
      describe(`A tool that asks, client ${clients.name} over ${way.name}, host ${kind.name}`, () => {
        let served: Served;
        before(async () => {
          served = await way.serve(kind);
        });
        after(() => served[Symbol.asyncDispose]());

        // Proves mcp.conversation.
        it('has its questions put to the client, and goes on with the answers', async () => {
          const questions: unknown[] = [];
          const options: ClientOptions = {
            elicit: (params) => {
              questions.push(params['message']);
              return ADA;
            },
            sample: () => ({ role: 'assistant', model: 'test', content: { type: 'text', text: 'Good day' } }),
            roots: () => ({ roots: [{ uri: 'file:///home' }] }),
          };
          await using client = await clients.connect(served.endpoint, undefined, options);
          assert.deepEqual((await client.callTool('asks', {})).content, [{ type: 'text', text: 'Hello, Ada!' }]);
          assert.deepEqual(questions, ['[asks] Who are you?']);
          const { content } = await client.callTool('consults', {});
          assert.deepEqual(content, [{ type: 'text', text: 'Good day from file:///home' }]);
        });

        it('hears that the person declined', async () => {
          const options: ClientOptions = { elicit: () => ({ action: 'decline' }) };
          await using client = await clients.connect(served.endpoint, undefined, options);
          const { isError, _meta } = await client.callTool('asks', {});
          assert.equal(isError, true);
          assert.equal((_meta?.[META_KEYS.failure] as Failure | undefined)?.code, 'TOOL_FAILED');
        });
      });
    }
  }
}

describe('A client that cannot be asked', () => {
  // Proves mcp.client-unsupported.
  it('gets -32021 with what it would have to declare in the newer era', async () => {
    const response = await post(door.mcpUrl, ask({}, {}));
    assert.equal(response.status, 400);
    const { code, data } = await rpcError(response);
    assert.equal(code, -32_021);
    assert.equal(data.code, 'CLIENT_UNSUPPORTED');
    assert.deepEqual((data as unknown as Record<string, unknown>)['requiredCapabilities'], { elicitation: {} });
  });

  it('counts as one when it only opens web pages for its user', async () => {
    assert.equal((await post(door.mcpUrl, ask({}, { elicitation: { url: {} } }))).status, 400);
    assert.equal((await post(door.mcpUrl, ask({}, { elicitation: { form: {} } }))).status, 200);
  });

  it('gets an isError result in the older one', async () => {
    await using client = await OLDER.connect({ url: door.mcpUrl });
    const { isError, _meta } = await client.callTool('asks', {});
    assert.equal(isError, true);
    assert.equal((_meta?.[META_KEYS.failure] as Failure | undefined)?.code, 'CLIENT_UNSUPPORTED');
  });
});

describe('A request state', () => {
  it('continues the call once', async () => {
    const { resultType, requestState, inputRequests } = await resultOf(await post(door.mcpUrl, ask({})));
    assert.equal(resultType, 'input_required');
    assert.deepEqual(
      Object.entries(inputRequests).map(([key, { method }]) => [key, method]),
      [['who', 'elicitation/create']],
    );
    const answered = ask({ requestState, inputResponses: { who: ADA } });
    assert.equal((await resultOf(await post(door.mcpUrl, answered))).content?.[0]?.text, 'Hello, Ada!');
    const { code, data } = await rpcError(await post(door.mcpUrl, answered));
    assert.deepEqual([code, data.code], [-32_602, 'REQUEST_STATE_EXPIRED']);
  });

  it('that was changed is refused with -32602', async () => {
    const { requestState } = await resultOf(await post(door.mcpUrl, ask({})));
    const changed = ask({ requestState: `${requestState}x`, inputResponses: { who: ADA } });
    const { code, data } = await rpcError(await post(door.mcpUrl, changed));
    assert.deepEqual([code, data.code], [-32_602, 'REQUEST_STATE_INVALID']);
  });

  it('that is no text is refused with -32602', async () => {
    const { code } = await rpcError(await post(door.mcpUrl, ask({ requestState: 1 })));
    assert.equal(code, -32_602);
  });
});

describe('Answers', () => {
  for (const [what, inputResponses] of [
    ['no object', 7],
    ['null', null],
    ['under another key', { other: ADA }],
    ['no objects themselves', { who: 'Ada' }],
    ['wrapped like responses', { who: { method: 'elicitation/create', result: ADA } }],
  ] as const) {
    it(`that are ${what} are asked for again`, async () => {
      const { resultType } = await resultOf(await post(door.mcpUrl, ask({ inputResponses })));
      assert.equal(resultType, 'input_required');
    });
  }

  it('with what nobody asked beside them count', async () => {
    const inputResponses = { who: ADA, other: { action: 'accept', content: {} } };
    const { content } = await resultOf(await post(door.mcpUrl, ask({ inputResponses })));
    assert.equal(content?.[0]?.text, 'Hello, Ada!');
  });

  it('that nest too deep or are too large are refused before anything runs', async () => {
    let nested: object = ADA;
    for (let depth = 0; depth < 200; depth += 1) nested = { content: nested };
    const deep = await post(door.mcpUrl, ask({ inputResponses: { who: nested } }));
    assert.deepEqual([deep.status, (await rpcError(deep)).data.code], [400, 'REQUEST_INVALID']);
    const inputResponses = { who: { ...ADA, padding: 'x'.repeat(5 * 1024 * 1024) } };
    assert.equal((await post(door.mcpUrl, ask({ inputResponses }))).status, 413);
  });
});

describe('A client of the older era that vanishes while it is asked', () => {
  // Proves mcp.vanished-client.
  it('has its request given up once it has been away for too long', async () => {
    await using other = await openTestDoor(host, { mcp: { resumeGraceMs: 50, maxPending: 1 } });
    const { session, response } = await openQuestion(other);
    const ping = (): Promise<Response> => post(other.mcpUrl, olderRequest(session, 'ping', {}, 99));
    await response.body!.getReader().cancel();
    assert.equal((await ping()).status, 503);
    await until('the request to be given up', async () => (await ping()).status === 200);
  });

  it('does not keep the host from stopping', async () => {
    const other = await openTestDoor(host);
    const { response } = await openQuestion(other);
    await response.body!.getReader().read();
    const startedAt = performance.now();
    await other.close(5000);
    assert.ok(performance.now() - startedAt < 2500);
  });

  it('on stdio ends the server', async () => {
    const stdin = new PassThrough();
    const stdout = new PassThrough();
    let written = '';
    stdout.on('data', (part: Buffer) => (written += part.toString()));
    const log = createTestLog([]);
    const backend = createMcpBackend({ ...host.parts, version: '0', log });
    const { signal } = new AbortController();
    const served = serveStdio({ backend, principal: LOCAL_PRINCIPAL, stdin, stdout, signal, log });
    const capabilities = { elicitation: {} };
    const params = { protocolVersion: '2025-11-25', capabilities, clientInfo: { name: 'raw', version: '0' } };
    stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`);
    stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'asks' } })}\n`);
    await until('the question', () => written.includes('elicitation/create'));
    stdin.end();
    await served;
  });
});

/** A session whose client was asked something. */
async function openQuestion(at: TestDoor): Promise<{ readonly session: string; readonly response: Response }> {
  const session = await openSession(at.mcpUrl, { elicitation: {} });
  const response = await post(at.mcpUrl, olderRequest(session, 'tools/call', { name: 'asks' }, 5));
  assert.equal(response.status, 200);
  return { session, response };
}
