// `glovebox stdio`: whatever happens, its standard output is JSON-RPC, a message per line.

import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { startBin } from '../fixtures/cli/run-bin.ts';
import { descendantsOf, runningAfter } from '../fixtures/e2e/processes.ts';
import { actManifest, createWorkplace } from '../fixtures/e2e/workplace.ts';

interface Message {
  readonly jsonrpc: unknown;
  readonly id?: unknown;
  readonly result?: { readonly isError?: boolean };
  readonly error?: { readonly code: number };
}

const INITIALIZE = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'test', version: '0.0.0' },
};

describe('glovebox stdio', () => {
  const place = createWorkplace();
  before(() => place.createAct());
  after(() => place[Symbol.dispose]());

  // Proves mcp.stdio-clean.
  it('writes nothing but JSON-RPC to standard output, and ends with standard input', { timeout: 30_000 }, async () => {
    using child = startBin(['stdio'], { ...place, env: { ...place.env, GLOVEBOX_LOG_LEVEL: 'debug' } });
    child.stderr!.resume();
    const lines: string[] = [];
    const reader = createInterface({ input: child.stdout! }).on('line', (line) => lines.push(line));
    const ask = asking(child);

    ask('initialize', INITIALIZE);
    child.stdin!.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
    child.stdin!.write('this is no JSON\n');
    ask('tools/list', {});
    ask('no/such/method', {});
    ask('tools/call', { name: 'act', arguments: { say: 'on nobody’s standard output' } });
    ask('tools/call', { name: 'act', arguments: { refuse: 'not today' } });
    ask('tools/call', { name: 'act', arguments: { loop: true } });
    ask('tools/call', { name: 'nobody', arguments: {} });
    const last = ask('tools/call', {
      name: 'create_tool',
      arguments: { manifest: actManifest({}), source: 'no { code' },
    });
    while (new Set(answersIn(lines).map(({ id }) => id)).size < last) await once(reader, 'line');

    const children = descendantsOf(child.pid!);
    child.stdin!.end();
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.deepEqual(await runningAfter(children, 2000), []);
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as Message).jsonrpc).filter((version) => version !== '2.0'),
      [],
    );
    const failed = answersIn(lines).filter(({ result, error }) => error !== undefined || result?.isError === true);
    assert.deepEqual(new Set(failed.map(({ id }) => id)), new Set([3, 5, 6, 7, 8]));
  });

  it('ends with standard input even if nobody reads what it wrote', { timeout: 30_000 }, async () => {
    using child = startBin(['stdio'], place);
    child.stderr!.resume();
    child.stdout!.pause();
    const ask = asking(child);
    ask('initialize', INITIALIZE);
    for (let lists = 0; lists < 200; lists += 1) ask('tools/list', {});
    // The first bytes are there: the server runs.
    await once(child.stdout!, 'readable');
    await once(child.stdin!.end(), 'finish');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });
});

/** Sends requests with ids 1, 2, 3 …; returns the id. */
function asking(child: ChildProcess): (method: string, params: object) => number {
  let id = 0;
  return (method, params) => {
    id += 1;
    child.stdin!.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return id;
  };
}

function answersIn(lines: readonly string[]): Message[] {
  return lines.map((line) => JSON.parse(line) as Message).filter(({ id }) => typeof id === 'number');
}
