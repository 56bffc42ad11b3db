// An independent client, the MCP Inspector's command line, over every way in.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { META_KEYS } from '#host/doors/mcp';
import { BIN, startServer, type Served } from '../fixtures/cli/run-bin.ts';
import { createWorkplace } from '../fixtures/e2e/workplace.ts';

const INSPECTOR = join(import.meta.dirname, '../../node_modules/.bin/mcp-inspector');
/** What it exits with when the tool's result is an error. */
const FAILED_TOOL = 5;

describe('the MCP Inspector', () => {
  const place = createWorkplace();
  let server: Served;

  before(async () => {
    await place.createAct();
    server = await startServer(place);
  });
  after(() => {
    server[Symbol.dispose]();
    place[Symbol.dispose]();
  });

  const WAYS: readonly { readonly name: string; target(): readonly string[]; readonly flags: readonly string[] }[] = [
    { name: 'HTTP, 2025-11-25', target: () => [server.url, '--transport', 'http'], flags: [] },
    {
      name: 'HTTP, 2026-07-28',
      target: () => [server.url, '--transport', 'http'],
      flags: ['--protocol-era', 'modern'],
    },
    { name: 'stdio', target: () => ['--', process.execPath, BIN, 'stdio'], flags: [] },
  ];

  for (const { name, target, flags } of WAYS) {
    const inspect = (...method: readonly string[]): Promise<Inspected> => {
      // What follows `--` is the server's command line, so everything else comes before it.
      const [first = '', ...rest] = target();
      const options = ['--method', ...method, '--format', 'json', ...flags];
      return runInspector(first === '--' ? [...options, first, ...rest] : [first, ...rest, ...options], place.cwd);
    };

    it(`lists a tool, over ${name}`, async () => {
      const { exitCode, result } = await inspect('tools/list');
      assert.equal(exitCode, 0);
      assert.ok(result.tools?.some((tool) => tool.name === 'act'));
    });

    it(`calls it, over ${name}`, async () => {
      const { exitCode, result } = await inspect(
        'tools/call',
        '--tool-name',
        'act',
        '--tool-args-json',
        '{"sleepMs":1}',
      );
      assert.deepEqual([exitCode, result.structuredContent], [0, { sleptMs: 1 }]);
    });

    it(`sees it fail, over ${name}`, async () => {
      const args = JSON.stringify({ refuse: 'not today' });
      const { exitCode, result } = await inspect('tools/call', '--tool-name', 'act', '--tool-args-json', args);
      assert.deepEqual([exitCode, result._meta?.[META_KEYS.failure]?.code], [FAILED_TOOL, 'TOOL_FAILED']);
    });
  }
});

interface Inspected {
  readonly exitCode: number | null;
  readonly result: {
    readonly tools?: readonly { readonly name: string }[];
    readonly structuredContent?: unknown;
    readonly _meta?: Readonly<Record<string, { readonly code?: string }>>;
  };
}

async function runInspector(args: readonly string[], cwd: string): Promise<Inspected> {
  // It keeps a catalogue in the home folder.
  const child = spawn(process.execPath, [INSPECTOR, '--cli', ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [stdout, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number | null]>]);
  return { exitCode, result: (JSON.parse(stdout) as { readonly result: Inspected['result'] }).result };
}
