// Stdio against a client that breaks the rules or goes away.

import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { LOCAL_PRINCIPAL } from '#host/base';
import { createMcpBackend, serveStdio } from '#host/doors/mcp';
import { ECHO, ENDLESS, STEPS } from '../fixtures/mcp/fixture-tools.ts';
import { createTestLog } from '../fixtures/mcp/http-door.ts';
import { UNJAILED_HOST } from '../fixtures/mcp/unjailed-host.ts';
import { INITIALIZE, newerRequest } from '../fixtures/mcp/raw-http.ts';
import type { TestHost, TestHostKind } from '../fixtures/mcp/test-host.ts';
import { until } from '../fixtures/mcp/until.ts';

const HOSTS: readonly TestHostKind[] = [UNJAILED_HOST];

type Message = Readonly<Record<string, unknown>>;

interface Wire extends AsyncDisposable {
  readonly host: TestHost;
  /** Settles when serving has ended. */
  readonly served: Promise<void>;
  /** All that was written so far. */
  messages(): readonly Message[];
  send(...messages: readonly unknown[]): void;
  write(text: string): void;
  /** The next message that fits. */
  next(what: string, fits: (message: Message) => boolean): Promise<Message>;
  endInput(): void;
  stop(): void;
}

async function openWire(kind: TestHostKind): Promise<Wire> {
  const host = await kind.open();
  await host.publish(ECHO);
  await host.publish(ENDLESS);
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const stop = new AbortController();
  const log = createTestLog([]);
  const backend = createMcpBackend({ ...host.parts, version: '1.2.3', log });
  const served = serveStdio({ backend, principal: LOCAL_PRINCIPAL, stdin, stdout, signal: stop.signal, log });
  let text = '';
  stdout.on('data', (part: Buffer) => (text += part.toString()));
  const messages = (): Message[] =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Message);
  return {
    host,
    served,
    messages,
    send: (...sent) => stdin.write(sent.map((message) => `${JSON.stringify(message)}\n`).join('')),
    write: (line) => stdin.write(line),
    next: (what, fits) => until(what, () => messages().find(fits)),
    endInput: () => stdin.end(),
    stop: () => stop.abort(),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await served;
      await host[Symbol.asyncDispose]();
    },
  };
}

const NEWER_OPENING = { ...(newerRequest('tools/list').body as object), id: 1 };
const newerCall = (name: string, args = {}) =>
  newerRequest('tools/call', { name, arguments: args, _meta: { progressToken: 'p' } }).body;
const olderCall = (name: string, args = {}) => ({
  jsonrpc: '2.0',
  id: 7,
  method: 'tools/call',
  params: { name, arguments: args, _meta: { progressToken: 'p' } },
});
const progressed = ({ method }: Message): boolean => method === 'notifications/progress';

async function stoppedRuns(host: TestHost): Promise<number> {
  const runs = await host.parts.ledger.runs(LOCAL_PRINCIPAL.tenant, { tool: 'endless' });
  return runs.filter(({ failure }) => failure?.code === 'RUN_CANCELLED').length;
}

for (const kind of HOSTS) {
  describe(`MCP on stdio, host ${kind.name}`, () => {
    for (const [what, line, rpcCode, code] of [
      ['malformed JSON', '{"jsonrpc":', -32_700, 'REQUEST_INVALID'],
      ['JSON that is no JSON-RPC', '{"hello":1}', -32_600, 'REQUEST_INVALID'],
      ['a batch', '[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]', -32_600, 'REQUEST_INVALID'],
      ['a line that nests too deep', `{"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, -32_600, 'REQUEST_INVALID'],
      ['a line of 5 MB', `{"x":"${'x'.repeat(5_000_000)}"}`, -32_600, 'REQUEST_TOO_LARGE'],
    ] as const) {
      it(`answers ${what} with ${rpcCode} and goes on serving`, async () => {
        await using wire = await openWire(kind);
        wire.write(`${line}\n`);
        const refused = await wire.next('the refusal', ({ id }) => id === null);
        const error = refused['error'] as { code: number; data: { code: string } };
        assert.equal(error.code, rpcCode);
        assert.equal(error.data.code, code);
        wire.send(newerCall('echo', { text: 'on' }));
        const { result } = await wire.next('the answer', ({ id }) => id === 7);
        assert.deepEqual((result as Message)['structuredContent'], { echoed: 'on' });
      });
    }

    for (const [era, opening, call] of [
      ['2026-07-28', NEWER_OPENING, newerCall],
      ['2025-11-25', INITIALIZE.body, olderCall],
    ] as const) {
      it(`writes progress that gets further before the result, era ${era}`, async () => {
        await using wire = await openWire(kind);
        await wire.host.publish(STEPS);
        wire.send(opening, call('steps'));
        await wire.next('the result', ({ id }) => id === 7);
        const told = wire.messages().filter((message) => progressed(message) || message['id'] === 7);
        assert.deepEqual(
          told.map(({ params }) => (params as { progress: number } | undefined)?.progress),
          [0.25, 0.5, 1, undefined],
        );
      });

      it(`stops every run when its client closes stdin, era ${era}`, async () => {
        await using wire = await openWire(kind);
        wire.send(opening, call('endless'));
        await wire.next('the run to start', progressed);
        wire.endInput();
        await wire.served;
        assert.equal(await stoppedRuns(wire.host), 1);
      });

      it(`stops a run on notifications/cancelled, era ${era}`, async () => {
        await using wire = await openWire(kind);
        wire.send(opening, call('endless'));
        await wire.next('the run to start', progressed);
        wire.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 7 } });
        await until('the run to stop', async () => (await stoppedRuns(wire.host)) === 1);
      });

      it(`stops every run when the host is told to stop, era ${era}`, async () => {
        await using wire = await openWire(kind);
        wire.send(opening, call('endless'));
        await wire.next('the run to start', progressed);
        wire.stop();
        await wire.served;
        assert.equal(await stoppedRuns(wire.host), 1);
      });
    }
  });
}
